//! Rows in another order than that of their file: by what is known of them, or by what stands in them.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use super::{Content, Head, List, Matrix, TOTAL, Value};

/// By what rows are ordered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderBy {
    /// What is looked at.
    pub key: OrderKey,
    /// Whether the largest comes first.
    pub descending: bool,
}

/// What is looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OrderKey {
    /// A column that the team added to one of its lists.
    Attribute(List, String),
    /// Distinct units, or whatever the first cell holds, over all columns.
    Total,
    /// The first cell of this column.
    Column(String),
    /// What units were given this code, as units or as another content of a cell.
    Code(String, Content),
}

impl fmt::Display for OrderBy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.key {
            OrderKey::Attribute(list, name) => write!(f, "{}.{name}", list.as_str())?,
            OrderKey::Total => f.write_str(TOTAL)?,
            OrderKey::Column(id) => write!(f, "column:{id}")?,
            OrderKey::Code(id, Content::Units) => write!(f, "code:{id}")?,
            OrderKey::Code(id, content) => write!(f, "code:{id}:{content}")?,
        }
        if self.descending { f.write_str(":desc") } else { Ok(()) }
    }
}

/// Nothing by which rows could be ordered has this name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownOrder;

impl fmt::Display for UnknownOrder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("rows are ordered by an attribute, total, column:ID, code:ID or code:ID:share, each with :desc behind it or not")
    }
}

impl std::error::Error for UnknownOrder {}

impl FromStr for OrderBy {
    type Err = UnknownOrder;

    fn from_str(text: &str) -> Result<Self, UnknownOrder> {
        let (text, descending) = match text.strip_suffix(":desc") {
            Some(text) => (text, true),
            None => (text, false),
        };
        let is_name = |name: &&str| !name.is_empty();
        let key = if text == TOTAL {
            OrderKey::Total
        } else if let Some(id) = text.strip_prefix("column:") {
            OrderKey::Column(Some(id).filter(is_name).ok_or(UnknownOrder)?.to_owned())
        } else if let Some(code) = text.strip_prefix("code:") {
            let with_content = code.rsplit_once(':').and_then(|(id, content)| {
                let content: Content = content.parse().ok()?;
                let counts = !matches!(
                    content,
                    Content::Quotes(_)
                        | Content::Names
                        | Content::Median
                        | Content::Range
                        | Content::Summary
                );
                counts.then_some((id, content))
            });
            let (id, content) = with_content.unwrap_or((code, Content::Units));
            OrderKey::Code(Some(id).filter(is_name).ok_or(UnknownOrder)?.to_owned(), content)
        } else {
            let (list, name) = text.split_once('.').ok_or(UnknownOrder)?;
            let list = List::ALL.into_iter().find(|it| it.as_str() == list).ok_or(UnknownOrder)?;
            OrderKey::Attribute(list, Some(name).filter(is_name).ok_or(UnknownOrder)?.to_owned())
        };
        Ok(Self { key, descending })
    }
}

/// What a row is ordered by.
#[derive(Debug, Clone, PartialEq)]
pub enum Rank {
    /// A figure.
    Number(f64),
    /// A text; where all texts are numbers, they count as such.
    Text(String),
    /// Nothing: last, whatever the direction.
    Missing,
}

impl From<Option<Value>> for Rank {
    #[allow(clippy::cast_precision_loss)] // counts of a study stay far below 2^53
    fn from(value: Option<Value>) -> Self {
        match value {
            Some(Value::Count(count)) => Self::Number(count as f64),
            Some(Value::Share(share)) => Self::Number(share),
            Some(Value::Quotes | Value::Ids | Value::Written) | None => Self::Missing,
        }
    }
}

/// The places of rows in their new order: within each entry of an outer axis unless `whole`, ties in the order in which
/// they stood; a row of totals stays last.
#[must_use]
pub fn order(rows: &[Head], ranks: &[Rank], descending: bool, whole: bool) -> Vec<usize> {
    let number = |rank: &Rank| match rank {
        Rank::Number(number) => Some(*number),
        Rank::Text(text) => text.trim().parse().ok().filter(|it: &f64| it.is_finite()),
        Rank::Missing => None,
    };
    let as_numbers = ranks.iter().all(|it| *it == Rank::Missing || number(it).is_some());
    let mut groups: Vec<&Option<String>> = Vec::new();
    for row in rows {
        if !groups.contains(&&row.outer) {
            groups.push(&row.outer);
        }
    }
    let group = |at: usize| match rows.get(at) {
        Some(row) if !whole => groups.iter().position(|it| **it == row.outer).unwrap_or(0),
        _ => 0,
    };
    let is_last = |at: usize| rows.get(at).is_some_and(|it| it.id == TOTAL);
    let is_sub = |at: usize| {
        let outer = rows.get(at).and_then(|it| it.outer.as_ref());
        outer.is_some_and(|it| !it.is_empty())
    };
    let is_total = |at: usize| is_last(at) && !is_sub(at);
    // Within its group, and not where groups as a whole are ordered: there it stands last already.
    let is_subtotal = |at: usize| !whole && is_last(at) && is_sub(at);
    let by_rank = |one: &Rank, other: &Rank| match (one, other) {
        (Rank::Missing, Rank::Missing) => Ordering::Equal,
        (Rank::Missing, _) => Ordering::Greater,
        (_, Rank::Missing) => Ordering::Less,
        _ => {
            let (from, to) = if descending { (other, one) } else { (one, other) };
            match (as_numbers, from, to) {
                (false, Rank::Text(from), Rank::Text(to)) => from.cmp(to),
                _ => number(from).unwrap_or(0.0).total_cmp(&number(to).unwrap_or(0.0)),
            }
        }
    };
    let mut places: Vec<usize> = (0..rows.len()).collect();
    places.sort_by(|one, other| {
        let rank = |at: usize| ranks.get(at).unwrap_or(&Rank::Missing);
        is_total(*one)
            .cmp(&is_total(*other))
            .then(group(*one).cmp(&group(*other)))
            .then(is_subtotal(*one).cmp(&is_subtotal(*other)))
            .then_with(|| by_rank(rank(*one), rank(*other)))
    });
    places
}

impl Matrix {
    /// The same with its rows in another order.
    #[must_use]
    pub fn in_order(&self, places: &[usize]) -> Self {
        let rows = places.iter().filter_map(|at| self.rows.get(*at)).cloned().collect();
        let cells = places.iter().flat_map(|at| self.row(*at)).cloned().collect();
        Self { rows, cells, columns: self.columns.clone(), ..*self }
    }
}
