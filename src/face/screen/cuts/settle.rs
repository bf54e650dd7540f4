//! Settling two ways of cutting on the screen: one difference after the other; whether there is a cut, and why.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::draw::{Cuts, screen};
use super::review::Nothing;
use crate::desk::Desk;
use crate::desk::keys::{Key, Told, told};
use crate::desk::settle::keys::{self, Field, TABLE};
use crate::desk::settle::{Act, Keep, SettleDesk, Stage, View};
use crate::domain::id::{CoderId, TranscriptId};
use crate::domain::message::Message;
use crate::face::lines::End;
use crate::face::screen::face::{Face, Keeping, Mode, Scene};
use crate::face::stretch::Marks;
use crate::face::summary;
use crate::msg;
use crate::unitize::cuts::Point;

/// The screen on which cuts are settled, as far as its desk does not know it.
pub type SettleFace<'a> = Face<'a, SettleDesk<'a>>;

impl<'a> Scene<'a> for SettleDesk<'a> {
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
        self.view().map(|view| (view.transcript.id.clone(), view.at))
    }

    fn due_field(&self) -> Option<Field> {
        match self.stage() {
            Stage::Present => Some(Field::Present),
            Stage::Reason(_) => Some(Field::Reason),
            Stage::Choice => None,
        }
    }

    fn label(field: Field) -> &'static str {
        match field {
            Field::Present => "resolve.present_label",
            Field::Reason => "settle.reason_prompt",
            Field::Line => "",
        }
    }

    fn entered(&self, field: Field, text: &str) -> Result<Act, Message> {
        match field {
            Field::Present => self.who(text),
            Field::Reason => Ok(Act::Reason(text.to_owned())),
            Field::Line => self.read(text),
        }
    }

    fn dropped(field: Field) -> Option<Act> {
        (field == Field::Reason).then_some(Act::Back)
    }

    fn legend_typed(field: Field) -> &'static str {
        match field {
            Field::Reason => "resolve.legend_rationale",
            Field::Present => "resolve.legend_present",
            Field::Line => "screen.legend_typed",
        }
    }

    fn wish(_: &mut SettleFace<'a>, wish: Nothing, _: &Self) {
        match wish {}
    }

    fn own(
        _: &mut SettleFace<'a>,
        own: Nothing,
        _: Key,
        _: &mut Self,
        _: &mut Keeping<'_, Self>,
    ) -> Option<End> {
        match own {}
    }

    fn words(what: &Keep) -> Option<&str> {
        match what {
            Keep::Decision(decision) => Some(decision.reason.as_str()).filter(|it| !it.is_empty()),
            Keep::Units(..) => None,
        }
    }

    fn told(face: &SettleFace<'a>, what: &Keep) -> String {
        match what {
            Keep::Units(transcript, units) => {
                face.say(&msg!("settle.written", transcript = transcript, n = units.len()))
            }
            Keep::Decision(decision) => {
                let place = format!("{}:{}", decision.transcript, decision.at);
                let what = match decision.cut {
                    Some(true) => face.word("settle.decided_cut"),
                    Some(false) => face.word("settle.decided_no_cut"),
                    None => return face.say(&msg!("screen.undone", what = place)),
                };
                face.say(&msg!("screen.saved", what = format!("{place} {what}")))
            }
        }
    }

    fn legend(face: &SettleFace<'a>, desk: &Self) -> String {
        face.word(match desk.view() {
            Some(_) => "settle.legend",
            None => "settle.legend_finished",
        })
    }

    fn draw(face: &SettleFace<'a>, buffer: &mut Buffer, area: Rect, desk: &Self) {
        let stage = desk.stage();
        let mut told: Vec<String> = Vec::new();
        match (stage, &face.mode) {
            (Stage::Present, _) | (_, Mode::Typing(Field::Present, _)) => {
                let coders = face.study.settings.coders.iter().map(|it| it.id.as_str());
                let known = coders.collect::<Vec<_>>().join(", ");
                told.push(face.say(&msg!("resolve.present_known", known = known)));
            }
            (Stage::Reason(true), _) => told.push(face.word("settle.reason_cut")),
            (Stage::Reason(false), _) => told.push(face.word("settle.reason_no_cut")),
            (Stage::Choice, _) => {}
        }
        let view = desk.view().filter(|_| stage != Stage::Present);
        let Some(view) = view else {
            if stage != Stage::Present {
                told.push(face.say(&msg!("settle.finished", n = desk.counts().1)));
                told.extend(summary::of_cuts(&desk.tally()).iter().map(|it| face.say(it)));
            }
            return screen(face, buffer, area, desk, (&[], None, &told));
        };
        let case = face.study.case(&view.transcript.case).map_or("", |case| case.name.as_str());
        let place = format!("{}:{}", view.transcript.id, view.at);
        let progress = face.say(&msg!("settle.progress", decided = view.decided, all = view.all));
        let here = match ids(desk.present()).as_str() {
            "" => String::new(),
            present => face.say(&msg!("resolve.here", present = present)),
        };
        let head = [case, place.as_str(), progress.as_str(), here.as_str()];
        let cuts = face.differences(&view);
        screen(face, buffer, area, desk, (&head, Some(&cuts), &told));
    }
}

impl SettleFace<'_> {
    /// The text between two agreed cuts, with what each coder did in it.
    fn differences<'v>(&self, view: &View<'v>) -> Cuts<'v> {
        let mut marks = Marks::default();
        let agreed = self.word("settle.agreed");
        for at in [view.from, view.to] {
            if at > Point::paragraph(1) && at < Point::last(view.transcript) {
                marks.lines.insert(at, agreed.clone());
            }
        }
        for (at, by, decided) in &view.around {
            let mut text = self.say(&msg!("settle.cut_by", coders = ids(by)));
            if let Some(cut) = decided {
                let key = if *cut { "settle.decided_cut" } else { "settle.decided_no_cut" };
                text = format!("{text} ({})", self.word(key));
            }
            if *at == view.at {
                let not_by: Vec<CoderId> = view.not_by.iter().map(|it| (*it).clone()).collect();
                let not = self.say(&msg!("settle.not_by", coders = ids(&not_by)));
                text = format!("▶ {text}, {not}");
            }
            marks.lines.insert(*at, text);
        }
        let (from, to, hand) = (view.from, view.to, view.at);
        Cuts { transcript: view.transcript, from, to, hand, marks }
    }
}

/// `c1, c2`.
fn ids(coders: &[CoderId]) -> String {
    coders.iter().map(CoderId::as_str).collect::<Vec<_>>().join(", ")
}
