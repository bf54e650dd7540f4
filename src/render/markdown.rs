//! Markdown, for reports and repositories.

use super::document::{Cell, Column, Document, Figure, Form, Part, Quotation, Span, Table, Value};
use super::number;
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
                    out.push_str(&table(of, &columns));
                    out.push('\n');
                }
            }
            Part::Table(_) => {}
            Part::Figure(Figure { caption, told, .. }) => {
                out.push_str(&format!("**{}**\n\n{}\n\n", escaped(caption), escaped(told)));
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

/// Some columns of a table as Markdown.
fn table(table: &Table, columns: &[usize]) -> String {
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let (places, shown): (Vec<usize>, Vec<&Column>) =
        (table.places(Form::Page), table.columns_in(Form::Page).collect());
    let heads = columns.iter().filter_map(|at| shown.get(*at));
    let mut out = line(heads.map(|column| escaped(&column.heading)).collect());
    let right = |at: usize| {
        let cells = table.rows.iter().filter_map(|row| row.get(at));
        cells.map(Cell::for_people).any(Value::is_numeric)
    };
    let rule = |at: &usize| if right(*at) { "---:" } else { "---" }.to_owned();
    out.push_str(&line(columns.iter().filter_map(|at| places.get(*at)).map(rule).collect()));
    for row in &table.rows {
        let cells: Vec<(&Column, &Cell)> = table.cells(row, Form::Page).collect();
        let cells = columns.iter().filter_map(|at| cells.get(*at));
        let shown = cells.map(|(column, cell)| escaped(&number::on_page(column, cell)));
        out.push_str(&line(shown.collect()));
    }
    out
}
