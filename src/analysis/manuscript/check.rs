//! What is wrong with the quotations of a manuscript.

use super::Paragraph;
use super::among::{again, often, twice};
use super::bound::{Bound, bound, joined};
use super::cited::{Citation, Cited, Names};
use super::finding::{Checked, FEW, Finding, Kind, Outcome, Recorded};
use super::pattern::Pattern;
use super::words::{Near, Stands, Within, Words};
use crate::domain::id::{ParticipantId, TranscriptId};
use crate::domain::locator::{Locator, Span};
use crate::domain::participant::Quotable;
use crate::domain::study::Study;
use crate::language::detect::detect;

/// From which part of its words on a quotation is one that was changed, and not another.
const CHANGED: f64 = 0.6;
/// The same where nothing is cited: what is so near was said in the study.
const UNCITED: f64 = 0.75;

/// Checks a manuscript.
#[must_use]
pub fn check(study: &Study, recorded: &[Recorded], paragraphs: Vec<Paragraph>) -> Outcome {
    let paragraphs = joined(paragraphs);
    let names = Names::of(study);
    let language = detect(paragraphs.iter().map(|it| it.text.as_str()));
    let checker = Checker { study, recorded, names, words: Words::of(study), language };
    let bound = bound(&paragraphs, &checker.names);
    let mut all: Vec<(Checked, Option<Pattern>, bool)> = Vec::new();
    let mut others = 0;
    for it in &bound {
        match checker.one(&paragraphs, it) {
            Some((checked, pattern)) => all.push((checked, pattern, it.citation.is_some())),
            None => others += 1,
        }
    }
    others += again(&mut all);
    twice(&mut all);
    let mut checked: Vec<Checked> = all.into_iter().map(|(it, ..)| it).collect();
    often(&mut checked);
    for it in &mut checked {
        it.findings.sort_by_key(|it| (std::cmp::Reverse(it.kind.level()), it.kind));
    }
    Outcome { paragraphs, checked, others }
}

struct Checker<'a> {
    study: &'a Study,
    recorded: &'a [Recorded],
    names: Names<'a>,
    words: Words<'a>,
    /// The language of the manuscript.
    language: Option<&'static str>,
}

/// Where a citation says that words stand.
struct Scope {
    texts: Vec<usize>,
    speakers: Vec<ParticipantId>,
    paragraphs: Vec<(u32, u32)>,
}

impl Checker<'_> {
    /// What is to be said of a quotation or citation; nothing of one that is none of this study's.
    fn one(&self, paragraphs: &[Paragraph], bound: &Bound) -> Option<(Checked, Option<Pattern>)> {
        let paragraph = paragraphs.get(bound.paragraph)?;
        let slice = |at: usize, range: &std::ops::Range<usize>| {
            paragraphs
                .get(at)
                .and_then(|it| it.text.get(range.clone()))
                .unwrap_or_default()
                .to_owned()
        };
        let citation =
            bound.citation.as_ref().map_or_else(String::new, |it| slice(bound.cited_in, &it.range));
        let perhaps =
            bound.perhaps.as_ref().filter(|it| self.is_of_the_study(&slice(bound.paragraph, it)));
        let quoted = bound.quoted.as_ref().or(perhaps);
        let quotation = quoted.map_or_else(String::new, |it| slice(bound.paragraph, it));
        let quotation = quotation.trim().to_owned();
        let range = match (quoted, &bound.citation) {
            (Some(quoted), _) => quoted.clone(),
            (None, Some(citation)) => citation.range.clone(),
            (None, None) => return None,
        };
        let mut checked = Checked {
            line: paragraph.line,
            paragraph: bound.paragraph,
            range,
            quotation,
            citation,
            findings: Vec::new(),
            stands: None,
            speakers: Vec::new(),
        };
        let pattern = quoted.is_some().then(|| Pattern::of(&checked.quotation, &self.names));
        match (&bound.citation, &pattern) {
            (Some(citation), Some(pattern)) => self.cited(&mut checked, citation, pattern),
            (Some(citation), None) => self.unquoted(&mut checked, citation),
            (None, Some(pattern)) => self.uncited(&mut checked, pattern),
            (None, None) => {}
        }
        (!checked.findings.is_empty()).then_some((checked, pattern))
    }

    /// Whether a paragraph without quotation marks is a block quotation by its words.
    fn is_of_the_study(&self, text: &str) -> bool {
        let pattern = Pattern::of(text, &self.names);
        pattern.count() >= FEW
            && (self.words.find(&pattern, &Within::default()).is_some()
                || self.recorded.iter().any(|it| pattern.is_in(&it.translation))
                || self
                    .words
                    .nearest(&pattern, &Within::default())
                    .is_some_and(|near| near.share >= CHANGED))
    }

    fn say(checked: &mut Checked, kind: Kind, about: impl Into<String>) {
        checked.findings.push(Finding { kind, about: about.into() });
    }

    /// A quotation with its citation.
    fn cited(&self, checked: &mut Checked, citation: &Citation, pattern: &Pattern) {
        for cited in &citation.places {
            if self.stands_in(cited, pattern).is_some_and(|it| self.put(checked, &it)) {
                Self::say(checked, Kind::Found, "");
                return self.consent(checked, citation);
            }
        }
        self.strangers(checked, citation);
        let strange = !checked.findings.is_empty();
        if pattern.count() == 0 {
            return;
        }
        if let Some((kind, stands)) = self.elsewhere(citation, pattern) {
            self.put(checked, &stands);
            if !strange {
                Self::say(checked, kind, "");
            }
            return self.consent(checked, citation);
        }
        if let Some((kind, locator)) = self.translated(citation, pattern) {
            checked.speakers = self.people_at(&locator);
            checked.stands = Some(locator);
            if kind == Kind::Translated || !strange {
                Self::say(checked, kind, "");
            }
            return self.consent(checked, citation);
        }
        if let Some(near) = self.near(citation, pattern) {
            self.put(checked, &near.stands);
            Self::say(checked, Kind::Words, near.missing.join(" "));
            if !strange && !self.is_cited(citation, &near.stands) {
                Self::say(checked, Kind::Place, "");
            }
            return self.consent(checked, citation);
        }
        let kind = if self.is_foreign(citation) { Kind::Translation } else { Kind::Missing };
        Self::say(checked, kind, "");
        self.consent(checked, citation);
    }

    /// Names that the study does not have.
    fn strangers(&self, checked: &mut Checked, citation: &Citation) {
        for cited in &citation.places {
            for name in &cited.strangers {
                Self::say(checked, Kind::Participant, name.as_str());
            }
            if let Some(name) = &cited.nowhere {
                Self::say(checked, Kind::Case, name.as_str());
            }
        }
    }

    /// A citation without a quotation.
    fn unquoted(&self, checked: &mut Checked, citation: &Citation) {
        self.strangers(checked, citation);
        if checked.findings.is_empty() {
            let silent = |cited: &Cited| self.scopes(cited, &[]).is_empty();
            let kind = match citation.places.iter().any(silent) {
                true => Kind::Silent,
                false => Kind::Unquoted,
            };
            Self::say(checked, kind, "");
        }
        self.consent(checked, citation);
    }

    /// A quotation without a citation: of interest where its words were said.
    fn uncited(&self, checked: &mut Checked, pattern: &Pattern) {
        if pattern.count() < FEW {
            return;
        }
        let anywhere = Within::default();
        if let Some(stands) = self.words.find(pattern, &anywhere) {
            self.put(checked, &stands);
            Self::say(checked, Kind::Uncited, "");
        } else if let Some(found) = self.recorded.iter().find(|it| pattern.is_in(&it.translation)) {
            checked.speakers = self.people_at(&found.locator);
            checked.stands = Some(found.locator.clone());
            Self::say(checked, Kind::Uncited, "");
        } else if pattern.count() >= FEW * 2
            && let Some(near) = self.words.nearest(pattern, &anywhere)
            && near.share >= UNCITED
        {
            self.put(checked, &near.stands);
            Self::say(checked, Kind::Uncited, near.missing.join(" "));
        }
    }

    /// Where a citation points: per transcript, the paragraphs and people it may mean, if these people speak there.
    fn scopes(&self, cited: &Cited, labelled: &[ParticipantId]) -> Vec<Scope> {
        let study = self.study;
        let mut speakers = cited.speakers.clone();
        let named = !speakers.is_empty();
        speakers.extend(labelled.iter().filter(|it| !cited.speakers.contains(it)).cloned());
        let mut scopes = Vec::new();
        for (at, transcript) in study.transcripts.iter().enumerate() {
            let meant = cited.nowhere.is_none()
                && (cited.transcripts.is_empty() || cited.transcripts.contains(&transcript.id));
            if !meant {
                continue;
            }
            let touches = |span: Span| {
                cited.paragraphs.iter().any(|(from, to)| span.first <= *to && *from <= span.last)
            };
            let mut paragraphs = cited.paragraphs.clone();
            for (_, unit) in study.units_in(&transcript.id) {
                let speaks = || !named || unit.speakers.iter().any(|it| speakers.contains(it));
                if touches(unit.locator.span()) && speaks() {
                    paragraphs.push((unit.locator.span().first, unit.locator.span().last));
                }
            }
            let mut here = (1..).zip(&transcript.paragraphs).filter(|(number, paragraph)| {
                let number: u32 = *number;
                let inside = paragraphs.iter().any(|(from, to)| (*from..=*to).contains(&number));
                let by = paragraph.speaker.as_ref();
                inside && by.is_some_and(|it| !named || cited.speakers.contains(it))
            });
            if here.next().is_some() {
                scopes.push(Scope { texts: vec![at], speakers: speakers.clone(), paragraphs });
            }
        }
        scopes
    }

    fn stands_in(&self, cited: &Cited, pattern: &Pattern) -> Option<Stands> {
        if !cited.strangers.is_empty() {
            return None;
        }
        self.scopes(cited, &pattern.labelled).iter().find_map(|scope| {
            let within = Within {
                texts: &scope.texts,
                speakers: &scope.speakers,
                paragraphs: Some(&scope.paragraphs),
            };
            self.words.find(pattern, &within)
        })
    }

    /// Where else the words stand: said by that person in that case, by her elsewhere, by somebody else.
    fn elsewhere(&self, citation: &Citation, pattern: &Pattern) -> Option<(Kind, Stands)> {
        let mut speakers: Vec<ParticipantId> =
            citation.places.iter().flat_map(|it| it.speakers.iter().cloned()).collect();
        let named = !speakers.is_empty();
        speakers.extend(pattern.labelled.iter().cloned());
        let texts = self.texts(citation);
        let both = [texts.as_slice(), &[]];
        let by = |speakers: &[ParticipantId], texts: &[usize]| {
            self.words.find(pattern, &Within { texts, speakers, paragraphs: None })
        };
        if named && let Some(found) = both.iter().find_map(|texts| by(&speakers, texts)) {
            return Some((Kind::Place, found));
        }
        let found = both.iter().find_map(|texts| by(&[], texts))?;
        Some((if named { Kind::Speaker } else { Kind::Place }, found))
    }

    /// The places of the transcripts that are cited; empty where none is known.
    fn texts(&self, citation: &Citation) -> Vec<usize> {
        let cited =
            |id: &TranscriptId| citation.places.iter().any(|it| it.transcripts.contains(id));
        let all = self.study.transcripts.iter().enumerate();
        all.filter(|(_, it)| cited(&it.id)).map(|(at, _)| at).collect()
    }

    /// Where most of the words stand: at the place cited, else anywhere.
    fn near(&self, citation: &Citation, pattern: &Pattern) -> Option<Near> {
        let scopes: Vec<Scope> =
            citation.places.iter().flat_map(|it| self.scopes(it, &pattern.labelled)).collect();
        let here = scopes.iter().filter_map(|scope| {
            let within = Within {
                texts: &scope.texts,
                speakers: &scope.speakers,
                paragraphs: Some(&scope.paragraphs),
            };
            self.words.nearest(pattern, &within)
        });
        let enough = |near: &Near| near.share >= CHANGED && pattern.count() >= FEW;
        let here = here.filter(enough).max_by(|one, other| one.share.total_cmp(&other.share));
        here.or_else(|| self.words.nearest(pattern, &Within::default()).filter(enough))
    }

    /// The recorded translation that a quotation is, and whether it is of what is cited.
    fn translated(&self, citation: &Citation, pattern: &Pattern) -> Option<(Kind, Locator)> {
        let all = || self.recorded.iter().filter(|it| pattern.is_in(&it.translation));
        let cited = |it: &&Recorded| {
            let span = it.locator.span();
            citation.places.iter().flat_map(|it| self.scopes(it, &[])).any(|scope| {
                let text = scope.texts.first().and_then(|at| self.study.transcripts.get(*at));
                text.is_some_and(|text| text.id == *it.locator.transcript())
                    && scope
                        .paragraphs
                        .iter()
                        .any(|(from, to)| span.first <= *to && *from <= span.last)
            })
        };
        let found = all().find(cited).map(|it| (Kind::Translated, it));
        let found = found.or_else(|| all().next().map(|it| (Kind::Place, it)));
        found.map(|(kind, it)| (kind, it.locator.clone()))
    }

    /// Whether what is cited is in another language than the manuscript.
    fn is_foreign(&self, citation: &Citation) -> bool {
        let Some(language) = self.language else { return false };
        let texts = self.texts(citation);
        let mut tags = texts
            .iter()
            .filter_map(|at| self.study.transcripts.get(*at))
            .map(|it| it.language.split(['-', '_']).next().unwrap_or_default());
        tags.any(|tag| !tag.is_empty() && !tag.eq_ignore_ascii_case(language))
    }

    fn is_cited(&self, citation: &Citation, stands: &Stands) -> bool {
        let scopes = citation.places.iter().flat_map(|it| self.scopes(it, &[]));
        scopes.into_iter().any(|scope| {
            let spans = scope.paragraphs.iter();
            scope.texts.contains(&stands.text)
                && spans.into_iter().any(|(from, to)| stands.first <= *to && *from <= stands.last)
        })
    }

    /// Notes where words stand; whether there is such a place.
    fn put(&self, checked: &mut Checked, stands: &Stands) -> bool {
        let text = self.study.transcripts.get(stands.text);
        let span = Span::paragraphs(stands.first, stands.last).ok();
        checked.stands = text.zip(span).map(|(text, span)| text.locator(span));
        checked.speakers.clone_from(&stands.speakers);
        checked.stands.is_some()
    }

    /// Who speaks in a stretch.
    fn people_at(&self, locator: &Locator) -> Vec<ParticipantId> {
        let Some(text) = self.study.transcript(locator.transcript()) else { return Vec::new() };
        let mut people: Vec<ParticipantId> =
            text.pieces(locator.span()).filter_map(|(_, speaker, _)| speaker.cloned()).collect();
        people.sort();
        people.dedup();
        people
    }

    /// Whether whoever says the words, or is cited for them, may be quoted.
    fn consent(&self, checked: &mut Checked, citation: &Citation) {
        let cited = citation.places.iter().flat_map(|it| &it.speakers);
        let mut people: Vec<ParticipantId> =
            checked.speakers.iter().chain(cited).cloned().collect();
        people.sort();
        people.dedup();
        for id in people {
            let Some(person) = self.study.participant(&id) else { continue };
            let kind = match person.quotes {
                _ if self.study.has_withdrawn(&id) => Kind::Withdrawn,
                _ if !person.role.counts() => continue,
                Quotable::No => Kind::NotQuoted,
                Quotable::Ask => Kind::Ask,
                Quotable::Yes => continue,
            };
            Self::say(checked, kind, id.as_str());
        }
    }
}
