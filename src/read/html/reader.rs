//! The tokens of a web page, one after the other, into paragraphs and rows.

use std::collections::{BTreeMap, BTreeSet};

use super::elements;
use super::lexer::{Lexer, Tag, Token};
use crate::domain::message::Message;
use crate::read::block::Block;
use crate::read::entities;
use crate::read::flow::{Flow, Paragraph};
use crate::read::left_out::LeftOut;

/// An open element.
#[derive(Debug)]
struct Open {
    name: String,
    bold: bool,
    keeps_space: bool,
    /// Why it is left out, where it is the outermost that is.
    aside: Option<Aside>,
}

/// Why a part of a page is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Aside {
    Hidden,
    Deleted,
    Comment,
    Footnote,
    /// Menus, players, scripts, the title.
    Furniture,
    /// Reading aids above letters; not worth a word.
    Ruby,
}

/// What is being read, and what came of it.
#[derive(Debug)]
pub(super) struct Reader {
    flow: Flow,
    left_out: LeftOut,
    open: Vec<Open>,
    /// How many elements of each name are open.
    counts: BTreeMap<String, u32>,
    paragraph: Paragraph,
    /// Whether white space that comes next counts for nothing: a run of it is one space.
    after_space: bool,
    /// Where the name ends that a `<cite>` before a `<time>` gives, and where that time begins.
    cited: Option<usize>,
    timed: Option<usize>,
    /// What is being left out, and whether it held text so far.
    aside: Option<(Aside, bool)>,
    /// Names of elements that end somewhere: what ends nowhere and has no meaning is no element.
    ended: BTreeSet<String>,
}

impl Reader {
    pub(super) fn new(page: &str) -> Self {
        let ended = Lexer::new(page).filter_map(|token| match token {
            Token::Close(name) if !elements::is_known(&name) => Some(name),
            _ => None,
        });
        Self {
            flow: Flow::default(),
            left_out: LeftOut::default(),
            open: Vec::new(),
            counts: BTreeMap::new(),
            paragraph: Paragraph::default(),
            after_space: true,
            cited: None,
            timed: None,
            aside: None,
            ended: ended.collect(),
        }
    }

    /// How many elements are open.
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    pub(super) fn token(&mut self, token: Token<'_>, lexer: &Lexer<'_>) {
        match token {
            Token::Text(text) => self.text(text),
            Token::Comment(text) => {
                // `[if …]` speaks to old browsers, `StartFragment` to a clipboard.
                let machine = text.starts_with(['[', '!']) || text.ends_with("Fragment");
                self.left_out.comments += u32::from(!machine && !text.trim().is_empty());
            }
            Token::Open(tag) if self.is_word(&tag) => self.text(tag.source),
            Token::Open(tag) => {
                let closed = lexer.is_closed(&tag);
                self.begin(&tag);
                if closed && !elements::is_void(&tag.name) {
                    self.pop();
                }
            }
            Token::Close(name) if name == "br" => self.line_break(),
            Token::Close(name) => self.close(&name),
        }
    }

    /// `<laughs>`: somebody's words in angle brackets, where a tag would have a meaning, a value or an end.
    fn is_word(&self, tag: &Tag<'_>) -> bool {
        !elements::is_known(&tag.name)
            && !tag.source.contains('=')
            && !tag.source.ends_with("/>")
            && !self.ended.contains(&tag.name)
            && !self.counts.contains_key("svg")
            && !self.counts.contains_key("math")
    }

    fn begin(&mut self, tag: &Tag<'_>) {
        let name = &*tag.name;
        let (ends, walls) = elements::ended_by(name);
        if !ends.is_empty() {
            self.end_implied(ends, walls);
        }
        if elements::is_block(name) {
            self.end_implied(&["p"], &[]);
            self.end_paragraph();
        }
        match name {
            "br" => return self.line_break(),
            _ if elements::is_void(name) => return,
            "tr" => self.flow.begin_row(),
            "td" | "th" => self.flow.begin_cell(),
            "time" => {
                // Only white space may stand between the two.
                let after = |cited: usize| self.paragraph.text.get(cited..).unwrap_or("-");
                let cited = self.cited.take().filter(|it| after(*it).trim().is_empty());
                self.timed = cited.map(|_| self.paragraph.text.len());
            }
            _ => {}
        }
        self.push(tag);
    }

    fn push(&mut self, tag: &Tag<'_>) {
        let style: String = tag.attribute("style").unwrap_or_default().to_ascii_lowercase();
        let style: String = style.chars().filter(|it| !it.is_whitespace()).collect();
        let (bold, keeps_space) =
            self.open.last().map_or((false, false), |it| (it.bold, it.keeps_space));
        let bold = match &*tag.name {
            "b" | "strong" => true,
            _ if style.contains("font-weight:bold") || style.contains("font-weight:7") => true,
            _ if style.contains("font-weight:normal") || style.contains("font-weight:4") => false,
            _ => bold,
        };
        let keeps_space =
            keeps_space || elements::keeps_space(&tag.name) || style.contains("white-space:pre");
        let aside = aside(tag, &style).filter(|_| self.aside.is_none());
        if let Some(aside) = aside {
            self.aside = Some((aside, false));
        }
        *self.counts.entry(tag.name.clone()).or_default() += 1;
        self.open.push(Open { name: tag.name.clone(), bold, keeps_space, aside });
        if let Some(part) = aside_by_anchor(tag).filter(|_| self.aside.is_none()) {
            self.leave_out_around(part);
        }
    }

    /// The note or comment that an anchor names is the paragraph in which it stands, or the part of the
    /// page that has that paragraph for its first.
    fn leave_out_around(&mut self, part: Aside) {
        let paragraph = self.open.iter().rposition(|it| it.name == "p");
        let around = paragraph.and_then(|at| {
            let before = at.checked_sub(1)?;
            Some(if self.open.get(before)?.name == "div" { before } else { at })
        });
        if let Some(open) = around.and_then(|at| self.open.get_mut(at)) {
            open.aside = Some(part);
            self.aside = Some((part, true));
            self.paragraph = Paragraph::default();
        }
    }

    /// Ends what a new element ends, up to a wall.
    fn end_implied(&mut self, names: &[&str], walls: &[&str]) {
        if !names.iter().any(|name| self.counts.contains_key(*name)) {
            return;
        }
        let outermost = self.open.iter().rposition(|it| {
            names.contains(&&*it.name)
                || walls.contains(&&*it.name)
                || (walls.is_empty() && elements::is_wall(&it.name))
        });
        if let Some(at) = outermost
            && self.open.get(at).is_some_and(|it| names.contains(&&*it.name))
        {
            self.pop_to(at);
        }
    }

    fn close(&mut self, name: &str) {
        if !self.counts.contains_key(name) {
            return;
        }
        let of_table =
            matches!(name, "table" | "tbody" | "thead" | "tfoot" | "tr" | "body" | "html");
        let at = self
            .open
            .iter()
            .rposition(|it| it.name == name || (!of_table && elements::is_wall(&it.name)));
        if let Some(at) = at
            && self.open.get(at).is_some_and(|it| it.name == name)
        {
            self.pop_to(at);
        }
    }

    fn pop_to(&mut self, at: usize) {
        while self.open.len() > at {
            self.pop();
        }
    }

    fn pop(&mut self) {
        let Some(open) = self.open.last() else { return };
        if elements::is_block(&open.name) {
            self.end_paragraph();
        }
        let Some(open) = self.open.pop() else { return };
        if let Some(count) = self.counts.get_mut(&open.name) {
            *count -= 1;
            if *count == 0 {
                self.counts.remove(&open.name);
            }
        }
        match &*open.name {
            "tr" => self.flow.end_row(true),
            "cite" => self.cited = Some(self.paragraph.text.len()),
            "time" => self.end_time(),
            _ => {}
        }
        if open.aside.is_some() {
            self.end_aside();
        }
    }

    /// A time after the name of who speaks is no speech: brackets say so, as in `Ana: [0:12]`.
    fn end_time(&mut self) {
        let Some(start) = self.timed.take() else { return };
        let text = &mut self.paragraph.text;
        let time = text.get(start..).unwrap_or_default().trim();
        let clock = |it: char| it.is_ascii_digit() || matches!(it, ':' | '.');
        if !time.is_empty() && time.chars().all(clock) {
            let bracketed = format!("[{time}] ");
            text.truncate(start);
            text.push_str(&bracketed);
            self.after_space = true;
        }
    }

    fn end_aside(&mut self) {
        let Some((aside, true)) = self.aside.take() else { return };
        match aside {
            Aside::Hidden => self.left_out.hidden += 1,
            Aside::Deleted => self.left_out.deleted += 1,
            Aside::Comment => self.left_out.comments += 1,
            Aside::Footnote => self.left_out.footnotes += 1,
            Aside::Furniture => self.left_out.furniture += 1,
            Aside::Ruby => {}
        }
    }

    fn text(&mut self, source: &str) {
        if let Some((_, holds_text)) = &mut self.aside {
            *holds_text |= !source.trim().is_empty();
            return;
        }
        let text = entities::of_page(source);
        if self.open.last().is_some_and(|it| it.keeps_space) {
            let text = text.replace("\r\n", "\n").replace('\r', "\n");
            for (at, line) in text.split('\n').enumerate() {
                if at > 0 {
                    self.line_break();
                }
                self.say(line);
            }
            return;
        }
        let mut collapsed = String::with_capacity(text.len());
        for character in text.chars() {
            let space = matches!(character, ' ' | '\t' | '\n' | '\r' | '\u{c}');
            if !space {
                collapsed.push(character);
            } else if !self.after_space {
                collapsed.push(' ');
            }
            self.after_space = space;
        }
        self.say(&collapsed);
    }

    fn say(&mut self, text: &str) {
        // Where a word may be broken is nothing that was said.
        let text = text.replace('\u{ad}', "");
        let bold = self.open.last().is_some_and(|it| it.bold);
        self.paragraph.say(&text, bold);
    }

    /// One break parts lines of a paragraph, two part paragraphs.
    fn line_break(&mut self) {
        if self.aside.is_some() {
            return;
        }
        if self.paragraph.text.trim_end_matches([' ', '\t']).ends_with('\n') {
            self.end_paragraph();
        } else {
            self.say("\n");
        }
        self.after_space = true;
    }

    fn end_paragraph(&mut self) {
        let mut paragraph = std::mem::take(&mut self.paragraph);
        (self.cited, self.timed) = (None, None);
        self.after_space = true;
        if paragraph.text.trim().is_empty() {
            return;
        }
        paragraph.heading = self.open.iter().rev().any(|it| elements::is_heading(&it.name));
        self.flow.begin_paragraph();
        self.flow.write(&paragraph);
    }

    pub(super) fn finish(mut self) -> (Vec<Block<'static>>, Vec<Message>) {
        self.pop_to(0);
        self.end_paragraph();
        let (blocks, mut notes) = self.flow.finish();
        notes.extend(self.left_out.notes());
        (blocks, notes)
    }
}

/// Why an element is left out, if it is.
fn aside(tag: &Tag<'_>, style: &str) -> Option<Aside> {
    let says = |what: &str| style.contains(what);
    let class = tag.attribute("class").unwrap_or_default();
    let id = tag.attribute("id").unwrap_or_default();
    Some(match &*tag.name {
        name if elements::is_furniture(name) => Aside::Furniture,
        "dialog" if tag.attribute("open").is_none() => Aside::Hidden,
        "rt" | "rp" => Aside::Ruby,
        "del" => Aside::Deleted,
        _ if tag.attribute("hidden").is_some() => Aside::Hidden,
        _ if says("display:none") || says("visibility:hidden") || says("mso-hide:all") => {
            Aside::Hidden
        }
        _ if says("mso-element:comment") || class.starts_with("MsoCommentReference") => {
            Aside::Comment
        }
        _ if says("mso-element:footnote") || says("mso-element:endnote") => Aside::Footnote,
        _ if says("mso-element:header") || says("mso-element:footer") => Aside::Furniture,
        "div" if id.starts_with("sdfootnote") || id.starts_with("sdendnote") => Aside::Footnote,
        // The mark of a note or comment in the text, as word processors write it; not worth a word.
        "a" if class.starts_with("sdfootnote") || class.starts_with("sdendnote") => Aside::Ruby,
        "a" if id.starts_with("cmnt_ref") || id.starts_with("ftnt_ref") => Aside::Ruby,
        "a" if says("mso-footnote-id") || says("mso-endnote-id") || says("mso-comment") => {
            Aside::Ruby
        }
        _ => return None,
    })
}

/// The part of a page that an anchor in it makes a comment or note, as one word processor on the web does.
fn aside_by_anchor(tag: &Tag<'_>) -> Option<Aside> {
    let id = tag.attribute("id").filter(|_| tag.name == "a")?;
    let numbered = |prefix: &str| {
        id.strip_prefix(prefix)
            .is_some_and(|it| !it.is_empty() && it.bytes().all(|byte| byte.is_ascii_digit()))
    };
    if numbered("cmnt") {
        Some(Aside::Comment)
    } else if numbered("ftnt") {
        Some(Aside::Footnote)
    } else {
        None
    }
}
