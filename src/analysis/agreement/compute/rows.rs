//! One figure as a row, and the mean over dimensions.

use super::Computing;
use crate::analysis::agreement::resampling::Figure;
use crate::analysis::agreement::{About, Counts, Parameters, Row, Why};
use crate::stats::{Coefficient, Estimate, Measure, Undefined};

impl Computing<'_> {
    /// The rows, those without a figure with percent agreement, unless it has a row of its own.
    pub(super) fn with_percent(
        &self,
        mut rows: Vec<Row>,
        percent: impl Fn() -> Coefficient,
    ) -> Vec<Row> {
        let undefined = rows.iter_mut().filter(|row| row.figure.is_err());
        if !self.measures.contains(&Measure::PercentAgreement) {
            undefined.for_each(|row| row.agreed = percent().value());
        }
        rows
    }

    /// The figures that somebody else prints.
    pub(super) fn elsewhere(
        &self,
        about: &About,
        units: u64,
        counts: Option<Counts>,
        of: impl Fn(Measure) -> Coefficient,
    ) -> Vec<Row> {
        let row = |measure: &Measure| {
            let figure = Figure { coefficient: of(*measure), resampling: None };
            self.row(about, *measure, figure, units, counts)
        };
        self.measures.iter().map(row).collect()
    }

    pub(super) fn row(
        &self,
        about: &About,
        measure: Measure,
        figure: Figure,
        units: u64,
        counts: Option<Counts>,
    ) -> Row {
        let resampling = figure.resampling;
        let (figure, n) = match figure.coefficient() {
            // A share of nothing (Holsti's of codings that have no unit in common) is no figure.
            Coefficient::Value(estimate) if estimate.n == 0 => {
                (Err(Why::Measure(Undefined::NoUnits)), units)
            }
            Coefficient::Value(estimate) => (Ok(within(measure, estimate)), estimate.n),
            Coefficient::Undefined { reason } => (Err(Why::Measure(reason)), units),
        };
        Row {
            counts,
            resampling,
            parameters: self.options.program.map(Parameters::As),
            ..Row::plain((self.level, about.clone(), measure), figure, n)
        }
    }

    /// The unweighted mean over dimensions of each measure, where there are two or more.
    pub(super) fn means(&self, of_level: &[Row]) -> Vec<Row> {
        let mean = |measure: &Measure| {
            let is_dimension =
                |row: &&Row| row.measure == *measure && matches!(row.about, About::Dimension(_));
            let dimensions: Vec<&Row> = of_level.iter().filter(is_dimension).collect();
            (dimensions.len() > 1).then(|| self.mean(*measure, &dimensions))
        };
        self.measures.iter().filter_map(mean).collect()
    }

    fn mean(&self, measure: Measure, dimensions: &[&Row]) -> Row {
        let values: Vec<f64> =
            dimensions.iter().filter_map(|row| Some(row.figure.as_ref().ok()?.value)).collect();
        let undefined = dimensions.iter().filter(|row| row.figure.is_err());
        let left_out = undefined.map(|row| row.about.name().to_owned()).collect();
        let n = dimensions.iter().map(|row| row.n).max().unwrap_or(0);
        let figure = if values.is_empty() {
            Err(Why::EveryDimension)
        } else {
            #[allow(clippy::cast_precision_loss)] // a codebook has few dimensions
            let value = values.iter().sum::<f64>() / values.len() as f64;
            Ok(Estimate { value, se: None, ci95: None, n })
        };
        let about = About::Mean(left_out);
        Row {
            parameters: self.options.program.map(Parameters::As),
            ..Row::plain((self.level, about, measure), figure, n)
        }
    }
}

/// A figure with its interval cut where its measure ends, and without a sign before nothing.
fn within(measure: Measure, estimate: Estimate) -> Estimate {
    let (least, most) = measure.range();
    // What is left of two equal numbers taken from each other.
    let plain = |number: f64| if number.abs() < 1e-14 { 0.0 } else { number };
    let (least, most) = (least.min(estimate.value), most.max(estimate.value));
    let cut =
        |(low, high): (f64, f64)| (plain(low.clamp(least, most)), plain(high.clamp(least, most)));
    Estimate { value: plain(estimate.value), ci95: estimate.ci95.map(cut), ..estimate }
}
