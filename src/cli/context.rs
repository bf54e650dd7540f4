//! What every command is given: streams, the folder to start from, the language.

use std::io::{BufRead, IsTerminal, Write};
use std::path::PathBuf;
use std::sync::Arc;

use super::{Cli, ColorWhen, Everywhere, Lang};
use crate::domain::failure::Failure;
use crate::domain::message::Message;
use crate::domain::problem::Problem;
use crate::escape::terminal::Guarded;
use crate::face::Talk;
use crate::msg;
use crate::store::{self, Clock, Folder, Looks, Opened, SystemClock};
use crate::words::{self, Language};

/// A study that a command was opened for. What it takes goes back to the system with the process, all at once and not piece
/// by piece.
pub type Kept = std::mem::ManuallyDrop<Opened>;

/// What is known of the screen that a person sits at.
#[derive(Debug, Clone, Copy)]
pub struct Screen {
    /// Its columns, at most 100: longer lines are hard to read.
    pub width: usize,
    /// How many columns a result has: those of the terminal on which it stands, or of a pipe.
    pub page: u16,
    /// Whether colours suit it.
    pub color: bool,
    /// Whether somebody types the input.
    pub typed: bool,
    /// Whether talk goes to a terminal, where a line can be taken back.
    pub watched: bool,
    /// Whether results go to a terminal.
    pub shown: bool,
    /// Whether a full screen can be drawn, and nobody asked for line mode.
    pub full: bool,
}

impl Screen {
    /// No screen at all: a pipe, a file, a test.
    pub const NONE: Self = Self {
        width: 100,
        page: PAGE,
        color: false,
        typed: false,
        watched: false,
        shown: false,
        full: false,
    };

    /// The screen of this process, if it has one.
    #[must_use]
    pub fn of_process() -> Self {
        let columns = terminal_size::terminal_size_of(std::io::stderr());
        let width = columns.map_or(100, |(width, _)| usize::from(width.0).clamp(40, 100));
        let choice = anstream::AutoStream::choice(&std::io::stderr());
        let color = choice != anstream::ColorChoice::Never;
        let watched = std::io::stderr().is_terminal();
        let typed = std::io::stdin().is_terminal();
        let shown = std::io::stdout().is_terminal();
        let full = typed && shown && Self::is_large() && !lines_asked();
        let page = terminal_size::terminal_size_of(std::io::stdout());
        let page = page.map_or(PAGE, |(width, _)| width.0.max(40));
        Self { width, page, color, typed, watched, shown, full }
    }
}

/// How many columns a result has in a pipe or in a file.
const PAGE: u16 = 100;

/// The narrowest and lowest terminal that has room for the full screen.
const LEAST: (u16, u16) = (60, 16);

impl Screen {
    fn is_large() -> bool {
        let size = terminal_size::terminal_size_of(std::io::stdout());
        size.is_some_and(|(width, height)| width.0 >= LEAST.0 && height.0 >= LEAST.1)
    }
}

/// Whether the environment asks for line mode.
fn lines_asked() -> bool {
    let is = |name: &str, value: &str| std::env::var(name).is_ok_and(|it| it == value);
    let no_term = std::env::var("TERM").map_or(cfg!(unix), |term| term.is_empty());
    no_term || is("TERM", "dumb") || is("THEMATA_LINES", "1")
}

/// What every command is given.
pub struct Context<'a> {
    /// `-C`, if given.
    pub directory: Option<PathBuf>,
    /// The language of `--lang`, else (once a study is open) the study's, else the locale's.
    pub language: Language,
    /// Whether `--lang` fixed the language.
    pub language_asked: bool,
    /// Whether to say nothing beyond results and errors.
    pub quiet: bool,
    /// Whether and when to colour.
    pub color: ColorWhen,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Early looks that are recorded when something is shown.
    pub looks: Looks,
    /// The screen that talk goes to.
    pub screen: Screen,
    /// Where a person types.
    pub input: &'a mut dyn BufRead,
    /// Where results go.
    out: &'a mut dyn Write,
    /// Where talk goes.
    err: &'a mut dyn Write,
}

impl<'a> Context<'a> {
    /// The context of a command line.
    pub fn new(
        cli: &Cli,
        input: &'a mut dyn BufRead,
        out: &'a mut dyn Write,
        err: &'a mut dyn Write,
    ) -> Self {
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
            .into_iter()
            .filter_map(|name| std::env::var(name).ok())
            .find(|value| !value.is_empty());
        let asked = cli.everywhere.lang.as_ref().and_then(Lang::language);
        let from_locale = locale.as_deref().and_then(Language::from_tag).unwrap_or_default();
        Self {
            directory: cli.everywhere.directory.clone(),
            language: asked.unwrap_or(from_locale),
            language_asked: asked.is_some(),
            quiet: cli.everywhere.quiet,
            color: cli.everywhere.color,
            clock: Arc::new(SystemClock),
            looks: Looks::default(),
            screen: Screen::NONE,
            input,
            out,
            err,
        }
    }

    /// Heeds what stands behind a command within a command, too.
    pub(super) fn heed(&mut self, everywhere: &Everywhere) {
        self.directory = everywhere.directory.clone().or(self.directory.take());
        self.quiet |= everywhere.quiet;
        if everywhere.color != ColorWhen::Auto {
            self.color = everywhere.color;
        }
        if let Some(language) = everywhere.lang.as_ref().and_then(Lang::language) {
            (self.language, self.language_asked) = (language, true);
        }
    }

    /// Opens the study of `-C`, or of the nearest folder upward; from then on people are addressed in its
    /// language, unless `--lang` fixed one.
    ///
    /// # Errors
    /// There is none, or it is invalid.
    pub fn open(&mut self) -> anyhow::Result<Kept> {
        let opened = store::load(&self.folder()?)?;
        Ok(Kept::new(self.greet(opened)?))
    }

    /// The same for one coder's own work, by id or name: only her log is read.
    ///
    /// # Errors
    /// There is no study, or it is invalid.
    pub fn open_for(&mut self, coder: &str) -> anyhow::Result<Opened> {
        let opened = store::load_for(&self.folder()?, coder)?;
        self.greet(opened)
    }

    fn greet(&mut self, opened: Opened) -> anyhow::Result<Opened> {
        self.speak(&opened.study.settings.language);
        for note in &opened.notes {
            self.tell(note)?;
        }
        Ok(opened)
    }

    /// The folder of `-C`, or the nearest upward that holds a study.
    ///
    /// # Errors
    /// There is none.
    pub fn folder(&self) -> Result<Folder, Failure> {
        let folder = Folder::find(self.directory.as_deref())?;
        Ok(folder.with_clock(self.clock.clone()).with_looks(self.looks.clone()))
    }

    /// How the program was called for this study, as a line that is copied goes on from: with `-C` where that was given.
    #[must_use]
    pub fn themata(&self) -> String {
        let Some(directory) = &self.directory else { return "themata".to_owned() };
        let text = directory.display().to_string();
        let is_plain = |c: char| c.is_alphanumeric() || "/\\._-:~".contains(c);
        if text.chars().all(is_plain) && !text.is_empty() {
            return format!("themata -C {text}");
        }
        format!("themata -C '{}'", text.replace('\'', r"'\''"))
    }

    /// Records the early looks that are about to show something; everything that could fail has succeeded.
    ///
    /// # Errors
    /// They cannot be recorded; then nothing may be shown.
    pub fn record_looks(&self) -> Result<(), Failure> {
        if self.looks.is_empty() { Ok(()) } else { self.looks.record(&self.folder()?) }
    }

    /// Addresses people in a study's language, unless `--lang` fixed one.
    pub fn speak(&mut self, language: &str) {
        if let (false, Some(language)) = (self.language_asked, Language::from_tag(language)) {
            self.language = language;
        }
    }

    /// Whether talk is coloured.
    pub(super) fn colors(&self) -> bool {
        match self.color {
            ColorWhen::Auto => self.screen.color,
            ColorWhen::Always => true,
            ColorWhen::Never => false,
        }
    }

    /// How many columns a result has that goes to standard output.
    pub(super) fn page(&self) -> u16 {
        self.screen.page
    }

    /// A line that begins with the word `error`, so that it is seen at once.
    pub(super) fn error(&self, said: &str) -> Guarded {
        let word = Guarded::of(&words::word("general.error", self.language));
        let word = match self.colors() {
            true => word.styled(anstyle::AnsiColor::Red.on_default().bold()),
            false => word,
        };
        [word, Guarded::line(&format!(": {said}"))].into_iter().collect()
    }

    /// The streams of a session in line mode.
    pub fn talk(&mut self) -> Talk<'_> {
        Talk {
            color: self.colors(),
            width: self.screen.width,
            typed: self.screen.typed,
            language: self.language,
            quiet: self.quiet,
            input: &mut *self.input,
            out: &mut *self.out,
            err: &mut *self.err,
        }
    }

    /// Where a result goes as bytes, which the writer of its form has guarded; everything else is shown, printed or told.
    pub(super) fn result(&mut self) -> &mut dyn Write {
        self.out
    }

    /// Both streams, for a command within a command.
    pub(super) fn streams(&mut self) -> (&mut dyn Write, &mut dyn Write) {
        (&mut *self.out, &mut *self.err)
    }

    /// Shows a sentence as a result.
    ///
    /// # Errors
    /// The stream cannot be written.
    pub fn show(&mut self, message: &Message) -> std::io::Result<()> {
        self.print(&Guarded::line(&words::say(message, self.language)))
    }

    /// Shows a result.
    ///
    /// # Errors
    /// The stream cannot be written.
    pub fn print(&mut self, text: &Guarded) -> std::io::Result<()> {
        write!(self.out, "{text}")
    }

    /// Says something to a person, even where `--quiet` is asked.
    ///
    /// # Errors
    /// The stream cannot be written.
    pub fn warn(&mut self, text: &Guarded) -> std::io::Result<()> {
        write!(self.err, "{text}")
    }

    /// Says something in place of what the last line of a terminal says.
    pub(super) fn rewrite(&mut self, line: &Guarded) -> std::io::Result<()> {
        write!(self.err, "\r\u{1b}[K{line}")?;
        self.err.flush()
    }

    /// Says something to a person, unless `--quiet`.
    ///
    /// # Errors
    /// The stream cannot be written.
    pub fn tell(&mut self, message: &Message) -> anyhow::Result<()> {
        self.tell_text(&words::say(message, self.language))
    }

    /// The same of a sentence that is already in the person's language.
    ///
    /// # Errors
    /// The stream cannot be written.
    pub fn tell_text(&mut self, text: &str) -> anyhow::Result<()> {
        if !self.quiet {
            self.warn(&Guarded::line(text))?;
        }
        Ok(())
    }

    /// An error and its remedy, as they are shown.
    #[must_use]
    pub fn told(&self, what: &Message, fix: &Message) -> Guarded {
        let what = self.error(&words::say(what, self.language));
        [what, self.fix_line(fix)].into_iter().collect()
    }

    /// A remedy, as it is shown beneath an error.
    #[must_use]
    pub fn fix_line(&self, fix: &Message) -> Guarded {
        let fix = words::say(fix, self.language);
        Guarded::line(&format!("  {}: {fix}", words::word("general.fix", self.language)))
    }

    /// A list of problems, as it is shown.
    #[must_use]
    pub fn problems(&self, problems: &[Problem]) -> Guarded {
        let heading = msg!("general.problems", n = problems.len());
        let heading = self.error(&words::say(&heading, self.language));
        [heading, self.listed(problems)].into_iter().collect()
    }

    /// Each problem with its remedy; the same one in many lines of a file is told once, with all lines.
    #[must_use]
    pub fn listed(&self, problems: &[Problem]) -> Guarded {
        let say = |message| words::say(message, self.language);
        let alike = |one: &Problem, other: &Problem| {
            let (here, there) = (&one.at, &other.at);
            here.line.is_some()
                && there.line.is_some()
                && (&here.file, &here.column, &one.what, &one.fix)
                    == (&there.file, &there.column, &other.what, &other.fix)
        };
        let mut text = Guarded::default();
        for group in problems.chunk_by(alike) {
            let Some(first) = group.first() else { continue };
            let lines: Vec<u64> = group.iter().filter_map(|problem| problem.at.line).collect();
            let at = match lines.len() {
                0 | 1 => first.at.to_string(),
                _ => {
                    let column = first.at.column.iter().map(|column| format!(":{column}"));
                    format!("{}:{}{}", first.at.file, ranges(&lines), column.collect::<String>())
                }
            };
            text.push(&Guarded::line(&format!("{at}: {}", say(&first.what))));
            text.push(&self.fix_line(&first.fix));
        }
        text
    }
}

/// Numbers in order, with runs drawn together: `2-281,290`.
fn ranges(numbers: &[u64]) -> String {
    let runs = numbers.chunk_by(|one, next| one.checked_add(1) == Some(*next));
    let run = |run: &[u64]| match (run.first(), run.last()) {
        (Some(first), Some(last)) if first != last => format!("{first}-{last}"),
        (Some(only), _) => only.to_string(),
        _ => String::new(),
    };
    runs.map(run).collect::<Vec<_>>().join(",")
}
