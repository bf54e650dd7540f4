//! What is said of discrepancies and of answers that are taken for one another.

use super::Entry;

pub(super) const ENTRIES: &[Entry] = &[
    (
        "discrepancies.title",
        "Where coders differ, worst first",
        "Dónde difieren los codificadores, de más a menos",
    ),
    ("discrepancies.column.unit", "unit", "unidad"),
    ("discrepancies.column.dimension", "dimension", "dimensión"),
    ("discrepancies.column.dispute", "dispute", "disputa"),
    ("discrepancies.column.words", "words", "palabras"),
    ("discrepancies.unsure", "unsure", "con dudas"),
    ("discrepancies.settled", "settled: {outcome}", "acordado: {outcome}"),
    (
        "discrepancies.count",
        "{n} {n|unit and dimension is|units and dimensions are} decided differently.",
        "{n} {n|unidad y dimensión tiene|unidades y dimensiones tienen} decisiones distintas.",
    ),
    (
        "discrepancies.limit",
        "Only the first {n} {n|is|are} shown (--limit).",
        "Solo se {n|muestra la primera|muestran las primeras}: {n} (--limit).",
    ),
    (
        "discrepancies.settled_count",
        "{n} of those shown {n|is|are} settled in consensus.",
        "{n} de las mostradas {n|está acordada|están acordadas} por consenso.",
    ),
    (
        "discrepancies.dispute",
        "dispute: the mean distance (MASI) between answers; 1 where they share no code.",
        "disputa: la distancia media (MASI) entre respuestas; 1 donde no comparten ningún código.",
    ),
    (
        "confusion.heading",
        "Which answers coders take for one another",
        "Qué respuestas confunden los codificadores",
    ),
    (
        "confusion.title",
        "{dimension}: {down} down, {across} across",
        "{dimension}: {down} en filas, {across} en columnas",
    ),
    (
        "confusion.note",
        "Whole answers, over the units that both decided.",
        "Respuestas completas, sobre las unidades que ambos decidieron.",
    ),
    (
        "confusion.pairs",
        "All pairs of coders are counted together, the one named first in themata.yaml down.",
        "Todas las parejas de codificadores se cuentan juntas; en filas, quien figura antes en themata.yaml.",
    ),
];
