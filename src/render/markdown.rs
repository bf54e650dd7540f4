//! Markdown, for reports and repositories.

use super::document::{Cell, Column, Document, Figure, Form, Part, Quotation, Span, Table, Value};
use super::number;
use super::page_widths::Page;
use super::writers::Setting;
use crate::escape::markdown::text as escaped;

/// How many columns stand side by side in a document of many parts, which goes on to pages.
const COLUMNS: usize = 7;

/// A whole result as Markdown.
#[must_use]
pub fn document(document: &Document, setting: &Setting) -> Vec<u8> {
    let mut out = String::new();
    if !document.title.is_empty() {
        out.push_str(&format!("# {}\n\n", escaped(&document.title)));
    }
    let most = if document.is_long() { COLUMNS } else { usize::MAX };
    parts(&document.parts, (2, most), setting, &mut out);
    while out.ends_with("\n\n") {
        out.pop();
    }
    out.into_bytes()
}

/// Parts in order; headings among them are of this depth, and tables have so many columns at most.
fn parts(all: &[Part], (depth, most): (usize, usize), setting: &Setting, out: &mut String) {
    let heading = |title: &str| format!("{} {}\n\n", "#".repeat(depth.min(6)), escaped(title));
    for part in all {
        match part {
            Part::Section(title, within) => {
                out.push_str(&heading(title));
                parts(within, (depth + 1, most), setting, out);
            }
            Part::Paragraph(spans) => out.push_str(&format!("{}\n\n", running(spans))),
            Part::List(items) => {
                out.extend(items.iter().map(|item| format!("- {}\n", running(item))));
                out.push('\n');
            }
            Part::Quotation(Quotation { text, citation, .. }) => {
                out.extend(text.lines().map(|line| format!("> {}  \n", escaped(line))));
                out.push_str(&format!("> {}\n\n", escaped(citation)));
            }
            Part::Table(of) if of.is_in(Form::Page) => {
                if !of.title.is_empty() {
                    out.push_str(&heading(&of.title));
                }
                for columns in of.parted(most) {
                    out.push_str(&table(of, &columns, most < usize::MAX));
                    out.push('\n');
                }
            }
            Part::Table(_) => {}
            Part::Figure(Figure { caption, .. }) => {
                out.push_str(&format!("{}\n\n", escaped(caption)));
            }
            Part::Note(note) => {
                out.push_str(&format!("{}\n\n", escaped(&note.text(setting.language))));
            }
        }
    }
}

fn running(spans: &[Span]) -> String {
    let text = |span: &Span| match span {
        Span::Text(text) | Span::Citation { text, .. } => escaped(text),
    };
    spans.iter().map(text).collect()
}

/// Lines longer than this make pandoc lay a table out over the whole width of the page, each column by the dashes beneath its head.
const LINE: usize = 72;
const DASHES: Page = Page { width: LINE, letter: 1, beside: 3 };

/// Some columns of a table as Markdown, as wide as a page where it goes on to pages.
fn table(table: &Table, columns: &[usize], on_pages: bool) -> String {
    let (places, shown): (Vec<usize>, Vec<&Column>) =
        (table.places(Form::Page), table.columns_in(Form::Page).collect());
    let heads = columns.iter().filter_map(|at| shown.get(*at));
    let mut lines = vec![heads.map(|column| escaped(&column.heading)).collect::<Vec<_>>()];
    for row in &table.rows {
        let cells: Vec<(&Column, &Cell)> = table.cells(row, Form::Page).collect();
        let cells = columns.iter().filter_map(|at| cells.get(*at));
        lines.push(cells.map(|(column, cell)| escaped(&number::on_page(column, cell))).collect());
    }
    let is_numeric = |at: &usize| {
        let cells = table.rows.iter().filter_map(|row| row.get(*at));
        cells.map(Cell::for_people).any(Value::is_numeric)
    };
    let rule = |(at, dashes): (&usize, usize)| {
        let is_numeric = places.get(*at).is_some_and(is_numeric);
        "-".repeat(dashes.max(3)) + if is_numeric { ":" } else { "" }
    };
    let length = |cells: &Vec<String>| cells.iter().map(|it| it.chars().count() + 3).sum::<usize>();
    let dashes = match on_pages || lines.iter().any(|cells| length(cells) >= LINE) {
        true => dashes(table, columns, &lines),
        false => vec![3; columns.len()],
    };
    let rules = columns.iter().zip(dashes).map(rule).collect();
    lines.insert(1, rules);
    lines.iter().map(|cells| format!("| {} |\n", cells.join(" | "))).collect()
}

/// How many dashes stand beneath each head, by what stands in the column.
fn dashes(table: &Table, columns: &[usize], lines: &[Vec<String>]) -> Vec<usize> {
    let texts = |nth: usize| lines.iter().filter_map(|cells| cells.get(nth).cloned()).collect();
    let of = |(nth, at): (usize, &usize)| (texts(nth), *at < table.leading);
    DASHES.widths(&columns.iter().enumerate().map(of).collect::<Vec<_>>())
}
