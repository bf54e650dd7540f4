//! Each pair of coders by itself, and each coder against the rest.

use super::compute::agreement;
use super::{About, Agreement, Group, Options, Row, Why};
use crate::analysis::codings::Codings;
use crate::stats::Estimate;

/// How far each pair of coders agrees, and each coder with the others.
///
/// A coder against the rest is the unweighted mean of the pairs that she is in, as Light (1971), Psychol. Bull. 76(5), p. 365,
/// takes it over all pairs; it has no standard error, and pairs in which a measure does not exist are left out. Its n is the
/// sum over her pairs.
#[must_use]
pub fn of_pairs(codings: &Codings, options: &Options) -> Agreement {
    let coders = codings.coders.len();
    let mut groups: Vec<Group> = Vec::new();
    let mut of_coder: Vec<Vec<usize>> = vec![Vec::new(); coders];
    for one in 0..coders {
        for other in one + 1..coders {
            let pair = codings.of_coders(&[one, other]);
            let name = pair.coders.join(" & ");
            for group in agreement(&pair, options).groups {
                for coder in [one, other] {
                    of_coder[coder].push(groups.len());
                }
                groups.push(Group { name: Some(name.clone()), ..group });
            }
        }
    }
    if coders > 2 {
        let rest = |(coder, own): (&String, &Vec<usize>)| {
            let own: Vec<&Group> = own.iter().filter_map(|at| groups.get(*at)).collect();
            against_the_rest(coder, &own)
        };
        let rests: Vec<Group> = codings.coders.iter().zip(&of_coder).filter_map(rest).collect();
        groups.extend(rests);
    }
    Agreement { coders: codings.coders.clone(), groups }
}

fn against_the_rest(coder: &str, pairs: &[&Group]) -> Option<Group> {
    let first = pairs.first()?;
    let mut rows: Vec<Row> = Vec::new();
    // A pair may lack rows that another has (an answer that only some used): every one that any pair has is there.
    for row in pairs.iter().flat_map(|it| &it.rows) {
        let same = |it: &Row| {
            (it.level, it.measure, it.about.name()) == (row.level, row.measure, row.about.name())
        };
        if !rows.iter().any(same) {
            let of_pairs: Vec<&Row> =
                pairs.iter().flat_map(|it| &it.rows).filter(|it| same(it)).collect();
            rows.push(mean(row, &of_pairs));
        }
    }
    let name = Some(format!("{coder} & (rest)"));
    Some(Group { name, units: first.units, entering: Vec::new(), rows })
}

fn mean(like: &Row, of_pairs: &[&Row]) -> Row {
    let values: Vec<f64> =
        of_pairs.iter().filter_map(|row| row.figure.as_ref().ok()).map(|it| it.value).collect();
    let n = of_pairs.iter().map(|row| row.n).sum();
    #[allow(clippy::cast_precision_loss)] // there are few coders
    let figure = if values.is_empty() {
        Err(like.figure.as_ref().err().copied().unwrap_or(Why::EveryDimension))
    } else {
        let value = values.iter().sum::<f64>() / values.len() as f64;
        Ok(Estimate { value, se: None, ci95: None, n })
    };
    let about = match &like.about {
        About::Mean(_) => About::Mean(Vec::new()),
        other => other.clone(),
    };
    Row {
        about,
        figure,
        n,
        agreed: None,
        counts: None,
        resampling: None,
        more_often: None,
        ..like.clone()
    }
}
