//! What is said of a CSV of codings.

use super::Entry;

pub(super) const ENTRIES: &[Entry] = &[
    (
        "codings.columns.fix",
        "name the columns `unit`, `coder` and `code` (one row a code), or `unit` and one column per coder",
        "nombre las columnas `unit`, `coder` y `code` (una fila por código), o `unit` y una columna por codificador",
    ),
    ("codings.blank", "this cell is empty", "esta celda está vacía"),
    ("codings.blank.fix", "fill it in, or take the row out", "complétela o quite la fila"),
    ("codings.none_beside", "`none` stands beside a code", "`none` aparece junto a un código"),
    (
        "codings.none_beside.fix",
        "leave `none` out, or the codes",
        "quite `none` o quite los códigos",
    ),
    ("codings.twice", "this unit has a row already", "esta unidad ya tiene una fila"),
    (
        "codings.twice.fix",
        "keep one row per unit (and dimension and round, if there are such columns)",
        "deje una fila por unidad (y por dimensión y ronda, si hay esas columnas)",
    ),
    (
        "codings.answered_twice",
        "this coder has a whole answer for this unit already",
        "este codificador ya tiene una respuesta completa para esta unidad",
    ),
    (
        "codings.answered_twice.fix",
        "keep one of the two rows; if each row is one code, name the column `code`",
        "deje una de las dos filas; si cada fila es un código, llame `code` a la columna",
    ),
    (
        "codings.few",
        "here are the codings of {n} {n|coder|coders}, and agreement needs two",
        "aquí hay codificaciones de {n} {n|codificador|codificadores}, y el acuerdo necesita dos",
    ),
    (
        "codings.few.fix",
        "add the other coder's codings",
        "añada las codificaciones del otro codificador",
    ),
];
