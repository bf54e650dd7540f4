//! What is said of files that are imported, of labels and of speakers.

use super::Entry;

pub(super) const ENTRIES: &[Entry] = &[
    ("import.format.text", "plain text", "texto sin formato"),
    ("import.format.markdown", "Markdown", "Markdown"),
    ("import.format.docx", "Word (docx)", "Word (docx)"),
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
    ("import.speaker.format", "the file names its speakers", "el archivo nombra a sus hablantes"),
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
    (
        "import.role.file",
        "the file calls this speaker `{word}`",
        "el archivo llama `{word}` a este hablante",
    ),
    ("import.role.pair", "the label that goes with `{other}`", "la etiqueta que va con `{other}`"),
    (
        "import.role.turns",
        "has {turns} turns, {questions} with a question, and is the only one with many turns that is not numbered or named as a participant",
        "tiene {turns} turnos, {questions} con preguntas, y es la única con muchos turnos que no está numerada ni nombrada como participante",
    ),
    (
        "import.note.no-speaker",
        "no speaker was found; a list of speakers (`--speakers`) with an empty label says who speaks throughout",
        "no se encontró ningún hablante; una lista de hablantes (`--speakers`) con la etiqueta vacía dice quién habla en todo el texto",
    ),
    (
        "import.note.only-moderators",
        "only who asks has a label, so what stands below the questions has no speaker; a list of speakers (`--speakers`) with an empty label says who answers",
        "solo quien pregunta tiene etiqueta, así que lo que está bajo las preguntas no tiene hablante; una lista de hablantes (`--speakers`) con la etiqueta vacía dice quién responde",
    ),
    (
        "import.note.slip",
        "`{label}` is rare and resembles `{other}`; if it is a slip, a list of speakers (`--speakers`) makes them one now, or `themata participants merge` later",
        "`{label}` es poco frecuente y se parece a `{other}`; si es una errata, una lista de hablantes (`--speakers`) las une ahora, o `themata participants merge` después",
    ),
    (
        "import.note.colons",
        "a blank stands before the colon of {spaced} {spaced|label|labels} and not of {tight} (see line {line}); `P1 :` and `P1:` were taken for the same speaker",
        "hay un espacio ante los dos puntos de {spaced} {spaced|etiqueta|etiquetas} y no en {tight} (véase la línea {line}); `P1 :` y `P1:` se tomaron por el mismo hablante",
    ),
    (
        "import.note.silent",
        "{n} {n|label has|labels have} nothing said after {n|it|them} and {n|makes|make} no turn",
        "{n} {n|etiqueta no va seguida|etiquetas no van seguidas} de nada dicho y no {n|forma|forman} ningún turno",
    ),
    (
        "import.note.merged",
        "`{other}` was taken for `{label}`: the same full name",
        "`{other}` se tomó por `{label}`: el mismo nombre completo",
    ),
    ("import.empty", "there is no text in this file", "no hay texto en este archivo"),
    (
        "import.empty.fix",
        "open it and see whether it is the right one; a scanned page has to be typed or recognised first",
        "ábralo y compruebe si es el correcto; una página escaneada hay que teclearla o reconocerla antes",
    ),
    (
        "import.encoding.unknown",
        "there is no encoding called `{encoding}`",
        "no existe ninguna codificación llamada `{encoding}`",
    ),
    (
        "import.encoding.unknown.fix",
        "use a name such as utf-8, windows-1252, macintosh, iso-8859-15 or utf-16le",
        "use un nombre como utf-8, windows-1252, macintosh, iso-8859-15 o utf-16le",
    ),
    (
        "import.encoding.unfit",
        "the bytes of this file are not {encoding}",
        "los bytes de este archivo no son {encoding}",
    ),
    (
        "import.encoding.unfit.fix",
        "name the right encoding with --encoding, or save the file as UTF-8 in the editor that made it",
        "indique la codificación correcta con --encoding, o guarde el archivo en UTF-8 con el editor que lo creó",
    ),
    (
        "import.encoding.broken",
        "the file is UTF-8 nearly throughout, but not at byte {byte} of this line",
        "el archivo es UTF-8 casi por entero, pero no en el byte {byte} de esta línea",
    ),
    (
        "import.encoding.broken.fix",
        "correct the line in an editor and save as UTF-8; or name another encoding with --encoding",
        "corrija la línea en un editor y guarde en UTF-8; o indique otra codificación con --encoding",
    ),
    (
        "import.not-text",
        "this is no text: much of it is control characters",
        "esto no es texto: gran parte son caracteres de control",
    ),
    (
        "import.not-text.fix",
        "open it in the program that made it and save it as plain text (.txt), encoding UTF-8",
        "ábralo con el programa que lo creó y guárdelo como texto sin formato (.txt), codificación UTF-8",
    ),
    (
        "import.note.guessed",
        "the encoding was guessed: {encoding}; if letters with accents are wrong, name it with --encoding",
        "la codificación se ha supuesto: {encoding}; si las letras con acento están mal, indíquela con --encoding",
    ),
    (
        "import.note.controls",
        "{n} control {n|character was|characters were} left out",
        "se {n|ha omitido|han omitido} {n} {n|carácter|caracteres} de control",
    ),
    (
        "import.note.hidden",
        "{n} hidden {n|piece|pieces} of text {n|was|were} left out",
        "se {n|ha omitido|han omitido} {n} {n|fragmento|fragmentos} de texto oculto",
    ),
    (
        "import.note.deleted",
        "{n} tracked {n|deletion was|deletions were} left out",
        "se {n|ha omitido|han omitido} {n} {n|eliminación|eliminaciones} del control de cambios",
    ),
    (
        "import.note.embedded",
        "{n} embedded {n|document was|documents were} not read; copy {n|its|their} text into this one",
        "no se {n|ha leído|han leído} {n} {n|documento incrustado|documentos incrustados}; copie su texto en este",
    ),
    (
        "import.docx.no-document",
        "this Word file has no document in it",
        "este archivo de Word no contiene ningún documento",
    ),
    (
        "import.docx.xml",
        "the part {part} of this document is damaged at byte {byte}",
        "la parte {part} de este documento está dañada en el byte {byte}",
    ),
    (
        "import.docx.damaged.fix",
        "open it in Word or LibreOffice, then File > Save As > Word document (.docx) or Plain text (.txt), encoding UTF-8",
        "ábralo en Word o LibreOffice y use Archivo > Guardar como > Documento de Word (.docx) o Texto sin formato (.txt), codificación UTF-8",
    ),
    (
        "import.is.zip",
        "this is an archive, not a transcript",
        "esto es un archivo comprimido, no una transcripción",
    ),
    (
        "import.is.archive",
        "this is an archive, not a transcript",
        "esto es un archivo comprimido, no una transcripción",
    ),
    (
        "import.is.zip.fix",
        "unpack it and import the files inside",
        "descomprímalo e importe los archivos que contiene",
    ),
    (
        "import.is.ole",
        "this is an old Word document (.doc) or one that is protected with a password",
        "esto es un documento de Word antiguo (.doc) o protegido con contraseña",
    ),
    (
        "import.is.ole.fix",
        "open it in Word or LibreOffice (with the password), then File > Save As > Word document (.docx), without a password, and import that",
        "ábralo en Word o LibreOffice (con la contraseña), use Archivo > Guardar como > Documento de Word (.docx), sin contraseña, e importe ese archivo",
    ),
    (
        "import.is.word.fix",
        "open it in LibreOffice or Word, then File > Save As > Word document (.docx) or Plain text (.txt), encoding UTF-8, and import that",
        "ábralo en LibreOffice o Word, use Archivo > Guardar como > Documento de Word (.docx) o Texto sin formato (.txt), codificación UTF-8, e importe ese archivo",
    ),
    (
        "import.is.html",
        "this is a web page packed into one file (MHTML), which is not read",
        "esto es una página web empaquetada en un archivo (MHTML), que no se lee",
    ),
    (
        "import.is.epub",
        "this is an electronic book, which is not read yet",
        "esto es un libro electrónico, que todavía no se lee",
    ),
    (
        "import.is.html.fix",
        "open it in a browser, select all and copy, paste into a text editor, and save as plain text (.txt), encoding UTF-8",
        "ábralo en un navegador, seleccione todo y copie, pegue en un editor de texto y guarde como texto sin formato (.txt), codificación UTF-8",
    ),
    (
        "import.is.subtitles",
        "these are subtitles of a kind that is not read",
        "esto son subtítulos de un tipo que no se lee",
    ),
    (
        "import.is.subtitles.fix",
        "export or download them as WebVTT (.vtt) or SubRip (.srt) and import that",
        "expórtelos o descárguelos como WebVTT (.vtt) o SubRip (.srt) e importe ese archivo",
    ),
    (
        "import.is.spreadsheet",
        "this is a spreadsheet of a kind that is not read",
        "esto es una hoja de cálculo de un tipo que no se lee",
    ),
    (
        "import.is.spreadsheet.fix",
        "open it in a spreadsheet program and save it as .xlsx (Excel workbook) or .csv (UTF-8)",
        "ábrala con un programa de hojas de cálculo y guárdela como .xlsx (libro de Excel) o .csv (UTF-8)",
    ),
    ("import.is.xml", "this is XML, which is not read yet", "esto es XML, que todavía no se lee"),
    (
        "import.is.export.fix",
        "open it in the program that made it and export the transcript as plain text (.txt), encoding UTF-8, one turn a line with the speaker and a colon before it",
        "ábralo con el programa que lo creó y exporte la transcripción como texto sin formato (.txt), codificación UTF-8, un turno por línea con el hablante y dos puntos delante",
    ),
    (
        "import.is.slides",
        "these are slides, not a transcript",
        "esto son diapositivas, no una transcripción",
    ),
    (
        "import.is.slides.fix",
        "copy the text into a text editor and save as plain text (.txt), encoding UTF-8",
        "copie el texto en un editor de texto y guarde como texto sin formato (.txt), codificación UTF-8",
    ),
    (
        "import.is.project",
        "this is a project of another program, which is not read yet",
        "esto es un proyecto de otro programa, que todavía no se lee",
    ),
    (
        "import.is.project.fix",
        "in that program export the documents as .docx or plain text (.txt), and import those",
        "en ese programa exporte los documentos como .docx o texto sin formato (.txt), e impórtelos",
    ),
    (
        "import.is.recording",
        "this is a recording, not a transcript",
        "esto es una grabación, no una transcripción",
    ),
    (
        "import.is.recording.fix",
        "transcribe it first, and save the transcript as plain text (.txt), encoding UTF-8",
        "transcríbala primero y guarde la transcripción como texto sin formato (.txt), codificación UTF-8",
    ),
    (
        "import.is.picture",
        "this is a picture, not a transcript",
        "esto es una imagen, no una transcripción",
    ),
    (
        "import.is.picture.fix",
        "type or recognise its text first, and save that as plain text (.txt), encoding UTF-8",
        "teclee o reconozca antes su texto y guárdelo como texto sin formato (.txt), codificación UTF-8",
    ),
    (
        "import.speakers.empty",
        "this row gives neither a participant nor a role",
        "esta fila no indica ni participante ni función",
    ),
    (
        "import.speakers.empty.fix",
        "fill in `participant`, `role` (participant, moderator, observer, unknown) or both, or remove the row",
        "rellene `participant`, `role` (participant, moderator, observer, unknown) o ambas, o quite la fila",
    ),
];
