//! Looking at cuts on the screen: the weakest first, with all that stand around it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::draw::{Cuts, screen};
use crate::desk::Desk;
use crate::desk::keys::{Key, Told, told};
use crate::desk::review::keys::{self, Field, TABLE};
use crate::desk::review::{Act, Done, Keep, ReviewDesk, View};
use crate::domain::id::TranscriptId;
use crate::domain::message::Message;
use crate::domain::unit::{Unit, UnitKind};
use crate::face::lines::End;
use crate::face::screen::face::{Face, Keeping, Mode, Scene};
use crate::face::stretch::Marks;
use crate::face::summary;
use crate::msg;
use crate::unitize::cuts::{Point, strengths};

/// The screen on which cuts are looked at, as far as its desk does not know it.
pub type ReviewFace<'a> = Face<'a, ReviewDesk<'a>>;

/// This screen has nothing of its own over the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nothing {}

impl<'a> Scene<'a> for ReviewDesk<'a> {
    type Field = Field;
    type Wish = Nothing;
    type Own = Nothing;
    type Session = ();
    type Place = Option<(TranscriptId, Point)>;

    fn command(&self, key: Key) -> crate::desk::keys::Command<Act, Field, Nothing> {
        keys::command(key)
    }

    fn table() -> Vec<Told> {
        told(TABLE)
    }

    fn place(&self) -> Self::Place {
        let view = self.view()?;
        Some((view.transcript.id.clone(), Point::start(view.after.locator.span())))
    }

    fn label(field: Field) -> &'static str {
        match field {
            Field::Sentence => "review.sentence",
            Field::Go => "screen.go",
            Field::Line => "",
        }
    }

    fn entered(&self, field: Field, text: &str) -> Result<Act, Message> {
        match field {
            Field::Sentence => self.read(&format!("a {text}")),
            Field::Go => self.read(&format!("g {text}")),
            Field::Line => self.read(text),
        }
    }

    fn wish(_: &mut ReviewFace<'a>, wish: Nothing, _: &Self) {
        match wish {}
    }

    fn own(
        _: &mut ReviewFace<'a>,
        own: Nothing,
        _: Key,
        _: &mut Self,
        _: &mut Keeping<'_, Self>,
    ) -> Option<End> {
        match own {}
    }

    fn told(face: &ReviewFace<'a>, what: &Keep) -> String {
        let done = face.word(match what.done {
            Done::Keep => "review.done_keep",
            Done::Drop => "review.done_drop",
            Done::Move => "review.done_move",
            Done::Add => "review.done_add",
            Done::Undo => "review.done_undo",
        });
        face.say(&msg!("screen.saved", what = format!("{} {done}", what.at)))
    }

    fn legend(face: &ReviewFace<'a>, desk: &Self) -> String {
        face.word(match desk.view() {
            Some(_) => "review.legend",
            None => "review.legend_finished",
        })
    }

    fn draw(face: &ReviewFace<'a>, buffer: &mut Buffer, area: Rect, desk: &Self) {
        let Some(view) = desk.view() else {
            let mut told = vec![face.say(&msg!("review.finished", n = desk.all()))];
            told.extend(summary::of_review(&desk.tally()).iter().map(|it| face.say(it)));
            return screen(face, buffer, area, desk, (&[], None, &told));
        };
        let case = face.study.case(&view.transcript.case).map_or("", |case| case.name.as_str());
        let progress = face.say(&msg!("review.progress", n = view.pending, all = view.all));
        let head = [case, view.transcript.id.as_str(), progress.as_str()];
        let cuts = face.cuts(&view);
        let asked = matches!(face.mode, Mode::Typing(Field::Sentence, _));
        let told: Vec<String> =
            asked.then(|| face.word("review.sentence_ask")).into_iter().collect();
        screen(face, buffer, area, desk, (&head, Some(&cuts), &told));
    }
}

impl ReviewFace<'_> {
    /// The text with all its cuts, and numbers before the sentences at which the one at hand can be.
    fn cuts<'v>(&self, view: &View<'v>) -> Cuts<'v> {
        let hand = Point::start(view.after.locator.span());
        let mut marks = Marks::default();
        marks.numbers.extend(view.sentences.iter().copied().zip(1..));
        let talk = view.units.iter().filter(|it| it.kind == UnitKind::Talk);
        for unit in talk.skip(1) {
            let at = Point::start(unit.locator.span());
            let arrow = if at == hand { "▶ " } else { "" };
            marks.lines.insert(at, format!("{arrow}{}", self.cut_told(unit)));
        }
        let from = view.before.map_or(hand, |before| Point::start(before.locator.span()));
        let to = Point::end(view.after.locator.span(), view.transcript);
        Cuts { transcript: view.transcript, from, to, hand, marks }
    }

    fn cut_told(&self, unit: &Unit) -> String {
        match (strengths(unit).0, unit.pinned) {
            (_, true) => self.word("review.by_hand"),
            ("", false) => self.word("review.cut"),
            (strength, false) => self.say(&msg!("review.cut_strength", strength = strength)),
        }
    }
}
