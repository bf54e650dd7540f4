//! What a person names is found by id or by name, and a slip is answered alike in every command.

use crate::support::{TestStudy, run_outside};

fn study() -> TestStudy {
    TestStudy::new()
        .coded("c1", &["A:2 leadership horizontal", "A:2 tone warm", "A:3-4 leadership chair"])
        .rest_none("c1")
        .coded("c2", &["A:2 leadership horizontal", "A:2 tone cold", "A:3-4 leadership chair"])
        .rest_none("c2")
        .sealed("c1")
        .sealed("c2")
}

#[test]
fn a_name_is_taken_wherever_an_id_is_in_any_language_of_the_codebook() {
    let study = study();
    let same = |by_id: &str, by_name: &str| {
        let (id, name) = (study.run(by_id), study.run(by_name));
        assert_eq!(id, name, "{by_name}");
        assert!(name.ends_with("[exit 0]\n"), "{by_name}\n{name}");
    };
    same("quotes --code rotating", "quotes --code 'ROTATING  roles'");
    same("quotes --code rotating", "quotes --code 'Roles rotatorios'");
    same("quotes --code chair", "quotes --code 'rota la présidencia'");
    same("matrix --case A", "matrix --case 'group a'");
    same("matrix --case A,B", "matrix --case 'Group A, Group B'");
    same("matrix --dimension leadership", "matrix --dimension 'Distributed Leadership'");
    same("discrepancies --case A", "discrepancies --case 'Group - A'");
    same("agree --case A", "agree --case 'Group A'");
    same("units show A", "units show 'Group A'");
    same("units show --case B", "units show --case 'GROUP B'");
    same("codebook show horizontal", "codebook show Horizontal");
    same("log --coder c1", "log --coder C1");
}

#[test]
fn a_slip_is_shown_back_with_what_may_have_been_meant_and_what_is_there() {
    let study = study();
    let refused = |line: &str, what: &str, fix: &str| {
        let seen = study.run(line);
        assert!(seen.contains(&format!("error: {what}\n")), "{line}\n{seen}");
        assert!(seen.contains(&format!("  fix: {fix}")), "{line}\n{seen}");
        assert!(seen.ends_with("[exit 2]\n"), "{line}\n{seen}");
    };
    let codes = "known: leadership, horizontal, rotating, chair, tone, warm, cold";
    refused(
        "quotes --code 'Horizontal and facilitated'",
        "there is no code `Horizontal and facilitated`",
        &format!("did you mean `horizontal`? {codes}"),
    );
    refused("quotes --code wram", "there is no code `wram`", "did you mean `warm`? known: ");
    refused("quotes --code 50%", "there is no code `50%`", codes);
    refused("matrix --case 'Grup A'", "there is no case `Grup A`", "did you mean `A`? known: A, B");
    refused("matrix --dimension tones", "there is no dimension `tones`", "did you mean `tone`?");
    refused("discrepancies --round mian", "there is no round `mian`", "did you mean `main`?");
    refused("seal --coder c3", "there is no coder `c3`", "known: c1, c2; add one with");
    refused("export --coder nobody", "there is no coder `nobody`", "known: c1, c2; add one with");
    refused("units show Z", "there is no transcript `Z`", "known: A, B");
    refused("memo --coder c1 --on case:Z x", "there is no case `Z`", "known: A, B");
    refused(
        "participants set P9 --quotes no",
        "there is no participant `P9`",
        "known: Moderator, P1, P2, P3",
    );
    refused("codebook show warmth", "there is no code `warmth`", "did you mean `warm`?");
}

#[test]
fn a_name_that_several_bear_is_refused_with_their_ids() {
    let study = study();
    study.write("cases.csv", "case,name\nA,The same\nB,the  same\n");
    let seen = study.run("matrix --case 'The Same'");
    assert!(seen.contains("error: `The Same` may mean several: A, B\n"), "{seen}");
    assert!(seen.contains("  fix: name one of them by its id\n"), "{seen}");
}

#[test]
fn a_slip_changes_nothing_and_a_name_that_fits_one_is_that_one() {
    let study = TestStudy::new();
    let people = study.read("participants.csv");
    let seen = study.run("participants merge P1x P2");
    assert!(seen.contains("error: there is no participant `P1x`\n"), "{seen}");
    assert!(seen.contains("did you mean `P1`? known: Moderator, P1, P2, P3"), "{seen}");
    let seen = study.run("split aa");
    assert!(seen.contains("error: there is no transcript `aa`\n"), "{seen}");
    assert_eq!(study.read("participants.csv"), people);
    let seen = study.run("participants merge p1 P2");
    assert!(seen.contains("P1 is now P2\n"), "{seen}");
}

#[test]
fn what_was_elided_before_a_word_is_not_counted_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let (study, talk) = (folder.path().join("s"), folder.path().join("un.txt"));
    let lines = [
        "Animateur: Alors, qu'est-ce que l'école pour vous ?",
        "Lucie: Je crois que l'école, c'était surtout les copains et l'atelier du jeudi.",
        "Marc: Qu'il y ait une école ou pas, d'abord il faut l’atelier, aujourd'hui encore.",
        "Lucie: Oui, dans cette école on avait un atelier, et jusqu'à midi on restait là.",
    ];
    std::fs::write(&talk, lines.join("\n")).unwrap();
    run_outside(&format!("init {} --coder c1", study.display()));
    run_outside(&format!("-C {} import {} --language fr", study.display(), talk.display()));
    run_outside(&format!("-C {} split --by turn", study.display()));
    let seen = run_outside(&format!("-C {} words --format csv", study.display()));
    assert!(seen.contains("\nécole,3,2,1\n") && seen.contains("\natelier,3,2,1\n"), "{seen}");
    for elided in ["l'", "c'", "qu'", "d'"] {
        assert!(!seen.contains(&format!("\n{elided}")), "{elided}: {seen}");
    }
}
