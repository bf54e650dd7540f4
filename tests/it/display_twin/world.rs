//! The random studies: what is in them as the test knows it, and the same written into a folder.

use std::collections::{BTreeMap, BTreeSet};

use crate::support::TestStudy;

pub(super) const CODEBOOK: &str = "
title: Twin
version: 1
unit: A turn.
dimensions:
  - id: lead
    select: many
    codes:
      - id: shared
        codes:
          - {id: deep}
      - {id: alone}
  - id: tone
    select: one
    scale: ordered
    codes:
      - {id: cold}
      - {id: mild}
      - {id: warm}
";

/// Code, its dimension, what lies above it.
pub(super) const CODES: [(&str, &str, &[&str]); 6] = [
    ("shared", "lead", &[]),
    ("deep", "lead", &["shared"]),
    ("alone", "lead", &[]),
    ("cold", "tone", &[]),
    ("mild", "tone", &[]),
    ("warm", "tone", &[]),
];

pub(super) const CODERS: [&str; 3] = ["c1", "c2", "c3"];

/// What is answered in each dimension.
const LEAD: [&str; 6] = ["none", "shared", "deep", "alone", "deep; alone", "lead"];
const TONE: [&str; 5] = ["none", "cold", "mild", "warm", "tone"];

/// Words that people say; the last two carry no theme.
const SAID: [&str; 6] = ["kettle", "depot", "window", "ledger", "the", "and"];

/// Numbers that look random and are always the same (Marsaglia, 2003, xorshift64).
pub(super) struct Dice(pub(super) u64);

impl Dice {
    pub(super) fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        ((self.0 >> 11) % sides as u64) as usize
    }

    pub(super) fn of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.roll(all.len())]
    }
}

/// A paragraph.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) speaker: String,
    pub(super) words: Vec<&'static str>,
    pub(super) asks: bool,
}

/// A stretch of a transcript that somebody codes.
#[derive(Debug, Clone)]
pub(super) struct Unit {
    pub(super) id: String,
    pub(super) text: String,
    pub(super) case: String,
    pub(super) topic: String,
    /// Paragraphs from 1, and the last one too.
    pub(super) first: usize,
    pub(super) last: usize,
}

#[derive(Debug, Clone)]
pub(super) struct Person {
    pub(super) id: String,
    pub(super) case: String,
    pub(super) years: String,
    pub(super) quoted: bool,
}

/// A quotation that was picked: a paragraph of a unit, and for which code.
#[derive(Debug, Clone)]
pub(super) struct Pick {
    pub(super) text: String,
    pub(super) paragraph: usize,
    pub(super) code: String,
}

/// What was settled together in a round, of a unit in a dimension.
#[derive(Debug, Clone)]
pub(super) struct Settlement {
    pub(super) round: String,
    pub(super) unit: String,
    pub(super) dimension: String,
    /// The answer as it is written; nothing where it was left open.
    pub(super) answer: Option<String>,
}

/// What a study is made of.
#[derive(Debug, Default)]
pub(super) struct World {
    /// Case and sector.
    pub(super) cases: Vec<(String, String)>,
    /// Transcript, case and date.
    pub(super) texts: Vec<(String, String, String)>,
    /// Of each transcript, what kind of source it is.
    pub(super) kinds: BTreeMap<String, String>,
    /// In the order in which they were made.
    pub(super) rounds: Vec<String>,
    /// In the order in which they were written.
    pub(super) settlements: Vec<Settlement>,
    pub(super) lines: BTreeMap<String, Vec<Line>>,
    /// In the order of their list.
    pub(super) people: Vec<Person>,
    pub(super) units: Vec<Unit>,
    pub(super) picks: Vec<Pick>,
}

impl World {
    pub(super) fn of_unit(&self, unit: &Unit) -> &[Line] {
        &self.lines[&unit.text][unit.first - 1..unit.last]
    }

    /// Who speaks in a unit, in order of speaking.
    pub(super) fn speakers(&self, unit: &Unit, everybody: bool) -> Vec<String> {
        let mut all: Vec<String> = Vec::new();
        for line in self.of_unit(unit) {
            let counts = everybody || line.speaker != "Moderator";
            if counts && !all.contains(&line.speaker) {
                all.push(line.speaker.clone());
            }
        }
        all
    }

    pub(super) fn person(&self, id: &str) -> Option<&Person> {
        self.people.iter().find(|it| it.id == id)
    }
}

/// A study of three sittings in two or three cases, cut into units of one paragraph or two, coded by three in one round or
/// two, with gaps.
pub(super) fn study(dice: &mut Dice) -> (TestStudy, World) {
    let study = TestStudy::empty("en", &CODERS, CODEBOOK);
    let mut world = World::default();
    let together = dice.roll(2) == 0;
    for (text, people) in [("A", ["P1", "P2"]), ("B", ["P3", "P4"]), ("C", ["P5", "P6"])] {
        let case = if together && text == "C" { "B" } else { text };
        talk(&study, &mut world, dice, text, people);
        world.texts.push((text.to_owned(), case.to_owned(), String::new()));
        cut(&mut world, dice, text, case);
    }
    lists(&study, &mut world, dice, together);
    let is_prompt = |text: &str, at: usize| world.lines[text][at - 1].speaker == "Moderator";
    let mut cuts: Vec<String> = world.units.iter().map(|it| it.id.clone()).collect();
    for (text, ..) in &world.texts {
        let inside = |at: usize| {
            world.units.iter().any(|it| it.text == *text && (it.first..=it.last).contains(&at))
        };
        let apart = (1..=world.lines[text].len()).filter(|at| !inside(*at));
        cuts.extend(
            apart
                .inspect(|at| assert!(is_prompt(text, *at)))
                .map(|at| format!("{text}:{at} prompt")),
        );
    }
    cuts.sort_by_key(|it| {
        let (text, rest) = it.split_once(':').unwrap();
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        (text.to_owned(), digits.parse::<usize>().unwrap())
    });
    study.cut(&cuts.iter().map(String::as_str).collect::<Vec<_>>());
    let topics: BTreeMap<String, String> =
        world.units.iter().map(|it| (it.id.clone(), it.topic.clone())).collect();
    for (text, ..) in &world.texts {
        set(&study, &format!("units/{text}.csv"), "topic", |row| {
            topics.get(&row["unit"]).cloned().unwrap_or_default()
        });
    }
    let study = coded(study, &mut world, dice);
    settle(&study, &mut world, dice);
    pick(&study, &mut world, dice);
    (study, world)
}

/// What is said in a sitting; the moderator puts in a word now and then.
fn talk(study: &TestStudy, world: &mut World, dice: &mut Dice, text: &str, people: [&str; 2]) {
    let line = |dice: &mut Dice| Line {
        speaker: match dice.roll(6) {
            0 => "Moderator".to_owned(),
            _ => people[dice.roll(2)].to_owned(),
        },
        words: (0..1 + dice.roll(12)).map(|_| SAID[dice.roll(6)]).collect(),
        asks: dice.roll(5) == 0,
    };
    let mut lines: Vec<Line> = (0..3 + dice.roll(6)).map(|_| line(dice)).collect();
    lines[0].speaker = people[0].to_owned();
    lines[2].speaker = people[1].to_owned();
    let said = |it: &Line| format!("{}{}", it.words.join(" "), if it.asks { "?" } else { "." });
    let told: Vec<(String, String)> =
        lines.iter().map(|it| (it.speaker.clone(), said(it))).collect();
    let told: Vec<(&str, &str)> = told.iter().map(|it| (it.0.as_str(), it.1.as_str())).collect();
    study.import(text, &told);
    world.lines.insert(text.to_owned(), lines);
}

/// Units of one paragraph or two; a moderator's word alone is none.
fn cut(world: &mut World, dice: &mut Dice, text: &str, case: &str) {
    let lines = &world.lines[text];
    let mut first = 1;
    while first <= lines.len() {
        let last = (first + dice.roll(2)).min(lines.len());
        if lines[first - 1..last].iter().any(|it| it.speaker != "Moderator") {
            let id = if first == last {
                format!("{text}:{first}")
            } else {
                format!("{text}:{first}-{last}")
            };
            let topic = dice.of(&["t1", "t2", ""]).to_owned();
            let (text, case) = (text.to_owned(), case.to_owned());
            world.units.push(Unit { id, text, case, topic, first, last });
            first = last + 1;
        } else {
            first += 1;
        }
    }
}

/// Cases, people, dates, the guide and the concepts, each with columns of the team's own.
fn lists(study: &TestStudy, world: &mut World, dice: &mut Dice, together: bool) {
    let dates: Vec<&str> =
        (0..3).map(|_| dice.of(&["2025-03-01", "2025-01-09", "2025-02-10", ""])).collect();
    for (text, date) in world.texts.iter_mut().zip(dates) {
        text.2 = date.to_owned();
        world.kinds.insert(text.0.clone(), dice.of(&["talk", "interview", ""]).to_owned());
    }
    let cases: BTreeSet<&str> = world.texts.iter().map(|it| it.1.as_str()).collect();
    let cases: Vec<String> = cases.into_iter().map(str::to_owned).collect();
    world.cases =
        cases.into_iter().map(|it| (it, dice.of(&["woods", "docks", ""]).to_owned())).collect();
    let heard: Vec<String> = rows(&study.read("participants.csv"))
        .into_iter()
        .map(|it| it["participant"].clone())
        .collect();
    for id in heard {
        let text = match id.as_str() {
            "P1" | "P2" => "A",
            "P3" | "P4" => "B",
            "P5" | "P6" => "C",
            _ => "",
        };
        let case =
            world.texts.iter().find(|it| it.0 == text).map(|it| it.1.clone()).unwrap_or_default();
        let years = dice.of(&["10", "9", "2", ""]).to_owned();
        let quoted = text.is_empty() || dice.roll(8) > 0;
        world.people.push(Person { id, case, years, quoted });
    }
    set(study, "participants.csv", "case", |row| {
        world.person(&row["participant"]).unwrap().case.clone()
    });
    set(study, "participants.csv", "years", |row| {
        world.person(&row["participant"]).unwrap().years.clone()
    });
    set(study, "participants.csv", "quotes", |row| {
        if world.person(&row["participant"]).unwrap().quoted { "ask" } else { "no" }.to_owned()
    });
    let text = |row: &BTreeMap<String, String>| {
        world.texts.iter().find(|it| it.0 == row["transcript"]).unwrap().clone()
    };
    set(study, "transcripts.csv", "case", |row| text(row).1);
    set(study, "transcripts.csv", "date", |row| text(row).2);
    set(study, "transcripts.csv", "source_kind", |row| world.kinds[&row["transcript"]].clone());
    set(study, "cases.csv", "sector", |row| {
        world.cases.iter().find(|it| it.0 == row["case"]).map(|it| it.1.clone()).unwrap_or_default()
    });
    if together {
        let kept: Vec<String> = study
            .read("cases.csv")
            .lines()
            .filter(|it| !it.starts_with("C,"))
            .map(str::to_owned)
            .collect();
        study.write("cases.csv", &(kept.join("\n") + "\n"));
    }
    study.write("guide.csv", "topic,question,text\nt1,q1,How?\nt2,q2,Why?\n");
    study.write("concepts.csv", "concept,code,question\npower,shared,\npower,,q2\nchill,cold,\n");
}

/// Three coders, one round or two, mostly alike so that something is settled.
fn coded(mut study: TestStudy, world: &mut World, dice: &mut Dice) -> TestStudy {
    for round in ["main", "later"].into_iter().take(1 + dice.roll(2)) {
        world.rounds.push(round.to_owned());
        if round == "later" {
            let said = study.run("round new later");
            assert!(said.contains("[exit 0]"), "{said}");
        }
        let mut common: BTreeMap<(usize, &str), &str> = BTreeMap::new();
        for (at, _) in world.units.iter().enumerate() {
            common.insert((at, "lead"), dice.of(&LEAD));
            common.insert((at, "tone"), dice.of(&TONE));
        }
        for coder in CODERS {
            let mut said: Vec<String> = Vec::new();
            for ((at, dimension), answer) in &common {
                match dice.roll(16) {
                    0 => {}
                    1 => said.push(format!("{} {dimension} none", world.units[*at].id)),
                    _ => said.push(format!("{} {dimension} {answer}", world.units[*at].id)),
                }
            }
            study = study.coded(coder, &said.iter().map(String::as_str).collect::<Vec<_>>());
        }
        for coder in CODERS {
            study = study.sealed(coder);
        }
    }
    study
}

/// What the three settled together in each round, agreed before or not, and what they left open.
fn settle(study: &TestStudy, world: &mut World, dice: &mut Dice) {
    let version = rows(&study.read("coding/c1.csv"))[0]["codebook"].clone();
    let mut list = String::from(
        "seq,at,round,unit,dimension,codes,outcome,reason,rationale,present,codebook_change,undoes,codebook\n",
    );
    for round in &world.rounds {
        for unit in &world.units {
            for (dimension, answers) in [("lead", &LEAD[..]), ("tone", &TONE[..])] {
                let answer = match dice.roll(8) {
                    0 => None,
                    1 | 2 => Some(dice.of(answers).to_owned()),
                    _ => continue,
                };
                let (seq, codes) = (world.settlements.len() + 1, answer.as_deref().unwrap_or(""));
                let outcome = if answer.is_some() { "other" } else { "open" };
                list += &format!(
                    "{seq},2026-03-02T10:00:00Z,{round},{},{dimension},{codes},{outcome},reading,So it is.,c1; c2; c3,,,{version}\n",
                    unit.id
                );
                let (round, unit) = (round.clone(), unit.id.clone());
                let dimension = dimension.to_owned();
                world.settlements.push(Settlement { round, unit, dimension, answer });
            }
        }
    }
    study.write("consensus.csv", &list);
}

/// Some paragraphs are picked for some codes.
fn pick(study: &TestStudy, world: &mut World, dice: &mut Dice) {
    let shared: Vec<usize> = (0..world.units.len())
        .filter(|at| world.speakers(&world.units[*at], false).len() > 1)
        .collect();
    for _ in 0..4 + dice.roll(8) {
        // Where several speak, what is marked is one person's; there alone that makes a difference.
        let at = match shared.is_empty() || dice.roll(3) == 0 {
            true => dice.roll(world.units.len()),
            false => shared[dice.roll(shared.len())],
        };
        let unit = &world.units[at];
        // Whoever said no is not picked.
        if !world.speakers(unit, false).iter().all(|it| world.person(it).unwrap().quoted) {
            continue;
        }
        let lines = unit.first..=unit.last;
        let spoken: Vec<usize> =
            lines.filter(|at| world.lines[&unit.text][at - 1].speaker != "Moderator").collect();
        let paragraph = spoken[dice.roll(spoken.len())];
        let code = CODES[dice.roll(CODES.len())].0.to_owned();
        let text = unit.text.clone();
        let said = study.run(&format!("quotes pick {text}:{paragraph} --code {code} --coder c1"));
        assert!(said.contains("[exit 0]"), "{said}");
        world.picks.push(Pick { text, paragraph, code });
    }
}

/// The rows of a CSV, by column.
pub(super) fn rows(text: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let heads = reader.headers().unwrap().clone();
    let row = |row: csv::StringRecord| {
        heads.iter().zip(&row).map(|(head, cell)| (head.to_owned(), cell.to_owned())).collect()
    };
    reader.records().map(|it| row(it.unwrap())).collect()
}

/// Puts a column into a list of the study, or fills it anew.
fn set(
    study: &TestStudy,
    file: &str,
    column: &str,
    value: impl Fn(&BTreeMap<String, String>) -> String,
) {
    let text = study.read(file);
    let mut heads: Vec<String> = csv::Reader::from_reader(text.as_bytes())
        .headers()
        .unwrap()
        .iter()
        .map(str::to_owned)
        .collect();
    if !heads.iter().any(|it| it == column) {
        heads.push(column.to_owned());
    }
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&heads).unwrap();
    for mut row in rows(&text) {
        let value = value(&row);
        row.insert(column.to_owned(), value);
        writer.write_record(heads.iter().map(|it| row[it].as_str())).unwrap();
    }
    study.write(file, &String::from_utf8(writer.into_inner().unwrap()).unwrap());
}
