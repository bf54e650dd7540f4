//! Under which version of the codebook the answers of a file were decided: a sheet and a page say with which they went
//! out, and a file of ours may say it row by row. What says nothing is taken under the version in force.

use crate::analysis::codebook::change::is_same_but_for_title;
use crate::domain::message::Message;
use crate::domain::study::Study;
use crate::format::names::Names;
use crate::format::sheet::Meta;
use crate::msg;

/// The versions that a file may name.
pub(super) struct Versions<'a> {
    study: &'a Study,
    of_file: usize,
    names: Names<'a>,
}

/// The place of a version among those of a study.
pub(super) fn known(study: &Study, id: &str) -> Option<usize> {
    study.versions.iter().position(|version| version.id == id)
}

/// The place of the version in force.
pub(super) fn in_force(study: &Study) -> usize {
    study.versions.len().saturating_sub(1)
}

impl<'a> Versions<'a> {
    /// The version of a file: that with which a sheet went out.
    pub(super) fn of(study: &'a Study, meta: Option<&Meta>) -> Self {
        let of_sheet = meta.and_then(|meta| known(study, &meta.codebook));
        let of_file = of_sheet.unwrap_or_else(|| in_force(study));
        Self { study, of_file, names: Names::under(study, of_file) }
    }

    pub(super) fn of_file(&self) -> usize {
        self.of_file
    }

    /// What headings and cells mean in it.
    pub(super) fn names(&self) -> &Names<'a> {
        &self.names
    }

    /// What a person should know: that the codebook has changed since, in more than its title.
    pub(super) fn said(&self, meta: Option<&Meta>) -> Option<Message> {
        let id = &meta.filter(|meta| !meta.codebook.is_empty())?.codebook;
        let now = self.study.version_in_force();
        match self.study.versions.get(self.of_file).filter(|then| then.id == *id) {
            None => Some(msg!("received.other_codebook", version = now.id)),
            Some(then) if is_same_but_for_title(&then.codebook, &now.codebook) => None,
            Some(then) => Some(msg!("received.codebook", version = then.id)),
        }
    }
}
