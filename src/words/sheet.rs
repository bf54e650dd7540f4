//! What is said of workbooks: sheets that go out, and what comes back.

use super::Entry;

pub(super) const ENTRIES: &[Entry] = &[
    (
        "archive.not_an_archive",
        "this is not the kind of file that its name says, or it is only a part of one",
        "este archivo no es del tipo que indica su nombre, o está incompleto",
    ),
    (
        "archive.protected",
        "this file is protected by a password, or of the old kind (.doc, .xls)",
        "este archivo está protegido con contraseña o es del tipo antiguo (.doc, .xls)",
    ),
    (
        "archive.protected.fix",
        "open it in an office program, take the password off and save it as .docx or .xlsx",
        "ábralo con un programa de oficina, quite la contraseña y guárdelo como .docx o .xlsx",
    ),
    (
        "archive.beyond",
        "this file unpacks to more than 200 MB, 200 times its size or 10,000 parts",
        "este archivo ocupa, descomprimido, más de 200 MB, 200 veces su tamaño o 10 000 partes",
    ),
    (
        "archive.beyond.fix",
        "is this the right file? Remove pictures and unused sheets, and save it anew",
        "¿es este el archivo correcto? Quite imágenes y hojas sin usar y guárdelo de nuevo",
    ),
    (
        "archive.damaged",
        "a part of this file cannot be unpacked",
        "una parte de este archivo no se puede descomprimir",
    ),
    (
        "archive.damaged.fix",
        "ask for the file again, or open it in an office program and save it anew",
        "pida el archivo otra vez, o ábralo con un programa de oficina y guárdelo de nuevo",
    ),
    (
        "xml.doctype",
        "this file declares a document type, which no office program writes",
        "este archivo declara un tipo de documento, cosa que ningún programa de oficina hace",
    ),
    (
        "workbook.broken",
        "this is not a workbook that can be read",
        "este libro de cálculo no se puede leer",
    ),
    (
        "workbook.broken.fix",
        "open it in a spreadsheet program and save it as .xlsx (Excel workbook) or .csv (UTF-8)",
        "ábralo con un programa de hojas de cálculo y guárdelo como .xlsx (libro de Excel) o .csv (UTF-8)",
    ),
    (
        "workbook.formula",
        "this cell holds a formula whose result was not saved",
        "esta celda contiene una fórmula cuyo resultado no se guardó",
    ),
    (
        "workbook.formula.fix",
        "write the value itself into the cell, or open the file in a spreadsheet program and save it",
        "escriba el valor en la celda, o abra el archivo con un programa de hojas de cálculo y guárdelo",
    ),
];
