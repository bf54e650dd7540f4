//! Whose answers are read: which columns are coders', by what stands in them, and what is said of that.

use super::columns;
use super::layout::{Form, Layout};
use super::looks::{self, Looks};
use super::meaning::{Meaning, Meanings, shortened};
use super::reader::Raw;
use super::spelling::key;
use super::{Empty, Reading, UnknownName, Unread};
use crate::domain::failure::Failure;
use crate::domain::message::Message;
use crate::msg;

/// From so many units on a column may be judged by its cells.
const JUDGED_FROM: usize = 20;

/// Whose answers are read, and what they mean.
pub(super) struct Chosen {
    /// The columns of the coders, in order.
    pub(super) columns: Vec<usize>,
    pub(super) meanings: Meanings,
    /// Headings of columns that are not read.
    pub(super) left_out: Vec<String>,
    settled: Vec<String>,
    /// A column that looks as if it held what was settled on.
    settling: Option<String>,
    coders: Vec<String>,
    /// What was said of coders' names.
    joined: Vec<String>,
    is_grid: bool,
    /// How many cells hold each answer.
    used: Vec<u64>,
}

/// Chooses the coders of a file.
///
/// # Errors
/// A coder that was asked for and is not there.
pub(super) fn chosen(raw: &Raw, layout: &Layout, reading: &Reading) -> Result<Chosen, Unread> {
    let wide = matches!(layout.form, Form::Wide { .. });
    let mut columns: Vec<usize> = match &layout.form {
        Form::Long { .. } if !reading.coders.is_empty() => asked(raw, reading)?,
        Form::Wide { .. } if !reading.coders.is_empty() => in_order(raw, reading),
        _ => (0..raw.coders.len()).filter(|it| !raw.prose.contains(it)).collect(),
    };
    let mut left_out = layout.left_out.clone();
    let name = |column: &usize| raw.coders.get(*column).cloned().unwrap_or_default();
    left_out.extend(raw.prose.iter().map(name));
    let counts: Vec<Vec<u64>> = (0..raw.coders.len()).map(|column| counted(raw, column)).collect();
    let mut meanings = Meanings::of(&raw.texts, &sum(&counts, &columns), reading);
    if wide && reading.coders.is_empty() {
        let odd = odd(raw, layout, &columns, Looks::of(raw, &columns, &counts, &meanings))?;
        if !odd.is_empty() {
            left_out.extend(odd.iter().map(name));
            columns.retain(|it| !odd.contains(it));
            meanings = Meanings::of(&raw.texts, &sum(&counts, &columns), reading);
        }
    }
    let all = sum(&counts, &columns);
    let mut used = vec![0; meanings.answers.len()];
    for (meaning, times) in meanings.of.iter().zip(&all) {
        if let Meaning::Answer(answer) = meaning {
            used[*answer as usize] += times;
        }
    }
    let joined = raw.spellings.joined();
    let is_grid = matches!(&layout.form, Form::Wide { dimensions, .. } if !dimensions.is_empty());
    let coders = columns.iter().map(name).collect();
    let settled = layout.settled.clone();
    let asked = !wide || is_grid || !reading.coders.is_empty();
    let settling = if asked { None } else { looks::settling(raw, &columns, &meanings) };
    let settling = settling.as_ref().map(name);
    Ok(Chosen { columns, meanings, left_out, settled, settling, coders, joined, is_grid, used })
}

/// Columns that are no coder's, as far as their cells can tell.
///
/// # Errors
/// A column gives no answer that the others share, and there are too few units to tell what it is.
fn odd(raw: &Raw, layout: &Layout, columns: &[usize], looks: Looks) -> Result<Vec<usize>, Unread> {
    let enough = raw.units >= JUDGED_FROM;
    let mut odd = if enough { looks.prose() } else { Vec::new() };
    if matches!(&layout.form, Form::Wide { dimensions, .. } if !dimensions.is_empty()) {
        return Ok(odd);
    }
    let name = |column: usize| raw.coders.get(column).map_or("", String::as_str);
    let strange: Vec<usize> = looks
        .strangers()
        .into_iter()
        .filter(|it| !odd.contains(it) && !columns::is_somebody(name(*it)))
        .collect();
    if strange.is_empty() {
        return Ok(odd);
    }
    let rest: Vec<&str> = columns
        .iter()
        .filter(|it| !odd.contains(it) && !strange.contains(it))
        .map(|it| name(*it))
        .collect();
    if !enough && !rest.iter().all(|it| columns::is_somebody(it)) {
        let names: Vec<&str> = strange.iter().map(|it| name(*it)).collect();
        let what = msg!(
            "codings.strangers",
            n = names.len(),
            columns = names.join(", "),
            others = rest.join(", ")
        );
        let all = [rest.clone(), names].concat().join(",");
        let fix = msg!("codings.strangers.fix", coders = rest.join(","), all = all);
        return Err(Failure::Usage(what, fix).into());
    }
    odd.extend(strange);
    Ok(odd)
}

fn asked(raw: &Raw, reading: &Reading) -> Result<Vec<usize>, Unread> {
    let place = |name: &String| {
        let exact = raw.coders.iter().position(|it| it == name);
        exact.or_else(|| raw.coders.iter().position(|it| key(it) == key(name))).ok_or_else(|| {
            Unread::Unknown(UnknownName {
                kind: "coder",
                name: name.clone(),
                known: raw.coders.clone(),
            })
        })
    };
    reading.coders.iter().map(place).collect()
}

/// The coders of a wide file in the order asked for; the layout has found them all.
fn in_order(raw: &Raw, reading: &Reading) -> Vec<usize> {
    let place = |name: &String| {
        let exact = raw.coders.iter().position(|it| it == name);
        exact.or_else(|| raw.coders.iter().position(|it| key(it) == key(name)))
    };
    reading.coders.iter().filter_map(place).collect()
}

/// How many cells of a coder hold each text, by its number less 1.
fn counted(raw: &Raw, column: usize) -> Vec<u64> {
    let mut counts = vec![0; raw.texts.len() + 1];
    for cell in raw.cells.get(column).into_iter().flatten() {
        if let Some(count) = counts.get_mut(*cell as usize) {
            *count += 1;
        }
    }
    counts.remove(0);
    counts
}

fn sum(counts: &[Vec<u64>], columns: &[usize]) -> Vec<u64> {
    let width = counts.iter().map(Vec::len).max().unwrap_or(0);
    let mut sum = vec![0; width];
    for of_coder in columns.iter().filter_map(|it| counts.get(*it)) {
        sum.iter_mut().zip(of_coder).for_each(|(all, own)| *all += own);
    }
    sum
}

impl Chosen {
    /// Whether `none` stands beside a code.
    pub(super) fn has_none_beside(&self) -> bool {
        self.meanings.of.contains(&Meaning::Both)
    }

    /// Refuses what can be read in two ways.
    ///
    /// # Errors
    /// Cells hold one code or nothing; answers that are not among the declared ones.
    pub(super) fn is_clear(&self, wide: bool, reading: &Reading) -> Result<(), Failure> {
        if let Some(first) = self.meanings.undeclared.first() {
            let (n, list) = (
                self.meanings.undeclared.len(),
                shortened(&self.meanings.undeclared, 10).join(", "),
            );
            let what = msg!("codings.undeclared", n = n, list = list);
            return Err(Failure::Usage(what, msg!("codings.undeclared.fix", answer = first)));
        }
        if wide && reading.absent.is_some() {
            return Err(Failure::Usage(
                msg!("codings.absent.wide"),
                msg!("codings.absent.wide.fix"),
            ));
        }
        let mut in_use =
            self.used.iter().zip(&self.meanings.answers).filter(|(times, _)| **times > 0);
        if let (Some((times, codes)), None) = (in_use.next(), in_use.next())
            && let ([code], None, true) = (codes.as_slice(), reading.empty, self.meanings.blank > 0)
        {
            let code = self.meanings.codes.get(*code as usize).map_or("", String::as_str);
            let what =
                msg!("codings.one_answer", answer = code, n = times, blank = self.meanings.blank);
            return Err(Failure::Usage(what, msg!("codings.one_answer.fix")));
        }
        Ok(())
    }

    /// What was assumed.
    pub(super) fn said(&self, reading: &Reading) -> Vec<Message> {
        let mut said = Vec::new();
        if !self.left_out.is_empty() {
            let columns = shortened(&self.left_out, 20).join(", ");
            let coders = self.coders.join(", ");
            said.push(msg!(
                "codings.said.left_out",
                n = self.left_out.len(),
                columns = columns,
                coders = coders
            ));
        }
        if !self.settled.is_empty() {
            said.push(msg!("codings.said.settled", columns = self.settled.join(", ")));
        }
        if let Some(column) = &self.settling {
            let others = self.coders.iter().filter(|it| *it != column).cloned().collect::<Vec<_>>();
            said.push(msg!("codings.said.settling", column = column, others = others.join(",")));
        }
        if self.is_grid {
            said.push(msg!("codings.said.grid", coders = self.coders.join(", ")));
        }
        if !self.joined.is_empty() {
            let list = shortened(&self.joined, 10).join("; ");
            said.push(msg!("codings.said.coders_joined", n = self.joined.len(), list = list));
        }
        said.extend(self.meanings.said.iter().cloned());
        if self.meanings.blank > 0 {
            said.push(match reading.empty {
                Some(Empty::None) => msg!("codings.said.blank_none", n = self.meanings.blank),
                _ => msg!("codings.said.blank_missing", n = self.meanings.blank),
            });
        }
        said
    }
}
