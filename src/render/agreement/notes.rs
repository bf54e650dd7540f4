//! What people are told beneath the tables of agreement: which units entered, how intervals were made.

use super::AgreementReport;
use super::tables::level_word;
use crate::analysis::agreement::{
    About, Bootstrap, Categories, Drawn, FEW_CASES, Given, Group, OnScale, Resampling, Row, Single,
};
use crate::analysis::provenance::Provenance;
use crate::domain::message::Message;
use crate::msg;
use crate::render::document::Note;
use crate::render::names::{Named, Names};
use crate::stats::elsewhere::Program;
use crate::stats::{Estimate, Measure};
use crate::words::Language;

impl AgreementReport {
    pub(super) fn notes(&self, language: Language) -> Vec<Note> {
        let mut notes = Vec::new();
        for group in &self.agreement.groups {
            let about = |name: &String| format!("{} · ", self.group(name, language));
            let about = group.name.as_ref().map(about).unwrap_or_default();
            let told = entering(group, &self.names, language).into_iter().map(Note::told);
            notes.extend(told.map(|note| note.about(about.clone())));
        }
        let mut say = |message| notes.push(Note::told(message));
        let groups = || self.agreement.groups.iter().flat_map(|group| &group.entering);
        if let Some(given) = self.options.given {
            let n = groups().map(|it| it.not_given).sum::<u64>();
            let only = groups().map(|it| it.only_some).sum::<u64>();
            say(match given {
                Given::Both => msg!("agree.note.given", n = n, only = only),
                Given::Either => msg!("agree.note.given_either", n = n, only = only),
            });
        }
        if groups().any(|it| it.single > 0) {
            say(match self.options.single {
                Single::Exclude => msg!("agree.note.exclude"),
                Single::Include => msg!("agree.note.include"),
            });
        }
        if self.without_unsure {
            say(msg!("agree.note.unsure"));
        }
        let rows = || self.agreement.groups.iter().flat_map(|group| &group.rows);
        let has_limits = |row: &Row| matches!(row.figure, Ok(Estimate { ci95: Some(_), .. }));
        if rows().any(|row| row.resampling.is_none() && has_limits(row)) {
            say(msg!("agree.note.interval"));
        }
        if let Some(program) = self.options.program {
            say(match program {
                Program::Irr => msg!("agree.note.as_irr"),
                Program::Balash2023 => msg!("agree.note.as_balash2023"),
            });
        }
        self.note_resampling(&mut say);
        self.note_scales(language, &mut say);
        self.note_categories(language, &mut say);
        if rows().any(|row| matches!(row.about, About::Mean(_))) {
            say(msg!("agree.note.mean"));
        }
        for row in rows() {
            if let (About::Mean(left_out), Ok(_)) = (&row.about, &row.figure)
                && !left_out.is_empty()
            {
                let name = |it: &String| self.names.text(Named::Code, it, language).to_owned();
                let dimensions = left_out.iter().map(name).collect::<Vec<_>>().join(", ");
                let measure = self.measure(row.measure, language);
                let level = level_word(row.level, language);
                say(msg!(
                    "agree.note.mean_without",
                    measure = measure,
                    level = level,
                    dimensions = dimensions
                ));
            }
        }
        if self.options.no_coefficients && self.options.measures.is_empty() {
            say(msg!("agree.note.no_coefficients"));
        }
        if self.by == Some("pair") {
            say(msg!("agree.note.rest"));
        }
        self.note_definitions(&mut say);
        notes.extend(self.assumed_notes());
        notes.extend(self.provenance.iter().flat_map(Provenance::notes));
        notes
    }

    /// Which categories entered the measures that ask how many there are.
    fn note_categories(&self, language: Language, say: &mut impl FnMut(Message)) {
        let rows = self.agreement.groups.iter().flat_map(|group| &group.rows);
        let used: std::collections::BTreeSet<Measure> = rows
            .map(|row| row.measure)
            .filter(|it| matches!(it, Measure::BrennanPrediger | Measure::GwetAc1))
            .collect();
        if used.is_empty() {
            return;
        }
        let measures: Vec<String> = used.iter().map(|it| self.measure(*it, language)).collect();
        let measures = measures.join(", ");
        say(match self.options.categories {
            Categories::Observed => msg!("agree.note.observed", measures = measures),
            Categories::Codebook if self.provenance.is_none() => {
                msg!("agree.note.declared", measures = measures)
            }
            Categories::Codebook => msg!("agree.note.codebook", measures = measures),
        });
    }

    /// Whether a figure depends on how much two different positions on a scale count as agreement.
    pub(super) fn has_weights(&self) -> bool {
        let mut rows = self.agreement.groups.iter().flat_map(|group| &group.rows);
        rows.any(|row| row.measure.takes_weights())
    }

    /// What the measures of a scale left out, and what they suppose.
    fn note_scales(&self, language: Language, say: &mut impl FnMut(Message)) {
        let rows = || self.agreement.groups.iter().flat_map(|group| &group.rows);
        let ordered: Vec<Measure> =
            rows().map(|row| row.measure).filter(|measure| measure.is_ordered()).collect();
        if ordered.is_empty() {
            return;
        }
        for entering in self.agreement.groups.iter().flat_map(|group| &group.entering) {
            let Some(OnScale { all, some, nobody, left_out }) = entering.scale else { continue };
            let dimension = self.names.text(Named::Code, &entering.dimension, language);
            say(msg!(
                "agree.note.scale",
                dimension = dimension,
                all = all,
                some = some,
                nobody = nobody,
                left_out = left_out
            ));
        }
        if ordered.iter().any(|measure| measure.takes_weights()) {
            say(msg!("agree.note.weights", weights = self.options.weights.as_str()));
        }
        if ordered.contains(&Measure::KrippendorffAlphaInterval) {
            say(msg!("agree.note.equal_steps"));
        }
    }

    /// What was drawn how often, and where that says little.
    fn note_resampling(&self, say: &mut impl FnMut(Message)) {
        let Some(Bootstrap { plan, drawn }) = self.options.bootstrap else { return };
        let (n, seed) = (plan.resamples, plan.seed);
        say(match drawn {
            Drawn::Units => msg!("agree.note.bootstrap_units", n = n, seed = seed),
            Drawn::Cases => msg!("agree.note.bootstrap_cases", n = n, seed = seed),
        });
        let rows = self.agreement.groups.iter().flat_map(|group| &group.rows);
        let resamplings: Vec<&Resampling> =
            rows.filter_map(|row| row.resampling.as_ref().filter(|_| row.figure.is_ok())).collect();
        let fewest = resamplings.iter().filter_map(|it| it.cases).min();
        match fewest {
            Some(cases) if cases < 2 => say(msg!("agree.note.one_case")),
            Some(cases) if cases < FEW_CASES => say(msg!("agree.note.few_cases", cases = cases)),
            _ => {}
        }
        let undefined = resamplings.iter().filter_map(|it| it.found).map(|it| it.undefined).max();
        if let Some(undefined) = undefined.filter(|undefined| *undefined > 0) {
            say(msg!("agree.note.undefined_resamples", n = undefined));
        }
    }

    /// Decisions made under versions of the codebook that define a code differently.
    fn note_definitions(&self, say: &mut impl FnMut(Message)) {
        for definitions in self.definitions.iter().filter(|it| !it.differing.is_empty()) {
            let version = |(id, decisions): &(String, u64)| format!("{id} ({decisions})");
            let versions: Vec<String> = definitions.versions.iter().map(version).collect();
            say(msg!(
                "agree.note.definitions",
                versions = versions.join(", "),
                codes = definitions.differing.join(", ")
            ));
            if definitions.across > 0 {
                say(msg!("agree.note.across", n = definitions.across));
            }
        }
    }
}

/// How many units there are and how many enter: one sentence if all dimensions are alike.
fn entering(group: &Group, names: &Names, language: Language) -> Vec<Message> {
    let n = group.units;
    let alike = |one: &crate::analysis::agreement::Entering| {
        (one.paired, one.single, one.undecided, one.not_given)
    };
    let Some(first) = group.entering.first() else { return Vec::new() };
    if group.entering.iter().all(|other| alike(other) == alike(first)) {
        let (paired, single, undecided) = (first.paired, first.single, first.undecided);
        let message = msg!(
            "agree.note.units",
            n = n,
            paired = paired,
            single = single,
            undecided = undecided
        );
        return vec![message];
    }
    let one = |of: &crate::analysis::agreement::Entering| {
        msg!(
            "agree.note.units_in",
            n = n,
            dimension = names.text(Named::Code, &of.dimension, language),
            paired = of.paired,
            single = of.single,
            undecided = of.undecided
        )
    };
    group.entering.iter().map(one).collect()
}
