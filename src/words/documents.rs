//! What is said of documents that are imported: word processors' files, web pages and PDF.

use super::Entry;

pub(super) const ENTRIES: &[Entry] = &[
    ("import.format.odt", "OpenDocument text (odt)", "texto OpenDocument (odt)"),
    ("import.format.fodt", "flat OpenDocument text (fodt)", "texto OpenDocument plano (fodt)"),
    ("import.format.html", "web page (HTML)", "página web (HTML)"),
    ("import.format.rtf", "rich text (RTF)", "texto enriquecido (RTF)"),
    (
        "import.note.comments",
        "{n} {n|comment was|comments were} left out",
        "se {n|ha omitido|han omitido} {n} {n|comentario|comentarios}",
    ),
    (
        "import.note.footnotes",
        "{n} {n|footnote or endnote was|footnotes or endnotes were} left out",
        "se {n|ha omitido|han omitido} {n} {n|nota al pie o al final|notas al pie o al final}",
    ),
    (
        "import.note.headers",
        "{n} {n|header or footer|headers or footers} of pages {n|was|were} left out",
        "se {n|ha omitido|han omitido} {n} {n|encabezado o pie|encabezados o pies} de página",
    ),
    (
        "import.note.repeated",
        "{n} {n|cell|cells} of a table that the file repeats {n|was|were} taken once",
        "{n} {n|celda|celdas} de tabla que el archivo repite se {n|ha tomado|han tomado} una sola vez",
    ),
    (
        "import.note.cut",
        "the file breaks off; what stood after that is missing",
        "el archivo se interrumpe; falta lo que venía después",
    ),
    (
        "import.odt.no-text",
        "there is no text document in this file",
        "en este archivo no hay ningún documento de texto",
    ),
    (
        "import.nested",
        "parts of this file lie in one another more than {most} deep, which no document needs",
        "en este archivo hay partes anidadas a más de {most} niveles, lo que ningún documento necesita",
    ),
    (
        "import.is.writer",
        "this is a document of another word processor, which is not read",
        "esto es un documento de otro procesador de textos, que no se lee",
    ),
    (
        "import.note.furniture",
        "{n} {n|part|parts} of the page that nobody says {n|was|were} left out: its title, scripts, styles, menus, buttons, players, heads and feet",
        "se {n|ha omitido|han omitido} {n} {n|parte|partes} de la página que nadie dice: título, programas, estilos, menús, botones, reproductores, encabezados y pies",
    ),
];
