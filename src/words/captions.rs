//! What is said of formats, and of files that machines wrote: captions, segments, tables, logs.

use super::Entry;

pub(super) const ENTRIES: &[Entry] = &[
    ("import.format.vtt", "captions (WebVTT)", "subtítulos (WebVTT)"),
    ("import.format.srt", "captions (SubRip)", "subtítulos (SubRip)"),
    (
        "import.speaker.described",
        "the file names its speakers: {description}",
        "el archivo nombra a sus hablantes: {description}",
    ),
    (
        "captions.none",
        "there is no caption in this file: no line tells two times with `-->` between them",
        "no hay ningún subtítulo en este archivo: ninguna línea da dos tiempos con `-->` en medio",
    ),
    (
        "captions.none.fix",
        "download the captions again; or, if it is plain text, name it .txt",
        "descargue los subtítulos otra vez; o, si es texto sin formato, llámelo .txt",
    ),
    (
        "captions.headless",
        "the first line is not WEBVTT; read all the same",
        "la primera línea no es WEBVTT; se ha leído igualmente",
    ),
    (
        "captions.comments",
        "{n} {n|comment (NOTE) was|comments (NOTE) were} left out",
        "se {n|ha omitido|han omitido} {n} {n|comentario|comentarios} (NOTE)",
    ),
    (
        "captions.repeated",
        "{n} {n|line|lines} that captions repeat from the one before {n|was|were} left out: they roll",
        "se {n|ha omitido|han omitido} {n} {n|línea|líneas} que los subtítulos repiten del anterior: se desplazan",
    ),
    (
        "captions.times",
        "the times of {n} {n|caption|captions} make no sense (line {lines}); the text was kept",
        "los tiempos de {n} {n|subtítulo no tienen|subtítulos no tienen} sentido (línea {lines}); el texto se ha conservado",
    ),
    (
        "captions.back",
        "{n} {n|caption begins|captions begin} before the one above (line {lines}); the order of the file was kept",
        "{n} {n|subtítulo empieza|subtítulos empiezan} antes que el anterior (línea {lines}); se ha conservado el orden del archivo",
    ),
    (
        "captions.jumps",
        "{n} {n|number does|numbers do} not follow the one above (line {lines}); something may be missing",
        "{n} {n|número no sigue|números no siguen} al anterior (línea {lines}); puede que falte algo",
    ),
    (
        "captions.empty",
        "{n} {n|caption shows|captions show} nothing (line {lines})",
        "{n} {n|subtítulo no muestra|subtítulos no muestran} nada (línea {lines})",
    ),
    (
        "captions.blank",
        "{n} {n|line stands|lines stand} after a blank one and {n|was|were} taken for the caption above (line {lines})",
        "{n} {n|línea está|líneas están} tras una en blanco y se {n|ha tomado|han tomado} por el subtítulo anterior (línea {lines})",
    ),
    ("import.format.chat", "CHAT", "CHAT"),
    (
        "chat.headers",
        "{n} {n|header|headers} (@) {n|was|were} left out",
        "se {n|ha omitido|han omitido} {n} {n|cabecera|cabeceras} (@)",
    ),
    (
        "chat.dependent",
        "{n} dependent {n|tier|tiers} (%) {n|was|were} left out",
        "se {n|ha omitido|han omitido} {n} {n|línea dependiente|líneas dependientes} (%)",
    ),
    (
        "chat.codes",
        "{n} {n|code|codes} in the speech {n|was|were} left out or written out: [/], &=laughs, (be)cause",
        "se {n|ha omitido o escrito|han omitido o escrito} {n} {n|código|códigos} en el habla: [/], &=laughs, (be)cause",
    ),
    ("import.format.workbook", "workbook (Excel)", "libro de cálculo (Excel)"),
    ("import.format.table", "table (CSV, TSV)", "tabla (CSV, TSV)"),
    (
        "tabular.columns",
        "no column of this table can be told to hold what was said",
        "no se reconoce qué columna de esta tabla contiene lo dicho",
    ),
    (
        "tabular.columns.fix",
        "write the headings speaker, text and, if there are times, time into the first row",
        "escriba los encabezados hablante, texto y, si hay tiempos, tiempo en la primera fila",
    ),
    (
        "tabular.guessed",
        "the table has no headings; column {text} was taken for speech",
        "la tabla no tiene encabezados; la columna {text} se ha tomado por lo dicho",
    ),
    ("tabular.left_out", "columns left out: {columns}", "columnas omitidas: {columns}"),
    (
        "tabular.unspoken",
        "{n} {n|row names|rows name} no speaker (row {rows}); where the one above goes on, write the speaker into the cell",
        "{n} {n|fila no nombra|filas no nombran} ningún hablante (fila {rows}); donde siga el anterior, escríbalo en la celda",
    ),
    (
        "tabular.longer",
        "{n} {n|row has|rows have} more cells than there are headings (row {rows}); what stands there was left out",
        "{n} {n|fila tiene|filas tienen} más celdas que encabezados (fila {rows}); lo que hay ahí se ha omitido",
    ),
    (
        "tabular.entities",
        "{n} {n|character|characters} written as in web pages (&#8212;) {n|was|were} written out",
        "se {n|ha escrito|han escrito} {n} {n|carácter|caracteres} puestos como en páginas web (&#8212;)",
    ),
    (
        "tabular.quotes",
        "quotation marks do not close, so they were taken as part of the text",
        "las comillas no se cierran, así que se han tomado como parte del texto",
    ),
    (
        "tabular.sheets",
        "{n} other {n|sheet was|sheets were} not read; sheet {sheet} was",
        "no se {n|ha leído|han leído} {n} {n|hoja|hojas} más; se ha leído la hoja {sheet}",
    ),
    (
        "tabular.hidden",
        "{n} hidden {n|sheet was|sheets were} not read",
        "no se {n|ha leído|han leído} {n} {n|hoja oculta|hojas ocultas}",
    ),
    (
        "tabular.unsaved",
        "{n} {n|cell holds|cells hold} a formula whose result was not saved ({cells}): open the file in a spreadsheet program, save it, and import it again",
        "{n} {n|celda contiene|celdas contienen} una fórmula cuyo resultado no se guardó ({cells}): abra el archivo con un programa de hojas de cálculo, guárdelo e impórtelo de nuevo",
    ),
    ("import.format.chat_log", "log of a chat", "registro de un chat"),
    (
        "chat_log.commands",
        "{n} {n|line|lines} to a program (present+, q+) {n|was|were} left out",
        "se {n|ha omitido|han omitido} {n} {n|línea|líneas} dirigidas a un programa (present+, q+)",
    ),
    (
        "chat_log.reactions",
        "{n} {n|reaction|reactions} to other messages {n|was|were} left out",
        "se {n|ha omitido|han omitido} {n} {n|reacción|reacciones} a otros mensajes",
    ),
    (
        "chat_log.clock",
        "times are those of the clock when a message was written, not places in a recording",
        "los tiempos son los del reloj al escribirse el mensaje, no lugares de una grabación",
    ),
    ("import.format.json", "JSON of a transcription", "JSON de una transcripción"),
    (
        "json.damaged",
        "this JSON is damaged at column {column} of this line",
        "este JSON está dañado en la columna {column} de esta línea",
    ),
    (
        "json.damaged.fix",
        "download or export it again; it may have been cut off",
        "descárguelo o expórtelo de nuevo; puede estar cortado",
    ),
    (
        "json.shape",
        "this JSON has no list of stretches with text and speaker or time that this program knows",
        "este JSON no tiene ninguna lista de fragmentos con texto y hablante o tiempo que este programa conozca",
    ),
    (
        "json.speakers_apart",
        "this JSON keeps its speakers apart from the words, in a way that is not read",
        "este JSON guarda sus hablantes aparte de las palabras, de un modo que no se lee",
    ),
    (
        "json.shape.fix",
        "export captions (VTT, SRT) or text from the same service; or make a list of objects with speaker, start, end and text",
        "exporte subtítulos (VTT, SRT) o texto desde el mismo servicio; o haga una lista de objetos con speaker, start, end y text",
    ),
    (
        "import.speaker.pattern",
        "matches the pattern (`--speaker-pattern`)",
        "coincide con el patrón (`--speaker-pattern`)",
    ),
    (
        "import.note.pattern",
        "no paragraph begins as the pattern (`--speaker-pattern`) says",
        "ningún párrafo empieza como dice el patrón (`--speaker-pattern`)",
    ),
    (
        "import.pattern",
        "--speaker-pattern is no regular expression that can be used: {why}",
        "--speaker-pattern no es una expresión regular que se pueda usar: {why}",
    ),
    (
        "import.pattern.group",
        "--speaker-pattern has no group that tells which part is the label",
        "--speaker-pattern no tiene ningún grupo que diga qué parte es la etiqueta",
    ),
    (
        "import.pattern.fix",
        "put the label in brackets, as in '^<([^>]+)>' for `<Ana> Hello`; quote the whole pattern for the shell",
        "ponga la etiqueta entre paréntesis, como en '^<([^>]+)>' para `<Ana> Hola`; ponga todo el patrón entre comillas para la consola",
    ),
    ("preview.language", "language", "idioma"),
    ("preview.language.told", "{tag} (--language names another)", "{tag} (--language indica otro)"),
    (
        "preview.language.open",
        "not clear; --language names it, else the study's is taken",
        "no está claro; --language lo indica; si no, se toma el del estudio",
    ),
    (
        "import.namesake",
        "there is a transcript {known} already, with another text, so this one is {transcript}; with `--replace {known}` it takes the place of the earlier one",
        "ya existe una transcripción {known} con otro texto, así que esta es {transcript}; con `--replace {known}` ocupa el lugar de la anterior",
    ),
    (
        "import.misnamed",
        "this is named .{extension}, but is no such document: its bytes are another kind",
        "se llama .{extension}, pero no es un documento de ese tipo: sus bytes son de otra clase",
    ),
    (
        "import.misnamed.fix",
        "open it in the program that made it and save it again; or, if it is plain text, name it .txt",
        "ábralo con el programa que lo creó y guárdelo de nuevo; o, si es texto sin formato, llámelo .txt",
    ),
];
