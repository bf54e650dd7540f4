//! Lines that nobody says: printed questions, headings, page numbers, credits of services.
//!
//! In documents they are marked; in plain text they are told by their words and by how they are written.

use super::numbering;
use crate::language;

/// What a line is that nobody says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Furniture {
    /// It begins a part of the talk, and whoever spoke before does not go on after it.
    Heading,
    /// It stands in the middle of what somebody says, as the number of a page does.
    Page,
}

/// What a line without label is, if nobody says it.
pub(super) fn of(text: &str) -> Option<Furniture> {
    if text.len() > 400 {
        return None;
    }
    let folded = language::fold(text);
    if is_page(&folded) {
        return Some(Furniture::Page);
    }
    let heads = is_numbered_part(&folded, text) || is_capitals(text) || is_credit(&folded, text);
    (heads || is_printed_question(text)).then_some(Furniture::Heading)
}

/// `Page 3 of 10`, `Seite 3`, `– 3 –`.
fn is_page(folded: &str) -> bool {
    const PAGES: [&str; 8] = ["page", "seite", "pagina", "pag.", "pag", "p.", "s.", "blatt"];
    let marked = |it: char| "-–—[]()|/ ".contains(it);
    let bare = folded.trim_matches(marked);
    let digits = !bare.is_empty() && bare.bytes().all(|it| it.is_ascii_digit()) && bare.len() <= 4;
    if digits && bare.len() < folded.len() {
        return true;
    }
    let mut words = bare.split([' ', '\u{a0}', '/']).filter(|it| !it.is_empty());
    let named = words.next().is_some_and(|it| PAGES.contains(&it));
    let number = |it: &str| it.bytes().all(|it| it.is_ascii_digit());
    let rest: Vec<&str> = words.collect();
    let between = |it: &&str| ["of", "von", "de", "di", "sur", "/"].contains(it) || number(it);
    named && rest.first().is_some_and(|it| number(it)) && rest.iter().all(between)
}

/// `Question 2. How do you choose?`, `Pregunta 4:`, `PART TWO`, `Tema`, `Q3.`: a word for a part of a document and
/// its number, and what it is about.
fn is_numbered_part(folded: &str, text: &str) -> bool {
    let folded = folded.trim_start_matches(|it: char| "-–—[(*#• ".contains(it));
    let end = folded.find(|it: char| !it.is_alphabetic()).unwrap_or(folded.len());
    let (word, rest) = folded.split_at(end);
    let part = language::is_part(word);
    let letter = ["q", "qu"].contains(&word) && rest.starts_with(|it: char| it.is_ascii_digit());
    if !part && !letter {
        return false;
    }
    let rest = rest
        .trim_start_matches([' ', '\u{a0}', '#'])
        .trim_start_matches("no. ")
        .trim_start_matches("nr. ");
    if rest.is_empty() {
        return part && text.starts_with(char::is_uppercase);
    }
    let end = rest.find([' ', '.', ':', ')', ']', '-', '–', '—', '|']).unwrap_or(rest.len());
    let (number, after) = rest.split_at(end);
    let numbered = number.starts_with(|it: char| it.is_ascii_digit())
        || (!number.is_empty() && number.bytes().all(|it| b"ivx".contains(&it)))
        || (number.len() == 1
            && number.bytes().all(|it| it.is_ascii_lowercase())
            && after.trim().is_empty())
        || language::is_number_word(number);
    let parted = after.trim().is_empty()
        || after.trim_start().starts_with(['.', ':', ')', ']', '-', '–', '—', '|']);
    numbered && parted
}

/// A line of capitals, of two words or more: `PART TWO`, `THE SCHOOL`.
fn is_capitals(text: &str) -> bool {
    let letters = text.chars().filter(|it| it.is_alphabetic());
    let (all, small) =
        letters.fold((0, 0), |(all, small), it| (all + 1, small + usize::from(!it.is_uppercase())));
    let words = text.split_whitespace().filter(|it| it.chars().any(char::is_alphabetic)).count();
    let ends = text.ends_with(['?', '!', '…', ',', ';', '.']);
    all >= 6 && small == 0 && (2..=12).contains(&words) && !ends
}

/// `3. What do you think of the school?`, printed with its number.
fn is_printed_question(text: &str) -> bool {
    let asks = text.ends_with(['?', '？', '؟']);
    let marked = text.contains(". ") || text.contains(") ");
    asks && marked
        && numbering::number(text).is_some_and(|(n, length)| {
            n <= 99 && length <= 5 && text.get(..length).is_some_and(|it| it.contains(['.', ')']))
        })
}

/// What a service or a program says of itself.
fn is_credit(folded: &str, text: &str) -> bool {
    let bare = folded.trim_start_matches(|it: char| !it.is_alphanumeric());
    let address =
        bare.starts_with("http://") || bare.starts_with("https://") || bare.starts_with("www.");
    let brief = text.split_whitespace().count() <= 16;
    (address && !text.contains(' ')) || (brief && language::is_credit(bare))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_nobody_says_are_told_from_speech() {
        use Furniture::{Heading, Page};
        for (line, expected) in [
            ("Question 2. How do you choose?", Some(Heading)),
            ("Pregunta 4:", Some(Heading)),
            ("Frage 3: Wie kam es dazu?", Some(Heading)),
            ("Tema", Some(Heading)),
            ("PART TWO", Some(Heading)),
            ("Teil II", Some(Heading)),
            ("Partie 3 – L'école", Some(Heading)),
            ("Q3. What else?", Some(Heading)),
            ("THE OLD SCHOOL", Some(Heading)),
            ("4. ¿Qué piensa de la escuela?", Some(Heading)),
            ("Created with a free trial of Scribble", Some(Heading)),
            ("Transcribed by https://example.org", Some(Heading)),
            ("https://example.org", Some(Heading)),
            ("Page 3 of 10", Some(Page)),
            ("Seite 4", Some(Page)),
            ("- 12 -", Some(Page)),
            ("Part two of that story was funny.", None),
            ("Question is, who pays?", None),
            ("Tema was my aunt.", None),
            ("We left. Who pays?", None),
            ("25", None),
            ("OK", None),
            ("NO WAY!", None),
            ("3 people came", None),
        ] {
            assert_eq!(of(line), expected, "{line}");
        }
    }
}
