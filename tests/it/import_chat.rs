//! Import of CHAT transcripts: made-up ones, and published ones that lie beside the repository.

use std::fs;

use expect_test::expect;

use crate::import::{imported, shown};
use crate::import_captions::{add, assert_same, turns};
use crate::import_real::set;

#[test]
fn main_tiers_are_speech_and_participants_have_their_roles() {
    let text = "@UTF8\n@Begin\n@Languages:\teng, spa\n@Participants:\tINV Ann Investigator ,\n\tMOT Mother, P1 Participant\n\
        @Situation:\ttalking\n*INV:\twhat is <it> [/] it ? \u{15}1000_2500\u{15}\n%mor:\tpro:wh|what\n%com:\tnot\n\tspeech\n\
        *MOT:\tI dunno [: don't know] &=laughs .\n*MOT:\tit's (be)cause\n\tof that . \u{15}2600_4000\u{15}\n\
        *MOT:\tlater . \u{15}9000_9500\u{15}\n        and more . \u{15}9600_\u{15}\n*P1:\t0 .\n*P1:\txxx .\n@End\n";
    expect![[r#"
        [00:00:01] INV | what is it it?
        MOT | I dunno [laughs]. it's because of that.
        [00:00:09] MOT | later. and more.
        P1 | xxx.
        = INV, moderator, 1 times: the file names its speakers: Ann Investigator
        = MOT, unknown, 4 times: the file names its speakers: Mother
        = P1, participant, 1 times: the file names its speakers: Participant
        * 4 headers (@) were left out
        * 2 dependent tiers (%) were left out
        * 5 codes in the speech were left out or written out: [/], &=laughs, (be)cause
    "#]]
    .assert_eq(&shown(&imported("a.txt", text.as_bytes()).draft));
}

/// The turns of a file, read here in a way of its own: what stands between tabs and bullets on main tiers
/// of files that hardly have codes. `(speaker, words)` each.
fn source(text: &str) -> Vec<(String, String)> {
    let mut turns = Vec::new();
    let mut speaker = None;
    for line in text.lines() {
        let said = match line.strip_prefix('*').and_then(|it| it.split_once(':')) {
            Some((who, said)) => {
                speaker = Some(who.to_owned());
                said
            }
            None if line.starts_with([' ', '\t']) => line,
            None => {
                speaker = None;
                ""
            }
        };
        let said: String = said.split(['•', '\u{15}']).step_by(2).collect::<Vec<_>>().join(" ");
        // A mark alone, `! •_•`, is no speech.
        let speech = said.contains(|it: char| it.is_alphanumeric() || it == '(');
        if let Some(speaker) = speaker.as_ref().filter(|_| speech) {
            add(&mut turns, speaker, &said);
        }
    }
    turns
}

/// The words of turns alone: marks stand closer in what was read.
fn words(turns: Vec<(String, String)>) -> Vec<(String, String)> {
    let only = |text: &str| text.chars().filter(|it| it.is_alphanumeric()).collect();
    turns.into_iter().map(|(who, said)| (who, only(&said))).collect()
}

#[test]
fn published_conversations() {
    let Some(folder) = set("cabnc-chat") else { return };
    for (file, paragraphs, speakers) in [
        ("KB0_1.cha", 157, "MAR 74, BOB 65, UNK 17"),
        ("KB0_15.cha", 50, "ALA 23, BOB 23"),
        ("KB0_16.cha", 68, "ALA 23, GET 23, MAR 14, UNK 7"),
        ("KB0_2.cha", 78, "ALA 29, UNK 17, IDA 32"),
    ] {
        let bytes = fs::read(folder.join(file)).unwrap();
        let found = imported(file, &bytes).draft;
        let source = source(std::str::from_utf8(&bytes).unwrap());
        assert_same(file, &words(turns(&found)), &words(source));
        let labels: Vec<String> =
            found.labels.iter().map(|it| format!("{} {}", it.text, it.turns)).collect();
        assert_eq!(
            (found.paragraphs.len(), labels.join(", ").as_str()),
            (paragraphs, speakers),
            "{file}"
        );
    }
}
