//! The body of an OpenDocument text, read event by event, without recursion: nesting costs no stack.

use quick_xml::events::{BytesStart, Event};

use super::styles::{Look, Styles};
use crate::read::content::Content;
use crate::read::flow::{Flow, Paragraph};
use crate::read::left_out::LeftOut;
use crate::read::xml::{self, attribute};

/// The most spaces that one element may stand for; nobody indents further.
const SPACES: usize = 100;

/// An open paragraph.
#[derive(Debug, Default)]
struct Open {
    paragraph: Paragraph,
    look: Look,
    /// Open spans, the innermost last.
    spans: Vec<Look>,
    /// Whether white space that comes next counts for nothing: OpenDocument takes runs of it as one.
    after_space: bool,
    /// Whether the whole paragraph is hidden by a field in it.
    hidden: bool,
}

/// What is counted only where it holds text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Looked {
    /// The head or foot of a page.
    Margin,
    /// A cell that lies under another.
    Covered,
}

/// What is being read, and what came of it.
#[derive(Debug, Default)]
pub(super) struct Body {
    styles: Styles,
    flow: Flow,
    left_out: LeftOut,
    /// Open paragraphs; a text box has its own inside another's.
    open: Vec<Open>,
    /// How deep inside something that is nobody's speech; 0 outside.
    skipped: u32,
    /// Whether what is passed over is the deletions, which the file keeps aside.
    changes: bool,
    /// What is passed over and only looked at, and whether it holds text.
    looked: Option<(Looked, bool)>,
    /// For each open row and cell that the file repeats how many blocks there were when it began.
    repeats: Vec<Option<usize>>,
    in_body: bool,
    in_text: bool,
    found: bool,
}

impl Body {
    pub(super) fn new(styles: Styles) -> Self {
        Self { styles, ..Self::default() }
    }

    pub(super) fn event(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(element) if self.skipped > 0 => {
                self.skipped += 1;
                if self.changes && element.local_name().as_ref() == "deletion" {
                    self.left_out.deleted += 1;
                }
            }
            Event::Start(element) => self.start(element),
            Event::End(_) if self.skipped > 0 => {
                self.skipped -= 1;
                if self.skipped == 0 {
                    self.end_of_skipped();
                }
            }
            Event::End(element) => self.end(element.local_name().as_ref()),
            Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) => self.text(event),
            _ => {}
        }
    }

    fn text(&mut self, event: &Event<'_>) {
        if self.looked.is_none() && (self.skipped > 0 || self.open.is_empty()) {
            return;
        }
        let mut text = String::new();
        xml::push(&mut text, event);
        if let Some((_, holds_text)) = &mut self.looked {
            *holds_text |= !text.trim().is_empty();
        } else {
            self.say_collapsed(&text);
        }
    }

    fn start(&mut self, element: &BytesStart<'_>) {
        let local = element.local_name();
        match local.as_ref() {
            name if !self.in_text => self.before_text(name),
            name @ ("p" | "h") => self.begin_paragraph(element, name == "h"),
            "span" => self.begin_span(element),
            "s" => {
                let count = attribute(element, "c").map_or(1, |it| it.parse().unwrap_or(SPACES));
                self.say(&" ".repeat(count.min(SPACES)));
            }
            "tab" => self.say("\t"),
            "line-break" => self.say("\n"),
            "table-row" => {
                self.begin_repeated(element, "number-rows-repeated");
                self.flow.begin_row();
            }
            "table-cell" => {
                self.begin_repeated(element, "number-columns-repeated");
                self.flow.begin_cell();
            }
            name @ ("hidden-paragraph" | "hidden-text") if is(element, "is-hidden", "true") => {
                if let (true, Some(open)) = (name == "hidden-paragraph", self.open.last_mut()) {
                    open.hidden = true;
                }
                self.hide();
            }
            "section" => {
                let condition = is(element, "display", "condition");
                if is(element, "display", "none") || (condition && is(element, "is-hidden", "true"))
                {
                    self.hide();
                }
            }
            // A field that shows the document's title, where those of drawings describe a picture.
            "title" if element.name().as_ref().starts_with("text:") => {}
            name => self.aside(name),
        }
    }

    /// What comes before the text: the heads and feet of pages are looked at, no more.
    fn before_text(&mut self, name: &str) {
        match name {
            "body" => self.in_body = true,
            "text" if self.in_body => (self.in_text, self.found) = (true, true),
            "header" | "footer" | "header-left" | "footer-left" | "header-first"
            | "footer-first" => {
                self.skipped = 1;
                self.looked = Some((Looked::Margin, false));
            }
            _ => {}
        }
    }

    fn hide(&mut self) {
        self.left_out.hidden += 1;
        self.skipped = 1;
    }

    fn begin_repeated(&mut self, element: &BytesStart<'_>, attribute_name: &str) {
        let repeated = attribute(element, attribute_name).is_some_and(|it| it != "1");
        self.repeats.push(repeated.then(|| self.flow.len()));
    }

    /// Empty cells are repeated to fill a row; only those with text are worth a word.
    fn end_repeated(&mut self) {
        if let Some(Some(start)) = self.repeats.pop() {
            self.left_out.repeated += u32::from(self.flow.len() > start);
        }
    }

    /// What stands in the text and is not said.
    fn aside(&mut self, name: &str) {
        match name {
            "tracked-changes" => self.changes = true,
            "annotation" => self.left_out.comments += 1,
            "note" => self.left_out.footnotes += 1,
            "object" | "object-ole" | "applet" | "plugin" => self.left_out.embedded += 1,
            "covered-table-cell" => self.looked = Some((Looked::Covered, false)),
            "forms" | "scripts" | "event-listeners" | "title" | "desc" | "ruby-text"
            | "binary-data" | "math" | "script" | "hidden-paragraph" | "sequence-decls"
            | "variable-decls" | "user-field-decls" => {}
            _ => return,
        }
        self.skipped = 1;
    }

    fn end_of_skipped(&mut self) {
        self.changes = false;
        match self.looked.take() {
            Some((Looked::Margin, true)) => self.left_out.headers += 1,
            Some((Looked::Covered, true)) => self.left_out.hidden += 1,
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        if !self.in_text {
            return;
        }
        match name {
            "p" | "h" => self.end_paragraph(),
            "span" => {
                if let Some(open) = self.open.last_mut() {
                    open.spans.pop();
                }
            }
            "table-cell" => self.end_repeated(),
            "table-row" => {
                self.flow.end_row(true);
                self.end_repeated();
            }
            "text" => self.in_text = false,
            _ => {}
        }
    }

    fn begin_paragraph(&mut self, element: &BytesStart<'_>, heading: bool) {
        let style = attribute(element, "style-name").unwrap_or_default();
        let look = self.styles.look("paragraph", &style);
        self.flow.begin_paragraph();
        let paragraph = Paragraph::new(heading || look.heading);
        self.open.push(Open { paragraph, look, after_space: true, ..Open::default() });
    }

    fn end_paragraph(&mut self) {
        let Some(open) = self.open.pop() else { return };
        if !open.hidden {
            self.flow.write(&open.paragraph);
        }
    }

    fn begin_span(&mut self, element: &BytesStart<'_>) {
        let style = attribute(element, "style-name").unwrap_or_default();
        let look = self.styles.look("text", &style);
        if let Some(open) = self.open.last_mut() {
            let around = open.spans.last().copied().unwrap_or(open.look);
            let bold = look.bold.or(around.bold);
            let hidden = look.hidden.or(around.hidden);
            open.spans.push(Look { bold, hidden, heading: false });
        }
    }

    /// Adds text as it stands in the file: a run of white space is one space, none at the beginning.
    fn say_collapsed(&mut self, text: &str) {
        let Some(open) = self.open.last_mut() else { return };
        let mut collapsed = String::with_capacity(text.len());
        for character in text.chars() {
            let space = matches!(character, ' ' | '\t' | '\n' | '\r');
            if !space {
                collapsed.push(character);
            } else if !open.after_space {
                collapsed.push(' ');
            }
            open.after_space = space;
        }
        self.add(&collapsed);
    }

    /// Adds a space, tab or break that the document spells out.
    fn say(&mut self, text: &str) {
        if let Some(open) = self.open.last_mut() {
            open.after_space = false;
        }
        self.add(text);
    }

    fn add(&mut self, text: &str) {
        let Some(open) = self.open.last_mut() else { return };
        let look = open.spans.last().copied().unwrap_or(open.look);
        if look.hidden == Some(true) {
            self.left_out.hidden += u32::from(!text.trim().is_empty());
        } else {
            open.paragraph.say(text, look.bold == Some(true));
        }
    }

    /// What came of the document; `None` if there was no text in it.
    pub(super) fn finish(self) -> Option<Content<'static>> {
        let (blocks, mut notes) = self.flow.finish();
        notes.extend(self.left_out.notes());
        self.found.then(|| Content { notes, ..Content::of(blocks) })
    }
}

fn is(element: &BytesStart<'_>, name: &str, value: &str) -> bool {
    attribute(element, name).as_deref() == Some(value)
}
