//! A foreign file read as a document: what its text is, and nobody looked for who speaks.

use themata::read::block::{BlockKind, Voice};
use themata::read::document::{self, Document, Format};

fn read(name: &str, text: &str) -> Document {
    document::read(name, text.as_bytes(), None).unwrap()
}

fn lines(document: &Document) -> Vec<(BlockKind, &str)> {
    document.blocks.iter().map(|block| (block.kind, block.text.as_ref())).collect()
}

#[test]
fn a_manuscript_keeps_what_looks_like_a_label() {
    let manuscript = "# Results\n\nMembers: “We began late” (P1, CoP 1: 3).\n\nMembers: it grew.\n\n\
                      Members: it ended.\n";
    let document = read("draft.md", manuscript);
    assert_eq!(document.format, Format::Markdown);
    assert_eq!(
        lines(&document),
        [
            (BlockKind::Heading, "Results"),
            (BlockKind::Text, "Members: “We began late” (P1, CoP 1: 3)."),
            (BlockKind::Text, "Members: it grew."),
            (BlockKind::Text, "Members: it ended."),
        ]
    );
    assert!(document.blocks.iter().all(|block| block.voice == Voice::Unsaid));
}

#[test]
fn what_the_file_itself_says_of_speakers_stays_beside_the_text() {
    let document = read("a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ana>We began.\n");
    assert_eq!(document.format, Format::Vtt);
    assert_eq!(document.blocks[0].text, "We began.");
    assert_eq!(document.blocks[0].voice, Voice::Named("Ana".into()));
}

#[test]
fn text_is_without_controls_and_blanks_and_says_its_encoding() {
    let document =
        document::read("a.txt", b"one\x07 \xe9\n\n \ntwo", Some("windows-1252")).unwrap();
    let texts: Vec<&str> = document.blocks.iter().map(|block| block.text.as_ref()).collect();
    assert_eq!(texts, ["one é", "two"]);
    assert_eq!(document.encoding, Some("windows-1252"));
}

#[test]
fn a_file_without_text_is_refused() {
    for nothing in [&b""[..], b" \n\n", b"<html><body></body></html>"] {
        let refused = document::read("a.html", nothing, None).unwrap_err();
        assert_eq!(refused.what.key, "import.empty");
    }
}

#[test]
fn a_character_is_known_by_its_name_in_every_format_that_names_characters() {
    let said = "Ko&ccaron;a, caf&eacute; &amp; t&#233; R&D &unknown; &frac34;";
    for (name, text) in [
        ("a.html", format!("<html><body><p>{said}</p></body></html>")),
        ("a.vtt", format!("WEBVTT\n\n00:01.000 --> 00:02.000\n{said}\n")),
        ("a.srt", format!("1\n00:00:01,000 --> 00:00:02,000\n{said}\n")),
        ("a.md", format!("# Talk\n\n{said}\n")),
        ("a.csv", format!("speaker,text\nAna,\"{said}\"\nBen,yes\n")),
    ] {
        let document = read(name, &text);
        let found = document.blocks.iter().any(|it| it.text == "Koča, café & té R&D &unknown; ¾");
        assert!(found, "{name}: {:?}", document.blocks);
    }
}
