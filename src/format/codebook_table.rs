//! A team's own codebook as a table:
//! `dimension,code,parent,name,brief,definition,use_when,not_when,examples`.
//!
//! A row without code describes the dimension itself. Missing ids are made from names. A table may also revise a codebook
//! that is there: what it names is that one's, what a cell leaves blank stays as it was.

use std::collections::{BTreeMap, BTreeSet};

use super::table::{Row, Table, quotable};
use crate::analysis::codebook::change::ids;
use crate::analysis::codebook::entries as entries_of;
use crate::analysis::codebook::set::{Spoken, WORDING, apart, no_pattern, of_wording};
use crate::domain::codebook::{Code, Codebook, Dimension, ORDERED, Select, Wording};
use crate::domain::localized::Localized;
use crate::domain::problem::Problem;
use crate::domain::slug::{Taken, unique};
use crate::language::fold;
use crate::msg;
use crate::words::{Language, say};

/// A codebook as a table revises it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ByTable {
    /// What it is then; without what the table does not name.
    pub codebook: Codebook,
    /// What the table does not name.
    pub missing: Vec<String>,
}

/// The id of the dimension of a table that names none.
const WHOLE: &str = "all-codes";

/// Reads a codebook from a table that has at least the column `code` or `name`.
///
/// Nothing enters it but the table, so that two studies made of one table have one version of it.
pub fn read(table: &Table, problems: &mut Vec<Problem>) -> Option<Codebook> {
    let empty = Codebook {
        title: "".into(),
        version: "1".to_owned(),
        unit: "".into(),
        dimensions: Vec::new(),
    };
    let mut codebook = revise(table, &empty, WHOLE, "en", problems)?.codebook;
    if let [only] = codebook.dimensions.as_mut_slice()
        && !table.has("dimension")
        && only.id.as_str() == WHOLE
    {
        let named = |language: Language| {
            (language.tag().to_owned(), say(&msg!("codebook_table.whole"), language))
        };
        let names = [Language::English, Language::Spanish].map(named);
        only.wording.name = Localized::ByLanguage(names.into());
    }
    Some(codebook)
}

/// Revises a codebook by a table; `whole` names the only dimension of a table that has none, `own` is the language of texts
/// that name none.
pub fn revise(
    table: &Table,
    known: &Codebook,
    whole: &str,
    own: &str,
    problems: &mut Vec<Problem>,
) -> Option<ByTable> {
    let before = problems.len();
    let mut taken = Taken::default();
    for id in ids(known) {
        taken.take(id);
    }
    let mut reader =
        Reader { table, known, own, taken, named: BTreeSet::new(), keys: BTreeMap::new() };
    let lines = reader.lines(whole, problems);
    let mut dimensions: Vec<Dimension> = Vec::new();
    let mut entries: Vec<(usize, Entry)> = Vec::new();
    for line in &lines {
        let at = reader.dimension(&line.dimension, &mut dimensions)?;
        let dimension = dimensions.get_mut(at)?;
        if line.given.is_empty() {
            reader.describe(line, dimension, problems);
        } else {
            if let Some(select) = reader.select(line.row, problems) {
                dimension.select = select;
            }
            let id = dimension.id.to_string();
            entries.push((at, reader.entry(line, &id, problems)));
        }
    }
    for (at, dimension) in dimensions.iter_mut().enumerate() {
        let own: Vec<&Entry> =
            entries.iter().filter(|(of, _)| *of == at).map(|(_, it)| it).collect();
        dimension.codes = reader.tree(&own, "", 0);
        reader.orphans(&own, problems);
    }
    let codebook = Codebook { dimensions, ..known.clone() };
    let heirs: Vec<&str> = entries_of(&codebook)
        .iter()
        .flat_map(|it| [it.replaces(), it.merged_from()])
        .flatten()
        .collect();
    let is_named = |id: &&str| reader.named.contains(*id) || heirs.contains(id);
    let missing = ids(known).into_iter().filter(|id| !is_named(id)).map(str::to_owned).collect();
    (problems.len() == before).then_some(ByTable { codebook, missing })
}

/// A row, read.
struct Line<'a> {
    row: &'a Row,
    dimension: String,
    /// What the code is called: its id or its name; nothing for a dimension.
    given: String,
    parent: String,
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
    known: &'a Codebook,
    own: &'a str,
    taken: Taken,
    /// The ids of the known codebook that the table names.
    named: BTreeSet<String>,
    keys: BTreeMap<String, u64>,
}

impl<'a> Reader<'a> {
    fn get(&self, row: &'a Row, column: &str) -> &'a str {
        self.table.get(row, column)
    }

    /// The rows. Where no column names dimensions, what lies beneath nothing and has something beneath it is one; where there
    /// is no such tree, all codes are of one dimension.
    fn lines(&self, whole: &str, problems: &mut Vec<Problem>) -> Vec<Line<'a>> {
        let called = |row: &'a Row| match self.get(row, "code") {
            "" if self.table.has("code") && self.table.has("dimension") => {
                // A row of a dimension may have a name; a code that has only a name lies beneath something.
                if self.get(row, "parent").is_empty() { "" } else { self.get(row, "name") }
            }
            "" => self.get(row, "name"),
            code => code,
        };
        let rows = self.table.rows.iter();
        if self.table.has("dimension") {
            let mut lines = Vec::new();
            for row in rows {
                let dimension = self.get(row, "dimension").to_owned();
                if dimension.is_empty() {
                    problems.push(Problem::new(
                        self.table.place(row, "dimension"),
                        msg!("codebook_table.dimension"),
                        msg!("codebook_table.dimension.fix"),
                    ));
                    continue;
                }
                let (given, parent) = (called(row).to_owned(), self.get(row, "parent").to_owned());
                lines.push(Line { row, dimension, given, parent });
            }
            return lines;
        }
        let above: BTreeMap<String, &str> = self
            .table
            .rows
            .iter()
            .map(|row| (called(row).to_lowercase(), self.get(row, "parent")))
            .collect();
        let is_parent = |name: &str| above.values().any(|it| it.to_lowercase() == name);
        let is_root = |name: &str| above.get(&name.to_lowercase()).is_none_or(|it| it.is_empty());
        let all_parents = above.iter().all(|(name, parent)| !parent.is_empty() || is_parent(name));
        let one = if whole.trim().is_empty() { "Codebook1" } else { whole };
        rows.filter(|row| !called(row).is_empty())
            .map(|row| {
                let (given, parent) = (called(row).to_owned(), self.get(row, "parent").to_owned());
                if !all_parents {
                    return Line { row, dimension: one.to_owned(), given, parent };
                }
                let mut root = given.clone();
                for _ in 0..above.len() {
                    match above.get(&root.to_lowercase()) {
                        Some(parent) if !parent.is_empty() => root = (*parent).to_owned(),
                        _ => break,
                    }
                }
                let is_own = root.to_lowercase() == given.to_lowercase();
                Line {
                    row,
                    given: if is_own { String::new() } else { given },
                    parent: if is_root(&parent) { String::new() } else { parent },
                    dimension: root,
                }
            })
            .collect()
    }

    /// The place of a dimension among those that were read, known or new.
    fn dimension(&mut self, name: &str, dimensions: &mut Vec<Dimension>) -> Option<usize> {
        let called = |it: &Dimension| {
            it.id.as_str().eq_ignore_ascii_case(name)
                || it.wording.name.all().any(|text| fold(text) == fold(name))
        };
        if let Some(at) = dimensions.iter().position(called) {
            return Some(at);
        }
        let dimension = match self.known.dimensions.iter().find(|it| called(it)) {
            Some(known) => {
                self.named.insert(known.id.to_string());
                Dimension { codes: Vec::new(), ..known.clone() }
            }
            None => {
                let id = unique(name, 'D', &mut self.taken).parse().ok()?;
                Dimension::named(id, Select::Many, name)
            }
        };
        dimensions.push(dimension);
        Some(dimensions.len() - 1)
    }

    /// What a row says of a dimension itself.
    fn describe(&self, line: &Line<'a>, dimension: &mut Dimension, problems: &mut Vec<Problem>) {
        self.wording(line.row, &mut dimension.wording);
        if let Some(select) = self.select(line.row, problems) {
            dimension.select = select;
        }
        if !self.get(line.row, "color").is_empty() {
            self.get(line.row, "color").clone_into(&mut dimension.color);
        }
        if self.get(line.row, "scale").eq_ignore_ascii_case(ORDERED) {
            dimension.ordered = true;
        }
        for old in self.ids(line.row, "replaces") {
            if !dimension.replaces.contains(&old) {
                dimension.replaces.push(old);
            }
        }
    }

    fn select(&self, row: &'a Row, problems: &mut Vec<Problem>) -> Option<Select> {
        match self.get(row, "select").to_ascii_lowercase().as_str() {
            "" => None,
            "many" => Some(Select::Many),
            "one" => Some(Select::One),
            _ => {
                problems.push(Problem::new(
                    self.table.place(row, "select"),
                    msg!("codebook.select"),
                    msg!("codebook.select.fix"),
                ));
                None
            }
        }
    }

    /// Ids in a cell, parted by `;`; what is none is not there.
    fn ids<T: std::str::FromStr + PartialEq>(&self, row: &'a Row, column: &str) -> Vec<T> {
        self.get(row, column).split(';').filter_map(|it| it.trim().parse().ok()).collect()
    }

    fn entry(&mut self, line: &Line<'a>, dimension: &str, problems: &mut Vec<Problem>) -> Entry {
        let given = line.given.as_str();
        let key = given.to_lowercase();
        if self.keys.insert(key.clone(), line.row.line).is_some() {
            problems.push(Problem::new(
                self.table.place(line.row, "code"),
                msg!("codebook.twice", id = quotable(given)),
                msg!("codebook.twice.fix"),
            ));
        }
        let mut code = self.code(given, dimension);
        if let Some(code) = &mut code {
            self.wording(line.row, &mut code.wording);
            for old in self.ids(line.row, "replaces") {
                if !code.replaces.contains(&old) {
                    code.replaces.push(old);
                }
            }
            for old in self.ids(line.row, "merged_from") {
                if !code.merged_from.contains(&old) {
                    code.merged_from.push(old);
                }
            }
            let keywords = self.get(line.row, "keywords");
            if !keywords.is_empty() {
                code.keywords = apart(keywords, &code.keywords);
                if let Some(wrong) = no_pattern(&code.keywords) {
                    problems.push(Problem::new(
                        self.table.place(line.row, "keywords"),
                        msg!("codebook.keyword", keyword = wrong),
                        msg!("codebook.keyword.fix"),
                    ));
                }
            }
        }
        Entry { line: line.row.line, key, parent: line.parent.to_lowercase(), code }
    }

    /// A code that is known by this id or name, without what lies beneath it; else a new one.
    fn code(&mut self, given: &str, dimension: &str) -> Option<Code> {
        let known = self.known;
        let codes = || {
            known.dimensions.iter().flat_map(|of| of.tree().into_iter().map(move |it| (of, it.1)))
        };
        let by_id = codes().find(|(_, code)| code.id.as_str().eq_ignore_ascii_case(given));
        let by_name = || {
            codes().find(|(of, code)| {
                of.id.as_str() == dimension
                    && code
                        .wording
                        .name
                        .all()
                        .any(|text| !text.is_empty() && fold(text) == fold(given))
            })
        };
        if let Some((_, code)) = by_id.or_else(by_name)
            && self.named.insert(code.id.to_string())
        {
            return Some(Code { codes: Vec::new(), ..code.clone() });
        }
        let id = unique(given, 'C', &mut self.taken).parse().ok()?;
        Some(Code::named(id, given))
    }

    /// Sets the texts of a row; what is blank stays as it was.
    fn wording(&self, row: &'a Row, wording: &mut Wording) {
        let own = self.own;
        for field in WORDING {
            let text = self.get(row, field);
            if !text.is_empty() {
                of_wording(wording, field, text, Spoken { asked: None, own });
            }
        }
        for heading in &self.table.headings {
            let Some((field, language)) = heading.rsplit_once('_') else { continue };
            let text = self.get(row, heading);
            if WORDING.contains(&field) && !text.is_empty() {
                of_wording(wording, field, text, Spoken { asked: Some(language), own });
            }
        }
    }

    /// The codes beneath a parent; a chain deeper than there are codes is a circle.
    fn tree(&self, entries: &[&Entry], parent: &str, depth: usize) -> Vec<Code> {
        if depth > entries.len() || depth > 32 {
            return Vec::new();
        }
        let beneath = entries.iter().filter(|entry| self.above(entries, entry) == parent);
        beneath
            .filter_map(|entry| {
                let mut code = entry.code.clone()?;
                code.codes = self.tree(entries, &entry.key, depth + 1);
                Some(code)
            })
            .collect()
    }

    /// The key of what an entry lies beneath: its parent may be named by its id or its name.
    fn above<'e>(&self, entries: &[&'e Entry], entry: &'e Entry) -> &'e str {
        if entry.parent.is_empty() || entries.iter().any(|other| other.key == entry.parent) {
            return &entry.parent;
        }
        let named = entries.iter().find(|other| {
            other.code.as_ref().is_some_and(|code| {
                code.id.as_str().eq_ignore_ascii_case(&entry.parent)
                    || code.wording.name.all().any(|text| fold(text) == fold(&entry.parent))
            })
        });
        named.map_or(&entry.parent, |other| &other.key)
    }

    /// Names every code whose chain of parents does not end at the dimension.
    fn orphans(&self, entries: &[&Entry], problems: &mut Vec<Problem>) {
        for entry in entries {
            let mut here = *entry;
            let mut steps = 0;
            while !here.parent.is_empty() && steps <= entries.len() {
                let above = self.above(entries, here);
                match entries.iter().find(|other| other.key == above) {
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
        let codebook = read(&table, &mut problems);
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
