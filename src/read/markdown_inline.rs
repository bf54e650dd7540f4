//! The marks inside a line of Markdown: emphasis, links, code, escapes, tags, entities.
//!
//! Each is taken off where it can be nothing but a mark; what may be speech (`f**k`, `2 * 3`, `a_b`,
//! `[P1](laughs)`) stays as it is.

use std::borrow::Cow;

use super::entities;

/// A line without marks, a `<br>` as LF, and how many bytes at its beginning are bold.
pub(super) fn reduce(line: &str) -> (Cow<'_, str>, usize) {
    if !line.bytes().any(|byte| matches!(byte, b'\\' | b'*' | b'_' | b'`' | b'[' | b'<' | b'&')) {
        return (Cow::Borrowed(line), 0);
    }
    let mut scanner =
        Scanner { line, at: 0, out: String::new(), runs: Vec::new(), jumps: Vec::new() };
    scanner.scan();
    let (text, strong) = without_emphasis(&scanner.out, &mut scanner.runs);
    (Cow::Owned(text), strong)
}

/// A run of `*` or `_` in what was written so far.
struct Run {
    /// Where it begins in the output.
    at: usize,
    mark: u8,
    /// How many of the marks are left, and how many there were.
    left: usize,
    length: usize,
    opens: bool,
    closes: bool,
    /// How many of them open or close bold text.
    bold_opened: usize,
    bold_closed: usize,
}

struct Scanner<'a> {
    line: &'a str,
    at: usize,
    out: String,
    runs: Vec<Run>,
    /// Where the text of a link ends, and where the link ends; the innermost last.
    jumps: Vec<(usize, usize)>,
}

impl Scanner<'_> {
    fn scan(&mut self) {
        while let Some(byte) = self.line.as_bytes().get(self.at).copied() {
            if let Some((_, end)) = self.jumps.pop_if(|(close, _)| *close == self.at) {
                self.at = end;
                continue;
            }
            let rest = self.line.get(self.at..).unwrap_or_default();
            let taken = match byte {
                b'\\' => self.escape(rest),
                b'`' => self.code(rest),
                b'*' | b'_' => self.run(rest, byte),
                b'[' => self.link(rest, 0),
                b'!' if rest.starts_with("![") => self.link(rest, 1),
                b'<' => self.tag(rest),
                b'&' => self.entity(rest),
                _ => false,
            };
            if !taken {
                self.plain(rest);
            }
        }
    }

    /// Copies one character, and all after it that begin nothing.
    fn plain(&mut self, rest: &str) {
        let stop = |byte: &u8| {
            matches!(byte, b'\\' | b'`' | b'*' | b'_' | b'[' | b']' | b'!' | b'<' | b'&')
        };
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let more = rest.bytes().skip(first).position(|byte| stop(&byte));
        let length = more.map_or(rest.len(), |more| first + more);
        self.out.push_str(rest.get(..length).unwrap_or(rest));
        self.at += length.max(1);
    }

    fn escape(&mut self, rest: &str) -> bool {
        let Some(escaped) = rest.as_bytes().get(1).filter(|byte| byte.is_ascii_punctuation())
        else {
            return false;
        };
        self.out.push(char::from(*escaped));
        self.at += 2;
        true
    }

    fn code(&mut self, rest: &str) -> bool {
        let ticks = rest.len() - rest.trim_start_matches('`').len();
        let Some((marks, body)) = rest.split_at_checked(ticks) else { return false };
        let Some(end) = within(body, LOOK_AHEAD).find(marks) else {
            // Not closed: the marks are text, all of them at once.
            self.out.push_str(marks);
            self.at += ticks;
            return true;
        };
        self.out.push_str(body.get(..end).unwrap_or_default().trim());
        self.at += ticks + end + ticks;
        true
    }

    fn run(&mut self, rest: &str, mark: u8) -> bool {
        let length = rest.bytes().take_while(|byte| *byte == mark).count();
        let before = self.line.get(..self.at).and_then(|it| it.chars().next_back()).unwrap_or(' ');
        let after = rest.get(length..).and_then(|it| it.chars().next()).unwrap_or(' ');
        let inside_word = before.is_alphanumeric() && after.is_alphanumeric();
        self.runs.push(Run {
            at: self.out.len(),
            mark,
            left: length,
            length,
            opens: !after.is_whitespace() && !inside_word,
            closes: !before.is_whitespace() && !inside_word,
            bold_opened: 0,
            bold_closed: 0,
        });
        self.out.push_str(rest.get(..length).unwrap_or_default());
        self.at += length;
        true
    }

    /// `[text](target)`, and `![text](target)` with one byte more before it.
    fn link(&mut self, rest: &str, before: usize) -> bool {
        let Some((close, end)) = rest.get(before..).and_then(link_ends) else { return false };
        self.jumps.push((self.at + before + close, self.at + before + end));
        self.at += before + 1;
        true
    }

    fn tag(&mut self, rest: &str) -> bool {
        let Some(end) = rest.bytes().take(300).position(|byte| byte == b'>') else { return false };
        let inside = rest.get(1..end).unwrap_or_default();
        if inside.contains("://") && !inside.contains(' ') {
            self.out.push_str(inside);
        } else if inside.starts_with("!--") && inside.ends_with("--") {
            // A comment: nothing is left of it.
        } else {
            let name = inside.trim_start_matches('/');
            let length = name.bytes().take_while(u8::is_ascii_alphanumeric).count();
            let name = name.get(..length).unwrap_or_default().to_ascii_lowercase();
            if !TAGS.contains(&name.as_str()) {
                return false;
            }
            if name == "br" {
                self.out.push('\n');
            }
        }
        self.at += end + 1;
        true
    }

    fn entity(&mut self, rest: &str) -> bool {
        let Some((shown, length)) = entities::first(rest) else { return false };
        self.out.push_str(&shown);
        self.at += length;
        true
    }
}

/// How many bytes a mark may be away from its partner, so that no line takes long.
const LOOK_AHEAD: usize = 2000;

/// The beginning of a text, at most so many bytes of it.
fn within(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(text.len())).rev().find(|at| text.is_char_boundary(*at));
    text.get(..end.unwrap_or(0)).unwrap_or_default()
}

/// Tags that are markup and not speech.
const TAGS: &[&str] = &[
    "a",
    "abbr",
    "b",
    "big",
    "blockquote",
    "br",
    "cite",
    "code",
    "del",
    "details",
    "div",
    "em",
    "font",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "mark",
    "p",
    "pre",
    "q",
    "s",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "summary",
    "sup",
    "time",
    "tt",
    "u",
];

/// For a text that begins with `[`: where its `]` stands and where the link ends, if it is one.
fn link_ends(text: &str) -> Option<(usize, usize)> {
    let mut depth = 0_usize;
    let mut escaped = false;
    let mut close = None;
    for (at, byte) in text.bytes().enumerate().take(LOOK_AHEAD) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'[' => depth += 1,
            b']' => {
                depth -= 1;
                if depth == 0 {
                    close = Some(at);
                    break;
                }
            }
            _ => {}
        }
    }
    let close = close?;
    let target = text.get(close + 1..)?.strip_prefix('(')?;
    let mut depth = 1_usize;
    let length = target.bytes().take(LOOK_AHEAD).position(|byte| {
        match byte {
            b'(' => depth += 1,
            b')' => depth -= 1,
            _ => {}
        }
        depth == 0
    })?;
    is_target(target.get(..length)?).then_some((close, close + 2 + length + 1))
}

/// Whether what stands in brackets after a text leads somewhere, and is no remark.
fn is_target(target: &str) -> bool {
    let mut words = target.trim().splitn(2, [' ', '\t']);
    let address = words.next().unwrap_or_default();
    let title = words.next().unwrap_or_default().trim();
    let titled = title.is_empty() || title.starts_with(['"', '\'', '(']);
    let leads = address.contains(['/', '#', ':', '<'])
        || (address.contains('.') && !address.ends_with('.') && !address.starts_with('.'));
    titled && leads
}

/// Takes off the marks of emphasis that have a partner.
fn without_emphasis(text: &str, runs: &mut [Run]) -> (String, usize) {
    pair(runs);
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    let mut bold = 0_usize;
    let mut strong = None;
    for run in runs.iter() {
        out.push_str(text.get(from..run.at).unwrap_or_default());
        if strong.is_none() && bold == 0 && !out.trim().is_empty() {
            strong = Some(0); // begins plain
        }
        let was = bold;
        bold = (bold + run.bold_opened).saturating_sub(run.bold_closed);
        if was > 0 && bold == 0 && strong.is_none() {
            strong = Some(out.len());
        }
        out.extend(std::iter::repeat_n(char::from(run.mark), run.left));
        from = run.at + run.length;
    }
    out.push_str(text.get(from..).unwrap_or_default());
    (out, strong.unwrap_or(0))
}

/// Finds for each closing run its opening one; two marks together are bold.
fn pair(runs: &mut [Run]) {
    for mark in [b'*', b'_'] {
        let mut open: Vec<usize> = Vec::new();
        for at in 0..runs.len() {
            let Some((before, [run, ..])) = runs.split_at_mut_checked(at) else { break };
            if run.mark != mark {
                continue;
            }
            while run.closes && run.left > 0 {
                let Some(opener) = open.last().and_then(|at| before.get_mut(*at)) else { break };
                let both = if run.left >= 2 && opener.left >= 2 { 2 } else { 1 };
                opener.left -= both;
                run.left -= both;
                opener.bold_opened += both / 2;
                run.bold_closed += both / 2;
                if opener.left == 0 {
                    open.pop();
                }
            }
            if run.opens && run.left > 0 {
                open.push(at);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn marks_go_and_speech_stays() {
        for (line, text, strong) in [
            ("plain", "plain", 0),
            ("**Ada Poe:** Hello.", "Ada Poe: Hello.", 8),
            ("**Ada**", "Ada", 3),
            ("***Ada***", "Ada", 3),
            ("**Ada:**Hello", "Ada:Hello", 4),
            ("__Ada__: yes", "Ada: yes", 3),
            ("**ADA, RUIZ:** **(Saluda)**", "ADA, RUIZ: (Saluda)", 10),
            ("it *could* be _so_", "it could be so", 0),
            ("\\[laughter\\] yes", "[laughter] yes", 0),
            ("f**k and s**t, 2 * 3 * 4, a_b_c", "f**k and s**t, 2 * 3 * 4, a_b_c", 0),
            ("a `code *x*` b", "a code *x* b", 0),
            ("[slides](https://example.org/a_(b)) here", "slides here", 0),
            ("![Ada](https://example.org/a.png) Ada", "Ada Ada", 0),
            ("[![Ada](a.png)](https://example.org)", "Ada", 0),
            ("[P1](laughs) and [P2] too", "[P1](laughs) and [P2] too", 0),
            ("one<br>two <u>x</u> <P2>", "one\ntwo x <P2>", 0),
            ("a &amp; b &#8212; c &co;", "a & b — c &co;", 0),
            ("<https://example.org>", "https://example.org", 0),
            ("unclosed **bold and `code", "unclosed **bold and `code", 0),
        ] {
            let (found, bold) = reduce(line);
            assert_eq!((found.as_ref(), bold), (text, strong), "{line}");
        }
    }

    proptest! {
        #[test]
        fn no_line_makes_it_panic_or_lose_a_word(line in "([a-z]{1,3} |[*_`<>&;!(\\[\\])\\\\]){0,40}") {
            let (text, strong) = reduce(&line);
            prop_assert!(text.is_char_boundary(strong));
            let letters = |text: &str| text.chars().filter(|it| it.is_alphabetic()).count();
            prop_assert!(letters(&text) <= letters(&line));
        }

        #[test]
        fn any_line_is_read(line in "\\PC{0,60}") {
            reduce(&line);
        }
    }
}
