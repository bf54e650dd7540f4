//! Which column of a CSV of codings holds what.

use super::record::Record;
use crate::escape::csv::unguard;

/// Columns of our own files that may stand beside codings, and are no coders.
const BESIDE: [&str; 17] = [
    "at",
    "certainty",
    "citation",
    "codebook",
    "dispute",
    "kind",
    "locator",
    "memo",
    "participant",
    "pinned",
    "role",
    "speakers",
    "strength",
    "text",
    "topic",
    "transcript",
    "words",
];

/// Where everything stands in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Layout {
    pub(super) width: usize,
    pub(super) unit: usize,
    pub(super) dimension: Option<usize>,
    pub(super) round: Option<usize>,
    pub(super) case: Option<usize>,
    pub(super) form: Form,
}

/// How answers are laid out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Form {
    /// A row is one code of one coder, or with `whole` one whole answer.
    Long { coder: usize, code: usize, whole: bool, certainty: Option<usize> },
    /// Each of these columns is a coder.
    Wide { coders: Vec<(usize, String)> },
}

/// What keeps a header from being one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum HeaderError {
    /// A column that the form needs.
    Missing(&'static str),
    /// A heading that stands there twice.
    Twice(String),
}

impl Layout {
    /// The layout that a header announces.
    pub(super) fn of(header: &Record<'_>) -> Result<Self, Vec<HeaderError>> {
        let headings: Vec<String> = header
            .iter()
            .map(|cell| unguard(String::from_utf8_lossy(cell).trim()).to_owned())
            .collect();
        let place = |name: &str| headings.iter().position(|it| it.eq_ignore_ascii_case(name));
        let twice = |(at, heading): &(usize, &String)| {
            let same = |other: &String| other.eq_ignore_ascii_case(heading);
            !heading.is_empty() && headings.iter().take(*at).any(same)
        };
        let twice = headings.iter().enumerate().filter(twice);
        let mut errors: Vec<HeaderError> =
            twice.map(|(_, heading)| HeaderError::Twice(heading.clone())).collect();
        let unit = place("unit");
        if unit.is_none() {
            errors.push(HeaderError::Missing("unit"));
        }
        let code = place("code").map(|at| (at, false)).or(place("codes").map(|at| (at, true)));
        let form = match (place("coder"), code) {
            (Some(coder), Some((code, whole))) => {
                Some(Form::Long { coder, code, whole, certainty: place("certainty") })
            }
            (Some(_), None) => {
                errors.push(HeaderError::Missing("code"));
                None
            }
            (None, Some(_)) => {
                errors.push(HeaderError::Missing("coder"));
                None
            }
            (None, None) => {
                let taken = ["unit", "dimension", "round", "case"];
                let is_coder = |heading: &str| {
                    let mut others = taken.iter().chain(&BESIDE);
                    !heading.is_empty() && !others.any(|it| it.eq_ignore_ascii_case(heading))
                };
                let coders = headings.iter().enumerate().filter(|(_, it)| is_coder(it));
                Some(Form::Wide { coders: coders.map(|(at, it)| (at, it.clone())).collect() })
            }
        };
        match (unit, form) {
            (Some(unit), Some(form)) if errors.is_empty() => Ok(Self {
                width: headings.len(),
                unit,
                dimension: place("dimension"),
                round: place("round"),
                case: place("case"),
                form,
            }),
            _ => Err(errors),
        }
    }
}
