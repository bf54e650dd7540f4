//! LaTeX, for a manuscript: tables with booktabs, to be read by `\input`.

use super::document::{Column, Document, Figure, Form, Part, Quotation, Span, Table, Value};
use super::number;
use super::writers::Setting;
use crate::escape::latex::text as escaped;

/// A column whose longest word-free line is wider than this is a column of running text.
const LINE: usize = 28;

/// A whole result as LaTeX, without preamble: it names the packages that it needs.
#[must_use]
pub fn document(document: &Document, setting: &Setting) -> Vec<u8> {
    let mut out =
        String::from("% \\usepackage{booktabs,longtable,array} % and T1 fonts or fontspec\n");
    if !document.title.is_empty() {
        out.push_str(&format!("\\subsection*{{{}}}\n", escaped(&document.title)));
    }
    parts(&document.parts, setting, &mut out);
    out.into_bytes()
}

fn parts(all: &[Part], setting: &Setting, out: &mut String) {
    for part in all {
        match part {
            Part::Section(title, within) => {
                out.push_str(&format!("\n\\subsubsection*{{{}}}\n", escaped(title)));
                parts(within, setting, out);
            }
            Part::Paragraph(spans) => out.push_str(&format!("\n{}\n", running(spans))),
            Part::List(items) => {
                out.push_str("\n\\begin{itemize}\n");
                out.extend(items.iter().map(|item| format!("  \\item {{}}{}\n", running(item))));
                out.push_str("\\end{itemize}\n");
            }
            Part::Quotation(Quotation { text, citation, .. }) => {
                let (text, citation) = (escaped(text), escaped(citation));
                out.push_str(&format!("\n\\begin{{quote}}\n{text} {citation}\n\\end{{quote}}\n"));
            }
            Part::Table(of) if of.is_in(Form::Page) => out.push_str(&table(of)),
            Part::Table(_) => {}
            Part::Figure(Figure { caption, .. }) => {
                out.push_str(&format!("\n{}\n", escaped(caption)));
            }
            Part::Note(note) => {
                let note = escaped(&note.text(setting.language));
                out.push_str(&format!("\n{{\\footnotesize {note}\\par}}\n"));
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

/// One table; it may run over pages, its heading repeated.
fn table(table: &Table) -> String {
    let columns: Vec<&Column> = table.columns_in(Form::Page).collect();
    let wide: Vec<bool> =
        table.places(Form::Page).into_iter().map(|at| is_wide(table, at)).collect();
    let texts = wide.iter().filter(|wide| **wide).count();
    let kind = |(at, wide): (usize, &bool)| match wide {
        // The columns of text share what others leave.
        true => format!("p{{{:.2}\\linewidth}}", 0.7 / as_f64(texts)),
        false if is_of_numbers(table, at) => "r".to_owned(),
        false => "l".to_owned(),
    };
    let kinds: String = table.places(Form::Page).into_iter().zip(&wide).map(kind).collect();
    let line = |cells: Vec<String>| format!("{} \\\\\n", cells.join(" & "));
    let mut out = String::from("\n");
    if !table.title.is_empty() {
        out.push_str(&format!("\\noindent\\textbf{{{}}}\n\n", escaped(&table.title)));
    }
    out.push_str(&format!("\\begin{{longtable}}{{@{{}}{kinds}@{{}}}}\n\\toprule\n"));
    out.push_str(&line(columns.iter().map(|column| escaped(&column.heading)).collect()));
    out.push_str("\\midrule\n\\endhead\n");
    for row in &table.rows {
        let cells = table.cells(row, Form::Page);
        out.push_str(&line(
            cells.map(|(column, cell)| escaped(&number::on_page(column, cell))).collect(),
        ));
    }
    out.push_str("\\bottomrule\n\\end{longtable}\n");
    out
}

fn is_of_numbers(table: &Table, at: usize) -> bool {
    let cells = table.rows.iter().filter_map(|row| row.get(at));
    cells.map(super::document::Cell::for_people).any(Value::is_numeric)
}

fn is_wide(table: &Table, at: usize) -> bool {
    let Some(column) = table.columns.get(at) else { return false };
    let mut cells = table.rows.iter().filter_map(|row| row.get(at));
    cells.any(|cell| {
        let text = number::on_page(column, cell);
        text.contains('\n') || text.chars().count() > LINE
    })
}

#[allow(clippy::cast_precision_loss)] // a table has few columns
fn as_f64(count: usize) -> f64 {
    count.max(1) as f64
}
