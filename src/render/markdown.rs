//! Markdown, for reports and repositories.

use super::document::{Cell, Document, Figure, Form, Part, Quotation, Span, Table, Value};
use super::number;
use super::writers::Setting;
use crate::escape::markdown::text as escaped;

/// A whole result as Markdown.
#[must_use]
pub fn document(document: &Document, setting: &Setting) -> Vec<u8> {
    let mut out = String::new();
    if !document.title.is_empty() {
        out.push_str(&format!("# {}\n\n", escaped(&document.title)));
    }
    parts(&document.parts, 2, setting, &mut out);
    while out.ends_with("\n\n") {
        out.pop();
    }
    out.into_bytes()
}

/// Parts in order; headings among them are of this depth.
fn parts(all: &[Part], depth: usize, setting: &Setting, out: &mut String) {
    let heading = |title: &str| format!("{} {}\n\n", "#".repeat(depth.min(6)), escaped(title));
    for part in all {
        match part {
            Part::Section(title, within) => {
                out.push_str(&heading(title));
                parts(within, depth + 1, setting, out);
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
                out.push_str(&table(of));
                out.push('\n');
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

/// One table as Markdown.
fn table(table: &Table) -> String {
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let columns = || table.columns_in(Form::Page);
    let mut out = line(columns().map(|column| escaped(&column.heading)).collect());
    let right = |at: usize| {
        let cells = table.rows.iter().filter_map(|row| row.get(at));
        cells.map(Cell::for_people).any(Value::is_numeric)
    };
    let rule = |at: usize| if right(at) { "---:" } else { "---" }.to_owned();
    out.push_str(&line(table.places(Form::Page).into_iter().map(rule).collect()));
    for row in &table.rows {
        let cells = table.cells(row, Form::Page);
        let shown = cells.map(|(column, cell)| escaped(&number::on_page(column, cell)));
        out.push_str(&line(shown.collect()));
    }
    out
}
