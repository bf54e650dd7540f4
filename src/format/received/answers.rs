//! The cells of one dimension in one row, read as one answer.

use super::reader::Reader;
use crate::analysis::received::Given;
use crate::domain::answer::{CodeIndex, DimensionIndex};
use crate::domain::codebook::Select;
use crate::domain::message::Message;
use crate::domain::problem::{Place, Problem};
use crate::format::names::Meaning;
use crate::format::table::quotable;
use crate::msg;

/// What the cells of a dimension gave so far.
#[derive(Default)]
struct Heap {
    codes: Vec<CodeIndex>,
    none: bool,
    back: bool,
    /// Whether something was not understood.
    broken: bool,
}

impl Reader<'_> {
    /// Reads the cells of one dimension, with their places, as one answer; `None` where they hold
    /// a problem.
    pub(super) fn answer(
        &mut self,
        dimension: DimensionIndex,
        cells: &[(Place, &str)],
    ) -> Option<Given> {
        let mut heap = Heap::default();
        let mut last = None;
        for (place, cell) in cells {
            for part in self.parts(dimension, cell) {
                self.add(dimension, &mut heap, place, &part);
                last = Some(place);
            }
        }
        let Some(last) = last else { return Some(Given::Nothing) };
        if heap.broken {
            return None;
        }
        let own = self.study.vocabulary.dimensions.get(usize::from(dimension.0))?;
        heap.codes.sort_unstable();
        heap.codes.dedup();
        if heap.codes.len() > 1 {
            // The dimension itself gives way to a code beneath it.
            heap.codes.retain(|code| *code != own.own_code);
        }
        if own.select == Select::One && heap.codes.len() > 1 {
            let what = msg!("received.one_only", dimension = own.id);
            self.complain(last, what, msg!("received.one_only.fix"));
            return None;
        }
        Some(if heap.back { Given::TakeBack } else { Given::Codes(heap.codes) })
    }

    /// The answers in a cell: it may be one name that holds a semicolon, or several answers.
    fn parts(&self, dimension: DimensionIndex, cell: &str) -> Vec<String> {
        let cell = cell.trim();
        if cell.is_empty() {
            return Vec::new();
        }
        if self.names.meaning(dimension, cell) != Meaning::Unknown {
            return vec![cell.to_owned()];
        }
        // What also stands inside a name parts no answers.
        let parts_answers = |mark: char| match mark {
            ';' | '\n' | '\r' => true,
            ',' | '/' => !self.names.uses(dimension, mark),
            _ => false,
        };
        let parts = cell.split(parts_answers).map(str::trim).filter(|part| !part.is_empty());
        parts.map(str::to_owned).collect()
    }

    fn add(&mut self, dimension: DimensionIndex, heap: &mut Heap, place: &Place, part: &str) {
        let id = |index: DimensionIndex| {
            let known = self.study.vocabulary.dimensions.get(usize::from(index.0));
            known.map_or_else(String::new, |it| it.id.to_string())
        };
        let shown = quotable(part);
        let (what, fix) = match self.names.meaning(dimension, part) {
            Meaning::None | Meaning::Code(_) if heap.back => back_beside(),
            Meaning::TakeBack if heap.none || !heap.codes.is_empty() => back_beside(),
            Meaning::None if !heap.codes.is_empty() => none_beside(),
            Meaning::Code(_) if heap.none => none_beside(),
            Meaning::Code(code) => return heap.codes.push(code),
            Meaning::None => return heap.none = true,
            Meaning::TakeBack => return heap.back = true,
            Meaning::Elsewhere(other) => (
                msg!("received.elsewhere", code = shown, other = id(other)),
                msg!("received.elsewhere.fix", dimension = id(dimension)),
            ),
            Meaning::Ambiguous => (
                msg!("received.ambiguous"),
                msg!("received.code.fix", known = self.known(dimension)),
            ),
            Meaning::Unknown => (
                msg!("received.code", code = shown, dimension = id(dimension)),
                match self.names.near(dimension, part) {
                    Some(near) => {
                        msg!("received.code.near", near = near, known = self.known(dimension))
                    }
                    None => msg!("received.code.fix", known = self.known(dimension)),
                },
            ),
        };
        heap.broken = true;
        self.complain(place, what, fix);
    }

    /// The ids that can be given in a dimension.
    fn known(&self, dimension: DimensionIndex) -> String {
        let vocabulary = &self.study.vocabulary;
        let own = vocabulary.dimensions.get(usize::from(dimension.0)).map(|it| it.id.to_string());
        let codes = vocabulary.codes_of(dimension).map(|(_, code)| code.id.to_string());
        codes.chain(own).chain(["none".to_owned()]).collect::<Vec<_>>().join(", ")
    }

    pub(super) fn complain(&mut self, at: &Place, what: Message, fix: Message) {
        self.problems.push(Problem::new(at.clone(), what, fix));
    }
}

fn none_beside() -> (Message, Message) {
    (msg!("received.none_beside"), msg!("received.none_beside.fix"))
}

fn back_beside() -> (Message, Message) {
    (msg!("received.back_beside"), msg!("received.back_beside.fix"))
}
