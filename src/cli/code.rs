//! `code`: one coder at the keyboard.

use super::asking::DeviceArgs;
use super::{Context, Outcome};
use crate::domain::failure::Failure;
use crate::domain::id::RoundId;
use crate::domain::log::Via;
use crate::domain::message::Message;
#[cfg(feature = "screen")]
use crate::escape::terminal::Guarded;
use crate::face::lines::{self, End};
use crate::msg;
use crate::store::Opened;
use crate::work::session::code::{CodeAsk, CodeSession, Only, Order};
#[cfg(feature = "screen")]
use crate::{
    cli::on_screen::{self, LookOnly, OnScreen},
    domain::id::CoderId,
    face::screen::coding::{CodeFace, Session},
    face::screen::is_right_to_left,
    words::say,
    work::session::code::CodeLook,
};

/// Code at the keyboard, one unit after the other
///
/// On a terminal, a full screen: the unit with what was said around it, all dimensions at once, a key a
/// decision; ? shows the keys. A terminal of less than 60×16, TERM=dumb, THEMATA_LINES=1, --lines and a pipe
/// give line mode instead, which asks one dimension after the other, beginning at the first unit that is not
/// decided. Each answer is on the disk before anything else happens: there is nothing to save, and a session
/// can end at any moment.
///
/// In line mode an answer is a line: numbers or ids separated by spaces or commas (`1 3`), 0 for none; `u` before or
/// after it marks it as unsure. Other lines are one letter: e none in the rest of the unit, z undo, y redo,
/// s skip the unit, n next undecided question, v the unit again, a unsure or certain again, `1,4 / 0 / 2` an answer for each dimension, m TEXT a note on the unit, b TEXT a wish that it were cut differently, + NAME: BRIEF
/// a code that you would add, c definitions, g LOCATOR go to a
/// unit, ? what can be typed, q leave. Enter leaves a decision that is there as it is.
///
/// Lines are read from standard input, so that it works through a pipe. For each decision that is safely
/// on the disk, one line `saved UNIT DIMENSION CODES` goes to standard output; everything else goes to
/// standard error. You see nobody's decisions but your own, and sealed cases are left alone.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  themata code --coder c1
  themata code --coder c1 --case CoP-31
  themata code --coder c1 --only unsure
  themata code --coder c1 --dimension leadership --order random --seed 7
  themata code --coder c1 --only changed
  printf '1 3\\n0\\nu 2\\n' | themata code --coder c1 --lines")]
pub(super) struct Args {
    /// Who codes, as named in themata.yaml
    #[arg(long, value_name = "NAME")]
    coder: String,
    /// One question after the other, line by line, also where there is a terminal
    #[arg(long)]
    lines: bool,
    /// Only these cases (repeatable, or separated by commas)
    #[arg(long = "case", value_name = "CASE", value_delimiter = ',')]
    cases: Vec<String>,
    /// The round of coding [default: the current one]
    #[arg(long, value_name = "ROUND", value_parser = super::round_id)]
    round: Option<RoundId>,
    /// Only some of it; Enter (on the full screen Space) leaves a decision that is asked for once more as it is
    #[arg(long, value_enum, value_name = "WHAT")]
    only: Option<OnlyArg>,
    /// Only these dimensions (repeatable, or separated by commas): each of them over all units, one after the other
    #[arg(long = "dimension", value_name = "DIMENSION", value_delimiter = ',')]
    dimensions: Vec<String>,
    /// The order of the units
    #[arg(
        long,
        value_enum,
        value_name = "ORDER",
        default_value = "text",
        requires_if("random", "seed")
    )]
    order: OrderArg,
    /// The number from which a random order is drawn; the same number gives the same order
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    #[command(flatten)]
    kept: DeviceArgs,
}

/// What of a coder's units is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum OnlyArg {
    /// Units where anything is undecided when the session begins
    Uncoded,
    /// Decisions of which you were unsure, once more
    Unsure,
    /// What is to be read again because the codebook changed, with why
    Changed,
}

/// The order in which units are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum OrderArg {
    /// As they were said
    Text,
    /// Drawn with --seed, so that neighbours do not colour one another
    Random,
}

impl Args {
    fn ask(&self) -> Result<CodeAsk, Failure> {
        let order = match (self.order, self.seed) {
            (OrderArg::Random, seed) => Order::Random(seed.unwrap_or_default()),
            (OrderArg::Text, None) => Order::Text,
            (OrderArg::Text, Some(_)) => {
                return Err(Failure::Usage(msg!("code.seed"), msg!("code.seed.fix")));
            }
        };
        Ok(CodeAsk {
            coder: self.coder.clone(),
            cases: self.cases.clone(),
            round: self.round.clone(),
            device: self.kept.device.clone(),
            only: match self.only {
                None => Only::All,
                Some(OnlyArg::Uncoded) => Only::Uncoded,
                Some(OnlyArg::Unsure) => Only::Unsure,
                Some(OnlyArg::Changed) => Only::Changed,
            },
            dimensions: self.dimensions.clone(),
            order,
        })
    }
}

/// Runs the command.
pub(super) fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    let ask = args.ask()?;
    let opened = context.open_for(&ask.coder)?;
    if args.lines || !context.screen.full {
        return by_line(CodeSession::begin(opened, ask)?, context);
    }
    full_screen(opened, ask, context)
}

/// Line by line.
fn by_line(mut session: CodeSession, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    loop {
        if session.only() == Only::Changed {
            let cases: Vec<&str> = session.sealed.iter().map(|it| it.as_str()).collect();
            if !cases.is_empty() {
                context.tell(&msg!("code.again_sealed", cases = cases.join(", ")))?;
            }
        } else {
            for case in &session.sealed {
                context.tell(&msg!("code.sealed_left_out", case = case))?;
            }
        }
        if let Some(nothing) = nothing(&session) {
            context.tell(&nothing)?;
            return Ok(Outcome::Clean);
        }
        let end = {
            let (mut desk, mut keeper) = session.sit(Via::Lines)?;
            lines::run(&mut desk, &mut keeper, &mut context.talk())?
        };
        match end {
            End::Left | End::Interrupted => return Ok(Outcome::Clean),
            End::Changed => session = session.again()?,
        }
    }
}

/// What is said where a session that asks for some decisions has none.
fn nothing(session: &CodeSession) -> Option<Message> {
    let coder = session.coder();
    match session.only() {
        _ if !session.is_empty() => None,
        Only::All => None,
        Only::Uncoded => Some(msg!("code.none_uncoded", coder = coder)),
        Only::Unsure => Some(msg!("code.none_unsure", coder = coder)),
        Only::Changed => Some(msg!("code.again_none", coder = coder)),
    }
}

/// Without the feature `screen` there is line mode alone.
#[cfg(not(feature = "screen"))]
fn full_screen(opened: Opened, ask: CodeAsk, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    by_line(CodeSession::begin(opened, ask)?, context)
}

/// On the full screen; where another session writes the same log, only to look.
#[cfg(feature = "screen")]
fn full_screen(opened: Opened, ask: CodeAsk, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    match CodeLook::begin(opened, &ask)? {
        Ok(look) => look_on_screen(&look, context),
        Err(opened) => {
            let session = CodeSession::begin(opened, ask)?;
            // Where there is nothing to read again no screen is drawn to say so.
            if nothing(&session).is_some() {
                return by_line(session, context);
            }
            code_on_screen(session, context)
        }
    }
}

/// What a coder decided elsewhere, which cannot be changed here.
#[cfg(feature = "screen")]
fn look_on_screen(look: &CodeLook, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    let (opened, coder, round) = look.of();
    let why = say(&msg!("screen.look", file = look.file, n = look.minutes), context.language);
    let mut desk = look.sit()?.staying();
    let named = named(opened, coder, round);
    let mut face = CodeFace::new(desk.study(), named, context.language, on_screen::colors(context))
        .looking_only(why);
    let end = OnScreen::take()?.sit(&mut face, &mut desk, &mut LookOnly)?;
    Ok(on_screen::outcome(end))
}

/// What the head of the screen says of a session.
#[cfg(feature = "screen")]
fn named(opened: &Opened, coder: &CoderId, round: &str) -> Session {
    Session {
        coder: coder.to_string(),
        round: round.to_owned(),
        codebook: opened.study.version_in_force().id.clone(),
        blind: opened.is_blind(),
    }
}

#[cfg(feature = "screen")]
fn code_on_screen(mut session: CodeSession, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    let left = session.leave_out(is_right_to_left);
    let mut said = on_screen::left_out(&left, context);
    if session.is_empty() {
        context.warn(&Guarded::line(&said.join("\n")))?;
        return by_line(session.again()?, context);
    }
    let sealed = session.sealed.iter();
    let sealed = sealed.map(|it| say(&msg!("code.sealed_left_out", case = it), context.language));
    said.extend(sealed);
    let mut said = on_screen::joined(&said);
    let mut screen = OnScreen::take()?;
    loop {
        let end = {
            let named = named(session.opened(), session.coder(), session.round());
            let (desk, mut keeper) = session.sit(Via::Screen)?;
            let mut desk = desk.staying();
            let color = on_screen::colors(context);
            let mut face = CodeFace::new(desk.study(), named, context.language, color).saying(said);
            let end = screen.sit(&mut face, &mut desk, &mut keeper)?;
            said = face.said().map(ToOwned::to_owned);
            end
        };
        if end != End::Changed {
            return Ok(on_screen::outcome(end));
        }
        session = session.again()?;
        session.leave_out(is_right_to_left);
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use super::*;
    use crate::store::simulated::SimulatedDisk;
    use crate::store::small_study::{self, path};
    use crate::words::Language;

    /// Standard output, which looks at the disk whenever a line arrives.
    struct Watch {
        disk: SimulatedDisk,
        saved: usize,
    }

    impl Write for Watch {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.saved += bytes.windows(5).filter(|it| *it == b"saved").count();
            let files = self.disk.files();
            assert!(files.is_safe(&path("coding/c1.csv")), "said to be saved before it was");
            let log = files.read(&path("coding/c1.csv")).unwrap();
            let rows = log.iter().filter(|byte| **byte == b'\n').count() - 1;
            assert!(rows >= self.saved, "{} saved, {rows} in the log", self.saved);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn the_log_is_on_the_disk_before_every_saved() {
        let disk = small_study::disk();
        let mut session = CodeSession::begin(small_study::open(&disk), CodeAsk::of("c1")).unwrap();
        let (mut desk, mut keeper) = session.sit(Via::Lines).unwrap();
        let mut out = Watch { disk: disk.clone(), saved: 0 };
        lines::run(
            &mut desk,
            &mut keeper,
            &mut crate::face::Talk {
                input: &mut Cursor::new("1 2\nu 1\nm a note\ne\nz\ny\ng A:1\n2\nz\nq\n"),
                out: &mut out,
                err: &mut Vec::new(),
                language: Language::English,
                width: 80,
                color: false,
                quiet: true,
                typed: false,
            },
        )
        .unwrap();
        assert_eq!(out.saved, 10);
        assert!(disk.files().is_safe(&path("memos/c1.csv")));
        assert!(disk.reboot(0).files().read(&path("memos/c1.csv")).is_some());
    }
}
