//! What the demo says between its steps.

use super::Entry;

pub(super) const ENTRIES: &[Entry] = &[
    (
        "demo.written",
        "wrote the example study into {folder}; its people, their words and the decisions are invented",
        "estudio de ejemplo escrito en {folder}; las personas, lo que dicen y las decisiones son inventados",
    ),
    (
        "demo.status",
        "1. Where the study stands: six focus groups, two coders who have handed over.",
        "1. Cómo va el estudio: seis grupos focales y dos codificadores que ya han entregado.",
    ),
    (
        "demo.units",
        "2. What is coded: units, each a stretch of talk named by transcript and paragraph.",
        "2. Qué se codifica: unidades, cada una un fragmento nombrado por transcripción y párrafo.",
    ),
    (
        "demo.agree",
        "3. How far the two agree, coded independently, on whether a dimension applies.",
        "3. Hasta qué punto coinciden, codificando por separado, en si una dimensión se aplica.",
    ),
    (
        "demo.discrepancies",
        "4. Where they differ, worst first.",
        "4. Dónde difieren, lo peor primero.",
    ),
    (
        "demo.consensus",
        "5. What they settled when they met, and why.",
        "5. Qué resolvieron al reunirse y por qué.",
    ),
    (
        "demo.matrix",
        "6. Cases by dimensions, after consensus: units in each cell.",
        "6. Casos por dimensiones, tras el consenso: unidades en cada celda.",
    ),
    (
        "demo.try",
        "Three things to try:\n  themata -C {folder} quotes --code discouragement\n  themata -C {folder} matrix --rows participant --columns code --cell words -o matrix.xlsx\n  themata -C {folder} resolve --lines",
        "Tres cosas que probar:\n  themata -C {folder} quotes --code discouragement\n  themata -C {folder} matrix --rows participant --columns code --cell words -o matrix.xlsx\n  themata -C {folder} resolve --lines",
    ),
];
