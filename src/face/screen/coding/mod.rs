//! The coding screen: all dimensions at once, a key a decision.

mod draw;
mod marking;
mod palette;
mod pieces;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use self::palette::Found;
use super::face::{Face, Keeping, Lines, Mode, Panel, Scene};
use crate::desk::Desk;
use crate::desk::coding::keys::{self, Field, TABLE, Wish};
use crate::desk::coding::{Act, CodingDesk, Keep, View};
use crate::desk::keys::{Key, Told, told};
use crate::domain::answer::{Answer, CodeIndex, DimensionIndex};
use crate::domain::log::{NewDecision, UnitIndex};
use crate::domain::message::Message;
use crate::domain::record::MemoKind;
use crate::face::lines::End;
use crate::msg;
use crate::words;

/// The coding screen as far as its desk does not know it.
pub type CodeFace<'a> = Face<'a, CodingDesk<'a>>;

/// What the session is, as the head of the screen says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Who codes.
    pub coder: String,
    /// The round.
    pub round: String,
    /// The version of the codebook in force.
    pub codebook: String,
    /// Whether others' decisions are hidden.
    pub blind: bool,
}

/// What lies over the text while somebody codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Own {
    /// A code is looked for: what was typed, and which of the codes found is at hand.
    Palette(String, usize),
    /// Words are marked as a quotation for a code: the word at hand, and where the quotation begins.
    Marking(CodeIndex, usize, Option<usize>),
}

impl<'a> Scene<'a> for CodingDesk<'a> {
    type Field = Field;
    type Wish = Wish;
    type Own = Own;
    type Session = Session;
    type Place = Option<(UnitIndex, DimensionIndex)>;

    fn command(&self, key: Key) -> keys::Command {
        keys::command(key, self)
    }

    fn table() -> Vec<Told> {
        told(TABLE)
    }

    fn place(&self) -> Self::Place {
        match self.view() {
            View::Question(question) => Some((question.unit, question.dimension)),
            View::Finished { .. } => None,
        }
    }

    fn choices(&self) -> usize {
        match self.view() {
            View::Question(question) => question.choices.len(),
            View::Finished { .. } => 0,
        }
    }

    fn chosen(&self, act: &Act) -> Option<usize> {
        let (Act::Toggle(code), View::Question(question)) = (act, self.view()) else { return None };
        question.choices.iter().position(|it| it.code == *code)
    }

    fn label(field: Field) -> &'static str {
        match field {
            Field::Note => "screen.note",
            Field::Wish => "screen.wish",
            Field::Proposal => "screen.proposal",
            Field::Go => "screen.go",
            Field::Line => "",
        }
    }

    fn entered(&self, field: Field, text: &str) -> Result<Act, Message> {
        match field {
            Field::Note => Ok(Act::Note(MemoKind::Note, text.to_owned())),
            Field::Wish => Ok(Act::Note(MemoKind::Boundary, text.to_owned())),
            Field::Proposal => self.read(&format!("+ {text}")),
            Field::Go => self.read(&format!("g {text}")),
            Field::Line => self.read(text),
        }
    }

    fn wish(face: &mut CodeFace<'a>, wish: Wish, desk: &Self) {
        match wish {
            Wish::Find => face.mode = Mode::Own(Own::Palette(String::new(), 0)),
            Wish::Mark => face.mark(desk),
            Wish::Define => face.define(desk),
        }
    }

    fn own(
        face: &mut CodeFace<'a>,
        own: Own,
        key: Key,
        desk: &mut Self,
        keeper: &mut Keeping<'_, Self>,
    ) -> Option<End> {
        match own {
            Own::Palette(text, at) => face.searched(text, at, key, desk, keeper),
            Own::Marking(code, at, from) => face.marked((code, at, from), key, desk, keeper),
        }
    }

    fn typed_in(own: &mut Own) -> Option<&mut String> {
        match own {
            Own::Palette(text, _) => Some(text),
            Own::Marking(..) => None,
        }
    }

    fn told(face: &CodeFace<'a>, what: &Keep) -> String {
        match what {
            Keep::Decisions(rows) => face.told_rows(rows),
            Keep::Proposal { name, .. } => face.say(&msg!("code.proposed", name = name)),
            Keep::Quote { pick, .. } => face.say(&crate::face::lines::coding::told(pick)),
            Keep::Note { unit, .. } => {
                let unit = face.study.unit_at(*unit).map(|unit| unit.locator.to_string());
                face.say(&msg!("code.noted", unit = unit.unwrap_or_default()))
            }
        }
    }

    fn definitions(face: &CodeFace<'a>, dimension: DimensionIndex, codes: &[CodeIndex]) -> Lines {
        face.defined(dimension, codes)
    }

    fn legend(face: &CodeFace<'a>, desk: &Self) -> String {
        face.word(match &face.mode {
            Mode::Own(Own::Palette(..)) => "screen.legend_palette",
            Mode::Own(Own::Marking(..)) => "screen.legend_mark",
            _ if matches!(desk.view(), View::Finished { .. }) => "screen.legend_finished",
            _ if face.study.settings.asks_each => "screen.legend_each",
            _ => "screen.legend",
        })
    }

    fn draw(face: &CodeFace<'a>, buffer: &mut Buffer, area: Rect, desk: &Self) {
        face.draw_coding(buffer, area, desk);
    }
}

impl<'a> CodeFace<'a> {
    fn define(&mut self, desk: &CodingDesk<'a>) {
        let View::Question(question) = desk.view() else {
            return self.tell(&msg!("screen.all_decided"));
        };
        let code = question.choices.get(self.cursor).filter(|it| !it.own).map(|it| it.code);
        let codes: Vec<CodeIndex> = code.into_iter().collect();
        let text = self.defined(question.dimension, &codes);
        self.mode = Mode::Panel(Panel::Text(text), 0);
    }

    fn told_rows(&self, rows: &[NewDecision]) -> String {
        let unit = rows.first().and_then(|row| self.study.unit_at(row.unit));
        let mut told = unit.map(|unit| unit.locator.to_string()).unwrap_or_default();
        let mut in_order: Vec<&NewDecision> = rows.iter().collect();
        in_order.sort_by_key(|row| row.dimension);
        // A unit that is closed says none once for all that it closes.
        let is_none = |row: &&&NewDecision| row.answer == Answer::None && !row.unsure;
        let closed: Vec<&str> =
            in_order.iter().filter(is_none).map(|row| self.dimension_id(row.dimension)).collect();
        for row in in_order.iter().filter(|row| closed.len() < 2 || !is_none(row)) {
            let id = self.dimension_id(row.dimension);
            let answer = match &row.answer {
                Answer::Undecided => words::word("screen.undecided", self.language),
                Answer::None => words::word("code.none", self.language),
                codes => codes.to_string(),
            };
            told.push_str(&format!(" {id} {answer}{}", if row.unsure { "?" } else { "" }));
        }
        if closed.len() > 1 {
            let rest = match closed.len() == self.study.vocabulary.dimensions_in_force().count() {
                true => msg!("screen.saved_none", n = closed.len()),
                false => msg!("screen.saved_rest", dimensions = closed.join(", ")),
            };
            told.push_str(&format!(" {}", self.say(&rest)));
        }
        let took_back = rows.iter().any(|row| row.undoes.is_some());
        self.say(&match took_back {
            true => msg!("screen.undone", what = told),
            false => msg!("screen.saved", what = told),
        })
    }

    fn searched(
        &mut self,
        mut text: String,
        mut at: usize,
        key: Key,
        desk: &mut CodingDesk<'a>,
        keeper: &mut Keeping<'_, CodingDesk<'a>>,
    ) -> Option<End> {
        match key {
            Key::Escape => return None,
            Key::Enter => {
                let found = self.found(&text);
                return match found.get(at) {
                    Some(Found { code, dimension, .. }) => {
                        desk.act(Act::Turn(*dimension));
                        self.act(Act::Toggle(*code), desk, keeper)
                    }
                    None => {
                        self.tell(&msg!("screen.no_match"));
                        self.mode = Mode::Own(Own::Palette(text, 0));
                        None
                    }
                };
            }
            Key::Up => at = at.saturating_sub(1),
            Key::Down => at = (at + 1).min(self.found(&text).len().saturating_sub(1)),
            Key::Backspace => {
                text.pop();
                at = 0;
            }
            Key::Char(letter) => {
                text.push(letter);
                at = 0;
            }
            _ => {}
        }
        self.mode = Mode::Own(Own::Palette(text, at));
        None
    }

    /// The codes that what was typed may mean, the likeliest first.
    fn found(&self, text: &str) -> Vec<Found> {
        palette::find(self.study, text, self.language.tag())
    }
}
