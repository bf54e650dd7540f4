//! Where coders cut the same texts, and how far these cuts agree.

use std::collections::{BTreeMap, BTreeSet};

use super::agree::OrAll;
use super::comparing::{CoderAt, Comparing};
use super::line::Line;
use super::part::Part;
use crate::analysis::agreement::{Agreement, CutText, Cutting, Options, boundaries};
use crate::domain::failure::Failure;
use crate::domain::find::{Named, NotFound};
use crate::domain::locator::Locator;
use crate::domain::transcript::Transcript;
use crate::domain::unit::UnitKind;
use crate::format::table::quotable;
use crate::msg;
use crate::stats::gamma::Settings;
use crate::stats::{Marked, Measure};
use crate::store::Opened;

/// What is asked of cuts.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct BoundariesAsk {
    /// The measures; all of boundaries where there are none.
    pub measures: Vec<OrAll<Measure>>,
    /// Only these coders, in this order.
    pub coders: Vec<CoderAt>,
    /// How long the text is, where it is said.
    pub length: Option<u64>,
    /// Weights and random numbers of gamma.
    pub settings: Settings,
    /// Whether people too read ids.
    pub ids: bool,
    /// Which cases.
    pub part: Part,
    /// Which cuts are let through.
    pub comparing: Comparing,
}

/// What boundaries are counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Places {
    /// The characters of the transcript's paragraphs, one after the other.
    Characters,
    /// Whole paragraphs.
    Paragraphs,
    /// Whatever `start` and `end` of the files count.
    Counted,
}

impl Places {
    /// The word in machine formats.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Characters => "characters",
            Self::Paragraphs => "paragraphs",
            Self::Counted => "counted",
        }
    }
}

/// The answer: figures, and what they rest on.
#[derive(Debug, Clone, PartialEq)]
pub struct BoundariesAnswer {
    /// The figures, text by text.
    pub agreement: Agreement,
    /// What was computed.
    pub options: Options,
    /// What boundaries are counted in.
    pub places: Places,
    /// Texts that not all coders cut.
    pub left_out: Vec<String>,
}

/// Cuts as measures read them, and what people are told of them.
#[derive(Debug)]
pub struct Cut {
    /// The texts that all coders cut.
    cutting: Cutting,
    /// What boundaries are counted in.
    places: Places,
    /// The other texts.
    left_out: Vec<String>,
}

/// Stretches by text, then by coder: from where to where, and the code.
pub type Stretches = BTreeMap<Option<String>, BTreeMap<String, Vec<(u64, u64, String)>>>;

/// Stretches, what they are counted in, and the lengths of texts as far as they are known.
pub type Placed = (Stretches, Places, BTreeMap<Option<String>, u64>);

/// Coders' own cuts in `units/<coder>/`, of the transcripts with which all who cut them are done.
///
/// # Errors
/// Names that the study does not have, cuts that are not open, or none.
pub fn own_cuts(opened: &Opened, ask: &BoundariesAsk) -> Result<Cut, Failure> {
    let unblind = ask.comparing.unblinding(&opened.study)?;
    let scope = ask.part.scope(&opened.study)?;
    let mut cuts = opened.open_cuts(unblind.as_ref())?;
    if cuts.open.is_empty() && !cuts.waiting.is_empty() {
        let what = msg!("settle.closed", waiting = cuts.told());
        return Err(Failure::Refused(what, msg!("settle.closed.fix")));
    }
    let wanted =
        |transcript: &&Transcript| scope.cases.is_empty() || scope.cases.contains(&transcript.case);
    let mut stretches = Stretches::new();
    let mut lengths = BTreeMap::new();
    let mut coders = Vec::new();
    for transcript in opened.study.transcripts.iter().filter(wanted) {
        let name = Some(transcript.id.to_string());
        for (coder, own) in cuts.open.remove(&transcript.id).unwrap_or_default() {
            let coder = coder.to_string();
            if !coders.contains(&coder) {
                coders.push(coder.clone());
            }
            let talk = own.iter().filter(|unit| unit.kind == UnitKind::Talk);
            let place = |unit: &crate::domain::unit::Unit| {
                in_characters(transcript, &unit.locator)
                    .map(|(start, end)| (start, end, String::new()))
            };
            let own = talk.filter_map(place).collect();
            stretches.entry(name.clone()).or_default().insert(coder, own);
        }
        lengths.insert(name, characters(transcript));
    }
    if stretches.is_empty() {
        return Err(Failure::Usage(msg!("boundaries.no_cuts"), msg!("boundaries.no_cuts.fix")));
    }
    ask.cut(coders, stretches, Places::Characters, &lengths)
}

impl BoundariesAsk {
    /// The texts that every coder cut, with codes as numbers.
    ///
    /// # Errors
    /// A coder who is not there, fewer than two, a length that is too short, or no text that all cut.
    pub fn cut(
        &self,
        found: Vec<String>,
        stretches: Stretches,
        places: Places,
        lengths: &BTreeMap<Option<String>, u64>,
    ) -> Result<Cut, Failure> {
        let coders = self.chosen(found)?;
        let codes: BTreeSet<String> = stretches
            .values()
            .flat_map(|of_text| of_text.values().flatten())
            .map(|(_, _, code)| code.clone())
            .filter(|code| !code.is_empty())
            .collect();
        let codes: Vec<String> = codes.into_iter().collect();
        let number = |code: &String| {
            // A stretch without code beside others with one is a value of its own.
            codes.binary_search(code).unwrap_or(codes.len()).try_into().unwrap_or(u32::MAX)
        };
        let several = stretches.len() > 1;
        let (mut texts, mut left_out) = (Vec::new(), Vec::new());
        for (name, of_text) in stretches {
            // Where there is one text only, who is not in it marked nothing.
            if several && !coders.iter().all(|coder| of_text.contains_key(coder)) {
                left_out.extend(name);
                continue;
            }
            let own = |coder: &String| -> Vec<Marked> {
                let marks = of_text.get(coder).map(Vec::as_slice).unwrap_or_default();
                let mark = |(start, end, code): &(u64, u64, String)| Marked {
                    start: *start,
                    end: *end,
                    code: number(code),
                };
                marks.iter().map(mark).collect()
            };
            let marks: Vec<Vec<Marked>> = coders.iter().map(own).collect();
            let reach = marks.iter().flatten().map(|mark| mark.end).max().unwrap_or(0);
            let length = match (lengths.get(&name).copied(), self.length) {
                (Some(length), None) => length,
                (known, Some(asked)) if reach > asked || known.is_some() => {
                    let what =
                        msg!("boundaries.length", length = asked, reach = known.unwrap_or(reach));
                    return Err(Failure::Usage(what, msg!("boundaries.length.fix")));
                }
                (_, asked) => asked.unwrap_or(reach),
            };
            texts.push(CutText { name, length, marks });
        }
        if texts.is_empty() {
            return Err(Failure::Usage(msg!("boundaries.no_text"), msg!("boundaries.no_text.fix")));
        }
        Ok(Cut { cutting: Cutting { coders, codes, texts }, places, left_out })
    }

    /// The coders asked for, else all, two at least.
    fn chosen(&self, found: Vec<String>) -> Result<Vec<String>, Failure> {
        let asked: Vec<String> = self.coders.iter().map(|coder| coder.text.clone()).collect();
        if let Some(name) = asked.iter().find(|name| !found.contains(name)) {
            let known: Vec<&str> = found.iter().map(|name| quotable(name)).collect();
            return Err(NotFound::among(Named::Coder, name, known).into());
        }
        let coders = if asked.is_empty() { found } else { asked };
        if coders.len() < 2 {
            return Err(Failure::Usage(msg!("boundaries.coders"), msg!("boundaries.coders.fix")));
        }
        Ok(coders)
    }

    /// The measures asked for, each once.
    ///
    /// # Errors
    /// One that is not of boundaries.
    pub fn measures(&self) -> Result<Vec<Measure>, Failure> {
        let mut measures: Vec<Measure> = Vec::new();
        for asked in &self.measures {
            match asked {
                OrAll::One(measure) if !measure.is_of_boundaries() => {
                    let what = msg!("boundaries.measure", measure = measure);
                    return Err(Failure::Usage(what, msg!("boundaries.measure.fix")));
                }
                OrAll::One(measure) => measures.push(*measure),
                OrAll::All => measures.extend(of_boundaries()),
            }
        }
        if measures.is_empty() {
            measures.extend(of_boundaries());
        }
        let mut seen = BTreeSet::new();
        measures.retain(|measure| seen.insert(*measure));
        Ok(measures)
    }

    /// The figures of cuts.
    ///
    /// # Errors
    /// A measure that is not of boundaries.
    pub fn figures(&self, cut: Cut) -> Result<BoundariesAnswer, Failure> {
        let Cut { cutting, places, left_out } = cut;
        let measures = self.measures()?;
        let agreement = boundaries(&cutting, &measures, self.settings);
        let options = Options { measures, ..Options::default() };
        Ok(BoundariesAnswer { agreement, options, places, left_out })
    }

    /// The command line that asks for it.
    #[must_use]
    pub fn line(&self) -> Line {
        let usual = Settings::default();
        let Settings { position, category, unaligned, samples, seed } = self.settings;
        let line = Line::new("agree")
            .flag("boundaries", true)
            .option("length", self.length)
            .unless(&usual.position, "gamma-alpha", &position)
            .unless(&usual.category, "gamma-beta", &category)
            .unless(&usual.unaligned, "gamma-delta", &unaligned)
            .unless(&usual.samples, "gamma-samples", &samples)
            .option("measure", &self.measures)
            .unless(&usual.seed, "seed", &seed)
            .option("coders", &self.coders)
            .option("names", self.ids.then_some("ids"));
        self.comparing.on(self.part.on(line))
    }
}

fn of_boundaries() -> impl Iterator<Item = Measure> {
    Measure::ALL.iter().copied().filter(|measure| measure.is_of_boundaries())
}

/// The characters of all paragraphs of a transcript, without labels and times.
#[must_use]
pub fn characters(transcript: &Transcript) -> u64 {
    transcript.paragraphs.iter().map(|it| it.text.chars().count() as u64).sum()
}

/// From which to before which character of the whole transcript a stretch reaches.
#[must_use]
pub fn in_characters(transcript: &Transcript, locator: &Locator) -> Option<(u64, u64)> {
    let span = locator.span();
    let before = |paragraph: u32| -> Option<u64> {
        let whole = transcript.paragraphs.get(..paragraph as usize - 1)?;
        Some(whole.iter().map(|it| it.text.chars().count() as u64).sum())
    };
    let length =
        |paragraph: u32| Some(transcript.paragraph(paragraph)?.text.chars().count() as u64);
    let end = span.to.map_or(length(span.last)?, u64::from);
    if end > length(span.last)? {
        return None;
    }
    let start = before(span.first)? + span.from.map_or(0, u64::from);
    let end = before(span.last)? + end;
    (start < end).then_some((start, end))
}
