//! Making another answer of the dimension's codes: nothing is chosen beforehand.

use ratatui::style::{Modifier, Style};

use super::{MeetingFace, Own};
use crate::desk::Desk;
use crate::desk::choices::Choice;
use crate::desk::consensus::{Act, ConsensusDesk, View};
use crate::desk::keys::Key;
use crate::domain::answer::CodeIndex;
use crate::domain::codebook::Select;
use crate::face::lines::End;
use crate::face::screen::face::{Keeping, Mode};
use crate::msg;

impl<'a> MeetingFace<'a> {
    pub(super) fn another(
        &mut self,
        mut codes: Vec<CodeIndex>,
        mut at: usize,
        key: Key,
        desk: &mut ConsensusDesk<'a>,
        keeper: &mut Keeping<'_, ConsensusDesk<'a>>,
    ) -> Option<End> {
        let choices: Vec<CodeIndex> = desk.view().choices.iter().map(|it| it.code).collect();
        let last = choices.len().saturating_sub(1);
        match key {
            Key::Escape => return None,
            Key::Char('0') => return self.act(Act::Other(Vec::new()), desk, keeper),
            Key::Enter if codes.is_empty() => self.tell(&msg!("resolve.other_nothing")),
            Key::Enter => {
                return match desk.other(codes) {
                    Ok(act) => self.act(act, desk, keeper),
                    Err(why) => {
                        self.tell(&why);
                        None
                    }
                };
            }
            Key::Up | Key::Left => at = at.saturating_sub(1),
            Key::Down | Key::Right => at = (at + 1).min(last),
            Key::Char(' ') => self.toggle(&mut codes, choices.get(at).copied(), desk),
            Key::Char(digit @ '1'..='9') => {
                let nth = digit.to_digit(10).map_or(0, |it| it as usize - 1);
                match choices.get(nth) {
                    Some(code) => {
                        at = nth;
                        self.toggle(&mut codes, Some(*code), desk);
                    }
                    None => self.tell(&msg!("code.no_number", last = choices.len())),
                }
            }
            _ => {}
        }
        self.mode = Mode::Own(Own::Other(codes, at));
        None
    }

    /// Chooses a code, or takes it off; where only one can be given, it takes the place of another.
    fn toggle(
        &mut self,
        codes: &mut Vec<CodeIndex>,
        code: Option<CodeIndex>,
        desk: &ConsensusDesk<'a>,
    ) {
        self.said = None;
        let Some(code) = code else { return };
        if codes.contains(&code) {
            codes.retain(|it| *it != code);
            return;
        }
        let dimension = desk.view().dispute.map(|it| it.dimension);
        let known =
            dimension.and_then(|it| self.study.vocabulary.dimensions.get(usize::from(it.0)));
        if known.is_some_and(|it| it.select == Select::One) {
            codes.clear();
        }
        codes.push(code);
    }

    /// The codes that can be given, each with its digit and whether it is chosen.
    pub(super) fn choices_shown(
        &self,
        view: &View<'_>,
        chosen: &[CodeIndex],
        at: usize,
    ) -> Vec<(String, Style)> {
        let shown = |(nth, choice): (usize, &Choice)| {
            let id = self.code_id(choice.code);
            let name = match choice.own {
                true => self.say(&msg!("code.own", id = id)),
                false => format!("{}{}", "› ".repeat(choice.depth), self.name(id)),
            };
            let digit = if nth < 9 { (nth + 1).to_string() } else { " ".to_owned() };
            let is_chosen = chosen.contains(&choice.code);
            let mut style = Style::new();
            if is_chosen {
                style = style.add_modifier(Modifier::BOLD);
            }
            if nth == at {
                style = style.add_modifier(Modifier::UNDERLINED);
            }
            let arrow = if nth == at { '▸' } else { ' ' };
            (format!("{arrow}{digit}{} {name}", if is_chosen { '●' } else { ' ' }), style)
        };
        view.choices.iter().enumerate().map(shown).collect()
    }
}
