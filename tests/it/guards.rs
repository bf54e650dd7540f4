//! What came from outside, words that were said among it, reaches no terminal, page, picture or spreadsheet unguarded:
//! attacks × places × forms, over every command that there is.

use themata::render::writers::WRITERS;

use crate::blind::COMMANDS;
use crate::desk;
use crate::support::TestStudy;

/// What a terminal obeys: escape, bell, delete, CSI of eight bits, marks that turn the direction of text.
const OBEYED: [char; 7] = ['\u{1b}', '\u{7}', '\u{8}', '\u{7f}', '\u{9b}', '\u{202e}', '\u{2066}'];

/// One text with every attack in it, and words around them by which it is found again.
const ATTACK: &str = "x\u{1b}[31m\u{7}\u{8}\u{7f}\u{9b}2J\u{202e}\u{2066}<script>alert(1)</script>|`*_[a](javascript:b)\\input{c}$&amp;#%{{}}";
/// What a spreadsheet would compute.
const FORMULA: &str = "=HYPERLINK(\"http://x\")";

/// Commands beside those of [`COMMANDS`] that show free text of some place.
const MORE: &[&str] = &[
    "matrix --rows case.formula --columns dimension",
    "matrix --rows participant --cell quotes",
    "matrix --rows topic --columns code",
    "participants --format csv",
    "quotes --code horizontal --from any",
    "discrepancies --confusion",
    "agree --by case",
    "units show A --with-moderator",
    "export --wide coders",
    "no-such-command",
    "matrix --rows 'EVIL'",
    "quotes --code 'EVIL'",
    "--lang 'EVIL' status",
    "agree 'EVIL.csv'",
    "import 'EVIL.txt'",
    "receive 'EVIL.xlsx'",
    "sheet --coder 'EVIL' -o 'EVIL.xlsx'",
    "seal --coder c1 --round 'EVIL'",
    "matrix --where 'EVIL=1'",
    "status -o 'EVIL/x.csv'",
    "agree codings.csv",
    "agree codings.csv --level all --measure all",
    "agree codings.csv --coders 'EVIL,EVIL2'",
    "agree wrong.csv",
];

/// A study in which every place that takes free text holds the attack.
fn study() -> TestStudy {
    let named = format!("Leadership {}", yaml(ATTACK));
    let codebook = desk::CODEBOOK
        .replace("{en: Distributed leadership, es", &format!("{{en: \"{named}\", es"))
        .replace("Accounts of who convenes and decides.", &format!("\"{}\"", yaml(ATTACK)))
        .replace("title: Small", &format!("title: \"{}\"", yaml(ATTACK)))
        .replace("{id: warm}", &format!("{{id: warm, name: \"{}\"}}", yaml(FORMULA)));
    let study = TestStudy::empty("en", &["c1", "c2"], &codebook);
    let said = format!("I wrote the letter, {ATTACK}, and eleven of us came to the first evening.");
    let computed = format!("{FORMULA} is what I typed into the sheet that evening.");
    let (said, computed) = (said.as_str(), computed.as_str());
    let speech =
        [("Moderator", said), ("P1", said), ("P2", computed), ("", ATTACK), ("P1", computed)];
    study.import("A", &speech);
    study.import("B", &[("P3", said)]);
    study.cut(&["A:1 prompt", "A:2", "A:3-4", "A:5", "B:1"]);
    let cell = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    for (file, column) in [("cases.csv", 1), ("participants.csv", 1), ("transcripts.csv", 2)] {
        let mut lines: Vec<String> = study.read(file).lines().map(str::to_owned).collect();
        lines[0].push_str(&format!(",{},formula", cell(&format!("a{ATTACK}"))));
        for line in lines.iter_mut().skip(1) {
            let mut cells: Vec<String> = line.split(',').map(str::to_owned).collect();
            cells[column] = cell(ATTACK);
            *line = format!("{},{},{}", cells.join(","), cell(ATTACK), cell(FORMULA));
        }
        study.write(file, &(lines.join("\n") + "\n"));
    }
    let settings = study.read("themata.yaml");
    study.write("themata.yaml", &settings.replace("Small", &yaml(ATTACK)));
    study.write("guide.csv", &format!("topic,question,text\nstart,q1,{}\n", cell(ATTACK)));
    for (coder, tone) in [("c1", "warm"), ("c2", "cold")] {
        for (on, text) in [("A:2", ATTACK), ("study", FORMULA)] {
            let seen = study.run(&format!("memo --coder {coder} --on {on} '{text}'"));
            assert!(seen.contains("[exit 0]"), "{seen}");
        }
        let file = format!("{coder}.csv");
        let rows = format!(
            "unit,dimension,codes,memo\nA:2,leadership,horizontal,{}\nA:3-4,tone,{tone},{}\nB:1,tone,warm,\n",
            cell(ATTACK),
            cell(FORMULA)
        );
        study.write(&file, &rows);
        let path = study.path(&file).display().to_string();
        let seen = study.run(&format!("receive {path} --coder {coder}"));
        assert!(seen.contains("[exit 0]"), "{seen}");
        let seen = study.run(&format!("seal --coder {coder} --incomplete '{ATTACK}'"));
        assert!(seen.contains("[exit 0]"), "{seen}");
    }
    let codings =
        format!("unit,{0},{1}\n{0},{0},{1}\n2,{1},{1}\n3,{0},a\n", cell(ATTACK), cell(FORMULA));
    study.write("codings.csv", &codings);
    study.write("wrong.csv", &format!("unit,ann,bo\n{0},{0}\n{0},a,b\n{0},a,b\n", cell(ATTACK)));
    study
}

/// The text as YAML has it between quotation marks.
fn yaml(text: &str) -> String {
    let quoted = serde_json::Value::from(text).to_string();
    quoted.trim_matches('"').replace('\u{7f}', "\\x7f").replace('\u{9b}', "\\x9b")
}

/// What is wrong with a result in a form.
fn wrong(form: &str, out: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(out);
    let has = |what: &str| text.contains(what).then(|| format!("{what:?} stands in {form}"));
    let obeyed =
        || OBEYED.iter().find(|it| text.contains(**it)).map(|it| format!("{it:?} in {form}"));
    match form {
        "csv" | "tsv" => {
            let mark = if form == "csv" { b',' } else { b'\t' };
            let mut reader = csv::ReaderBuilder::new()
                .delimiter(mark)
                .flexible(true)
                .has_headers(false)
                .from_reader(out);
            let rows = reader.records().filter_map(Result::ok);
            let formula = rows.flat_map(|row| row.iter().map(str::to_owned).collect::<Vec<_>>());
            formula
                .into_iter()
                .find(|cell| cell.starts_with("=HYPER"))
                .map(|_| format!("a formula in {form}"))
        }
        "json" if out.is_empty() => None,
        "json" => serde_json::from_slice::<serde_json::Value>(out).err().map(|it| it.to_string()),
        "xlsx" | "docx" => {
            let mut zip = zip::ZipArchive::new(std::io::Cursor::new(out)).ok()?;
            (0..zip.len()).find_map(|at| {
                let mut part = zip.by_index(at).ok()?;
                let mut xml = String::new();
                std::io::Read::read_to_string(&mut part, &mut xml).ok()?;
                let obeyed = form == "docx" && OBEYED.iter().any(|it| xml.contains(*it));
                (obeyed || xml.contains("<f>") || xml.contains("<script"))
                    .then(|| format!("{:?} of {form}", part.name()))
            })
        }
        "svg" => {
            let mut reader = quick_xml::Reader::from_reader(out);
            let mut events = std::iter::from_fn(|| match reader.read_event() {
                Ok(quick_xml::events::Event::Eof) => None,
                read => Some(read.map(|_| ())),
            });
            let broken = events.find_map(Result::err).map(|it| format!("{it} in svg"));
            broken.or_else(obeyed).or_else(|| has("<script"))
        }
        "md" => obeyed().or_else(|| {
            text.replace("\\<", "").contains("<script>").then(|| "a script in md".to_owned())
        }),
        "html" => obeyed().or_else(|| has("<script>alert")).or_else(|| has("(javascript:b)\">")),
        "latex" => obeyed().or_else(|| has("\\input{c}")),
        _ => obeyed(),
    }
}

#[test]
fn nothing_from_outside_is_obeyed_computed_or_run_in_any_form_of_any_command() {
    let study = study();
    let beside = tempfile::tempdir().unwrap();
    let lines = COMMANDS.iter().flat_map(|(_, lines)| lines.iter()).chain(MORE);
    let mut faults = Vec::new();
    let mut shown = std::collections::BTreeSet::new();
    for line in lines {
        let line = line.replace("EVIL", ATTACK);
        let place = |line: String, file: &str| {
            line.replace(file, &beside.path().join(file).display().to_string())
        };
        let line = ["sheet.xlsx", "pack.html", "guess.csv"].into_iter().fold(line, place);
        let line = ["codings.csv", "wrong.csv"].into_iter().fold(line, |line: String, file| {
            line.replace(file, &study.path(file).display().to_string())
        });
        let asked = line.contains("--format") || line.contains("remove");
        let forms: Vec<&str> = if asked {
            vec![""]
        } else {
            std::iter::once("").chain(WRITERS.iter().map(|it| it.name)).collect()
        };
        for form in forms {
            let command =
                if form.is_empty() { line.clone() } else { format!("{line} --format {form}") };
            let (status, out, err) = study.bytes(&command, "q\n");
            if status == 2 && !form.is_empty() {
                continue;
            }
            let form = match line.split_once("--format ") {
                Some((_, form)) => form.split(' ').next().unwrap_or_default(),
                None => form,
            };
            // A list that goes into a file or a program is whole; for people it is a page.
            let form = if form.is_empty() && line.starts_with("export") { "csv" } else { form };
            faults.extend(wrong(form, &out).map(|it| format!("{command:?}: {it}")));
            faults.extend(wrong("", &err).map(|it| format!("{command:?}, said: {it}")));
            if status == 0 && !out.is_empty() {
                shown.insert(form.to_owned());
            }
        }
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
    assert_eq!(shown.len(), WRITERS.len() + 1, "every form showed something: {shown:?}");
}
