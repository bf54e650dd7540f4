//! Whether cuts lie where an answer begins and ends that people marked in real meetings.

use themata::unitize::theme::Size;

use super::baselines::{Tiling, even_words, text_tiling};
use super::sets;
use super::tables::proposed;

pub(crate) fn print() {
    let all = sets::read("qmsum.val");
    println!("\nEdges of marked answers within one turn of a cut, qmsum.val");
    println!("  {:10} {:>10} {:>10} {:>10}", "words/unit", "even words", "TextTiling", "themata");
    for words in [60, 100, 150, 300] {
        let (mut edges, mut hits) = (0_u32, [0_u32; 3]);
        for it in &all {
            let own = proposed(it, Size::about(words));
            let tiling = Tiling { block: 60.0, gap: f64::from(words) / 4.0, smooth: 0 };
            let ways = [even_words(it, own.len() + 1), text_tiling(it, own.len() + 1, tiling), own];
            let inside = |edge: &usize| (1..it.texts.len()).contains(edge);
            for edge in it.answers.iter().flat_map(|it| [it.0, it.1 + 1]).filter(inside) {
                edges += 1;
                for (hits, cuts) in hits.iter_mut().zip(&ways) {
                    *hits += u32::from(cuts.iter().any(|cut| cut.abs_diff(edge) <= 1));
                }
            }
        }
        let [even, tiling, own] = hits.map(|hits| f64::from(hits) / f64::from(edges));
        println!("  {words:10} {even:10.3} {tiling:10.3} {own:10.3}");
    }
}
