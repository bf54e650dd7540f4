//! Codebooks as tables: given, revised and brought in, from ours and from other programs; and codes that coders propose.

use rust_xlsxwriter::Workbook;

use crate::support::{TestStudy, run_outside};

fn fine(seen: &str) -> &str {
    assert!(seen.ends_with("[exit 0]\n"), "{seen}");
    seen
}

#[test]
fn a_codebook_given_as_a_table_and_brought_in_again_is_the_same() {
    let study = TestStudy::new();
    for file in ["codes.csv", "codes.tsv", "codes.xlsx"] {
        fine(&study.run(&format!("codebook export -o {}", study.path(file).display())));
        let seen = study.run(&format!("codebook import {}", study.path(file).display()));
        assert!(fine(&seen).contains("No difference in wording"), "{file}: {seen}");
    }
    let csv = study.run("codebook export --format csv");
    assert!(
        csv.starts_with("dimension,code,parent,name_en,name_es,brief_en,brief_es,definition,"),
        "{csv}"
    );
}

#[test]
fn a_wrong_id_is_shown_with_its_line_however_the_file_is_written() {
    let study = TestStudy::new();
    for codes in [
        "      - {id: warm}\n      - {id: kind}",
        "      - {id: warm}\n      - name: Kind\n        id: kind",
        "      - {id: warm}\n      - {name: Kind, id: kind}",
        "      - {id: warm}\n      - \"id\": \"kind\"",
    ] {
        let text = study.read("codebook.yaml").replace("      - {id: warm}", codes);
        study.write("wrong.yaml", &text);
        let line = 1 + text.lines().take_while(|it| !it.contains("kind")).count();
        let seen = study.run(&format!("codebook check {}", study.path("wrong.yaml").display()));
        assert!(seen.contains(&format!("wrong.yaml:{line}: this word means")), "{seen}");
    }
}

#[test]
fn texts_with_bars_and_line_breaks_come_back_as_they_were() {
    let study = TestStudy::new();
    let codebook = study.read("codebook.yaml");
    let bars =
        r#"{id: warm, examples: ["a|b", "first\nsecond", "||"], keywords: ["(x|y)", "z||"]}"#;
    study.write("codebook.yaml", &codebook.replace("{id: warm}", bars));
    for file in ["codes.csv", "codes.xlsx"] {
        fine(&study.run(&format!("codebook export -o {}", study.path(file).display())));
        let seen = study.run(&format!("codebook import {}", study.path(file).display()));
        assert!(fine(&seen).contains("No difference in wording"), "{file}: {seen}");
    }
    // A new study made of the table says each text as one too, bars and all.
    let made = study.path("made");
    let line = format!("init {} --codebook {}", made.display(), study.path("codes.csv").display());
    fine(&run_outside(&line));
    let shown = run_outside(&format!("-C {} codebook show warm --format json", made.display()));
    for whole in ["\"(x|y)\"", "\"z||\"", "\"a|b\"", "\"||\""] {
        assert!(shown.contains(whole), "{whole}: {shown}");
    }
}

#[test]
fn a_revised_table_shows_the_difference_first_and_keeps_history() {
    let study = TestStudy::new().coded("c1", &["A:2 tone cold", "A:5 tone warm"]);
    let file = study.path("revised.csv");
    study.write("revised.csv", "dimension,code,parent,definition,replaces\nleadership,horizontal,,Nobody leads alone.,\nleadership,rotating,,,\nleadership,chair,rotating,,\ntone,warm,,,\ntone,cool,,,cold\ntone,angry,,,\n");
    let line = format!("codebook import {} --narrowed", file.display());
    let dry = study.run(&format!("{line} --dry-run"));
    assert!(
        fine(&dry).contains("Nobody leads alone.") && dry.contains("Nothing was written"),
        "{dry}"
    );
    assert!(!study.run("codebook show").contains("angry"));
    let made = study.run(&line);
    for said in ["horizontal: narrowed", "cold is called cool now", "angry: added"] {
        assert!(fine(&made).contains(said), "{said}: {made}");
    }
    let quotes = study.run("quotes --code cool --from coder:c1 --coder c1 --format csv");
    assert!(quotes.contains("A:2") && quotes.contains(",cool,"), "{quotes}");
    // What the table does not name is not dropped in silence.
    study.write("less.csv", "dimension,code\ntone,warm\n");
    let refused = study.run(&format!("codebook import {}", study.path("less.csv").display()));
    assert!(refused.contains("horizontal") && refused.ends_with("[exit 2]\n"), "{refused}");
    let kept =
        study.run(&format!("codebook import {} --missing keep", study.path("less.csv").display()));
    fine(&kept);
    assert!(study.run("codebook show").contains("angry"));
    fine(
        &study
            .run(&format!("codebook import {} --missing retire", study.path("less.csv").display())),
    );
    assert!(!study.run("codebook show").contains("horizontal"));
    fine(&study.run("codebook undo"));
    assert!(study.run("codebook show").contains("horizontal"));
}

/// The tree of a study made with a table of codes: ids, parents shown by dots.
fn made_of(name: &str, text: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(name);
    std::fs::write(&file, text).unwrap();
    let study = folder.path().join("study");
    let seen = run_outside(&format!("init '{}' --codebook '{}'", study.display(), file.display()));
    if !seen.ends_with("[exit 0]\n") {
        return seen;
    }
    assert!(seen.contains("Its codebook is yours"), "{seen}");
    run_outside(&format!("-C '{}' codebook show --format csv", study.display()))
}

#[test]
fn tables_of_other_programs_are_read_by_their_columns() {
    for (name, text, holds) in [
        (
            "taguette.csv",
            "tag,description,number of highlights\ntrust,How far people rely on one another,4\nrole.chair,Who chairs,2\n",
            "trust,,trust,",
        ),
        (
            "requal.csv",
            "code_id,code_name,code_description,code_color\n1,Trust,How far,red\n2,Doubt,How little,blue\n",
            "Doubt,,Doubt,",
        ),
        (
            "dedoose.csv",
            "Id,Parent Id,Depth,Title,Description\n1,,0,Leadership,Who leads\n2,1,1,Chair,Who chairs\n3,1,1,Minutes,Who writes\n",
            "Leadership,Chair,,Chair,",
        ),
        (
            "maxqda.csv",
            "Parent code;Code;Code memo;Coded segments\n;Leadership;Who leads;3\nLeadership;Chair;Who chairs;2\n",
            "Leadership,Chair,,Chair,",
        ),
        (
            "qualcoder.csv",
            "category,code,memo\nLeadership,Chair,Who chairs\nTone,Warm,\n",
            "Tone,Warm,,Warm,",
        ),
        (
            "spanish.csv",
            "dimensión;código;padre;definición\nLiderazgo;Presidencia;;Quién preside\nLiderazgo;Rotación;Presidencia;\n",
            "Liderazgo,Rotacion,Presidencia,",
        ),
        (
            "titled.csv",
            "Codebook of the Leeds team,,\n,,\ndimension,code,definition\nTone,warm,Kind words\n",
            "Tone,warm,,warm,",
        ),
        (
            "title-alone.csv",
            "Our codebook 2026\nteam Leeds\n\nTheme,Code name,Definition,Inclusion criteria,Example\nTrust,Deep,Very,when said,\"a; b\"\n",
            "Trust,Deep,,Deep,",
        ),
        (
            "numbered.csv",
            "id;name;memo;parent\n1;Leadership;Who leads;\n2;Chair;Who chairs;1\n3;Guest;From outside;2\n",
            "Leadership,Guest,Chair,Guest,",
        ),
        (
            "nvivo.csv",
            "Name,Description,Files,References\nNodes\\\\Trust,How far,3,9\nNodes\\\\Trust\\Deep,,1,2\n",
            "Trust,Deep,,Deep,",
        ),
        (
            "system.tsv",
            "Code System\tMemo\tFrequency\nTrust\tHow far\t3\nTrust\\Deep\t\t1\n",
            "Trust,Deep,,Deep,",
        ),
        // Outline numbers: before the codes, in a column of their own, as the codes themselves.
        (
            "outline.csv",
            "Kategorie;Definition\nK1 Vertrauen;Wie sehr\nK1.1 Tiefe;\nK1.2 Breite;\nK2 Zweifel;\n",
            "all-codes,Tiefe,Vertrauen,Tiefe,",
        ),
        (
            "outline-column.csv",
            "No.,Code,Definition\n1,Trust,How far\n1.1,Deep,\n1.1.1,At work,\n2,Doubt,\n",
            "all-codes,At-work,Deep,At work,",
        ),
        (
            "outline-dots.csv",
            "code,memo\n1. Trust,\n1.1. Deep,\n1.2) Broad,\n2. - Doubt,\n2.a Small,\n",
            "Doubt,Small,,Small,",
        ),
        ("outline-alone.csv", "Code,Name\nA,Trust\nA.1,Deep\nB,Doubt\n", "all-codes,A-1,A,Deep,"),
        (
            "outline-roman.csv",
            "code,memo\nI. Trust,\nI.1 Deep,\nII. Doubt,\nII.1 Small,\n",
            "Doubt,Small,,Small,",
        ),
        (
            "outline-brackets.csv",
            "code,memo\n(1) Trust,\n(1.1) Deep,\n(2) Doubt,\n(2.1)\u{a0}Small,\n",
            "Doubt,Small,,Small,",
        ),
        // No outline: a number is missing above, or nothing lies beneath anything.
        ("broken.csv", "code\n1.1 Deep\n2 Doubt\n", "all-codes,C1-1-Deep,,1.1 Deep,"),
        ("years.csv", "code,memo\n2019 plan,\n2020 plan,\n", "all-codes,C2019-plan,,2019 plan,"),
        // Two last steps of one name would be one code: they stay as they are written.
        ("same.csv", "code\nTrust\\Other\nDoubt\\Other\n", ",Trust-Other,,Trust\\Other,"),
    ] {
        let seen = made_of(name, text.as_bytes());
        assert!(seen.contains(holds), "{name}: {seen}");
    }
}

#[test]
fn what_is_no_table_of_codes_is_refused_with_what_to_do() {
    for (name, text, says) in [
        ("codes.csv", "sum,remark\n1,x\n", "no column names codes; the headings are:"),
        ("codes.csv", "dimension,code\nTone,1-Feb\n", "a day that a spreadsheet made"),
        ("codes.csv", "%PDF-1.4 …", "this file is PDF"),
        ("codes.csv", "{\"codes\": []}", "this file is JSON"),
        ("codes.qdc", "<?xml version=\"1.0\"?><CodeBook/>", "export its codes as a table"),
    ] {
        let seen = made_of(name, text.as_bytes());
        assert!(seen.contains(says), "{says}: {seen}");
        assert!(seen.ends_with("[exit 3]\n") || seen.ends_with("[exit 2]\n"), "{seen}");
    }
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in
        [["Our codes", ""], ["dimension", "code"], ["Tone", "2026-01-02"]].iter().enumerate()
    {
        for (column, text) in cells.iter().enumerate() {
            sheet.write(row as u32, column as u16, *text).unwrap();
        }
    }
    let seen = made_of("codes.xlsx", &book.save_to_buffer().unwrap());
    assert!(seen.contains("codes.xlsx:B3"), "{seen}");
}

#[test]
fn init_says_whose_codebook_it_wrote() {
    let folder = tempfile::tempdir().unwrap();
    let seen = run_outside(&format!("init '{}'", folder.path().join("a").display()));
    assert!(
        fine(&seen).contains("comes with the program") && seen.contains("--codebook FILE"),
        "{seen}"
    );
    let seen =
        run_outside(&format!("init '{}' --codebook empty", folder.path().join("b").display()));
    assert!(fine(&seen).contains("Its codebook is empty"), "{seen}");
}

#[test]
fn a_proposed_code_is_unseen_until_sealed_and_adopted_alone_renamed_or_merged() {
    let study = TestStudy::new();
    let seen =
        study.typed("code --coder c1 --lines", "+ Shared minutes: All write them.\n+\n1\nq\n");
    assert!(seen.contains("proposed: Shared minutes"), "{seen}");
    assert!(seen.contains("write after `+` what the code would be called"), "{seen}");
    assert!(seen.contains("saved A:2 leadership horizontal\n"), "{seen}");
    fine(&study.run("codebook propose --coder c2 'Cool head' --in tone --brief 'Calm.'"));
    fine(&study.run("codebook propose --coder c2 lukewarm --in tone"));
    let own = study.run("codebook propose --coder c1 --format csv");
    assert!(own.contains("c1#1,leadership,,,Shared minutes,All write them.,"), "{own}");
    assert!(!own.contains("Cool head"), "{own}");
    for line in ["codebook adopt", "codebook adopt c2#1"] {
        let refused = study.run(line);
        assert!(refused.ends_with("[exit 4]\n") && !refused.contains("Cool head"), "{refused}");
    }
    let log = study.read("coding/c1.csv");
    let study = study.sealed("c1").sealed("c2");
    assert!(
        fine(&study.run("codebook adopt --format csv")).contains("c2#1,tone,,,Cool head,Calm.,")
    );
    let alone = study.run("codebook adopt c1#1");
    assert!(fine(&alone).contains("Shared-minutes: added"), "{alone}");
    fine(&study.run("codebook adopt c2#1 --id calm"));
    let merged = study.run("codebook adopt c2#2 --into warm");
    assert!(fine(&merged).contains("c2#2 is adopted"), "{merged}");
    let listed = study.run("codebook adopt --format csv");
    assert!(listed.contains(",calm\n") && listed.contains(",warm\n"), "{listed}");
    assert!(study.run("codebook show calm").contains("Cool head"));
    let twice = study.run("codebook adopt c2#1");
    assert!(twice.ends_with("[exit 2]\n") && twice.contains("as `calm` before"), "{twice}");
    assert!(study.run("codebook adopt c9#1").ends_with("[exit 2]\n"));
    assert_eq!(study.read("coding/c1.csv"), log);
}
