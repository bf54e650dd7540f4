//! `log --meeting`: the minutes of a meeting: what was settled on one day, from what, why, and who was there.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::meetings::meetings;
use crate::domain::answer::AnswerIndex;
use crate::domain::comparison::{Comparison, Waiting};
use crate::domain::consensus::Settlement;
use crate::domain::event::What;
use crate::domain::failure::Failure;
use crate::domain::id::CoderId;
use crate::domain::log::RoundIndex;
use crate::domain::time::Moment;
use crate::msg;
use crate::render::document::Value;
use crate::render::list::{Column, Item, List};
use crate::store::{Opened, Wish};

/// The minutes of a day, as far as cases are open, and the cases that are not.
pub(super) fn minutes(opened: &Opened, date: &str) -> Result<(List, Vec<Waiting>), Failure> {
    let shared = opened.shared_settlements();
    let of_day = |at: Moment| at.to_string().starts_with(date);
    let rows: Vec<&Settlement> = shared.rows.into_iter().filter(|it| of_day(it.at)).collect();
    let coders: Vec<&CoderId> = opened.study.settings.coders.iter().map(|it| &it.id).collect();
    let given = given(opened, &rows);
    let mut list = List::new(
        "themata.minutes/1",
        &[
            ("at", "trail.at"),
            ("unit", "trail.unit"),
            ("dimension", "trail.dimension"),
            ("outcome", "minutes.outcome"),
            ("codes", "minutes.codes"),
            ("reason", "trail.reason"),
            ("rationale", "minutes.rationale"),
            ("present", "minutes.present"),
            ("codebook_change", "minutes.change"),
        ],
    );
    let own =
        coders.iter().map(|coder| Column { name: coder.to_string(), heading: None, quiet: false });
    list.columns.splice(3..3, own);
    list.asked = vec![("meeting", date.into())];
    list.rows = rows.iter().map(|row| settled(opened, row, &coders, &given)).collect();
    notes(opened, &rows, date, &mut list);
    let own: Vec<&str> = coders.iter().map(|it| it.as_str()).collect();
    list.quieten_empty(
        &[&own[..], &["reason", "rationale", "present", "codebook_change"]].concat(),
    );
    Ok((list, shared.waiting))
}

/// What coders had given in the rounds of which something was settled, as far as it may be seen.
fn given(opened: &Opened, rows: &[&Settlement]) -> BTreeMap<RoundIndex, Comparison> {
    let rounds: BTreeSet<RoundIndex> = rows.iter().map(|it| it.round).collect();
    let compared = |round: RoundIndex| {
        let id = opened.study.rounds.get(usize::from(round.0))?.clone();
        let wish = Wish { round: Some(id), settles: true, ..Wish::default() };
        Some((round, opened.comparison(&wish).ok()?))
    };
    rounds.into_iter().filter_map(compared).collect()
}

fn settled(
    opened: &Opened,
    row: &Settlement,
    coders: &[&CoderId],
    given: &BTreeMap<RoundIndex, Comparison>,
) -> Vec<Item> {
    let study = &opened.study;
    let codes = |answer: AnswerIndex| study.answers.cell(answer, &study.vocabulary);
    let dimension = study.vocabulary.dimensions.get(usize::from(row.dimension.0));
    let of = |coder: &&CoderId| {
        let comparison = given.get(&row.round)?;
        let coding = comparison.codings.iter().find(|it| it.coder == **coder)?;
        Some(codes(coding.cell(row.unit, row.dimension).answer)).filter(|it| !it.is_empty())
    };
    let mut cells = vec![
        Item::At(row.at),
        Item::maybe(study.unit_at(row.unit).map(|unit| &unit.locator)),
        Item::maybe(dimension.map(|it| &it.id)),
    ];
    cells.extend(coders.iter().map(|coder| Item::maybe(of(coder))));
    let present: Vec<&str> = row.present.iter().map(CoderId::as_str).collect();
    cells.extend([
        match &row.outcome {
            None => Item::Said(Value::Missing, msg!("trail.taken_back")),
            Some(outcome) => Item::id(outcome),
        },
        Item::maybe(Some(codes(row.answer)).filter(|it| !it.is_empty())),
        Item::maybe(row.reason),
        Item::text(&row.rationale),
        Item::maybe(Some(present.join("; ")).filter(|it| !it.is_empty())),
        Item::text(&row.codebook_change),
    ]);
    cells
}

/// Who was there, how much was settled why, and what became of the codebook on that day.
fn notes(opened: &Opened, rows: &[&Settlement], date: &str, list: &mut List) {
    if rows.is_empty() {
        list.notes.push(msg!("minutes.none", date = date));
        return;
    }
    for meeting in meetings(rows) {
        let present: Vec<&str> = meeting.present.iter().map(CoderId::as_str).collect();
        list.notes.push(msg!("minutes.who", date = date, present = present.join(", ")));
        let (n, reasons) = (meeting.settled, meeting.told());
        list.notes.push(msg!("minutes.settled", n = n, reasons = reasons));
    }
    let of_day = opened.events.iter().filter(|it| it.at.to_string().starts_with(date));
    for event in of_day.filter(|it| matches!(it.what, What::Codebook(_))) {
        list.notes.push(msg!("minutes.codebook", what = event.what.told()));
    }
}
