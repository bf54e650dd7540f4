//! Along transcripts, paragraph by paragraph: who speaks and what is coded, or where coders differ.

use std::collections::{BTreeMap, BTreeSet};

use super::canvas::{Anchor, Canvas, LINE, Sign, colour, fitting, number, width};
use super::grid::signs;
use crate::analysis::decisions::Decisions;
use crate::analysis::discrepancies::Discrepancy;
use crate::analysis::withdrawn::Withdrawn;
use crate::domain::id::CaseId;
use crate::domain::log::UnitIndex;
use crate::domain::message::Message;
use crate::domain::study::Study;
use crate::domain::transcript::Transcript;
use crate::msg;
use crate::render::document::Figure;
use crate::render::names::{Named, Names};
use crate::words::{Language, say};

/// The width of the field.
const FIELD: f64 = 720.0;
/// The height of a track.
const TRACK: f64 = 18.0;
/// Grounds of tracks that the codebook gives no colour, all dark enough to be seen on white.
const GROUNDS: [&str; 4] = ["#123f6b", "#595959", "#2a6399", "#767676"];

/// A stretch of a track.
#[derive(Debug, Clone, PartialEq)]
pub struct Stretch {
    /// The first paragraph, from 1.
    pub first: u32,
    /// The last.
    pub last: u32,
    /// How high it stands, 0 to 1.
    pub height: f64,
    /// What it is, for who points at it.
    pub name: String,
}

/// A row of stretches.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Track {
    /// What it is called.
    pub name: String,
    /// Its colour and pattern; a colour is chosen where it has none.
    pub sign: Sign,
    /// How many there are, printed at the end.
    pub count: String,
    /// Its stretches.
    pub stretches: Vec<Stretch>,
}

/// One transcript.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Strip {
    /// What it is called.
    pub name: String,
    /// How many paragraphs it has.
    pub paragraphs: u32,
    /// Its tracks.
    pub tracks: Vec<Track>,
}

/// All transcripts.
#[derive(Debug, Clone, PartialEq)]
pub struct Strips {
    /// What is shown.
    pub title: Message,
    /// The finding in numbers.
    pub finding: Message,
    /// The transcripts.
    pub strips: Vec<Strip>,
}

/// Where coders differ: per transcript one track, each unit as high as the number of dimensions in dispute.
#[must_use]
pub fn spots(study: &Study, discrepancies: &[Discrepancy], names: &Names) -> Strips {
    let mut of_unit: BTreeMap<UnitIndex, u32> = BTreeMap::new();
    for it in discrepancies {
        *of_unit.entry(it.unit).or_default() += 1;
    }
    // The highest is where most dimensions are in dispute.
    let top = f64::from(of_unit.values().copied().max().unwrap_or(1));
    let mut strips = Vec::new();
    for transcript in &study.transcripts {
        let here =
            of_unit.iter().filter(|(unit, _)| study.transcript_of(**unit).id == transcript.id);
        let stretches: Vec<Stretch> = here
            .filter_map(|(unit, n)| {
                let locator = &study.unit_at(*unit)?.locator;
                let span = locator.span();
                let height = f64::from(*n) / top;
                let name = format!("{locator}: {n}");
                Some(Stretch { first: span.first, last: span.last, height, name })
            })
            .collect();
        let count = stretches.len().to_string();
        let track = Track { count, stretches, ..Track::default() };
        strips.push(Strip {
            name: names.any(Named::Transcript, transcript.id.as_str()),
            paragraphs: transcript.count(),
            tracks: vec![track],
        });
    }
    let most = of_unit.iter().max_by_key(|(unit, n)| (**n, std::cmp::Reverse(**unit)));
    let most = most.and_then(|(unit, n)| Some((&study.unit_at(*unit)?.locator, n)));
    let finding = match most {
        Some((unit, n)) => msg!(
            "picture.spots",
            n = discrepancies.len(),
            units = of_unit.len(),
            unit = unit,
            dimensions = n
        ),
        None => msg!("picture.spots.none"),
    };
    Strips { title: msg!("picture.spots.title"), finding, strips }
}

/// Who speaks in these cases (all where there are none), and what was decided, where that is open: a track for each speaker,
/// then one for each dimension.
#[must_use]
pub fn turns(
    study: &Study,
    cases: &[CaseId],
    decisions: Option<&Decisions<'_>>,
    names: &Names,
) -> Strips {
    let withdrawn = Withdrawn::of(study);
    let mut strips = Vec::new();
    let mut all_speakers = BTreeSet::new();
    let mut coded = BTreeSet::new();
    for transcript in
        study.transcripts.iter().filter(|it| cases.is_empty() || cases.contains(&it.case))
    {
        let mut tracks: Vec<Track> = Vec::new();
        for (number, paragraph) in (1..).zip(&transcript.paragraphs) {
            let Some(speaker) = paragraph.speaker.as_ref().filter(|it| !withdrawn.has(it)) else {
                continue;
            };
            let name = speaker.to_string();
            let at = tracks.iter().position(|it| it.name == name).unwrap_or_else(|| {
                tracks.push(Track { name: name.clone(), ..Track::default() });
                tracks.len() - 1
            });
            let stretch = Stretch {
                first: number,
                last: number,
                height: 0.9,
                name: format!("{name}: {number}"),
            };
            if let Some(track) = tracks.get_mut(at) {
                track.stretches.push(stretch);
            }
            if study.role(speaker).counts() {
                all_speakers.insert(name);
            }
        }
        for (nth, track) in tracks.iter_mut().enumerate() {
            // Speakers in greys, so that the colours of the codebook stand out.
            track.sign.colour = if nth % 2 == 0 { "#595959" } else { "#767676" }.to_owned();
            track.count = track.stretches.len().to_string();
        }
        if let Some(decisions) = decisions {
            tracks.extend(of_dimensions(study, transcript, decisions, names, &mut coded));
        }
        strips.push(Strip {
            name: names.any(Named::Transcript, transcript.id.as_str()),
            paragraphs: transcript.count(),
            tracks,
        });
    }
    let (speakers, transcripts) = (all_speakers.len(), strips.len());
    let finding = match decisions {
        Some(_) => msg!(
            "picture.turns",
            speakers = speakers,
            transcripts = transcripts,
            units = coded.len()
        ),
        None => msg!("picture.turns.closed", speakers = speakers, transcripts = transcripts),
    };
    Strips { title: msg!("picture.turns.title"), finding, strips }
}

/// A track for each dimension: the units that were given something in it.
fn of_dimensions(
    study: &Study,
    transcript: &Transcript,
    decisions: &Decisions<'_>,
    names: &Names,
    coded: &mut BTreeSet<UnitIndex>,
) -> Vec<Track> {
    let mut tracks: Vec<Track> = Vec::new();
    let signs = signs(study);
    for (nth, dimension) in decisions.dimensions.iter().enumerate() {
        let Some(known) = study.vocabulary.dimensions.get(usize::from(dimension.0)) else {
            continue;
        };
        let mut track = Track {
            name: names.any(Named::Code, known.id.as_str()),
            sign: signs.get(known.id.as_str()).cloned().unwrap_or_default(),
            ..Track::default()
        };
        for (place, unit) in decisions.units.iter().enumerate() {
            if study.transcript_of(*unit).id != transcript.id {
                continue;
            }
            let Some(decided) = decisions.unit(place).get(nth) else { continue };
            let codes = decisions.answers.codes(decided.answer);
            let Some(known) = study.unit_at(*unit).filter(|_| !codes.is_empty()) else {
                continue;
            };
            coded.insert(*unit);
            let span = known.locator.span();
            let codes: Vec<String> = codes
                .iter()
                .map(|it| names.any(Named::Code, study.vocabulary.of(*it).id.as_str()))
                .collect();
            let name = format!("{}: {}", known.locator, codes.join("; "));
            track.stretches.push(Stretch { first: span.first, last: span.last, height: 0.9, name });
        }
        track.count = track.stretches.len().to_string();
        tracks.push(track);
    }
    tracks
}

impl Strips {
    /// The picture.
    #[must_use]
    pub fn figure(&self, language: Language) -> Figure {
        let tracks = || self.strips.iter().flat_map(|it| &it.tracks);
        let left = tracks().map(|it| width(&it.name) + 30.0).fold(80.0, f64::max).min(260.0);
        let right = tracks().map(|it| width(&it.count) + 16.0).fold(24.0, f64::max).min(120.0);
        let high = |strip: &Strip| LINE * 2.6 + number(strip.tracks.len()) * (TRACK + 4.0);
        let all: f64 = self.strips.iter().map(high).sum();
        let mut canvas = Canvas::new(left + FIELD + right, all + 12.0);
        let mut y = 4.0;
        for strip in &self.strips {
            draw(&mut canvas, strip, left, y);
            y += high(strip);
        }
        let (title, caption) = (say(&self.title, language), say(&self.finding, language));
        let (svg, drawn) = canvas.finish(&title, &caption);
        Figure { svg, drawn, told: caption.clone(), caption: format!("{title}. {caption}") }
    }
}

fn draw(canvas: &mut Canvas, strip: &Strip, left: f64, top: f64) {
    canvas.bold(4.0, top + LINE, &strip.name);
    let scale = FIELD / f64::from(strip.paragraphs.max(1));
    let mut y = top + LINE * 1.5;
    for (nth, track) in strip.tracks.iter().enumerate() {
        let ground = colour(&track.sign.colour).unwrap_or(GROUNDS[nth % GROUNDS.len()]);
        canvas.rect(left, y, FIELD, TRACK, "#f4f4f4");
        let sign = Sign { colour: ground.to_owned(), pattern: track.sign.pattern };
        canvas.sign(left - 16.0, y + 4.0, &sign);
        canvas.named(&track.name, |canvas| {
            canvas.text(left - 22.0, y + 13.0, &fitting(&track.name, left - 26.0), Anchor::End);
        });
        for stretch in &track.stretches {
            let from = left + f64::from(stretch.first.saturating_sub(1)) * scale;
            let wide = (f64::from(stretch.last.saturating_sub(stretch.first)) + 1.0) * scale;
            let tall = TRACK * stretch.height.clamp(0.0, 1.0);
            canvas.named(&stretch.name, |canvas| {
                canvas.framed(from, y + TRACK - tall, wide.max(0.8), tall, ground);
            });
        }
        canvas.text(left + FIELD + 8.0, y + 13.0, &track.count, Anchor::Start);
        y += TRACK + 4.0;
    }
    let step = [1_u32, 5, 10, 20, 50, 100, 200, 500, 1000, 5000, 20_000];
    let step = step.into_iter().find(|it| strip.paragraphs / it <= 16).unwrap_or(100_000);
    let mut at = step;
    while at <= strip.paragraphs {
        let x = left + (f64::from(at) - 0.5) * scale;
        canvas.text(x, y + 10.0, &at.to_string(), Anchor::Middle);
        at += step;
    }
}
