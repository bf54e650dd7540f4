//! The person at the terminal: lines in, results to standard output, everything else to standard error.

use std::io::{BufRead, Write};

use anstyle::Style;

use crate::domain::message::Message;
use crate::escape::terminal::Guarded;
use crate::render::wrap::wrap;
use crate::words::{self, Language};

/// The streams of a session and how to speak on them.
pub struct Talk<'a> {
    /// Where the person types.
    pub input: &'a mut dyn BufRead,
    /// Where results go: the `saved` lines and nothing else.
    pub out: &'a mut dyn Write,
    /// Where everything else goes.
    pub err: &'a mut dyn Write,
    /// The language.
    pub language: Language,
    /// Columns of the screen.
    pub width: usize,
    /// Whether the screen may be coloured.
    pub color: bool,
    /// Whether to show nothing but errors.
    pub quiet: bool,
    /// Whether somebody types: then the answer goes on the prompt's own line.
    pub typed: bool,
}

impl Talk<'_> {
    /// Asks for a line; `None` at the end of the input. A line that is no text comes back as one that
    /// nobody understands.
    pub(super) fn ask(&mut self, prompt: &str) -> std::io::Result<Option<String>> {
        if !self.quiet {
            write!(self.err, "{}{}", Guarded::of(prompt), if self.typed { " " } else { "\n" })?;
            self.err.flush()?;
        }
        let mut bytes = Vec::new();
        if self.input.read_until(b'\n', &mut bytes)? == 0 {
            if self.typed {
                self.show(&Guarded::line(""))?; // the prompt's line ends with the session
            }
            return Ok(None);
        }
        Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
    }

    /// Shows a piece of the screen.
    pub(super) fn show(&mut self, screen: &Guarded) -> std::io::Result<()> {
        if self.quiet { Ok(()) } else { write!(self.err, "{screen}") }
    }

    /// Tells the person something about the line just typed, even when quiet.
    pub(super) fn tell(&mut self, message: &Message) -> std::io::Result<()> {
        let text = self.lines(&self.say(message));
        write!(self.err, "{text}")
    }

    /// Confirms on standard output what is safely on disk: one line, never translated, at once.
    pub(super) fn saved(&mut self, words: &[&str]) -> std::io::Result<()> {
        write!(self.out, "saved")?;
        for word in words.iter().filter(|word| !word.is_empty()) {
            write!(self.out, " {}", Guarded::of(word))?;
        }
        writeln!(self.out)?;
        self.out.flush()
    }

    /// A text in lines that fit the screen.
    pub(super) fn lines(&self, text: &str) -> Guarded {
        text.lines().map(|line| self.wrapped(line, "", "  ")).collect()
    }

    /// A text in lines that fit the screen: the first begins with `first`, every other one with `rest`.
    pub(super) fn wrapped(&self, text: &str, first: &str, rest: &str) -> Guarded {
        Guarded::of(&wrap(text, self.width, first, rest))
    }

    /// A line across the screen.
    pub(super) fn rule(&self) -> Guarded {
        Guarded::line(&"─".repeat(self.width))
    }

    /// A sentence in the session's language.
    pub(super) fn say(&self, message: &Message) -> String {
        words::say(message, self.language)
    }

    /// A sentence without gaps in the session's language.
    pub(super) fn word(&self, key: &'static str) -> String {
        words::word(key, self.language)
    }

    /// Each line of a text in a style, if colours are wanted.
    pub(super) fn styled(&self, style: Style, text: Guarded) -> Guarded {
        if self.color { text.styled(style) } else { text }
    }
}
