//! Answers that are sets of codes: distinct sets get a number each, and patterns of numbers are
//! counted.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::answers::Answers;
use super::ratings::Ratings;
use super::ratings_builder::RatingsBuilder;

/// The answers of a number of coders, each a set of codes per unit (possibly empty: looked at,
/// nothing applies) or missing.
#[derive(Debug, Clone, PartialEq)]
pub struct SetRatings {
    answers: Arc<Answers>,
    ratings: Ratings,
}

impl SetRatings {
    /// The table of `rows`, each one answer per coder: code indexes in any order, repeated ones
    /// counted once.
    ///
    /// What a row lacks is missing; what it has beyond `coders` is not read.
    pub fn from_rows<'a, Row>(coders: usize, rows: impl Iterator<Item = Row>) -> Self
    where
        Row: IntoIterator<Item = Option<&'a [u32]>>,
    {
        let mut numbers: BTreeMap<Vec<u32>, u32> = BTreeMap::new();
        let mut cells: Vec<Option<u32>> = Vec::new();
        for row in rows {
            let mut answers = row.into_iter();
            for _ in 0..coders {
                cells.push(answers.next().flatten().map(|codes| number_of(&mut numbers, codes)));
            }
        }
        // Numbers in the order of the sets, not of their appearance, so that the order of units
        // never reaches a result.
        let mut rank = vec![0; numbers.len()];
        for (place, &number) in (0..).zip(numbers.values()) {
            rank[number as usize] = place;
        }
        let mut builder = RatingsBuilder::new(coders, numbers.len());
        for row in cells.chunks_mut(coders.max(1)) {
            row.iter_mut().flatten().for_each(|number| *number = rank[*number as usize]);
            builder.add(row);
        }
        let answers = Arc::new(Answers::new(numbers.into_keys().collect()));
        Self { answers, ratings: builder.finish().with_absent(None) }
    }

    /// The table of answers that are numbered and counted already: rows as in
    /// [`RatingsBuilder::add_many`], with places in `answers`, which are sets in ascending order.
    pub fn from_counted<'a>(
        coders: usize,
        answers: &[Vec<u32>],
        rows: impl Iterator<Item = (&'a [Option<u32>], u64)>,
    ) -> Self {
        let mut sets = answers.to_vec();
        sets.sort_unstable();
        sets.dedup();
        let rank: Vec<Option<u32>> = answers
            .iter()
            .map(|set| sets.binary_search(set).ok().and_then(|place| u32::try_from(place).ok()))
            .collect();
        let mut builder = RatingsBuilder::new(coders, sets.len());
        let mut renamed = Vec::with_capacity(coders);
        for (row, units) in rows {
            let name = |cell: &Option<u32>| cell.and_then(|number| *rank.get(number as usize)?);
            renamed.clear();
            renamed.extend(row.iter().map(name));
            builder.add_many(&renamed, units);
        }
        let answers = Arc::new(Answers::new(sets));
        Self { answers, ratings: builder.finish().with_absent(None) }
    }

    /// The distinct answers, each in ascending order.
    pub fn answers(&self) -> &[Vec<u32>] {
        self.answers.sets()
    }

    /// The same answers, with their distances.
    pub(super) fn sets(&self) -> &Answers {
        &self.answers
    }

    /// The same table with each distinct answer as one category: an index into
    /// [`SetRatings::answers`].
    pub fn whole_answers(&self) -> &Ratings {
        &self.ratings
    }

    /// The numbered answers, to be drawn anew.
    pub(super) fn whole_answers_mut(&mut self) -> &mut Ratings {
        &mut self.ratings
    }

    /// One table of all parts, and for each part its patterns' places in the whole, with its units.
    pub(super) fn combine(parts: &[Self]) -> (Self, Vec<Vec<(usize, u64)>>) {
        let mut answers: Vec<Vec<u32>> =
            parts.iter().flat_map(|part| part.answers().iter().cloned()).collect();
        answers.sort_unstable();
        answers.dedup();
        let renamed = |part: &Self| {
            let place = |answer: &Vec<u32>| answers.partition_point(|known| known < answer) as u32;
            let names: Vec<u32> = part.answers().iter().map(place).collect();
            part.ratings.renamed(answers.len(), &names)
        };
        let parts: Vec<Ratings> = parts.iter().map(renamed).collect();
        let (ratings, units_of_parts) = Ratings::combine(&parts);
        let answers = Arc::new(Answers::new(answers));
        (Self { answers, ratings: ratings.with_absent(None) }, units_of_parts)
    }
}

fn number_of(numbers: &mut BTreeMap<Vec<u32>, u32>, codes: &[u32]) -> u32 {
    if let Some(&number) = numbers.get(codes) {
        return number;
    }
    let mut set = codes.to_vec();
    set.sort_unstable();
    set.dedup();
    let next = numbers.len() as u32;
    *numbers.entry(set).or_insert(next)
}
