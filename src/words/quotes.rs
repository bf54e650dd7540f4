//! What is said of quotations.

use super::Entry;

pub(super) const ENTRIES: &[Entry] = &[
    ("quotes.title", "Quotations", "Citas"),
    ("quotes.column.locator", "unit", "unidad"),
    ("quotes.column.code", "code", "código"),
    ("quotes.column.text", "words and citation", "palabras y cita"),
    ("quotes.count", "{n} {n|unit|units}.", "{n} {n|unidad|unidades}."),
    (
        "quotes.limit",
        "Only the first {n} {n|is|are} shown (--limit).",
        "Solo se {n|muestra la primera|muestran las primeras}: {n} (--limit).",
    ),
    (
        "quotes.not_quoted",
        "{n} {n|unit is|units are} left out because somebody who speaks in {n|it|them} is not to be quoted.",
        "{n|Queda|Quedan} fuera {n} {n|unidad|unidades} porque en {n|ella|ellas} habla alguien a quien no se debe citar.",
    ),
];
