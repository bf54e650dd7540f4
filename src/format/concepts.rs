//! `concepts.csv`: which codes, and which questions of the guide, belong together; one or both a row.

use super::table::Table;
use crate::domain::concept::Concept;
use crate::domain::problem::{Place, Problem};
use crate::msg;

/// Reads the concepts, in the order in which they first appear. A cell may name several, parted by `;`.
pub fn read(file: &str, bytes: &[u8], problems: &mut Vec<Problem>) -> Vec<Concept> {
    let table = Table::read(file, bytes, &["concept"], problems);
    let mut concepts: Vec<Concept> = Vec::new();
    for row in &table.rows {
        let name = table.get(row, "concept");
        let listed = |column: &str| -> Vec<(Place, String)> {
            let parts = table.get(row, column).split(';').map(str::trim);
            parts
                .filter(|it| !it.is_empty())
                .map(|it| (table.place(row, column), it.to_owned()))
                .collect()
        };
        let (codes, questions) = (listed("code"), listed("question"));
        if name.is_empty() || (codes.is_empty() && questions.is_empty()) {
            let column = if name.is_empty() { "concept" } else { "code" };
            let fix = msg!("concepts.blank.fix");
            problems.push(Problem::new(table.place(row, column), msg!("concepts.blank"), fix));
            continue;
        }
        let at = concepts.iter().position(|it| it.name == name).unwrap_or_else(|| {
            concepts.push(Concept { name: name.to_owned(), ..Concept::default() });
            concepts.len() - 1
        });
        if let Some(concept) = concepts.get_mut(at) {
            concept.codes.extend(codes);
            concept.questions.extend(questions);
        }
    }
    concepts
}
