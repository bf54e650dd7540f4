//! What could be a label at the beginning of a line, by its place and its shape alone.
//!
//! Every line of every file comes through here, so it looks at bytes and stops early. Whether a label
//! is one is decided in `evidence`, from the whole file.

use super::habit::Habit;
use super::leads::{bold, bracket, parted, plain_label};
use super::pattern::Pattern;
use super::shape::Shape;
use crate::domain::time::Offset;
use crate::read::block::{Block, BlockKind, Voice};

/// How a label stands in its line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Form {
    /// `Ana: text`
    Colon,
    /// `Ana:` alone
    ColonLine,
    /// `P3 12:40` alone
    TimeLine,
    /// `[00:01:12] Ana` alone
    TimeBefore,
    /// `[id1] text`
    Bracket,
    /// `[Ana]` alone
    BracketLine,
    /// `[Ana] (1:05 - 1:40)`, alone or not
    BracketTime,
    /// `**Ana:** text`
    Bold,
    /// `**Ana**` alone
    BoldLine,
    /// `**Ana** text`
    BoldText,
    /// `Ana` alone
    Bare,
    /// `Ana`, TAB, text
    Tab,
    /// `E.- text`, `P1 - text`
    Dash,
    /// `Ana [0:12] text`, `Ana 00:00:12 text`
    TimeBetween,
    /// Before what parts labels from speech all over the file, see `habit`: `Ana | text`.
    Parted,
    /// With the mark that begins every label of the file and nothing else: `@ana text`
    Tagged,
}

impl Form {
    /// Whether the label has its line for itself, and the speech comes below.
    pub(super) fn alone(self) -> bool {
        matches!(
            self,
            Self::ColonLine
                | Self::TimeLine
                | Self::TimeBefore
                | Self::BracketLine
                | Self::BoldLine
                | Self::Bare
        )
    }

    /// Whether it takes more than its place to make this a label: ordinary text looks like this too.
    pub(super) fn weak(self) -> bool {
        matches!(
            self,
            Self::TimeBefore
                | Self::Bracket
                | Self::BracketLine
                | Self::BoldText
                | Self::Bare
                | Self::Tab
                | Self::Dash
                | Self::TimeBetween
        )
    }
}

/// How a line begins.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lead<'a> {
    /// The time that stands before or after the label.
    pub(super) time: Option<Offset>,
    /// What could be a label, and how it stands.
    pub(super) label: Option<(Form, &'a str)>,
    /// What comes after label and time.
    pub(super) text: &'a str,
    /// What is left when only a time at the beginning is taken off, and that time.
    pub(super) unlabelled: (Option<Offset>, &'a str),
}

impl<'a> Lead<'a> {
    /// Reads the beginning of a block, in a file that writes its labels in this way.
    pub(super) fn of(block: &'a Block<'_>, habit: &Habit) -> Self {
        let line = habit.line(block);
        if block.voice != Voice::Unsaid {
            return Lead { time: None, label: None, text: line, unlabelled: (None, line) };
        }
        // Where the format gives the time, one at the beginning of the line is what somebody said.
        let leading = if block.time.is_some() { None } else { habit.time(line) };
        let (time, rest) = leading.map_or((None, line), |(time, rest)| (Some(time), rest));
        let certain = time.is_none() || rest.is_empty() || habit.is_certain_time(line);
        let unlabelled = if certain { (time, rest) } else { (None, line) };
        let plain = Lead { time, label: None, text: rest, unlabelled };
        if rest.is_empty() {
            return plain;
        }
        let strong = if time.is_none() { block.strong } else { 0 };
        let named = habit.declared(rest).map(|(label, text)| {
            let form = if text.is_empty() { Form::ColonLine } else { Form::Colon };
            (form, label, None, text)
        });
        let found = named
            .or_else(|| habit.tagged(rest))
            .or_else(|| habit.part(rest).map(|(label, text)| parted(label, text)))
            .or_else(|| bracket(rest))
            .or_else(|| {
                if strong > 0 { bold(rest, strong) } else { plain_label(rest, time.is_some()) }
            });
        let Some((form, label, own_time, text)) = found else { return plain };
        let label = habit.unnumbered(label);
        // Where a mark says that somebody else begins, one word alone is what he says.
        if block.changes_speaker && form == Form::Bare {
            return plain;
        }
        // A heading names who speaks only if it can mean nothing else.
        if block.kind == BlockKind::Heading
            && !habit.headed
            && own_time.is_none()
            && !Shape::of(label).names_a_speaker()
        {
            return plain;
        }
        Lead { time: own_time.or(time), label: Some((form, label)), text, ..plain }
    }
}

impl<'a> Lead<'a> {
    /// Reads the beginning of a block by the researcher's own pattern.
    pub(super) fn by_pattern(block: &'a Block<'_>, pattern: &Pattern, habit: &Habit) -> Self {
        let plain = Lead::of(block, habit);
        let line: &str = &block.text;
        let matched = pattern.lead(line).filter(|_| block.voice == Voice::Unsaid);
        match matched {
            Some(it) if it.text.is_empty() => {
                Lead { time: it.time, label: Some((Form::ColonLine, it.label)), text: "", ..plain }
            }
            Some(it) => {
                Lead { time: it.time, label: Some((Form::Colon, it.label)), text: it.text, ..plain }
            }
            None => Lead { label: None, text: plain.unlabelled.1, ..plain },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lead(line: &str) -> Option<(Form, String, String)> {
        let block = Block::text(1, line);
        let lead = Lead::of(&block, &Habit::default());
        lead.label.map(|(form, label)| (form, label.to_owned(), lead.text.to_owned()))
    }

    #[test]
    fn a_line_shows_what_could_be_its_label() {
        for (line, expected) in [
            ("Iris: I would rather walk.", Some((Form::Colon, "Iris", "I would rather walk."))),
            ("Interviewer1 : bon, on y va", Some((Form::Colon, "Interviewer1", "bon, on y va"))),
            (
                "PRESIDENTA ANA RUIZ:Buenos días",
                Some((Form::Colon, "PRESIDENTA ANA RUIZ", "Buenos días")),
            ),
            (
                "DRA. ANA RUIZ LEÓN, DIRECTORA GENERAL: Sí",
                Some((Form::Colon, "DRA. ANA RUIZ LEÓN, DIRECTORA GENERAL", "Sí")),
            ),
            ("Dr.\u{a0}Ada Poe (XYZ):", Some((Form::ColonLine, "Dr.\u{a0}Ada Poe (XYZ)", ""))),
            ("היו\"ר עדה:", Some((Form::ColonLine, "היו\"ר עדה", ""))),
            ("P3 12:40", Some((Form::TimeLine, "P3", ""))),
            ("BSR99  04:31", Some((Form::TimeLine, "BSR99", ""))),
            ("P3 12:40: Yes", Some((Form::Colon, "P3", "Yes"))),
            ("P3: [0:12]", Some((Form::ColonLine, "P3", ""))),
            ("P3 [0:12]: Yes", Some((Form::Colon, "P3", "Yes"))),
            ("[Interviewe] (1:05 - 1:40)", Some((Form::BracketTime, "Interviewe", ""))),
            ("[id7] I liked it.", Some((Form::Bracket, "id7", "I liked it."))),
            ("[00:01:12] P1: yes", Some((Form::Colon, "P1", "yes"))),
            ("[00:01:12] Ana", Some((Form::TimeBefore, "Ana", ""))),
            ("??: I cannot", Some((Form::Colon, "??", "I cannot"))),
            ("主持人：大家好", Some((Form::Colon, "主持人", "大家好"))),
            ("ANA\tyes", Some((Form::Tab, "ANA", "yes"))),
            ("“Quoted”: yes", Some((Form::Colon, "Quoted", "yes"))),
            ("At 10:30 we left.", None),
        ] {
            let found = lead(line);
            let found = found.as_ref().map(|it| (it.0, it.1.as_str(), it.2.as_str()));
            assert_eq!(found, expected, "{line}");
        }
    }

    /// What only a sentence has makes no label, but the whole file decides: it stays in sight with that said of it.
    #[test]
    fn what_only_a_sentence_has_makes_a_doubtful_label() {
        for (line, label) in [
            ("I said. So: what", "I said. So"),
            ("(Ada Poe [XYZ]: no!)", "Ada Poe [XYZ]: no!"),
            ("Well, you know; then: we left", "Well, you know; then"),
        ] {
            assert_eq!(lead(line).map(|it| it.1).as_deref(), Some(label), "{line}");
            assert!(Shape::of(label).sentence, "{line}");
        }
        assert!(!Shape::of("https://example.org").name_like);
    }
}
