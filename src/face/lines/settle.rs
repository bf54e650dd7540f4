//! Settling cuts, line by line: one difference after the other; whether there is a cut, and why.

use super::cuts::{Marks, stretch};
use super::{Change, Lines, Talk};
use crate::desk::Desk;
use crate::desk::settle::{Keep, NewDecision, SettleDesk, Stage, View};
use crate::domain::id::{CoderId, TranscriptId};
use crate::escape::terminal::Guarded;
use crate::msg;
use crate::unitize::cuts::{Point, span};

impl Lines for SettleDesk<'_> {
    type Shown = Shown;
    const KEYS: &'static str = "settle.keys";

    fn draw(&self, shown: &mut Shown, talk: &mut Talk<'_>) -> std::io::Result<String> {
        draw(self, shown, talk)
    }

    fn confirm(&self, kept: &Keep, talk: &mut Talk<'_>) -> std::io::Result<()> {
        match kept {
            Keep::Decision(decision) => confirm(decision, talk),
            Keep::Units(transcript, units) => {
                let done =
                    talk.say(&msg!("settle.written", transcript = transcript, n = units.len()));
                talk.show(&talk.wrapped(&done, "", ""))
            }
        }
    }

    fn changed(shown: &mut Shown, change: Change<'_, Keep>) {
        if matches!(change, Change::Kept(_)) {
            *shown = None;
        }
    }
}

/// `saved PLACE cut|no-cut`; neither where a decision was taken back.
fn confirm(decision: &NewDecision, talk: &mut Talk<'_>) -> std::io::Result<()> {
    let what = match decision.cut {
        Some(true) => "cut",
        Some(false) => "no-cut",
        None => "",
    };
    talk.saved(&[&format!("{}:{}", decision.transcript, decision.at), what])
}

/// What the screen shows already.
pub(super) type Shown = Option<(Option<(TranscriptId, Point)>, Stage)>;

fn draw(desk: &SettleDesk<'_>, shown: &mut Shown, talk: &mut Talk<'_>) -> std::io::Result<String> {
    let stage = desk.stage();
    let view = desk.view();
    let at = view.as_ref().map(|view| (view.transcript.id.clone(), view.at));
    let now = (at, stage);
    let (same, same_stage) = match shown {
        Some((at, stage)) => (*at == now.0, *stage == now.1),
        None => (false, false),
    };
    let line = |text: &str| talk.wrapped(text, "", "  ");
    let mut screen = Guarded::default();
    match (stage, &view) {
        (Stage::Present, _) if !same_stage => screen = line(&talk.word("resolve.present_ask")),
        (Stage::Present, _) => {}
        (_, None) if !same => {
            let done = talk.say(&msg!("settle.finished", n = desk.counts().1));
            screen = talk.wrapped(&done, "\n", "");
        }
        (_, None) => {}
        (Stage::Choice, Some(view)) => {
            if !same || shown.as_ref().is_some_and(|(_, stage)| *stage == Stage::Present) {
                screen.push(&difference(view, talk));
            }
            if !same_stage || !same {
                screen.push(&line(&talk.word("settle.choices")));
            }
        }
        (Stage::Reason(cut), _) if !same_stage => {
            let key = if cut { "settle.reason_cut" } else { "settle.reason_no_cut" };
            screen.push(&line(&talk.word(key)));
        }
        (Stage::Reason(_), _) => {}
    }
    talk.show(&screen)?;
    *shown = Some(now);
    Ok(match stage {
        Stage::Reason(_) => format!("{}>", talk.word("settle.reason_prompt")),
        _ => format!("{}>", talk.word("review.prompt")),
    })
}

/// The text between two agreed cuts, with what each coder did in it.
fn difference(view: &View<'_>, talk: &Talk<'_>) -> Guarded {
    let progress = talk.say(&msg!("settle.progress", decided = view.decided, all = view.all));
    let heading = format!("{}:{} · {progress}", view.transcript.id, view.at);
    let mut marks = Marks::default();
    let ids =
        |coders: &[CoderId]| coders.iter().map(CoderId::as_str).collect::<Vec<_>>().join(", ");
    for (at, by, decided) in &view.around {
        let mut text = talk.say(&msg!("settle.cut_by", coders = ids(by)));
        if let Some(cut) = decided {
            let word = talk.word(if *cut { "settle.decided_cut" } else { "settle.decided_no_cut" });
            text = format!("{text} ({word})");
        }
        if *at == view.at {
            let not_by: Vec<CoderId> = view.not_by.iter().map(|it| (*it).clone()).collect();
            let not = talk.say(&msg!("settle.not_by", coders = ids(&not_by)));
            text = format!("▶ {text}, {not}");
        }
        marks.lines.insert(*at, text);
    }
    let shown = span(view.transcript, view.from, view.to);
    let text = shown.map(|span| stretch(view.transcript, span, &marks, talk)).unwrap_or_default();
    let heading = talk.wrapped(&heading, "", "  ");
    [Guarded::line(""), heading, talk.rule(), text, talk.rule()].into_iter().collect()
}
