//! A main line of CHAT without its codes: the words that were said, as a reader would write them.
//!
//! Kept: words, `xxx` for what nobody understood, pauses `(.)`, and events, as `[laughs]`. Left out: codes
//! in square brackets, angle brackets around what they are about, marks of how a word was made, words that
//! were *not* said (`0is`). A shortened word is written whole, as CLAN does: `(be)cause` is `because`.

/// How an utterance ends or begins, and what stands for it.
const MARKS: &[(&str, &str)] = &[
    ("+...", "..."),
    ("+..?", "...?"),
    ("+!?", "!?"),
    ("+/.", "--"),
    ("+/?", "--?"),
    ("+//.", "--"),
    ("+//?", "--?"),
    ("+\"/.", ""),
    ("+\".", "."),
    ("+.", "."),
    ("+\"", ""),
    ("+^", ""),
    ("+<", ""),
    ("+,", ""),
    ("++", ""),
    ("‡", ""),
    ("„", ","),
];

/// What was said, and how many codes were left out.
pub(super) fn spoken(line: &str) -> (String, u32) {
    let (text, mut codes) = without_brackets(line);
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        let said = said(word);
        codes += u32::from(said != word);
        let closes = !said.is_empty() && said.chars().all(|it| matches!(it, '.' | '?' | '!' | ','));
        let close = closes && out.ends_with(is_word);
        if !out.is_empty() && !said.is_empty() && !close {
            out.push(' ');
        }
        out.push_str(&said);
    }
    if out.chars().all(|it| it.is_whitespace() || matches!(it, '.' | '?' | '!' | ',')) {
        out.clear();
    }
    (out, codes)
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, ')' | ']' | '"' | '”' | '’' | '\'')
}

/// The line without what stands in square brackets, and without the angle brackets of which it speaks; a
/// way of speaking, `[=! laughs]`, stays as `[laughs]`.
fn without_brackets(line: &str) -> (String, u32) {
    let mut out = String::with_capacity(line.len());
    let mut codes = 0;
    let mut rest = line;
    while let Some(open) = rest.find('[') {
        let (before, after) = rest.split_at(open);
        let Some(close) = after.find(']') else { break };
        let inside = after.get(1..close).unwrap_or_default();
        codes += 1;
        out.push_str(&unscoped(before));
        if let Some(event) = inside.strip_prefix("=!") {
            out.push_str(&format!("[{}]", event.trim().replace(' ', "\u{a0}")));
        }
        rest = after.get(close + 1..).unwrap_or_default();
    }
    out.push_str(rest);
    // A no-break space kept the words of an event together.
    (out, codes)
}

/// The text before a code, without the angle brackets around what the code is about.
fn unscoped(before: &str) -> String {
    if before.trim_end().ends_with('>') {
        before.replace(['<', '>'], "")
    } else {
        before.to_owned()
    }
}

/// A word as it was said.
fn said(word: &str) -> String {
    if let Some((_, plain)) = MARKS.iter().find(|(mark, _)| *mark == word) {
        return (*plain).to_owned();
    }
    if word.starts_with('[') {
        return word.replace('\u{a0}', " ");
    }
    if let Some(event) = word.strip_prefix("&=") {
        return format!("[{}]", event.replace('_', " "));
    }
    if let Some(other) = word.strip_prefix("&*") {
        return format!("[{}]", other.replacen(':', ": ", 1));
    }
    if word.starts_with("&{") || word.starts_with("&}") || is_omitted(word) {
        return String::new();
    }
    let word = word.strip_prefix('&').map_or(word, |it| it.trim_start_matches(['-', '+', '~']));
    let word = without_form(word);
    let word = if is_shortened(&word) { word.replace(['(', ')'], "") } else { word };
    let inside = |at: usize| {
        let letter = |it: Option<char>| it.is_some_and(char::is_alphanumeric);
        letter(word.get(..at).and_then(|it| it.chars().next_back()))
            && letter(word.get(at + 1..).and_then(|it| it.chars().next()))
    };
    word.char_indices().map(|(at, it)| if it == '_' && inside(at) { ' ' } else { it }).collect()
}

/// `0is`: a word that was not said, and `0`, no speech at all.
fn is_omitted(word: &str) -> bool {
    word.strip_prefix('0').is_some_and(|rest| rest.chars().all(char::is_alphabetic))
}

/// `gumma@c`, `casa@s:spa`: the word without what it is.
fn without_form(word: &str) -> String {
    let Some((said, form)) = word.split_once('@') else { return word.to_owned() };
    let is_form =
        said.ends_with(char::is_alphabetic) && form.starts_with(|it: char| it.is_ascii_lowercase());
    let mark = word.trim_end_matches(['.', ',', '?', '!']);
    let end = word.get(mark.len()..).unwrap_or_default();
    if is_form { format!("{said}{end}") } else { word.to_owned() }
}

/// Whether brackets stand inside a word, around letters: `(be)cause`, `goin(g)`.
fn is_shortened(word: &str) -> bool {
    let letters = word.chars().any(char::is_alphabetic);
    let whole = word.starts_with('(') && word.trim_end_matches(['.', ',', '?', '!']).ends_with(')');
    let even = word.matches('(').count() == word.matches(')').count();
    let between = word.split_once('(').is_some_and(|(_, it)| it.starts_with(char::is_alphabetic));
    letters && even && between && !(whole && word.matches('(').count() == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_and_codes_go() {
        for (line, expected) in [
            ("I want it .", "I want it."),
            ("<I want> [/] I want it [=! laughs loud] +/.", "I want I want it [laughs loud] --"),
            ("&-uh &+fr friends &=laughs ?", "uh fr friends [laughs]?"),
            ("(be)cause he's goin(g) (.) there (1.5) .", "because he's going (.) there (1.5)."),
            ("that gumma@c [* p:w] is mi casa@s:spa .", "that gumma is mi casa."),
            ("0is Santa_Claus xxx here [+ exc] !", "Santa Claus xxx here!"),
            ("+\" he said &*MOT:mhm no +...", "he said [MOT: mhm] no..."),
            ("0 [=! cries] .", "[cries]."),
            ("dunno [: don't know] , (laughs)", "dunno, (laughs)"),
            ("( ) ((laugh)) a_ [open", "( ) ((laugh)) a_ [open"),
            ("0 .", ""),
            ("", ""),
        ] {
            assert_eq!(spoken(line).0, expected, "{line}");
        }
        assert_eq!(spoken("plain words .").1, 0);
    }
}
