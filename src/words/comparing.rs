//! What is said of choosing rounds, cases, dimensions and coders.

use super::Entry;

pub(super) const ENTRIES: &[Entry] = &[
    ("comparing.reason", "--unblind needs a reason", "--unblind necesita un motivo"),
    (
        "comparing.reason.fix",
        "say why you look before all have sealed; it is recorded for ever",
        "diga por qué mira antes de que todos sellen; queda registrado para siempre",
    ),
    ("comparing.case", "there is no case {name}", "no hay ningún caso {name}"),
    ("comparing.dimension", "there is no dimension {name}", "no hay ninguna dimensión {name}"),
    ("comparing.round", "there is no round {name}", "no hay ninguna ronda {name}"),
    ("comparing.code", "there is no code {name}", "no hay ningún código {name}"),
    (
        "comparing.participant",
        "there is no participant {name}",
        "no hay ningún participante {name}",
    ),
    ("comparing.coder", "there is no coder {name}", "no hay ningún codificador {name}"),
    ("comparing.known", "these are there: {known}", "estos son los que hay: {known}"),
    (
        "comparing.coders",
        "agreement needs the decisions of two coders, and here there is one at most",
        "el acuerdo necesita las decisiones de dos codificadores, y aquí hay uno como mucho",
    ),
    (
        "comparing.coders.fix",
        "add a coder with `themata coder add ID`; with --coders, name two",
        "añada un codificador con `themata coder add ID`; con --coders, nombre dos",
    ),
];
