//! The sections that records fill, without a command of their own.

use super::{Report, list, paragraph};
use crate::analysis::redacted::Profile;
use crate::analysis::sample;
use crate::domain::codebook::Code;
use crate::domain::unit::UnitKind;
use crate::msg;
use crate::render::document::{Part, Quotation, Table, Value};
use crate::words::{Language, word};
use crate::work::report::{Quoted, Section};

/// A table with these words as its heads.
pub(super) fn headings(keys: &[&'static str], language: Language) -> Table {
    Table::for_people(keys.iter().map(|key| word(key, language)).collect())
}

impl Report<'_> {
    pub(super) fn sample(&self, language: Language) -> Vec<Part> {
        let (study, facts) = (self.study, &self.analysis.facts);
        let first = msg!(
            "report.sample.all",
            cases = study.cases.len(),
            transcripts = study.transcripts.len(),
            participants = facts.participants,
            words = facts.words
        );
        let mut table = headings(
            &["report.case", "report.transcripts", "report.participants", "report.units.count"],
            language,
        );
        table.title = word("report.sample.cases", language);
        for it in sample::cases(study) {
            let name = if it.case.name.is_empty() { it.case.id.as_str() } else { &it.case.name };
            let counts = [it.transcripts, it.participants, it.units];
            table.push(std::iter::once(Value::id(name)).chain(counts.map(Value::Count)));
        }
        let mut parts = vec![paragraph(&first, language), Part::Table(table)];
        parts.extend(self.attributes(language));
        if self.profile == Profile::Team {
            parts.push(Part::Table(self.people(language)));
        }
        parts
    }

    /// How many participants have which value, over the whole study; in public only values that enough of them have.
    fn attributes(&self, language: Language) -> Option<Part> {
        let study = self.study;
        let mut table =
            headings(&["report.attribute", "report.value", "report.participants"], language);
        table.title = word("report.sample.attributes", language);
        for (at, name) in study.participant_attributes.iter().enumerate() {
            let values = sample::values(study, at);
            // A small group is told by what the others leave of all: then everybody's values are left out.
            let few = |n: &u64| self.profile == Profile::Public && *n < self.min;
            let small: u64 = values.iter().map(|(_, n)| *n).filter(few).sum();
            let told = small > 0 && few(&small);
            for (value, n) in values.into_iter().filter(|(_, n)| !told && !few(n)) {
                let value = value.as_str();
                let value = if value.is_empty() { "–" } else { value };
                table.push([Value::id(name), Value::from(value), Value::Count(n)]);
            }
        }
        (!table.rows.is_empty()).then_some(Part::Table(table))
    }

    fn people(&self, language: Language) -> Table {
        let study = self.study;
        let mut names: Vec<String> =
            ["report.participant", "report.case", "report.role", "report.quotes"]
                .iter()
                .map(|key| word(key, language))
                .collect();
        names.extend(study.participant_attributes.iter().cloned());
        let mut table = Table::for_people(names);
        table.title = word("report.sample.people", language);
        table.folded = true;
        for person in study.participants.iter().filter(|it| !study.has_withdrawn(&it.id)) {
            let case = person.case.as_ref().map_or(Value::Missing, Value::id);
            let mut row = vec![
                Value::id(&person.id),
                case,
                Value::id(person.role),
                Value::id(person.quotes.as_str()),
            ];
            row.extend(person.attributes.iter().map(|it| Value::from(it.as_str())));
            table.push(row);
        }
        table
    }

    pub(super) fn codebook(&self, language: Language) -> Vec<Part> {
        fn beneath(codes: &[Code], depth: usize, table: &mut Table, language: Language) {
            for code in codes {
                let text = |of: &crate::domain::localized::Localized<String>| {
                    Value::Text(of.text(language.tag()).to_owned())
                };
                let name = format!("{}{}", "— ".repeat(depth), code.id);
                table.push([
                    Value::Id(name),
                    text(&code.wording.name),
                    text(&code.wording.definition),
                    text(&code.wording.use_when),
                    text(&code.wording.not_when),
                ]);
                beneath(&code.codes, depth + 1, table, language);
            }
        }
        let book = self.study.codebook();
        let mut parts = vec![paragraph(
            &msg!(
                "report.codebook.all",
                dimensions = book.dimensions.len(),
                version = self.study.version_in_force().id
            ),
            language,
        )];
        for dimension in &book.dimensions {
            let keys = [
                "report.code",
                "report.name",
                "report.definition",
                "report.use_when",
                "report.not_when",
            ];
            let mut table = headings(&keys, language);
            table.title =
                format!("{} ({})", dimension.wording.name.text(language.tag()), dimension.id);
            table.folded = true;
            let text = |of: &crate::domain::localized::Localized<String>| {
                Value::Text(of.text(language.tag()).to_owned())
            };
            table.push([
                Value::id(&dimension.id),
                text(&dimension.wording.name),
                text(&dimension.wording.definition),
                text(&dimension.wording.use_when),
                text(&dimension.wording.not_when),
            ]);
            beneath(&dimension.codes, 1, &mut table, language);
            parts.push(Part::Table(table));
        }
        parts
    }

    pub(super) fn units(&self, language: Language) -> Vec<Part> {
        let study = self.study;
        let prompts = study.units().filter(|(_, unit)| unit.kind == UnitKind::Prompt).count();
        let pinned = study.talk().filter(|(_, unit)| unit.pinned).count();
        let said = |key: &str| self.analysis.facts.events.get(key).copied().unwrap_or(0);
        let mut told = vec![
            msg!(
                "report.units.all",
                units = self.analysis.facts.units,
                words = self.analysis.facts.words
            ),
            msg!("report.units.prompts", n = prompts),
            msg!("report.units.pinned", n = pinned),
        ];
        if said("cuts-done") > 0 {
            told.push(msg!("report.units.cut", n = said("cuts-done")));
        } else {
            told.push(msg!("report.units.nobody"));
        }
        if said("lock") > 0 {
            told.push(msg!("report.units.locked", n = said("lock")));
        }
        let mut parts = vec![list(&told, language)];
        parts.extend(self.answers(Section::Units, language));
        parts
    }

    pub(super) fn procedure(&self, language: Language) -> Vec<Part> {
        let study = self.study;
        let coders: Vec<&str> = study.counting_coders().map(|it| it.id.as_str()).collect();
        let mut told = vec![
            msg!("report.procedure.coders", n = coders.len(), coders = coders.join(", ")),
            msg!("report.procedure.rounds", n = study.rounds.len()),
            match &study.assignments {
                Some(_) => msg!("report.procedure.assigned"),
                None => msg!("report.procedure.all"),
            },
        ];
        match self.analysis.facts.events.get("unblind") {
            Some(n) => told.push(msg!("report.procedure.unblinded", n = n)),
            None if coders.len() > 1 => told.push(msg!("report.procedure.blind")),
            None => {}
        }
        let mut table =
            headings(&["report.coder", "report.round", "report.sealed", "report.cases"], language);
        table.title = word("report.procedure.seals", language);
        for (coder, round, at, cases) in &self.analysis.facts.seals {
            table.push([Value::id(coder), Value::id(round), Value::id(at), Value::Count(*cases)]);
        }
        let mut parts = vec![list(&told, language)];
        if !table.rows.is_empty() {
            parts.push(Part::Table(table));
        }
        parts
    }

    /// How discrepancies were settled, by dimension and reason.
    pub(super) fn reasons(&self, language: Language) -> Vec<Part> {
        let keys = ["report.dimension", "report.reason", "report.settled"];
        let mut table = headings(&keys, language);
        table.title = word("report.reasons", language);
        for ((dimension, reason), n) in &self.analysis.facts.reasons {
            table.push([Value::id(dimension), Value::id(reason), Value::Count(*n)]);
        }
        let settled: u64 = self.analysis.facts.reasons.values().sum();
        let told = msg!(
            "report.settled.all",
            n = settled,
            open = self.analysis.facts.open,
            left = self.analysis.facts.unsettled
        );
        let mut parts = vec![paragraph(&told, language)];
        if !table.rows.is_empty() {
            parts.push(Part::Table(table));
        }
        parts
    }

    pub(super) fn quoted(&self, language: Language) -> Vec<Part> {
        let mut parts: Vec<Part> = Vec::new();
        let study = self.study;
        for (dimension, quotations) in &self.analysis.quotations {
            let quotation = |it: &Quoted| Quotation {
                text: it.text.clone(),
                citation: it.citation.clone(),
                unit: study
                    .units
                    .get(it.unit.at())
                    .map(|it| it.locator.to_string())
                    .unwrap_or_default(),
                language: study.transcript_of(it.unit).language.clone(),
            };
            let within = quotations.iter().map(quotation).map(Part::Quotation).collect();
            let book = study.codebook().dimensions.iter().find(|it| it.id == *dimension);
            let name = book.map(|it| it.wording.name.text(language.tag()).to_owned());
            parts.push(Part::Section(name.unwrap_or_else(|| dimension.to_string()), within));
        }
        if self.analysis.facts.not_quoted > 0 {
            parts.push(paragraph(
                &msg!("report.quotations.left", n = self.analysis.facts.not_quoted),
                language,
            ));
        }
        parts
    }

    pub(super) fn history(&self, language: Language) -> Vec<Part> {
        let mut table = headings(&["report.version", "report.name"], language);
        for version in &self.study.versions {
            let title = version.codebook.title.text(language.tag());
            table.push([Value::id(&version.id), Value::from(title)]);
        }
        let changes = self.study.revisions.len();
        vec![paragraph(&msg!("report.history.changes", n = changes), language), Part::Table(table)]
    }

    pub(super) fn trail(&self, language: Language) -> Vec<Part> {
        let mut table = headings(&["report.event", "report.count"], language);
        for (event, n) in &self.analysis.facts.events {
            table.push([Value::id(event), Value::Count(*n)]);
        }
        let mut parts = vec![paragraph(&msg!("report.trail.log"), language)];
        if !table.rows.is_empty() {
            parts.push(Part::Table(table));
        }
        let keys =
            ["report.day", "minutes.present", "report.settled", "trail.reason", "report.minutes"];
        let mut meetings = headings(&keys, language);
        meetings.title = word("report.meetings", language);
        meetings.leading = 1;
        for it in &self.analysis.facts.meetings {
            let present: Vec<&str> = it.present.iter().map(|it| it.as_str()).collect();
            meetings.push([
                Value::id(&it.day),
                Value::Id(present.join(", ")),
                Value::Count(it.settled),
                Value::Id(it.told()),
                Value::Id(format!("themata log --meeting {}", it.day)),
            ]);
        }
        if !meetings.rows.is_empty() {
            parts.push(Part::Table(meetings));
        }
        parts
    }
}
