//! Import of logs of chats: made-up ones, and published ones that lie beside the repository.

use std::collections::BTreeMap;
use std::fs;

use expect_test::{Expect, expect};
use regex::Regex;
use themata::unitize::draft::Draft;

use crate::import::{imported, shown};
use crate::import_captions::{add, assert_same, turns};
use crate::import_real::set;

fn check(name: &str, text: &str, expected: Expect) {
    expected.assert_eq(&shown(&imported(name, text.as_bytes()).draft));
}

#[test]
fn a_chat_as_zoom_saves_it() {
    check(
        "chat.txt",
        "00:13:55\tAda (UPM):\tso: yes\r\n00:13:57\tLuis:\tReacted to \"so: yes\" with \"👍\"\r\n\
         00:14:50\tLuis:\tReplying to \"so: yes\"\n\nI would\n say no\r\n00:15:00\tAda (UPM):\t10:30 then\r\n",
        expect![[r#"
            [00:13:55] Ada (UPM) | so: yes
            [00:14:50] Luis | I would say no
            [00:15:00] Ada (UPM) | 10:30 then
            = Ada (UPM), unknown, 2 times: the file names its speakers
            = Luis, unknown, 1 times: the file names its speakers
            * 1 reaction to other messages was left out
        "#]],
    );
    check(
        "chat.txt",
        "12:01:05 From Ada Poe to Everyone:\n\tHello\n12:01:09 From Luis to Everyone:\n\tHi\n12:01:15 From  Ada Poe  to  Everyone:\n\tBye: now\n",
        expect![[r#"
            [12:01:05] Ada Poe | Hello
            [12:01:09] Luis | Hi
            [12:01:15] Ada Poe | Bye: now
            = Ada Poe, unknown, 2 times: the file names its speakers
            = Luis, unknown, 1 times: the file names its speakers
            * times are those of the clock when a message was written, not places in a recording
        "#]],
    );
}

#[test]
fn a_log_of_irc_with_a_scribe() {
    let mut text = "[2025-01-01T10:00:00.000Z]\t<Ada_Poe>\tpresent+\n[2025-01-01T10:00:01.000Z]\t<Ada_Poe> agenda: tea\nand cake\n\
                    [2025-01-01T10:00:02.000Z]\t<Scribe>\tMeeting: weekly\n".to_owned();
    for at in 10..20 {
        let who = if at % 2 == 0 { "Ada_Poe" } else { "Luis" };
        text.push_str(&format!("[2025-01-01T10:00:{at}.000Z]\t<Scribe>\t{who}: So: {at}.\n"));
    }
    text.push_str("[2025-01-01T10:01:00.000Z]\t* Luis leaves\n");
    check(
        "irc.log",
        &text,
        expect![[r#"
            [10:00:01] Ada Poe | agenda: tea and cake
            [10:00:02] - | Meeting: weekly
            [10:00:10] Ada Poe | So: 10.
            [10:00:11] Luis | So: 11.
            [10:00:12] Ada Poe | So: 12.
            [10:00:13] Luis | So: 13.
            [10:00:14] Ada Poe | So: 14.
            [10:00:15] Luis | So: 15.
            [10:00:16] Ada Poe | So: 16.
            [10:00:17] Luis | So: 17.
            [10:00:18] Ada Poe | So: 18.
            [10:00:19] Luis | So: 19.
            [10:01:00] - | Luis leaves
            = Ada Poe, unknown, 6 times: the file names its speakers
            = Luis, unknown, 5 times: the file names its speakers
            * 1 line to a program (present+, q+) was left out
            * times are those of the clock when a message was written, not places in a recording
            * beginnings that recur were left in the text: `So` (10); where one names who speaks, a row of a list of speakers (`--speakers`, columns transcript,label,participant,role) makes it a label: `,So,,`
        "#]],
    );
}

#[test]
fn a_chat_exported_from_a_telephone() {
    check(
        "chat.txt",
        "12/03/2024, 10:15 - Messages are encrypted.\n12/03/2024, 10:15 - Ana: ¿Qué tal?\n12/03/2024, 10:16 - Luis: Bien\ny tú: ¿qué?\n12/03/2024, 22:16 - Ana: Mal.\n",
        expect![[r#"
            [10:15:00] - | Messages are encrypted.
            [10:15:00] Ana | ¿Qué tal?
            [10:16:00] Luis | Bien y tú: ¿qué?
            [22:16:00] Ana | Mal.
            = Ana, unknown, 2 times: the file names its speakers
            = Luis, unknown, 1 times: the file names its speakers
            * times are those of the clock when a message was written, not places in a recording
        "#]],
    );
}

/// Paragraphs, then how often each speaker has a turn, the six who have most.
fn counts(draft: &Draft) -> String {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for (who, _) in turns(draft) {
        *counts.entry(who).or_default() += 1;
    }
    let mut counts: Vec<(String, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(who, n)| (std::cmp::Reverse(*n), who.clone()));
    let shown: Vec<String> = counts.iter().take(6).map(|(who, n)| format!("{who} {n}")).collect();
    format!("{} ({}): {}", draft.paragraphs.len(), counts.len(), shown.join(", "))
}

/// The messages of a log, read here in a way of its own: a line that matches begins one. `(who, text)`.
fn messages(text: &str, pattern: &str) -> Vec<(String, Vec<String>)> {
    let pattern = Regex::new(pattern).unwrap();
    let mut messages: Vec<(String, Vec<String>)> = Vec::new();
    for line in text.lines() {
        match (pattern.captures(line), messages.last_mut()) {
            (Some(found), _) => {
                messages.push((found[1].replace('_', " "), vec![found[2].to_owned()]))
            }
            (None, Some(last)) => last.1.push(line.to_owned()),
            (None, None) => panic!("a line before the first message"),
        }
    }
    messages
}

#[test]
fn published_chats_of_zoom() {
    let Some(folder) = set("zoom-vtt") else { return };
    for (file, expected) in [
        (
            "acdc_2025-09-04_164/chat.txt",
            "53 (21): Marius van der Wijden 8, Barnabas 4, Alexey 3, Manu 3, jochem-brouwer 3, lightclient 3",
        ),
        (
            "acdt_2025-09-01_051/chat.txt",
            "8 (8): Alexey 1, Louis 1, Manu 1, Mario Vega 1, Marius van der Wijden 1, felix (eest) 1",
        ),
        (
            "acdt_2025-09-08_052/chat.txt",
            "40 (20): Barnabas 5, Roman 4, Łukasz Rozmej 3, Enrico Del Fante (tbenr) 2, Justin Florentine (Besu) 2, Manu 2",
        ),
        (
            "bal_2025-10-08_004/chat.txt",
            "12 (7): Ishika 2, Karim T. 2, Pooja Ranjan 2, draganrakita 2, jochem-brouwer 2, Katya 1",
        ),
        ("epbs_2025-09-26_024/chat.txt", "3 (3): Justin Traglia 1, Potuz 1, terence 1"),
        (
            "focil_2025-09-23_020/chat.txt",
            "8 (4): soispoke 3, Jihoon 2, Katya 1, Pelle Krabbenhoeft 1",
        ),
        ("focil_2026-03-24_031/chat.txt", "4 (2): Jihoon 1, nflaig 1"),
        ("rpc_2026-07-13_030/chat.txt", "1 (1): Boma 1"),
    ] {
        let bytes = fs::read(folder.join(file)).unwrap();
        let found = imported(file, &bytes).draft;
        let mut source = Vec::new();
        for (who, lines) in
            messages(std::str::from_utf8(&bytes).unwrap(), r"^\d\d:\d\d:\d\d\t(.+?):\t(.*)$")
        {
            let answers = lines.len() > 1 && lines[0].starts_with("Replying to");
            let said = lines[usize::from(answers)..].join(" ");
            if !lines[0].starts_with("Reacted to") && !said.trim().is_empty() {
                add(&mut source, &who, &said);
            }
        }
        assert_same(file, &turns(&found), &source);
        assert_eq!(counts(&found), expected, "{file}");
    }
}

#[test]
fn published_logs_of_irc() {
    let Some(folder) = set("w3c-ccg") else { return };
    for (file, expected) in [
        (
            "2025-03-31-vc-education/irc.log",
            "528 (7): Dmitri Zagidulin 17, Ildiko Mazar 5, Don Presant, Learning Agents, 🇨🇦 3,  2, Nate Otto 2, Sharon Leu 2",
        ),
        (
            "2025-04-01/irc.log",
            "224 (10): Bryan Newbold (Bluesky) 18, Harrison Tang 16, bumblefudge afk 8, Aaron 5, TallTed // Ted Thibodeau (he/him) (OpenLinkSw.com) 5, Manu Sporny 4",
        ),
    ] {
        let bytes = fs::read(folder.join(file)).unwrap();
        let found = imported(file, &bytes).draft;
        let mut source = Vec::new();
        for (who, lines) in
            messages(std::str::from_utf8(&bytes).unwrap(), r"^\[\S+\]\s+<([^>]+)>\s*(.*)$")
        {
            let said = lines.join(" ");
            let said = said.trim();
            if ["present+", "scribe+", "q?", "q+"].contains(&said) {
                continue;
            }
            match said.split_once(": ").filter(|_| who == "Transcriber") {
                Some((name, said)) if name != "Meeting" => {
                    add(&mut source, &name.replace('_', " "), said)
                }
                _ if who == "Transcriber" => add(&mut source, "", said),
                _ => add(&mut source, &who, said),
            }
        }
        assert_same(file, &turns(&found), &source);
        assert_eq!(counts(&found), expected, "{file}");
    }
}
