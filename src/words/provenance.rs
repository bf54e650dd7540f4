//! What is said of where a result comes from: round, codebook, cases that wait.

use super::Entry;

pub(super) const ENTRIES: &[Entry] = &[
    (
        "provenance.round",
        "Round {round}, codebook {codebook}.",
        "Ronda {round}, libro de códigos {codebook}.",
    ),
    (
        "provenance.latest",
        "Of each unit the latest round that all its coders decided; codebook {codebook}.",
        "De cada unidad, la última ronda decidida por todos sus codificadores; libro de códigos {codebook}.",
    ),
    (
        "provenance.waiting",
        "{case} is not in here: not yet sealed by {coders}.",
        "{case} no está incluido: falta el sello de {coders}.",
    ),
    (
        "provenance.unblinded",
        "Somebody looked before all had sealed; what was decided after that is left out.",
        "Alguien miró antes de que todos sellaran; lo decidido después queda fuera.",
    ),
];
