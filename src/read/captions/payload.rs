//! What a cue shows: voices and text without markup.

use std::borrow::Cow;

use super::cues::Cue;
use crate::read::entities;

/// One line of a cue, or a stretch of it that one voice speaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part<'a> {
    pub(super) line: u32,
    /// Who speaks, if a voice tag says so.
    pub(super) voice: Option<String>,
    /// What was said, trimmed, never empty.
    pub(super) text: Cow<'a, str>,
}

/// Elements of captions; what else stands in angle brackets was said or is a remark.
const TAGS: &[&str] =
    &["c", "i", "b", "u", "s", "v", "lang", "ruby", "rt", "rp", "font", "em", "strong"];

/// The parts of a cue, in order.
pub(super) fn parts<'a>(cue: &Cue<'a>, vtt: bool) -> Vec<Part<'a>> {
    let mut reader =
        Reader { parts: Vec::new(), voice: None, reading_aid: false, text: String::new() };
    for (number, line) in &cue.lines {
        if !line.contains(['<', '&', '{']) {
            reader.end(*number);
            let voice = reader.voice.clone();
            if !reader.reading_aid {
                reader.parts.push(Part { line: *number, voice, text: Cow::Borrowed(line) });
            }
            continue;
        }
        reader.line(*number, line, vtt);
        reader.end(*number);
    }
    reader.parts
}

struct Reader<'a> {
    parts: Vec<Part<'a>>,
    voice: Option<String>,
    /// Inside `<rt>`: how a word is read, beside the word.
    reading_aid: bool,
    text: String,
}

impl Reader<'_> {
    fn line(&mut self, number: u32, line: &str, vtt: bool) {
        let mut rest = line;
        while let Some(first) = rest.chars().next() {
            let marked = match first {
                '<' => self.tag(number, rest),
                '&' => entities::first(rest).map(|(shown, length)| {
                    self.push(&shown);
                    length
                }),
                // `{\an8}` says where on the screen.
                '{' if !vtt && rest.starts_with("{\\") => rest.find('}').map(|at| at + 1),
                _ => None,
            };
            let length = marked.unwrap_or_else(|| {
                self.push(rest.get(..first.len_utf8()).unwrap_or_default());
                first.len_utf8()
            });
            rest = rest.get(length..).unwrap_or_default();
        }
    }

    fn push(&mut self, text: &str) {
        if !self.reading_aid {
            self.text.push_str(text);
        }
    }

    /// Takes a tag; says how long it is, if it is one.
    fn tag(&mut self, number: u32, rest: &str) -> Option<usize> {
        let close = rest.bytes().take(200).position(|byte| byte == b'>')?;
        let inside = rest.get(1..close)?;
        let (ends, inside) = inside.strip_prefix('/').map_or((false, inside), |it| (true, it));
        let name = inside.split([' ', '\t', '.', '/']).next()?.to_ascii_lowercase();
        let is_time = inside.starts_with(|it: char| it.is_ascii_digit()) && inside.contains(':');
        if !is_time && !TAGS.contains(&name.as_str()) {
            return None;
        }
        match name.as_str() {
            "v" => {
                self.end(number);
                let after = inside.split_once([' ', '\t']).map_or("", |(_, it)| it);
                let (who, _) = entities::decode(after);
                self.voice = (!ends && !who.trim().is_empty()).then(|| who.trim().to_owned());
            }
            "rt" | "rp" => self.reading_aid = !ends,
            "ruby" if ends => self.reading_aid = false,
            _ => {}
        }
        Some(close + 1)
    }

    /// Ends the stretch at hand.
    fn end(&mut self, number: u32) {
        let text = std::mem::take(&mut self.text);
        let text = text.trim_matches([' ', '\t']);
        if !text.is_empty() {
            let voice = self.voice.clone();
            self.parts.push(Part { line: number, voice, text: Cow::Owned(text.to_owned()) });
        }
    }
}
