//! Import of tables: made-up ones, awkward ones, and published ones that lie beside the repository.

use std::collections::BTreeMap;
use std::fs;

use calamine::{Data, Reader, Xlsx};
use expect_test::{Expect, expect};
use regex::{Captures, Regex};
use themata::unitize::draft::Draft;
use themata::unitize::import::{self, Options};

use crate::import::{imported, shown};
use crate::import_captions::{add, assert_same};
use crate::import_real::set;

/// The turns of a draft as the table has them: whoever the table does not name has no name here either.
fn turns(draft: &Draft) -> Vec<(String, String)> {
    let mut turns = Vec::new();
    for paragraph in &draft.paragraphs {
        let label = paragraph.label.map(|at| &draft.labels[at]).filter(|it| !it.unnamed);
        add(&mut turns, label.map_or("", |it| it.text.as_str()), &paragraph.text);
    }
    turns
}

fn check(name: &str, text: &str, expected: Expect) {
    expected.assert_eq(&shown(&imported(name, text.as_bytes()).draft));
}

/// An awkward file as import understands it, if it is here.
fn awkward(file: &str, expected: Expect) {
    let Some(folder) = set("import-torture") else { return };
    expected.assert_eq(&shown(&imported(file, &fs::read(folder.join(file)).unwrap()).draft));
}

#[test]
fn tables_with_quotes_line_ends_and_a_cell_too_many() {
    awkward(
        "semicolon-bom-cp1252.csv",
        expect![[r#"
            [00:00:01] José | dijo "no"; y se fue
            U1 | sin hablante
            [00:00:02] Ana | dos líneas
            = José, unknown, 1 times: the file names its speakers
            = Ana, unknown, 1 times: the file names its speakers
            = U1, unknown, 0 times: speaks where the file names nobody
            * the encoding was guessed: windows-1252; if letters with accents are wrong, name it with --encoding
            * 1 row names no speaker (row 3); where the one above goes on, write the speaker into the cell
            * 1 row has more cells than there are headings (row 4); what stands there was left out
            * 1 paragraph (2 words) for which nobody is named was given to U1, role unknown; a list of speakers (`--speakers`) with an empty label says who that is
        "#]],
    );
    awkward(
        "tabs.tsv",
        expect![[r#"
        P1 | "quote in the middle
        P2 | fine
        = P1, participant, 1 times: the file names its speakers
        = P2, participant, 1 times: the file names its speakers
        * quotation marks do not close, so they were taken as part of the text
    "#]],
    );
}

#[test]
fn workbooks_with_merged_hidden_and_unsaved_cells() {
    awkward(
        "sheet.xlsx",
        expect![[r#"
            [00:01:05] Ana | ¿Qué tal?
            U1 | no speaker second line
            007 | 00123
            Eva | merged speaker
            Eva | second turn
            = Ana, unknown, 1 times: the file names its speakers
            = 007, unknown, 1 times: the file names its speakers
            = Eva, unknown, 2 times: the file names its speakers
            = U1, unknown, 0 times: speaks where the file names nobody
            * columns left out: n
            * 1 row names no speaker (row 3); where the one above goes on, write the speaker into the cell
            * 1 cell holds a formula whose result was not saved (B4): open the file in a spreadsheet program, save it, and import it again
            * 1 hidden sheet was not read
            * 1 paragraph (4 words) for which nobody is named was given to U1, role unknown; a list of speakers (`--speakers`) with an empty label says who that is
        "#]],
    );
    let Some(folder) = set("import-torture") else { return };
    for (file, key) in
        [("truncated.xlsx", "archive.not_an_archive"), ("far-cell.xlsx", "tabular.columns")]
    {
        let error = import::read(file, &fs::read(folder.join(file)).unwrap(), &Options::default());
        assert_eq!(error.unwrap_err().what.key, key, "{file}");
    }
}

#[test]
fn columns_are_told_by_headings_in_several_languages_below_a_title() {
    check(
        "a.csv",
        "Grupo focal 2,,\nHora,Hablante,Intervención\n00:00:05,Moderadora,¿Qué tal?\n00:00:09 (risas),Ana:,\"Bien, &quot;bien&quot;.\"\n,,Nadie.\n",
        expect![[r#"
            - | Grupo focal 2
            [00:00:05] Moderadora | ¿Qué tal?
            [00:00:09] - | (risas)
            [00:00:09] Ana | Bien, "bien".
            U1 | Nadie.
            = Moderadora, moderator, 1 times: the file names its speakers
            = Ana, unknown, 1 times: the file names its speakers
            = U1, unknown, 0 times: speaks where the file names nobody
            * 1 row names no speaker (row 5); where the one above goes on, write the speaker into the cell
            * 2 characters written as in web pages (&#8212;) were written out
            * 1 paragraph (1 words) for which nobody is named was given to U1, role unknown; a list of speakers (`--speakers`) with an empty label says who that is
        "#]],
    );
    check(
        "a.tsv",
        "Sprecher\tÄußerung\tNotiz\nAnna\tJa: gut.\tx\nBea\tNein.\t\n",
        expect![[r#"
            Anna | Ja: gut.
            Bea | Nein.
            = Anna, unknown, 1 times: the file names its speakers
            = Bea, unknown, 1 times: the file names its speakers
            * columns left out: Notiz
        "#]],
    );
}

#[test]
fn columns_without_headings_are_told_by_what_stands_in_them() {
    check(
        "a.txt",
        "0.030|1.220|AME|SPA|y luego volviste para acá\n0.944|3.111|CAR|SPA|sí\n3.200|3.900|CAR|ENG|and then we left\n5.000|5.500|AME|SPA|claro\n9.000|9.500|AME|SPA|claro\n",
        expect![[r#"
            [00:00:00] AME | y luego volviste para acá
            [00:00:00] CAR | sí and then we left
            [00:00:05] AME | claro
            [00:00:09] AME | claro
            = AME, unknown, 3 times: the file names its speakers
            = CAR, unknown, 2 times: the file names its speakers
            * columns left out: 4
            * the table has no headings; column 5 was taken for speech
        "#]],
    );
}

#[test]
fn a_table_of_something_else_is_refused_with_a_reason() {
    for text in ["a,b\n1,2\n", "id,colour\n1,red\n2,blue\n3,red\n", "one\ntwo\nthree\n"] {
        let error = import::read("a.csv", text.as_bytes(), &Options::default()).unwrap_err();
        assert_eq!(error.what.key, "tabular.columns", "{text}");
    }
}

/// How often each speaker has a turn, `-` for nobody.
fn counts(draft: &Draft) -> String {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for (who, _) in turns(draft) {
        *counts.entry(who).or_default() += 1;
    }
    let counts: Vec<String> = counts.iter().map(|(who, n)| format!("{who} {n}")).collect();
    format!("{}: {}", draft.paragraphs.len(), counts.join(", "))
}

#[test]
fn published_interviews_as_csv() {
    let Some(folder) = set("poets-csv") else { return };
    let entity = Regex::new("&#([0-9]+);").unwrap();
    for (file, expected) in [
        ("gluck.csv", "356:  6, DB 165, KRISTIN 6, LG 165"),
        ("mohammad.csv", "94: DB 46, KM 46, MORE INFO 1"),
    ] {
        let bytes = fs::read(folder.join(file)).unwrap();
        let found = imported(file, &bytes).draft;
        let mut source = Vec::new();
        let plain = |text: &str| {
            let character =
                |it: &Captures<'_>| char::from_u32(it[1].parse().unwrap()).unwrap().to_string();
            entity.replace_all(text, character).replace("&amp;", "&")
        };
        for row in csv::Reader::from_reader(bytes.as_slice()).records() {
            let row = row.unwrap();
            let (_, remark) = row[0].split_once(']').unwrap_or_default();
            if !remark.trim().is_empty() {
                add(&mut source, "", remark);
            }
            add(&mut source, row[1].trim_end_matches(':'), &plain(&row[2]));
        }
        assert_same(file, &turns(&found), &source);
        assert_eq!(counts(&found), expected, "{file}");
    }
}

#[test]
fn published_conversations_with_bars_between_cells() {
    let Some(folder) = set("miami-es-en") else { return };
    for (file, expected) in [
        ("herring07.tr", "460: RIC 225, SEB 225"),
        ("sastre09.tr", "648: KAY 320, VAL 319"),
        ("zeledon01.tr", "290: AME 137, CAR 137"),
        ("zeledon02.tr", "301: MAT 139, REB 139"),
    ] {
        let bytes = fs::read(folder.join(file)).unwrap();
        let found = imported(file, &bytes).draft;
        let mut source = Vec::new();
        for line in std::str::from_utf8(&bytes).unwrap().lines() {
            let cells: Vec<&str> = line.split('|').collect();
            add(&mut source, cells[2], cells[4]);
        }
        assert_same(file, &turns(&found), &source);
        assert_eq!(counts(&found), expected, "{file}");
    }
}

#[test]
fn published_lessons_as_workbooks() {
    let Some(folder) = set("talkmoves") else { return };
    for (file, expected) in [
        ("7th grade math.xlsx", "142: S 10, SS 1, T 12"),
        (
            "Boats and Fish 1_Grade 4.xlsx",
            "211:  1, Erik 12, Graham 1, Mark 5, Meredith 8, Michael 13, Others 1, SS 8, T 43",
        ),
        ("Boats and Fish 3_Grade 4.xlsx", "113: Danielle 29, Gregory 4, T 1, T2 29"),
        (
            "Boats and Fish 4_Grade 4 .xlsx",
            "188: Amy 1, Brian 2, Erik 10, Jessica 1, Meredith 7, Michael 11, S 2, SS 12, T 37",
        ),
        ("CECILIO DIMAS pt 1.xlsx", "87: S 19, T 20"),
        ("CECILIO DIMAS pt 2.xlsx", "44: S 9, T 10"),
        (
            "Comparing Fractions 3_Grade 4.xlsx",
            "107: Andrew 1, Audra 5, Brian 4, Jessica 10, Jessica and Audra 1, Kelly 2, Laura 3, Michael 1, T 20",
        ),
        (
            "Comparing Fractions 4_Grade 4.xlsx",
            "95: Brian 1, Erik 7, Jackie 11, Jessica 5, S 2, SS 5, T 29",
        ),
    ] {
        let bytes = fs::read(folder.join(file)).unwrap();
        let found = imported(file, &bytes).draft;
        let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(&bytes)).unwrap();
        let sheet = book.worksheet_range_at(0).unwrap().unwrap();
        let mut source = Vec::new();
        let column = |name: &str| {
            let head = sheet.rows().next().unwrap();
            head.iter().position(|it| *it == name).unwrap()
        };
        let (speaker, sentence) = (column("Speaker"), column("Sentence"));
        for row in sheet.rows().skip(1) {
            let text = |at: usize| match &row[at] {
                Data::Empty => String::new(),
                cell => cell.to_string(),
            };
            if !text(sentence).trim().is_empty() {
                add(&mut source, text(speaker).trim(), &text(sentence));
            }
        }
        assert_same(file, &turns(&found), &source);
        assert_eq!(counts(&found), expected, "{file}");
    }
}

#[test]
fn a_table_in_markdown_that_tells_when_and_what_but_not_who() {
    check(
        "a.md",
        "# Board\n\n| Time | Transcript | Video |\n|---|---|---|\n| 0:00:30 | So: who is here? | [clip](https://example.org) |\n| 0:00:35 | All. | |\n\nAna: Bye.\nAna: Bye.\n",
        expect![[r#"
            - | Board
            - | Time	Transcript	Video
            [00:00:30] - | So: who is here?
            [00:00:35] - | All.
            Ana | Bye.
            Ana | Bye.
            = Ana, unknown, 2 times: stands before speech 2 times
            ! So, 1 times: stands there only once
            * columns left out: Video
        "#]],
    );
    let Some(folder) = set("knox-md-table") else { return };
    let file = "Beer Board R 293 181023_0.md";
    let text = fs::read_to_string(folder.join(file)).unwrap();
    let found = imported(file, text.as_bytes()).draft;
    let rows = text.lines().filter_map(|line| {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let time = cells.get(1)?;
        let parts: Vec<u32> = time.split(':').map_while(|it| it.parse().ok()).collect();
        (parts.len() == 3)
            .then(|| (parts[0] * 3600 + parts[1] * 60 + parts[2], cells[2].to_owned()))
    });
    let source: Vec<(u32, String)> = rows.collect();
    let timed = found.paragraphs.iter().filter_map(|it| Some((it.time?.0, it.text.clone())));
    let timed: Vec<(u32, String)> = timed.collect();
    assert_eq!((timed.len(), found.paragraphs.len()), (483, 486));
    assert!(timed == source, "the rows are not those of the file");
}
