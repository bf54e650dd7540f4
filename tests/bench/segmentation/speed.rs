//! Time for texts of ten thousand to ten million words, made up of drifting topics.

use std::time::Instant;

use themata::unitize::theme::{Size, Turn, propose};

pub(crate) fn print() {
    println!("\nTime to propose units of 100 words, made-up talk in turns of 2 to 40 words");
    println!("  {:>9} {:>9} {:>9} {:>14}", "words", "turns", "seconds", "s per million");
    for words in [10_000, 100_000, 1_000_000, 10_000_000] {
        let texts = talk(words);
        let turns: Vec<Turn<'_>> = texts.iter().enumerate().map(turn).collect();
        let start = Instant::now();
        let cuts = propose(&turns, Size::about(100), "en");
        let seconds = start.elapsed().as_secs_f64();
        assert!(cuts.len() > words / 150);
        let each = seconds * 1e6 / words as f64;
        println!("  {words:9} {:9} {seconds:9.3} {each:14.3}", turns.len());
    }
}

fn turn((at, text): (usize, &String)) -> Turn<'_> {
    Turn {
        texts: vec![text.as_str()],
        speaker: at % 5,
        leads: at.is_multiple_of(5),
        words: text.split(' ').count() as u32,
        ..Turn::default()
    }
}

/// Turns of made-up words: a third of them small words, the others of a topic that changes now and then,
/// out of a vocabulary that grows slowly.
fn talk(words: usize) -> Vec<String> {
    let mut state = 7_u64;
    let mut draw = |below: u64| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let small = ["the", "and", "we", "that", "so", "it", "with", "of", "in", "what"];
    let (mut said, mut topic, mut turns) = (0, 0, Vec::new());
    while said < words {
        if draw(8) == 0 {
            topic = draw(2000);
        }
        let length = 2 + draw(39);
        let word = |_| match draw(3) {
            0 => small[draw(10) as usize].to_owned(),
            _ => name(topic * 7 + draw(30)),
        };
        turns.push((0..length).map(word).collect::<Vec<_>>().join(" "));
        said += length as usize;
    }
    turns
}

/// A word for a number.
fn name(mut number: u64) -> String {
    let mut word = String::from("k");
    while number > 0 {
        word.push(char::from(b'a' + (number % 26) as u8));
        number /= 26;
    }
    word
}
