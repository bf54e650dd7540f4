//! The lines of a caption file into cues.
//!
//! A cue begins where a line tells its times. What stands below, up to the next such line, was said, even
//! after a blank line: people who correct captions by hand leave those.

use super::clock::{self, Times};
use super::notes::Oddities;
use super::prefix;
use crate::read::block::Piece;
use crate::read::lines::numbered;

/// One caption.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cue<'a> {
    /// The line of its times.
    pub(super) line: u32,
    pub(super) times: Times,
    /// What stands before its times, if that is a number.
    pub(super) number: Option<u64>,
    /// What stands before its times, if that is words: some programs write there who speaks.
    pub(super) id: &'a str,
    /// What the comment right above it says; some programs write there who speaks.
    pub(super) comment: &'a str,
    /// Its lines that are not blank, with their numbers.
    pub(super) lines: Vec<(u32, &'a str)>,
}

impl Cue<'_> {
    /// The stretch of the recording that it stands for.
    pub(super) fn piece(&self) -> Option<Piece> {
        let from = self.times.from?;
        Some(Piece { from, to: self.times.to.unwrap_or(from).max(from) })
    }
}

/// What a caption file holds.
#[derive(Debug, Default)]
pub(super) struct Cues<'a> {
    pub(super) cues: Vec<Cue<'a>>,
    /// The language that its head names.
    pub(super) language: Option<String>,
}

/// Whether a line is nothing but a number.
pub(super) fn is_number(line: &str) -> bool {
    !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_digit())
}

impl<'a> Cues<'a> {
    /// Finds the cues of a text.
    pub(super) fn read(text: &'a str, vtt: bool, odd: &mut Oddities) -> Self {
        let lines: Vec<(u32, &str)> = numbered(text).map(|(at, line)| (at, line.trim())).collect();
        let mut found = Self::default();
        let (mut comment, mut said) = (false, "");
        let mut after_blank = true;
        for (at, (at_line, line)) in lines.iter().enumerate() {
            let next = lines.get(at + 1).map_or("", |it| it.1);
            if line.is_empty() {
                (comment, after_blank) = (false, true);
            } else if let Some(times) = clock::span(line).filter(|_| !comment) {
                let above = at.checked_sub(1).and_then(|at| lines.get(at)).map_or("", |it| it.1);
                let counted = above.parse().ok().filter(|_| is_number(above));
                let first = at < 2 || lines.get(at - 2).is_none_or(|it| it.1.is_empty());
                let id = if first && counted.is_none() { above } else { "" };
                let said = std::mem::take(&mut said);
                // Who speaks was not left out.
                let kept = u32::from(prefix::of_comment(said).is_some());
                odd.comments = odd.comments.saturating_sub(kept);
                let (line, number, comment) = (*at_line, counted, said);
                found.cues.push(Cue { line, times, number, id, comment, lines: Vec::new() });
                after_blank = false;
            } else if !comment {
                comment = vtt && after_blank && is_comment(line);
                odd.comments += u32::from(comment && line.starts_with("NOTE"));
                if comment {
                    said = line.strip_prefix("NOTE").map_or("", str::trim);
                }
                let names_cue =
                    clock::span(next).is_some() && (is_number(line) || (vtt && after_blank));
                if !comment && !names_cue {
                    found.line(*at_line, line, after_blank, odd);
                }
                after_blank = false;
            } else {
                said = line;
            }
        }
        odd.headless = vtt && !text.trim_start().starts_with("WEBVTT");
        found
    }

    /// A line that is no comment, no times and no name of a cue.
    fn line(&mut self, number: u32, line: &'a str, after_blank: bool, odd: &mut Oddities) {
        match self.cues.last_mut() {
            Some(cue) => {
                if after_blank && !cue.lines.is_empty() {
                    odd.after_blank.push(number);
                }
                cue.lines.push((number, line));
            }
            None => {
                let language = line.strip_prefix("Language:").map(str::trim);
                self.language = self.language.take().or(language.map(str::to_owned));
            }
        }
    }
}

/// Whether a line after a blank one begins something that is not shown.
fn is_comment(line: &str) -> bool {
    matches!(line, "NOTE" | "STYLE" | "REGION")
        || line.strip_prefix("NOTE").is_some_and(|rest| rest.starts_with([' ', '\t']))
}
