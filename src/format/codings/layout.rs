//! Which column of a file of codings holds what.

use super::columns::{self, Named};
use super::headings as other_words;
use super::pairs::Pairs;
use super::shape::Beginning;
use super::spelling::key;
use super::{UnknownName, Unread};
use crate::domain::failure::Failure;
use crate::msg;

/// Where everything stands in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Layout {
    pub(super) width: usize,
    pub(super) unit: usize,
    pub(super) dimension: Option<usize>,
    pub(super) round: Option<usize>,
    pub(super) case: Option<usize>,
    pub(super) form: Form,
    /// Columns that are not read, by their headings.
    pub(super) left_out: Vec<String>,
    /// Those of them that hold what was settled on.
    pub(super) settled: Vec<String>,
}

/// How answers are laid out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Form {
    /// A row is one code of one coder, or with `whole` one whole answer.
    Long { coder: usize, code: usize, whole: bool, certainty: Option<usize> },
    /// Each of these columns is a coder's, or a coder's in one dimension.
    Wide { columns: Vec<Column>, coders: Vec<String>, dimensions: Vec<String> },
}

/// A column of answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Column {
    /// Its place in a row.
    pub(super) place: usize,
    /// Whose it is.
    pub(super) coder: usize,
    /// Its dimension; 0 where there are none.
    pub(super) dimension: usize,
}

/// What keeps a header from being one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum HeaderError {
    /// A column that the form needs.
    Missing(&'static str),
    /// A heading that stands there twice.
    Twice(String),
}

/// Why a header is no layout.
#[derive(Debug)]
pub(super) enum Refusal {
    /// Columns that are missing or twice there.
    Header(Vec<HeaderError>),
    /// What the caller has to decide.
    Unread(Unread),
}

impl From<Failure> for Refusal {
    fn from(failure: Failure) -> Self {
        Self::Unread(Unread::Failure(failure))
    }
}

/// The place of a heading, capitals aside.
pub(super) fn place(headings: &[String], name: &str) -> Option<usize> {
    headings.iter().position(|it| it.eq_ignore_ascii_case(name))
}

/// The column of units: the one that is called so, or a first one without a name, as programs write row names.
pub(super) fn unit_column(headings: &[String]) -> Option<usize> {
    let unnamed = || headings.first().filter(|it| it.is_empty() && headings.len() > 1).map(|_| 0);
    place(headings, "unit").or_else(unnamed)
}

impl Layout {
    /// The layout that the beginning of a table announces; `asked` are the coders that the caller wants, all where empty.
    pub(super) fn of(beginning: &Beginning, asked: &[String]) -> Result<Self, Refusal> {
        let headings = beginning.headings.as_slice();
        let mut errors = twice(headings);
        let unit = unit_column(headings);
        if unit.is_none() {
            errors.push(HeaderError::Missing("unit"));
        }
        let code = place(headings, "code").map(|at| (at, false));
        let code = code.or(place(headings, "codes").map(|at| (at, true)));
        match (place(headings, "coder"), code) {
            (Some(_), None) => errors.push(HeaderError::Missing("code")),
            (None, Some(_)) => errors.push(HeaderError::Missing("coder")),
            _ => {}
        }
        let Some(unit) = unit.filter(|_| errors.is_empty()) else {
            return Err(Refusal::Header(errors));
        };
        let mut layout = Self {
            width: headings.len(),
            unit,
            dimension: place(headings, "dimension"),
            round: place(headings, "round"),
            case: place(headings, "case"),
            form: Form::Wide { columns: Vec::new(), coders: Vec::new(), dimensions: Vec::new() },
            left_out: Vec::new(),
            settled: Vec::new(),
        };
        match (place(headings, "coder"), code) {
            (Some(coder), Some((code, whole))) => {
                let certainty = place(headings, "certainty");
                layout.form = Form::Long { coder, code, whole, certainty };
                let read = [Some(coder), Some(code), certainty];
                let others = layout.others(headings).filter(|(at, _)| !read.contains(&Some(*at)));
                layout.left_out = others.map(|(_, heading)| heading.to_owned()).collect();
            }
            _ => layout.wide(beginning, asked)?,
        }
        Ok(layout)
    }

    /// The named columns beside units, dimensions, rounds and cases.
    fn others<'a>(&self, headings: &'a [String]) -> impl Iterator<Item = (usize, &'a str)> {
        let taken = [Some(self.unit), self.dimension, self.round, self.case];
        let others = headings.iter().enumerate().filter(move |(at, _)| !taken.contains(&Some(*at)));
        others
            .map(|(at, heading)| (at, heading.as_str()))
            .filter(|(_, heading)| !heading.is_empty())
    }

    fn wide(&mut self, beginning: &Beginning, asked: &[String]) -> Result<(), Refusal> {
        let headings = beginning.headings.as_slice();
        if let Some((columns, pairs)) = self.worded_pairs(beginning).filter(|_| asked.is_empty()) {
            return self.by_pairs(&columns, pairs);
        }
        let mut candidates = Vec::new();
        for (at, heading) in self.others(headings).collect::<Vec<_>>() {
            match columns::named(heading) {
                // Each coder has her `decision`, or all of them one.
                Named::Settled if columns::is_each_ones(heading, headings) => {
                    candidates.push((at, heading));
                }
                Named::Maybe => candidates.push((at, heading)),
                Named::Beside => self.left_out.push(heading.to_owned()),
                Named::Settled => {
                    self.left_out.push(heading.to_owned());
                    self.settled.push(heading.to_owned());
                }
            }
        }
        // Beside `rater 1` and `rater 2`, `label` is nobody.
        let evident = candidates.iter().filter(|(_, it)| columns::is_coder(it)).count() > 1;
        if evident && asked.is_empty() {
            let coded =
                |it: &(usize, &str)| other_words::is_code(it.1) || other_words::is_dimension(it.1);
            self.left_out
                .extend(candidates.iter().filter(|it| coded(it)).map(|it| it.1.to_owned()));
            candidates.retain(|it| !coded(it));
        }
        let names: Vec<&str> = candidates.iter().map(|(_, heading)| *heading).collect();
        let pairs = Pairs::of(&names).filter(|_| self.dimension.is_none());
        if !asked.is_empty() {
            return self.asked(headings, asked, &candidates, pairs);
        }
        let Some(pairs) = pairs else {
            self.columns(candidates.iter().copied());
            return Ok(());
        };
        self.by_pairs(&candidates, pairs)
    }

    /// Columns that are one coder's in one dimension each, where it can be told which side names the coders.
    fn by_pairs(&mut self, chosen: &[(usize, &str)], pairs: Pairs) -> Result<(), Refusal> {
        let are_coders = |names: &[String]| names.iter().all(|it| columns::is_coder(it));
        match (are_coders(&pairs.before), are_coders(&pairs.after)) {
            (true, false) => self.grid(chosen, pairs),
            (false, true) => self.grid(chosen, pairs.turned()),
            _ => {
                let first = chosen.first().map(|it| it.1).unwrap_or_default();
                return Err(undecided(first, &pairs).into());
            }
        }
        Ok(())
    }

    /// Pairs of coders and codes where a code is a word for something else: `time_ann`, `confianza_lucía`. Such a
    /// column holds what another of them holds too; what is settled on and how sure somebody was are never codes.
    fn worded_pairs<'a>(&self, beginning: &'a Beginning) -> Option<(Vec<(usize, &'a str)>, Pairs)> {
        let others: Vec<(usize, &str)> = self.others(&beginning.headings).collect();
        let worded = |it: &str| columns::named(it) == Named::Beside;
        let is_one = |it: &&(usize, &str)| match columns::named(it.1) {
            Named::Maybe => true,
            Named::Settled => false,
            Named::Beside => {
                !columns::is_of_decisions(it.1)
                    && others
                        .iter()
                        .any(|(at, _)| *at != it.0 && beginning.answers_alike(it.0, *at))
            }
        };
        let chosen: Vec<(usize, &str)> = others.iter().filter(is_one).copied().collect();
        if self.dimension.is_some() || !chosen.iter().any(|it| worded(it.1)) {
            return None;
        }
        let names: Vec<&str> = chosen.iter().map(|it| it.1).collect();
        let pairs = Pairs::of(&names)?;
        Some((chosen, pairs))
    }

    /// The columns of the coders that were asked for.
    fn asked(
        &mut self,
        headings: &[String],
        asked: &[String],
        candidates: &[(usize, &str)],
        pairs: Option<Pairs>,
    ) -> Result<(), Refusal> {
        let others: Vec<(usize, &str)> = self.others(headings).collect();
        let same = |one: &str, other: &str| key(one) == key(other);
        let exact = |name: &str| others.iter().find(|(_, it)| *it == name);
        let of =
            |name: &String| exact(name).or_else(|| others.iter().find(|(_, it)| same(it, name)));
        let found: Vec<Option<&(usize, &str)>> = asked.iter().map(of).collect();
        if let Some(columns) = found.iter().copied().collect::<Option<Vec<&(usize, &str)>>>() {
            if let Some((_, settled)) =
                columns.iter().find(|(_, it)| columns::named(it) == Named::Settled)
            {
                let what = msg!("codings.settled", column = settled);
                return Err(Failure::Usage(what, msg!("codings.settled.fix")).into());
            }
            let chosen: Vec<(usize, &str)> = columns.into_iter().copied().collect();
            self.left_out.retain(|it| !chosen.iter().any(|(_, heading)| heading == it));
            self.columns(chosen.into_iter());
            return Ok(());
        }
        let among = |names: &[String]| {
            asked.iter().all(|name| names.iter().any(|it| same(it, name))) && !asked.is_empty()
        };
        match pairs {
            Some(pairs) if among(&pairs.before) => self.grid(candidates, pairs),
            Some(pairs) if among(&pairs.after) => self.grid(candidates, pairs.turned()),
            _ => {
                let missing = asked.iter().zip(&found).find(|(_, found)| found.is_none());
                let name = missing.map(|(name, _)| name.clone()).unwrap_or_default();
                let known = candidates.iter().map(|(_, heading)| (*heading).to_owned()).collect();
                return Err(Refusal::Unread(Unread::Unknown(UnknownName {
                    kind: "coder",
                    name,
                    known,
                })));
            }
        }
        Ok(())
    }

    fn columns<'a>(&mut self, chosen: impl Iterator<Item = (usize, &'a str)>) {
        let (mut columns, mut coders) = (Vec::new(), Vec::new());
        for (coder, (place, heading)) in chosen.enumerate() {
            columns.push(Column { place, coder, dimension: 0 });
            coders.push(heading.to_owned());
        }
        self.form = Form::Wide { columns, coders, dimensions: Vec::new() };
    }

    fn grid(&mut self, candidates: &[(usize, &str)], pairs: Pairs) {
        let column = |((place, _), (coder, dimension)): (&(usize, &str), &(usize, usize))| Column {
            place: *place,
            coder: *coder,
            dimension: *dimension,
        };
        let columns = candidates.iter().zip(&pairs.places).map(column).collect();
        self.form = Form::Wide { columns, coders: pairs.before, dimensions: pairs.after };
    }
}

/// Columns that are pairs, of which nobody can tell which side is the coder.
fn undecided(first: &str, pairs: &Pairs) -> Failure {
    let list = |names: &[String]| names.iter().take(8).cloned().collect::<Vec<_>>().join(",");
    let what = msg!(
        "codings.pairs",
        column = first,
        before = list(&pairs.before),
        after = list(&pairs.after)
    );
    Failure::Usage(
        what,
        msg!("codings.pairs.fix", before = list(&pairs.before), after = list(&pairs.after)),
    )
}

fn twice(headings: &[String]) -> Vec<HeaderError> {
    let keys: Vec<String> = headings.iter().map(|it| key(it)).collect();
    let again = |(at, name): &(usize, &String)| {
        !name.is_empty() && keys.iter().take(*at).any(|it| it == *name)
    };
    let found = keys.iter().enumerate().filter(again);
    found.filter_map(|(at, _)| headings.get(at)).map(|it| HeaderError::Twice(it.clone())).collect()
}
