//! Logs and seals as files on their way from one copy of a study to another: told by their header, and
//! cut into rows whose bytes stay as they are.

use super::log;
use super::records;
use super::rows::{self, Columns};
use super::table::separator;
use crate::domain::problem::{Place, Problem};
use crate::msg;

/// What a file is that comes from another copy of the study.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Handed {
    /// A log of decisions.
    Log,
    /// `seals.csv`.
    Seals,
}

impl Handed {
    fn columns(self) -> Columns<'static> {
        match self {
            Self::Log => (&log::COLUMNS).into(),
            Self::Seals => Columns::grown(&records::SEALS),
        }
    }

    /// What a file is by its header, even if another program has saved it anew.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        let header = first_line(bytes);
        let mark = char::from(separator(header.as_bytes()));
        let mut found: Vec<String> = header
            .split(mark)
            .map(|cell| cell.trim().trim_matches('"').to_ascii_lowercase())
            .collect();
        found.sort();
        [Self::Log, Self::Seals].into_iter().find(|kind| {
            let is = |names: &[&'static str]| {
                let mut names = names.to_vec();
                names.sort_unstable();
                found == names
            };
            is(kind.columns().names) || kind.columns().before().is_some_and(is)
        })
    }

    /// The rows of a file, byte for byte, without line ends.
    pub fn rows<'a>(
        self,
        file: &str,
        bytes: &'a [u8],
        problems: &mut Vec<Problem>,
    ) -> Vec<&'a [u8]> {
        let mut found = Vec::new();
        let columns = self.columns();
        let ours = |names: &[&str]| first_line(bytes) == names.join(",");
        if !ours(columns.names) && !columns.before().is_some_and(ours) {
            problems.push(Problem::new(
                Place::line(file, 1),
                msg!("handover.resaved"),
                msg!("handover.fix"),
            ));
            return found;
        }
        // A version of the codebook at the end tells whether a row is whole; a number does not.
        let complete: fn(&rows::Line) -> bool = match self {
            Self::Log => |line| rows::is_version(line.get(10)),
            Self::Seals => |line| !line.has(8) && rows::is_version(line.get(7)),
        };
        let torn = rows::read(file, bytes, self.columns(), complete, problems, |line, _| {
            found.extend(bytes.get(line.start..line.start + line.length));
        });
        if torn.is_some() {
            problems.push(Problem::new(
                Place::file(file),
                msg!("handover.torn"),
                msg!("handover.fix"),
            ));
        }
        found
    }
}

/// The header, without a byte order mark and line end.
fn first_line(bytes: &[u8]) -> String {
    let body = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let line = body.split(|byte| *byte == b'\n').next().unwrap_or_default();
    String::from_utf8_lossy(line.strip_suffix(b"\r").unwrap_or(line)).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_and_seals_are_told_by_their_header_and_other_files_are_not() {
        let log = log::COLUMNS.join(",");
        assert_eq!(Handed::of(log.as_bytes()), Some(Handed::Log));
        let resaved =
            format!("\u{feff}\"{}\"\r\n", log::COLUMNS.join("\";\"").replace("seq", "Seq"));
        assert_eq!(Handed::of(resaved.as_bytes()), Some(Handed::Log));
        assert_eq!(Handed::of(records::SEALS.join(",").as_bytes()), Some(Handed::Seals));
        assert_eq!(Handed::of(b"unit,dimension,codes\n"), None);
        assert_eq!(Handed::of(b""), None);
        let mut problems = Vec::new();
        assert!(Handed::Log.rows("l.csv", resaved.as_bytes(), &mut problems).is_empty());
        assert_eq!(problems[0].what.key, "handover.resaved");
    }
}
