//! Fills cells of a workbook as a spreadsheet program would, for tests.

use std::io::{Cursor, Read, Write};

use regex::Regex;

/// A workbook whose first sheet has these cells (`("E3", "text")`) filled; an empty text clears the cell.
pub(crate) fn filled(book: &[u8], cells: &[(&str, &str)]) -> Vec<u8> {
    filled_in(book, "xl/worksheets/sheet1.xml", cells)
}

/// The same of any sheet, by the part of the workbook that holds it.
pub(crate) fn filled_in(book: &[u8], part: &str, cells: &[(&str, &str)]) -> Vec<u8> {
    edited(book, part, |xml| {
        cells.iter().fold(xml, |xml, (name, text)| {
            let cell = Regex::new(&format!(r#"<c r="{name}"( s="\d+")?[^>]*?(?:/>|>.*?</c>)"#));
            let text = text.replace('&', "&amp;").replace('<', "&lt;");
            let filled = if text.is_empty() {
                format!("<c r=\"{name}\"$1/>")
            } else {
                format!(
                    "<c r=\"{name}\"$1 t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t></is></c>"
                )
            };
            let (cell, xml) = (cell.unwrap(), xml);
            assert!(cell.is_match(&xml), "there is no cell {name}");
            cell.replace(&xml, filled.as_str()).into_owned()
        })
    })
}

/// A workbook with one part rewritten.
pub(crate) fn edited(book: &[u8], part: &str, edit: impl Fn(String) -> String) -> Vec<u8> {
    let mut old = zip::ZipArchive::new(Cursor::new(book)).unwrap();
    let mut new = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for number in 0..old.len() {
        let mut file = old.by_index(number).unwrap();
        let name = file.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        if name == part {
            bytes = edit(String::from_utf8(bytes).unwrap()).into_bytes();
        }
        new.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        new.write_all(&bytes).unwrap();
    }
    new.finish().unwrap().into_inner()
}
