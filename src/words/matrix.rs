//! What is said of matrices.

use super::Entry;

pub(super) const ENTRIES: &[Entry] = &[
    ("matrix.title", "{content}: {rows} × {columns}", "{content}: {rows} × {columns}"),
    ("matrix.axis.case", "case", "caso"),
    ("matrix.axis.participant", "participant", "participante"),
    ("matrix.axis.transcript", "transcript", "transcripción"),
    ("matrix.axis.role", "role", "papel"),
    ("matrix.axis.topic", "topic", "tema"),
    ("matrix.axis.dimension", "dimension", "dimensión"),
    ("matrix.axis.code", "code", "código"),
    ("matrix.axis.coder", "coder", "codificador"),
    ("matrix.axis.round", "round", "ronda"),
    ("matrix.content.units", "units", "unidades"),
    ("matrix.content.participants", "participants", "participantes"),
    ("matrix.content.cases", "cases", "casos"),
    ("matrix.content.words", "words", "palabras"),
    ("matrix.content.share", "share", "proporción"),
    ("matrix.content.presence", "presence", "presencia"),
    ("matrix.content.quotes", "quotes", "citas"),
    ("matrix.total", "total", "total"),
    ("matrix.no_value", "(no value)", "(sin valor)"),
    (
        "matrix.note.empty",
        "0: decided, and not given; –: nothing there was decided and settled.",
        "0: decidido y no asignado; –: nada decidido y acordado ahí.",
    ),
    (
        "matrix.note.beneath",
        "A code or dimension counts each unit given it or anything beneath it, once.",
        "Un código o dimensión cuenta una vez cada unidad que lo recibió, o que recibió algo por debajo.",
    ),
    (
        "matrix.note.exact",
        "A code or dimension counts only what was given it itself (--exact).",
        "Un código o dimensión cuenta solo lo que se le asignó directamente (--exact).",
    ),
    (
        "matrix.note.people",
        "A unit counts for everybody who speaks in it, so that rows may sum to more than the total.",
        "Una unidad cuenta para cada persona que habla en ella; por eso las filas pueden sumar más que el total.",
    ),
    (
        "matrix.note.share",
        "share: units over the row's units decided in the column's dimension, `none` included.",
        "proporción: unidades entre las unidades de la fila decididas en la dimensión de la columna, con `none` incluido.",
    ),
    (
        "matrix.note.share_of_coded",
        "share: units over the row's units with any code.",
        "proporción: unidades entre las unidades de la fila con algún código.",
    ),
    (
        "matrix.note.words",
        "words: those of participants, in the row of a person her own.",
        "palabras: las de participantes; en la fila de una persona, las suyas.",
    ),
    (
        "matrix.note.all_words",
        "words: those of participants, moderators and observers, in the row of a person her own.",
        "palabras: las de participantes, moderadores y observadores; en la fila de una persona, las suyas.",
    ),
    ("matrix.same", "rows and columns are both {axis}", "filas y columnas son ambas {axis}"),
    (
        "matrix.same.fix",
        "choose two different ones, as in --rows case --columns code",
        "elija dos distintas, como en --rows case --columns code",
    ),
    ("matrix.attribute", "there is no column for {axis}", "no hay ninguna columna para {axis}"),
    ("matrix.attribute.fix", "these attributes are there: {known}", "estos atributos hay: {known}"),
    (
        "matrix.no_attributes.fix",
        "add the column to the list first",
        "añada primero la columna a la lista",
    ),
    (
        "matrix.coder_from",
        "with coder as row or column each coder's own decisions count, and --from asks for others",
        "con coder como fila o columna cuentan las decisiones de cada codificador, y --from pide otras",
    ),
    ("matrix.coder_from.fix", "leave --from out", "omita --from"),
    (
        "matrix.round_round",
        "rounds are a row or column, and --round asks for one of them",
        "las rondas son fila o columna, y --round pide una de ellas",
    ),
    ("matrix.round_round.fix", "leave --round out", "omita --round"),
];
