//! The meeting's screen: the unit in context, the answers side by side without names, then decision, reason, rationale.

mod amend;
mod draw;
mod other;
mod sides;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use self::amend::Amend;
use super::face::{Face, Keeping, Lines, Mode, Panel, Scene};
use crate::desk::Desk;
use crate::desk::consensus::keys::{self, Field, REASONS, TABLE, Wish};
use crate::desk::consensus::{Act, ConsensusDesk, Keep, Stage};
use crate::desk::keys::{Key, Told, told};
use crate::domain::answer::{Answer, CodeIndex, DimensionIndex};
use crate::domain::consensus::{NewSettlement, Outcome};
use crate::domain::log::UnitIndex;
use crate::domain::message::Message;
use crate::face::lines::End;
use crate::msg;
use crate::render::number::{MISSING, shown};
use crate::work::session::before::Before;

/// The meeting's screen as far as its desk does not know it.
pub type MeetingFace<'a> = Face<'a, ConsensusDesk<'a>>;

/// What the meeting is.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Meeting {
    /// The version of the codebook in force.
    pub codebook: String,
    /// How far the coders agreed before, dimension by dimension.
    pub before: Vec<Before>,
}

/// What lies over the text, or beneath it, while something is settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Own {
    /// Another answer is made: the codes chosen so far, and which of all is at hand.
    Other(Vec<CodeIndex>, usize),
    /// The codebook is changed.
    Amend(Amend),
}

impl<'a> Scene<'a> for ConsensusDesk<'a> {
    type Field = Field;
    type Wish = Wish;
    type Own = Own;
    type Session = Meeting;
    type Place = Option<(UnitIndex, DimensionIndex)>;

    fn command(&self, key: Key) -> keys::Command {
        keys::command(key, self)
    }

    fn table() -> Vec<Told> {
        let reasons = REASONS.iter().map(|it| (it.shown, it.says));
        let mut all = told(TABLE);
        all.splice(TABLE.len()..TABLE.len(), reasons);
        all
    }

    fn place(&self) -> Self::Place {
        self.view().dispute.map(|it| (it.unit, it.dimension))
    }

    fn due_field(&self) -> Option<Field> {
        match self.view().stage {
            Stage::Present => Some(Field::Present),
            Stage::Rationale(..) => Some(Field::Rationale),
            Stage::Choice | Stage::Reason(_) => None,
        }
    }

    fn label(field: Field) -> &'static str {
        match field {
            Field::Present => "resolve.present_label",
            Field::Rationale => "resolve.rationale_prompt",
            Field::Change => "resolve.change_label",
            Field::Line => "",
        }
    }

    fn entered(&self, field: Field, text: &str) -> Result<Act, Message> {
        match field {
            Field::Present => self.who(text),
            Field::Rationale => Ok(Act::Rationale(text.to_owned())),
            Field::Change => Ok(Act::Change(text.to_owned())),
            Field::Line => self.read(text),
        }
    }

    fn may_be_empty(field: Field) -> bool {
        field == Field::Rationale
    }

    fn dropped(field: Field) -> Option<Act> {
        (field == Field::Rationale).then_some(Act::Back)
    }

    fn legend_typed(field: Field) -> &'static str {
        match field {
            Field::Rationale => "resolve.legend_rationale",
            Field::Present => "resolve.legend_present",
            Field::Change | Field::Line => "screen.legend_typed",
        }
    }

    fn wish(face: &mut MeetingFace<'a>, wish: Wish, desk: &Self) {
        let view = desk.view();
        match (wish, view.dispute) {
            (Wish::Agreement, _) => {
                face.mode = Mode::Panel(Panel::Text(face.agreement()), 0);
            }
            (_, None) => face.tell(&msg!("resolve.all_settled")),
            (Wish::Other, Some(_)) => face.mode = Mode::Own(Own::Other(Vec::new(), 0)),
            (Wish::Amend, Some(_)) => face.mode = Mode::Own(Own::Amend(Amend::Which(0))),
            (Wish::Define, Some(dispute)) => {
                let text = face.both_in_full(desk, &view, dispute);
                face.mode = Mode::Panel(Panel::Text(text), 0);
            }
        }
    }

    fn own(
        face: &mut MeetingFace<'a>,
        own: Own,
        key: Key,
        desk: &mut Self,
        keeper: &mut Keeping<'_, Self>,
    ) -> Option<End> {
        match own {
            Own::Other(codes, at) => face.another(codes, at, key, desk, keeper),
            Own::Amend(step) => face.amended(step, key, desk, keeper),
        }
    }

    fn typed_in(own: &mut Own) -> Option<&mut String> {
        match own {
            Own::Amend(Amend::Text(_, _, text)) => Some(text),
            _ => None,
        }
    }

    fn told(face: &MeetingFace<'a>, what: &Keep) -> String {
        match what {
            Keep::Settlement(_, row) => face.told_row(row),
            Keep::Codebook(made) => {
                face.say(&msg!("resolve.amended", id = made.id, field = made.field))
            }
        }
    }

    fn words(what: &Keep) -> Option<&str> {
        let text = match what {
            Keep::Settlement(_, row) => &row.rationale,
            Keep::Codebook(made) => &made.text,
        };
        Some(text.as_str()).filter(|it| !it.is_empty())
    }

    fn begins_anew(what: &Keep) -> bool {
        matches!(what, Keep::Codebook(_))
    }

    fn definitions(
        face: &MeetingFace<'a>,
        dimension: DimensionIndex,
        codes: &[CodeIndex],
    ) -> Lines {
        face.defined(dimension, codes)
    }

    fn legend(face: &MeetingFace<'a>, desk: &Self) -> String {
        let view = desk.view();
        face.word(match (&face.mode, view.stage) {
            (Mode::Own(Own::Other(..)), _) => "resolve.legend_other",
            (Mode::Own(Own::Amend(Amend::Text(..))), _) => "resolve.legend_amend_text",
            (Mode::Own(Own::Amend(_)), _) => "resolve.legend_amend",
            _ if view.dispute.is_none() => "resolve.legend_finished",
            (_, Stage::Reason(_)) => "resolve.legend_reason",
            _ if view.can_be_both => "resolve.legend_both",
            _ => "resolve.legend",
        })
    }

    fn draw(face: &MeetingFace<'a>, buffer: &mut Buffer, area: Rect, desk: &Self) {
        face.draw_meeting(buffer, area, desk);
    }
}

impl MeetingFace<'_> {
    /// An answer by the names of its codes.
    pub(super) fn answer_named(&self, answer: &Answer) -> String {
        match answer {
            Answer::Undecided => self.word("resolve.undecided_answer"),
            Answer::None => self.word("code.none"),
            Answer::Codes(codes) => {
                let names = codes.iter().map(|code| self.name(code.as_str()));
                names.collect::<Vec<_>>().join("; ")
            }
        }
    }

    /// What was settled, without whose answer it was.
    fn told_row(&self, row: &NewSettlement) -> String {
        let unit = self.study.unit_at(row.unit).map(|unit| unit.locator.to_string());
        let place = format!("{} {}", unit.unwrap_or_default(), self.dimension_id(row.dimension));
        let codes = match &row.answer {
            Answer::None => self.word("code.none"),
            other => other.to_string(),
        };
        self.say(&match (&row.outcome, row.undoes) {
            (None, _) => msg!("resolve.told_undone", place = place),
            (Some(Outcome::Open), _) => msg!("resolve.told_open", place = place),
            (Some(_), None) => msg!("resolve.told", place = place, codes = codes),
            (Some(_), Some(_)) => msg!("resolve.told_again", place = place, codes = codes),
        })
    }

    /// How far the coders agreed before the meeting.
    fn agreement(&self) -> Lines {
        if self.session.before.is_empty() {
            return vec![(self.word("resolve.agreement_none"), false)];
        }
        let number = |it: Option<f64>| it.map_or(MISSING.to_owned(), shown);
        let line = |it: &Before| {
            let said = msg!(
                "resolve.agreement_line",
                dimension = self.name(self.dimension_id(it.dimension)),
                agreed = number(it.agreed),
                alpha = number(it.alpha),
                n = it.n
            );
            (self.say(&said), false)
        };
        let mut lines = vec![(self.word("resolve.agreement_head"), true)];
        lines.extend(self.session.before.iter().map(line));
        lines.push((self.word("resolve.agreement_note"), false));
        lines
    }
}
