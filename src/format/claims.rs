//! `claims.csv`: what researchers claim; places for and against it are locators, parted by `;`. `none` against it says that
//! somebody looked and found nothing.

use super::table::{Row, Table};
use crate::domain::claim::{Claim, Evidence};
use crate::domain::locator::Locator;
use crate::domain::problem::Problem;
use crate::msg;

/// Reads the claims, in the order of the file.
pub fn read(file: &str, bytes: &[u8], problems: &mut Vec<Problem>) -> Vec<Claim> {
    let table = Table::read(file, bytes, &["claim", "for", "against"], problems);
    let mut claims = Vec::new();
    for row in &table.rows {
        let claim = table.get(row, "claim").to_owned();
        if claim.is_empty() {
            let at = table.place(row, "claim");
            problems.push(Problem::new(at, msg!("claims.blank"), msg!("claims.blank.fix")));
        }
        let for_it = locators(&table, row, "for", problems);
        let against = match table.get(row, "against") {
            "" => Evidence::NotLookedFor,
            _ => Evidence::Found(locators(&table, row, "against", problems)),
        };
        let about = table.get(row, "about").to_owned();
        claims.push(Claim { claim, about, for_it, against });
    }
    claims
}

fn locators(
    table: &Table,
    row: &Row,
    column: &'static str,
    problems: &mut Vec<Problem>,
) -> Vec<Locator> {
    let parts = table.get(row, column).split(';').map(str::trim);
    let mut locators = Vec::new();
    for part in parts.filter(|it| !it.is_empty() && !it.eq_ignore_ascii_case("none")) {
        match part.parse() {
            Ok(locator) => locators.push(locator),
            Err(_) => {
                let fix = msg!("claims.locator.fix");
                problems.push(Problem::new(table.place(row, column), msg!("claims.locator"), fix));
            }
        }
    }
    locators
}
