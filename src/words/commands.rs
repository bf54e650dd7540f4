//! What is said by the commands that show and change lists, hand over, look back and export.

use super::Entry;

pub(super) const ENTRIES: &[Entry] = &[
    ("coder.coder", "coder", "codificador"),
    ("coder.name", "name", "nombre"),
    (
        "coder.none",
        "Nobody codes yet; add somebody with `themata coder add ID`.",
        "Aún no codifica nadie; añada a alguien con `themata coder add ID`.",
    ),
    (
        "coder.added",
        "added coder {coder}; next: `themata code --coder {coder} --lines`",
        "añadida la persona {coder}; siguiente paso: `themata code --coder {coder} --lines`",
    ),
    (
        "coder.closed",
        "these cases are not open for comparison until {coder} has sealed them too: {cases}",
        "estos casos no se abren a la comparación hasta que {coder} también los selle: {cases}",
    ),
    ("coder.exists", "there is a coder {coder} already", "ya existe una persona {coder}"),
    (
        "coder.exists.fix",
        "choose another id and name; capital letters make no difference",
        "elija otro identificador y otro nombre; las mayúsculas no cuentan",
    ),
    ("participants.participant", "participant", "participante"),
    ("participants.name", "name", "nombre"),
    ("participants.case", "case", "caso"),
    ("participants.role", "role", "papel"),
    ("participants.quotes", "quotes", "citas"),
    ("participants.turns", "turns", "turnos"),
    ("participants.words", "words", "palabras"),
    ("participants.role.participant", "participant", "participante"),
    ("participants.role.moderator", "moderator", "moderación"),
    ("participants.role.observer", "observer", "observación"),
    ("participants.role.unknown", "unknown", "desconocido"),
    ("participants.quotes.yes", "yes", "sí"),
    ("participants.quotes.no", "no", "no"),
    ("participants.quotes.ask", "ask", "preguntar"),
    (
        "participants.none",
        "Nobody speaks yet; bring transcripts in with `themata import FILE`.",
        "Aún no habla nadie; incorpore transcripciones con `themata import ARCHIVO`.",
    ),
    (
        "participants.unknown",
        "there is no participant {participant}",
        "no hay ningún participante {participant}",
    ),
    ("participants.unknown.fix", "the participants are: {known}", "los participantes son: {known}"),
    ("participants.same", "{participant} is as before", "{participant} queda como estaba"),
    ("participants.set", "changed {participant}", "{participant} modificado"),
    (
        "participants.recounted",
        "speakers and words of the units of {transcript} were counted anew; the units stay as they are, because they carry decisions",
        "se han recontado hablantes y palabras de las unidades de {transcript}; las unidades no cambian, porque llevan decisiones",
    ),
    (
        "participants.recut",
        "speakers and words of the units of {transcript} were counted anew; `themata split {transcript}` also tells anew what is coded and what is a prompt",
        "se han recontado hablantes y palabras de las unidades de {transcript}; `themata split {transcript}` distingue además de nuevo lo que se codifica y lo que es moderación",
    ),
    ("round.round", "round", "ronda"),
    ("round.at", "begun", "inicio"),
    ("round.current", "current", "en curso"),
    ("round.yes", "yes", "sí"),
    (
        "round.made",
        "began round {round}; `code` and `seal` now work in it",
        "empieza la ronda {round}; `code` y `seal` trabajan ahora en ella",
    ),
    (
        "round.unassigned",
        "assignments.csv asks nobody to code in round {round} yet: add rows to it",
        "assignments.csv no pide aún a nadie que codifique en la ronda {round}: añádale filas",
    ),
    (
        "seal.done",
        "{coder} sealed {cases} in round {round}",
        "{coder} selló {cases} en la ronda {round}",
    ),
    (
        "seal.decisions",
        "{n} {n|decision|decisions} in force, codebook {codebook}",
        "{n} {n|decisión vigente|decisiones vigentes}, libro de códigos {codebook}",
    ),
    ("seal.log", "sha256 of the log's rows: {hash}", "sha256 de las filas del registro: {hash}"),
    ("seal.units", "sha256 of the units: {hash}", "sha256 de las unidades: {hash}"),
    (
        "seal.missing",
        "{case} is not open for comparison yet; still to seal it: {coders}",
        "{case} aún no está abierto a la comparación; falta que lo selle: {coders}",
    ),
    (
        "seal.open",
        "{case} is open for comparison: all have sealed it",
        "{case} está abierto a la comparación: todos lo han sellado",
    ),
    (
        "seal.rest",
        "{coder} has more to seal, for instance {case}",
        "a {coder} le queda por sellar, por ejemplo, {case}",
    ),
    (
        "seal.next",
        "next: `themata agree`, then `themata discrepancies`",
        "siguiente paso: `themata agree` y luego `themata discrepancies`",
    ),
    ("seal.next_alone", "next: `themata matrix`", "siguiente paso: `themata matrix`"),
];
