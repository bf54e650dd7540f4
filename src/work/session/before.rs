//! How far coders agreed before they met: on what they coded independently, by the door through which `agree` looks.

use super::resolve::ResolveAsk;
use crate::analysis::agreement::{self, About, Level, Options};
use crate::analysis::study_codings::{Choice, codings};
use crate::domain::answer::DimensionIndex;
use crate::domain::comparison::Stage;
use crate::domain::failure::Failure;
use crate::stats::Measure;
use crate::store::{Opened, Wish};
use crate::work::ask::given_by_any;

/// How far coders agreed in a dimension, on what they coded independently: of before a meeting, never after.
#[derive(Debug, Clone, PartialEq)]
pub struct Before {
    /// The dimension.
    pub dimension: DimensionIndex,
    /// How many units carry it.
    pub n: u64,
    /// The share on which they agree, between 0 and 1, where there is one.
    pub agreed: Option<f64>,
    /// Krippendorff's alpha: over whole answers, or over sets with the distance MASI; where there is one.
    pub alpha: Option<f64>,
}

/// Nothing where the team wants no coefficients, or where nothing was coded independently.
///
/// # Errors
/// A file is invalid.
pub(super) fn agreement(opened: &Opened, ask: &ResolveAsk) -> Result<Vec<Before>, Failure> {
    let study = &opened.study;
    let wish = Wish { unblind: None, stage: Stage::Independent, settles: true, ..ask.wish.clone() };
    let comparison = match opened.comparison(&wish) {
        _ if !study.settings.agreement => return Ok(Vec::new()),
        Err(Failure::Refused(..)) => return Ok(Vec::new()),
        comparison => comparison?,
    };
    let scope = given_by_any(opened, &comparison, &ask.part.scope(study)?)?;
    let choice = Choice { scope, without_unsure: false };
    let found = agreement::agreement(&codings(study, &comparison, &choice), &Options::default());
    let rows = || found.groups.iter().flat_map(|group| &group.rows);
    let of = |id: &str, measures: &[Measure]| {
        let about = |row: &&agreement::Row| {
            matches!(&row.about, About::Dimension(it) if it == id)
                && row.level != Level::Presence
                && measures.contains(&row.measure)
        };
        rows().find(about)
    };
    let before = |dimension: DimensionIndex| {
        let id = study.vocabulary.dimensions.get(usize::from(dimension.0))?.id.as_str();
        let value = |row: &agreement::Row| row.figure.as_ref().ok().map(|it| it.value);
        let agreed = of(id, &[Measure::PercentAgreement])?;
        let alpha = of(id, &[Measure::KrippendorffAlphaMasi, Measure::KrippendorffAlpha]);
        let (n, alpha) = (agreed.n, alpha.and_then(value));
        Some(Before { dimension, n, agreed: value(agreed), alpha })
    };
    Ok(choice.scope.dimensions(study).into_iter().filter_map(before).collect())
}
