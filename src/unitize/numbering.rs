//! Numbers that count the paragraphs or turns of a file: before lines, alone above them, at the end of labels.

use crate::read::block::Block;

/// No label with a number is longer, in bytes.
const LONGEST: usize = 60;

/// `Ana (12)`, `Ana 12`, `Ana [12]`, `Ana #12`: a label, and the number after it.
pub(super) fn turn_number(label: &str) -> Option<(&str, u32)> {
    let inner = label.trim_end_matches([')', ']']);
    let bare = inner.trim_end_matches(|it: char| it.is_ascii_digit());
    let number = inner.get(bare.len()..)?.parse().ok()?;
    let name = bare.trim_end_matches(['(', '[', '#', ' ']);
    (name.len() < bare.len() && name.chars().any(char::is_alphabetic)).then_some((name, number))
}

/// Whether labels before colons end with numbers that count from one turn to the next.
pub(super) fn count_turns(lines: &[&str]) -> bool {
    let labels = lines.iter().map(|line| line.split_once(':').map(|it| it.0));
    let numbers = labels.map(|it| it.filter(|it| it.len() <= LONGEST).and_then(turn_number));
    let (mut there, mut next, mut last) = (0, 0, None);
    for (_, number) in numbers.flatten() {
        there += 1;
        next += usize::from(last.is_some_and(|last: u32| number == last.saturating_add(1)));
        last = Some(number);
    }
    there >= 6 && there * 10 >= lines.len() * 7 && (next + 1) * 10 >= there * 9
}

/// Whether nearly all of these numbers are there, and rise.
pub(super) fn rise(numbers: impl Iterator<Item = Option<u32>>) -> bool {
    let (mut all, mut there, mut rising, mut last) = (0_u32, 0_u32, 0_u32, None);
    for number in numbers {
        all += 1;
        let Some(number) = number else { continue };
        there += 1;
        rising += u32::from(last.is_none_or(|last| number >= last));
        last = Some(number);
    }
    there >= 4 && there * 10 >= all * 7 && rising * 10 >= there * 9
}

/// Whether nearly every paragraph begins with a number, and the numbers rise.
pub(super) fn are_numbered<'a, 'b: 'a>(blocks: impl Iterator<Item = &'a Block<'b>>) -> bool {
    let (mut all, mut numbered, mut rising, mut last) = (0_u32, 0_u32, 0_u32, 0_u32);
    for block in blocks {
        all += 1;
        if let Some((n, length)) = number(&block.text)
            && length < block.text.len()
        {
            numbered += 1;
            rising += u32::from(n > last && (n - last <= 20 || last == 0));
            last = n;
        }
    }
    numbered >= 4 && numbered * 10 >= all * 7 && rising * 10 >= numbered * 9
}

/// A line that holds nothing but a number.
pub(super) fn alone(line: &str) -> Option<u32> {
    let bare = line.trim().trim_matches(['[', ']', '(', ')', '#', '.', ':']);
    bare.bytes().all(|it| it.is_ascii_digit()).then(|| bare.parse().ok())?
}

/// Whether numbers that stand alone on their lines count up, one for at most six paragraphs.
pub(super) fn are_counted<'a, 'b: 'a>(blocks: impl Iterator<Item = &'a Block<'b>>) -> bool {
    let (mut all, mut numbers, mut next, mut last) = (0_u32, 0_u32, 0_u32, None);
    for block in blocks {
        all += 1;
        let Some(n) = alone(&block.text) else { continue };
        numbers += 1;
        next += u32::from(last.is_some_and(|last: u32| n == last.saturating_add(1)));
        last = Some(n);
    }
    numbers >= 4 && numbers * 7 >= all && (next + 1) * 10 >= numbers * 9
}

/// `12  `, `12. `, `12) `, `[12] `, `#12 `, `L12 `, `1.12 `, `12<TAB>`: a number before a line, and how long it is.
pub(super) fn number(line: &str) -> Option<(u32, usize)> {
    let bare = line.trim_start_matches(['[', '(', '#', '¶', '§']);
    let bare = bare.strip_prefix(['L', 'l', 'Z']).unwrap_or(bare);
    // `1.12` and `2-7` count within parts.
    let part = bare.bytes().take_while(u8::is_ascii_digit).count();
    let within = bare
        .get(part..)?
        .strip_prefix(['.', '-'])
        .filter(|it| (1..=2).contains(&part) && it.starts_with(|it: char| it.is_ascii_digit()));
    let bare = within.unwrap_or(bare);
    let digits = bare.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=6).contains(&digits) {
        return None;
    }
    let after = bare.get(digits..)?;
    let rest = after.trim_start_matches([']', ')', '.', ':', '|']);
    // `00:00:12` and `00.00.05` are times.
    let ends = rest.starts_with([' ', '\t', '\u{a0}']) || rest.is_empty();
    let rest = rest.trim_start();
    let n = bare.get(..digits)?.parse().ok()?;
    ends.then_some((n, line.len() - rest.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_before_a_line_is_told_from_a_time() {
        for (line, expected) in [
            ("12  Ana: yes", Some((12, 4))),
            ("12. Ana: yes", Some((12, 4))),
            ("[12] Ana: yes", Some((12, 5))),
            ("12\tAna", Some((12, 3))),
            ("12:40 Ana", None),
            ("00.00.05 Ana", None),
            ("Ana", None),
        ] {
            assert_eq!(number(line), expected, "{line}");
        }
    }
}
