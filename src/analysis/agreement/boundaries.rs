//! How far coders agree on where to cut a text: every measure of boundaries, text by text.

use super::{About, Agreement, Group, Level, Row, Why};
use crate::analysis::codings::WHOLE;
use crate::stats::elsewhere::Program;
use crate::stats::gamma::{Proof, Settings, gamma};
use crate::stats::segmentation::{boundary_similarity, pk, segmentation_similarity, window_diff};
use crate::stats::unitizing::{cu_alpha, k_u_alpha, u_alpha, u_alpha_binary};
use crate::stats::{Coefficient, Continuum, Marked, Measure, Segmentation, Undefined};

/// A text, and how each coder cut it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CutText {
    /// Its transcript; absent where none is said.
    pub name: Option<String>,
    /// How many places it has.
    pub length: u64,
    /// Per coder the stretches, with codes as places in [`Cutting::codes`].
    pub marks: Vec<Vec<Marked>>,
}

/// Texts that the same coders cut.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cutting {
    /// The coders, in order.
    pub coders: Vec<String>,
    /// The codes, in order; empty where stretches have none.
    pub codes: Vec<String>,
    /// The texts.
    pub texts: Vec<CutText>,
}

/// What a measure of boundaries has to be printed with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Parameters {
    /// How many places the window spans that `pk` and `window_diff` slide over the text.
    Window(u64),
    /// What a gamma is made with.
    Gamma(Made),
    /// Who prints this figure for the same codings.
    As(Program),
}

/// What a gamma is made with, and what is known of its error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Made {
    /// The weights, and how random continua are drawn.
    pub settings: Settings,
    /// By how much it may be off for drawing so few random continua.
    pub sampling_error: Option<f64>,
    /// Whether the alignments behind it are the best there are; absent where there is no gamma.
    pub alignment: Option<Proof>,
}

/// A text as one continuum and as one segmentation per coder.
struct Segmented<'a> {
    text: &'a CutText,
    coders: &'a [String],
    codes: &'a [String],
    continuum: Continuum,
}

/// How far coders agree on where to cut; the measures in the order asked for.
#[must_use]
pub fn boundaries(cutting: &Cutting, measures: &[Measure], settings: Settings) -> Agreement {
    let of_text = |text: &CutText| {
        let segmented = Segmented::of(text, &cutting.coders, &cutting.codes);
        let rows = measures.iter().flat_map(|measure| segmented.rows(*measure, settings)).collect();
        let name = text.name.clone().unwrap_or_else(|| WHOLE.to_owned());
        Group { name: Some(name), units: text.length, entering: Vec::new(), rows }
    };
    let groups = cutting.texts.iter().map(of_text).collect();
    Agreement { coders: cutting.coders.clone(), groups }
}

impl<'a> Segmented<'a> {
    /// A text made ready for all measures.
    fn of(text: &'a CutText, coders: &'a [String], codes: &'a [String]) -> Self {
        let continuum = Continuum::new(text.length, text.marks.iter().cloned());
        Self { text, coders, codes, continuum }
    }

    fn rows(&self, measure: Measure, settings: Settings) -> Vec<Row> {
        let continuum = &self.continuum;
        match measure {
            Measure::UAlpha => {
                let mut rows = vec![row(measure, About::Text, u_alpha(continuum), self.marks())];
                rows.extend(self.code_by_code());
                rows
            }
            Measure::UAlphaBinary => {
                vec![row(measure, About::Text, u_alpha_binary(continuum), self.marks())]
            }
            Measure::CuAlpha => vec![row(measure, About::Text, cu_alpha(continuum), self.marks())],
            Measure::KUAlpha => self.by_code(),
            Measure::Gamma => vec![self.gamma(settings)],
            Measure::Pk => self.both_ways(measure, pk),
            Measure::WindowDiff => self.both_ways(measure, window_diff),
            Measure::BoundarySimilarity => vec![self.of_two(measure, boundary_similarity)],
            Measure::SegmentationSimilarity => vec![self.of_two(measure, segmentation_similarity)],
            _ => Vec::new(),
        }
    }

    fn marks(&self) -> u64 {
        self.continuum.marks()
    }

    /// Codes that overlap are looked at one by one.
    fn code_by_code(&self) -> Vec<Row> {
        if !self.continuum.overlaps() || self.codes.len() < 2 {
            return Vec::new();
        }
        let of_code = |(place, code): (u32, &String)| {
            let own = self.continuum.of_code(place);
            row(Measure::UAlpha, About::Code(code.clone(), 1), u_alpha(&own), own.marks())
        };
        (0..).zip(self.codes).map(of_code).collect()
    }

    fn by_code(&self) -> Vec<Row> {
        let found = k_u_alpha(&self.continuum);
        let of_code = |(place, code): (usize, &String)| {
            let value = found.get(place).copied().unwrap_or(Undefined::NeverGiven.into());
            row(Measure::KUAlpha, About::Code(code.clone(), 1), value, self.marks())
        };
        if self.codes.is_empty() {
            // Stretches without codes cannot be coded alike or differently.
            let none = Undefined::NoVariation.into();
            return vec![row(Measure::KUAlpha, About::Text, none, self.marks())];
        }
        self.codes.iter().enumerate().map(of_code).collect()
    }

    fn gamma(&self, settings: Settings) -> Row {
        let found = gamma(&self.continuum, settings);
        let value = match &found {
            Ok(found) => found.coefficient,
            Err(reason) => (*reason).into(),
        };
        let parameters = Some(Parameters::Gamma(Made {
            settings,
            sampling_error: found.as_ref().ok().and_then(|it| it.sampling_error),
            alignment: found.as_ref().ok().map(|it| it.alignment),
        }));
        Row { parameters, ..row(Measure::Gamma, About::Text, value, self.marks()) }
    }

    /// The two segmentations, where there are two coders.
    fn two(&self) -> Option<(Segmentation, Segmentation)> {
        let cut = |marks: &Vec<Marked>| {
            let ends = marks.iter().flat_map(|mark| [mark.start, mark.end]);
            Segmentation::from_boundaries(self.continuum.length(), ends)
        };
        match self.text.marks.as_slice() {
            [one, two] => Some((cut(one), cut(two))),
            _ => None,
        }
    }

    fn of_two(&self, measure: Measure, of: fn(&Segmentation, &Segmentation) -> Coefficient) -> Row {
        let value = match self.two() {
            Some((one, two)) => of(&one, &two),
            None => Undefined::NotTwoCoders.into(),
        };
        row(measure, About::Text, value, self.continuum.length())
    }

    /// A measure that is not symmetric, with each coder's cuts as the reference.
    fn both_ways(
        &self,
        measure: Measure,
        of: fn(&Segmentation, &Segmentation) -> Coefficient,
    ) -> Vec<Row> {
        let (Some((one, two)), [first, second]) = (self.two(), self.coders) else {
            return vec![self.of_two(measure, of)];
        };
        let held_against = |reference: &Segmentation, other: &Segmentation, coder: &String| Row {
            parameters: Some(Parameters::Window(reference.window())),
            ..row(
                measure,
                About::Reference(coder.clone()),
                of(reference, other),
                self.continuum.length(),
            )
        };
        vec![held_against(&one, &two, first), held_against(&two, &one, second)]
    }
}

fn row(measure: Measure, about: About, coefficient: Coefficient, n: u64) -> Row {
    let (figure, n) = match coefficient {
        Coefficient::Value(estimate) => (Ok(estimate), estimate.n),
        Coefficient::Undefined { reason } => (Err(Why::Measure(reason)), n),
    };
    Row::plain((Level::Boundaries, about, measure), figure, n)
}
