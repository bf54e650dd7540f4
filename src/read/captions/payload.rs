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
    /// In which colour it is shown, if it is in one.
    pub(super) colour: Option<String>,
    /// What was said, trimmed, never empty.
    pub(super) text: Cow<'a, str>,
}

/// The colours that classes of WebVTT name.
const COLOURS: [&str; 8] = ["white", "lime", "cyan", "red", "yellow", "magenta", "blue", "green"];

/// The colour of a tag, where it gives one: `font color="#ffff00"`, `c.yellow`.
fn colour(inside: &str) -> Option<String> {
    let inside = inside.to_ascii_lowercase();
    if let Some((_, value)) = inside.split_once("color=") {
        let value = value.trim_start_matches(['"', '\'']);
        let value = value.split(['"', '\'', ' ']).next().unwrap_or_default();
        return (!value.is_empty()).then(|| value.to_owned());
    }
    let mut classes = inside.split_whitespace().next().unwrap_or_default().split('.').skip(1);
    classes.find(|it| COLOURS.contains(it)).map(str::to_owned)
}

/// Elements of captions; what else stands in angle brackets was said or is a remark.
const TAGS: &[&str] =
    &["c", "i", "b", "u", "s", "v", "lang", "ruby", "rt", "rp", "font", "em", "strong"];

/// The colour in which all of a line is shown; a tag that it leaves open colours the lines below. A word in colour
/// within a line is one that stands out.
fn line_colour(line: &str, open: &mut Option<String>) -> Option<String> {
    let mut rest = line.trim();
    let mut own = open.clone();
    while let Some((tag, after)) = rest.strip_prefix('<').and_then(|it| it.split_once('>')) {
        own = colour(tag).or(own);
        rest = after;
    }
    let closes = ["</c>", "</font>"].iter().filter_map(|it| rest.find(it)).min();
    let Some(at) = closes else {
        open.clone_from(&own);
        return own;
    };
    *open = None;
    let mut tail = rest.get(at..).unwrap_or_default();
    while let Some((_, after)) = tail.strip_prefix('<').and_then(|it| it.split_once('>')) {
        tail = after.trim_start();
    }
    own.filter(|_| tail.is_empty())
}

/// The parts of a cue, in order.
pub(super) fn parts<'a>(cue: &Cue<'a>, vtt: bool) -> Vec<Part<'a>> {
    let mut reader = Reader {
        parts: Vec::new(),
        voice: None,
        colour: None,
        reading_aid: false,
        text: String::new(),
    };
    let mut open = None;
    for (number, line) in &cue.lines {
        reader.colour = line_colour(line, &mut open);
        if !line.contains(['<', '&', '{']) {
            reader.end(*number);
            let (voice, colour) = (reader.voice.clone(), reader.colour.clone());
            if !reader.reading_aid {
                reader.parts.push(Part { line: *number, voice, colour, text: Cow::Borrowed(line) });
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
    /// The colour of the line at hand.
    colour: Option<String>,
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
            let (voice, colour) = (self.voice.clone(), self.colour.clone());
            let text = Cow::Owned(text.to_owned());
            self.parts.push(Part { line: number, voice, colour, text });
        }
    }
}
