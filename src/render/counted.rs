//! Codes that meet, and codes that each further group brings, as lists.

use std::collections::BTreeMap;

use serde_json::json;

use super::document::{Note, Value};
use super::list::{Item, List};
use super::number;
use super::pictures::Drawing;
use super::pictures::curve::{self, Curve};
use super::pictures::grid::{self, Grid, Grids};
use crate::analysis::cooccurrence::Meeting;
use crate::analysis::provenance::{Counted, Provenance};
use crate::analysis::saturation::{Asked, Saturation};
use crate::domain::answer::CodeIndex;
use crate::domain::study::Study;
use crate::msg;
use crate::work::ask::Answer;

/// Codes that meet.
#[must_use]
pub fn meetings(study: &Study, answer: &Answer<Vec<Meeting>>) -> List {
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
    let code = |code: CodeIndex| Item::id(&study.vocabulary.of(code).id);
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
                Value::Number(it.expected).into(),
            ]
        })
        .collect();
    list.drawing = Some(Drawing::Grids(meeting_grid(study, &answer.found)));
    list.notes = match answer.found.is_empty() {
        true => vec![msg!("cooccur.none")],
        false => vec![msg!("cooccur.note"), msg!("cooccur.note.expected")],
    };
    beneath(list, &answer.counted, &answer.provenance)
}

/// Codes that meet as a table of codes by codes: half of it, because the other half would say the same.
fn meeting_grid(study: &Study, found: &[Meeting]) -> Grids {
    let mut codes: Vec<CodeIndex> = found.iter().flat_map(|it| [it.first, it.second]).collect();
    codes.sort_unstable();
    codes.dedup();
    let colours = grid::colours(study);
    let head = |code: &CodeIndex| {
        let id = study.vocabulary.of(*code).id.to_string();
        grid::Head { colour: colours.get(&id).cloned().unwrap_or_default(), name: id }
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

/// What each further group brings.
#[must_use]
pub fn saturation(study: &Study, asked: &Asked, answer: &Answer<Saturation>) -> List {
    let columns = [
        ("group", "saturation.group"),
        ("case", "saturation.case"),
        ("date", "saturation.date"),
        ("units", "saturation.units"),
        ("codes", "saturation.codes"),
        ("new", "saturation.new"),
        ("first_asked", "saturation.first_asked"),
        ("so_far", "saturation.so_far"),
        ("new_elsewhere", "saturation.elsewhere"),
        ("new_codes", "saturation.new_codes"),
    ];
    let Saturation { groups, runs } = &answer.found;
    let mut list = List::new("themata.saturation/1", &columns);
    let ids = |codes: &[CodeIndex]| -> Vec<String> {
        codes.iter().map(|code| study.vocabulary.of(*code).id.to_string()).collect()
    };
    list.rows = (1..)
        .zip(groups)
        .map(|(place, it)| {
            vec![
                Item::count(place),
                Item::id(&it.case),
                Item::text(&it.date),
                Item::count(it.units),
                Item::count(it.codes.len() as u64),
                Item::count(it.new.len() as u64),
                Item::count(it.first_asked.len() as u64),
                Item::count(it.so_far),
                it.elsewhere.map_or(Value::Missing, Value::Number).into(),
                Value::Ids(ids(&it.new)).into(),
            ]
        })
        .collect();
    let drawn = groups.iter().map(|it| curve::Group {
        name: it.case.to_string(),
        new: it.new.len() as u64,
        so_far: it.so_far,
    });
    list.drawing = Some(Drawing::Curve(Curve { groups: drawn.collect() }));
    if groups.iter().all(|it| it.first_asked.is_empty()) {
        list.quieten("first_asked");
    }
    let undated = groups.iter().filter(|it| it.date.is_empty()).count();
    let mut notes = vec![match undated {
        0 => msg!("saturation.note.order"),
        n => msg!("saturation.note.undated", n = n),
    }];
    for run in runs {
        let (first, last) = run.groups;
        let share = number::shown(run.share().unwrap_or(0.0));
        notes.push(match run.base {
            0 => msg!("saturation.run.nothing", first = first, last = last),
            base => msg!(
                "saturation.run",
                first = first,
                last = last,
                new = run.new,
                base = base,
                groups = asked.base,
                share = share
            ),
        });
    }
    if runs.is_empty() {
        let needed = asked.base + asked.run;
        notes.push(msg!("saturation.few", n = groups.len(), needed = needed));
    }
    if asked.orders > 0 {
        notes.push(msg!("saturation.note.elsewhere", n = asked.orders, seed = asked.seed));
    }
    notes.push(msg!("saturation.note.codes"));
    list.notes = notes;
    let of_run = |run: &crate::analysis::saturation::Run| {
        let (first, last) = run.groups;
        json!({"first": first, "last": last, "new": run.new, "base": run.base, "share": run.share()})
    };
    list.asked = vec![
        ("base", asked.base.into()),
        ("run", asked.run.into()),
        ("orders", asked.orders.into()),
        ("seed", asked.seed.into()),
        ("runs", runs.iter().map(of_run).collect()),
    ];
    beneath(list, &answer.counted, &answer.provenance)
}

/// The same with what was counted and where it comes from.
fn beneath(mut list: List, counted: &Counted, provenance: &Provenance) -> List {
    list.asked.push(("from", counted.from.as_str().into()));
    list.asked.push(("codebook", provenance.codebook.as_str().into()));
    let notes: Vec<Note> = counted.notes();
    list.beneath = notes.into_iter().chain(provenance.notes()).collect();
    list
}
