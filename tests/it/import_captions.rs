//! Import of captions: made-up ones, awkward ones, and published ones that lie beside the repository.

use std::fs;

use expect_test::{Expect, expect};
use themata::unitize::draft::Draft;
use themata::unitize::import::Imported;

use crate::import::{imported, shown};
use crate::import_real::set;

fn check(name: &str, text: &str, expected: Expect) {
    expected.assert_eq(&shown(&imported(name, text.as_bytes()).draft));
}

/// An awkward file as import understands it, if it is here.
fn awkward(file: &str, expected: Expect) {
    let Some(folder) = set("import-torture") else { return };
    expected.assert_eq(&shown(&imported(file, &fs::read(folder.join(file)).unwrap()).draft));
}

#[test]
fn voices_tags_comments_and_entities() {
    awkward(
        "voices.vtt",
        expect![[r#"
            [00:00:01] Ana | Hello everyone & welcome.
            [00:00:04] Luis Pérez | Thanks, second line karaoke
            [00:00:06] Ana | One cue
            [00:00:06] Luis Pérez | two voices
            [00:00:09] - | - No voice tag
            [00:00:09] - | - two dashes
            [00:00:10] Eva | colon speaker <laughs>  base
            [100:00:00] Ana | hundred hours
            = Ana, unknown, 3 times: the file names its speakers
            = Luis Pérez, unknown, 2 times: the file names its speakers
            = Eva, unknown, 1 times: a name where nearly every paragraph has a label
            * 1 comment (NOTE) was left out
        "#]],
    );
    awkward(
        "zoom-style.vtt",
        expect![[r#"
        [00:00:01] Ana Ruiz | So how was it?
        [00:00:03] Luis | Long. and at 10:30 we left
        = Ana Ruiz, unknown, 1 times: a name where nearly every paragraph has a label
        = Luis, unknown, 1 times: a name where nearly every paragraph has a label
    "#]],
    );
}

#[test]
fn malformed_captions_keep_what_was_said_and_are_told_by_line() {
    awkward(
        "malformed.vtt",
        expect![[r#"
        [00:00:05] P1 | ends before it starts
        P2 | bad time
        [00:00:06] P3 | no end
        P4 | minutes over 59
        = P1, participant, 1 times: numbered as participants are
        = P2, participant, 1 times: numbered as participants are
        = P3, participant, 1 times: numbered as participants are
        = P4, participant, 1 times: numbered as participants are
        * the times of 4 captions make no sense (line 3, 6, 9, 12); the text was kept
    "#]],
    );
    awkward(
        "no-header.vtt",
        expect![[r#"
        [00:00:01] P1 | no WEBVTT line
        = P1, participant, 1 times: numbered as participants are
        * the first line is not WEBVTT; read all the same
    "#]],
    );
    awkward(
        "basic.srt",
        expect![[r#"
            [00:00:01] U1 | ANA: Hello all.
            [00:00:03] U1 | - Yes.
            [00:00:03] U1 | - No.
            [00:00:05] U1 | numbering jumps, dot decimals overlaps and goes back text with blank line inside
            = U1, unknown, 0 times: speaks where the file names nobody
            ! ANA, 1 times: stands there only once
            * 1 caption begins before the one above (line 15); the order of the file was kept
            * 3 numbers do not follow the one above (line 11, 15, 19); something may be missing
            * 1 caption shows nothing (line 19)
            * 1 line stands after a blank one and was taken for the caption above (line 25)
            * 4 paragraphs (18 words) for which nobody is named were given to U1, role unknown; a list of speakers (`--speakers`) with an empty label says who that is
            * no speaker was found; a list of speakers (`--speakers`) with an empty label says who speaks throughout
        "#]],
    );
    awkward(
        "cp1252-crlf.srt",
        expect![[r#"
        [00:00:01] José | ¿Qué?
        [00:00:02] Ana | «Sí»
        = José, unknown, 1 times: a name where nearly every paragraph has a label
        = Ana, unknown, 1 times: a name where nearly every paragraph has a label
        * the encoding was guessed: windows-1252; if letters with accents are wrong, name it with --encoding
    "#]],
    );
}

#[test]
fn every_cue_that_begins_with_a_name_makes_it_a_speaker_whatever_it_looks_like() {
    let mut text = "WEBVTT\r\n".to_owned();
    for (at, name) in
        ["Ana Ruiz", "luis99", "Ana Ruiz", "luis99", "Eva | CSIC", "Ana Ruiz"].iter().enumerate()
    {
        text.push_str(&format!(
            "\r\n{at}\r\n00:12:0{at}.000 --> 00:12:0{at}.900\r\n{name}: So: yes {at}.\r\n"
        ));
    }
    check(
        "a.vtt",
        &text,
        expect![[r#"
            [00:12:00] Ana Ruiz | So: yes 0.
            [00:12:01] luis99 | So: yes 1.
            [00:12:02] Ana Ruiz | So: yes 2.
            [00:12:03] luis99 | So: yes 3.
            [00:12:04] Eva | CSIC | So: yes 4.
            [00:12:05] Ana Ruiz | So: yes 5.
            = Ana Ruiz, unknown, 3 times: the file names its speakers
            = luis99, unknown, 2 times: the file names its speakers
            = Eva | CSIC, unknown, 1 times: the file names its speakers
            * beginnings that recur were left in the text: `So` (6); where one names who speaks, a row of a list of speakers (`--speakers`, columns transcript,label,participant,role) makes it a label: `,So,,`
        "#]],
    );
}

#[test]
fn cues_of_one_speaker_join_until_a_pause() {
    check(
        "a.srt",
        "1\n00:00:01,000 --> 00:00:02,000\nANA: When you\n\n2\n00:00:02,000 --> 00:00:04,000\nstart, it's\nhard.\n\n\
         3\n00:00:07,000 --> 00:00:08,000\nAfter a pause.\n\n4\n00:00:08,100 --> 00:00:09,000\n(laughter)\n\n\
         5\n00:00:09,000 --> 00:00:10,000\nLUIS: Yes.\nANA: No.\n\n6\n00:00:10,000 --> 00:00:11,000\n>> Who, me?\n\n\
         7\n00:00:11,000 --> 00:00:12,000\nLUIS: You.\n",
        expect![[r#"
            [00:00:01] ANA | When you start, it's hard.
            [00:00:07] ANA | After a pause.
            [00:00:08] - | (laughter)
            [00:00:09] LUIS | Yes.
            [00:00:09] ANA | No.
            [00:00:10] U1 | Who, me?
            [00:00:11] LUIS | You.
            = ANA, unknown, 2 times: stands before speech 2 times
            = LUIS, unknown, 2 times: stands before speech 2 times
            = U1, unknown, 0 times: speaks where the file names nobody
            * 1 paragraph (2 words) for which nobody is named was given to U1, role unknown; a list of speakers (`--speakers`) with an empty label says who that is
        "#]],
    );
}

#[test]
fn captions_that_roll_say_each_line_once() {
    check(
        "a.vtt",
        "WEBVTT\nKind: captions\nLanguage: en\n\n\
         00:00:00.000 --> 00:00:02.000 align:start position:0%\n \nso<00:00:00.400><c> we</c><c> begin</c>\n\n\
         00:00:02.000 --> 00:00:02.010 align:start position:0%\nso we begin\n \n\n\
         00:00:02.010 --> 00:00:04.000\nso we begin\nwith<00:00:03.000><c> this</c>\n\n\
         00:00:04.000 --> 00:00:04.010\nwith this\n \n\n\
         00:00:04.010 --> 00:00:06.000\nwith this\nand<c> that</c>\n\n\
         00:00:06.000 --> 00:00:06.010\nand that\n \n",
        expect![[r#"
            [00:00:00] U1 | so we begin with this and that
            = U1, unknown, 0 times: speaks where the file names nobody
            * 5 lines that captions repeat from the one before were left out: they roll
            * 1 paragraph (7 words) for which nobody is named was given to U1, role unknown; a list of speakers (`--speakers`) with an empty label says who that is
            * no speaker was found; a list of speakers (`--speakers`) with an empty label says who speaks throughout
        "#]],
    );
}

#[test]
fn captions_as_teams_and_stream_write_them() {
    check(
        "a.vtt",
        "WEBVTT\n\nNOTE duration:\"00:00:32\"\n\nNOTE Confidence: 0.69\n\nef04c7c2-a59e-463f-9d27-b5b1259d6777\n\
         00:00:03.300 --> 00:00:06.870\nHello.\n\n0d4c-11/9-0\n00:00:07.000 --> 00:00:08.000\n<v Ruiz, Ana>So how\nwas it?</v>\n\n\
         0d4c-11/9-1\n00:00:08.000 --> 00:00:09.000\n<v Ruiz, Ana>I mean: &lt;the walk&gt;</v>\n",
        expect![[r#"
            [00:00:03] - | Hello.
            [00:00:07] Ruiz, Ana | So how was it? I mean: <the walk>
            = Ruiz, Ana, unknown, 2 times: the file names its speakers
            * 2 comments (NOTE) were left out
        "#]],
    );
}

/// Who says what: runs of paragraphs of one speaker, in their words.
pub(crate) fn turns(draft: &Draft) -> Vec<(String, String)> {
    let mut turns: Vec<(String, String)> = Vec::new();
    for paragraph in &draft.paragraphs {
        let label = paragraph.label.map_or("", |at| draft.labels[at].text.as_str());
        add(&mut turns, label, &paragraph.text);
    }
    turns
}

/// Adds what somebody says to the run of theirs that is open.
pub(crate) fn add(turns: &mut Vec<(String, String)>, label: &str, text: &str) {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match turns.last_mut() {
        Some((last, said)) if last == label => {
            said.push(' ');
            said.push_str(&text);
        }
        _ => turns.push((label.to_owned(), text)),
    }
}

/// Two lists of turns are one, word for word; else says where they part without saying what was said.
pub(crate) fn assert_same(file: &str, found: &[(String, String)], source: &[(String, String)]) {
    let apart = found.iter().zip(source).position(|(one, other)| one != other);
    assert!(apart.is_none(), "{file}: turn {} differs", apart.unwrap());
    assert_eq!(found.len(), source.len(), "{file}: turns");
}

/// The captions of a file, read here in a way of its own: blank lines part cues, the line with the arrow
/// begins one. `(seconds, text)` each.
fn cues(text: &str) -> Vec<(u32, String)> {
    let text = text.replace("\r\n", "\n");
    let blocks = text.split("\n\n").filter_map(|block| {
        let (head, said) =
            block.split_once("-->").map(|(head, rest)| (head, rest.split_once('\n')))?;
        let time: Vec<u32> = head
            .lines()
            .last()?
            .split([':', '.', ','])
            .map(|it| it.trim().parse().unwrap())
            .collect();
        Some((time[0] * 3600 + time[1] * 60 + time[2], said?.1.replace('\n', " ")))
    });
    blocks.filter(|it| !it.1.trim().is_empty()).collect()
}

/// Compares a file's turns, times and paragraphs with its cues; `name` tells who speaks in one, or that it
/// is whoever spoke before.
fn against_cues(
    file: &str,
    found: &Imported,
    text: &str,
    paragraphs: usize,
    name: impl Fn(&str) -> (Option<String>, String),
) {
    let mut source = Vec::new();
    let mut speaking = String::new();
    let cues = cues(text);
    for (_, cue) in &cues {
        let (who, said) = name(cue);
        speaking = who.unwrap_or(speaking);
        add(&mut source, &speaking, &said);
    }
    assert_same(file, &turns(&found.draft), &source);
    assert_eq!(found.draft.paragraphs.len(), paragraphs, "{file}: paragraphs");
    for paragraph in &found.draft.paragraphs {
        let time = paragraph.time.unwrap().0;
        let here = cues.iter().any(|(from, said)| {
            let (_, said) = name(said);
            *from == time && paragraph.text.starts_with(said.split_whitespace().next().unwrap())
        });
        assert!(here, "{file}: no cue begins at {time} with the words of line {}", paragraph.line);
    }
}

#[test]
fn published_calls_recorded_with_zoom() {
    let Some(folder) = set("zoom-vtt") else { return };
    for (file, paragraphs) in [
        ("acdc_2025-09-04_164/transcript.vtt", 51),
        ("acdt_2025-09-01_051/transcript.vtt", 63),
        ("acdt_2025-09-08_052/transcript.vtt", 87),
        ("bal_2025-10-08_004/transcript.vtt", 67),
        ("epbs_2025-09-26_024/transcript.vtt", 73),
        ("focil_2025-09-23_020/transcript.vtt", 88),
        ("focil_2026-03-24_031/transcript_corrected.vtt", 32),
        ("rpc_2026-07-13_030/transcript_corrected.vtt", 56),
    ] {
        let bytes = fs::read(folder.join(file)).unwrap();
        let found = imported(file, &bytes);
        let name = |cue: &str| {
            let (who, said) = cue.split_once(": ").unwrap();
            (Some(who.to_owned()), said.to_owned())
        };
        against_cues(file, &found, std::str::from_utf8(&bytes).unwrap(), paragraphs, name);
        assert!(found.draft.rejected.is_empty(), "{file}");
    }
}

#[test]
fn published_examples_of_podcasts() {
    let Some(folder) = set("podcast-formats") else { return };
    let read = |file: &str| {
        let bytes = fs::read(folder.join(file)).unwrap();
        (imported(file, &bytes), String::from_utf8(bytes).unwrap())
    };
    let (vtt, text) = read("example.vtt");
    against_cues("example.vtt", &vtt, &text, 2, |cue| {
        let (who, said) = cue.strip_prefix("<v ").unwrap().split_once('>').unwrap();
        (Some(who.to_owned()), said.replace("&amp;", "&"))
    });
    let (srt, text) = read("example.srt");
    against_cues("example.srt", &srt, &text, 16, |cue| match cue.split_once(": ") {
        Some((who @ ("Travis" | "Sarah" | "Gilon"), said)) => {
            (Some(who.to_owned()), said.to_owned())
        }
        _ => (None, cue.to_owned()),
    });
}
