//! Until a coder has sealed, nothing that she decided changes a byte of what anybody else sees.

use crate::desk::CODEBOOK;
use crate::support::TestStudy;

/// Whatever shows something without being asked for `c2`'s own work.
const COMMANDS: [&str; 32] = [
    "",
    "status",
    "status --format json",
    "check",
    "participants",
    "coder",
    "codebook show",
    "codebook check",
    "codebook history",
    "codebook history --format json",
    "units show A",
    "log",
    "log --coder c1",
    "memo list",
    "memo list --coder c1",
    "round",
    "agree",
    "agree --level all --measure all",
    "agree --single include --by case",
    "agree --coders c1,c2",
    "discrepancies",
    "discrepancies --confusion",
    "matrix",
    "matrix --from any",
    "matrix --from consensus",
    "matrix --from coder:c1 --coder c1",
    "matrix --from coder:c2",
    "matrix --rows coder --columns code",
    "quotes --code warm --from coder:c1 --coder c1",
    "quotes --code warm",
    "export",
    "export --coder c1",
];

/// Both have decided; one has sealed.
fn study() -> TestStudy {
    TestStudy::of("en", &["c1", "c2"], CODEBOOK).coded(
        "c1",
        &["A:2 leadership horizontal", "A:2 tone warm", "A:3-4 tone cold", "B:1 tone none"],
    )
}

#[test]
fn what_a_coder_has_not_sealed_changes_nothing_that_others_see() {
    let one = study();
    one.decide("c2", None, &["A:2 leadership horizontal", "A:2 tone warm"]);
    let other = study();
    other.decide(
        "c2",
        None,
        &["A:2 leadership none", "A:2 tone cold", "A:5 tone warm", "B:1 tone warm"],
    );
    let memo = other.run("memo --coder c2 --on A:2 'a memo of her own'");
    assert!(memo.contains("[exit 0]"), "{memo}");
    for study in [&one, &other] {
        study.run("seal --coder c1 --incomplete 'a test'");
    }
    let mut shown = 0;
    for command in COMMANDS {
        let seen = one.run(command);
        assert_eq!(seen, other.run(command), "{command}");
        shown += usize::from(seen.contains("[exit 0]"));
    }
    assert!(shown > 12, "only {shown} of the commands show anything");
    // With her own seal her decisions come to light.
    for study in [&one, &other] {
        study.run("seal --coder c2 --incomplete 'a test'");
    }
    assert_ne!(one.run("agree"), other.run("agree"));
}
