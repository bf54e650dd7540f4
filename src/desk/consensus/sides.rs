//! In which order answers are shown: by coder, or shuffled, so that nobody knows whose is whose.

use super::{ConsensusDesk, Dispute};

impl<'a> ConsensusDesk<'a> {
    /// The same desk, at which answers are shown without names and in an order of their own for each discrepancy: the
    /// same whenever it is shown again.
    #[must_use]
    pub fn hiding_names(self) -> Self {
        let study = self.study;
        let order = |it: &Dispute| {
            let unit = study.unit_at(it.unit).map(|unit| unit.locator.to_string());
            let known = study.vocabulary.dimensions.get(usize::from(it.dimension.0));
            let dimension = known.map_or("", |it| it.id.as_str());
            shuffled(it.given.len(), &format!("{} {dimension}", unit.unwrap_or_default()))
        };
        let orders = self.disputes.iter().map(order).collect();
        Self { orders, hides_names: true, ..self }
    }

    /// The places of the coders in the order in which their answers are shown.
    pub(super) fn order(&self, dispute: &Dispute) -> &[usize] {
        let nth = self.disputes.iter().position(|it| it == dispute);
        let order = nth.and_then(|nth| self.orders.get(nth));
        order.unwrap_or(&self.by_coder)
    }
}

/// So many places in an order that a text decides: Fisher and Yates with a linear congruential generator, begun by the
/// FNV-1a hash of the text. Nobody should guess it at sight; nothing depends on its quality.
fn shuffled(n: usize, text: &str) -> Vec<usize> {
    let mut state = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let mut order: Vec<usize> = (0..n).collect();
    for last in (1..n).rev() {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let other = usize::try_from(state >> 33).unwrap_or(0) % (last + 1);
        order.swap(last, other);
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_orders_come_about_as_often_and_each_text_has_its_own() {
        let first = |nth: usize| shuffled(2, &format!("CoP-31:{nth} leadership"))[0];
        let swapped: usize = (1..=1000).map(first).sum();
        assert!((400..600).contains(&swapped), "{swapped}");
        assert_eq!(first(7), first(7));
        let mut three = shuffled(3, "A:2 tone");
        three.sort_unstable();
        assert_eq!(three, [0, 1, 2]);
    }
}
