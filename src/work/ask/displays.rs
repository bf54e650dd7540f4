//! Displays with a name: each is one matrix, and its long command gives the same bytes.
//!
//! The names are those of Miles and Huberman (1994), Qualitative Data Analysis, 2nd ed., where they have one; chapter 5
//! shows displays within a case, chapters 7 and 8 across cases.

use crate::domain::message::Message;

/// A display with a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Display {
    /// Its name.
    pub name: &'static str,
    /// The key of the question that it answers.
    pub question: &'static str,
    /// Where it comes from.
    pub source: &'static str,
    /// What `matrix` is asked for.
    pub options: &'static [&'static str],
    /// Options of which it needs one besides, because only the team knows it.
    pub needs: &'static [&'static str],
}

impl Display {
    /// The question that it answers.
    #[must_use]
    pub fn asks(&self) -> Message {
        Message::new(self.question)
    }

    /// The long command.
    #[must_use]
    pub fn command(&self) -> String {
        let needed = self.needs.first().map(|it| format!("{it} …"));
        let words = self.options.iter().map(|it| (*it).to_owned()).chain(needed);
        format!("themata matrix {}", words.collect::<Vec<_>>().join(" "))
    }
}

const CROSS_CASE: &str = "Miles & Huberman 1994, ch. 7";
const ORDERED: &str = "Miles & Huberman 1994, ch. 8";
const WITHIN: &str = "Miles & Huberman 1994, ch. 5";

/// Every display, in the order of the list.
#[rustfmt::skip] // one a line
pub const DISPLAYS: &[Display] = &[
    Display { name: "meta-matrix", question: "display.q.meta_matrix", source: CROSS_CASE, options: &["--rows", "case/participant", "--columns", "dimension", "--cell", "units,quotes:1"], needs: &[] },
    Display { name: "clustered", question: "display.q.clustered", source: CROSS_CASE, options: &["--rows", "participant", "--columns", "dimension/code", "--cell", "units"], needs: &[] },
    Display { name: "role-ordered", question: "display.q.role_ordered", source: WITHIN, options: &["--rows", "role/participant", "--columns", "dimension", "--cell", "units,quotes:1", "--with-moderator"], needs: &[] },
    Display { name: "checklist", question: "display.q.checklist", source: WITHIN, options: &["--rows", "dimension/code", "--columns", "case", "--cell", "presence"], needs: &[] },
    Display { name: "content-summary", question: "display.q.content_summary", source: CROSS_CASE, options: &["--rows", "code", "--columns", "all", "--cell", "units,cases,participants,quotes:1"], needs: &[] },
    Display { name: "contrast", question: "display.q.contrast", source: CROSS_CASE, options: &["--rows", "code", "--cell", "units,share"], needs: &["--contrast", "--columns"] },
    Display { name: "case-ordered", question: "display.q.case_ordered", source: ORDERED, options: &["--rows", "case", "--columns", "dimension", "--cell", "units,quotes:1"], needs: &["--order-by"] },
    Display { name: "two-variable", question: "display.q.two_variable", source: ORDERED, options: &["--columns", "dimension", "--cell", "units,share"], needs: &["--rows"] },
    Display { name: "time-ordered", question: "display.q.time_ordered", source: WITHIN, options: &["--rows", "dimension", "--cell", "units,quotes:1"], needs: &["--columns"] },
    Display { name: "variable-by-variable", question: "display.q.variable_by_variable", source: ORDERED, options: &["--rows", "code", "--columns", "code", "--cell", "units,names"], needs: &[] },
    Display { name: "predictor-outcome", question: "display.q.predictor_outcome", source: ORDERED, options: &["--rows", "case", "--columns", "code", "--cell", "presence"], needs: &["--order-by"] },
    Display { name: "framework", question: "display.q.framework", source: "Ritchie & Spencer 1994", options: &["--rows", "case/participant", "--columns", "topic", "--cell", "quotes:2"], needs: &[] },
    Display { name: "voices", question: "display.q.voices", source: "", options: &["--rows", "code", "--columns", "participant", "--cell", "units", "--totals"], needs: &[] },
    Display { name: "questions", question: "display.q.questions", source: "", options: &["--rows", "topic", "--columns", "participant", "--cell", "units"], needs: &[] },
];
