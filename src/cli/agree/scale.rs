//! `agree FILE --scale ordered --order a,b,c`: the answers of a file as positions on a scale.

use super::args::Args;
use crate::analysis::codings::{CodedDimension, Codings};
use crate::domain::failure::Failure;
use crate::format::table::quotable;
use crate::msg;
use crate::render::agreement::AgreementReport;
use crate::work::ask::OrAll;

/// Puts the answers of the only dimension of a file in the order asked for, if one is.
///
/// # Errors
/// Several dimensions, a position named twice, or answers that are none of those named.
pub(super) fn order(args: &Args, codings: &mut Codings) -> Result<(), Failure> {
    if args.scale.is_none() {
        return Ok(());
    }
    let [dimension] = codings.dimensions.as_mut_slice() else {
        let what = msg!("agree.order_dimensions");
        return Err(Failure::Usage(what, msg!("agree.order_dimensions.fix")));
    };
    let names: Vec<String> = args.order.iter().map(|name| folded(name)).collect();
    for (nth, name) in names.iter().enumerate() {
        if names.iter().take(nth).any(|before| before == name) {
            let answer = args.order.get(nth).map_or("", |it| quotable(it));
            let what = msg!("agree.order_twice", answer = answer);
            return Err(Failure::Usage(what, msg!("agree.order.fix")));
        }
    }
    let singles = dimension.answers().iter().filter_map(|it| match it.codes.as_slice() {
        [code] => Some(*code),
        _ => None,
    });
    let given: Vec<(u32, String)> = singles.map(|code| (code, dimension.label(&[code]))).collect();
    let place = |label: &str| names.iter().position(|name| *name == folded(label));
    let unknown: Vec<&str> = given
        .iter()
        .filter(|(_, label)| place(label).is_none())
        .map(|(_, label)| quotable(label))
        .collect();
    if !unknown.is_empty() {
        let what = msg!("agree.order", answers = unknown.join(", "));
        return Err(Failure::Usage(what, msg!("agree.order.fix")));
    }
    // A position that nobody gave has a number that no answer has.
    let order = (0..).zip(&names).map(|(nth, _): (u32, &String)| {
        let code = given.iter().find(|(_, label)| place(label) == usize::try_from(nth).ok());
        code.map_or(u32::MAX - nth, |(code, _)| *code)
    });
    let order: Vec<u32> = order.collect();
    let scale: CodedDimension = dimension.clone().with_order(Some(order));
    *dimension = scale;
    Ok(())
}

/// A name as answers are compared: small letters without blanks around it, numbers by their value.
fn folded(name: &str) -> String {
    let name = name.trim().to_lowercase();
    match name.parse::<f64>() {
        Ok(number) if number.is_finite() => (number + 0.0).to_string(),
        _ => name,
    }
}

/// Refuses a measure of scales that was asked for where nothing is one.
///
/// # Errors
/// No figure of any measure of scales that was asked for is there.
pub(super) fn is_there(args: &Args, report: &AgreementReport) -> Result<(), Failure> {
    let asked = args.measure.iter().find_map(|asked| match asked {
        OrAll::One(measure) if measure.is_ordered() => Some(*measure),
        _ => None,
    });
    let Some(measure) = asked else { return Ok(()) };
    let mut rows = report.agreement.groups.iter().flat_map(|group| &group.rows);
    if rows.any(|row| row.measure.is_ordered()) {
        return Ok(());
    }
    let what = msg!("agree.no_scale", measure = measure);
    Err(Failure::Usage(what, msg!("agree.no_scale.fix")))
}
