//! Pieces of the coding screen as lines of text: the talk, the dimensions, the codes.

use ratatui::style::{Modifier, Style};
use ratatui::text::Span;
use unicode_width::UnicodeWidthStr;

use super::CodeFace;
use crate::desk::coding::{CodingDesk, Question, Row, keys};
use crate::domain::answer::{AnswerIndex, CodeIndex};
use crate::face::screen::face::Lines;
use crate::face::screen::talk::Talk;
use crate::msg;

impl<'a> CodeFace<'a> {
    /// The talk around the unit; before a unit that is decided or begun a mark.
    pub(super) fn talk(
        &self,
        desk: &CodingDesk<'a>,
        open: &Question<'_>,
        width: usize,
    ) -> Option<Talk> {
        let mark = |number| mark(desk.progress_at(number));
        Some(Talk::around(open.passage.as_ref()?, mark, width))
    }

    /// What is decided in a dimension, as it is shown.
    pub(super) fn given(&self, desk: &CodingDesk<'a>, row: &Row) -> String {
        if row.contested {
            return self.word("screen.contested");
        }
        let answer = match row.now.answer {
            AnswerIndex::UNDECIDED => return "·".to_owned(),
            AnswerIndex::NONE => self.word("code.none"),
            other => {
                let codes = desk.answers().codes(other);
                let name =
                    |code: &CodeIndex| self.name(self.study.vocabulary.of(*code).id.as_str());
                codes.iter().map(name).collect::<Vec<_>>().join("; ")
            }
        };
        if row.now.unsure { format!("{answer} ?") } else { answer }
    }

    /// A dimension with its letter and what is decided in it.
    pub(super) fn dimension(
        &self,
        desk: &CodingDesk<'a>,
        nth: usize,
        row: &Row,
        active: bool,
    ) -> Vec<Span<'static>> {
        let letter = keys::letter(nth).map_or(' ', |letter| letter);
        let name = self.name(self.dimension_id(row.dimension));
        let arrow = if active { '▸' } else { ' ' };
        let mut style = self.tint(row.dimension);
        if active {
            style = style.add_modifier(Modifier::BOLD | Modifier::REVERSED);
        }
        vec![
            Span::raw(format!("{arrow}{letter} ")),
            Span::styled(name, style),
            Span::raw(format!(" {}", self.given(desk, row))),
        ]
    }

    /// The codes of the open dimension, each with its digit and whether it is given.
    pub(super) fn codes(&self, desk: &CodingDesk<'a>, open: &Question<'_>) -> Vec<(String, Style)> {
        let given = desk.answers().codes(open.now.answer);
        let code = |(at, choice): (usize, &crate::desk::choices::Choice)| {
            let id = self.study.vocabulary.of(choice.code).id.as_str();
            let name = match choice.own {
                true => self.say(&msg!("code.own", id = id)),
                false => format!("{}{}", "› ".repeat(choice.depth), self.name(id)),
            };
            let digit = if at < 9 { (at + 1).to_string() } else { " ".to_owned() };
            let chosen = given.contains(&choice.code);
            let mut style = Style::new();
            if chosen {
                style = style.add_modifier(Modifier::BOLD);
            }
            if at == self.cursor {
                style = style.add_modifier(Modifier::UNDERLINED);
            }
            (format!("{digit}{} {name}", if chosen { '●' } else { ' ' }), style)
        };
        open.choices.iter().enumerate().map(code).collect()
    }

    /// One line on the code at hand, or on the dimension where it is the dimension itself.
    pub(super) fn brief(&self, open: &Question<'_>, width: usize) -> String {
        let id = self.hand(open);
        let brief = self.brief_of(id);
        // The name stands among the codes, where it is underlined.
        let alone = brief.strip_prefix(&self.name(id)).and_then(|it| it.strip_prefix(": "));
        alone.filter(|_| brief.width() > width).unwrap_or(&brief).to_owned()
    }

    /// The id of the code at hand.
    fn hand(&self, open: &Question<'_>) -> &str {
        match open.choices.get(self.cursor).filter(|it| !it.own) {
            Some(choice) => self.study.vocabulary.of(choice.code).id.as_str(),
            None => self.dimension_id(open.dimension),
        }
    }

    /// The definition of the code at hand, for a pane beside the text.
    pub(super) fn meaning(&self, open: &Question<'_>) -> Lines {
        self.in_full(self.hand(open))
    }
}

/// A unit that is decided, one that is begun, or neither.
fn mark(progress: Option<(usize, usize)>) -> char {
    match progress {
        Some((decided, all)) if decided == all => '✓',
        Some((decided, _)) if decided > 0 => '–',
        _ => ' ',
    }
}
