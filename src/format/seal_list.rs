//! `seals/<first 12 of log_sha256>.csv`: what a seal covered. First its units, a row each with an empty second cell; then
//! the rows of the log, each with its unit and the first 16 hex of its SHA-256.

use sha2::{Digest as _, Sha256};

use super::codebook::sha256;
use super::rows::Lines;
use super::unit_names::UnitNames;
use crate::domain::locator::Locator;
use crate::domain::seal::{Covered, RowHash};
use crate::read::eight::after;

const HEADER: &str = "unit,row\n";

/// Reads a list, in order of its units; units that the study never had are left out. `None` where it is not
/// one, or one of other units than those of this hash. So a list vouches for itself as to units; as to rows, the hash of the
/// seal does.
#[must_use]
pub fn read(bytes: &[u8], units_sha256: &str, names: &UnitNames) -> Option<Covered> {
    let text = std::str::from_utf8(bytes).ok()?.strip_prefix(HEADER)?;
    let mut covered = Covered::default();
    let mut units = String::new();
    let mut lines = Lines::of(text.as_bytes(), b',');
    let mut beginning: &[u8] = &[];
    loop {
        while let Some((row, length)) = plain_row(lines.rest(), &mut beginning) {
            covered.rows.push(row);
            lines.pass(length);
        }
        let Some(line) = lines.next() else { break };
        let comma = lines.first_mark()?;
        let (unit, row) = (text.get(line.from..comma)?, text.get(comma + 1..line.end)?);
        if row.is_empty() {
            match names.get(unit) {
                Some(known) => covered.units.push(known),
                None => drop(unit.parse::<Locator>().ok()?),
            }
            units.push_str(unit);
            units.push('\n');
        } else {
            covered.rows.push(row.parse().ok()?);
        }
    }
    covered.units.sort_unstable();
    (sha256(units.as_bytes()) == units_sha256).then_some(covered)
}

/// The hash of the row with which a text begins, and the length of its line, where it is written as it is here; it mostly has
/// the `beginning` of the row before, its unit and the comma.
fn plain_row<'a>(text: &'a [u8], beginning: &mut &'a [u8]) -> Option<(RowHash, usize)> {
    let known = after(text, beginning).filter(|_| !beginning.is_empty());
    let rest = match known {
        Some(rest) => rest,
        None => {
            let comma = text.iter().position(|byte| matches!(byte, b',' | b'\n'))?;
            let (own, rest) = text.split_at_checked(comma + 1)?;
            *beginning = Some(own).filter(|own| own.ends_with(b","))?;
            rest
        }
    };
    let [digits @ .., b'\n'] = rest.first_chunk::<17>()? else { return None };
    Some((RowHash::of_digits(digits)?, beginning.len() + 17))
}

/// Writes a list; units and rows are sorted, so that equal ones have equal bytes.
#[must_use]
pub fn write(units: &[String], rows: &[(String, RowHash)]) -> Vec<u8> {
    let mut units: Vec<&String> = units.iter().collect();
    units.sort();
    let mut rows: Vec<String> = rows.iter().map(|(unit, row)| format!("{unit},{row}\n")).collect();
    rows.sort();
    let units = units.into_iter().map(|unit| format!("{unit},\n"));
    let mut text = HEADER.to_owned();
    text.extend(units.chain(rows));
    text.into_bytes()
}

/// The hash by which a list names a row of a log, from its bytes without the LF.
#[must_use]
pub fn row_hash(row: &[u8]) -> RowHash {
    let mut first = [0; 8];
    first.iter_mut().zip(Sha256::digest(row)).for_each(|(to, from)| *to = from);
    RowHash(u64::from_be_bytes(first))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::log::UnitIndex;

    #[test]
    fn a_list_reads_back_and_vouches_for_its_units() {
        let units = ["A:2".to_owned(), "A:10".to_owned()];
        let rows = [("A:2".to_owned(), row_hash(b"one")), ("A:2".to_owned(), row_hash(b"two"))];
        let bytes = write(&units, &rows);
        let hash = sha256(b"A:10\nA:2\n");
        let locators: Vec<Locator> = units.iter().map(|it| it.parse().unwrap()).collect();
        let names = UnitNames::new((0..).map(UnitIndex).zip(&locators));
        let listed = read(&bytes, &hash, &names).unwrap();
        assert_eq!((listed.units, listed.rows.len()), (vec![UnitIndex(0), UnitIndex(1)], 2));
        let none = UnitNames::default();
        assert_eq!(read(&bytes, &hash, &none).map(|it| it.units), Some(Vec::new()));
        // as `printf one | sha256sum` has it
        assert_eq!(row_hash(b"one").to_string(), "7692c3ad3540bb80");
        assert_eq!(read(&bytes, &sha256(b"A:2\n"), &names), None);
        let text = String::from_utf8(bytes).unwrap();
        for damaged in ["A:10,\n", "unit,row\n", "7692c3ad3540bb80"] {
            let changed = text.replacen(damaged, &damaged.replace(['1', 'u', '7'], "x"), 1);
            assert_eq!(read(changed.as_bytes(), &hash, &names), None, "{damaged}");
        }
        assert_eq!(read(b"", &hash, &names), None);
    }
}
