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
    (
        "counted.final",
        "Of {n} units × dimensions: {consensus} settled in consensus, {agreed} agreed, {single} decided by one coder alone; not counted: {unsettled} unsettled, {undecided} undecided.",
        "De {n} unidades × dimensiones: {consensus} acordadas por consenso, {agreed} coincidentes, {single} decididas por un solo codificador; sin contar: {unsettled} sin acordar, {undecided} sin decidir.",
    ),
    (
        "counted.other",
        "Counted: {counted} of {n} units × dimensions (--from {from}).",
        "Se cuentan {counted} de {n} unidades × dimensiones (--from {from}).",
    ),
    (
        "deciding.own",
        "--coder reads one coder's own decisions, and --from asks for more than those",
        "--coder lee solo las decisiones de un codificador, y --from pide más que esas",
    ),
    (
        "deciding.own.fix",
        "add --from coder:ID with the same coder, or leave --coder out",
        "añada --from coder:ID con el mismo codificador, u omita --coder",
    ),
];
