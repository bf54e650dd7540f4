//! Codes that meet, and codes that each further group brings, as lists.

use std::collections::BTreeMap;

use serde_json::json;

use super::document::{Note, Value};
use super::list::{Item, List};
use super::names::{Named, Names};
use super::number;
use super::pictures::Drawing;
use super::pictures::curve::{self, Curve};
use super::pictures::grid::{self, Grid, Grids};
use crate::analysis::cooccurrence::{Meeting, Within};
use crate::analysis::provenance::{Counted, Provenance};
use crate::analysis::saturation::{Run, Saturation};
use crate::domain::answer::CodeIndex;
use crate::domain::message::Message;
use crate::domain::study::Study;
use crate::msg;
use crate::work::ask::{Answer, SaturationAsk, Stratum};

/// Codes that meet.
#[must_use]
pub fn meetings(
    study: &Study,
    answer: &Answer<Vec<Meeting>>,
    within: Within,
    names: &Names,
) -> List {
    let columns = [
        ("first", "cooccur.first"),
        ("second", "cooccur.second"),
        ("both", "cooccur.both"),
        ("of_first", "cooccur.of_first"),
        ("of_second", "cooccur.of_second"),
        ("decided", "cooccur.decided"),
        ("jaccard", "cooccur.jaccard"),
        ("expected", "cooccur.expected"),
    ];
    let mut list = List::new("themata.cooccur/1", &columns);
    let code = |code: CodeIndex| names.item(Named::Code, &study.vocabulary.of(code).id);
    list.rows = (answer.found.iter())
        .map(|it| {
            vec![
                code(it.first),
                code(it.second),
                Item::count(it.both),
                Item::count(it.of_first),
                Item::count(it.of_second),
                Item::count(it.decided),
                it.jaccard.map_or(Value::Missing, Value::Number).into(),
                it.expected.map_or(Value::Missing, Value::Number).into(),
            ]
        })
        .collect();
    list.drawing = Some(Drawing::Grids(meeting_grid(study, &answer.found, names)));
    list.notes = match (answer.found.is_empty(), within) {
        (true, _) => vec![msg!("cooccur.none")],
        (false, Within::Unit) => vec![msg!("cooccur.note"), msg!("cooccur.note.expected")],
        (false, Within::Turn) => vec![msg!("cooccur.note.turn")],
        (false, Within::Units(n)) => vec![msg!("cooccur.note.near", n = n)],
    };
    list.quieten_empty(&["expected"]);
    list.asked = vec![("within", within.to_string().into())];
    beneath(list, &answer.counted, &answer.provenance)
}

/// Codes that meet as a table of codes by codes: half of it, because the other half would say the same.
fn meeting_grid(study: &Study, found: &[Meeting], names: &Names) -> Grids {
    let mut codes: Vec<CodeIndex> = found.iter().flat_map(|it| [it.first, it.second]).collect();
    codes.sort_unstable();
    codes.dedup();
    let signs = grid::signs(study);
    let head = |code: &CodeIndex| {
        let id = study.vocabulary.of(*code).id.to_string();
        grid::Head {
            sign: signs.get(&id).cloned().unwrap_or_default(),
            name: names.any(Named::Code, &id),
        }
    };
    let met: BTreeMap<(CodeIndex, CodeIndex), u64> = found
        .iter()
        .map(|it| ((it.first.min(it.second), it.first.max(it.second)), it.both))
        .collect();
    let places = codes.iter().flat_map(|row| codes.iter().map(move |column| (*column, *row)));
    let grid = Grid {
        title: String::new(),
        rows: codes.iter().map(head).collect(),
        columns: codes.iter().map(head).collect(),
        cells: places.map(|pair| met.get(&pair).copied().map(grid::Number::Count)).collect(),
        totals: false,
        half: true,
    };
    Grids { title: msg!("picture.cooccur"), grids: vec![grid] }
}

/// What each further group brings, or who is behind each code.
#[must_use]
pub fn saturation(
    study: &Study,
    ask: &SaturationAsk,
    answer: &Answer<Vec<Stratum>>,
    names: &Names,
) -> List {
    let mut list = match ask.behind {
        true => behind(study, answer, ask.by.is_some(), names),
        false => groups(study, ask, answer, names),
    };
    let asked = &ask.asked;
    let of_run = |name: &str, run: &Run| {
        let (first, last) = run.groups;
        json!({"stratum": name, "first": first, "last": last, "new": run.new, "base": run.base, "share": run.share()})
    };
    let of_stratum = |it: &Stratum| -> Vec<_> {
        it.found.runs.iter().map(|run| of_run(&it.name, run)).collect()
    };
    list.asked = vec![
        ("base", asked.base.into()),
        ("run", asked.run.into()),
        ("orders", asked.orders.into()),
        ("seed", asked.seed.into()),
        ("by", ask.by.as_ref().map(ToString::to_string).into()),
        ("threshold", ask.threshold.into()),
        ("runs", answer.found.iter().flat_map(of_stratum).collect()),
    ];
    beneath(list, &answer.counted, &answer.provenance)
}

/// The groups in the order of their sessions.
fn groups(
    study: &Study,
    ask: &SaturationAsk,
    answer: &Answer<Vec<Stratum>>,
    names: &Names,
) -> List {
    let mut columns = vec![
        ("group", "saturation.group"),
        ("case", "saturation.case"),
        ("date", "saturation.date"),
        ("units", "saturation.units"),
        ("codes", "saturation.codes"),
        ("new", "saturation.new"),
        ("first_asked", "saturation.first_asked"),
        ("new_given", "saturation.given"),
        ("new_came", "saturation.came"),
        ("so_far", "saturation.so_far"),
        ("new_elsewhere", "saturation.elsewhere"),
        ("new_codes", "saturation.new_codes"),
        ("first_asked_codes", "saturation.first_asked_codes"),
    ];
    if ask.by.is_some() {
        columns.insert(0, ("stratum", "saturation.stratum"));
    }
    let mut list = List::new("themata.saturation/1", &columns);
    for stratum in &answer.found {
        for (place, it) in (1..).zip(&stratum.found.groups) {
            let (came, all) = (it.came.len() as u64, (it.new.len() + it.first_asked.len()) as u64);
            let mut row = vec![
                Item::count(place),
                names.item(Named::Case, &it.case),
                Item::text(&it.date),
                Item::count(it.units),
                Item::count(it.codes.len() as u64),
                Item::count(it.new.len() as u64),
                Item::count(it.first_asked.len() as u64),
                Item::count(all - came),
                Item::count(came),
                Item::count(it.so_far),
                it.elsewhere.map_or(Value::Missing, Value::Number).into(),
                names.codes(study, &it.new),
                names.codes(study, &it.first_asked),
            ];
            if ask.by.is_some() {
                row.insert(0, Item::text(&stratum.name));
            }
            list.rows.push(row);
        }
    }
    let all = || answer.found.iter().flat_map(|it| &it.found.groups);
    let mut came = 0;
    let drawn = all().map(|it| {
        came += it.came.len() as u64;
        let name = names.any(Named::Case, it.case.as_str());
        curve::Group { name, new: it.new.len() as u64, so_far: it.so_far, came }
    });
    if answer.found.len() == 1 {
        list.drawing = Some(Drawing::Curve(Curve { groups: drawn.collect() }));
    }
    if all().all(|it| it.first_asked.is_empty()) {
        list.quieten("first_asked");
        list.quieten("first_asked_codes");
    }
    // Where every code was there from the beginning, the two lines say what the one does.
    if all().all(|it| it.came.is_empty()) {
        list.quieten("new_given");
        list.quieten("new_came");
    }
    let undated = all().filter(|it| it.date.is_empty()).count();
    list.notes = vec![match undated {
        0 => msg!("saturation.note.order"),
        n => msg!("saturation.note.undated", n = n),
    }];
    for stratum in &answer.found {
        list.notes.extend(runs(stratum, ask));
    }
    if ask.asked.orders > 0 {
        let (n, seed) = (ask.asked.orders, ask.asked.seed);
        list.notes.push(msg!("saturation.note.elsewhere", n = n, seed = seed));
    }
    list.notes.push(msg!("saturation.note.codes"));
    list
}

/// What is said of the runs of a stratum: numbers, never a verdict.
fn runs(stratum: &Stratum, ask: &SaturationAsk) -> Vec<Message> {
    let (asked, Saturation { groups, runs, .. }) = (&ask.asked, &stratum.found);
    let mut notes = Vec::new();
    if !stratum.name.is_empty() {
        notes.push(msg!("saturation.of_stratum", stratum = stratum.name, n = groups.len()));
    }
    if runs.iter().any(|it| it.base == 0) {
        notes.push(msg!("saturation.run.nothing"));
    } else {
        notes.extend(runs.iter().map(|run| of_run(run, asked.base)));
    }
    if runs.is_empty() {
        let needed = asked.base + asked.run;
        notes.push(msg!("saturation.few", n = groups.len(), needed = needed));
    } else if let Some(threshold) = ask.threshold {
        let within = |run: &&Run| run.base > 0 && run.new * 100 <= u64::from(threshold) * run.base;
        notes.push(match runs.iter().find(within) {
            Some(Run { groups: (first, last), .. }) if first == last => {
                msg!("saturation.threshold.one", threshold = threshold, group = first)
            }
            Some(Run { groups: (first, last), .. }) => {
                msg!("saturation.threshold", threshold = threshold, first = first, last = last)
            }
            None => msg!("saturation.no_threshold", threshold = threshold),
        });
    }
    notes
}

/// New codes of one run over those of a base of so many groups.
fn of_run(run: &Run, groups: usize) -> Message {
    let share = number::shown(run.share().unwrap_or(0.0));
    let Run { groups: (first, last), new, base } = run;
    match first == last {
        true => msg!(
            "saturation.run.one",
            group = first,
            new = new,
            base = base,
            groups = groups,
            share = share
        ),
        false => msg!(
            "saturation.run",
            first = first,
            last = last,
            new = new,
            base = base,
            groups = groups,
            share = share
        ),
    }
}

/// Who is behind each code.
fn behind(study: &Study, answer: &Answer<Vec<Stratum>>, strata: bool, names: &Names) -> List {
    let mut columns = vec![
        ("code", "saturation.code"),
        ("given", "saturation.since"),
        ("first", "saturation.first"),
        ("groups", "saturation.groups"),
        ("units", "saturation.units"),
        ("participants", "saturation.participants"),
        ("who", "saturation.who"),
    ];
    if strata {
        columns.insert(0, ("stratum", "saturation.stratum"));
    }
    let mut list = List::new("themata.behind/1", &columns);
    for stratum in &answer.found {
        for it in &stratum.found.behind {
            let since = match it.beforehand {
                true => Item::Said(Value::id("beforehand"), msg!("saturation.since.beforehand")),
                false => Item::Said(Value::id("coding"), msg!("saturation.since.coding")),
            };
            let mut row = vec![
                names.item(Named::Code, &study.vocabulary.of(it.code).id),
                since,
                Item::count(it.first),
                Item::count(it.groups),
                Item::count(it.units),
                Item::count(it.participants.len() as u64),
                Value::ids(&it.participants).into(),
            ];
            if strata {
                row.insert(0, Item::text(&stratum.name));
            }
            list.rows.push(row);
        }
    }
    list.notes = vec![msg!("saturation.note.behind"), msg!("saturation.note.codes")];
    list
}

/// The same with what was counted and where it comes from.
fn beneath(mut list: List, counted: &Counted, provenance: &Provenance) -> List {
    list.asked.push(("from", counted.from.as_str().into()));
    list.asked.push(("codebook", provenance.codebook.as_str().into()));
    let notes: Vec<Note> = counted.notes();
    list.beneath = notes.into_iter().chain(provenance.notes()).collect();
    list
}
