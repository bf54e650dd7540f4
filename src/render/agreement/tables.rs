//! Agreement for people: one table a level, dimensions and codes down, measures across.

use super::{AgreementReport, figure};
use crate::analysis::agreement::{About, Group, Level, Row};
use crate::msg;
use crate::render::document::{Column, Form, Forms, Table, Value};
use crate::render::names::Named;
use crate::stats::Measure;
use crate::words::{self, Language};

impl AgreementReport {
    /// The tables of one level of one group: the figures, and for presence the counts.
    pub(super) fn level(&self, group: &Group, level: Level, language: Language) -> Vec<Table> {
        let is_category = |row: &&Row| matches!(row.about, About::Category { .. });
        let (categories, rows): (Vec<&Row>, Vec<&Row>) =
            group.rows.iter().filter(|row| row.level == level).partition(is_category);
        let Some(first) = rows.first() else { return Vec::new() };
        let says = level_title(level, language);
        let titled = |says: &str| match &group.name {
            Some(name) => format!("{} · {says}", self.group(name, language)),
            None => says.to_owned(),
        };
        let about_codes = rows.iter().any(|row| matches!(row.about, About::Code(..)));
        let heading = if about_codes {
            words::word("agree.column.code", language)
        } else {
            words::word("agree.column.dimension", language)
        };
        let measures: Vec<Measure> =
            rows.iter().take_while(|row| row.about == first.about).map(|row| row.measure).collect();
        let mut figures = page(&[&heading, "n"]).titled(titled(&says));
        figures.leading = 1;
        figures.columns.extend(measures.iter().map(|it| column(&self.measure(*it, language))));
        for of_one in rows.chunk_by(|one, next| same_line(&one.about, &next.about)) {
            let Some(first) = of_one.first() else { continue };
            let mut values = vec![self.name(&first.about, &rows, language), Value::Count(first.n)];
            for measure in &measures {
                let row = of_one.iter().find(|row| row.measure == *measure);
                values.push(row.map_or(Value::Missing, |row| figure(row, &self.names, language)));
            }
            figures.push(values);
        }
        let level = titled(&level_word(level, language));
        let counts = self.counts(&rows, &heading, &level, language);
        let categories = [Measure::KrippendorffAlpha, Measure::PositiveAgreement]
            .into_iter()
            .filter_map(|measure| self.per_category(&categories, measure, group, language));
        std::iter::once(figures).chain(counts).chain(categories).collect()
    }

    fn counts(
        &self,
        rows: &[&Row],
        heading: &str,
        level: &str,
        language: Language,
    ) -> Option<Table> {
        let [first, second] = self.agreement.coders.as_slice() else { return None };
        let only = |coder: &str| words::say(&msg!("agree.column.only", coder = coder), language);
        let mut table = page(&[
            heading,
            &words::word("agree.column.both", language),
            &only(first),
            &only(second),
            &words::word("agree.column.neither", language),
        ]);
        table.title = words::say(&msg!("agree.counts", level = level), language);
        for of_one in rows.chunk_by(|one, next| one.about == next.about) {
            let Some((row, counts)) = of_one.first().and_then(|row| Some((row, row.counts?)))
            else {
                continue;
            };
            table.push([
                self.name(&row.about, rows, language),
                Value::Count(counts.both),
                Value::Count(counts.only_first),
                Value::Count(counts.only_second),
                Value::Count(counts.neither),
            ]);
        }
        (!table.rows.is_empty()).then_some(table)
    }

    /// Krippendorff's alpha of each answer against all others, or agreement on it.
    fn per_category(
        &self,
        rows: &[&Row],
        measure: Measure,
        group: &Group,
        language: Language,
    ) -> Option<Table> {
        let dimension = words::word("agree.column.dimension", language);
        let answer = words::word("agree.column.answer", language);
        let (heading, title) = if measure == Measure::KrippendorffAlpha {
            (self.measure(measure, language), words::word("agree.per_category", language))
        } else {
            (
                words::word("agree.column.specific", language),
                words::word("agree.specific", language),
            )
        };
        let mut table = page(&[&dimension, &answer, "n", &heading]);
        table.title = match &group.name {
            Some(name) => format!("{} · {title}", self.group(name, language)),
            None => title,
        };
        for row in rows.iter().filter(|row| row.measure == measure) {
            let About::Category { dimension, answer, .. } = &row.about else { continue };
            let dimension = Value::id(self.names.text(Named::Code, dimension, language));
            let answer = Value::Id(self.names.answer(answer, language));
            table.push([
                dimension,
                answer,
                Value::Count(row.n),
                figure(row, &self.names, language),
            ]);
        }
        (!table.rows.is_empty()).then_some(table)
    }

    /// The name of a line; codes are indented beneath their dimension, if it stands there.
    fn name(&self, about: &About, beside: &[&Row], language: Language) -> Value {
        let beneath = || beside.iter().any(|row| matches!(row.about, About::Dimension(_)));
        match about {
            About::Code(_, depth) if beneath() => {
                let name = self.about(about, language);
                Value::Id(format!("{}{name}", "  ".repeat(*depth)))
            }
            About::Mean(_) => Value::Text(self.about(about, language)),
            _ => Value::Id(self.about(about, language)),
        }
    }
}

/// A column of a table that stands on pages alone; the figures have one of their own for everything else.
pub(super) fn column(heading: &str) -> Column {
    Column::new(heading).only_in(Forms::only(Form::Page))
}

/// A table for pages alone, without rows.
pub(super) fn page(headings: &[&str]) -> Table {
    Table::new(headings.iter().map(|heading| column(heading)).collect())
}

/// Whether two figures stand in one line of the table.
fn same_line(one: &About, next: &About) -> bool {
    match (one, next) {
        (About::Mean(_), About::Mean(_)) => true,
        _ => one == next,
    }
}

/// What a level is called and what it compares.
fn level_title(level: Level, language: Language) -> String {
    match level {
        Level::Presence => words::word("agree.level.presence", language),
        Level::Value => words::word("agree.level.value", language),
        Level::Sets => words::word("agree.level.sets", language),
        Level::Joint => words::word("agree.level.joint", language),
        Level::Boundaries => words::word("agree.level.boundaries", language),
    }
}

/// What a level is called, in a word.
pub(super) fn level_word(level: Level, language: Language) -> String {
    let title = level_title(level, language);
    title.split(':').next().unwrap_or_default().to_owned()
}
