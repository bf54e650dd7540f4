//! The whole analysis as one document: what other commands answer, under headings, and what is recorded of how it was made.
//!
//! Nothing is counted here that a command does not count, and no sentence is written that no record bears: what is not known
//! is left to the authors by name.

mod method;
mod sections;

use std::collections::BTreeSet;

use super::agreement::AgreementReport;
use super::confusion::ConfusionReport;
use super::document::{Document, Figure, Note, Part, Span, Table};
use super::matrix::MatrixReport;
use super::names::Names;
use super::spoke::SpokeReport;
use super::{counted, talk};
use crate::analysis::redacted::Profile;
use crate::domain::message::Message;
use crate::domain::study::Study;
use crate::msg;
use crate::words::{Language, say, word};
use crate::work::ask::{Differences, Found, Talk};
use crate::work::report::{Analysis, Answer, Section};

/// The whole analysis, for somebody.
#[derive(Debug)]
pub struct Report<'a> {
    /// The study.
    pub study: &'a Study,
    /// For whom.
    pub profile: Profile,
    /// The fewest people that a combination may describe in public.
    pub min: u64,
    /// What it is made of.
    pub analysis: Analysis,
}

impl super::Report for Report<'_> {
    fn document(&self, language: Language) -> Document {
        let title = match self.study.settings.title.as_str() {
            "" => word("report.title", language),
            title => title.to_owned(),
        };
        let mut document = Document::new("themata.report/1")
            .titled(title)
            .asked("profile", self.profile.as_str())
            .asked("finished", self.analysis.facts.is_finished())
            .asked("codebook", self.study.version_in_force().id.as_str());
        document.parts.push(paragraph(&self.first_line(), language));
        for banner in self.banners() {
            document.parts.push(paragraph(&banner, language));
        }
        document.parts.extend(self.sections(language));
        document
    }
}

impl Report<'_> {
    /// Who may be quoted in it, said first.
    fn first_line(&self) -> Message {
        match self.profile {
            Profile::Team => msg!("report.first.team", n = self.analysis.facts.asked),
            Profile::Public => msg!("report.first.public"),
        }
    }

    /// What says that a study is not finished: its figures are then not half shown.
    fn banners(&self) -> Vec<Message> {
        let mut banners: Vec<Message> = self
            .analysis
            .facts
            .waiting
            .iter()
            .map(|(case, coders)| msg!("report.banner.waiting", case = case, coders = coders))
            .collect();
        if self.analysis.facts.unsettled > 0 {
            banners.push(msg!("report.banner.unsettled", n = self.analysis.facts.unsettled));
        }
        let cut: BTreeSet<_> = self.study.units().map(|(_, it)| it.locator.transcript()).collect();
        let uncut = self.study.transcripts.iter().filter(|it| !cut.contains(&it.id)).count();
        if uncut > 0 {
            banners.push(msg!("report.banner.uncut", n = uncut));
        }
        if self.study.transcripts.is_empty() {
            banners.push(msg!("report.banner.empty"));
        }
        if !banners.is_empty() {
            banners.insert(0, msg!("report.banner"));
        }
        banners
    }

    fn sections(&self, language: Language) -> Vec<Part> {
        let mut parts = vec![
            self.section("report.sample", self.sample(language), language),
            self.section("report.codebook", self.codebook(language), language),
            self.section("report.units", self.units(language), language),
            self.section("report.procedure", self.procedure(language), language),
        ];
        let headings = [
            (Section::Agreement, "report.agreement"),
            (Section::Discrepancies, "report.discrepancies"),
            (Section::Consensus, "report.consensus"),
            (Section::Matrices, "report.matrices"),
            (Section::Voices, "report.voices"),
            (Section::Saturation, "report.saturation"),
        ];
        for (section, heading) in headings {
            let mut within = self.answers(section, language);
            if section == Section::Discrepancies && !within.is_empty() {
                within.extend(self.reasons(language));
            }
            if !within.is_empty() {
                parts.push(self.section(heading, within, language));
            }
            if section == Section::Matrices && !self.analysis.quotations.is_empty() {
                parts.push(self.section("report.quotations", self.quoted(language), language));
            }
        }
        parts.extend([
            self.section("report.history", self.history(language), language),
            self.section("report.trail", self.trail(language), language),
            self.section("report.limitations", self.limitations(language), language),
            self.section("report.methods", self.methods(language), language),
            self.section("report.checklists", self.checks(language), language),
        ]);
        if self.profile == Profile::Public {
            parts.push(self.section("report.left_out", self.left_out(language), language));
        }
        parts
    }

    fn section(&self, heading: &'static str, within: Vec<Part>, language: Language) -> Part {
        Part::Section(word(heading, language), within)
    }

    /// What commands answered for a section: tables, pictures, notes, under the command's own heading.
    fn answers(&self, section: Section, language: Language) -> Vec<Part> {
        let mut parts = Vec::new();
        for answered in self.analysis.answers.iter().filter(|it| it.section == section) {
            let (document, figure) = self.shown(&answered.answer, language);
            let mut within = Vec::new();
            within.extend(figure.map(Part::Figure));
            let mut notes: Vec<Part> = Vec::new();
            for part in document.parts {
                match part {
                    Part::Table(table) => within.push(Part::Table(Table {
                        command: answered.command.clone(),
                        folded: answered.folded,
                        title: match (table.title.is_empty(), answered.folded) {
                            (true, true) if document.title.is_empty() => answered.command.clone(),
                            (true, true) => document.title.clone(),
                            _ => table.title.clone(),
                        },
                        ..table
                    })),
                    Part::Note(_) => notes.push(part),
                    _ => {}
                }
            }
            within.extend(notes);
            let command = msg!("report.command", command = answered.command);
            within.push(Part::Note(Note::told(command)));
            // A list has no heading of its own: it stands under that of the section.
            match document.title {
                title if title.is_empty() => parts.extend(within),
                title => parts.push(Part::Section(title, within)),
            }
        }
        parts
    }

    /// An answer as its own command shows it, and its picture.
    fn shown(&self, answer: &Answer, language: Language) -> (Document, Option<Figure>) {
        let study = self.study;
        let names = Names::of(study, false).spoken(language);
        let both =
            |report: &dyn super::Report| (report.document(language), report.figure(language));
        match answer {
            Answer::Agreement(ask, answer) => {
                both(&AgreementReport::of(study, (**answer).clone(), ask))
            }
            Answer::Boundaries(answer) => {
                both(&AgreementReport::cuts(answer.clone(), Names::of(study, false)))
            }
            Answer::Confusions(Differences { comparison, scope, found }) => match found {
                Found::Confusions(found) => {
                    let report = ConfusionReport::new(study, comparison, found);
                    both(&report.named(names).within(study, comparison, scope).listed())
                }
                Found::Discrepancies(_) => (Document::new(""), None),
            },
            Answer::Matrix(ask, answer) => both(&MatrixReport::new(study, (**answer).clone(), ask)),
            Answer::Meetings(ask, answer) => {
                both(&counted::meetings(study, answer, ask.within, &names))
            }
            Answer::Saturation(ask, answer) => {
                both(&counted::saturation(study, ask, answer, &names))
            }
            Answer::Talk(ask, Talk::Voices(all, marked)) => {
                both(&talk::voices(all, marked.as_ref(), ask.with_moderator, &names))
            }
            Answer::Talk(ask, Talk::Following(all)) => {
                both(&talk::following(all, ask.with_moderator, &names))
            }
            Answer::Talk(_, Talk::Spoke(answer)) => {
                both(&SpokeReport::new(study, answer.clone(), false))
            }
        }
    }
}

fn paragraph(message: &Message, language: Language) -> Part {
    Part::Paragraph(vec![Span::Text(say(message, language))])
}

fn list(messages: &[Message], language: Language) -> Part {
    Part::List(messages.iter().map(|it| vec![Span::Text(say(it, language))]).collect())
}
