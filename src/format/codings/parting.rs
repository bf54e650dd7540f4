//! Several codes in one cell: what parts them.
//!
//! Spreadsheets and annotation tools part them by `;`, `|`, `#`, line breaks, ` + ` or `//`, or write lists (JSON,
//! Python, R, brackets). A comma, a stroke, an ampersand or a space may as well belong to a code: they part codes
//! only where the file proves it, because each part stands alone elsewhere, or the same parts stand in another order.

use std::collections::{BTreeMap, BTreeSet};

use super::dates;
use super::lists::{counted, list, unmarked};
use super::spelling::key;

/// Marks that may belong to a code.
const WEAK: [&str; 26] = [
    ",", "，", "、", "/", "\\", "&", "+", "~", "^", "·", "•", "::", " and ", " y ", " und ",
    " et ", " e ", " con ", " i ", " plus ", " with ", " sowie ", " mit ", " avec ", " com ", " ",
];
/// At most so many other marks are tried, in files of at most so many different cells.
const TRIED: (usize, usize) = (12, 5_000);

/// What parts the codes of a cell.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Parting {
    /// The only mark, where it was named.
    only: Option<String>,
    /// Weak marks that part codes in this file.
    weak: Vec<String>,
    /// Other marks than `;` that part codes in this file, as people read them.
    strong: BTreeSet<&'static str>,
    /// Whether cells hold commas that were not taken for such a mark.
    pub(super) commas: bool,
}

impl Parting {
    /// By one mark alone; `\t` and `\n` may be written so.
    pub(super) fn by(mark: &str) -> Self {
        let mark = mark.replace("\\t", "\t").replace("\\n", "\n");
        Self { only: Some(mark), ..Self::default() }
    }

    /// What parts the codes of these different cells.
    pub(super) fn of<'a>(cells: impl Iterator<Item = &'a str> + Clone) -> Self {
        let mut parting = Self::default();
        let plain: Vec<Vec<String>> = cells.clone().map(|cell| parting.parts(cell)).collect();
        let parted = cells.zip(&plain).filter(|(_, parts)| parts.len() > 1);
        let strong: BTreeSet<&str> = parted.flat_map(|(cell, _)| shown(cell)).collect();
        parting.strong = strong;
        let mut single: Vec<&str> = plain
            .iter()
            .filter_map(|it| if let [one] = it.as_slice() { Some(one.as_str()) } else { None })
            .collect();
        let several = plain.iter().filter(|it| it.len() > 1).flatten().map(|it| key(it));
        let mut alone: BTreeSet<String> = single.iter().map(|it| key(it)).collect();
        alone.extend(several);
        let others = if single.len() > TRIED.1 { Vec::new() } else { other_marks(&single) };
        let (blank, known) = WEAK.split_last().unwrap_or((&" ", &[]));
        let known = known.iter().map(|it| (*it).to_owned());
        for mark in known.chain(others).chain([(*blank).to_owned()]) {
            // A day is no list: `1/2/2026` beside `1/2`.
            let whole = |cell: &&&str| !dates::is_day(cell);
            let with: Vec<Vec<&str>> =
                single.iter().filter(whole).filter_map(|cell| weakly(cell, &mark)).collect();
            let days = with.len() < single.iter().filter(|it| weakly(it, &mark).is_some()).count();
            let proven = if may_lead_down(&mark) { turned(&with) } else { proves(&with, &alone) };
            if !days && proven {
                alone.extend(with.iter().flatten().map(|it| key(it)));
                single.retain(|cell| weakly(cell, &mark).is_none());
                parting.weak.push(mark);
            } else if mark == "," && !with.iter().all(|it| are_digits(it)) {
                // `1,0` is a number.
                parting.commas = true;
            }
        }
        parting
    }

    /// The marks that part codes here, as people read them; `;`, which every file may use, is none.
    pub(super) fn marks(&self) -> Vec<String> {
        let weak = self.weak.iter().map(String::as_str);
        self.strong.iter().copied().chain(weak).map(|it| format!("`{it}`")).collect()
    }

    /// The codes of a cell, trimmed, none of them empty.
    pub(super) fn parts(&self, cell: &str) -> Vec<String> {
        if let Some(mark) = &self.only {
            let parts = cell.split(mark.as_str()).map(str::trim).filter(|it| !it.is_empty());
            return parts.map(str::to_owned).collect();
        }
        if let Some(list) = list(cell).or_else(|| counted(cell)) {
            return list;
        }
        let mut parts: Vec<&str> = strongly(cell);
        for mark in &self.weak {
            parts = parts
                .into_iter()
                .flat_map(|part| weakly(part, mark).unwrap_or_else(|| vec![part]))
                .collect();
        }
        parts.into_iter().map(unmarked).filter(|it| !it.is_empty()).map(str::to_owned).collect()
    }
}

/// What stands between words in cells, beside the marks that are tried anyway: ` > `, `=`; the commonest first.
fn other_marks(cells: &[&str]) -> Vec<String> {
    let mut found: BTreeMap<&str, usize> = BTreeMap::new();
    for cell in cells {
        let mut begin = None;
        for (at, character) in cell.char_indices() {
            if !character.is_alphanumeric() {
                begin.get_or_insert(at);
            } else if let Some(begin) = begin.take()
                && begin > 0
                && let Some(mark) = cell.get(begin..at)
            {
                *found.entry(mark).or_default() += 1;
            }
        }
    }
    let within = |mark: &&str| ["-", "'", "’", "_", ".", ":", "·", "\"", ". "].contains(mark);
    let mut marks: Vec<(&str, usize)> = found
        .into_iter()
        .filter(|(mark, _)| !mark.trim().is_empty() && !WEAK.contains(&mark.trim()))
        .filter(|(mark, _)| !within(mark))
        .collect();
    marks.sort_by_key(|(mark, times)| (std::cmp::Reverse(*times), *mark));
    marks.into_iter().take(TRIED.0).map(|(mark, _)| mark.to_owned()).collect()
}

/// Whether a mark may lead from a code to one beneath it, as in `trust > deep`: then it parts two codes only where
/// they stand in both orders.
fn may_lead_down(mark: &str) -> bool {
    [">", "->", "→", "»", ":", "-", "–", "—", ">>"].contains(&mark.trim())
}

/// Whether every part of every cell stands alone elsewhere, or two cells hold the same parts in another order.
fn proves(with: &[Vec<&str>], alone: &BTreeSet<String>) -> bool {
    let known = with.iter().flatten().all(|part| alone.contains(&key(part)));
    (known && !with.is_empty()) || turned(with)
}

/// Whether two cells hold the same parts in another order.
fn turned(with: &[Vec<&str>]) -> bool {
    let keys: Vec<Vec<String>> =
        with.iter().map(|parts| parts.iter().map(|it| key(it)).collect()).collect();
    let distinct: BTreeSet<&Vec<String>> = keys.iter().collect();
    let mut sorted = BTreeSet::new();
    distinct.into_iter().any(|parts| {
        let mut parts = parts.clone();
        parts.sort_unstable();
        !sorted.insert(parts)
    })
}

fn are_digits(parts: &[&str]) -> bool {
    parts.iter().all(|it| it.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The parts at a mark that may belong to a code; nothing where it does not part.
fn weakly<'a>(cell: &'a str, mark: &str) -> Option<Vec<&'a str>> {
    if !cell.contains(mark) {
        return None;
    }
    let parts: Vec<&str> = cell.split(mark).map(str::trim).collect();
    let parts: Vec<&str> =
        if mark == " " { parts.into_iter().filter(|it| !it.is_empty()).collect() } else { parts };
    // A stroke between blanks is no code.
    let is_code = |it: &&str| it.chars().any(char::is_alphanumeric);
    (parts.len() > 1 && parts.iter().all(is_code)).then_some(parts)
}

/// The parts at marks that no code holds.
fn strongly(cell: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while let Some(rest) = cell.get(at..).filter(|it| !it.is_empty()) {
        let before = cell.get(..at).unwrap_or_default();
        match mark(before, rest) {
            Some(length) => {
                parts.extend(cell.get(start..at));
                at += length;
                start = at;
            }
            None => at += rest.chars().next().map_or(1, char::len_utf8),
        }
    }
    parts.extend(cell.get(start..));
    parts
}

/// The marks of a cell that holds several codes, as people read them.
fn shown(cell: &str) -> Vec<&'static str> {
    if list(cell).is_some() {
        return vec!["[…]"];
    }
    if counted(cell).is_some() {
        return vec!["1. 2."];
    }
    let marks = [
        ("|", "|"),
        ("#", "#"),
        ("\n", "\\n"),
        ("\r", "\\n"),
        ("\t", "\\t"),
        (" + ", " + "),
        ("//", "//"),
    ];
    let others = [
        ("；", "；"),
        ("¦", "¦"),
        ("<br", "<br>"),
        (" ++ ", " ++ "),
        (" && ", " && "),
        (" • ", " • "),
        (" -- ", " -- "),
    ];
    marks
        .into_iter()
        .chain(others)
        .filter(|(mark, _)| cell.contains(mark))
        .map(|(_, name)| name)
        .collect()
}

/// How long the mark is that the rest of a cell begins with.
fn mark(before: &str, rest: &str) -> Option<usize> {
    for plain in [";", "；", "|", "¦", "\n", "\r", "\u{1f}", "\u{2028}", "<br>", "<br/>", "<br />"]
    {
        if rest.starts_with(plain) {
            return Some(plain.len());
        }
    }
    for spaced in [" + ", " ++ ", " && ", " ∙ ", " • ", " -- "] {
        if rest.starts_with(spaced) {
            return Some(spaced.len());
        }
    }
    if rest.starts_with("//") && !before.ends_with(':') && !before.trim().is_empty() {
        return Some(2);
    }
    if rest.starts_with('\t') {
        return Some(1);
    }
    // `C#` and `#three` are codes, `a#b` and `a # b` are two.
    let after = rest.strip_prefix('#')?;
    let (left, right) = (before.chars().next_back()?, after.chars().next()?);
    let parts = left.is_whitespace() == right.is_whitespace() && right != '#' && left != '#';
    (parts && !before.trim().is_empty() && !after.trim().is_empty()).then_some(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parted(cells: &[&str]) -> Vec<Vec<String>> {
        let parting = Parting::of(cells.iter().copied());
        cells.iter().map(|cell| parting.parts(cell)).collect()
    }

    #[test]
    fn the_marks_of_tools_part_codes() {
        for cell in [
            "a;b",
            "a ; b",
            "a#b",
            "a # b",
            "a|b",
            "a || b",
            "a\nb",
            "a + b",
            "a//b",
            "a // b",
            "[\"a\",\"b\"]",
            "['a', 'b']",
            "{\"choices\":[\"a\",\"b\"]}",
            "{'choices': ['a', 'b']}",
            "[a][b]",
            "[a] [b]",
            "(a)(b)",
            "<a><b>",
            "[a, b]",
            "{a, b}",
            "{'a', 'b'}",
            "('a', 'b')",
            "c(\"a\", \"b\")",
            "[{\"choices\": [\"a\", \"b\"]}]",
            "a<br>b",
            "a\tb",
            "a；b",
            "set(['a', 'b'])",
            "{\"a\": true, \"b\": true, \"c\": false}",
            "a;b;",
        ] {
            assert_eq!(parted(&[cell]), [["a", "b"]], "{cell}");
        }
        for one in
            ["C#", "#three", "item #3", "http://x", "(other)", "a:b", "a > b", "cost-benefit", "c"]
        {
            assert_eq!(parted(&[one]), [[one]], "{one}");
        }
        assert_eq!(parted(&["[]", "[a]", "[\"a\"]"]), [vec![], vec!["a"], vec!["a"]]);
    }

    #[test]
    fn a_comma_parts_codes_only_where_the_file_proves_it() {
        assert_eq!(parted(&["a, b", "a", "b"])[0], ["a", "b"]);
        assert_eq!(parted(&["a, b", "b, a"]), [["a", "b"], ["b", "a"]]);
        assert_eq!(parted(&["yes, surely", "yes", "no"])[0], ["yes, surely"]);
        assert_eq!(parted(&["trust & care", "trust", "cost"])[0], ["trust & care"]);
        assert_eq!(parted(&["1 2", "2 1"])[0], ["1", "2"]);
        assert_eq!(parted(&["a and b", "b and a"])[0], ["a", "b"]);
        assert_eq!(parted(&["a y b", "a", "b"])[0], ["a", "b"]);
        assert_eq!(parted(&["a::b", "a", "b"])[0], ["a", "b"]);
        assert_eq!(parted(&["supply and demand", "supply"])[0], ["supply and demand"]);
        assert_eq!(parted(&["1/2/2026", "1", "2", "2026"])[0], ["1/2/2026"]);
        for mark in [" - ", ">", " = ", " <> ", "→", " plus ", "*"] {
            let (one, other) = (format!("a{mark}b"), format!("b{mark}a"));
            assert_eq!(parted(&[&one, &other]), [["a", "b"], ["b", "a"]], "{mark}");
        }
        for path in ["a > b", "a -> b", "a - b"] {
            assert_eq!(parted(&[path, "a", "b"])[0], [path]);
        }
        for list in ["1. a 2. b", "a) a b) b", "- a\n- b", "• a\n• b", "1) a;\n2) b"] {
            assert_eq!(parted(&[list, "- a"]), [vec!["a", "b"], vec!["a"]], "{list}");
        }
        let kept = Parting::of(["yes, surely", "no"].into_iter());
        assert!(kept.commas && Parting::by(",").parts("yes, surely") == ["yes", "surely"]);
    }
}
