//! Names, colours and definitions of the codebook, as every screen shows them.

use ratatui::style::{Color, Style};

use super::face::{Face, Lines, Scene};
use crate::domain::answer::{CodeIndex, DimensionIndex};
use crate::escape::terminal::visible;

impl<'a, S: Scene<'a>> Face<'a, S> {
    /// A name as it is shown.
    pub(super) fn name(&self, id: &str) -> String {
        visible(self.study.codebook().name(id, self.language.tag())).into_owned()
    }

    pub(super) fn dimension_id(&self, dimension: DimensionIndex) -> &'a str {
        let known = self.study.vocabulary.dimensions.get(usize::from(dimension.0));
        known.map_or("", |known| known.id.as_str())
    }

    pub(super) fn code_id(&self, code: CodeIndex) -> &'a str {
        self.study.vocabulary.of(code).id.as_str()
    }

    /// The colour of a dimension, where colours are wanted and it has one.
    pub(super) fn tint(&self, dimension: DimensionIndex) -> Style {
        let known = self.study.codebook().dimension(self.dimension_id(dimension));
        let rgb = known.and_then(|it| {
            let hex = it.color.strip_prefix('#').filter(|hex| hex.len() == 6)?;
            u32::from_str_radix(hex, 16).ok()
        });
        match rgb.filter(|_| self.color) {
            Some(rgb) => {
                let [_, red, green, blue] = rgb.to_be_bytes();
                Style::new().fg(Color::Rgb(red, green, blue))
            }
            None => Style::new(),
        }
    }

    /// One line on a code or a dimension.
    pub(super) fn brief_of(&self, id: &str) -> String {
        let wording = self.study.codebook().wording(id);
        let tag = self.language.tag();
        let brief = wording.map(|it| it.brief.text(tag)).filter(|it| !it.trim().is_empty());
        let brief = brief.or(wording.map(|it| it.definition.text(tag))).unwrap_or_default();
        match brief.trim() {
            "" => self.name(id),
            brief => format!("{}: {}", self.name(id), visible(brief)),
        }
    }

    /// Definitions in full; of the dimension where no code is named.
    pub(super) fn defined(&self, dimension: DimensionIndex, codes: &[CodeIndex]) -> Lines {
        if codes.is_empty() {
            return self.in_full(self.dimension_id(dimension));
        }
        codes.iter().flat_map(|code| self.in_full(self.code_id(*code))).collect()
    }

    /// What a wording says, paragraph by paragraph; headings are marked.
    pub(super) fn in_full(&self, id: &str) -> Lines {
        let mut out = vec![(format!("{} ({id})", self.name(id)), true)];
        let Some(wording) = self.study.codebook().wording(id) else { return out };
        let tag = self.language.tag();
        let labelled = [
            (None, wording.brief.text(tag)),
            (None, wording.definition.text(tag)),
            (Some("code.use_when"), wording.use_when.text(tag)),
            (Some("code.not_when"), wording.not_when.text(tag)),
        ];
        let examples = wording.examples.get(tag).map_or(&[][..], Vec::as_slice);
        let examples = examples.iter().map(|it| (Some("code.example"), it.as_str()));
        for (label, text) in labelled.into_iter().chain(examples) {
            if !text.trim().is_empty() {
                let label = label.map(|key| format!("{} ", self.word(key))).unwrap_or_default();
                out.push((format!("{label}{}", visible(text)), false));
            }
        }
        out
    }
}
