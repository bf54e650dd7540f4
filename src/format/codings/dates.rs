//! Codes that a spreadsheet took for a day: `1-2` becomes `02-Jan` or `2026-01-02`, and nobody can tell any more.

use crate::language::fold;

/// The beginnings of the names of months, folded, in English, Spanish, French, German, Portuguese and Italian.
const MONTHS: &[&str] = &[
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", // en
    "ene", "abr", "ago", "dic", // es
    "janv", "fev", "fevr", "avr", "mai", "juin", "juil", "aou", "aout", // fr
    "marz", "mrz", "okt", "dez", // de
    "set", "out", // pt
    "gen", "mag", "giu", "lug", "ott", // it
];

/// Whether a cell shows a day.
pub(in crate::format) fn is_day(text: &str) -> bool {
    let day = without_time(text.trim());
    let parts: Vec<&str> =
        day.split(['-', '/', '.', ' ', ',']).filter(|it| !it.is_empty()).collect();
    let marks = day.chars().filter(|it| matches!(it, '-' | '/' | '.' | ' ' | ',')).count();
    if marks == 0 {
        return false;
    }
    let number = |it: &str| -> Option<u32> {
        let digits = it.bytes().all(|byte| byte.is_ascii_digit()) && it.len() <= 4;
        if digits { it.parse().ok() } else { None }
    };
    let is_month = |it: &str| {
        let folded = fold(it);
        let shorter = folded.chars().count() >= 3 && !folded.bytes().any(|it| it.is_ascii_digit());
        shorter && MONTHS.iter().any(|month| folded == *month) || is_whole_month(&folded)
    };
    let year = |it: &str| it.len() == 4 && number(it).is_some_and(|it| (1900..2100).contains(&it));
    let short = |it: &str| it.len() <= 2 && number(it).is_some_and(|it| (1..=31).contains(&it));
    match parts.as_slice() {
        [one, other] if is_month(one) => short(other) || year(other) || number(other).is_some(),
        [one, other] if is_month(other) => short(one) || year(one),
        [first, month, last] if is_month(month) => {
            number(first).is_some() && number(last).is_some()
        }
        [month, day, last] if is_month(month) => short(day) && number(last).is_some(),
        [one, two, three] => {
            let with_year = (year(one) && short(two) && short(three))
                || (short(one) && short(two) && year(three));
            let padded =
                [one, two, three].iter().all(|it| it.len() == 2) && short(one) && short(two);
            with_year || (padded && number(three).is_some_and(|it| (15..=50).contains(&it)))
        }
        _ => false,
    }
}

fn is_whole_month(folded: &str) -> bool {
    const WHOLE: &[&str] = &[
        "january",
        "february",
        "march",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
        "janvier",
        "fevrier",
        "mars",
        "avril",
        "juillet",
        "septembre",
        "octobre",
        "novembre",
        "decembre",
        "januar",
        "februar",
        "juni",
        "juli",
        "oktober",
        "dezember",
        "janeiro",
        "fevereiro",
        "marco",
        "maio",
        "junho",
        "julho",
        "setembro",
        "outubro",
        "novembro",
        "dezembro",
        "gennaio",
        "febbraio",
        "aprile",
        "maggio",
        "giugno",
        "luglio",
        "settembre",
        "ottobre",
        "dicembre",
    ];
    WHOLE.contains(&folded)
}

/// A day without the midnight behind it.
fn without_time(text: &str) -> &str {
    let cut = text.find([' ', 'T']).filter(|at| {
        let time = text.get(at + 1..).unwrap_or_default();
        let clock = |it: char| it.is_ascii_digit() || matches!(it, ':' | '.' | 'Z' | '+');
        time.contains(':') && time.chars().all(clock)
    });
    text.get(..cut.unwrap_or(text.len())).unwrap_or(text)
}

/// Whether a cell holds two small numbers that a spreadsheet would take for a day: `1-2`, `3/4`, `1.2`.
pub(super) fn is_like_a_day(text: &str) -> bool {
    let small =
        |it: &str| !it.is_empty() && it.len() <= 2 && it.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = text.trim().split(['-', '/', '.']).collect();
    matches!(parts.as_slice(), [one, other] if small(one) && small(other))
}

/// Whether a cell holds the number by which a spreadsheet keeps a day of our decades.
pub(super) fn is_serial(text: &str) -> bool {
    text.len() == 5 && text.parse::<u32>().is_ok_and(|it| (36_526..60_000).contains(&it))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_told_from_codes() {
        for day in [
            "2026-01-02",
            "02-Jan",
            "2-ene",
            "01. Feb",
            "1. März",
            "02/01/2026",
            "1/2/2026",
            "02.01.2026",
            "Jan-02",
            "2026-01-02 00:00:00",
            "2026-01-02T00:00:00",
            "févr-01",
            "02/fev",
            "2-Jan-26",
            "01/02/26",
            "01-giu",
            "Mar 26",
            "2 janv. 2026",
            "1-sep",
            "Jan 2, 2026",
        ] {
            assert!(is_day(day), "{day}");
        }
        for code in [
            "1-2",
            "3/4",
            "1.2.3",
            "a-b",
            "2026",
            "mar",
            "may be",
            "1.10",
            "set 1a",
            "1-2-3",
            "co-op",
            "10.11.12a",
            "marginal 1",
            "out of scope",
            "a",
            "",
        ] {
            assert!(!is_day(code), "{code}");
        }
    }
}
