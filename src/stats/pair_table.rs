//! Two coders' answers side by side: the contingency table, without its empty cells.

/// Two coders' answers to the units that both coded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PairTable {
    /// First coder's category, second coder's, units; in order, none of them 0.
    pub(super) cells: Vec<(u32, u32, u64)>,
    /// Units per category of the first coder.
    pub(super) first: Vec<u64>,
    /// Units per category of the second coder.
    pub(super) second: Vec<u64>,
    /// All units that both coded.
    pub(super) units: u64,
    /// Those to which both gave the same category.
    pub(super) agreed: u64,
    /// Whether a standard error is of use.
    pub(super) wants_precision: bool,
}

impl PairTable {
    pub(super) fn new(categories: usize, mut cells: Vec<(u32, u32, u64)>) -> Self {
        cells.sort_unstable();
        cells.dedup_by(|next, kept| {
            let same = (next.0, next.1) == (kept.0, kept.1);
            if same {
                kept.2 += next.2;
            }
            same
        });
        let mut table = Self {
            cells,
            first: vec![0; categories],
            second: vec![0; categories],
            units: 0,
            agreed: 0,
            wants_precision: true,
        };
        for &(one, other, units) in &table.cells {
            table.first[one as usize] += units;
            table.second[other as usize] += units;
            table.units += units;
            table.agreed += if one == other { units } else { 0 };
        }
        table
    }
}
