//! One message of a chat: its stamp, who wrote it, and what.

use std::sync::OnceLock;

use regex::Regex;

use crate::domain::time::Offset;
use crate::language;

/// Words, folded, of messages in place of what the log does not hold, in eight languages.
const ABSENT: [&str; 14] = [
    "omitted",
    "omitid",
    "omis",
    "omess",
    "ausgeschlossen",
    "weggelassen",
    "ocult",
    "weggelaten",
    "attached",
    "adjunto",
    "angehangt",
    "joint",
    "anexad",
    "allegat",
];

/// How a log writes its messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// `[2025-01-01T10:00:00.000Z]`, TAB, `<Ada_Poe>`, TAB, text
    Irc,
    /// `00:12:01`, TAB, `Ada Poe:`, TAB, text, as Zoom has it
    Tabs,
    /// `12:01:05 From Ada Poe to Everyone: text`, as Zoom had it
    From,
    /// `12/03/2024, 10:15 - Ada: text`, as WhatsApp has it
    Dated,
    /// Before the first message.
    None,
}

impl Shape {
    /// Whether its times are those of the clock on the wall.
    pub(super) fn tells_time_of_day(self) -> bool {
        matches!(self, Self::Irc | Self::From | Self::Dated)
    }
}

/// A message.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Message<'a> {
    pub(super) line: u32,
    pub(super) shape: Shape,
    pub(super) time: Option<Offset>,
    /// Who wrote it; absent where the log itself speaks.
    pub(super) who: Option<&'a str>,
    /// Its lines.
    pub(super) text: Vec<&'a str>,
}

/// Patterns of the shapes: time, perhaps half of the day, writer, text.
fn patterns() -> &'static [(Shape, Regex)] {
    static PATTERNS: OnceLock<Vec<(Shape, Regex)>> = OnceLock::new();
    PATTERNS.get_or_init(|| {
        let patterns = [
            (
                Shape::Irc,
                r"^\[?(?:\d{4}-\d\d-\d\d[T ])?(?P<time>\d{1,2}:\d\d(?::\d\d)?)(?:\.\d+)?Z?\]?\s+(?:<[ @+%&~]?(?P<who>[^<>]{1,100})>|(?:\*{1,3}|-!-))\s*(?P<text>.*)$",
            ),
            (Shape::Tabs, r"^(?P<time>\d{1,2}:\d\d:\d\d)\t(?P<who>[^\t]{1,100}?)\s*:\t(?P<text>.*)$"),
            (
                Shape::From,
                r"^(?P<time>\d{1,2}:\d\d:\d\d)\s+From\s+(?P<who>[^\t:]{1,100}?)(?:\s+[tT]o\s+[^:]{1,100}?)?\s*:\s*(?P<text>.*)$",
            ),
            (
                Shape::Dated,
                r"^\x{200e}?\[?\d{1,4}[./-](?:\d{1,2}|[A-Za-z]{3})[./-]\d{1,4},?\s+(?P<time>\d{1,2}:\d\d(?::\d\d)?)(?:\s?(?P<half>[aApP])\.?\s?[mM]\.?)?(?:\]|\s+-)\s+(?:(?P<who>[^:\n]{1,60}):\s)?(?P<text>.*)$",
            ),
        ];
        // The patterns are ours: a test makes them all.
        patterns.into_iter().filter_map(|(shape, it)| Some((shape, Regex::new(it).ok()?))).collect()
    })
}

impl<'a> Message<'a> {
    /// The message that begins in a line, if one does.
    pub(super) fn of(line: &'a str) -> Option<Self> {
        let stamped = line.trim_start_matches(['\u{200e}', '\u{feff}', '[']);
        if !stamped.starts_with(|first: char| first.is_ascii_digit()) {
            return None;
        }
        let (shape, found) = patterns()
            .iter()
            .find_map(|(shape, pattern)| Some((*shape, pattern.captures(line)?)))?;
        let text = |name: &str| found.name(name).map(|it| it.as_str());
        let half = match (text("half"), Offset::parse(text("time")?)) {
            // `10:15` is hours and minutes here; as a place in a recording it would be minutes and seconds.
            (half, Some(_)) => half,
            (_, None) => return None,
        };
        Some(Self {
            line: 0,
            shape,
            time: of_day(text("time")?, half),
            who: text("who").map(str::trim),
            text: vec![text("text")?],
        })
    }

    /// A line before the first message.
    pub(super) fn unsigned(line: u32, text: &'a str) -> Self {
        Self { line, shape: Shape::None, time: None, who: None, text: vec![text] }
    }

    /// A further line of the message.
    pub(super) fn go_on(&mut self, line: &'a str) {
        self.text.push(line);
    }

    /// What it says, on one line, without the words with which Zoom begins an answer.
    pub(super) fn said(&self) -> String {
        let answers = self.text.len() > 1
            && ["Replying to \"", "En respuesta a \"", "Respondiendo a \""]
                .iter()
                .any(|it| self.text.first().is_some_and(|first| first.trim().starts_with(it)));
        let lines = self.text.iter().skip(usize::from(answers));
        let words: Vec<&str> = lines.flat_map(|line| line.split_whitespace()).collect();
        words.join(" ")
    }

    /// Whether it stands for a picture, recording or file that the log does not hold.
    pub(super) fn is_absent(&self) -> bool {
        let [line] = self.text.as_slice() else { return false };
        let shown = line.trim().trim_start_matches(['\u{200e}', '\u{200f}', '\u{202a}']);
        let marked = shown.starts_with('<') && shown.ends_with('>');
        let hidden = shown.len() < line.trim().len();
        let folded = language::fold(shown.trim_matches(['<', '>']));
        let words = folded.split_whitespace().count();
        (marked || hidden) && words <= 5 && ABSENT.iter().any(|it| folded.contains(it))
    }

    /// Whether it is a reaction to another message, which quotes that.
    pub(super) fn is_reaction(&self) -> bool {
        let text = self.text.first().map_or("", |it| it.trim());
        let reacts = ["Reacted to ", "Removed a ", "Reaccionó a ", "Reaccionaste a "];
        self.shape != Shape::Irc
            && reacts.iter().any(|it| text.starts_with(it))
            && [" with ", " from ", " con "].iter().any(|it| text.contains(it))
    }
}

/// A time of the day in seconds.
fn of_day(text: &str, half: Option<&str>) -> Option<Offset> {
    let mut parts = text.split(':').map(|it| it.parse::<u32>().ok());
    let (hours, minutes) = (parts.next()??, parts.next()??);
    let seconds = parts.next().flatten().unwrap_or(0);
    let hours = match half {
        Some("a" | "A") => hours % 12,
        Some(_) => hours % 12 + 12,
        None => hours,
    };
    Some(Offset(hours * 3600 + minutes * 60 + seconds))
}

/// Words to a program that keeps the list of those present, the scribe and the queue.
pub(super) fn is_command(text: &str) -> bool {
    matches!(
        text,
        "present+"
            | "present-"
            | "scribe+"
            | "scribe-"
            | "regrets+"
            | "q+"
            | "q-"
            | "q?"
            | "queue?"
            | "agenda?"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_program_writes_its_messages_otherwise() {
        assert_eq!(patterns().len(), 4);
        for (line, expected) in [
            (
                "[2025-01-01T10:00:05.000Z]\t<Ada_Poe>\tHello",
                Some((36_005, Some("Ada_Poe"), "Hello")),
            ),
            ("10:00 <@ada> Hi: you", Some((36_000, Some("ada"), "Hi: you"))),
            ("[10:00:01] * ada waves", Some((36_001, None, "ada waves"))),
            ("00:12:01\tAda Poe:\tyes", Some((721, Some("Ada Poe"), "yes"))),
            (
                "12:01:05\t From Ada Poe to Everyone : so: yes",
                Some((43_265, Some("Ada Poe"), "so: yes")),
            ),
            ("12:01:05 From Ada Poe to Everyone:", Some((43_265, Some("Ada Poe"), ""))),
            ("12/03/2024, 10:15 - Ada: Hello", Some((36_900, Some("Ada"), "Hello"))),
            ("[3/12/24, 9:15:03 PM] Ada Poe: Hello", Some((76_503, Some("Ada Poe"), "Hello"))),
            ("12/03/2024, 10:15 - Ada left", Some((36_900, None, "Ada left"))),
            ("[00:01:12] P1: yes", None),
            ("10:30 we left", None),
            ("Ada: 10:30", None),
        ] {
            let message = Message::of(line);
            let found = message.as_ref().map(|it| (it.time.unwrap().0, it.who, it.text[0]));
            assert_eq!(found, expected, "{line}");
        }
    }
}
