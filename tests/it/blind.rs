//! Until a coder has sealed, nothing that she decided changes a byte of what anybody else sees.

use crate::desk::CODEBOOK;
use crate::support::TestStudy;

/// What each command shows to whoever does not ask for `c2`'s own work. A command that shows nothing of what was decided
/// has an entry all the same: a new one without an entry fails.
pub(crate) const COMMANDS: &[(&str, &[&str])] = &[
    ("demo", &[]),
    ("init", &[]),
    ("import", &[]),
    ("participants", &["participants"]),
    ("cases", &["cases", "cases show --format csv"]),
    ("split", &["split --by turn"]),
    ("units", &["units show A", "units show --wishes", "units show --changed"]),
    ("guide", &["guide show", "guide check"]),
    ("coder", &["coder"]),
    ("assign", &["assign show", "assign show --coder c1"]),
    (
        "codebook",
        &["codebook show", "codebook check", "codebook history", "codebook history --format json"],
    ),
    ("code", &["code --coder c1 --lines", "code --coder c1 --lines --case B"]),
    ("sheet", &["sheet --coder c1 -o sheet.xlsx --force"]),
    ("pack", &["pack --coder c1 -o pack.html --force"]),
    ("receive", &["receive nowhere.csv", "receive guess.csv --dry-run"]),
    ("memo", &["memo list", "memo list --coder c1", "memo --coder c1 --on A:2 mine"]),
    ("seal", &["seal --coder c1", "seal --coder c1 --again 'once more' --incomplete 'a test'"]),
    ("round", &["round", "round --format csv"]),
    ("status", &["status", "status --format json", "status --coder c1", ""]),
    ("check", &["check"]),
    (
        "agree",
        &[
            "agree",
            "agree --level all --measure all",
            "agree --single include --by case",
            "agree --coders c1,c2",
            "agree --against final",
            "agree --against c1 --coders c2",
            "agree --against final --coders c3",
            "agree --stage after",
            "agree --round main --format json",
            "agree --coders c1@main,c1@main --coder c1",
        ],
    ),
    ("discrepancies", &["discrepancies", "discrepancies --confusion"]),
    ("resolve", &["resolve --present c1", "resolve --present c1 --unit A:2"]),
    (
        "matrix",
        &[
            "matrix",
            "matrix --from any",
            "matrix --from consensus",
            "matrix --from coder:c1 --coder c1",
            "matrix --from coder:c2",
            "matrix --rows coder --columns code",
        ],
    ),
    (
        "display",
        &["display checklist", "display meta-matrix --from any", "display voices --voice marked"],
    ),
    ("cooccur", &["cooccur", "cooccur --from coder:c2", "cooccur --where code=warm"]),
    ("saturation", &["saturation", "saturation --from any"]),
    ("talk", &["talk", "talk --follows"]),
    ("find", &["find coffee", "find coffee --code warm", "find coffee --not-coded warm"]),
    ("words", &["words", "words --by code", "words --where code=warm"]),
    ("claims", &["claims"]),
    ("cite", &["cite paper.md"]),
    ("report", &["report --profile team --format json", "report --profile public --format md"]),
    (
        "quotes",
        &[
            "quotes --where code=warm --from any",
            "quotes --code warm --from coder:c1 --coder c1",
            "quotes --code warm",
            "quotes pick list",
            "quotes pick list --coder c1",
        ],
    ),
    ("log", &["log", "log --coder c1"]),
    ("undo", &["undo --coder c1"]),
    ("export", &["export", "export --coder c1"]),
    ("remove", &["remove A"]),
    ("completions", &[]),
    ("man", &[]),
];

/// All have decided; all but `c2` have sealed. `kind` is what the third coder is, if there is one.
fn study(third: Option<&str>) -> TestStudy {
    let coders: &[&str] = if third.is_some() { &["c1", "c2", "c3"] } else { &["c1", "c2"] };
    let study = TestStudy::of("en", coders, CODEBOOK).coded(
        "c1",
        &["A:2 leadership horizontal", "A:2 tone warm", "A:3-4 tone cold", "B:1 tone none"],
    );
    let Some(kind) = third else { return study };
    let settings = study.read("themata.yaml");
    let of_kind = settings.replace("{id: \"c3\",", &format!("{{id: \"c3\", kind: {kind},"));
    assert_ne!(settings, of_kind, "{settings}");
    study.write("themata.yaml", &of_kind);
    study.coded("c3", &["A:2 leadership horizontal", "A:2 tone cold", "B:1 tone warm"])
}

#[test]
fn every_command_of_the_program_is_looked_at() {
    let known: Vec<&str> = COMMANDS.iter().map(|(name, _)| *name).collect();
    let program = <themata::cli::Cli as clap::CommandFactory>::command();
    for command in program.get_subcommands().map(clap::Command::get_name) {
        assert!(
            known.contains(&command),
            "nobody looked at what `{command}` shows of others' work"
        );
    }
}

#[test]
fn what_a_coder_has_not_sealed_changes_nothing_that_others_see() {
    for third in [None, Some("person"), Some("trainee"), Some("machine")] {
        paired(third);
    }
}

/// Two studies that differ only in what `c2` decided and has not sealed.
fn paired(third: Option<&str>) {
    let one = study(third);
    one.decide("c2", None, &["A:2 leadership horizontal", "A:2 tone warm"]);
    let other = study(third);
    other.decide(
        "c2",
        None,
        &["A:2 leadership none", "A:2 tone cold", "A:5 tone warm", "B:1 tone warm"],
    );
    let memo = other.run("memo --coder c2 --on A:2 'a memo of her own'");
    assert!(memo.contains("[exit 0]"), "{memo}");
    let picked = other
        .run("quotes pick A:2 --code warm --coder c2 --translation 'She alone picked these words'");
    assert!(picked.contains("[exit 0]"), "{picked}");
    other.write("quotes/c2.laptop.csv", "locator,translation\nA:2,she alone picked these words\n");
    for study in [&one, &other] {
        study.run("seal --coder c1 --incomplete 'a test'");
        study.run("seal --coder c3 --incomplete 'a test'");
    }
    // What somebody guesses that she gave.
    let guess = "unit,coder,dimension,codes\nA:2,c2,tone,warm\nA:5,c2,tone,warm\n";
    let outside = tempfile::tempdir().unwrap();
    std::fs::write(outside.path().join("guess.csv"), guess).unwrap();
    let paper = "“She alone picked these words” (P1, Group A: 2).\n\n“Eleven of us turned up” (P1, A: 2).\n";
    std::fs::write(outside.path().join("paper.md"), paper).unwrap();
    let mut shown = 0;
    for command in COMMANDS.iter().flat_map(|(_, lines)| lines.iter()) {
        let beside = |file: &str| one.path(&format!("../{file}")).display().to_string();
        let command = command.replace("sheet.xlsx", &beside("sheet.xlsx"));
        let command = command.replace("pack.html", &beside("pack.html"));
        let given = |file: &str| format!("{}/{file}", outside.path().display());
        let command = command.replace("guess.csv", &given("guess.csv"));
        let command = command.replace("paper.md", &given("paper.md"));
        let seen = one.typed(&command, "q\n");
        assert_eq!(seen, other.typed(&command, "q\n"), "{command} ({third:?})");
        shown += usize::from(seen.contains("[exit 0]"));
    }
    assert!(shown > 12, "only {shown} of the commands show anything");
    // With her own seal her decisions come to light.
    for study in [&one, &other] {
        study.run("seal --coder c2 --incomplete 'a test'");
    }
    assert_ne!(one.run("agree --coders c1,c2"), other.run("agree --coders c1,c2"));
}

#[test]
fn which_of_her_units_another_codes_too_is_told_by_no_command() {
    let with = |units: [&str; 2]| {
        let study = study(None);
        let [one, other] = units;
        let rows = format!("unit,coder,round\nall,c1,all\n{one},c2,all\n{other},c2,all\n");
        study.write("assignments.csv", &rows);
        study
    };
    let (one, other) = (with(["A:2", "B:1"]), with(["A:5", "B:1"]));
    for study in [&one, &other] {
        study.run("seal --coder c1 --incomplete 'a test'");
    }
    let lines = COMMANDS.iter().flat_map(|(_, lines)| lines.iter());
    let changes = ["units join A:2 --reason x", "units split A:2-4 --at 3 --reason x"];
    for command in lines.chain(&changes).filter(|line| !line.contains("c2")) {
        let beside = |file: &str| one.path(&format!("../{file}")).display().to_string();
        let command = command.replace("sheet.xlsx", &beside("sheet2.xlsx"));
        let command = command.replace("pack.html", &beside("pack2.html"));
        assert_eq!(one.typed(&command, "q\n"), other.typed(&command, "q\n"), "{command}");
    }
    assert_ne!(one.run("assign show --lead"), other.run("assign show --lead"));
}
