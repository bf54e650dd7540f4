//! Import on files that were made to be awkward or hostile: the text, or an error that says what to do.

use std::fs;

use proptest::prelude::*;
use themata::unitize::import::{self, Options};
use themata::words::{Language, say};

use crate::import_real::set;

/// A file's paragraphs, `speaker: text` each, or its error.
pub(crate) fn told(file: &str, bytes: &[u8], encoding: Option<&str>) -> Vec<String> {
    match import::read(file, bytes, &Options { encoding, ..Options::default() }) {
        Err(it) => vec![format!("error {}: {}", it.line.unwrap_or(0), it.what.key)],
        Ok(it) => {
            let draft = it.draft;
            let notes = draft.notes.iter().map(|note| format!("note {}", note.key));
            draft
                .paragraphs
                .iter()
                .map(|paragraph| match paragraph.label {
                    Some(at) => format!("{}: {}", draft.labels[at].text, paragraph.text),
                    None => paragraph.text.clone(),
                })
                .chain(notes)
                .collect()
        }
    }
}

pub(crate) fn check(file: &str, expected: &[&str]) {
    check_in(file, None, expected);
}

fn check_in(file: &str, encoding: Option<&str>, expected: &[&str]) {
    let Some(folder) = set("import-torture") else { return };
    let bytes = fs::read(folder.join(file)).unwrap();
    assert_eq!(told(file, &bytes, encoding), expected, "{file}");
}

#[test]
fn a_word_file_with_everything_in_it_gives_what_was_said() {
    check(
        "everything.docx",
        &[
            "Focus group FG-01",
            "MODERATOR: What changed since the clinic moved?",
            "P1: We waited four hours & nobody came.",
            "P2: I felt sad about it.",
            "P3: First half, second half.",
            "P9: moved line.",
            "P1: It is far.",
            "P2: My aunt came too.",
            "P1: line one line two, well\u{2011}being, cooperate",
            "P2: see the site on 2024.",
            "P3: inside a control.",
            "P3: shown again.",
            "P4: cafe\u{301} and 👩\u{200d}👧 — שלום “ok”.",
            "[text box once]",
            "P4: after the box.",
            "Speaker",
            "Text",
            "P5: Two paragraphs",
            "P5: in one cell.",
            "P6: nested",
            "P6: after nested.",
            "Numbered item (number is not in the text)",
            "END",
            "note import.note.hidden",
            "note import.note.deleted",
            "note import.note.comments",
            "note import.note.footnotes",
        ],
    );
}

#[test]
fn word_files_as_other_programs_write_them() {
    check(
        "plain-pythondocx.docx",
        &[
            "Grupo focal 2",
            "Moderadora: ¿Qué opinan del barrio?",
            "Ana: Está bien, pero “falta luz”.",
            "Luis: Sí. [risas]",
            "Hablante",
            "Texto",
            "Eva: No lo sé…",
        ],
    );
    check("odd-part-name.docx", &["MODERATOR: Strange names.", "P1: Still found."]);
    check("strict.docx", &["P1: Strict namespace."]);
    check("utf16-part.docx", &["P1: UTF-16 part, señal."]);
    check("many-entries.docx", &["P1: among 3000 entries."]);
    check("duplicate-entry.docx", &["P1: SECOND copy."]);
    check("deep-tables.docx", &["P1: deep."]);
}

#[test]
fn damaged_and_hostile_word_files_are_refused_with_the_reason() {
    check("truncated.docx", &["error 0: archive.not_an_archive"]);
    check("empty.docx", &["error 0: import.empty"]);
    check("not-a-zip.docx", &["error 0: import.misnamed"]);
    check("encrypted-ole.docx", &["error 0: import.is.ole"]);
    check("no-document-part.docx", &["error 0: import.docx.no-document"]);
    check("bad-xml.docx", &["error 0: import.docx.xml"]);
    check("bitflip.docx", &["error 0: archive.damaged"]);
    check("xxe.docx", &["error 0: xml.doctype"]);
    check("zipbomb-200MiB.docx", &["error 0: archive.beyond"]);
    check("zipbomb-lying-size.docx", &["error 0: archive.damaged"]);
}

#[test]
fn one_text_in_several_encodings() {
    let lines = ["MODERATOR: ¿Qué tal? “Bien”", "José: Sí… cuesta 5 € — ¡caro!", "Ñusta: «no» sé"];
    for file in ["utf8-bom.txt", "utf16le-bom.txt", "utf16be-bom.txt"] {
        check(file, &lines);
    }
    let guessed: Vec<&str> = lines.into_iter().chain(["note import.note.guessed"]).collect();
    for file in ["utf16le-nobom.txt", "windows-1252.txt"] {
        check(file, &guessed);
    }
    check_in("macroman.txt", Some("macintosh"), &lines);
    check_in(
        "latin-9.txt",
        Some("iso-8859-15"),
        &["MODERATOR: ¿Qué tal? \"Bien\"", "José: Sí... cuesta 5 € - ¡caro!", "Ñusta: «no» sé"],
    );
    check(
        "windows-1250-polish.txt",
        &[
            "MODERATOR: Jak się czujecie?",
            "Kasia: Źle, bo długo czekaliśmy na lekarza.",
            "Łukasz: Zgadzam się, kolejka była ogromna — „straszna”.",
            "note import.note.guessed",
        ],
    );
    check(
        "windows-1251-russian.txt",
        &[
            "МОДЕРАТОР: Как вы себя чувствуете?",
            "Анна: Плохо, мы долго ждали врача.",
            "note import.note.guessed",
        ],
    );
    check(
        "shift-jis.txt",
        &["司会: どうでしたか？", "参加者Ａ: とても長く待ちました。", "note import.note.guessed"],
    );
    check("utf8-broken.txt", &["error 2: import.encoding.broken"]);
}

#[test]
fn characters_that_nobody_sees() {
    check(
        "mixed-eol.txt",
        &["P1: unix", "P2: dos", "P3: old mac", "P4: nel  P5: ls  P6: vt ff end"],
    );
    check("nul-bytes.txt", &["P1: a\u{fffd}b", "P2: okred", "note import.note.controls"]);
    check("nfd.txt", &["JOSÉ: cafe\u{301}", "JOSÉ: café"]);
    check(
        "bidi-zero-width.txt",
        &["P1: zero\u{200b}width \u{202e}evil\u{202c} \u{feff}mid-bom", "P1: same\u{a0}speaker?"],
    );
    let long = format!("P1: {}", ["word"; 40_000].join(" "));
    check("long-line.txt", &[&long]);
}

#[test]
fn every_awkward_file_is_read_or_refused_with_a_way_out_and_soon() {
    let Some(folder) = set("import-torture") else { return };
    let (mut read, mut refused) = (0, 0);
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        match import::read(&name, &fs::read(&path).unwrap(), &Options::default()) {
            Ok(found) => {
                assert!(!found.draft.paragraphs.is_empty(), "{name}");
                read += 1;
            }
            Err(error) => {
                for language in [Language::English, Language::Spanish] {
                    assert!(say(&error.what, language).len() > 20, "{name}");
                    assert!(say(&error.fix, language).len() > 30, "{name}");
                }
                refused += 1;
            }
        }
    }
    assert!(read > 30 && refused > 15, "{read} read, {refused} refused");
}

/// The small files of the collection, to be mutated; a few made-up ones where it is not here.
fn seeds() -> Vec<(String, Vec<u8>)> {
    let folder =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/import-torture");
    let mut seeds: Vec<(String, Vec<u8>)> = vec![
        ("a.txt".to_owned(), "P1: señal “x”\r\n[00:01] Ana: **b** `c`\n(risas)\n".into()),
        (
            "a.vtt".to_owned(),
            "WEBVTT\n\nNOTE x\n\n1\n00:01.000 --> 00:02.000\n<v Ana>a &amp; <i>b</i></v>\n- c\n\n\
             2\n00:02.000 --> 00:03.000\nAna: <ruby>d<rt>e</rt></ruby>\n"
                .into(),
        ),
        (
            "a.srt".to_owned(),
            "1\n00:00:01,000 --> 00:00:02,000\n{\\an8}Ana: a\n\n2\n00:00:02,000 --> 00:00:03,000\n>> b\n".into(),
        ),
        (
            "a.cha".to_owned(),
            "@UTF8\n@Begin\n@Participants:\tMOT Ana Mother\n*MOT:\t<a b> [/] (be)cause &=laughs 0x c@s:spa . \u{15}10_20\u{15}\n%mor:\tx\n\td\n@End\n"
                .into(),
        ),
        ("a.csv".to_owned(), "speaker;text;time\r\nAna;\"a\nb\";00:01\n;c &#8212;;x;y\n".into()),
        (
            "a.log".to_owned(),
            "[2025-01-01T10:00:00Z]\t<A_b>\tx\ny\n00:01:02\tA:\tReplying to \"x\"\n\nz\n12/03/2024, 10:15 - A: b\n".into(),
        ),
        ("a.tr".to_owned(), "1.0|2.0|A|x\n2.0|3|B|y\n3|4|A|z\n4|5|B|u\n5|6|A|w\n".into()),
        (
            "a.json".to_owned(),
            br#"{"language": "en", "segments": [{"start": 1.5, "end": 2, "text": "a", "speaker": 0}, {"text": "b"}]}"#.to_vec(),
        ),
        (
            "b.json".to_owned(),
            br#"{"results": {"transcripts": [], "items": [{"start_time": "1.5", "alternatives": [{"content": "a"}]}]}}"#.to_vec(),
        ),
        (
            "a.md".to_owned(),
            "# T\n**Ana:** *a* [b](c/d) &amp;\n| a | b |\n```\nx\n```\n> q\\\n".into(),
        ),
    ];
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().to_str().unwrap().to_owned();
        if [".docx", ".txt", ".odt", ".vtt", ".srt", ".csv", ".tsv", ".xlsx"]
            .iter()
            .any(|it| name.ends_with(it))
        {
            let bytes = fs::read(entry.path()).unwrap();
            if bytes.len() < 20_000 {
                seeds.push((name, bytes));
            }
        }
    }
    seeds.sort();
    seeds
}

/// One change of a file's bytes.
#[derive(Debug, Clone)]
enum Change {
    Flip(prop::sample::Index, u8),
    Cut(prop::sample::Index),
    Drop(prop::sample::Index, u8),
    Insert(prop::sample::Index, Vec<u8>),
    Repeat(prop::sample::Index, u8),
}

fn change() -> impl Strategy<Value = Change> {
    let at = || any::<prop::sample::Index>();
    prop_oneof![
        4 => (at(), any::<u8>()).prop_map(|(at, bits)| Change::Flip(at, bits)),
        1 => at().prop_map(Change::Cut),
        2 => (at(), any::<u8>()).prop_map(|(at, length)| Change::Drop(at, length)),
        2 => (at(), prop::collection::vec(any::<u8>(), 1..12)).prop_map(|(at, it)| Change::Insert(at, it)),
        1 => (at(), any::<u8>()).prop_map(|(at, length)| Change::Repeat(at, length)),
    ]
}

impl Change {
    fn apply(&self, bytes: &mut Vec<u8>) {
        if bytes.is_empty() {
            return;
        }
        match self {
            Self::Flip(at, bits) => {
                let at = at.index(bytes.len());
                bytes[at] ^= bits;
            }
            Self::Cut(at) => bytes.truncate(at.index(bytes.len())),
            Self::Drop(at, length) => {
                let at = at.index(bytes.len());
                let end = (at + usize::from(*length)).min(bytes.len());
                bytes.drain(at..end);
            }
            Self::Insert(at, new) => {
                let at = at.index(bytes.len());
                bytes.splice(at..at, new.iter().copied());
            }
            Self::Repeat(at, length) => {
                let at = at.index(bytes.len());
                let end = (at + usize::from(*length)).min(bytes.len());
                let again = bytes[at..end].to_vec();
                bytes.splice(at..at, again);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_mutation_of_a_file_makes_import_panic(
        which in any::<prop::sample::Index>(),
        changes in prop::collection::vec(change(), 1..6),
    ) {
        let seeds = seeds();
        let (name, mut bytes) = seeds[which.index(seeds.len())].clone();
        for change in &changes {
            change.apply(&mut bytes);
        }
        told(&name, &bytes, None);
    }

    #[test]
    fn no_bytes_make_import_panic(
        bytes in prop::collection::vec(any::<u8>(), 0..400),
        name in "[a-z]{0,3}(\\.(txt|md|docx|pdf|vtt|srt|json|cha|csv|tsv|xlsx))?",
        encoding in prop::option::of(prop::sample::select(vec!["utf-16le", "shift_jis", "macintosh", "gbk", "x"])),
    ) {
        told(&name, &bytes, encoding);
    }

    #[test]
    fn whatever_a_text_holds_its_words_come_out_in_order(
        text in "((P[12]|Ana|So|\\[id1\\]|[0-9]{1,2}:[0-9]{2}|[a-zé]{1,5})[ :.\\t()*]{0,2}(\\n{0,2}))(([A-Za-z]{1,6}|[0-9]{1,3})[ :.,\\[\\]()*_\\t-]{0,2}(\\n|\\r\\n|\\r)?){0,40}",
    ) {
        // Labels and times may stand apart; nothing else may get lost, and nothing may be new.
        let Ok(found) = import::read("a.txt", text.as_bytes(), &Options::default()) else { return Ok(()) };
        let words = |text: &str| -> Vec<String> {
            text.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty()).map(str::to_owned).collect()
        };
        let mut source = words(&text).into_iter();
        let labels: Vec<String> = found.draft.labels.iter()
            .flat_map(|it| it.spellings.iter().chain([&it.text])).flat_map(|it| words(it)).collect();
        // `0Ana` is the end of a time and a label.
        let apart = |word: &String| {
            let label = word.trim_start_matches(|it: char| it.is_ascii_digit());
            label.is_empty() || labels.contains(word) || labels.iter().any(|it| it == label)
        };
        for word in found.draft.paragraphs.iter().flat_map(|it| words(&it.text)) {
            loop {
                let next = source.next();
                prop_assert!(next.is_some(), "`{word}` is new in {:?}", text);
                let next = next.unwrap();
                if next == word {
                    break;
                }
                prop_assert!(apart(&next), "`{next}` is lost from {:?}", text);
            }
        }
        prop_assert!(source.all(|it| apart(&it)), "the end is lost from {:?}", text);
    }
}
