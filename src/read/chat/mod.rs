//! CHAT transcripts (.cha) of TalkBank into blocks: main tiers are speech, the rest is told and left out.
//!
//! After MacWhinney, *Tools for Analyzing Talk*, part 1: The CHAT Transcription Format. A main tier begins
//! with `*`, a dependent one with `%`, a header with `@`; a line that begins with a space or TAB goes on.
//! Utterances of one speaker join into paragraphs as captions do; their times stand between bullets.

mod codes;

use super::content::{Content, Source};
use super::decode;
use super::lines::numbered;
use super::unreadable::Unreadable;
use crate::msg;
use crate::read::block::{Block, Piece};

/// What stands around times; files have a control character in its place.
const BULLET: char = '•';

/// Whether bytes are a CHAT transcript: a header first, and `@Begin` among the first.
pub(super) fn is_one(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let head = bytes.get(..bytes.len().min(4096)).unwrap_or_default();
    let begin = |line: &[u8]| line.starts_with(b"@Begin");
    head.starts_with(b"@") && head.split(|byte| matches!(byte, b'\n' | b'\r')).any(begin)
}

/// Reads a CHAT transcript.
///
/// # Errors
/// Its bytes are not text.
pub(super) fn read(source: &Source<'_>) -> Result<Content<'static>, Unreadable> {
    let bytes = with_bullets(source.bytes);
    let decoded = decode::decode(&bytes, source.encoding)?;
    let mut reader = Reader::default();
    for (number, line) in numbered(&decoded.text) {
        reader.line(number, line);
    }
    reader.end_tier();
    let mut notes = decoded.notes;
    if reader.headers > 0 {
        notes.push(msg!("chat.headers", n = reader.headers));
    }
    if reader.dependent > 0 {
        notes.push(msg!("chat.dependent", n = reader.dependent));
    }
    if reader.codes > 0 {
        notes.push(msg!("chat.codes", n = reader.codes));
    }
    let Reader { blocks, roles, language, .. } = reader;
    Ok(Content { blocks, notes, encoding: Some(decoded.encoding), roles, language })
}

/// The bytes with bullets around times, which a text may hold, instead of the control character.
fn with_bullets(bytes: &[u8]) -> Vec<u8> {
    let bullet: &[u8] = if std::str::from_utf8(bytes).is_ok() { "•".as_bytes() } else { &[0x95] };
    let mut out = Vec::with_capacity(bytes.len());
    for byte in bytes {
        match byte {
            0x15 => out.extend_from_slice(bullet),
            other => out.push(*other),
        }
    }
    out
}

/// What is being read.
#[derive(Debug, Default)]
enum Tier {
    /// A header, with what it says so far.
    Header(String),
    /// What somebody says: the speaker's code.
    Main(String),
    /// Something about what was said.
    #[default]
    Dependent,
}

#[derive(Debug, Default)]
struct Reader {
    blocks: Vec<Block<'static>>,
    tier: Tier,
    /// The utterance at hand and the line where it began.
    open: Option<(u32, String)>,
    /// Where the last utterance with a time ended.
    end: u64,
    roles: Vec<(String, String)>,
    language: Option<String>,
    headers: u32,
    dependent: u32,
    codes: u32,
}

impl Reader {
    fn line(&mut self, number: u32, line: &str) {
        if line.starts_with([' ', '\t']) {
            return self.go_on(number, line.trim());
        }
        self.end_tier();
        if let Some(rest) = line.strip_prefix('*') {
            let (speaker, text) = rest.split_once(':').unwrap_or((rest, ""));
            self.tier = Tier::Main(speaker.trim().to_owned());
            self.go_on(number, text.trim());
        } else if let Some(rest) = line.strip_prefix('@') {
            self.headers += u32::from(!rest.starts_with("Begin") && !rest.starts_with("End"));
            self.tier = Tier::Header(rest.to_owned());
        } else if !line.trim().is_empty() {
            self.dependent += 1;
            self.tier = Tier::Dependent;
        }
    }

    /// A line of the tier at hand.
    fn go_on(&mut self, number: u32, text: &str) {
        match &mut self.tier {
            Tier::Header(said) => {
                said.push(' ');
                said.push_str(text);
            }
            Tier::Main(_) => self.speech(number, text),
            Tier::Dependent => {}
        }
    }

    /// Speech, up to the times that end each utterance.
    fn speech(&mut self, number: u32, text: &str) {
        let mut parts = text.split(BULLET);
        let mut said = parts.next();
        while let Some(text) = said {
            let (_, open) = self.open.get_or_insert_with(|| (number, String::new()));
            open.push(' ');
            open.push_str(text);
            let Some(times) = parts.next() else { return };
            self.utterance(times_of(times));
            said = parts.next().filter(|rest| !rest.trim().is_empty());
        }
    }

    /// Ends the utterance at hand.
    fn utterance(&mut self, times: Option<Piece>) {
        let (Some((line, text)), Tier::Main(speaker)) = (self.open.take(), &self.tier) else {
            return;
        };
        let (text, codes) = codes::spoken(&text);
        self.codes += codes;
        if text.is_empty() {
            return;
        }
        let piece = times.unwrap_or(Piece { from: self.end, to: self.end });
        self.end = piece.to;
        let block = Block::text(line, text).said_by(speaker.clone()).piece(piece);
        self.blocks.push(block.at(times.map(Piece::start)));
    }

    fn end_tier(&mut self) {
        self.utterance(None);
        if let Tier::Header(header) = std::mem::take(&mut self.tier) {
            let (name, rest) = header.split_once(':').unwrap_or((&header, ""));
            match name.trim() {
                "Participants" => self.roles.extend(rest.split(',').filter_map(participant)),
                "Languages" => {
                    let first = rest.split([',', ' ', '\t']).find(|it| !it.is_empty());
                    self.language = first.map(str::to_owned);
                }
                _ => {}
            }
        }
    }
}

/// `BOB Bob visitor`: code, name and role; the name may be missing.
fn participant(entry: &str) -> Option<(String, String)> {
    let (code, rest) = entry.trim().split_once([' ', '\t'])?;
    let rest = rest.split_whitespace().collect::<Vec<_>>().join(" ").replace('_', " ");
    (!rest.is_empty()).then(|| (code.to_owned(), rest))
}

/// `25925_92725`, also after the name of a recording: thousandths of a second. An end that is missing is
/// the beginning.
fn times_of(text: &str) -> Option<Piece> {
    let mut parts = text.rsplit('_');
    let (to, from) = (parts.next()?, parts.next()?);
    let from: u64 = from.parse().ok()?;
    let to = if to.is_empty() { from } else { to.parse().ok()? };
    Some(Piece { from, to: to.max(from) })
}
