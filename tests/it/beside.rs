//! What coders write beside their decisions is one thing, wherever they wrote it.

use crate::support::TestStudy;

#[test]
fn notes_that_were_typed_and_memos_of_a_sheet_stand_in_lists_beside_answers_and_in_the_meeting() {
    let study = TestStudy::new();
    let typed = study.typed("code --coder c1 --lines", "m She hesitates.\n1\ne\ne\ne\ne\nq\n");
    assert!(typed.contains("saved A:2 leadership horizontal\n"), "{typed}");
    study.write(
        "c2.csv",
        "unit,dimension,codes,memo\nA:2,leadership,rotating,About the chair.\nA:2,tone,none,\n",
    );
    let came = study.run(&format!("receive {} --coder c2", study.path("c2.csv").display()));
    assert!(came.ends_with("[exit 0]\n"), "{came}");
    let own = study.run("memo list --coder c2 --format csv");
    assert!(own.contains(",A:2,note,About the chair.\n"), "{own}");
    assert!(!own.contains("hesitates"), "{own}");
    let study = study.rest_none("c1").rest_none("c2").sealed("c1").sealed("c2");
    let all = study.run("memo list --format csv");
    assert!(all.contains("She hesitates.") && all.contains("About the chair."), "{all}");
    let beside = study.run("discrepancies --format json");
    for said in ["She hesitates.", "About the chair."] {
        assert!(beside.contains(said), "{beside}");
    }
    let meeting = study.typed("resolve --present c1,c2 --guest ana", "1\nslip\n\nq\n");
    for said in ["» She hesitates.", "» About the chair.", "Settled 1, left open 0"] {
        assert!(meeting.contains(said), "{said}: {meeting}");
    }
    assert!(study.read("consensus.csv").contains("c1; c2; ana"), "the guest was there");
    let refused = study.run("resolve --present c1,Anna");
    assert!(refused.ends_with("[exit 2]\n") && refused.contains("--guest"), "{refused}");
}
