//! The answers side by side: what was given, notes, and what the codes mean.

use ratatui::style::{Modifier, Style};

use super::MeetingFace;
use crate::desk::consensus::{ConsensusDesk, Dispute, Given, View};
use crate::escape::terminal::visible;
use crate::face::screen::face::Lines;
use crate::msg;
use crate::render::wrap::wrap;

/// The narrowest column in which an answer can be read.
const NARROWEST: usize = 24;

impl<'a> MeetingFace<'a> {
    /// What was given, as it is shown: names of codes, and whether the coder was unsure.
    fn given(&self, given: &Given) -> String {
        if !given.answer.is_decided() {
            return self.word("resolve.undecided_answer");
        }
        let codes = self.study.answers.codes(given.answer);
        let names: Vec<String> = codes.iter().map(|it| self.name(self.code_id(*it))).collect();
        let answer = if names.is_empty() { self.word("code.none") } else { names.join("; ") };
        match given.unsure {
            true => format!("{answer} ({})", self.word("resolve.unsure")),
            false => answer,
        }
    }

    /// The heading of a side: its number, who it is unless names are hidden, and the answer.
    fn heading(&self, desk: &ConsensusDesk<'a>, view: &View<'_>, nth: usize, at: usize) -> String {
        let given = view.dispute.and_then(|it| it.given.get(at));
        let given = given.map(|it| self.given(it)).unwrap_or_default();
        match desk.coders().get(at).filter(|_| !view.hides_names) {
            Some(coder) => format!("{} {coder}: {given}", nth + 1),
            None => format!("{} {given}", nth + 1),
        }
    }

    /// A side: its heading, notes, and what its codes mean.
    fn side(
        &self,
        desk: &ConsensusDesk<'a>,
        view: &View<'_>,
        dispute: &Dispute,
        (nth, at): (usize, usize),
    ) -> Lines {
        let mut lines = vec![(self.heading(desk, view, nth, at), true)];
        let Some(given) = dispute.given.get(at) else { return lines };
        let memo = given.memo.as_deref().unwrap_or_default();
        lines.extend(memo.lines().map(|it| (format!("» {}", visible(it)), false)));
        let codes = self.study.answers.codes(given.answer);
        for code in codes {
            let meaning = self.in_full(self.code_id(*code));
            // Where there is one code, the heading names it.
            let skip = usize::from(codes.len() == 1);
            lines.extend(meaning.into_iter().skip(skip).map(|(text, _)| (text, false)));
        }
        lines
    }

    /// Both answers in full, and what their dimension means.
    pub(super) fn both_in_full(
        &self,
        desk: &ConsensusDesk<'a>,
        view: &View<'_>,
        dispute: &Dispute,
    ) -> Lines {
        let mut lines = Lines::new();
        for (nth, at) in view.order.iter().enumerate() {
            lines.extend(self.side(desk, view, dispute, (nth, *at)));
            lines.push((String::new(), false));
        }
        lines.extend(self.in_full(self.dimension_id(dispute.dimension)));
        lines
    }

    /// The sides in columns of a screen's width; where there are too many, each in a line of its own. Returns the
    /// lines of each column, and how wide a column is.
    pub(super) fn columns_of_sides(
        &self,
        desk: &ConsensusDesk<'a>,
        view: &View<'_>,
        dispute: &Dispute,
        width: usize,
    ) -> (Vec<Vec<(String, Style)>>, usize) {
        let n = view.order.len().max(1);
        let wide = (width + 1) / n - 1;
        let bold = Style::new().add_modifier(Modifier::BOLD);
        if wide < NARROWEST {
            let line = |(nth, at): (usize, &usize)| (self.heading(desk, view, nth, *at), bold);
            return (vec![view.order.iter().enumerate().map(line).collect()], width);
        }
        let column = |(nth, at): (usize, &usize)| {
            let mut lines = Vec::new();
            for (text, heading) in self.side(desk, view, dispute, (nth, *at)) {
                let style = if heading { bold } else { Style::new() };
                let wrapped = wrap(&text, wide, "", "  ");
                lines.extend(wrapped.lines().map(|it| (it.to_owned(), style)));
            }
            lines
        };
        (view.order.iter().enumerate().map(column).collect(), wide)
    }

    /// What was settled here before, why it is looked at again, and what will be kept with it.
    pub(super) fn remarks(&self, view: &View<'_>, dispute: &Dispute) -> Vec<String> {
        let mut remarks: Vec<String> = dispute.again.iter().map(|why| self.say(why)).collect();
        if let Some(before) = view.before {
            let answer = self.answer_named(&before.answer);
            remarks.push(self.say(&match before.outcome {
                Some(crate::domain::consensus::Outcome::Open) | None => {
                    msg!("resolve.before_open")
                }
                Some(_) => msg!("resolve.before_as", answer = answer),
            }));
        }
        if !view.change.is_empty() {
            remarks.push(self.say(&msg!("resolve.change_kept", change = view.change)));
        }
        remarks
    }
}
