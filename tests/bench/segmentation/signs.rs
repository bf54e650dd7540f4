//! How many units begin where somebody asks, opens or moves on.

use themata::unitize::theme::{Size, signs};

use super::baselines::even_words;
use super::sets;
use super::tables::proposed;

pub(crate) fn print() {
    let all = sets::read("qmsum.val");
    println!(
        "\nUnits that begin with a question, an opening word or a phrase that moves on, qmsum.val"
    );
    println!("  {:10} {:>10} {:>10} {:>10}", "words/unit", "all turns", "even words", "themata");
    for words in [60, 100, 150, 300, 1450] {
        // With a sign, and in all: turns, units of even words, proposed units.
        let mut counts = [(0_u32, 0_u32); 3];
        for it in &all {
            let sign = signs(&it.turns(), &it.language);
            let own = proposed(it, Size::about(words));
            let ways = [(1..it.texts.len()).collect(), even_words(it, own.len() + 1), own];
            for ((with, all), cuts) in counts.iter_mut().zip(&ways) {
                *all += cuts.len() as u32;
                *with += cuts.iter().filter(|cut| sign[**cut]).count() as u32;
            }
        }
        let [turns, even, own] = counts.map(|(with, all)| f64::from(with) / f64::from(all));
        println!("  {words:10} {turns:10.3} {even:10.3} {own:10.3}");
    }
}
