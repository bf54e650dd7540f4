//! What things are called by people: cases, transcripts, dimensions and codes by name, totals in words.
//!
//! Programs have ids; whoever asks for `--names ids` reads them too.

use std::collections::BTreeMap;

use super::document::{Cell, Value};
use super::list::Item;
use crate::analysis::matrix::{Axes, Axis, Head, NO_VALUE, TOTAL};
use crate::domain::answer::CodeIndex;
use crate::domain::id::CaseId;
use crate::domain::localized::Localized;
use crate::domain::study::Study;
use crate::stats::Measure;
use crate::words::{self, Language};

/// Names by what has them and by id; none where people too read ids, or where there is no study.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Names {
    of: BTreeMap<(Named, String), Localized<String>>,
    /// Whether people too read ids.
    ids: bool,
    /// In what pictures, and whatever else is made for one reader, are spoken.
    language: Language,
}

/// What has names beside its ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Named {
    /// A case.
    Case,
    /// A sitting.
    Transcript,
    /// A code or dimension.
    Code,
}

impl Names {
    /// The names of a study; none where people are to read ids.
    #[must_use]
    pub fn of(study: &Study, ids: bool) -> Self {
        let mut names = Self::without(ids);
        if ids {
            return names;
        }
        let mut name = |kind, id: &str, name: Localized<String>| {
            if !name.is_blank() {
                names.of.insert((kind, id.to_owned()), name);
            }
        };
        for case in &study.cases {
            name(Named::Case, case.id.as_str(), Localized::Plain(case.name.clone()));
        }
        for transcript in &study.transcripts {
            let plain = Localized::Plain(transcript.name.clone());
            name(Named::Transcript, transcript.id.as_str(), plain);
        }
        for dimension in &study.codebook().dimensions {
            name(Named::Code, dimension.id.as_str(), dimension.wording.name.clone());
            for (_, code) in dimension.tree() {
                name(Named::Code, code.id.as_str(), code.wording.name.clone());
            }
        }
        names
    }

    /// None, for what is of no study.
    #[must_use]
    pub fn without(ids: bool) -> Self {
        Self { ids, ..Self::default() }
    }

    /// Whether people too read ids.
    #[must_use]
    pub fn are_ids(&self) -> bool {
        self.ids
    }

    /// What a measure of agreement is called.
    #[must_use]
    pub fn measure(&self, measure: Measure, language: Language) -> String {
        if self.ids { measure.to_string() } else { words::word(measure_key(measure), language) }
    }

    /// What something is called in a language; its id where it has no name.
    #[must_use]
    pub fn text<'a>(&'a self, kind: Named, id: &'a str, language: Language) -> &'a str {
        let name = self.of.get(&(kind, id.to_owned()));
        name.map(|it| it.text(language.tag())).filter(|it| !it.is_empty()).unwrap_or(id)
    }

    /// The same for a reader of this language.
    #[must_use]
    pub fn spoken(self, language: Language) -> Self {
        Self { language, ..self }
    }

    /// What something is called by the one reader for whom a picture is made; its id where it has no name.
    #[must_use]
    pub fn any(&self, kind: Named, id: &str) -> String {
        self.text(kind, id, self.language).to_owned()
    }

    /// What an answer is called: its codes joined by `; `, as in files; `none` stays.
    #[must_use]
    pub fn answer(&self, ids: &str, language: Language) -> String {
        let told = ids.split("; ").map(|id| self.text(Named::Code, id, language));
        told.collect::<Vec<_>>().join("; ")
    }

    /// What an entry of an axis is called: totals in words, the rest by name, if it has one.
    #[must_use]
    pub fn entry(&self, id: &str, of: &Axis, language: Language) -> String {
        let kind = match of {
            _ if id == TOTAL => return words::word("matrix.total", language),
            Axis::All => return words::word("matrix.axis.all", language),
            _ if id == NO_VALUE => return words::word("matrix.no_value", language),
            Axis::Case => Named::Case,
            Axis::Transcript => Named::Transcript,
            Axis::Dimension | Axis::Code => Named::Code,
            _ => return id.to_owned(),
        };
        self.text(kind, id, language).to_owned()
    }

    /// What people read at the head of a row, of a column or of a line.
    #[must_use]
    pub fn head(&self, head: &Head, of: &Axes, language: Language) -> String {
        let inner = self.entry(&head.id, &of.inner, language);
        match (&head.outer, &of.outer) {
            (Some(outer), Some(of)) if !outer.is_empty() => {
                format!("{} / {inner}", self.entry(outer, of, language))
            }
            _ => inner,
        }
    }

    /// The cells at the head of a row, one a level: ids for programs, names for people.
    #[must_use]
    pub fn cells(&self, row: &Head, of: &Axes, language: Language) -> Vec<Cell> {
        let entry = |id: &str, of: &Axis| {
            let told = self.entry(id, of, language);
            let cell = Cell::id(id);
            if told == id { cell } else { cell.told(Value::Id(told)) }
        };
        let outer = of.outer.as_ref();
        let outer = outer.map(|of| entry(row.outer.as_deref().unwrap_or_default(), of));
        outer.into_iter().chain([entry(&row.id, &of.inner)]).collect()
    }

    /// An item of a list that names something.
    #[must_use]
    pub fn item(&self, kind: Named, id: impl ToString) -> Item {
        let id = id.to_string();
        match self.of.get(&(kind, id.clone())) {
            Some(name) => Item::Named(Value::Id(id), name.clone()),
            None => Item::id(id),
        }
    }

    /// An item that names cases, joined by `; `.
    #[must_use]
    pub fn cases(&self, cases: &[CaseId]) -> Item {
        self.joined(Named::Case, cases.iter().map(ToString::to_string).collect())
    }

    /// An item that names codes, joined by `; `.
    #[must_use]
    pub fn codes(&self, study: &Study, codes: &[CodeIndex]) -> Item {
        let ids = codes.iter().map(|code| study.vocabulary.of(*code).id.to_string());
        self.joined(Named::Code, ids.collect())
    }

    fn joined(&self, kind: Named, ids: Vec<String>) -> Item {
        let all = |language: Language| {
            let told: Vec<&str> = ids.iter().map(|id| self.text(kind, id, language)).collect();
            (language.tag().to_owned(), told.join("; "))
        };
        let told = [Language::English, Language::Spanish].map(all);
        let told = Localized::ByLanguage(told.into_iter().collect());
        if ids.is_empty() || self.of.is_empty() {
            return Item::from(Value::Ids(ids));
        }
        Item::Named(Value::Ids(ids), told)
    }
}

fn measure_key(measure: Measure) -> &'static str {
    match measure {
        Measure::PercentAgreement => "agree.measure.percent_agreement",
        Measure::CohenKappa => "agree.measure.cohen_kappa",
        Measure::ScottPi => "agree.measure.scott_pi",
        Measure::BrennanPrediger => "agree.measure.brennan_prediger",
        Measure::GwetAc1 => "agree.measure.gwet_ac1",
        Measure::FleissKappa => "agree.measure.fleiss_kappa",
        Measure::CongerKappa => "agree.measure.conger_kappa",
        Measure::LightKappa => "agree.measure.light_kappa",
        Measure::KrippendorffAlpha => "agree.measure.krippendorff_alpha",
        Measure::KrippendorffAlphaOrdinal => "agree.measure.krippendorff_alpha_ordinal",
        Measure::KrippendorffAlphaInterval => "agree.measure.krippendorff_alpha_interval",
        Measure::WeightedKappaLinear => "agree.measure.weighted_kappa_linear",
        Measure::WeightedKappaQuadratic => "agree.measure.weighted_kappa_quadratic",
        Measure::GwetAc2 => "agree.measure.gwet_ac2",
        Measure::BrennanPredigerWeighted => "agree.measure.brennan_prediger_weighted",
        Measure::KrippendorffAlphaMasi => "agree.measure.krippendorff_alpha_masi",
        Measure::KrippendorffAlphaJaccard => "agree.measure.krippendorff_alpha_jaccard",
        Measure::Holsti => "agree.measure.holsti",
        Measure::HolstiCodePresence => "agree.measure.holsti_code_presence",
        Measure::MilesHuberman => "agree.measure.miles_huberman",
        Measure::Pabak => "agree.measure.pabak",
        Measure::PrevalenceIndex => "agree.measure.prevalence_index",
        Measure::BiasIndex => "agree.measure.bias_index",
        Measure::PositiveAgreement => "agree.measure.positive_agreement",
        Measure::NegativeAgreement => "agree.measure.negative_agreement",
        Measure::UAlpha => "agree.measure.u_alpha",
        Measure::UAlphaBinary => "agree.measure.u_alpha_binary",
        Measure::CuAlpha => "agree.measure.cu_alpha",
        Measure::KUAlpha => "agree.measure.k_u_alpha",
        Measure::Gamma => "agree.measure.gamma",
        Measure::Pk => "agree.measure.pk",
        Measure::WindowDiff => "agree.measure.window_diff",
        Measure::BoundarySimilarity => "agree.measure.boundary_similarity",
        Measure::SegmentationSimilarity => "agree.measure.segmentation_similarity",
    }
}
