//! A file of codings as what agreement reads: per unit and dimension one answer a coder.

use std::collections::{BTreeMap, BTreeSet};

use super::Unread;
use super::file::CodingsFile;
use super::filling::Filling;
use crate::analysis::codings::{CodedCode, CodedDimension, Codings, DistinctAnswer, WHOLE};
use crate::domain::codebook::Select;
use crate::domain::message::Message;

/// Which part of a file is looked at; the default is all of it.
#[derive(Debug, Clone, Default)]
pub struct Pick {
    /// These coders, in this order; all in order of appearance where empty.
    pub coders: Vec<String>,
    /// These cases; all where empty.
    pub cases: Vec<String>,
    /// These dimensions; all where empty.
    pub dimensions: Vec<String>,
    /// This round; where absent, of each unit the latest round that everybody who took part decided.
    pub round: Option<String>,
    /// Whether what a coder was unsure of is left out.
    pub without_unsure: bool,
}

/// A part of a file, and what was assumed of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Read {
    /// What the coders decided.
    pub codings: Codings,
    /// What was assumed, a sentence each.
    pub assumed: Vec<Message>,
}

/// A name that the file does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownName {
    /// What it should have named: `coder`, `case`, `dimension` or `round`.
    pub kind: &'static str,
    /// The name.
    pub name: String,
    /// The names that the file has.
    pub known: Vec<String>,
}

impl CodingsFile {
    /// The answers of a part of the file.
    ///
    /// # Errors
    /// A name that the file does not have; answers that are not in the file, where nobody said what that means.
    pub fn codings(&self, pick: &Pick) -> Result<Read, Unread> {
        let coders = places("coder", &pick.coders, &self.coders)?;
        let dimensions = places("dimension", &pick.dimensions, &self.dimensions)?;
        let round = match &pick.round {
            Some(round) => places("round", std::slice::from_ref(round), &self.rounds)?.pop(),
            None => None,
        };
        let cases = if pick.cases.is_empty() {
            None
        } else {
            Some(places("case", &pick.cases, &self.cases)?)
        };
        let mut filling = Filling::new(self, &coders, round, pick.without_unsure, cases.as_deref());
        let kept: Vec<usize> = if self.dimensions.is_empty() { vec![0] } else { dimensions };
        filling.fill(&kept);
        let assumed = filling.absent.said(self)?;
        let cells = std::mem::take(&mut filling.cells);
        let dimensions = self.coded(kept.into_iter().zip(cells).collect());
        let mut unit_cases = self.raw.unit_cases.clone();
        if !self.cases.is_empty() {
            unit_cases.resize(self.raw.units + self.unnamed, u32::MAX);
        }
        let codings = Codings {
            coders: coders.iter().filter_map(|place| self.coders.get(*place).cloned()).collect(),
            cases: self.cases.clone(),
            unit_cases,
            units: self.raw.units + self.unnamed,
            dimensions,
        };
        let codings = match &cases {
            Some(cases) => codings.of_cases(cases),
            None => codings,
        };
        Ok(Read { codings, assumed })
    }

    /// The dimensions with what stands in their cells.
    fn coded(&self, cells: Vec<(usize, Vec<u32>)>) -> Vec<CodedDimension> {
        let filled: Vec<Filled> =
            cells.into_iter().map(|(place, cells)| Filled::of(self, place, cells)).collect();
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        for code in filled
            .iter()
            .flat_map(|it| &it.codes)
            .filter_map(|it| self.meanings.codes.get(*it as usize))
        {
            *seen.entry(code).or_default() += 1;
        }
        // Codes that occur in two dimensions are named with theirs.
        let several: BTreeSet<&str> =
            seen.into_iter().filter(|(_, times)| *times > 1).map(|(code, _)| code).collect();
        filled.into_iter().map(|it| it.dimension(self, &several)).collect()
    }
}

/// One dimension with the answers and codes that are in use in it.
struct Filled {
    place: usize,
    answers: Vec<Vec<u32>>,
    /// The codes by their numbers in the file.
    codes: Vec<u32>,
    cells: Vec<u32>,
}

impl Filled {
    /// Cells hold 1 + the place of an answer in the file, or in the place after all of them that nothing applies.
    fn of(file: &CodingsFile, place: usize, mut cells: Vec<u32>) -> Self {
        let all = &file.meanings.answers;
        let mut used = vec![0_u32; all.len() + 2];
        for cell in &cells {
            if let Some(used) = used.get_mut(*cell as usize) {
                *used = 1;
            }
        }
        let mut answers = Vec::new();
        for (at, used) in used.iter_mut().enumerate().skip(1) {
            if *used > 0 {
                answers.push(all.get(at - 1).cloned().unwrap_or_default());
                *used = answers.len() as u32;
            }
        }
        if let Some(first) = used.first_mut() {
            *first = 0;
        }
        for cell in &mut cells {
            *cell = used.get(*cell as usize).copied().unwrap_or(0);
        }
        let codes: BTreeSet<u32> = match &file.reading.categories {
            Some(all) => {
                let name = file.dimensions.get(place).map_or("", String::as_str);
                let own = file.reading.by_dimension.get(name).unwrap_or(all);
                let declared: BTreeSet<String> =
                    own.iter().map(|it| super::spelling::key(it)).collect();
                let is_own = |code: &String| declared.contains(&super::spelling::key(code));
                let own = (0_u32..).zip(&file.meanings.codes).filter(|(_, code)| is_own(code));
                own.map(|(at, _)| at).chain(answers.iter().flatten().copied()).collect()
            }
            None => answers.iter().flatten().copied().collect(),
        };
        Self { place, answers, codes: codes.into_iter().collect(), cells }
    }

    fn dimension(self, file: &CodingsFile, several: &BTreeSet<&str>) -> CodedDimension {
        let name = file.dimensions.get(self.place).map_or(WHOLE, String::as_str);
        let of = |code: &u32| file.meanings.codes.get(*code as usize).map_or("", String::as_str);
        let coded = |code: &u32| {
            let own = of(code);
            let own = if several.contains(own) { format!("{name}/{own}") } else { own.to_owned() };
            CodedCode { name: own, depth: 1 }
        };
        let place =
            |code: &u32| self.codes.binary_search(code).ok().and_then(|it| u32::try_from(it).ok());
        let answer = |codes: &Vec<u32>| {
            let codes: Vec<u32> = codes.iter().filter_map(place).collect();
            DistinctAnswer { given: codes.clone(), codes, unasked: Vec::new() }
        };
        let has_none = self.answers.iter().any(Vec::is_empty);
        let has_sets = self.answers.iter().any(|it| it.len() > 1);
        let choices = match &file.reading.categories {
            Some(declared) => {
                let lists_none = declared.iter().any(|it| super::spelling::key(it) == "none");
                self.codes.len() + usize::from(has_none || lists_none)
            }
            None => self.codes.len() + 1,
        };
        let answers = self.answers.iter().map(answer).collect();
        let listed = self.codes.iter().map(coded).collect();
        CodedDimension::new(name.to_owned(), Select::One, listed, answers, self.cells)
            .with_choices((!has_sets).then_some(choices))
            .with_names((0..).zip(self.codes.iter().map(|it| of(it).to_owned())).collect())
    }
}

/// The places of some names; all places where no name is given and none is known to be asked for.
fn places(kind: &'static str, asked: &[String], known: &[String]) -> Result<Vec<usize>, Unread> {
    if asked.is_empty() {
        return Ok((0..known.len()).collect());
    }
    let same = |one: &str, other: &str| super::spelling::key(one) == super::spelling::key(other);
    let place = |name: &String| {
        let exact = known.iter().position(|other| other == name);
        exact.or_else(|| known.iter().position(|other| same(other, name))).ok_or_else(|| {
            Unread::Unknown(UnknownName { kind, name: name.clone(), known: known.to_vec() })
        })
    };
    asked.iter().map(place).collect()
}
