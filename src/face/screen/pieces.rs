//! Pieces of the screen as lines of text: the talk, the dimensions, the codes, the panels.

use ratatui::style::{Color, Modifier, Style};
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

use super::code::CodeFace;
use crate::desk::coding::keys::{self, TABLE};
use crate::desk::coding::{CodingDesk, Question, Row};
use crate::domain::answer::{AnswerIndex, CodeIndex, DimensionIndex};
use crate::domain::locator::Span as Stretch;
use crate::escape::terminal::visible;
use crate::msg;
use crate::render::wrap::wrap;
use crate::words;

/// Columns before the text: the bar, a mark, the paragraph's number.
const MARGIN: usize = 9;

/// The talk around a unit, and which of its lines are the unit.
pub(super) struct Talk {
    pub(super) lines: Vec<Line<'static>>,
    pub(super) from: usize,
    pub(super) to: usize,
}

impl CodeFace<'_> {
    pub(super) fn word(&self, key: &'static str) -> String {
        words::word(key, self.language)
    }

    /// A name as it is shown.
    pub(super) fn name(&self, id: &str) -> String {
        visible(self.study.codebook().name(id, self.language.tag())).into_owned()
    }

    pub(super) fn dimension_id(&self, dimension: DimensionIndex) -> &str {
        let known = self.study.vocabulary.dimensions.get(usize::from(dimension.0));
        known.map_or("", |known| known.id.as_str())
    }

    /// The colour of a dimension, where colours are wanted and it has one.
    fn tint(&self, dimension: DimensionIndex) -> Style {
        let known = self.study.codebook().dimension(self.dimension_id(dimension));
        let rgb = known.and_then(|it| {
            let hex = it.color.strip_prefix('#').filter(|hex| hex.len() == 6)?;
            u32::from_str_radix(hex, 16).ok()
        });
        match rgb.filter(|_| self.color) {
            Some(rgb) => {
                let [_, red, green, blue] = rgb.to_be_bytes();
                Style::new().fg(Color::Rgb(red, green, blue))
            }
            None => Style::new(),
        }
    }

    /// The talk around the unit, wrapped; the unit between bars, what stands around it dimmed.
    pub(super) fn talk(&self, desk: &CodingDesk<'_>, open: &Question<'_>, width: usize) -> Talk {
        let mut talk = Talk { lines: Vec::new(), from: 0, to: 0 };
        let Some(passage) = &open.passage else { return talk };
        let transcript = passage.transcript;
        let mut put = |span: Option<Stretch>, unit: bool| {
            for (number, speaker, text) in span.into_iter().flat_map(|it| transcript.pieces(it)) {
                if text.trim().is_empty() {
                    continue;
                }
                let label = speaker.map(|it| format!("{it}: ")).unwrap_or_default();
                let text = format!("{label}{text}");
                let bar = if unit { '┃' } else { ' ' };
                let first = format!("{bar}{}{number:>5}  ", mark(desk.progress_at(number)));
                let rest = format!("{bar}{}", " ".repeat(MARGIN - 1));
                let style = match unit {
                    true => Style::new(),
                    false => Style::new().add_modifier(Modifier::DIM),
                };
                for line in wrap(&visible(&text), width, &first, &rest).lines() {
                    talk.lines.push(Line::styled(line.to_owned(), style));
                }
            }
            talk.lines.len()
        };
        let from = put(passage.before, false);
        let to = put(Some(passage.unit), true);
        put(passage.after, false);
        (talk.from, talk.to) = (from, to);
        talk
    }

    /// What is decided in a dimension, as it is shown.
    pub(super) fn given(&self, desk: &CodingDesk<'_>, row: &Row) -> String {
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
        desk: &CodingDesk<'_>,
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
    pub(super) fn codes(&self, desk: &CodingDesk<'_>, open: &Question<'_>) -> Vec<(String, Style)> {
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
    pub(super) fn brief(&self, open: &Question<'_>) -> String {
        let id = self.hand(open);
        let wording = self.study.codebook().wording(id);
        let tag = self.language.tag();
        let brief = wording.map(|it| it.brief.text(tag)).filter(|it| !it.trim().is_empty());
        let brief = brief.or(wording.map(|it| it.definition.text(tag))).unwrap_or_default();
        match brief.trim() {
            "" => self.name(id),
            brief => format!("{}: {}", self.name(id), visible(brief)),
        }
    }

    /// The id of the code at hand.
    fn hand(&self, open: &Question<'_>) -> &str {
        match open.choices.get(self.cursor).filter(|it| !it.own) {
            Some(choice) => self.study.vocabulary.of(choice.code).id.as_str(),
            None => self.dimension_id(open.dimension),
        }
    }

    /// The definition of the code at hand, for a pane beside the text.
    pub(super) fn meaning(&self, open: &Question<'_>) -> Vec<(String, bool)> {
        self.in_full(self.hand(open))
    }

    /// Definitions in full; of the dimension where no code is named.
    pub(super) fn definitions(
        &self,
        dimension: DimensionIndex,
        codes: &[CodeIndex],
    ) -> Vec<(String, bool)> {
        if codes.is_empty() {
            return self.in_full(self.dimension_id(dimension));
        }
        let ids = codes.iter().map(|code| self.study.vocabulary.of(*code).id.as_str());
        ids.flat_map(|id| self.in_full(id)).collect()
    }

    /// What a wording says, paragraph by paragraph; headings are marked.
    fn in_full(&self, id: &str) -> Vec<(String, bool)> {
        let mut out = vec![(format!("{} ({id})", self.name(id)), true)];
        let Some(wording) = self.study.codebook().wording(id) else { return out };
        let tag = self.language.tag();
        let labelled = [
            (None, wording.brief.text(tag)),
            (None, wording.definition.text(tag)),
            (Some("code.use_when"), wording.use_when.text(tag)),
            (Some("code.not_when"), wording.not_when.text(tag)),
        ];
        let examples = wording.examples.get(tag).map_or(&[][..], Vec::as_slice);
        let examples = examples.iter().map(|it| (Some("code.example"), it.as_str()));
        for (label, text) in labelled.into_iter().chain(examples) {
            if !text.trim().is_empty() {
                let label = label.map(|key| format!("{} ", self.word(key))).unwrap_or_default();
                out.push((format!("{label}{}", visible(text)), false));
            }
        }
        out
    }

    /// Every key and what it does, in lines of a width.
    pub(super) fn keys(&self, width: usize) -> Vec<(String, bool)> {
        let column = TABLE.iter().map(|it| it.shown.width()).max().unwrap_or(0) + 3;
        let line = |it: &keys::Binding| {
            let pad = " ".repeat(column.saturating_sub(it.shown.width() + 1));
            let says = words::word(it.says, self.language);
            wrap(&says, width, &format!(" {}{pad}", it.shown), &" ".repeat(column))
        };
        let text: String = TABLE.iter().map(line).collect();
        text.lines().map(|line| (line.to_owned(), false)).collect()
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
