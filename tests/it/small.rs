//! A study small enough to count by hand, built in memory.

use std::collections::BTreeMap;

use themata::domain::answer::{AnswerIndex, Answers, Vocabulary};
use themata::domain::case::Case;
use themata::domain::codebook::{Code, Codebook, Dimension, Select};
use themata::domain::coder::Coder;
use themata::domain::coding::{Cell, Coding};
use themata::domain::comparison::Comparison;
use themata::domain::consensus::Settlement;
use themata::domain::id::{CaseId, CoderId, ParticipantId};
use themata::domain::localized::Localized;
use themata::domain::locator::{Locator, Span};
use themata::domain::log::{RoundIndex, UnitIndex};
use themata::domain::participant::{Participant, Quotable, Role};
use themata::domain::study::{Settings, Study, Version};
use themata::domain::transcript::{Paragraph, Transcript};
use themata::domain::unit::{Unit, UnitKind};

/// A study, the decisions of its coders, and what they settled on.
pub(crate) struct SmallStudy {
    pub(crate) study: Study,
    pub(crate) comparison: Comparison,
    pub(crate) settlements: Vec<Settlement>,
}

impl SmallStudy {
    /// A study with a codebook written as lines: a dimension (`name one` or `name many`), and its codes indented beneath it,
    /// one more step for each level.
    pub(crate) fn new(codebook: &str) -> Self {
        let codebook = codebook_of(codebook);
        let study = Study {
            settings: Settings {
                title: String::new(),
                language: "en".to_owned(),
                coders: Vec::new(),
                agreement: true,
                require: None,
                asks_each: false,
                ethics: Default::default(),
            },
            vocabulary: Vocabulary::new(&codebook, []),
            versions: vec![Version { id: "v-000000000001".to_owned(), codebook }],
            answers: Answers::default(),
            answers_now: Vec::new(),
            revisions: Vec::new(),
            cases: Vec::new(),
            case_attributes: Vec::new(),
            participants: Vec::new(),
            participant_index: Default::default(),
            participant_attributes: Vec::new(),
            transcripts: Vec::new(),
            transcript_attributes: Vec::new(),
            units: Vec::new(),
            unit_transcripts: Vec::new(),
            unit_index: BTreeMap::new(),
            rounds: vec!["main".parse().unwrap()],
            purposes: vec![themata::domain::event::Purpose::Code],
            guide: Default::default(),
            concepts: Vec::new(),
            moved: Default::default(),
            assignments: None,
            standings: BTreeMap::new(),
        };
        let comparison = Comparison::default();
        Self { study, comparison, settlements: Vec::new() }
    }

    /// The same study under a codebook that came later; decisions made before keep version 0.
    pub(crate) fn codebook_now(mut self, codebook: &str) -> Self {
        let codebook = codebook_of(codebook);
        let older: Vec<Codebook> =
            self.study.versions.iter().map(|version| version.codebook.clone()).collect();
        self.study.vocabulary = Vocabulary::new(&codebook, older.iter().rev());
        let id = format!("v-00000000000{}", self.study.versions.len() + 1);
        self.study.versions.push(Version { id, codebook });
        self
    }

    /// Participants as `P1`, `M moderator`, `P2 quotes:no`, with attribute values as `gender=f`.
    pub(crate) fn participants(mut self, lines: &[&str]) -> Self {
        for line in lines {
            let mut words = line.split(' ');
            let mut participant = Participant {
                id: words.next().unwrap().parse().unwrap(),
                name: String::new(),
                case: None,
                role: Role::Participant,
                quotes: Quotable::Ask,
                withdrawn: String::new(),
                attributes: vec![String::new(); self.study.participant_attributes.len()],
            };
            for word in words {
                if let Some(quotes) = word.strip_prefix("quotes:") {
                    participant.quotes = quotes.parse().unwrap();
                } else if let Some((name, value)) = word.split_once('=') {
                    let names = &mut self.study.participant_attributes;
                    let place = names.iter().position(|it| it == name).unwrap_or_else(|| {
                        names.push(name.to_owned());
                        names.len() - 1
                    });
                    participant.attributes.resize(names.len(), String::new());
                    participant.attributes[place] = value.to_owned();
                } else {
                    participant.role = word.parse().unwrap();
                }
            }
            let at = self.study.participants.len();
            self.study.participant_index.insert(participant.id.clone(), at);
            self.study.participants.push(participant);
        }
        self
    }

    /// A case with one value for each attribute column, set for all cases at once by `case_attributes`.
    pub(crate) fn case(mut self, id: &str, name: &str, attributes: &[(&str, &str)]) -> Self {
        self.study.case_attributes =
            attributes.iter().map(|(name, _)| (*name).to_owned()).collect();
        let id: CaseId = id.parse().unwrap();
        self.study.cases.push(Case {
            id: id.clone(),
            name: name.to_owned(),
            attributes: attributes.iter().map(|(_, value)| (*value).to_owned()).collect(),
        });
        self.comparison.open.push(id);
        self
    }

    /// A transcript of `P1: words` lines; every line is a unit of its own, unless `units` says otherwise, as spans (`1`, `2-3`).
    pub(crate) fn transcript(
        mut self,
        case: &str,
        id: &str,
        lines: &[&str],
        units: &[&str],
    ) -> Self {
        let paragraphs: Vec<Paragraph> = lines
            .iter()
            .map(|line| {
                let (speaker, text) = match line.split_once(": ") {
                    Some((speaker, text)) => (Some(speaker.parse().unwrap()), text),
                    None => (None, *line),
                };
                Paragraph { time: None, speaker, text: text.to_owned() }
            })
            .collect();
        let transcript = Transcript {
            id: id.parse().unwrap(),
            case: case.parse().unwrap(),
            name: String::new(),
            date: String::new(),
            language: "en".to_owned(),
            source: String::new(),
            source_sha256: String::new(),
            text_sha256: String::new(),
            attributes: Vec::new(),
            paragraphs,
        };
        let spans: Vec<Span> = if units.is_empty() {
            (1..=lines.len() as u32).map(|line| Span::paragraphs(line, line).unwrap()).collect()
        } else {
            units.iter().map(|unit| unit.parse().unwrap()).collect()
        };
        for span in spans {
            let mut speakers: Vec<ParticipantId> = Vec::new();
            let mut words = 0;
            for (_, speaker, text) in transcript.pieces(span) {
                let Some(speaker) = speaker.filter(|it| self.study.role(it).counts()) else {
                    continue;
                };
                words += text.split(' ').count() as u32;
                if !speakers.contains(speaker) {
                    speakers.push(speaker.clone());
                }
            }
            let kind = if speakers.is_empty() { UnitKind::Prompt } else { UnitKind::Talk };
            let locator = transcript.locator(span);
            let index = UnitIndex(self.study.units.len() as u32);
            self.study.unit_index.insert(locator.clone(), index);
            self.study.unit_transcripts.push(self.study.transcripts.len() as u32);
            self.study.units.push(Unit {
                locator,
                kind,
                speakers,
                words,
                topic: String::new(),
                strength: String::new(),
                pinned: false,
            });
        }
        self.study.transcripts.push(transcript);
        self
    }

    /// The topic of a unit.
    pub(crate) fn topic(mut self, unit: &str, topic: &str) -> Self {
        let unit = self.unit(unit);
        self.study.units[unit.at()].topic = topic.to_owned();
        self
    }

    /// A coder's decisions, as lines `unit dimension: code; code`, `… : none`, with `?` at the end where unsure and `@0` for
    /// the version of the codebook, else the last one.
    pub(crate) fn coding(mut self, coder: &str, lines: &str) -> Self {
        let coder: CoderId = coder.parse().unwrap();
        let size = (self.study.units.len(), self.study.vocabulary.dimensions.len());
        let mut coding = Coding::empty(coder.clone(), size.0, size.1);
        for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let (place, answer) = line.split_once(": ").unwrap();
            let (unit, dimension) = place.split_once(' ').unwrap();
            let (answer, unsure) = match answer.strip_suffix(" ?") {
                Some(answer) => (answer, true),
                None => (answer, false),
            };
            let (answer, version) = match answer.strip_suffix(" @0") {
                Some(answer) => (answer, 0),
                None => (answer, self.study.versions.len() as u16 - 1),
            };
            let dimension = self.study.vocabulary.dimension(dimension).unwrap();
            let answer = self.answer(answer);
            let cell = Cell { answer, unsure, rest: false, version, round: RoundIndex(0), row: 0 };
            coding.set(self.unit(unit), dimension, cell);
        }
        self.study.settings.coders.push(Coder::person(coder, ""));
        self.comparison.codings.push(coding);
        self
    }

    /// What was settled: `unit dimension outcome: codes`, in round `main` unless `round/` stands before it.
    pub(crate) fn settled(mut self, lines: &str) -> Self {
        for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let (round, line) = line.split_once('/').unwrap_or(("main", line));
            let (place, codes) = line.split_once(": ").unwrap();
            let words: Vec<&str> = place.split(' ').collect();
            let answer = if codes == "-" { AnswerIndex::UNDECIDED } else { self.answer(codes) };
            let row = Settlement {
                seq: self.settlements.len() as u64 + 1,
                at: "2026-03-01T10:00:00Z".parse().unwrap(),
                round: self.study.round(round).unwrap(),
                unit: self.unit(words[0]),
                dimension: self.study.vocabulary.dimension(words[1]).unwrap(),
                answer,
                outcome: Some(words[2].parse().unwrap()),
                reason: None,
                rationale: String::new(),
                present: Vec::new(),
                codebook_change: String::new(),
                undoes: None,
                codebook: self.study.version_in_force().id.clone(),
            };
            self.settlements.push(row);
        }
        self
    }

    pub(crate) fn unit(&self, unit: &str) -> UnitIndex {
        self.study.unit(&unit.parse::<Locator>().unwrap()).unwrap()
    }

    pub(crate) fn answer(&mut self, codes: &str) -> AnswerIndex {
        if codes == "none" {
            return AnswerIndex::NONE;
        }
        let codes =
            codes.split("; ").map(|code| self.study.vocabulary.code(code).unwrap()).collect();
        self.study.answers.number(codes)
    }
}

fn codebook_of(text: &str) -> Codebook {
    let lines: Vec<(usize, &str)> = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| (line.len() - line.trim_start().len(), line.trim()))
        .collect();
    let least = lines.iter().map(|(indent, _)| *indent).min().unwrap();
    let mut rest = lines.as_slice();
    let mut dimensions = Vec::new();
    while let Some(((_, head), after)) = rest.split_first() {
        let (id, select) = head.split_once(' ').unwrap();
        let beneath = after.iter().take_while(|(indent, _)| *indent > least).count();
        let select = if select == "one" { Select::One } else { Select::Many };
        dimensions.push(Dimension {
            codes: codes_of(&after[..beneath]),
            ..Dimension::named(id.parse().unwrap(), select, id)
        });
        rest = &after[beneath..];
    }
    Codebook {
        title: Localized::from(""),
        version: String::new(),
        unit: Localized::from(""),
        dimensions,
    }
}

fn codes_of(lines: &[(usize, &str)]) -> Vec<Code> {
    let mut codes = Vec::new();
    let mut rest = lines;
    while let Some(((indent, id), after)) = rest.split_first() {
        let beneath = after.iter().take_while(|(deeper, _)| deeper > indent).count();
        let codes_beneath = codes_of(&after[..beneath]);
        codes.push(Code { codes: codes_beneath, ..Code::named(id.parse().unwrap(), id) });
        rest = &after[beneath..];
    }
    codes
}
