//! What is said of documents that are imported: word processors' files, web pages and PDF.

use super::Entry;

pub(super) const ENTRIES: &[Entry] = &[
    ("import.format.odt", "OpenDocument text (odt)", "texto OpenDocument (odt)"),
    ("import.format.fodt", "flat OpenDocument text (fodt)", "texto OpenDocument plano (fodt)"),
    ("import.format.html", "web page (HTML)", "página web (HTML)"),
    ("import.format.pdf", "PDF", "PDF"),
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
    (
        "import.note.pdf",
        "a PDF has no paragraphs; these were put together from {n} {n|line|lines}: compare a page with the original, or import the document that the PDF was made from",
        "un PDF no tiene párrafos; estos se han compuesto a partir de {n} {n|línea|líneas}: compare una página con el original, o importe el documento del que procede el PDF",
    ),
    (
        "import.note.pdf.heads",
        "{n} {n|line|lines} at the head or foot of pages {n|was|were} left out",
        "se {n|ha omitido|han omitido} {n} {n|línea|líneas} de encabezado o pie de página",
    ),
    (
        "import.note.pdf.numbers",
        "{n} {n|number|numbers} of lines or paragraphs in the margin {n|was|were} left out",
        "se {n|ha omitido|han omitido} {n} {n|número|números} de línea o de párrafo en el margen",
    ),
    (
        "import.note.pdf.margin",
        "{n} {n|note|notes} in the margin, or written askew, {n|was|were} left out",
        "se {n|ha omitido|han omitido} {n} {n|nota|notas} al margen o en texto girado",
    ),
    (
        "import.note.pdf.small",
        "{n} {n|line|lines} in smaller letters (notes, captions, codes) {n|is|are} given to no speaker",
        "{n} {n|línea|líneas} en letra más pequeña (notas, leyendas, códigos) no se {n|atribuye|atribuyen} a nadie",
    ),
    (
        "import.note.pdf.unseen",
        "{n} {n|piece|pieces} of text beyond the edge of the page {n|was|were} left out",
        "se {n|ha omitido|han omitido} {n} {n|fragmento|fragmentos} de texto fuera del borde de la página",
    ),
    (
        "import.note.pdf.columns",
        "{n} {n|page was|pages were} read column after column; look whether that is the right order",
        "{n} {n|página se ha leído|páginas se han leído} columna por columna; compruebe si ese es el orden correcto",
    ),
    (
        "import.note.pdf.damaged",
        "{n} {n|part|parts} of the file {n|is|are} damaged, and text may be missing",
        "{n} {n|parte|partes} del archivo {n|está dañada|están dañadas}, y puede faltar texto",
    ),
    (
        "import.note.pdf.letters",
        "the file does not say what {n} of its letters are; each stands as \u{fffd}",
        "el archivo no dice qué son {n} de sus letras; cada una figura como \u{fffd}",
    ),
    (
        "import.pdf.damaged",
        "this PDF is damaged or broken off",
        "este PDF está dañado o incompleto",
    ),
    (
        "import.pdf.damaged.fix",
        "open it in a reader and print it to a new PDF, or import the document that it was made from",
        "ábralo en un lector e imprímalo en un PDF nuevo, o importe el documento del que procede",
    ),
    (
        "import.pdf.protected",
        "this PDF is protected with a password",
        "este PDF está protegido con contraseña",
    ),
    (
        "import.pdf.protected.fix",
        "open it with the password in a reader and print it to a new PDF, or import the document that it was made from",
        "ábralo con la contraseña en un lector e imprímalo en un PDF nuevo, o importe el documento del que procede",
    ),
    (
        "import.pdf.beyond",
        "this PDF unpacks to more than any transcript needs, and is not read",
        "este PDF se descomprime en más de lo que necesita una transcripción, y no se lee",
    ),
    (
        "import.pdf.no-text",
        "there is no text in this PDF: its {n} {n|page is a picture|pages are pictures}, as a scanner makes them",
        "no hay texto en este PDF: {n|su página es una imagen|sus {n} páginas son imágenes}, como las que produce un escáner",
    ),
    (
        "import.pdf.no-text.fix",
        "have its text recognised (OCR) in a PDF program or on a scanner, save that as .docx or .txt, and check it against the recording",
        "haga reconocer su texto (OCR) con un programa de PDF o un escáner, guárdelo como .docx o .txt y compruébelo con la grabación",
    ),
    (
        "import.pdf.letters",
        "this PDF does not say what letters it shows",
        "este PDF no indica qué letras muestra",
    ),
];
