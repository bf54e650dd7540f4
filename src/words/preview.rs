//! What is said of files that are to be imported, or were.

use super::Entry;

pub(super) const ENTRIES: &[Entry] = &[
    ("role.participant", "participant", "participante"),
    ("role.moderator", "moderator", "moderación"),
    ("role.observer", "observer", "observación"),
    ("role.unknown", "unknown", "desconocido"),
    ("preview.what", "what", "qué"),
    ("preview.found", "found", "hallado"),
    ("preview.transcript", "transcript", "transcripción"),
    ("preview.case", "case", "caso"),
    ("preview.format", "format", "formato"),
    ("preview.paragraphs", "paragraphs", "párrafos"),
    ("preview.turns", "turns", "turnos"),
    ("preview.first", "first paragraph", "primer párrafo"),
    ("preview.last", "last paragraph", "último párrafo"),
    ("preview.speakers", "taken for speakers", "considerados hablantes"),
    ("preview.label", "label", "etiqueta"),
    ("preview.participant", "becomes", "pasa a ser"),
    ("preview.role", "role", "papel"),
    ("preview.words", "words", "palabras"),
    ("preview.line", "line", "línea"),
    ("preview.why", "why", "por qué"),
    ("preview.rejected", "left in the text", "dejados en el texto"),
    ("preview.times", "times", "veces"),
    (
        "preview.written",
        "nothing was written; without --preview the file is imported as shown",
        "no se ha escrito nada; sin --preview se importa el archivo tal como se muestra",
    ),
    (
        "preview.personal",
        "{n} {n|label looks|labels look} like the name of a person; --speakers MAP.csv gives pseudonyms (transcript,label,participant,role)",
        "{n} {n|etiqueta parece|etiquetas parecen} nombres de personas; --speakers MAPA.csv asigna seudónimos (transcript,label,participant,role)",
    ),
    (
        "preview.imported",
        "{transcript} (case {case}): {n} {n|paragraph|paragraphs}; participants {speakers}; moderating or observing {moderators}",
        "{transcript} (caso {case}): {n} {n|párrafo|párrafos}; participantes {speakers}; moderan u observan {moderators}",
    ),
    ("import.next", "next: themata split", "siguiente paso: themata split"),
    (
        "import.one_id",
        "--transcript names one transcript, but there are several files",
        "--transcript nombra una transcripción, pero hay varios archivos",
    ),
    (
        "import.one_id.fix",
        "import them one by one, or leave --transcript out",
        "impórtelos uno a uno o quite --transcript",
    ),
    (
        "import.again",
        "this very file is already in the study, as {transcript}",
        "este mismo archivo ya está en el estudio, como {transcript}",
    ),
    (
        "import.again.fix",
        "leave it out; `themata remove {transcript}` takes the earlier one out",
        "quítelo; `themata remove {transcript}` retira la anterior",
    ),
    (
        "import.odd_name",
        "no id can be made of this name",
        "con este nombre no se puede formar un identificador",
    ),
    (
        "import.odd_name.fix",
        "name the case with --case and the transcript with --transcript",
        "indique el caso con --case y la transcripción con --transcript",
    ),
    (
        "import.taken",
        "there is a transcript {transcript} already",
        "ya existe una transcripción {transcript}",
    ),
    (
        "import.taken.fix",
        "choose another id: a transcript's id names one text for ever",
        "elija otro identificador: el de una transcripción nombra siempre un mismo texto",
    ),
    (
        "import.unmatched",
        "{n} {n|row names a label|rows name labels} that no file has",
        "{n} {n|fila nombra una etiqueta|filas nombran etiquetas} que no están en ningún archivo",
    ),
    (
        "import.unmatched.fix",
        "`themata import --preview FILE` shows the labels as they stand",
        "`themata import --preview ARCHIVO` muestra las etiquetas tal como están",
    ),
];
