//! Claims with what speaks for and against them, as a list.

use super::document::Value;
use super::list::{Item, List};
use super::names::{Named, Names};
use crate::analysis::claims::{Side, Weighed};
use crate::analysis::provenance::{Counted, Provenance};
use crate::domain::localized::Localized;
use crate::domain::study::Study;
use crate::msg;
use crate::words::{Language, word};
use crate::work::ask::ClaimsAnswer;

/// Claims, and what is to be looked at of each.
#[must_use]
pub fn claims(study: &Study, answer: &ClaimsAnswer, ids: bool) -> List {
    let columns = [
        ("claim", "claims.claim"),
        ("about", "claims.about"),
        ("for", "claims.for"),
        ("for_voices", "claims.for_voices"),
        ("for_cases", "claims.for_cases"),
        ("against", "claims.against"),
        ("against_voices", "claims.against_voices"),
        ("against_cases", "claims.against_cases"),
        ("remarks", "claims.remarks"),
    ];
    let mut list = List::new("themata.claims/1", &columns);
    let names = Names::of(study, ids);
    list.rows = answer.found.iter().map(|it| row(it, study, &names)).collect();
    let all = answer.found.len();
    let count = |test: &dyn Fn(&Weighed) -> bool| answer.found.iter().filter(|it| test(it)).count();
    let unlooked = count(&|it| it.against_it.is_none());
    let alone = count(&|it| it.one_voice);
    let changed = count(&|it| !it.changed.is_empty());
    list.notes.push(if all == 0 { msg!("claims.none") } else { msg!("claims.note") });
    if unlooked > 0 {
        list.notes.push(msg!("claims.unlooked", n = unlooked, all = all));
    }
    if alone > 0 {
        list.notes.push(msg!("claims.alone", n = alone, all = all));
    }
    if changed > 0 {
        let places = answer.found.iter().flat_map(|it| &it.changed).map(ToString::to_string);
        let places = places.collect::<Vec<_>>().join(", ");
        list.notes.push(msg!("claims.changed", n = changed, all = all, where = places));
    }
    match &answer.decided {
        Some((counted, provenance)) => {
            list.beneath =
                Counted::notes(counted).into_iter().chain(Provenance::notes(provenance)).collect();
        }
        None if all > 0 => list.notes.push(msg!("claims.closed")),
        None => {}
    }
    list
}

fn row(it: &Weighed, study: &Study, names: &Names) -> Vec<Item> {
    let code = study.find_code(it.about.trim_start_matches("code:")).ok();
    let about = match code {
        Some(code) => names.item(Named::Code, &study.vocabulary.of(code).id),
        None => Item::text(&it.about),
    };
    let mut row = vec![Item::text(&it.claim), about];
    row.extend(side(Some(&it.for_it), names));
    row.extend(side(it.against_it.as_ref(), names));
    row.push(remarks(it));
    row
}

/// The stretches, voices and cases of a side; nothing where nobody has looked.
fn side(side: Option<&Side>, names: &Names) -> [Item; 3] {
    let Some(side) = side else { return [(); 3].map(|()| Value::Missing.into()) };
    [
        Item::Counted(side.stretches.iter().map(ToString::to_string).collect()),
        Value::ids(&side.voices).into(),
        names.cases(&side.cases),
    ]
}

/// What is to be looked at, in words of the contract for programs.
fn remarks(it: &Weighed) -> Item {
    let all = [
        (it.for_it.stretches.is_empty(), "no_evidence", "claims.remark.no_evidence"),
        (it.against_it.is_none(), "no_counter_evidence", "claims.remark.no_counter_evidence"),
        (it.one_voice, "one_voice", "claims.remark.one_voice"),
        (!it.changed.is_empty(), "changed", "claims.remark.changed"),
    ];
    let holding: Vec<_> = all.into_iter().filter(|(holds, ..)| *holds).collect();
    let told = |language: Language| {
        let told: Vec<String> = holding.iter().map(|(.., key)| word(key, language)).collect();
        (language.tag().to_owned(), told.join("; "))
    };
    let told = [Language::English, Language::Spanish].map(told).into_iter().collect();
    Item::Named(Value::ids(holding.iter().map(|it| it.1)), Localized::ByLanguage(told))
}
