//! What the meeting's screen looks like: the talk above, the answers beneath it side by side, then what is asked.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

use super::{MeetingFace, Own};
use crate::desk::Desk;
use crate::desk::consensus::keys::Field;
use crate::desk::consensus::{Chosen, ConsensusDesk, Dispute, Stage, View};
use crate::desk::passage::Passage;
use crate::domain::consensus::{Outcome, Reason};
use crate::escape::terminal::visible;
use crate::face::screen::face::{Mode, Scene};
use crate::face::screen::parts::{columns, cut, is_wide, put};
use crate::face::screen::talk::Talk;
use crate::face::summary;
use crate::msg;
use crate::render::wrap::wrap;

/// Paragraphs on either side of a unit, from which a screen shows what fits.
const AROUND: u32 = 12;

/// Lines of the codes from which another answer is made.
const CODES: usize = 3;

/// From so many columns on, reasons are told with what they mean.
const MEANINGS: usize = 80;

/// Lines of what is typed that stay in view.
const TYPED: usize = 4;

impl<'a> MeetingFace<'a> {
    pub(super) fn draw_meeting(&self, buffer: &mut Buffer, area: Rect, desk: &ConsensusDesk<'a>) {
        let view = desk.view();
        put(buffer, area, 0, &self.head(&view, area.width));
        match view.dispute.filter(|_| *view.stage != Stage::Present) {
            Some(dispute) => self.dispute(buffer, area, desk, &view, dispute),
            None => self.nothing_at_hand(buffer, area, desk, &view),
        }
        if let Mode::Own(Own::Amend(step)) = &self.mode {
            self.amending(buffer, area, desk, step);
        }
    }

    fn head(&self, view: &View<'_>, width: u16) -> Line<'static> {
        let unit = view.dispute.and_then(|it| self.study.unit_at(it.unit));
        let locator = unit.map(|unit| unit.locator.to_string()).unwrap_or_default();
        let case = view.dispute.and_then(|it| self.study.case(self.study.case_of(it.unit)));
        let case = case.map_or("", |case| case.name.as_str());
        let (settled, open, all) = (view.settled, view.open, view.all);
        let progress = self.say(&match open {
            0 => msg!("resolve.progress", settled = settled, all = all),
            _ => msg!("resolve.progress_open", settled = settled, open = open, all = all),
        });
        let present: Vec<&str> = view.present.iter().map(|it| it.as_str()).collect();
        let present = match present.as_slice() {
            [] => String::new(),
            ids => self.say(&msg!("resolve.here", present = ids.join(", "))),
        };
        self.head_line(&[case, &locator, &progress, &present, &self.session.codebook], width)
    }

    fn dispute(
        &self,
        buffer: &mut Buffer,
        area: Rect,
        desk: &ConsensusDesk<'a>,
        view: &View<'_>,
        dispute: &Dispute,
    ) {
        let width = usize::from(area.width);
        let asked = self.asked(view, dispute, width);
        let (sides, wide) = self.columns_of_sides(desk, view, dispute, width);
        let state: u16 = if is_wide(area) { 3 } else { 1 };
        let fixed = 3 + state + u16::try_from(asked.len()).unwrap_or(u16::MAX).min(area.height / 2);
        let rest = area.height.saturating_sub(fixed);
        let needed = sides.iter().map(Vec::len).max().unwrap_or(0);
        let most = if is_wide(area) { rest * 3 / 5 } else { rest / 2 };
        let beneath = u16::try_from(needed).unwrap_or(u16::MAX).min(most.max(2));
        let text = Rect { y: area.y + 1, height: rest.saturating_sub(beneath), ..area };
        self.text(buffer, text, dispute);
        let rule = Rect { y: text.bottom(), height: 1, ..area };
        self.rule(buffer, rule, dispute);
        let columns = Rect { y: rule.bottom(), height: beneath, ..area };
        put_columns(buffer, columns, &sides, wide);
        let below = Rect { y: columns.bottom(), height: area.bottom() - columns.bottom(), ..area };
        let lines = below.height.saturating_sub(state + 1);
        for (y, line) in (0..lines).zip(&asked) {
            put(buffer, below, y, line);
        }
        let at = area.bottom() - state - 1;
        self.kept(buffer, Rect { y: at, height: state, ..area });
        self.put_legend(buffer, Rect { y: area.bottom() - 1, height: 1, ..area }, desk);
    }

    fn text(&self, buffer: &mut Buffer, area: Rect, dispute: &Dispute) {
        if let Some(passage) = Passage::of(self.study, dispute.unit, AROUND) {
            Talk::around(&passage, |_| ' ', usize::from(area.width)).put(buffer, area, self.scroll);
        }
    }

    /// The dimension, and what it means in one line, on a rule across the screen.
    fn rule(&self, buffer: &mut Buffer, area: Rect, dispute: &Dispute) {
        let width = usize::from(area.width);
        let id = self.dimension_id(dispute.dimension);
        let brief = self.brief_of(id);
        let name = self.name(id);
        let rest = brief.strip_prefix(&name).unwrap_or_default().to_owned();
        let bold = self.tint(dispute.dimension).add_modifier(Modifier::BOLD);
        let rest = cut(&rest, width.saturating_sub(name.width() + 4));
        let used = name.width() + rest.width() + 4;
        let dim = Style::new().add_modifier(Modifier::DIM);
        let line = vec![
            Span::styled("── ", dim),
            Span::styled(name, bold),
            Span::styled(rest, dim),
            Span::styled(format!(" {}", "─".repeat(width.saturating_sub(used))), dim),
        ];
        put(buffer, area, 0, &Line::from(line));
    }

    /// What is asked now, or typed.
    fn asked(&self, view: &View<'_>, dispute: &Dispute, width: usize) -> Vec<Line<'static>> {
        let bold = Style::new().add_modifier(Modifier::BOLD);
        let mut lines: Vec<Line<'static>> = Vec::new();
        let mut add = |text: &str, style: Style| {
            let wrapped = wrap(text, width, "", "  ");
            lines.extend(wrapped.lines().map(|it| Line::styled(it.to_owned(), style)));
        };
        match (&self.mode, view.stage) {
            (Mode::Typing(Field::Present, _), _) => {
                add(&self.present_known(), Style::new());
            }
            (_, Stage::Rationale(chosen, reason)) => {
                add(&format!("{} · {reason}", self.chosen_told(chosen)), bold);
                let key = match chosen.needs_rationale() {
                    true => "resolve.rationale_ask_needed",
                    false => "resolve.rationale_ask",
                };
                add(&self.word(key), Style::new());
            }
            (_, Stage::Reason(chosen)) => {
                let ask = self.word("resolve.reason_ask");
                add(&format!("{} · {ask}", self.chosen_told(chosen)), bold);
                lines.extend(self.reasons(width));
            }
            (Mode::Own(Own::Other(chosen, at)), _) => {
                add(&self.word("resolve.other_ask"), bold);
                let codes = self.choices_shown(view, chosen, *at);
                lines.extend(columns(&codes, width, CODES, *at));
            }
            _ => {
                for remark in self.remarks(view, dispute) {
                    add(&remark, Style::new().add_modifier(Modifier::ITALIC));
                }
            }
        }
        lines.extend(self.typed_lines(width));
        lines
    }

    /// Who can be here, as it is asked.
    fn present_known(&self) -> String {
        let coders = self.study.settings.coders.iter().map(|it| it.id.as_str());
        let known = coders.collect::<Vec<_>>().join(", ");
        self.say(&msg!("resolve.present_known", known = known))
    }

    /// What is typed, in as many lines as it needs; its end stays in view. So does what could not be kept.
    fn typed_lines(&self, width: usize) -> Vec<Line<'static>> {
        let typed = match &self.mode {
            Mode::Typing(field, text) => format!("{}{}▏", self.label(*field), visible(text)),
            Mode::Failed(what, _) => match ConsensusDesk::words(what) {
                Some(words) => visible(words).into_owned(),
                None => return Vec::new(),
            },
            _ => return Vec::new(),
        };
        let wrapped = wrap(&typed, width, "", "  ");
        let lines: Vec<&str> = wrapped.lines().collect();
        let from = lines.len().saturating_sub(TYPED);
        let bold = Style::new().add_modifier(Modifier::BOLD);
        lines.iter().skip(from).map(|it| Line::styled((*it).to_owned(), bold)).collect()
    }

    /// What was chosen, without whose answer it was.
    fn chosen_told(&self, chosen: &Chosen) -> String {
        match chosen.outcome {
            Outcome::Open => self.word("resolve.left_open"),
            _ => self.answer_named(&chosen.answer),
        }
    }

    /// The reasons with their digits: with what they mean where there is room.
    fn reasons(&self, width: usize) -> Vec<Line<'static>> {
        let told = |(nth, reason): (usize, Reason)| match width >= MEANINGS {
            true => {
                let meaning = self.word(crate::face::lines::meaning_of(reason));
                format!("{nth} {reason}: {meaning}")
            }
            false => format!("{nth} {reason}"),
        };
        let mut lines: Vec<String> = Vec::new();
        for text in (1..).zip(Reason::ALL).map(told) {
            match lines.last_mut().filter(|it| it.width() + 2 + text.width() <= width) {
                Some(line) => line.push_str(&format!("  {text}")),
                None => lines.push(text),
            }
        }
        lines.into_iter().map(Line::raw).collect()
    }

    /// Nobody has said yet who is here, or all is settled.
    fn nothing_at_hand(
        &self,
        buffer: &mut Buffer,
        area: Rect,
        desk: &ConsensusDesk<'a>,
        view: &View<'_>,
    ) {
        let width = usize::from(area.width);
        let mut lines = Vec::new();
        if *view.stage == Stage::Present {
            lines.push(self.present_known());
        } else {
            lines.push(self.say(&msg!("resolve.finished", n = view.all)));
            lines.extend(summary::said(&desk.summary()).iter().map(|it| self.say(it)));
        }
        let text: String = lines.iter().map(|it| wrap(it, width, " ", " ")).collect();
        for (y, line) in (2..).zip(text.lines()) {
            put(buffer, area, y, &Line::raw(line.to_owned()));
        }
        let typed = self.typed_lines(width);
        let at = area.bottom() - 4 - u16::try_from(typed.len()).unwrap_or(0);
        for (y, line) in (0..).zip(&typed) {
            put(buffer, Rect { y: at, height: 4, ..area }, y, line);
        }
        self.kept(buffer, Rect { y: area.bottom() - 4, height: 3, ..area });
        self.put_legend(buffer, Rect { y: area.bottom() - 1, height: 1, ..area }, desk);
    }
}

/// Columns beside one another, cut where there is no more room.
fn put_columns(buffer: &mut Buffer, area: Rect, sides: &[Vec<(String, Style)>], wide: usize) {
    let room = usize::from(area.height);
    let step = u16::try_from(wide + 1).unwrap_or(u16::MAX);
    for (nth, side) in (0_u16..).zip(sides) {
        let x = area.x + nth.saturating_mul(step).min(area.width);
        let column = Rect { x, width: area.width - (x - area.x), ..area };
        for (y, (text, style)) in (0..area.height).zip(side) {
            let last = usize::from(y) + 1 == room && side.len() > room;
            // What is not shown is one key away: `d`.
            let text = match last {
                true => cut(&format!("{text} …"), wide),
                false => cut(text, wide),
            };
            put(buffer, column, y, &Line::styled(text, *style));
        }
        if nth > 0 {
            for y in area.top()..area.bottom() {
                let dim = Style::new().add_modifier(Modifier::DIM);
                buffer.set_string(x - 1, y, "│", dim);
            }
        }
    }
}
