//! Import of documents: OpenDocument and rich text, made-up and published.

use std::fmt::Write as _;
use std::io::{Read, Write};

use regex::Regex;

use crate::import::{imported, shown};
use crate::import_real::{compare_words, read, set, summary, words};
use crate::import_torture::{check, told};

/// A zip archive of these parts.
pub(crate) fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// An OpenDocument text with these automatic styles and this body.
pub(crate) fn odt(styles: &str, body: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content xmlns:office=\"o\" xmlns:text=\"t\" xmlns:style=\"s\" \
         xmlns:fo=\"f\" xmlns:table=\"b\" xmlns:draw=\"d\"><office:automatic-styles>{styles}\
         </office:automatic-styles><office:body><office:text>{body}</office:text></office:body>\
         </office:document-content>"
    );
    package(&[
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("content.xml", &content),
        (
            "styles.xml",
            "<office:document-styles xmlns:office=\"o\" xmlns:style=\"s\" xmlns:text=\"t\">\
             <office:styles><number:text>x</number:text></office:styles><office:master-styles>\
             <style:header><text:p>Interview 4</text:p></style:header><style:footer><text:p/></style:footer>\
             </office:master-styles></office:document-styles>",
        ),
    ])
}

#[test]
fn an_opendocument_text_with_everything_in_it_gives_what_was_said() {
    let text = [
        "Focus group FG-03",
        "MODERATOR: How   is it?",
        "P1: It is really fine.",
        "P2: My aunt came too & left. White space collapses.",
        "P2: Item one",
        "P2: Item one a",
        "P3: In a cell.",
        "P4: cafe\u{301} 👩\u{200d}👧 END",
        "note import.note.deleted",
        "note import.note.comments",
        "note import.note.footnotes",
        "note import.note.repeated",
    ];
    check("everything.odt", &text);
    let wide = format!("MODERATOR: How{}is it?", " ".repeat(100));
    let bomb: Vec<&str> =
        text.iter().map(|it| if it.starts_with("MOD") { &*wide } else { *it }).collect();
    check("spaces-bomb.odt", &bomb);
}

#[test]
fn one_document_saved_as_docx_odt_and_rtf_gives_one_text() {
    let text = [
        "Grupo focal 2",
        "Moderadora: ¿Qué opinan del barrio?",
        "Ana: Está bien, pero “falta luz”.",
        "Luis: Sí. [risas]",
        "Hablante",
        "Texto",
        "Eva: No lo sé…",
    ];
    for file in ["plain-pythondocx.docx", "plain-libreoffice.odt", "plain-libreoffice.rtf"] {
        check(file, &text);
    }
}

#[test]
fn what_an_opendocument_text_hides_or_repeats_is_left_out_and_said() {
    let styles = "<style:style style:name=\"Secret\" style:family=\"text\"><style:text-properties \
        text:display=\"none\"/></style:style><style:style style:name=\"Mild\" style:family=\"text\" \
        style:parent-style-name=\"Secret\"/><style:style style:name=\"B\" style:family=\"text\">\
        <style:text-properties fo:font-weight=\"bold\"/></style:style>";
    let body = "<text:p text:style-name=\"Title\">Group 4</text:p>\
        <text:p><text:span text:style-name=\"B\">Ana</text:span><text:line-break/>One<text:span \
        text:style-name=\"Mild\"> hidden</text:span>.</text:p>\
        <text:p>Luis: Two<text:hidden-text text:is-hidden=\"true\">x</text:hidden-text>.</text:p>\
        <text:section text:display=\"none\"><text:p>Ana: not here</text:p></text:section>\
        <text:p>Ana: <text:ruby><text:ruby-base>base</text:ruby-base><text:ruby-text>above\
        </text:ruby-text></text:ruby> <draw:frame><draw:text-box><text:p>Luis: in a box</text:p>\
        </draw:text-box><svg:desc>a picture</svg:desc></draw:frame>three</text:p>\
        <text:p>Luis: <text:title>the title</text:title><text:hidden-paragraph \
        text:is-hidden=\"true\"/></text:p>\
        <table:table><table:table-row table:number-rows-repeated=\"1000000\"><table:table-cell/>\
        </table:table-row><table:table-row><table:table-cell><text:p>Ana</text:p></table:table-cell>\
        <table:covered-table-cell><text:p>covered</text:p></table:covered-table-cell>\
        <table:table-cell><text:p>four</text:p></table:table-cell></table:table-row></table:table>";
    let found = imported("a.odt", &odt(styles, body));
    expect_test::expect![[r#"
        - | Group 4
        Ana | One.
        Luis | Two.
        Luis | in a box
        Ana | base three
        - | Ana
        U1 | four
        = Ana, unknown, 2 times: stands before speech 2 times
        = Luis, unknown, 2 times: stands before speech 2 times
        = U1, unknown, 0 times: speaks where the file names nobody
        * 5 hidden pieces of text were left out
        * 1 header or footer of pages was left out
        * 1 paragraph (1 words) for which nobody is named was given to U1, role unknown; a list of speakers (`--speakers`) with an empty label says who that is
    "#]]
    .assert_eq(&shown(&found.draft));
}

#[test]
fn an_opendocument_text_in_one_piece_of_xml_reads_like_the_packed_one() {
    let body =
        "<text:h>Group</text:h><text:p>Ana: One.</text:p><text:p>Luis:<text:tab/>Two.</text:p>";
    let flat = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<office:document xmlns:office=\"o\" \
         office:mimetype=\"application/vnd.oasis.opendocument.text\"><office:meta><dc:title>Title\
         </dc:title></office:meta><office:body><office:text>{body}</office:text></office:body>\
         </office:document>"
    );
    let packed = imported("a.odt", &odt("", body)).draft;
    let flat = imported("a.fodt", flat.as_bytes()).draft;
    assert_eq!(flat.paragraphs, packed.paragraphs);
    assert_eq!(shown(&flat).lines().next(), Some("- | Group"));
}

#[test]
fn an_opendocument_text_that_is_protected_or_no_text_is_refused_with_the_reason() {
    let protected = package(&[
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        (
            "META-INF/manifest.xml",
            "<manifest:manifest><manifest:file-entry><manifest:encryption-data/>\
             </manifest:file-entry></manifest:manifest>",
        ),
        ("content.xml", "\u{1}\u{2}"),
    ]);
    assert_eq!(told("a.odt", &protected, None), ["error 0: archive.protected"]);
    let drawing = package(&[
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("content.xml", "<a><office:body><office:drawing/></office:body></a>"),
    ]);
    assert_eq!(told("a.odt", &drawing, None), ["error 0: import.odt.no-text"]);
    let doctype = package(&[
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("content.xml", "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>"),
    ]);
    assert_eq!(told("a.odt", &doctype, None), ["error 0: xml.doctype"]);
}

#[test]
fn what_a_word_file_holds_besides_what_was_said_is_counted() {
    let relation = |id: u32, kind: &str, target: &str| {
        format!("<Relationship Id=\"r{id}\" Type=\"http://x/{kind}\" Target=\"{target}\"/>")
    };
    let main = relation(1, "officeDocument", "word/document.xml");
    let parts = [("header", "header1.xml"), ("header", "header2.xml"), ("footer", "gone.xml")];
    let parts: String =
        parts.iter().zip(2..).map(|((kind, target), id)| relation(id, kind, target)).collect();
    let body = "<w:p><w:r><w:t>Ana: One</w:t><w:commentReference/></w:r><w:r><w:footnoteReference/>\
        <w:br w:type=\"page\"/><w:t>two.</w:t></w:r><w:r><w:endnoteReference/></w:r></w:p>\
        <w:p><w:r><w:t>Luis: Three.</w:t><w:object><o:OLEObject/></w:object></w:r></w:p>\
        <w:p><w:r><w:t>Ana: Four.</w:t></w:r></w:p>";
    let file = package(&[
        ("_rels/.rels", &format!("<Relationships>{main}</Relationships>")),
        ("word/_rels/document.xml.rels", &format!("<Relationships>{parts}</Relationships>")),
        ("word/document.xml", &format!("<w:document><w:body>{body}</w:body></w:document>")),
        ("word/header1.xml", "<w:hdr><w:p><w:r><w:t>Interview 4</w:t></w:r></w:p></w:hdr>"),
        ("word/header2.xml", "<w:hdr><w:p><w:r><w:t> </w:t></w:r></w:p></w:hdr>"),
    ]);
    expect_test::expect![[r#"
        Ana | One two.
        Luis | Three.
        Ana | Four.
        = Ana, unknown, 2 times: stands before speech 2 times
        = Luis, unknown, 1 times: a name where nearly every paragraph has a label
        * 1 comment was left out
        * 2 footnotes or endnotes were left out
        * 1 header or footer of pages was left out
        * 1 embedded document was not read; copy its text into this one
    "#]]
    .assert_eq(&shown(&imported("a.docx", &file).draft));
}

#[test]
fn a_rich_text_with_everything_in_it_gives_what_was_said() {
    check(
        "everything.rtf",
        &[
            "MODERATOR: What’s new?",
            "P1: We “waited” four hours —café, € 5.",
            "P2: kept {braces} and back\\slash second line",
            "P3: emoji 👣 done.",
            "P4: При\u{432}et При\u{a0}hard\u{2011}hyphensoft",
            "P5: the site.",
            "P6: In a cell.",
            "P6: END",
            "note import.note.hidden",
            "note import.note.deleted",
            "note import.note.comments",
            "note import.note.footnotes",
            "note import.note.headers",
        ],
    );
    check("bin-picture.rtf", &["P1: before.", "P2: after."]);
}

#[test]
fn damaged_and_hostile_rich_text_gives_what_is_left_of_it_or_the_reason() {
    check(
        "unbalanced.rtf",
        &[
            "U1: MODERATOR:",
            "note import.note.headers",
            "note import.note.cut",
            "note import.note.unnamed",
            "note import.note.no-speaker",
        ],
    );
    check("bad-numbers.rtf", &["P1: \u{fffd} \u{fffd} zz", "note import.note.cut"]);
    check("deep.rtf", &["error 0: import.nested"]);
    check("not-rtf.rtf", &["error 0: import.misnamed"]);
}

#[test]
fn each_font_of_a_rich_text_has_its_own_encoding() {
    let text = r"{\rtf1\ansi\ansicpg1250\deff0{\fonttbl{\f0 Body;}{\f1\fcharset204 C;}{\f2\fcharset128 J;}
        {\f3\fcharset2 Symbol;}{\f4\fcharset255 Oem;}}P1: \'b9 \f1\'df \f2\'83A \'83\'5c {\f3\'b7} \f4 \'e9\plain  \'b9\par}";
    assert_eq!(
        told("a.rtf", text.as_bytes(), None),
        ["P1: ą Я ア ソ \u{f0b7} é ą", "note import.note.guessed"]
    );
}

#[test]
fn boxes_tables_and_fields_of_a_rich_text_are_read_and_what_is_there_twice_once() {
    let text = r"{\rtf1\ansi{\stylesheet{\s0 Normal;}{\s7\b heading 2;}{\*\cs8 Heading 3 Char;}}
        \pard\s7 Group\par\pard\plain {\listtext 1.\tab}P1: It was one{\*\unknown gone} {\upr{old}{\*\ud{new}}}.
        {\shp{\*\shpinst\shpleft0{\sp{\sn shapeType}{\sv 202}}{\shptxt P2: It was boxed.\par}}{\shprslt P2: It was boxed.\par}} end\page next\par
        {\object{\*\objdata 0105}{\result shown}}\par
        {\deleted\par}joined\par
        \trowd\intbl P3\cell a{\*\nesttableprops x}\par b\cell\row\pard
        {\footer{\cs1 \u49?}}{\header\pard\par}P1: It was good.\par}{\rtf1 again}";
    expect_test::expect![[r#"
        - | Group
        P2 | It was boxed.
        P1 | It was one new.         end next
        P1 | shown
        P1 | joined
        P3 | a
        P3 | b
        P1 | It was good.
        = P2, participant, 1 times: numbered as participants are
        = P1, participant, 2 times: numbered as participants are
        = P3, participant, 1 times: numbered as participants are
        * 1 header or footer of pages was left out
        * 1 embedded document was not read; copy its text into this one
    "#]]
    .assert_eq(&shown(&imported("a.rtf", text.as_bytes()).draft));
}

/// The text of an OpenDocument file, taken out of its XML with nothing but patterns.
fn odt_text(bytes: &[u8]) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut xml = String::new();
    archive.by_name("content.xml").unwrap().read_to_string(&mut xml).unwrap();
    let (_, body) = xml.split_once("<office:text").unwrap();
    let (_, body) = body.split_once('>').unwrap();
    let breaks = Regex::new(r"<text:(tab|s|line-break)[^>]*/>|</text:[ph]>").unwrap();
    let text = breaks.replace_all(body, " ");
    let mut text = Regex::new("<[^>]*>").unwrap().replace_all(&text, "").into_owned();
    for (entity, plain) in
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")]
    {
        text = text.replace(entity, plain);
    }
    text
}

#[test]
fn usability_sessions_as_opendocument_texts() {
    let Some(folder) = set("serdif") else { return };
    let mut all = String::new();
    for name in [
        "P1_GMT20211118",
        "P2_GMT20211119",
        "P4_GMT20211125",
        "P5_GMT20211125",
        "P7_GMT20211126",
        "P8_GMT20211129",
        "P10_GMT20211130",
        "P11_GMT20211201",
        "P13_GMT20211203",
        "P14_GMT20220124",
        "P16_GMT20211215",
        "P17_GMT20211216",
    ] {
        let (found, bytes) = read(&folder.join(format!("transcripts/{name}.odt")));
        compare_words(name, &words(&odt_text(&bytes)), &found.draft);
        writeln!(all, "{name} {} {}", summary(&found.draft), found.draft.notes.len()).unwrap();
    }
    expect_test::expect![[r#"
        P1_GMT20211118 207 (15): *MODERATOR 1; U1 0 1
        P2_GMT20211119 207 (12): *MODERATOR 7; U1 0 1
        P4_GMT20211125 144 (15): *MODERATOR 1; U1 0 1
        P5_GMT20211125 218 (15): *MODERATOR 8; U1 0 1
        P7_GMT20211126 131 (13): *MODERATOR 5; U1 0 1
        P8_GMT20211129 176 (3): *MODERATOR 22; U1 0 1
        P10_GMT20211130 234 (12): *MODERATOR 8; U1 0 1
        P11_GMT20211201 225 (23): *MODERATOR 15; U1 0 1
        P13_GMT20211203 174 (14): *MODERATOR 10; U1 0 1
        P14_GMT20220124 181 (15): *MODERATOR 15; U1 0 1
        P16_GMT20211215 237 (11): *MODERATOR 13; U1 0 1
        P17_GMT20211216 173 (15): *MODERATOR 24; U1 0 1
    "#]]
    .assert_eq(&all);
}

#[test]
fn a_short_story_of_a_patient_as_opendocument_text() {
    let Some(folder) = set("qualcoder-examples") else { return };
    let (found, bytes) = read(&folder.join("ID2.odt"));
    assert_eq!(summary(&found.draft), "3 (0): U1 0");
    compare_words("ID2.odt", &words(&odt_text(&bytes)), &found.draft);
}

#[test]
fn one_transcript_gives_the_same_text_from_every_container() {
    let (Some(variants), Some(french), Some(english)) =
        (set("office-variants"), set("artisans-fr"), set("serdif"))
    else {
        return;
    };
    for (variant, original) in [
        (
            variants.join("chercheur_fr.rtf"),
            french.join("transcripts/Entretien 01 24.10.03 01_traitement_A.docx"),
        ),
        (
            variants.join("chercheur_fr.pdf"),
            french.join("transcripts/Entretien 01 24.10.03 01_traitement_A.docx"),
        ),
        (variants.join("usability_en.docx"), english.join("transcripts/P1_GMT20211118.odt")),
    ] {
        let (found, from) = (read(&variant).0.draft, read(&original).0.draft);
        assert_eq!(summary(&found), summary(&from), "{}", variant.display());
        for (one, other) in found.paragraphs.iter().zip(&from.paragraphs) {
            let at = format!("{} at {}", variant.display(), one.line);
            assert!(one.text == other.text, "{at}: the text differs");
            assert_eq!((one.label, one.time), (other.label, other.time), "{at}");
        }
    }
}
