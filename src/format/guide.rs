//! `guide.csv`: the topic guide, one wording of a question a row.

use super::table::Table;
use crate::domain::guide::{Guide, Question};
use crate::domain::problem::Problem;
use crate::msg;

/// Reads the guide. Rows with the same `question` are wordings of one question.
pub fn read(file: &str, bytes: &[u8], problems: &mut Vec<Problem>) -> Guide {
    let table = Table::read(file, bytes, &["topic", "question", "text"], problems);
    let mut guide = Guide::default();
    for row in &table.rows {
        let (topic, id) = (table.get(row, "topic").trim(), table.get(row, "question").trim());
        let text = table.get(row, "text").trim();
        let cells = [("topic", topic), ("question", id), ("text", text)];
        let wrong = cells.into_iter().find(|(column, cell)| match *column {
            "text" => cell.is_empty(),
            _ => !is_name(cell),
        });
        if let Some((column, _)) = wrong {
            problems.push(Problem::new(
                table.place(row, column),
                msg!("guide.cell", column = column),
                msg!("guide.cell.fix"),
            ));
            continue;
        }
        match guide.place(id).and_then(|at| guide.questions.get_mut(at)) {
            None => guide.questions.push(Question {
                topic: topic.to_owned(),
                id: id.to_owned(),
                wordings: vec![text.to_owned()],
            }),
            Some(known) if known.topic == topic => known.wordings.push(text.to_owned()),
            Some(known) => problems.push(Problem::new(
                table.place(row, "topic"),
                msg!("guide.two_topics", question = id, topic = known.topic),
                msg!("guide.two_topics.fix"),
            )),
        }
    }
    guide
}

/// Whether a topic or question can be named on a command line and in a table.
fn is_name(text: &str) -> bool {
    let plain = |it: char| it.is_alphanumeric() || matches!(it, '-' | '_' | '.');
    !text.is_empty()
        && text.chars().all(plain)
        && text.chars().any(char::is_alphanumeric)
        && !["none", "all", "any", "total"].iter().any(|it| text.eq_ignore_ascii_case(it))
}
