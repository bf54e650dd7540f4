//! What stands in a document beside its text: the kinds of its parts, how they hang together, its styles.

use std::fmt::Write as _;

use super::{MAIN, OFFICE, PACKAGE};
use crate::words::Language;

pub(super) fn content_types() -> String {
    let kind = "application/vnd.openxmlformats-officedocument.wordprocessingml";
    format!(
        "<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/><Default Extension=\"emf\" ContentType=\"image/x-emf\"/>\
         <Override PartName=\"/word/document.xml\" ContentType=\"{kind}.document.main+xml\"/>\
         <Override PartName=\"/word/styles.xml\" ContentType=\"{kind}.styles+xml\"/>\
         <Override PartName=\"/word/footer1.xml\" ContentType=\"{kind}.footer+xml\"/></Types>"
    )
}

pub(super) fn relationships(all: &[(&str, &str)]) -> String {
    let one = |(nth, (kind, target)): (usize, &(&str, &str))| {
        format!("<Relationship Id=\"rId{nth}\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"/>")
    };
    let all: String = (1..).zip(all).map(one).collect();
    format!("<Relationships xmlns=\"{PACKAGE}/relationships\">{all}</Relationships>")
}

/// The styles by the names that Word and LibreOffice know, so that a journal's template can replace them.
pub(super) fn styles(language: Language) -> String {
    let mut out = format!(
        "<w:styles xmlns:w=\"{MAIN}\"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Calibri\" w:hAnsi=\"Calibri\" w:cs=\"Calibri\"/>\
         <w:sz w:val=\"22\"/><w:lang w:val=\"{}\"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after=\"120\"/></w:pPr></w:pPrDefault></w:docDefaults>\
         <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/></w:style>",
        language.tag()
    );
    for (id, name, paragraph, text) in [
        ("Title", "Title", "<w:spacing w:after=\"240\"/>", "<w:b/><w:sz w:val=\"36\"/>"),
        (
            "Heading1",
            "heading 1",
            "<w:keepNext/><w:spacing w:before=\"360\" w:after=\"120\"/><w:outlineLvl w:val=\"0\"/>",
            "<w:b/><w:sz w:val=\"28\"/>",
        ),
        (
            "Heading2",
            "heading 2",
            "<w:keepNext/><w:spacing w:before=\"240\" w:after=\"80\"/><w:outlineLvl w:val=\"1\"/>",
            "<w:b/><w:sz w:val=\"24\"/>",
        ),
        (
            "Heading3",
            "heading 3",
            "<w:keepNext/><w:spacing w:before=\"200\" w:after=\"80\"/><w:outlineLvl w:val=\"2\"/>",
            "<w:b/><w:sz w:val=\"22\"/>",
        ),
        ("TOCHeading", "TOC Heading", "<w:keepNext/>", "<w:b/><w:sz w:val=\"28\"/>"),
        ("TOC1", "toc 1", "<w:spacing w:after=\"40\"/>", ""),
        ("BodyText", "Body Text", "", ""),
        (
            "ListBullet",
            "List Bullet",
            "<w:spacing w:after=\"60\"/><w:ind w:left=\"360\" w:hanging=\"240\"/>",
            "",
        ),
        (
            "Quote",
            "Quote",
            "<w:spacing w:before=\"120\" w:after=\"120\"/><w:ind w:left=\"567\" w:right=\"567\"/>",
            "",
        ),
        (
            "Caption",
            "caption",
            "<w:spacing w:before=\"160\" w:after=\"60\"/>",
            "<w:b/><w:sz w:val=\"20\"/>",
        ),
        (
            "Note",
            "Note",
            "<w:spacing w:after=\"40\"/>",
            "<w:color w:val=\"404040\"/><w:sz w:val=\"18\"/>",
        ),
        ("TableText", "Table Text", "<w:spacing w:after=\"0\"/>", "<w:sz w:val=\"17\"/>"),
        (
            "TableHeading",
            "Table Heading",
            "<w:spacing w:after=\"0\"/>",
            "<w:b/><w:sz w:val=\"17\"/>",
        ),
    ] {
        let paragraph = if paragraph.is_empty() {
            String::new()
        } else {
            format!("<w:pPr>{paragraph}</w:pPr>")
        };
        let text = if text.is_empty() { String::new() } else { format!("<w:rPr>{text}</w:rPr>") };
        let _ = write!(
            out,
            "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/><w:basedOn w:val=\"Normal\"/><w:qFormat/>{paragraph}{text}</w:style>"
        );
    }
    let border = |side: &str| {
        format!("<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"8A8A8A\"/>")
    };
    let borders: String = ["top", "bottom", "insideH"].map(border).concat();
    let _ = write!(
        out,
        "<w:style w:type=\"table\" w:styleId=\"TableGrid\"><w:name w:val=\"Table Grid\"/><w:tblPr><w:tblBorders>{borders}</w:tblBorders>\
         <w:tblCellMar><w:left w:w=\"57\" w:type=\"dxa\"/><w:right w:w=\"57\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style></w:styles>"
    );
    out
}
