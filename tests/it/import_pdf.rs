//! Import of PDF, made-up and published: which paragraphs, whose, and word for word as where the same text
//! is known from another file.

use std::fmt::Write as _;
use std::path::Path;

use expect_test::expect;
use themata::unitize::draft::Draft;

use crate::import::{imported, shown};
use crate::import_real::{read, set, summary, words};
use crate::import_torture::{check, told};

#[test]
fn lines_are_put_together_to_paragraphs_without_heads_and_numbers_of_pages() {
    let turn = "We waited four hours in the corridor and nobody came to tell us what was going on, so \
        in the end my mother went to the desk and asked, and they said that the appointment had been \
        cancelled the day before without any call or letter.";
    check(
        "paragraphs.pdf",
        &[
            "Focus group FG-05",
            "MODERATOR: What changed?",
            &format!("P1: {turn} P1: {turn} P1: {turn}"),
            "P2: Efficient offices, fi fl ligature text; café “quotes” — dash… Привет.",
            "P3: In a table cell.",
            "P4: Second row.",
            "P1: This paragraph starts on page two",
            "note import.note.pdf",
            "note import.note.pdf.heads",
        ],
    );
}

#[test]
fn the_text_of_a_pdf_is_that_of_the_document_it_was_made_from() {
    check(
        "plain-libreoffice.pdf",
        &[
            "Grupo focal 2",
            "Moderadora: ¿Qué opinan del barrio?",
            "Ana: Está bien, pero “falta luz”.",
            "Luis: Sí. [risas]",
            "Hablante",
            "Texto",
            "Eva: No lo sé…",
            "note import.note.pdf",
        ],
    );
}

#[test]
fn columns_are_read_one_after_the_other_whatever_was_drawn_first() {
    check(
        "two-columns-out-of-order.pdf",
        &[
            "P1: left column one",
            "P2: left column two",
            "P3: right column one",
            "P4: right column two",
            "note import.note.pdf",
            "note import.note.pdf.columns",
        ],
    );
}

#[test]
fn a_pdf_without_text_protected_damaged_or_hostile_is_refused_with_the_reason() {
    check("no-text-layer.pdf", &["error 0: import.pdf.no-text"]);
    check("encrypted-userpw.pdf", &["error 0: import.pdf.protected"]);
    check("truncated.pdf", &["error 0: import.pdf.damaged"]);
    check("garbage.pdf", &["error 0: import.pdf.damaged"]);
    check("pages-loop.pdf", &["error 0: import.pdf.damaged"]);
    check("flate-bomb-200MiB.pdf", &["error 0: import.pdf.beyond"]);
}

#[test]
fn letters_that_a_damaged_pdf_no_longer_tells_are_counted() {
    let Some(folder) = set("import-torture") else { return };
    let found = told("a.pdf", &std::fs::read(folder.join("bitflip.pdf")).unwrap(), None);
    assert_eq!(found[1], "MODERATOR: What changed?");
    assert!(found[3].starts_with("P2: Efficient offices, fi fl ligature text; caf\u{fffd}"));
    assert_eq!(found.last().unwrap(), "note import.note.pdf.letters");
}

/// A PDF of one page for each content, with the fonts that need no file: /R, and /B, which is bold.
pub(crate) fn pdf(pages: &[&str]) -> Vec<u8> {
    let kids: Vec<String> = (0..pages.len()).map(|at| format!("{} 0 R", 10 + 2 * at)).collect();
    let mut objects = vec![
        (1, "<</Type/Catalog/Pages 2 0 R>>".to_owned()),
        (
            2,
            format!(
                "<</Type/Pages/Count {}/Kids[{}]/MediaBox[0 0 595 842]/Resources<</Font<</R 3 0 R/B 4 0 R>>>>>>",
                pages.len(),
                kids.join(" ")
            ),
        ),
        (3, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_owned()),
        (4, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold>>".to_owned()),
    ];
    for (at, content) in pages.iter().enumerate() {
        let id = 10 + 2 * at;
        objects.push((id, format!("<</Type/Page/Parent 2 0 R/Contents {} 0 R>>", id + 1)));
        let stream = format!("<</Length {}>>stream\n{content}\nendstream", content.len());
        objects.push((id + 1, stream));
    }
    let mut file = "%PDF-1.4\n".to_owned();
    let mut places = Vec::new();
    for (id, object) in &objects {
        places.push((*id, file.len()));
        writeln!(file, "{id} 0 obj{object}endobj").unwrap();
    }
    let start = file.len();
    write!(file, "xref\n0 1\n0000000000 65535 f \n").unwrap();
    for (id, place) in places {
        write!(file, "{id} 1\n{place:010} 00000 n \n").unwrap();
    }
    let size = 12 + 2 * pages.len();
    write!(file, "trailer<</Size {size}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF").unwrap();
    file.into_bytes()
}

/// Lines of text, each at its height, from the left edge given.
pub(crate) fn lines(from: u32, lines: &[(u32, &str)]) -> String {
    let mut content = String::new();
    for (height, text) in lines {
        writeln!(content, "BT /R 10 Tf {from} {height} Td ({text}) Tj ET").unwrap();
    }
    content
}

fn draft(pages: &[&str]) -> Draft {
    imported("a.pdf", &pdf(pages)).draft
}

#[test]
fn a_turn_goes_on_over_the_page_and_words_parted_at_a_line_end_become_one() {
    let first = lines(
        72,
        &[
            (700, "Ana: We walked and walked until the road that we had known had disap-"),
            (688, "peared, and nobody told us that the road was closed, which we found so"),
            (676, "unfair that we sat down and cried, and then we went and left the well-"),
        ],
    );
    let second = lines(
        72,
        &[
            (700, "known place for good. The road had disappeared at last and so had we."),
            (676, "Luis: I was there too."),
            (664, "Ana: You were not."),
            (652, "Luis: I was."),
        ],
    );
    let found = draft(&[&first, &second]);
    let texts: Vec<&str> = found.paragraphs.iter().map(|it| it.text.as_str()).collect();
    assert_eq!(
        texts,
        [
            "We walked and walked until the road that we had known had disappeared, and nobody told \
             us that the road was closed, which we found so unfair that we sat down and cried, and then we went and left the well-known place for good. The road had disappeared at last and so had we.",
            "I was there too.",
            "You were not.",
            "I was."
        ]
    );
}

#[test]
fn labels_in_bold_numbers_in_the_margin_and_small_letters_are_told_apart() {
    let mut page = String::new();
    for (turn, who) in ["Ana", "Luis", "Ana", "Luis", "Ana", "Luis"].iter().enumerate() {
        let height = 780 - 60 * turn;
        writeln!(
            page,
            "BT /R 8 Tf 40 {height} Td ({}) Tj ET BT /B 10 Tf 72 {height} Td ({who}:) Tj /R 10 Tf ( said turn {turn},) Tj \
             0 -12 Td (and more of it, and yet more of it, and all that there is to be said.) Tj 0 -14 Td /R 7 Tf (Code {turn}) Tj ET",
            turn + 1
        )
        .unwrap();
    }
    page.push_str(
        "BT 0 1 -1 0 560 400 Tm /R 9 Tf (aside) Tj ET BT /R 9 Tf 700 10 Td (beyond) Tj ET",
    );
    expect![[r#"
        Ana | said turn 0,
        Ana | and more of it, and yet more of it, and all that there is to be said.
        - | Code 0
        Luis | said turn 1,
        Luis | and more of it, and yet more of it, and all that there is to be said.
        - | Code 1
    "#]]
    .assert_eq(
        &shown(&draft(&[&page])).lines().take(6).fold(String::new(), |all, line| all + line + "\n"),
    );
    expect![[r#"
        * a PDF has no paragraphs; these were put together from 18 lines: compare a page with the original, or import the document that the PDF was made from
        * 6 numbers of lines or paragraphs in the margin were left out
        * 1 note in the margin, or written askew, was left out
        * 6 lines in smaller letters (notes, captions, codes) are given to no speaker
        * 1 piece of text beyond the edge of the page was left out
    "#]].assert_eq(&shown(&draft(&[&page])).lines().filter(|it| it.starts_with('*')).fold(String::new(), |all, line| all + line + "\n"));
}

#[test]
fn drawn_things_that_draw_themselves_end() {
    let mut file = String::from_utf8(pdf(&["/X Do /X Do"])).unwrap();
    file = file.replace("/Font<</R 3 0 R", "/XObject<</X 5 0 R>>/Font<</R 3 0 R");
    let content = "/X Do /X Do /X Do";
    let form = format!(
        "5 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Length {}>>stream\n{content}\nendstream endobj\nxref",
        content.len()
    );
    // The table of objects no longer fits: it is made anew from the objects themselves.
    let file = file.replacen("xref", &form, 1);
    assert_eq!(told("a.pdf", file.as_bytes(), None), ["error 0: import.pdf.beyond"]);
}

/// The labels of a transcript with how often each stands, and its words, without what is nobody's speech.
fn speech(draft: &Draft) -> (Vec<String>, Vec<String>) {
    let mut labels: Vec<String> =
        draft.labels.iter().map(|it| format!("{} {}", it.text, it.times)).collect();
    labels.sort();
    let said = draft.paragraphs.iter().filter(|it| it.label.is_some());
    (labels, said.flat_map(|it| words(&it.text)).collect())
}

fn compare(pdf: &Path, original: &Path, last: &str) {
    let name = pdf.display();
    let (labels, mut said) = speech(&read(pdf).0.draft);
    let (expected_labels, expected) = speech(&read(original).0.draft);
    assert_eq!(labels, expected_labels, "{name}");
    // The program that printed it has the last word.
    let added = words(last);
    if said.ends_with(&added) {
        said.truncate(said.len() - added.len());
    }
    let differs = said.iter().zip(&expected).position(|(one, other)| one != other);
    assert_eq!(differs, None, "{name}: the words differ");
    assert_eq!(said.len(), expected.len(), "{name}");
}

#[test]
fn interviews_printed_with_codes_between_the_turns_have_the_words_of_their_texts() {
    let Some(folder) = set("mlss-quality") else { return };
    for (number, names) in [
        (
            "19",
            [
                "codings/2023-06-04-Interview 19 - PO",
                "codings/2023-06-04-Interview 19 - Rached",
                "moderation/2023-06-04-Interview 19 - Amin",
            ],
        ),
        (
            "3",
            [
                "codings/2023-06-04-Interview 3 - PO",
                "codings/2023-06-04-Interview 3 - Rached",
                "moderation/2023-06-04-Interview 3 - Amin",
            ],
        ),
        (
            "8",
            [
                "codings/2023-06-04-Interview 8 - PO",
                "codings/2023-06-04-Interview 8 - Rached",
                "moderation/2023-06-04-Interview 8 - Amin",
            ],
        ),
    ] {
        for name in names {
            compare(
                &folder.join(format!("coded_transcripts/{name}.pdf")),
                &folder.join(format!("transcripts/Interview {number}.txt")),
                "Created with the Delve Qualitative Analysis Tool (http://www.delvetool.com)",
            );
        }
    }
}

#[test]
fn interviews_of_programs_for_coding_with_numbers_and_codes_in_the_margins() {
    let (Some(atlas), Some(numbered), Some(printed)) =
        (set("unsafe-rust"), set("pdpilot"), set("mlss-quality"))
    else {
        return;
    };
    let mut all = String::new();
    for path in [
        atlas.join("transcripts/1.pdf"),
        atlas.join("transcripts/5.pdf"),
        numbered.join("transcripts/P1.pdf"),
        numbered.join("transcripts/P2.pdf"),
        numbered.join("transcripts/P4.pdf"),
        numbered.join("transcripts/P5.pdf"),
        numbered.join("transcripts/P7.pdf"),
        printed.join("coded_transcripts/codings/2023-06-04-Interview 2 - PO.pdf"),
        printed.join("coded_transcripts/codings/2023-06-04-Interview 2 - Rached.pdf"),
        printed.join("coded_transcripts/moderation/2023-06-04-Interview 2 - Ilan.pdf"),
    ] {
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let draft = read(&path).0.draft;
        let said: usize = draft.paragraphs.iter().map(|it| words(&it.text).len()).sum();
        writeln!(all, "{name}: {}; {said} words", summary(&draft)).unwrap();
    }
    expect![[r#"
        1: 137 (0): *Interviewer 68; Participant 68; 4871 words
        5: 122 (0): *Interviewer 60; Participant 61; 7177 words
        P1: 95 (1): *Dan 47; Participant 47; 3021 words
        P2: 166 (1): *Dan 81; Participant 84; 4824 words
        P4: 112 (1): *Dan 55; Participant 56; 4922 words
        P5: 137 (1): *Dan 68; Participant 67; Particpant 1; 4117 words
        P7: 107 (1): *Dan 53; Participant 53; 5680 words
        2023-06-04-Interview 2 - PO: 155 (60): *Interviewer1 43; Interviewee1 44; *Interviewer2 1; *Interviewer2 2 1; 5412 words
        2023-06-04-Interview 2 - Rached: 135 (40): *Interviewer1 43; Interviewee1 44; *Interviewer2 1; *Interviewer2 2 1; 5363 words
        2023-06-04-Interview 2 - Ilan: 97 (2): *Interviewer1 43; Interviewee1 44; *Interviewer2 1; *Interviewer2 2 1; 5267 words
    "#]].assert_eq(&all);
}

#[test]
fn a_manual_or_a_list_of_codes_as_pdf_is_read_without_a_fault() {
    for (folder, file) in [
        ("talkmoves", "Coding Manual.pdf"),
        ("pdpilot", "code-system.pdf"),
        ("pdpilot", "coded-segments.pdf"),
        ("mlss-quality", "interview_guide.pdf"),
        ("req-quality", "Interview Coding Guideline.pdf"),
        ("req-quality", "Issue Coding Guideline.pdf"),
    ] {
        let Some(folder) = set(folder) else { return };
        let (found, _) = read(&folder.join(file));
        assert!(found.draft.paragraphs.len() > 5, "{file}");
    }
}
