//! Styles of an OpenDocument text: which ones are bold, hidden, or those of headings.

use std::collections::BTreeMap;

use quick_xml::events::Event;

use crate::read::xml::attribute;

/// How far a style's parents are followed: a chain may be made to run in a circle.
const GENERATIONS: usize = 16;

/// What a style says for itself.
#[derive(Debug, Clone, Default)]
struct Style {
    parent: Option<String>,
    bold: Option<bool>,
    hidden: Option<bool>,
}

/// What a style comes to, with what it has from its parents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Look {
    /// Bold or not, where the style says so.
    pub(super) bold: Option<bool>,
    /// Hidden or not, where the style says so.
    pub(super) hidden: Option<bool>,
    /// Whether it is the style of a heading or of the document's title.
    pub(super) heading: bool,
}

/// The styles of a document; their names are in force from the whole file on.
#[derive(Debug, Default)]
pub(super) struct Styles {
    /// By family (`text`, `paragraph`) and name.
    known: BTreeMap<(String, String), Style>,
    /// The style being read.
    open: Option<(String, String)>,
}

impl Styles {
    pub(super) fn event(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(element) => match element.local_name().as_ref() {
                "style" => {
                    let family = attribute(element, "family").unwrap_or_default();
                    let name = attribute(element, "name").unwrap_or_default();
                    if matches!(family.as_str(), "text" | "paragraph") {
                        let parent = attribute(element, "parent-style-name");
                        let style = Style { parent, ..Style::default() };
                        self.known.insert((family.clone(), name.clone()), style);
                        self.open = Some((family, name));
                    }
                }
                "text-properties" => {
                    let open = self.open.as_ref();
                    if let Some(style) = open.and_then(|open| self.known.get_mut(open)) {
                        style.bold = attribute(element, "font-weight").map(|it| is_bold(&it));
                        style.hidden = attribute(element, "display").map(|it| it == "none");
                    }
                }
                _ => {}
            },
            Event::End(element) if element.local_name().as_ref() == "style" => self.open = None,
            _ => {}
        }
    }

    /// What the style of that family and name comes to.
    pub(super) fn look(&self, family: &str, name: &str) -> Look {
        let mut look = Look { heading: is_heading(name), ..Look::default() };
        let mut key = (family.to_owned(), name.to_owned());
        for _ in 0..GENERATIONS {
            let Some(style) = self.known.get(&key) else { break };
            look.bold = look.bold.or(style.bold);
            look.hidden = look.hidden.or(style.hidden);
            let Some(parent) = &style.parent else { break };
            look.heading |= is_heading(parent);
            key.1.clone_from(parent);
        }
        look
    }
}

fn is_bold(weight: &str) -> bool {
    weight == "bold" || weight.parse::<u32>().is_ok_and(|it| it >= 600)
}

fn is_heading(name: &str) -> bool {
    matches!(name, "Title" | "Subtitle") || name.starts_with("Heading")
}
