//! Quotations that were picked, as a list.

use super::document::Value;
use super::list::{Item, List};
use super::names::{Named, Names};
use crate::analysis::citation::Citations;
use crate::analysis::picks::{Pick, units_of};
use crate::analysis::quotes::may_be_quoted;
use crate::analysis::withdrawn::Withdrawn;
use crate::domain::study::Study;
use crate::msg;
use crate::store::Picked;

/// Quotations that were picked; those of whoever must not be quoted are counted and not shown.
#[must_use]
pub fn list(study: &Study, picked: &Picked) -> List {
    let columns = [
        ("pick", "picks.number"),
        ("at", "memo.at"),
        ("locator", "quotes.column.locator"),
        ("dimension", "discrepancies.column.dimension"),
        ("code", "quotes.column.code"),
        ("citation", "picks.citation"),
        ("text", "quotes.column.text"),
        ("lang", "picks.language"),
        ("translation", "picks.translation"),
        ("translator", "picks.translator"),
    ];
    let mut list = List::new("themata.picks/1", &columns);
    let (citations, withdrawn) = (Citations::of(study), Withdrawn::of(study));
    let names = Names::of(study, false);
    let may = |it: &&Pick| {
        let units = units_of(study, &it.locator);
        units.iter().all(|unit| may_be_quoted(study, *unit))
            && !withdrawn.heard(study, &it.locator).is_empty()
    };
    let row = |it: &Pick| {
        let code = study.vocabulary.of(it.code);
        let dimension = study.vocabulary.dimensions.get(usize::from(code.dimension.0));
        let heard = withdrawn.heard(study, &it.locator);
        vec![
            Item::id(format!("{}#{}", it.coder, it.seq)),
            Item::at(it.at),
            Item::id(&it.locator),
            dimension.map_or(Item::text(""), |it| names.item(Named::Code, &it.id)),
            names.item(Named::Code, &code.id),
            Item::Plain(Value::Text(citations.stretch(&it.locator, &heard))),
            Item::text(&withdrawn.stretch(study, &it.locator)),
            Item::maybe(Some(&it.language).filter(|it| !it.is_empty())),
            Item::text(&it.translation),
            Item::text(&it.translator),
        ]
    };
    list.rows = picked.picks.iter().filter(may).map(row).collect();
    list.quieten("at");
    list.quieten("dimension");
    list.quieten_empty(&["lang", "translation", "translator"]);
    if list.rows.is_empty() {
        list.notes.push(msg!("picks.none"));
    }
    let hidden = picked.picks.len() - list.rows.len();
    if hidden > 0 {
        list.notes.push(msg!("quotes.not_quoted", n = hidden));
    }
    if picked.lost > 0 {
        list.notes.push(msg!("picks.lost", n = picked.lost));
    }
    list
}
