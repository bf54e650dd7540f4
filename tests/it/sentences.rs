//! Every sentence that the source asks for is in `words/`, with the arguments that it is given.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use regex::Regex;
use themata::words;

use crate::house::{folder, sources};

/// What a place in the source gives a sentence.
#[derive(Debug, PartialEq)]
struct Asked {
    key: String,
    arguments: BTreeSet<String>,
}

/// A call that makes a sentence, with its key.
static CALL: LazyLock<Regex> =
    LazyLock::new(|| regex(r#"(msg!|\bword|Message::new)\(\s*"([a-z][a-z0-9_]*\.[a-z0-9_.-]+)""#));

/// A key, with what shows that it is only compared.
static KEY: LazyLock<Regex> =
    LazyLock::new(|| regex(r#"([=!]=\s*)?"([a-z][a-z0-9_]*\.[a-z0-9_.-]+)"(\s*(?:\||=>))?"#));

/// The name of an argument of `msg!`, and of one that is added afterwards.
static NAMED: LazyLock<Regex> = LazyLock::new(|| regex(r"^\s*(\w+)\s*="));
static WITH: LazyLock<Regex> = LazyLock::new(|| regex(r#"^\s*\.with\(\s*"(\w+)""#));

/// A string or a character at the start of a text; a lifetime is neither.
static LITERAL: LazyLock<Regex> =
    LazyLock::new(|| regex(r#"^(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\[^']+)')"#));

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).unwrap()
}

/// The pieces between the commas of a call, from behind its opening bracket; and what follows it.
fn pieces(call: &str) -> (Vec<&str>, &str) {
    let (mut depth, mut from, mut at) = (0, 0, 0);
    let mut found = Vec::new();
    while let Some(c) = call[at..].chars().next() {
        match c {
            '"' | '\'' => {
                if let Some(whole) = LITERAL.find(&call[at..]) {
                    at += whole.end();
                    continue;
                }
            }
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' if depth == 0 => {
                found.push(&call[from..at]);
                return (found, &call[at + 1..]);
            }
            ')' | ']' | '}' => depth -= 1,
            ',' if depth == 0 => {
                found.push(&call[from..at]);
                from = at + 1;
            }
            _ => {}
        }
        at += c.len_utf8();
    }
    panic!("a call that does not end: {:.80}", call);
}

/// What each `msg!("key", a = …)`, `word("key")` and `Message::new("key").with("a", …)` asks for, and
/// the keys that stand elsewhere, to be said without arguments.
fn asked(code: &str) -> (Vec<Asked>, Vec<String>) {
    let mut calls = Vec::new();
    let mut places = BTreeSet::new();
    for found in CALL.captures_iter(code) {
        places.insert(found.get(2).unwrap().start());
        let inside = &code[found.get(1).unwrap().end() + 1..];
        let (given, mut rest) = pieces(inside);
        let mut arguments = BTreeSet::new();
        if &found[1] == "msg!" {
            let given = given.iter().skip(1).filter_map(|it| NAMED.captures(it));
            arguments.extend(given.map(|it| it[1].to_owned()));
        }
        while let Some(one) = WITH.captures(rest) {
            arguments.insert(one[1].to_owned());
            rest = pieces(&rest[rest.find('(').unwrap() + 1..]).1;
        }
        calls.push(Asked { key: found[2].to_owned(), arguments });
    }
    let elsewhere = KEY.captures_iter(code).filter(|it| {
        let compared = it.get(1).is_some() || it.get(3).is_some();
        !compared && !places.contains(&it.get(2).unwrap().start())
    });
    let elsewhere = elsewhere.map(|it| it[2].to_owned()).collect();
    (calls, elsewhere)
}

/// The gaps of each sentence.
fn gaps() -> BTreeMap<&'static str, BTreeSet<&'static str>> {
    words::sentences()
        .map(|(key, english, spanish)| {
            (key, words::gaps(english).union(&words::gaps(spanish)).copied().collect())
        })
        .collect()
}

/// The source outside `words/`, without the tests that stand in it.
fn code() -> impl Iterator<Item = (String, String)> {
    let program = |(path, text): (std::path::PathBuf, String)| {
        let name = path.display().to_string();
        let words = folder(&path).as_deref() == Some("words");
        let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap().to_owned();
        (!words && !name.ends_with("_tests.rs")).then_some((name, code))
    };
    sources().into_iter().filter_map(program)
}

#[test]
fn a_sentence_is_given_exactly_the_arguments_that_its_gaps_name() {
    let gaps = gaps();
    let mut wrong = Vec::new();
    for (file, text) in code() {
        let (calls, elsewhere) = asked(&text);
        let alone = |key| Asked { key, arguments: BTreeSet::new() };
        let elsewhere =
            elsewhere.into_iter().filter(|key| gaps.contains_key(key.as_str())).map(alone);
        for Asked { key, arguments } in calls.into_iter().chain(elsewhere) {
            match gaps.get(key.as_str()) {
                None => wrong.push(format!("{file}: {key} is in no file of words/")),
                Some(gaps) if !gaps.iter().eq(&arguments) => {
                    wrong.push(format!("{file}: {key} has {gaps:?} and is given {arguments:?}"));
                }
                Some(_) => {}
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn arguments_are_found_however_a_call_is_written() {
    let (calls, elsewhere) = asked(
        r#"msg!("a.b", one = f(x, ")"), two = { ',' }); Message::new("a.c").with("n", (1, 2))
        .with("m", 3); word("a.d"); let key = if x == "a.e" { "a.f" } else { "a.g" };"#,
    );
    let expected = [("a.b", vec!["one", "two"]), ("a.c", vec!["m", "n"]), ("a.d", vec![])];
    let expected = expected.map(|(key, names)| Asked {
        key: key.to_owned(),
        arguments: names.into_iter().map(str::to_owned).collect(),
    });
    assert_eq!(calls, expected);
    assert_eq!(elsewhere, ["a.f", "a.g"]);
}

/// What the page for a co-coder shows and says: `{{pack.keys}}` in its parts, `say('saved')` in its script.
fn asked_by_the_page() -> Vec<String> {
    let file = |name: &str| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/format/pack");
        fs::read_to_string(folder.join(name)).unwrap()
    };
    let shown = Regex::new(r"\{\{(pack\.[a-z_.]+)\}\}").unwrap();
    let said = Regex::new(r"(?:say\((?:side === 'before' \? )?|'(?:before|next)', |: )'([a-z_]+)'")
        .unwrap();
    let (page, script) = (file("page.html"), file("page.js"));
    let shown = shown.captures_iter(&page).map(|it| it[1].to_owned());
    let said = said.captures_iter(&script).map(|it| format!("pack.say.{}", &it[1]));
    shown.chain(said).collect()
}

#[test]
fn every_sentence_of_the_page_is_there() {
    let keys: BTreeSet<_> = words::sentences().map(|(key, ..)| key.to_owned()).collect();
    let script =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/format/pack/page.js"))
            .unwrap();
    let said = Regex::new(r"say\('([a-z_]+)'").unwrap();
    let said = said.captures_iter(&script).map(|it| format!("pack.say.{}", &it[1]));
    let shown = asked_by_the_page().into_iter().filter(|key| !key.starts_with("pack.say."));
    let missing: Vec<_> = said.chain(shown).filter(|key| !keys.contains(key)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn no_sentence_is_there_that_nothing_asks_for() {
    let mentioned: BTreeSet<String> = code()
        .flat_map(|(_, text)| {
            KEY.captures_iter(&text).map(|it| it[2].to_owned()).collect::<Vec<_>>()
        })
        .chain(asked_by_the_page())
        .collect();
    let dead: Vec<_> = words::sentences()
        .map(|(key, ..)| key)
        .filter(|key| !mentioned.contains(*key) && !key.starts_with("general."))
        .collect();
    assert!(dead.is_empty(), "in words/, but never asked for: {dead:#?}");
}

#[test]
fn every_file_of_sentences_is_compiled_in() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/words");
    let keys: BTreeSet<_> = words::sentences().map(|(key, ..)| key).collect();
    let mut files = 0;
    for entry in fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()) {
        if entry.extension().is_some_and(|it| it == "txt") {
            let text = fs::read_to_string(&entry).unwrap();
            let first = text.lines().find(|line| !line.is_empty() && !line.starts_with('#'));
            assert!(keys.contains(first.unwrap()), "{} is in no list", entry.display());
            files += 1;
        }
    }
    assert!(files > 20, "{files}");
}
