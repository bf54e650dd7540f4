//! Every cell of every table of a study.

use super::{results, rows, silent, study, tables, with_cell};

/// Columns in which any text stands, so that none is wrong there: what people wrote, names, attributes, and what is called
/// so by the one row that calls it anything.
const FREE: [&str; 14] = [
    "name",
    "text",
    "memo",
    "reason",
    "rationale",
    "codebook_change",
    "claim",
    "brief",
    "translation",
    "translator",
    "source",
    "date",
    "withdrawn",
    "concept",
];

#[test]
fn a_cell_without_its_columns_form_is_said_or_changes_nothing() {
    let study = study();
    let before = results(&study);
    let (mut cells, mut found) = (0, Vec::new());
    for file in tables(&study.path("")) {
        let bytes = std::fs::read(&file).unwrap();
        let (rows, _) = rows(&bytes);
        for (nth, row) in rows.iter().enumerate().skip(1) {
            for (column, cell) in row.iter().enumerate() {
                let heading = &rows[0][column];
                // What a claim is about may be called as the team likes; where its place is gone, `claims` itself says so.
                // The guide names its topics and questions itself.
                let named = file.ends_with("claims.csv") && heading == "about"
                    || file.ends_with("guide.csv");
                if named || FREE.contains(&heading) {
                    continue;
                }
                // No form at all; a name of nothing; a number or hash that differs in its last digit.
                let mut off = cell.to_owned();
                let last = off.pop();
                off.push(if last == Some('7') { '8' } else { '7' });
                for wrong in ["%%", "Zq9", off.as_str()] {
                    let told = format!("{}:{} {heading}: {wrong}", file.display(), nth + 1);
                    found.extend(silent(
                        &study,
                        &before,
                        results,
                        &file,
                        &with_cell(&bytes, (nth, column), wrong),
                        told,
                    ));
                    cells += 1;
                }
            }
        }
    }
    assert!(found.is_empty(), "nothing is said of {found:#?}");
    assert!(cells > 900, "{cells}");
}

#[test]
fn what_was_sealed_frozen_or_locked_cannot_be_changed_in_silence() {
    let study = study();
    let before = results(&study);
    let (mut changes, mut found) = (0, Vec::new());
    for file in tables(&study.path("coding")) {
        let bytes = std::fs::read(&file).unwrap();
        let (rows, _) = rows(&bytes);
        for (nth, row) in rows.iter().enumerate().skip(1) {
            for (column, other) in [
                (3, "A:5"),
                (4, "tone"),
                (5, "cold"),
                (5, "none"),
                (5, ""),
                (6, "unsure"),
                (2, "recode"),
            ] {
                if &row[column] != other {
                    let told = format!("{}:{} {other}", file.display(), nth + 1);
                    found.extend(silent(
                        &study,
                        &before,
                        results,
                        &file,
                        &with_cell(&bytes, (nth, column), other),
                        told,
                    ));
                    changes += 1;
                }
            }
        }
    }
    for name in ["A", "B"] {
        let file = study.path(&format!("transcripts/{name}.txt"));
        let text = std::fs::read_to_string(&file).unwrap();
        for (at, _) in text.match_indices(|it: char| it.is_alphanumeric()) {
            let damaged = format!("{}x{}", &text[..at], &text[at + 1..]);
            found.extend(silent(
                &study,
                &before,
                results,
                &file,
                damaged.as_bytes(),
                format!("{name}.txt {at}"),
            ));
            changes += 1;
        }
    }
    assert!(found.is_empty(), "nothing is said of {found:#?}");
    assert!(changes > 150, "{changes}");
}
