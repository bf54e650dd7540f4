//! What is said of files that are imported, of labels and of speakers.

use super::Entry;

pub(super) const ENTRIES: &[Entry] = &[
    ("import.speaker.declared", "named in the list of speakers", "está en la lista de hablantes"),
    (
        "import.speaker.role-word",
        "the word `{word}` names a role",
        "la palabra `{word}` nombra una función",
    ),
    (
        "import.speaker.numbered",
        "numbered as participants are",
        "numerada como suelen estarlo los participantes",
    ),
    (
        "import.speaker.recurs",
        "stands before speech {n} times",
        "aparece {n} veces ante lo que se dice",
    ),
    (
        "import.speaker.listed",
        "named in a table or list of those present",
        "está en una tabla o lista de asistentes",
    ),
    ("import.speaker.style", "written as the other labels are", "escrita como las demás etiquetas"),
    (
        "import.speaker.dense",
        "a name where nearly every paragraph has a label",
        "un nombre donde casi cada párrafo lleva etiqueta",
    ),
    (
        "import.speaker.column",
        "stands in the column of speakers",
        "está en la columna de hablantes",
    ),
    ("import.text.once", "stands there only once", "aparece una sola vez"),
    ("import.text.field", "names a part of the document", "nombra una parte del documento"),
    ("import.text.nothing-said", "nothing is said after it", "no le sigue nada dicho"),
    (
        "import.text.metadata",
        "stands under headings before a few words that are no sentence",
        "está bajo títulos ante unas palabras que no forman frase",
    ),
    (
        "import.text.not-a-name",
        "has not the form of a name, and is rare",
        "no tiene forma de nombre y es poco frecuente",
    ),
    ("import.role.word", "the word `{word}` in the label", "la palabra `{word}` en la etiqueta"),
    (
        "import.role.numbered",
        "numbered as participants are",
        "numerada como suelen estarlo los participantes",
    ),
    (
        "import.role.unknown",
        "nothing in the label says so; counts as a participant",
        "nada en la etiqueta lo dice; cuenta como participante",
    ),
    ("import.role.pair", "the label that goes with `{other}`", "la etiqueta que va con `{other}`"),
    (
        "import.role.asks",
        "asks {n} of {all} questions, and the others are numbered as participants",
        "hace {n} de {all} preguntas, y los demás están numerados como participantes",
    ),
    (
        "import.note.no-speaker",
        "no speaker was found; a list of speakers (`--speakers`) with an empty label says who speaks throughout",
        "no se encontró ningún hablante; una lista de hablantes (`--speakers`) con la etiqueta vacía dice quién habla en todo el texto",
    ),
    (
        "import.note.merged",
        "`{other}` was taken for `{label}`: the same full name",
        "`{other}` se tomó por `{label}`: el mismo nombre completo",
    ),
];
