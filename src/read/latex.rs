//! LaTeX into paragraphs: a manuscript as its reader sees it, as far as words, quotation marks and citations go.
//!
//! No macro is run. What a command is given stands as text, unless the command is one of those that print nothing.

use unicode_normalization::UnicodeNormalization;

use super::block::{Block, BlockKind};
use super::content::Content;
use super::unreadable::Unreadable;

/// Commands whose argument is not part of the text.
const SILENT: &[&str] = &[
    "label",
    "ref",
    "eqref",
    "pageref",
    "autoref",
    "cref",
    "Cref",
    "includegraphics",
    "input",
    "include",
    "bibliography",
    "bibliographystyle",
    "addbibresource",
    "usepackage",
    "documentclass",
    "hypersetup",
    "vspace",
    "hspace",
    "setlength",
    "newcommand",
    "renewcommand",
    "def",
    "index",
    "pagestyle",
    "thispagestyle",
    "cite",
    "citep",
    "citet",
    "parencite",
    "textcite",
    "autocite",
    "footcite",
    "setcounter",
    "input",
    "url",
    "color",
];
/// Commands that begin a heading.
const HEADINGS: &[&str] =
    &["part", "chapter", "section", "subsection", "subsubsection", "paragraph", "title"];

/// Whether a text is LaTeX.
pub(super) fn is_one(text: &str) -> bool {
    let head: String = text.chars().take(20_000).collect();
    head.contains("\\documentclass") || head.contains("\\begin{document}")
}

/// Reads a LaTeX text.
pub(super) fn read(text: &str) -> Result<Content<'_>, Unreadable> {
    let body = text.find("\\begin{document}").map_or(0, |at| at + "\\begin{document}".len());
    let end = text.find("\\end{document}").filter(|end| *end >= body).unwrap_or(text.len());
    let line = 1 + text.get(..body).unwrap_or_default().matches('\n').count();
    let mut reader = Reader {
        rest: text.get(body..end).unwrap_or_default(),
        line: u32::try_from(line).unwrap_or(u32::MAX),
        ..Reader::default()
    };
    while let Some(first) = reader.rest.chars().next() {
        reader.step(first);
    }
    reader.close();
    Ok(Content::of(reader.blocks))
}

#[derive(Default)]
struct Reader<'a> {
    rest: &'a str,
    line: u32,
    /// The paragraph at hand, and the line where it begins.
    text: String,
    begun: u32,
    heading: bool,
    /// What closes each open brace: nothing, a quotation mark, the end of a heading.
    open: Vec<Closes>,
    blocks: Vec<Block<'static>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Closes {
    Nothing,
    Quotation,
    Heading,
}

impl<'a> Reader<'a> {
    fn step(&mut self, first: char) {
        let taken = match first {
            '%' => {
                let end = self.rest.find('\n').map_or(self.rest.len(), |it| it + 1);
                self.line += u32::from(end <= self.rest.len() && self.rest[..end].ends_with('\n'));
                end
            }
            '\n' => return self.newline(),
            '\\' => return self.command(),
            '{' => {
                self.open.push(Closes::Nothing);
                1
            }
            '}' => {
                match self.open.pop() {
                    Some(Closes::Quotation) => self.say("”"),
                    Some(Closes::Heading) => self.close(),
                    _ => {}
                }
                1
            }
            '~' => self.sign("\u{a0}", 1),
            '$' => 1,
            '`' if self.rest.starts_with("``") => self.sign("“", 2),
            '`' => self.sign("‘", 1),
            '\'' if self.rest.starts_with("''") => self.sign("”", 2),
            '\'' => self.sign("’", 1),
            '-' if self.rest.starts_with("---") => self.sign("—", 3),
            '-' if self.rest.starts_with("--") => self.sign("–", 2),
            '"' if self.rest.starts_with("\"`") => self.sign("„", 2),
            '"' if self.rest.starts_with("\"'") => self.sign("“", 2),
            '<' if self.rest.starts_with("<<") => self.sign("«", 2),
            '>' if self.rest.starts_with(">>") => self.sign("»", 2),
            '&' => self.sign("\t", 1),
            other => {
                let mut buffer = [0; 4];
                let text: &str = other.encode_utf8(&mut buffer);
                self.say(text);
                other.len_utf8()
            }
        };
        self.skip(taken);
    }

    fn sign(&mut self, text: &str, taken: usize) -> usize {
        self.say(text);
        taken
    }

    fn skip(&mut self, bytes: usize) {
        self.rest = self.rest.get(bytes..).unwrap_or_default();
    }

    fn say(&mut self, text: &str) {
        if self.text.is_empty() {
            self.begun = self.line;
        }
        if !(text == " " && self.text.ends_with(' ')) {
            self.text.push_str(text);
        }
    }

    /// A line break is a blank; an empty line ends the paragraph.
    fn newline(&mut self) {
        self.line += 1;
        self.skip(1);
        let blank = self.rest.trim_start_matches([' ', '\t', '\r']);
        if blank.starts_with('\n') {
            self.rest = blank;
            self.close();
        } else if !self.text.is_empty() {
            self.say(" ");
        }
    }

    fn close(&mut self) {
        let text = std::mem::take(&mut self.text);
        let words = text.split([' ', '\n', '\r']).filter(|it| !it.is_empty());
        let text = words.collect::<Vec<_>>().join(" ").trim().to_owned();
        let kind = if self.heading { BlockKind::Heading } else { BlockKind::Text };
        self.heading = false;
        if !text.is_empty() {
            self.blocks.push(Block { kind, ..Block::text(self.begun, text) });
        }
    }

    fn command(&mut self) {
        let name_of = self.rest.get(1..).unwrap_or_default();
        let letters: &'a str = match name_of.find(|it: char| !it.is_ascii_alphabetic()) {
            Some(end) => name_of.get(..end).unwrap_or_default(),
            None => name_of,
        };
        if letters.is_empty() {
            return self.sign_command(name_of);
        }
        self.skip(1 + letters.len());
        if self.rest.starts_with('*') {
            self.skip(1);
        }
        match letters {
            "ldots" | "dots" | "textellipsis" => self.say("…"),
            "textquotedblleft" => self.say("“"),
            "textquotedblright" => self.say("”"),
            "guillemotleft" | "og" => self.say("«"),
            "guillemotright" | "fg" => self.say("»"),
            "textendash" => self.say("–"),
            "textemdash" => self.say("—"),
            "par" | "item" => self.close(),
            "enquote" | "textquote" | "blockquote" => return self.quotation(),
            "begin" | "end" => {
                self.close();
                self.argument();
                self.option();
            }
            name if HEADINGS.contains(&name) => {
                self.close();
                self.option();
                if self.rest.starts_with('{') {
                    self.skip(1);
                    self.heading = true;
                    self.open.push(Closes::Heading);
                }
                return;
            }
            name if SILENT.contains(&name) => {
                while self.rest.starts_with(['[', '{']) {
                    self.option();
                    self.argument();
                }
                return;
            }
            _ => {
                if self.rest.trim_start().starts_with('[') && self.rest.contains("]{") {
                    self.option();
                }
            }
        }
        // The blank behind a command belongs to it.
        if self.rest.starts_with([' ', '\t']) {
            self.rest = self.rest.trim_start_matches([' ', '\t']);
        }
        if self.rest.starts_with("{}") {
            self.skip(2);
        }
    }

    /// `\enquote{…}`, `\textquote[who][.]{…}`.
    fn quotation(&mut self) {
        while self.rest.starts_with('[') {
            self.option();
        }
        if self.rest.starts_with('{') {
            self.skip(1);
            self.say("“");
            self.open.push(Closes::Quotation);
        }
    }

    /// A backslash before a sign.
    fn sign_command(&mut self, after: &str) {
        self.skip(1);
        let Some(sign) = after.chars().next() else { return };
        self.skip(sign.len_utf8());
        match sign {
            '\\' => {
                self.option();
                self.say(" ");
            }
            ',' | ' ' | ';' | ':' => self.say(" "),
            '!' | '/' | '-' | '(' | ')' | '[' | ']' | '@' => {}
            '\n' => {
                self.line += 1;
                self.say(" ");
            }
            '\'' | '`' | '^' | '"' | '~' | '=' | '.' => self.accent(sign),
            other => {
                let mut buffer = [0; 4];
                let text: &str = other.encode_utf8(&mut buffer);
                self.say(text);
            }
        }
    }

    /// `\'e`, `\'{e}`, `\~n`.
    fn accent(&mut self, sign: char) {
        let mark = match sign {
            '\'' => '\u{301}',
            '`' => '\u{300}',
            '^' => '\u{302}',
            '"' => '\u{308}',
            '~' => '\u{303}',
            '=' => '\u{304}',
            _ => '\u{307}',
        };
        let braced = self.rest.starts_with('{');
        self.skip(usize::from(braced));
        let Some(letter) = self.rest.chars().next().filter(|it| it.is_alphabetic()) else { return };
        self.skip(letter.len_utf8());
        if braced && self.rest.starts_with('}') {
            self.skip(1);
        }
        let text: String = [letter, mark].into_iter().nfc().collect();
        self.say(&text);
    }

    /// Leaves out `{…}`.
    fn argument(&mut self) {
        self.leave_out('{', '}');
    }

    /// Leaves out `[…]`.
    fn option(&mut self) {
        self.leave_out('[', ']');
    }

    fn leave_out(&mut self, open: char, close: char) {
        if !self.rest.starts_with(open) {
            return;
        }
        let mut depth = 0_usize;
        for (at, character) in self.rest.char_indices() {
            if character == '\n' {
                self.line += 1;
            }
            if character == open {
                depth += 1;
            } else if character == close {
                depth -= 1;
                if depth == 0 {
                    return self.skip(at + 1);
                }
            }
        }
        self.skip(self.rest.len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        read(text).unwrap().blocks.into_iter().map(|it| it.text.into_owned()).collect()
    }

    #[test]
    fn what_a_reader_sees_is_read_and_what_sets_it_is_not() {
        let text = "\\documentclass{article}\n% note\n\\begin{document}\n\\section{One \\& two}\n\
            He said ``we go round, \\emph{a month} each'' (P1,~CoP 31:~11). % no\nGoes on\\ldots\n\n\
            \\begin{quote}\nUn a\\~no, \\'{e}l. (P2, CoP 16: 3)\n\\end{quote}\n\\enquote{straight} \\cite[12]{x}--\n\
            \\end{document}\nnothing";
        assert_eq!(
            texts(text),
            [
                "One & two",
                "He said “we go round, a month each” (P1,\u{a0}CoP 31:\u{a0}11). Goes on…",
                "Un año, él. (P2, CoP 16: 3)",
                "“straight” –",
            ]
        );
        assert!(is_one(text));
    }

    #[test]
    fn broken_latex_is_read_to_its_end() {
        for text in
            ["\\begin{document}\\", "\\begin{document}{{{", "\\begin{document}\\enquote[", "}}}\\'"]
        {
            let _ = texts(text);
        }
    }
}
