//! A team's own codebook as a table:
//! `dimension,code,parent,name,brief,definition,use_when,not_when,examples`.
//!
//! A row without code describes the dimension itself. Missing ids are made from names.

use std::collections::BTreeMap;

use super::table::{Row, Table, quotable};
use crate::domain::codebook::{Code, Codebook, Dimension, Select, Wording};
use crate::domain::localized::Localized;
use crate::domain::problem::Problem;
use crate::domain::slug::{Taken, unique};
use crate::msg;

/// Reads a codebook from a table that has at least the column `dimension` and `code` or `name`.
pub fn read(table: &Table, title: &str, problems: &mut Vec<Problem>) -> Option<Codebook> {
    let before = problems.len();
    let mut reader = Reader { table, taken: Taken::default(), ids: BTreeMap::new() };
    let mut dimensions: Vec<(String, Dimension, Vec<Entry>)> = Vec::new();
    for row in &table.rows {
        let name = table.get(row, "dimension");
        if name.is_empty() {
            problems.push(Problem::new(
                table.place(row, "dimension"),
                msg!("codebook_table.dimension"),
                msg!("codebook_table.dimension.fix"),
            ));
            continue;
        }
        let at = match dimensions.iter().position(|(known, ..)| known.eq_ignore_ascii_case(name)) {
            Some(at) => at,
            None => {
                let id = unique(name, 'D', &mut reader.taken).parse().ok()?;
                let wording = Wording { name: name.into(), ..blank() };
                dimensions.push((
                    name.to_owned(),
                    Dimension { wording, ..Dimension::named(id, Select::Many, "") },
                    Vec::new(),
                ));
                dimensions.len() - 1
            }
        };
        let (_, dimension, entries) = &mut dimensions[at];
        match table.get(row, "select").to_ascii_lowercase().as_str() {
            "" | "many" => {}
            "one" => dimension.select = Select::One,
            _ => problems.push(Problem::new(
                table.place(row, "select"),
                msg!("codebook.select"),
                msg!("codebook.select.fix"),
            )),
        }
        if table.get(row, "code").is_empty()
            && (!table.has("code") || table.get(row, "parent").is_empty())
            && table.has("code")
        {
            let name = dimension.wording.name.clone();
            dimension.wording = reader.wording(row);
            if dimension.wording.name.is_blank() {
                dimension.wording.name = name;
            }
        } else {
            entries.push(reader.entry(row, problems));
        }
    }
    let dimensions = dimensions
        .into_iter()
        .map(|(_, mut dimension, entries)| {
            dimension.codes = reader.tree(&entries, None, 0);
            reader.orphans(&entries, problems);
            dimension
        })
        .collect();
    let codebook =
        Codebook { title: title.into(), version: "1".to_owned(), unit: "".into(), dimensions };
    (problems.len() == before).then_some(codebook)
}

fn blank() -> Wording {
    let text = || Localized::Plain(String::new());
    Wording {
        name: text(),
        brief: text(),
        definition: text(),
        use_when: text(),
        not_when: text(),
        examples: Localized::Plain(Vec::new()),
    }
}

/// One code before the tree is built.
struct Entry {
    line: u64,
    key: String,
    parent: String,
    code: Option<Code>,
}

struct Reader<'a> {
    table: &'a Table,
    taken: Taken,
    ids: BTreeMap<String, u64>,
}

impl Reader<'_> {
    fn entry(&mut self, row: &Row, problems: &mut Vec<Problem>) -> Entry {
        let given = match self.table.get(row, "code") {
            "" => self.table.get(row, "name"),
            code => code,
        };
        let key = given.to_lowercase();
        if self.ids.insert(key.clone(), row.line).is_some() {
            problems.push(Problem::new(
                self.table.place(row, "code"),
                msg!("codebook.twice", id = quotable(given)),
                msg!("codebook.twice.fix"),
            ));
        }
        let mut wording = self.wording(row);
        if wording.name.is_blank() {
            wording.name = given.into();
        }
        let id = unique(given, 'C', &mut self.taken).parse().ok();
        let code = id.map(|id| Code { wording, ..Code::named(id, "") });
        Entry { line: row.line, key, parent: self.table.get(row, "parent").to_lowercase(), code }
    }

    fn wording(&self, row: &Row) -> Wording {
        let text = |column| Localized::Plain(self.table.get(row, column).to_owned());
        let examples = self.table.get(row, "examples");
        let examples = examples.split(['\n', '|']).map(str::trim).filter(|it| !it.is_empty());
        Wording {
            name: text("name"),
            brief: text("brief"),
            definition: text("definition"),
            use_when: text("use_when"),
            not_when: text("not_when"),
            examples: Localized::Plain(examples.map(str::to_owned).collect()),
        }
    }

    /// The codes beneath a parent; a chain deeper than there are codes is a circle.
    fn tree(&self, entries: &[Entry], parent: Option<&str>, depth: usize) -> Vec<Code> {
        if depth > entries.len() || depth > 32 {
            return Vec::new();
        }
        let beneath = entries.iter().filter(|entry| entry.parent == parent.unwrap_or_default());
        beneath
            .filter_map(|entry| {
                let mut code = entry.code.clone()?;
                code.codes = self.tree(entries, Some(&entry.key), depth + 1);
                Some(code)
            })
            .collect()
    }

    /// Names every code whose chain of parents does not end at the dimension.
    fn orphans(&self, entries: &[Entry], problems: &mut Vec<Problem>) {
        for entry in entries {
            let mut here = entry;
            let mut steps = 0;
            while !here.parent.is_empty() && steps <= entries.len() {
                match entries.iter().find(|other| other.key == here.parent) {
                    Some(parent) => here = parent,
                    None => break,
                }
                steps += 1;
            }
            if !here.parent.is_empty() {
                problems.push(Problem::new(
                    self.table.place_on(entry.line, "parent"),
                    msg!("codebook_table.parent"),
                    msg!("codebook_table.parent.fix"),
                ));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> (Option<Codebook>, Vec<String>) {
        let mut problems = Vec::new();
        let table = Table::read("c.csv", text.as_bytes(), &["dimension"], &mut problems);
        let codebook = read(&table, "T", &mut problems);
        (codebook, problems.iter().map(|it| format!("{} {}", it.at, it.what.key)).collect())
    }

    #[test]
    fn a_table_becomes_a_tree() {
        let (codebook, problems) = read_text(
            "dimension,code,parent,name,definition,examples\nTrust,,,Trust,How far,\nTrust,in-boss,,In the boss,d,a|b\nTrust,deep,in-boss,,,\nCost,,,,,\n",
        );
        assert_eq!(problems, Vec::<String>::new());
        let codebook = codebook.unwrap();
        let tree: Vec<_> = codebook
            .dimensions
            .iter()
            .flat_map(|it| it.tree())
            .map(|(depth, code)| (depth, code.id.as_str()))
            .collect();
        assert_eq!(tree, [(0, "in-boss"), (1, "deep")]);
        assert_eq!(codebook.dimensions[1].id.as_str(), "Cost");
    }

    #[test]
    fn a_code_under_nobody_or_in_a_circle_is_named() {
        let (_, problems) = read_text("dimension,code,parent\nA,x,y\nA,y,x\nA,z,q\n");
        assert_eq!(
            problems,
            [
                "c.csv:2:parent codebook_table.parent",
                "c.csv:3:parent codebook_table.parent",
                "c.csv:4:parent codebook_table.parent"
            ]
        );
    }
}
