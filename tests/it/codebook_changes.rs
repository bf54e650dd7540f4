//! The codebook changes while people code: what each command does to decisions, figures and files.

use crate::support::TestStudy;

/// Six units of one case; two coders; `tone` of one code, `topics` of several in a tree.
const CODEBOOK: &str = "
# Our own remarks.
title: Small
version: 1
unit: A turn.
dimensions:
  - id: tone
    select: one
    codes: [{id: warm}, {id: cold}, {id: dry}]
  - id: topics
    select: many
    codes:
      - {id: money}
      - id: people
        codes: [{id: old-ones}, {id: new-ones}]
";

/// A study of six units in case A, coded by two and sealed.
fn study() -> TestStudy {
    let study = TestStudy::empty("en", &["c1", "c2"], CODEBOOK);
    let lines = ["One.", "Two.", "Three.", "Four.", "Five.", "Six."].map(|it| ("P1", it));
    study.import("A", &lines);
    study.cut(&["A:1", "A:2", "A:3", "A:4", "A:5", "A:6"]);
    study
}

/// `warm cold dry none warm cold`: a tone for each unit, in order.
fn toned(study: TestStudy, coder: &str, tones: &str) -> TestStudy {
    let units = (1..).zip(tones.split(' '));
    let decisions: Vec<String> = units.map(|(nth, tone)| format!("A:{nth} tone {tone}")).collect();
    let decisions: Vec<&str> = decisions.iter().map(String::as_str).collect();
    study.coded(coder, &decisions)
}

/// The value of a measure in the output of `agree --format csv`.
fn value(csv: &str, name: &str, measure: &str) -> f64 {
    let row = csv.lines().find(|line| {
        let mut cells = line.split(',').skip(1);
        cells.next() == Some(name) && cells.next() == Some(measure)
    });
    row.unwrap_or_else(|| panic!("{csv}")).split(',').nth(3).unwrap().parse().unwrap()
}

fn alpha(study: &TestStudy, more: &str) -> f64 {
    let line = format!("agree --dimension tone --measure krippendorff_alpha --format csv {more}");
    value(&study.run(&line), "tone", "krippendorff_alpha")
}

fn near(one: f64, other: f64) {
    assert!((one - other).abs() < 1e-9, "{one} {other}");
}

fn fine(seen: &str) -> &str {
    assert!(seen.ends_with("[exit 0]\n"), "{seen}");
    seen
}

#[test]
fn a_renamed_code_keeps_its_decisions_and_no_figure_changes() {
    // c1 decides before the name changes, c2 after it.
    let study = toned(study(), "c1", "warm warm cold dry cold warm");
    let made = study.run("codebook rename warm cordial");
    assert!(fine(&made).contains("warm is called cordial now"), "{made}");
    assert!(made.contains("No figure changes."), "{made}");
    assert!(made.contains("its comments went"), "{made}");
    assert!(study.read("codebook.yaml").contains("replaces: [\"warm\"]"));
    let study = toned(study, "c2", "cordial cold cold dry cold cordial").rest_none("c1");
    let study = study.rest_none("c2").sealed("c1").sealed("c2");
    // By hand: six pairs, one of them warm–cold. Values of both: warm 5, cold 5, dry 2, of 12.
    // Observed disagreement 2/12; expected (144 - 25 - 25 - 4)/(12·11) = 90/132.
    near(alpha(&study, ""), 1.0 - (2.0 / 12.0) / (90.0 / 132.0));
    near(alpha(&study, "--codes current"), 1.0 - (2.0 / 12.0) / (90.0 / 132.0));
    let matrix = study.run("matrix --columns code --dimension tone --format csv");
    assert!(matrix.starts_with("case,cordial,cold,dry\nA,2,2,1\n"), "{matrix}");
    let quotes = study.run("quotes --code cordial --format csv");
    assert_eq!(quotes.lines().filter(|line| line.contains("cordial")).count(), 2, "{quotes}");
    let check = study.run("check");
    assert!(fine(&check).contains("0 problems"), "{check}");
}

#[test]
fn results_name_the_version_that_decisions_were_made_under() {
    let study = toned(study(), "c1", "warm warm cold none none none").rest_none("c1");
    let study = toned(study, "c2", "warm warm cold none none none")
        .rest_none("c2")
        .sealed("c1")
        .sealed("c2");
    let first = study.run("codebook history --format csv").lines().nth(1).unwrap()[..14].to_owned();
    let named = format!("All decisions were made under version {first} (");
    for line in ["agree", "matrix", "discrepancies"] {
        assert!(!fine(&study.run(line)).contains("made under"), "{line}");
    }
    fine(&study.run("codebook set codebook title Larger"));
    assert!(!study.run("matrix").contains("made under"));
    fine(&study.run("codebook set warm definition 'Only laughter.'"));
    for line in ["agree", "matrix", "matrix --format csv", "discrepancies"] {
        let seen = study.run(line);
        assert!(fine(&seen).contains(&named), "{line}: {seen}");
    }
    fine(&study.run("codebook retire cold"));
    assert!(study.run("matrix").contains(". 2 decisions carry a code that is gone."));
}

#[test]
fn what_is_renamed_and_reworded_at_once_is_read_again() {
    // By hand, and by a table: the new wording is not hidden by the new id.
    let study = toned(study(), "c1", "warm warm cold none none none");
    let text = study.read("codebook.yaml");
    let new = "{id: kindly, replaces: [warm], definition: Only laughter.}";
    study.write("codebook.yaml", &text.replace("{id: warm}", new));
    assert_eq!(asked_again(&study, "c1").len(), 6);
    study.write(
        "codes.csv",
        "dimension,code,definition,replaces\ntone,kindly,,\ntone,cool,No smile.,cold\n",
    );
    let line = format!("codebook import {} --missing keep", study.path("codes.csv").display());
    let seen = study.run(&line);
    assert!(fine(&seen).contains("cold is called cool now"), "{seen}");
    assert!(seen.contains("cool: changed;") && seen.contains("--only changed"), "{seen}");
}

#[test]
fn a_difference_says_what_was_renamed_and_history_goes_in_order() {
    let study = study();
    let first = study.run("codebook history --format csv").lines().nth(1).unwrap()[..14].to_owned();
    for line in
        ["codebook rename people persons", "codebook rename tone mood", "codebook rename warm Warm"]
    {
        fine(&study.run(line));
    }
    let made = study.run("codebook set Warm definition 'A smile.'");
    let seen = study.run(&format!("codebook diff {first} --format csv"));
    assert_eq!(
        fine(&seen).lines().skip(1).filter(|it| it.contains(',')).collect::<Vec<_>>(),
        [
            "mood,changed,id,,tone,mood",
            "mood,changed,replaces,,,tone",
            "Warm,changed,id,,warm,Warm",
            "Warm,changed,definition,,,A smile.",
            "Warm,changed,replaces,,,warm",
            "persons,changed,id,,people,persons",
            "persons,changed,replaces,,,people",
        ]
    );
    // Versions that nobody coded with stand in the order in which they were made.
    let history = study.run("codebook history --format csv");
    let ids: Vec<&str> = fine(&history).lines().skip(1).filter_map(|it| it.get(..14)).collect();
    let named = made.split_whitespace().filter(|it| it.starts_with("v-"));
    let made: Vec<&str> = named.map(|it| it.trim_end_matches(';')).collect();
    assert_eq!((ids.len(), ids[0]), (5, first.as_str()), "{history}");
    assert_eq!(&ids[3..], &made[..2], "{history}");
}

#[test]
fn a_renamed_dimension_keeps_its_decisions() {
    let study = toned(study(), "c1", "warm warm cold dry cold warm");
    fine(&study.run("codebook rename tone mood"));
    let study =
        study.coded("c2", &["A:1 mood warm", "A:2 mood cold"]).rest_none("c1").rest_none("c2");
    let study = study.sealed("c1").sealed("c2");
    let csv =
        study.run("agree --dimension mood --level value --measure percent_agreement --format csv");
    near(value(&csv, "mood", "percent_agreement"), 1.0 / 6.0);
    let back = study.run("codebook rename mood tone");
    assert!(fine(&back).contains("mood is called tone now"), "{back}");
    let csv =
        study.run("agree --dimension tone --level value --measure percent_agreement --format csv");
    near(value(&csv, "tone", "percent_agreement"), 1.0 / 6.0);
}

#[test]
fn merged_codes_count_as_decided_in_agreement_and_as_one_in_displays() {
    let study = toned(study(), "c1", "warm warm cold dry cold warm");
    let study = toned(study, "c2", "warm dry cold dry dry cold").rest_none("c1").rest_none("c2");
    let study = study.sealed("c1").sealed("c2");
    // warm 4, cold 4, dry 4 of 12; three pairs differ: 6/12 against (144 - 48)/132.
    let decided = 1.0 - (6.0 / 12.0) / (96.0 / 132.0);
    near(alpha(&study, ""), decided);
    let made = study.run("codebook merge cold dry --into reserved --name Reserved");
    assert!(fine(&made).contains("dry: merged into reserved."), "{made}");
    near(alpha(&study, ""), decided);
    // warm 4, reserved 8; two pairs differ (A:2, A:6): 4/12 against (144 - 16 - 64)/132.
    near(alpha(&study, "--codes current"), 1.0 - (4.0 / 12.0) / (64.0 / 132.0));
    let said = study.run("agree --codes current");
    assert!(said.contains("that takes 1 disagreement away"), "{said}");
    // Agreed under the codebook in force: A:1 warm; A:3, A:4, A:5 reserved.
    let matrix = study.run("matrix --columns code --dimension tone --format csv");
    assert!(matrix.starts_with("case,warm,reserved\nA,1,3\n"), "{matrix}");
    let as_decided =
        study.run("matrix --columns code --dimension tone --codes decided --format csv");
    assert!(as_decided.starts_with("case,warm,reserved\nA,1,\n"), "nobody was asked: {as_decided}");
    let list = study.run("discrepancies --format csv");
    assert_eq!(list.lines().filter(|line| line.contains(",tone,")).count(), 3, "{list}");
    let list = study.run("discrepancies --codes current --format csv");
    assert_eq!(list.lines().filter(|line| line.contains(",tone,")).count(), 2, "{list}");
    // Presence of the codes that were merged is reported as before.
    let presence = study
        .run("agree --level presence --dimension tone --measure percent_agreement --format csv");
    near(value(&presence, "dry", "percent_agreement"), 4.0 / 6.0);
    near(value(&presence, "cold", "percent_agreement"), 4.0 / 6.0);
    let quotes = study.run("quotes --code cold --format csv");
    assert_eq!(quotes.lines().filter(|line| line.contains("reserved")).count(), 3, "{quotes}");
    assert!(fine(&study.run("check")).contains("0 problems"));
    // The meeting talks about what still differs.
    let meeting = study.typed("resolve --present c1,c2", "q\n");
    assert!(!meeting.contains("A:5"), "{meeting}");
}

#[test]
fn a_retired_code_stays_in_the_logs_and_is_counted_as_gone() {
    let study = toned(study(), "c1", "warm warm cold dry cold warm");
    let study = toned(study, "c2", "warm dry cold dry dry cold").rest_none("c1").rest_none("c2");
    let study = study.sealed("c1").sealed("c2");
    let before = alpha(&study, "");
    let made = study.run("codebook retire dry");
    assert!(fine(&made).contains("dry: retired."), "{made}");
    near(alpha(&study, ""), before);
    let matrix = study.run("matrix --columns code --dimension tone --format csv");
    assert!(matrix.starts_with("case,warm,cold\nA,1,1\n"), "{matrix}");
    assert!(matrix.contains("4 decisions carry a code that is gone."), "{matrix}");
    for command in ["agree", "discrepancies", "status"] {
        let seen = study.run(command);
        assert!(seen.contains("4 decisions carry a code that is gone."), "{command}: {seen}");
    }
    let check = study.run("check");
    assert!(check.ends_with("[exit 1]\n"), "{check}");
    assert!(check.contains("coding/c1.csv:5:codes"), "{check}");
    assert!(!check.contains("dry"), "{check}");
    let again = study.run("codebook add code dry --in tone");
    assert!(again.contains("an earlier version") && again.ends_with("[exit 2]\n"), "{again}");
    let undone = study.run("codebook undo");
    assert!(fine(&undone).contains("dry: added."), "{undone}");
    assert_eq!(study.read("codebook.yaml").trim(), CODEBOOK.trim());
    assert!(fine(&study.run("check")).contains("0 problems"));
}

#[test]
fn an_undo_that_would_take_a_code_from_decisions_is_refused_with_their_count() {
    let study = study();
    fine(&study.run("codebook add code angry --in tone --after cold --name Angry"));
    let shown = study.run("codebook show --format csv");
    assert!(shown.contains("tone,cold,,,\ntone,angry,,Angry,\ntone,dry"), "{shown}");
    let study = study.coded("c1", &["A:1 tone angry", "A:2 tone angry", "A:3 tone warm"]);
    let refused = study.run("codebook undo");
    assert!(refused.contains("2 decisions give what the version before does not have: angry"));
    assert!(refused.ends_with("[exit 4]\n"), "{refused}");
    study.decide("c1", None, &["A:1 tone cold", "A:2 tone none"]);
    fine(&study.run("codebook undo"));
    assert!(!study.run("codebook show").contains("angry"));
    let none = study.run("codebook undo");
    assert!(none.ends_with("[exit 4]\n") && none.contains("no command has changed"), "{none}");
}

#[test]
fn a_move_changes_only_the_rows_of_what_it_lay_and_lies_beneath() {
    let study =
        study().coded("c1", &["A:1 topics old-ones", "A:2 topics money", "A:3 topics people"]);
    let study =
        study.coded("c2", &["A:1 topics old-ones", "A:2 topics money", "A:3 topics people"]);
    let study = study.rest_none("c1").rest_none("c2").sealed("c1").sealed("c2");
    let codes = "matrix --columns code --dimension topics --format csv";
    assert!(study.run(codes).starts_with("case,money,people,old-ones,new-ones\nA,1,2,1,0\n"));
    let made = study.run("codebook move old-ones --in money");
    assert!(fine(&made).contains("old-ones: moved."), "{made}");
    let seen = study.run(codes);
    assert!(seen.starts_with("case,money,old-ones,people,new-ones\nA,2,1,1,0\n"), "{seen}");
    let across = study.run("codebook move old-ones --in tone");
    assert!(across.contains("2 decisions give") && across.ends_with("[exit 4]\n"), "{across}");
    let circle = study.run("codebook move money --in old-ones");
    assert!(circle.ends_with("[exit 2]\n"), "{circle}");
    fine(&study.run("codebook move new-ones --in tone"));
    fine(&study.run("codebook move topics --before tone"));
    let shown = study.run("codebook show --format csv");
    assert!(shown.starts_with("dimension,code,parent,name,brief\ntopics,"), "{shown}");
    assert!(shown.contains("tone,new-ones,"), "{shown}");
}

#[test]
fn texts_are_set_in_one_language_and_the_others_stay() {
    let study = toned(study(), "c1", "warm none none none none none");
    let made = study.run("codebook set warm name Warm --minor");
    assert!(fine(&made).contains("warm: the meaning stays."), "{made}");
    assert!(!made.contains("--only changed"), "{made}");
    fine(&study.run("codebook set warm name Cálido --lang es --minor"));
    let yaml = study.read("codebook.yaml");
    assert!(yaml.contains("name: {\"en\": \"Warm\", \"es\": \"Cálido\"}"), "{yaml}");
    let narrowed = study.run("codebook set warm definition 'Only laughter.' --narrowed");
    assert!(fine(&narrowed).contains("warm: narrowed"), "{narrowed}");
    assert!(narrowed.contains("--only changed"), "{narrowed}");
    for (line, status) in [
        ("codebook set warm definition 'Only laughter.'", 2),
        ("codebook set warm colour x", 2),
        ("codebook set wram name x", 2),
        ("codebook set topics scale ordered", 2),
        ("codebook set warm name x --minor --widened", 2),
        ("codebook set codebook title 'Another'", 0),
        ("codebook set tone scale ordered --minor", 0),
        ("codebook set tone select many", 2),
    ] {
        let seen = study.run(line);
        assert!(seen.ends_with(&format!("[exit {status}]\n")), "{line}: {seen}");
    }
    let log = study.read("events.csv");
    assert!(log.contains("warm narrowed"), "{log}");
}

/// The questions that `code --only changed` asks a coder, in order, each left as it is.
fn asked_again(study: &TestStudy, coder: &str) -> Vec<String> {
    let seen =
        study.typed(&format!("code --coder {coder} --only changed --lines"), &"\n".repeat(40));
    let saved = seen.lines().filter_map(|line| line.strip_prefix("saved "));
    saved.map(str::to_owned).collect()
}

#[test]
fn a_re_read_is_proposed_only_where_something_is_to_be_read_again() {
    let proposes = |seen: &str| fine(seen).contains("code --coder NAME --only changed");
    let study = study();
    // Nobody has decided anything yet.
    assert!(!proposes(&study.run("codebook set warm definition 'Only laughter.' --narrowed")));
    let study = toned(study, "c1", "warm none cold none none none");
    // Nobody gave it, then somebody did.
    assert!(!proposes(&study.run("codebook set dry definition 'Of few words.' --narrowed")));
    assert!(proposes(&study.run("codebook set cold definition 'Without a smile.' --narrowed")));
    assert!(!proposes(&study.run("codebook undo")));
    assert!(proposes(&study.run("codebook add code angry --in tone")));
    assert!(!proposes(&study.run("codebook undo")));
}

#[test]
fn a_keyword_that_cannot_be_looked_for_never_gets_into_the_codebook() {
    let study = study();
    for wrong in ["'('", "'good | (a|b)'", "/[/", "'*'"] {
        let refused = study.run(&format!("codebook set warm keywords {wrong}"));
        assert!(refused.contains("is no keyword") && refused.ends_with("[exit 2]\n"), "{refused}");
    }
    fine(&study.run("codebook set warm keywords '(good||kind) | /Two/ | fine'"));
    let found = study.run("find --keywords warm --format csv");
    assert!(fine(&found).contains("A:2"), "{found}");
    study.write("codes.csv", "dimension,code,keywords\ntone,warm,good | [a\n");
    let refused =
        study.run(&format!("codebook import {} --missing keep", study.path("codes.csv").display()));
    assert!(refused.contains("codes.csv:C2: `[a` is no keyword"), "{refused}");
    assert!(refused.ends_with("[exit 3]\n"), "{refused}");
    // A study that has one opens, and `codebook check` points it out with its line.
    let text = study.read("codebook.yaml");
    study.write("codebook.yaml", &text.replace("\"fine\"", "\"fine(\""));
    let seen = study.run("codebook check");
    assert!(seen.contains("warm has a keyword that cannot be looked for: fine("), "{seen}");
    assert!(fine(&study.run("status")).contains("A"));
}

#[test]
fn a_narrowed_code_is_read_again_where_it_was_given_and_nowhere_else() {
    let study = toned(study(), "c1", "warm warm cold dry none warm").rest_none("c1");
    fine(&study.run("codebook set warm definition 'Only laughter.' --narrowed"));
    let seen = study.typed("code --coder c1 --only changed --lines", "q\n");
    assert!(seen.contains("To be read again: warm was narrowed after this decision"), "{seen}");
    let again = asked_again(&study, "c1");
    assert_eq!(again, ["A:1 tone warm", "A:2 tone warm", "A:6 tone warm"]);
    // What was confirmed stands under the codebook in force, and is not asked again.
    let none = study.typed("code --coder c1 --only changed --lines", "");
    assert!(none.contains("nothing to read again for c1"), "{none}");
}

#[test]
fn a_widened_and_an_added_code_are_read_again_where_they_were_not_given() {
    let study = toned(study(), "c1", "warm warm cold dry none warm").rest_none("c1");
    fine(&study.run("codebook set cold brief 'Also irony.' --widened"));
    let others =
        ["A:1 tone warm", "A:2 tone warm", "A:4 tone dry", "A:5 tone none", "A:6 tone warm"];
    assert_eq!(asked_again(&study, "c1"), others);
    fine(&study.run("codebook add code angry --in tone"));
    let answers = "angry\n\n\n0\n\n\n\n";
    let seen = study.typed("code --coder c1 --only changed --lines", answers);
    assert!(seen.contains("angry was added after this decision"), "{seen}");
    assert!(
        seen.contains("saved A:1 tone angry\nsaved A:2 tone warm\nsaved A:3 tone cold\n"),
        "{seen}"
    );
    assert!(seen.contains("saved A:4 tone none\n"), "{seen}");
    // One undo brings the decision back under its own version: it is to be read again.
    fine(&study.run("undo --coder c1"));
    assert_eq!(asked_again(&study, "c1"), ["A:6 tone warm"]);
}

#[test]
fn a_split_and_a_change_without_a_word_are_read_again_wherever_the_dimension_was_decided() {
    let study = toned(study(), "c1", "warm warm cold dry none warm").rest_none("c1");
    fine(&study.run("codebook split cold --into cold ice"));
    assert_eq!(asked_again(&study, "c1").len(), 6);
    fine(&study.run("codebook set dry definition 'Of few words.'"));
    assert_eq!(asked_again(&study, "c1").len(), 6);
    fine(&study.run("codebook set dry definition 'Of few words'  --minor"));
    assert_eq!(asked_again(&study, "c1").len(), 0);
    // What is taken back again needs no reading.
    fine(&study.run("codebook set dry definition 'Dry.' --narrowed"));
    fine(&study.run("codebook undo"));
    assert_eq!(asked_again(&study, "c1").len(), 0);
    // Split into others alone: who gave it has to decide anew.
    fine(&study.run("codebook split dry --into terse laconic"));
    let seen = study.typed("code --coder c1 --only changed --lines", "\n\n\n\nterse\n\n\n\n");
    assert!(seen.contains("it cannot stay as it is"), "{seen}");
    assert!(seen.contains("saved A:4 tone terse\n"), "{seen}");
    assert!(fine(&study.run("check")).contains("0 problems"));
}

#[test]
fn a_file_changed_by_hand_is_read_again_by_what_differs() {
    let study = toned(study(), "c1", "warm warm cold dry none warm").rest_none("c1");
    study.write(
        "codebook.yaml",
        &CODEBOOK.replace("{id: warm}", "{id: warm, definition: Only laughter.}"),
    );
    assert_eq!(asked_again(&study, "c1").len(), 6);
    let now = study.read("codebook.yaml");
    study.write("codebook.yaml", &now.replace("title: Small", "title: Another name\n# a remark"));
    assert_eq!(asked_again(&study, "c1").len(), 0);
}

#[test]
fn sealed_cases_are_read_again_in_a_further_round_and_settlements_in_the_meeting() {
    let study = toned(study(), "c1", "warm warm cold dry cold warm");
    let study = toned(study, "c2", "cold warm cold dry cold warm").rest_none("c1").rest_none("c2");
    let study = study.sealed("c1").sealed("c2");
    let met = study.typed("resolve --present c1,c2", "1\nslip\n\nq\n");
    assert!(met.contains("saved A:1 tone first warm\n"), "{met}");
    assert!(met.contains("Settled 1, left open 0, still to do 0."), "{met}");
    fine(&study.run("codebook set warm definition 'Only laughter.' --narrowed"));
    let listed = study.run("discrepancies");
    assert!(
        listed.contains("1 settled decision rests on a wording that changed since"),
        "{listed}"
    );
    let met = study.typed("resolve --present c1,c2", "2\ndefinition\n\nq\n");
    assert!(met.contains("warm was narrowed after this decision"), "{met}");
    assert!(met.contains("saved A:1 tone second cold\n"), "{met}");
    assert!(!study.run("discrepancies").contains("rests on a wording"), "settled anew");
    let refused = study.typed("code --coder c1 --only changed --lines", "");
    assert!(refused.ends_with("[exit 4]\n"), "{refused}");
    fine(&study.run("round new recode"));
    assert_eq!(asked_again(&study, "c1"), ["A:1 tone warm", "A:2 tone warm", "A:6 tone warm"]);
}

#[test]
fn a_code_is_toggled_and_doubted_under_the_codebook_in_force() {
    let study = toned(study(), "c1", "warm cold dry dry cold warm").rest_none("c1");
    fine(&study.run("codebook merge cold dry --into cold"));
    let seen = study.typed("code --coder c1 --lines", "g A:3 tone\na\ng A:3 tone\nq\n");
    assert!(seen.contains("saved A:3 tone cold\n"), "{seen}");
    fine(&study.run("log --coder c1"));
}
