//! HTML: one page that needs nothing else, without script and without anything loaded from elsewhere.

use super::document::{Cell, Document, Figure, Form, Part, Quotation, Span, Table, Value};
use super::number;
use super::writers::Setting;
use crate::escape::{html, terminal};
use crate::words;

/// How a page looks: dark or light as the reader has it, on paper as on a screen.
const STYLE: &str = include_str!("page.css");

/// Text that is longer, in characters, keeps some width on a narrow page.
const LONG: usize = 60;

/// A whole result as one page.
#[must_use]
pub fn document(document: &Document, setting: &Setting) -> Vec<u8> {
    let language = setting.language.tag();
    let title = if document.title.is_empty() { document.schema } else { &document.title };
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n",
        title = escaped(title),
    );
    let mut page = Page { setting, figures: 0, sections: 0 };
    // What stands before the first section is read before the list of sections.
    let (first, rest) = document.parts.split_at(document.opening());
    page.parts(first, 2, &mut out);
    contents(document, setting, &mut out);
    page.parts(rest, 2, &mut out);
    out.push_str("</main>\n</body>\n</html>\n");
    out.into_bytes()
}

/// A list of the sections, where there are enough to look for one.
fn contents(document: &Document, setting: &Setting, out: &mut String) {
    if !document.is_long() {
        return;
    }
    let titles = document.parts.iter().filter_map(|part| match part {
        Part::Section(title, _) => Some(title),
        _ => None,
    });
    let name = escaped(&words::word("page.contents", setting.language));
    out.push_str(&format!("<nav aria-label=\"{name}\">\n<h2>{name}</h2>\n<ol>\n"));
    for (nth, title) in (1..).zip(titles) {
        out.push_str(&format!("<li><a href=\"#s{nth}\">{}</a></li>\n", escaped(title)));
    }
    out.push_str("</ol>\n</nav>\n");
}

/// What is counted while a page is written.
struct Page<'a> {
    setting: &'a Setting,
    /// The figures so far, as `report --explain` counts them.
    figures: usize,
    /// The outer sections so far.
    sections: usize,
}

impl Page<'_> {
    /// Parts in order; headings among them are of this depth.
    fn parts(&mut self, all: &[Part], depth: usize, out: &mut String) {
        for part in all {
            match part {
                Part::Section(title, within) => {
                    let id = match depth {
                        2 => {
                            self.sections += 1;
                            format!(" id=\"s{}\"", self.sections)
                        }
                        _ => String::new(),
                    };
                    let (level, title) = (depth.min(6), escaped(title));
                    out.push_str(&format!("<section{id}>\n<h{level}>{title}</h{level}>\n"));
                    self.parts(within, depth + 1, out);
                    out.push_str("</section>\n");
                }
                Part::Paragraph(spans) => out.push_str(&format!("<p>{}</p>\n", running(spans))),
                Part::List(items) => {
                    let items = items.iter().map(|item| format!("<li>{}</li>\n", running(item)));
                    out.push_str(&format!("<ul>\n{}</ul>\n", items.collect::<String>()));
                }
                Part::Quotation(it) => out.push_str(&quotation(it, self.setting)),
                Part::Table(of) if of.is_in(Form::Page) => out.push_str(&self.table(of)),
                Part::Table(_) => {}
                Part::Figure(Figure { caption, svg, .. }) => {
                    let caption = escaped(caption);
                    out.push_str(&format!(
                        "<figure>\n<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"{caption}\">\n{svg}</div>\n<figcaption>{caption}</figcaption>\n</figure>\n"
                    ));
                }
                Part::Note(note) => {
                    let note = escaped(&note.text(self.setting.language));
                    out.push_str(&format!("<p class=\"note\">{note}</p>\n"));
                }
            }
        }
    }
}

/// What somebody said, in her language.
fn quotation(of: &Quotation, setting: &Setting) -> String {
    let (text, citation, unit) = (escaped(&of.text), escaped(&of.citation), escaped(&of.unit));
    let foreign = !of.language.is_empty() && of.language != setting.language.tag();
    let language = match foreign {
        true => format!(" lang=\"{}\"", escaped(&of.language)),
        false => String::new(),
    };
    format!(
        "<blockquote><p{language}>{text}</p><footer data-unit=\"{unit}\">{citation}</footer></blockquote>\n"
    )
}

fn running(spans: &[Span]) -> String {
    let text = |span: &Span| match span {
        Span::Text(text) => escaped(text),
        Span::Citation { text, unit } => {
            format!("<cite data-unit=\"{}\">{}</cite>", escaped(unit), escaped(text))
        }
    };
    spans.iter().map(text).collect()
}

impl Page<'_> {
    /// One table; where it is wider than the page, it alone is moved.
    fn table(&mut self, table: &Table) -> String {
        let mut out = String::from("<div class=\"wide\" tabindex=\"0\">\n<table>\n");
        if !table.title.is_empty() {
            out.push_str(&format!("<caption>{}</caption>\n", escaped(&table.title)));
        }
        out.push_str("<thead>\n<tr>");
        let of_numbers = |at: usize| {
            let mut cells = table.rows.iter().filter_map(|row| row.get(at));
            cells.any(|cell| cell.for_people().is_numeric())
        };
        for (column, at) in table.columns_in(Form::Page).zip(table.places(Form::Page)) {
            let kind = if of_numbers(at) { " class=\"number\"" } else { "" };
            let heading = escaped(&column.heading);
            // A head without a word heads nothing.
            out.push_str(&match heading.is_empty() {
                true => "<td></td>".to_owned(),
                false => format!("<th scope=\"col\"{kind}>{heading}</th>"),
            });
        }
        out.push_str("</tr>\n</thead>\n<tbody>\n");
        for row in &table.rows {
            out.push_str("<tr>");
            for (at, (column, cell)) in table.cells(row, Form::Page).enumerate() {
                let shown = escaped(&number::on_page(column, cell));
                let kind = match cell.for_people() {
                    value if value.is_numeric() => " class=\"number\"",
                    Value::Text(_) | Value::Texts(_) if shown.chars().count() > LONG => {
                        " class=\"text\""
                    }
                    _ => "",
                };
                let units = format!("{}{}", units(cell), self.command(table, cell));
                out.push_str(&match (at, cell.for_people()) {
                    (at, Value::Id(_)) if at < table.leading.max(1) => {
                        format!("<th scope=\"row\"{units}>{shown}</th>")
                    }
                    _ => format!("<td{kind}{units}>{shown}</td>"),
                });
            }
            out.push_str("</tr>\n");
        }
        out.push_str("</tbody>\n</table>\n</div>\n");
        if table.folded {
            let name = escaped(&table.title);
            out = format!("<details>\n<summary>{name}</summary>\n{out}</details>\n");
        }
        out
    }

    /// The number of a figure and the command that gives it.
    fn command(&mut self, table: &Table, cell: &Cell) -> String {
        if table.command.is_empty() || !cell.is_figure() {
            return String::new();
        }
        self.figures += 1;
        format!(" id=\"n{}\" data-command=\"{}\"", self.figures, escaped(&table.command))
    }
}

/// The units behind a cell, for whoever looks into the page.
fn units(cell: &Cell) -> String {
    match cell.units() {
        [] => String::new(),
        units => format!(" data-units=\"{}\"", escaped(&units.join("; "))),
    }
}

/// Text between tags or in an attribute; what would turn its direction or cannot be seen stands as a mark.
fn escaped(text: &str) -> String {
    html::text(&terminal::visible(text)).replace('\n', "<br>")
}
