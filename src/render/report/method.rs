//! The sections that tell how it was done and what it lacks: methods, limitations, checks, what was left out.

use super::sections::headings;
use super::{Report, list, paragraph};
use crate::domain::message::Message;
use crate::domain::study::Ethics;
use crate::msg;
use crate::render::document::{Part, Span, Value};
use crate::words::{Language, say, word};
use crate::work::report::Section;

impl Report<'_> {
    fn limits(&self) -> Vec<Message> {
        let facts = &self.analysis.facts;
        let mut told = Vec::new();
        if facts.undecided > 0 {
            told.push(msg!("report.limits.undecided", n = facts.undecided));
        }
        if facts.single > 0 {
            told.push(msg!("report.limits.single", n = facts.single, all = facts.counted));
        }
        if facts.undefined > 0 && facts.agreement {
            told.push(msg!("report.limits.undefined", n = facts.undefined));
        }
        if facts.open > 0 {
            told.push(msg!("report.limits.open", n = facts.open));
        }
        if let (none, closing @ 1..) = facts.none {
            told.push(msg!("report.limits.closing", n = closing, all = none));
        }
        if facts.later > 0 {
            told.push(msg!("report.limits.later", n = facts.later));
        }
        if facts.late > 0 {
            told.push(msg!("report.limits.late", n = facts.late));
        }
        if let Some((person, n, all)) = &facts.most_quoted {
            told.push(msg!("report.limits.quoted", person = person, n = n, all = all));
        }
        let small = self.study.cases.iter().filter(|case| {
            let people = self.study.participants.iter();
            people.filter(|it| it.role.counts() && it.case.as_ref() == Some(&case.id)).count() < 4
        });
        let small: Vec<&str> = small.map(|it| it.id.as_str()).collect();
        if !small.is_empty() {
            told.push(msg!("report.limits.small", n = small.len(), cases = small.join(", ")));
        }
        told
    }

    pub(super) fn limitations(&self, language: Language) -> Vec<Part> {
        let told = self.limits();
        match told.is_empty() {
            true => vec![paragraph(&msg!("report.limits.none"), language)],
            false => vec![list(&told, language)],
        }
    }

    /// A paragraph of which each sentence rests on a record.
    pub(super) fn methods(&self, language: Language) -> Vec<Part> {
        let (study, facts) = (self.study, &self.analysis.facts);
        let coders = study.counting_coders().count();
        let mut said = vec![
            msg!(
                "report.methods.data",
                transcripts = study.transcripts.len(),
                cases = study.cases.len(),
                participants = facts.participants
            ),
            msg!("report.methods.units", units = facts.units),
            msg!("report.methods.codebook", dimensions = study.codebook().dimensions.len()),
        ];
        if coders > 1 && !facts.seals.is_empty() {
            said.push(match facts.events.get("unblind") {
                None => msg!("report.methods.independent", n = coders),
                Some(_) => msg!("report.methods.looked", n = coders),
            });
        } else if coders == 1 {
            said.push(msg!("report.methods.one"));
        }
        if facts.waiting.is_empty() && facts.agreement && coders > 1 {
            said.push(msg!("report.methods.agreement"));
        }
        let settled: u64 = facts.reasons.values().sum();
        if settled > 0 {
            said.push(msg!("report.methods.consensus", n = settled, open = facts.open));
        }
        said.extend(self.ethics());
        said.push(msg!("report.methods.software"));
        let said: Vec<String> = said.iter().map(|it| say(it, language)).collect();
        vec![Part::Paragraph(vec![Span::Text(said.join(" "))])]
    }

    /// The approval of an ethics committee, as far as it is written down.
    fn ethics(&self) -> Option<Message> {
        let Ethics { committee, number, date } = &self.study.settings.ethics;
        let rest = [number, date].into_iter().filter(|it| !it.is_empty()).cloned();
        let rest = rest.collect::<Vec<_>>().join(", ");
        match (committee.is_empty(), rest.is_empty()) {
            (true, true) => None,
            (true, false) => Some(msg!("report.fact.ethics_number", rest = rest)),
            (false, true) => Some(msg!("report.fact.ethics", committee = committee)),
            (false, false) => {
                Some(msg!("report.fact.ethics_of", committee = committee, rest = rest))
            }
        }
    }

    /// What answers an item of a checklist, if anything recorded does.
    fn answer(&self, fact: &str) -> Option<Message> {
        let (study, facts) = (self.study, &self.analysis.facts);
        let coders = study.counting_coders().count();
        Some(match fact {
            "participants" => msg!("report.fact.participants", n = facts.participants),
            "withdrawn" => msg!("report.fact.withdrawn", n = facts.withdrawn),
            "others" => msg!("report.fact.others", n = facts.others),
            "attributes" if !study.participant_attributes.is_empty() => {
                msg!("report.fact.attributes", names = study.participant_attributes.join(", "))
            }
            "ethics" => self.ethics()?,
            "guide" if !study.guide.questions.is_empty() => {
                msg!("report.fact.guide", n = study.guide.questions.len())
            }
            "repeated" => {
                let several = study.cases.iter().filter(|case| {
                    study.transcripts.iter().filter(|it| it.case == case.id).count() > 1
                });
                msg!("report.fact.repeated", n = several.count())
            }
            "saturation"
                if self.analysis.answers.iter().any(|it| it.section == Section::Saturation) =>
            {
                msg!("report.fact.saturation")
            }
            "coders" => msg!("report.fact.coders", n = coders),
            "codebook" => msg!("report.fact.codebook", n = study.codebook().dimensions.len()),
            "software" => msg!("report.methods.software"),
            "quotations" if !self.analysis.quotations.is_empty() => msg!("report.fact.quotations"),
            "open" if facts.open > 0 => msg!("report.limits.open", n = facts.open),
            "cases" => msg!("report.fact.cases", n = study.cases.len()),
            "units" => msg!("report.methods.units", units = facts.units),
            "agreement" if facts.agreement && facts.waiting.is_empty() && coders > 1 => {
                msg!("report.methods.agreement")
            }
            "limitations" => msg!("report.fact.limitations", n = self.limits().len()),
            _ => return None,
        })
    }

    pub(super) fn checks(&self, language: Language) -> Vec<Part> {
        let mut parts = Vec::new();
        for checklist in &self.analysis.checklists {
            let mut table = headings(&["report.item", "report.asks", "report.recorded"], language);
            table.title.clone_from(&checklist.name);
            table.folded = true;
            for item in &checklist.items {
                let asks = match language {
                    Language::English => &item.en,
                    Language::Spanish => &item.es,
                };
                let answer = self.answer(&item.fact);
                let answer = answer
                    .map_or_else(|| word("report.authors", language), |it| say(&it, language));
                table.push([
                    Value::id(&item.id),
                    Value::from(asks.as_str()),
                    Value::from(answer.as_str()),
                ]);
            }
            parts.push(Part::Table(table));
        }
        parts
    }

    /// What a public report leaves out, by name.
    pub(super) fn left_out(&self, language: Language) -> Vec<Part> {
        let told = [
            msg!("report.out.quotes"),
            msg!("report.out.people"),
            msg!("report.out.memos"),
            msg!("report.out.small", n = self.min),
        ];
        vec![list(&told, language)]
    }
}
