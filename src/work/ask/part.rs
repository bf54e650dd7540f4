//! Which part of a study, or of a file, a question is about.

use super::line::Line;
use crate::analysis::filter::Filter;
use crate::analysis::scope::Scope;
use crate::domain::failure::Failure;
use crate::domain::study::Study;

/// The cases and dimensions asked about, by id or name; everything where they are empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Part {
    /// Only these cases; one text may name several, separated by commas.
    pub cases: Vec<String>,
    /// Only these dimensions, likewise.
    pub dimensions: Vec<String>,
    /// Only units for which all of these hold.
    pub filters: Vec<Filter>,
}

impl Part {
    /// The part, as the study knows it.
    ///
    /// # Errors
    /// A case or dimension that the study does not have.
    pub fn scope(&self, study: &Study) -> Result<Scope, Failure> {
        let mut scope = Scope::default();
        for name in listed(&self.cases, |name| study.find_case(name).is_ok()) {
            scope.cases.insert(study.find_case(name)?.id.clone());
        }
        for name in listed(&self.dimensions, |name| study.find_dimension(name).is_ok()) {
            scope.dimensions.insert(study.find_dimension(name)?);
        }
        scope.filtered(study, Filter::all(self.filters.clone()))
    }

    pub(super) fn on(&self, line: Line) -> Line {
        line.option("case", &self.cases)
            .option("dimension", &self.dimensions)
            .option("where", &self.filters)
    }
}

/// The names in texts of which each may list several, separated by commas; a name that is known may hold commas itself.
pub fn listed(given: &[String], is_known: impl Fn(&str) -> bool) -> Vec<&str> {
    let mut names = Vec::new();
    for text in given {
        if is_known(text) {
            names.push(text.as_str());
        } else {
            names.extend(text.split(',').map(str::trim).filter(|name| !name.is_empty()));
        }
    }
    names
}
