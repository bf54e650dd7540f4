//! DOCX: a document for Word and LibreOffice, written by hand on zip, valid by the schema of WordprocessingML.
//!
//! docx-rs was tried and gives files that are ill-formed on control characters and invalid by the schema. Pictures stand in it
//! as metafiles, since Word shows SVG only beside a bitmap and no bitmap is made here; what a picture shows is told beside it
//! to who does not see it.

mod package;

use std::fmt::Write as _;
use std::io::Write as _;

use self::package::{content_types, relationships, styles};
use super::document::{Cell, Column, Document, Figure, Form, Part, Quotation, Span, Table};
use super::number;
use super::page_widths::Page;
use super::pictures::emf::emf;
use super::writers::{Setting, Unwritable};
use crate::escape::{html, terminal};
use crate::words::word;

/// The widest table, in columns: what has more is shown in several, each with its heads.
const COLUMNS: usize = 7;
/// The width of the text (A4 less its margins), of a letter of a table, and of what stands beside the text of a cell, in
/// twentieths of a point.
const LETTERS: Page = Page { width: 9638, letter: 100, beside: 230 };
/// A tenth of a unit of a picture, the width of the text, and the height that leaves room for a caption, in English metric
/// units, of which an inch has 914,400.
const TENTH: i64 = 952;
const ACROSS: i64 = 6_120_000;
const DOWN: i64 = 8_400_000;
/// To how many hundredths of its size a picture is made smaller at most.
const READABLE: i64 = 45;
const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const DRAWING: &str = "http://schemas.openxmlformats.org/drawingml/2006";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A whole result as a document.
///
/// # Errors
/// The archive cannot be written.
pub fn document(document: &Document, setting: &Setting) -> Result<Vec<u8>, Unwritable> {
    let mut writer =
        Writer { setting, body: String::new(), tables: 0, sections: 0, pictures: Vec::new() };
    let title = if document.title.is_empty() { document.schema } else { &document.title };
    writer.styled("Title", title);
    let (first, rest) = document.parts.split_at(document.opening());
    writer.parts(first, 1);
    writer.contents(document);
    writer.parts(rest, 1);
    let (body, pictures) = (writer.body, writer.pictures);
    let page = "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId2\"/><w:pgSz w:w=\"11906\" w:h=\"16838\"/>\
        <w:pgMar w:top=\"1134\" w:right=\"1134\" w:bottom=\"1134\" w:left=\"1134\" w:header=\"708\" w:footer=\"708\" w:gutter=\"0\"/></w:sectPr>";
    let main = format!(
        "<w:document xmlns:w=\"{MAIN}\" xmlns:r=\"{OFFICE}\" xmlns:wp=\"{DRAWING}/wordprocessingDrawing\" \
         xmlns:a=\"{DRAWING}/main\" xmlns:pic=\"{DRAWING}/picture\"><w:body>{body}{page}</w:body></w:document>"
    );
    let footer = format!(
        "<w:ftr xmlns:w=\"{MAIN}\"><w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr><w:fldSimple w:instr=\" PAGE \">\
         <w:r><w:t>1</w:t></w:r></w:fldSimple></w:p></w:ftr>"
    );
    let media: Vec<String> =
        (1..=pictures.len()).map(|nth| format!("media/image{nth}.emf")).collect();
    let mut related = vec![("styles", "styles.xml"), ("footer", "footer1.xml")];
    related.extend(media.iter().map(|it| ("image", it.as_str())));
    let parts = [
        ("[Content_Types].xml", content_types()),
        ("_rels/.rels", relationships(&[("officeDocument", "word/document.xml")])),
        ("word/document.xml", main),
        ("word/_rels/document.xml.rels", relationships(&related)),
        ("word/styles.xml", styles(setting.language)),
        ("word/footer1.xml", footer),
    ];
    let mut bytes = std::io::Cursor::new(Vec::new());
    let mut archive = zip::ZipWriter::new(&mut bytes);
    // The same result gives the same bytes: no clock in the archive.
    let options =
        zip::write::SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
    for (name, text) in parts {
        archive.start_file(name, options)?;
        archive.write_all(b"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n")?;
        archive.write_all(text.as_bytes())?;
    }
    for (name, picture) in media.iter().zip(&pictures) {
        archive.start_file(format!("word/{name}"), options)?;
        archive.write_all(picture)?;
    }
    archive.finish()?;
    Ok(bytes.into_inner())
}

/// Text between tags: what XML cannot hold or what would turn its direction stands as a mark.
fn escaped(text: &str) -> String {
    html::text(&terminal::visible(text)).replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}")
}

/// A run of text, its lines as lines.
fn run(text: &str, properties: &str) -> String {
    let mut out = format!("<w:r>{properties}");
    for (nth, line) in text.split('\n').enumerate() {
        if nth > 0 {
            out.push_str("<w:br/>");
        }
        let _ = write!(out, "<w:t xml:space=\"preserve\">{}</w:t>", escaped(line));
    }
    out.push_str("</w:r>");
    out
}

struct Writer<'a> {
    setting: &'a Setting,
    body: String,
    tables: usize,
    sections: usize,
    pictures: Vec<Vec<u8>>,
}

impl Writer<'_> {
    fn styled(&mut self, style: &str, text: &str) {
        let run = run(text, "");
        let _ = write!(self.body, "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{run}</w:p>");
    }

    /// The list of contents: a field that Word and LibreOffice fill, with the headings in it until they do.
    fn contents(&mut self, document: &Document) {
        let titles: Vec<&String> = document
            .parts
            .iter()
            .filter_map(|part| match part {
                Part::Section(title, _) => Some(title),
                _ => None,
            })
            .collect();
        if !document.is_long() {
            return;
        }
        self.styled("TOCHeading", &word("page.contents", self.setting.language));
        let begin = "<w:r><w:fldChar w:fldCharType=\"begin\" w:dirty=\"true\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> TOC \\o \
            &quot;1-2&quot; \\h \\z \\u </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>";
        for (nth, title) in titles.iter().enumerate() {
            let begin = if nth == 0 { begin } else { "" };
            let end = match nth + 1 == titles.len() {
                true => "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>",
                false => "",
            };
            let run = run(title, "");
            let _ = write!(
                self.body,
                "<w:p><w:pPr><w:pStyle w:val=\"TOC1\"/></w:pPr>{begin}<w:hyperlink w:anchor=\"_s{}\">{run}</w:hyperlink>{end}</w:p>",
                nth + 1
            );
        }
    }

    fn parts(&mut self, parts: &[Part], depth: usize) {
        for part in parts {
            match part {
                Part::Section(title, within) => {
                    let (from, to) = self.bookmark(depth);
                    let run = run(title, "");
                    let _ = write!(
                        self.body,
                        "<w:p><w:pPr><w:pStyle w:val=\"Heading{}\"/></w:pPr>{from}{run}{to}</w:p>",
                        depth.min(3)
                    );
                    self.parts(within, depth + 1);
                }
                Part::Paragraph(spans) => self.styled("BodyText", &running(spans)),
                Part::List(items) => {
                    for item in items {
                        self.styled("ListBullet", &format!("• {}", running(item)));
                    }
                }
                Part::Quotation(of) => self.quotation(of),
                Part::Table(of) if of.is_in(Form::Page) => self.table(of),
                Part::Table(_) => {}
                Part::Figure(of) => self.figure(of),
                Part::Note(note) => self.styled("Note", &note.text(self.setting.language)),
            }
        }
    }

    /// A picture above its caption, no wider than the text; one that would be too small to be read is told alone.
    fn figure(&mut self, of: &Figure) {
        let (width, height) = of.drawn.size;
        let fits = [i64::from(width), i64::from(height)].map(|it| it * TENTH);
        let [(wide, across), (high, down)] = [(fits[0], ACROSS), (fits[1], DOWN)];
        let least = |it: i64| it * READABLE / 100;
        if wide > 0 && high > 0 && least(wide) <= across && least(high) <= down {
            // As large as it is drawn, or as fits both ways.
            let (mut to_wide, mut to_high) = (wide.min(across), high * wide.min(across) / wide);
            if to_high > down {
                (to_wide, to_high) = (to_wide * down / to_high, down);
            }
            self.pictures.push(emf(&of.drawn));
            let n = self.pictures.len();
            let (told, relation) = (escaped(&of.told).replace('"', "&quot;"), n + 2);
            let _ = write!(
                self.body,
                "<w:p><w:pPr><w:keepNext/></w:pPr><w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\">\
                 <wp:extent cx=\"{to_wide}\" cy=\"{to_high}\"/><wp:docPr id=\"{n}\" name=\"image{n}\" descr=\"{told}\"/>\
                 <a:graphic><a:graphicData uri=\"{DRAWING}/picture\"><pic:pic><pic:nvPicPr><pic:cNvPr id=\"{n}\" name=\"image{n}.emf\"/>\
                 <pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed=\"rId{relation}\"/><a:stretch><a:fillRect/></a:stretch>\
                 </pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{to_wide}\" cy=\"{to_high}\"/></a:xfrm>\
                 <a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
            );
        }
        self.styled("Caption", &of.caption);
    }

    fn bookmark(&mut self, depth: usize) -> (String, String) {
        if depth > 1 {
            return (String::new(), String::new());
        }
        self.sections += 1;
        let n = self.sections;
        (
            format!("<w:bookmarkStart w:id=\"{n}\" w:name=\"_s{n}\"/>"),
            format!("<w:bookmarkEnd w:id=\"{n}\"/>"),
        )
    }

    fn quotation(&mut self, of: &Quotation) {
        let foreign = !of.language.is_empty() && of.language != self.setting.language.tag();
        let language = match foreign {
            true => format!("<w:rPr><w:lang w:val=\"{}\"/></w:rPr>", escaped(&of.language)),
            false => String::new(),
        };
        let words = run(&of.text, &language);
        let citation = run(&format!(" {}", of.citation), "");
        let _ = write!(
            self.body,
            "<w:p><w:pPr><w:pStyle w:val=\"Quote\"/></w:pPr>{words}{citation}</w:p>"
        );
    }

    /// A table; one that is too wide in several, each with the columns that head its rows.
    fn table(&mut self, table: &Table) {
        let columns: Vec<&Column> = table.columns_in(Form::Page).collect();
        if columns.is_empty() {
            return;
        }
        self.caption(&table.title);
        for chunk in table.parted(COLUMNS) {
            self.piece(table, &columns, &chunk);
        }
    }

    fn caption(&mut self, title: &str) {
        self.tables += 1;
        let n = self.tables;
        let name = run(&format!("{} ", word("page.table", self.setting.language)), "");
        let title = run(&if title.is_empty() { String::new() } else { format!(". {title}") }, "");
        let _ = write!(
            self.body,
            "<w:p><w:pPr><w:pStyle w:val=\"Caption\"/><w:keepNext/></w:pPr>{name}<w:fldSimple w:instr=\" SEQ Table \\* ARABIC \">\
             <w:r><w:t>{n}</w:t></w:r></w:fldSimple>{title}</w:p>"
        );
    }

    fn piece(&mut self, table: &Table, columns: &[&Column], chunk: &[usize]) {
        let widths = widths(table, columns, chunk);
        self.body.push_str(
            "<w:tbl><w:tblPr><w:tblStyle w:val=\"TableGrid\"/><w:tblW w:w=\"5000\" w:type=\"pct\"/></w:tblPr><w:tblGrid>",
        );
        for width in &widths {
            let _ = write!(self.body, "<w:gridCol w:w=\"{width}\"/>");
        }
        self.body.push_str("</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
        let first: Vec<(&Column, &Cell)> = table
            .rows
            .first()
            .map(|row| table.cells(row, Form::Page).collect())
            .unwrap_or_default();
        for (at, width) in chunk.iter().zip(&widths) {
            let heading = columns.get(*at).map_or("", |it| it.heading.as_str());
            // A heading stands above its figures.
            let right = first.get(*at).is_some_and(|(_, cell)| cell.for_people().is_numeric());
            self.cell(heading, *width, "TableHeading", right);
        }
        self.body.push_str("</w:tr>");
        for row in &table.rows {
            let cells: Vec<(&Column, &Cell)> = table.cells(row, Form::Page).collect();
            self.body.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
            for (at, width) in chunk.iter().zip(&widths) {
                let Some((column, cell)) = cells.get(*at) else { continue };
                let shown = number::on_page(column, cell);
                self.cell(&shown, *width, "TableText", cell.for_people().is_numeric());
            }
            self.body.push_str("</w:tr>");
        }
        // Two tables without a paragraph between them would be one.
        self.body.push_str("</w:tbl><w:p><w:pPr><w:pStyle w:val=\"TableText\"/></w:pPr></w:p>");
    }

    fn cell(&mut self, text: &str, width: usize, style: &str, right: bool) {
        let right = if right { "<w:jc w:val=\"right\"/>" } else { "" };
        let run = run(text, "");
        let _ = write!(
            self.body,
            "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr><w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{right}</w:pPr>{run}</w:p></w:tc>"
        );
    }
}

/// How wide each column is.
fn widths(table: &Table, columns: &[&Column], chunk: &[usize]) -> Vec<usize> {
    let places = table.places(Form::Page);
    let texts = |at: &usize| -> Vec<String> {
        let heading = columns.get(*at).map_or_else(String::new, |it| it.heading.clone());
        let cells = table.rows.iter().filter_map(|row| row.get(*places.get(*at)?));
        let cells = cells.map(|cell| number::for_people(cell.for_people()).into_owned());
        std::iter::once(heading).chain(cells).collect()
    };
    let of = |at: &usize| (texts(at), *at < table.leading);
    LETTERS.widths(&chunk.iter().map(of).collect::<Vec<_>>())
}

fn running(spans: &[Span]) -> String {
    spans.iter().map(Span::text).collect()
}
