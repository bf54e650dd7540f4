//! The whole analysis as one document: what other commands answer, under headings, and what is recorded of how it was made.
//!
//! Nothing is counted here that a command does not count, and no sentence is written that no record bears: what is not known
//! is left to the authors by name.

mod facts;
mod sections;

pub use facts::Facts;

use std::collections::BTreeSet;

use super::document::{Document, Figure, Note, Part, Quotation, Span, Table};
use crate::analysis::redacted::Profile;
use crate::domain::message::Message;
use crate::domain::study::Study;
use crate::format::checklist::Checklist;
use crate::msg;
use crate::words::{Language, say, word};

/// What a command answered, for a section.
#[derive(Debug, Clone, PartialEq)]
pub struct Piece {
    /// Which section it belongs to.
    pub section: Section,
    /// The command line.
    pub command: String,
    /// The answer.
    pub document: Document,
    /// Its picture.
    pub figure: Option<Figure>,
    /// Whether its table is shown only when it is asked for.
    pub folded: bool,
}

/// The sections that commands fill.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    /// Agreement before consensus.
    Agreement,
    /// Where coders differed.
    Discrepancies,
    /// What consensus changed.
    Consensus,
    /// Matrices.
    Matrices,
    /// Who speaks.
    Voices,
    /// What each further group brings.
    Saturation,
}

/// Everything that a report is made of.
#[derive(Debug)]
pub struct Report<'a> {
    /// The study.
    pub study: &'a Study,
    /// For whom.
    pub profile: Profile,
    /// The fewest people that a combination may describe in public.
    pub min: u64,
    /// What is recorded.
    pub facts: Facts,
    /// What commands answered.
    pub pieces: Vec<Piece>,
    /// Quotations by dimension.
    pub quotations: Vec<(String, Vec<Quotation>)>,
    /// The checklists.
    pub checklists: Vec<Checklist>,
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
            .asked("finished", self.facts.is_finished())
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
            Profile::Team => msg!("report.first.team", n = self.facts.asked),
            Profile::Public => msg!("report.first.public"),
        }
    }

    /// What says that a study is not finished: its figures are then not half shown.
    fn banners(&self) -> Vec<Message> {
        let mut banners: Vec<Message> = self
            .facts
            .waiting
            .iter()
            .map(|(case, coders)| msg!("report.banner.waiting", case = case, coders = coders))
            .collect();
        if self.facts.unsettled > 0 {
            banners.push(msg!("report.banner.unsettled", n = self.facts.unsettled));
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
            let mut within = self.answers(section);
            if section == Section::Discrepancies && !within.is_empty() {
                within.extend(self.reasons(language));
            }
            if !within.is_empty() {
                parts.push(self.section(heading, within, language));
            }
            if section == Section::Matrices && !self.quotations.is_empty() {
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
    fn answers(&self, section: Section) -> Vec<Part> {
        let mut parts = Vec::new();
        for piece in self.pieces.iter().filter(|it| it.section == section) {
            let mut within = Vec::new();
            within.extend(piece.figure.clone().map(Part::Figure));
            let mut notes: Vec<Part> = Vec::new();
            for part in &piece.document.parts {
                match part {
                    Part::Table(table) => within.push(Part::Table(Table {
                        command: piece.command.clone(),
                        folded: piece.folded,
                        title: match (table.title.is_empty(), piece.folded) {
                            (true, true) if piece.document.title.is_empty() => {
                                piece.command.clone()
                            }
                            (true, true) => piece.document.title.clone(),
                            _ => table.title.clone(),
                        },
                        ..table.clone()
                    })),
                    Part::Note(_) => notes.push(part.clone()),
                    _ => {}
                }
            }
            within.extend(notes);
            within.push(Part::Note(Note::told(msg!("report.command", command = piece.command))));
            // A list has no heading of its own: it stands under that of the section.
            match piece.document.title.as_str() {
                "" => parts.extend(within),
                title => parts.push(Part::Section(title.to_owned(), within)),
            }
        }
        parts
    }
}

fn paragraph(message: &Message, language: Language) -> Part {
    Part::Paragraph(vec![Span::Text(say(message, language))])
}

fn list(messages: &[Message], language: Language) -> Part {
    Part::List(messages.iter().map(|it| vec![Span::Text(say(it, language))]).collect())
}
