//! What is said of the study's files.

use super::Entry;

pub(super) const ENTRIES: &[Entry] = &[
    ("table.not_utf8", "this line is not UTF-8", "esta línea no está en UTF-8"),
    (
        "table.zero_byte",
        "this line holds a zero byte, as files do that a crash has cut short",
        "esta línea contiene un byte cero, como los archivos que un fallo ha dejado a medias",
    ),
    (
        "table.zero_byte.fix",
        "take a whole copy of the file, or save it as UTF-8",
        "use una copia íntegra del archivo, o guárdelo en UTF-8",
    ),
    ("table.not_utf8.fix", "save the file as UTF-8", "guarde el archivo en UTF-8"),
    ("table.column_missing", "the column `{column}` is missing", "falta la columna `{column}`"),
    (
        "table.column_missing.fix",
        "add a column headed `{column}`",
        "añada una columna con el encabezado `{column}`",
    ),
    (
        "table.column_twice",
        "the column `{column}` is there twice",
        "la columna `{column}` está repetida",
    ),
    (
        "table.column_twice.fix",
        "rename or remove one of the two",
        "cambie el nombre de una de las dos o quítela",
    ),
    (
        "table.ragged",
        "{cells} {cells|cell|cells} in this row, but {columns} {columns|column|columns} in the header",
        "{cells} {cells|celda|celdas} en esta fila, pero {columns} {columns|columna|columnas} en el encabezado",
    ),
    (
        "table.ragged.fix",
        "put cells that contain separators or line breaks into double quotes",
        "ponga entre comillas dobles las celdas que contienen separadores o saltos de línea",
    ),
    (
        "table.cell",
        "`{cell}` is no valid `{column}`",
        "`{cell}` no es un valor válido de `{column}`",
    ),
    (
        "table.cell.fix",
        "correct the cell; docs/files.md says what the column `{column}` may hold",
        "corrija la celda; docs/files.md dice qué puede contener la columna `{column}`",
    ),
    (
        "rows.broken.fix",
        "restore the file from a backup or from git; rows of this file are never edited",
        "recupere el archivo de una copia o de git; las filas de este archivo no se editan nunca",
    ),
    ("yaml.large", "the file is larger than 16 MiB", "el archivo ocupa más de 16 MiB"),
    ("yaml.large.fix", "is this the right file?", "¿es este el archivo correcto?"),
    (
        "yaml.deep",
        "lists or codes are nested too deep here",
        "aquí hay demasiados niveles anidados",
    ),
    ("yaml.deep.fix", "use at most 64 levels", "use 64 niveles como máximo"),
    ("yaml.wrong", "this is not as it should be: {why}", "esto no es correcto: {why}"),
    (
        "yaml.wrong.fix",
        "look at indentation, at colons within texts (put such texts into quotation marks) and at spelling",
        "revise la sangría, los dos puntos dentro de los textos (ponga esos textos entre comillas) y la ortografía",
    ),
    (
        "settings.newer",
        "this study has format {format}, which is newer than this program",
        "este estudio tiene el formato {format}, más reciente que este programa",
    ),
    (
        "settings.newer.fix",
        "install a newer themata; nothing was touched",
        "instale una versión más reciente de themata; no se ha tocado nada",
    ),
    ("settings.format", "`format: 1` is missing", "falta `format: 1`"),
    (
        "settings.format.fix",
        "write `format: 1` on the first line",
        "escriba `format: 1` en la primera línea",
    ),
    ("settings.agreement", "`agreement` is neither yes nor no", "`agreement` no es ni yes ni no"),
    (
        "settings.agreement.fix",
        "write `agreement: yes` or `agreement: no`",
        "escriba `agreement: yes` o `agreement: no`",
    ),
    ("settings.coder_twice", "the coder `{coder}` is there twice", "`{coder}` figura dos veces"),
    (
        "settings.coder.fix",
        "list each coder once, as `- id: c1`",
        "indique una sola vez cada codificador, como `- id: c1`",
    ),
    (
        "codebook.id.fix",
        "choose another id; the name may be anything",
        "elija otro identificador; el nombre puede ser cualquiera",
    ),
    (
        "codebook.twice",
        "`{id}` is there twice; dimensions and codes share one name space",
        "`{id}` está repetido; dimensiones y códigos comparten un mismo espacio de nombres",
    ),
    ("codebook.twice.fix", "rename one of the two", "cambie el nombre de uno de los dos"),
    ("codebook.select", "`select` is neither one nor many", "`select` no es ni one ni many"),
    (
        "codebook.select.fix",
        "write `select: one` (at most one code a unit) or `select: many`",
        "escriba `select: one` (un código por unidad como máximo) o `select: many`",
    ),
    ("codebook.color", "`color` is no colour", "`color` no es un color"),
    ("codebook.color.fix", "write it as \"#1b6ca8\"", "escríbalo como \"#1b6ca8\""),
    (
        "codebook_table.dimension",
        "this row names no dimension",
        "esta fila no indica ninguna dimensión",
    ),
    (
        "codebook_table.dimension.fix",
        "give every row its dimension",
        "indique la dimensión de cada fila",
    ),
    (
        "codebook_table.parent",
        "the chain of parents of this code does not end at its dimension",
        "la cadena de padres de este código no llega a su dimensión",
    ),
    (
        "codebook_table.parent.fix",
        "name as parent a code of the same dimension, or leave the cell empty",
        "indique como padre un código de la misma dimensión o deje la celda vacía",
    ),
    ("people.twice", "`{id}` is there twice", "`{id}` está repetido"),
    ("people.twice.fix", "keep one row for each", "deje una sola fila para cada uno"),
    (
        "units.outside",
        "{unit} does not lie in this transcript",
        "{unit} no está dentro de esta transcripción",
    ),
    ("units.outside.fix", "split the transcript anew", "vuelva a dividir la transcripción"),
    ("units.overlap", "{unit} overlaps {other}", "{unit} se solapa con {other}"),
    (
        "units.overlap.fix",
        "units of one transcript never overlap: correct one of the two, or split the transcript anew",
        "las unidades de una transcripción no se solapan: corrija una de las dos o vuelva a dividir la transcripción",
    ),
    (
        "log.round",
        "this row names a round that events.csv does not",
        "esta fila nombra una ronda que no está en events.csv",
    ),
    (
        "log.unit",
        "this row names a unit that the study does not have",
        "esta fila nombra una unidad que el estudio no tiene",
    ),
    (
        "log.dimension",
        "this row names a dimension that no version of the codebook has",
        "esta fila nombra una dimensión que no tiene ninguna versión del libro de códigos",
    ),
    (
        "log.codes",
        "this row gives a code that its version of the codebook does not have in this dimension",
        "esta fila da un código que su versión del libro de códigos no tiene en esta dimensión",
    ),
    (
        "log.codebook",
        "this row names a version of the codebook that is not in codebooks/",
        "esta fila nombra una versión del libro de códigos que no está en codebooks/",
    ),
    (
        "events.kind",
        "this version of themata does not know such an event",
        "esta versión de themata no conoce tal suceso",
    ),
    (
        "events.kind.fix",
        "if a newer version wrote it, use that one; if it is a slip, restore the file from a backup or from git; nothing was changed",
        "si lo escribió una versión más nueva, use esa; si es una errata, recupere el archivo de una copia o de git; no se ha cambiado nada",
    ),
    (
        "events.about",
        "what this event is about cannot be read",
        "no se puede leer a qué se refiere este suceso",
    ),
    (
        "events.who",
        "this event names nobody where somebody must be, or too many",
        "este suceso no nombra a nadie donde debe haber alguien, o nombra a demasiadas personas",
    ),
    (
        "events.name",
        "the cell `{column}` of this row names what the study does not have",
        "la celda `{column}` de esta fila nombra algo que el estudio no tiene",
    ),
    (
        "events.name.fix",
        "restore the file from a backup or from git; if somebody took it out of the study on purpose, put it back there or take this row out too",
        "recupere el archivo de una copia o de git; si alguien lo quitó del estudio a propósito, devuélvalo o quite también esta fila",
    ),
    (
        "log.cell",
        "the cell `{column}` of this row cannot be read",
        "no se puede leer la celda `{column}` de esta fila",
    ),
    (
        "log.row.fix",
        "restore the file from a backup or from git; the row does not count until then",
        "recupere el archivo de una copia o de git; hasta entonces la fila no cuenta",
    ),
];
