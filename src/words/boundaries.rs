//! What is said of two ways of cutting one text.

use super::Entry;

pub(super) const ENTRIES: &[Entry] = &[
    (
        "boundaries.table",
        "{name}: boundaries in a text of {length} places",
        "{name}: límites en un texto de {length} posiciones",
    ),
    ("boundaries.reference", "against {coder}", "frente a {coder}"),
    (
        "boundaries.note.characters",
        "Places are characters of the transcript's text, without labels and times; its length is that of the whole text.",
        "Las posiciones son caracteres del texto de la transcripción, sin etiquetas ni tiempos; su longitud es la del texto completo.",
    ),
    (
        "boundaries.note.paragraphs",
        "Places are paragraphs: outside a study that has the transcript, characters cannot be counted.",
        "Las posiciones son párrafos: fuera de un estudio que tenga la transcripción no se pueden contar caracteres.",
    ),
    (
        "boundaries.note.counted",
        "Places are what `start` and `end` count; the text ends with the last of them unless --length says otherwise.",
        "Las posiciones son lo que cuentan `start` y `end`; el texto acaba con la última, salvo que --length diga otra cosa.",
    ),
    (
        "boundaries.note.errors",
        "pk and window_diff are errors, 0 is best, and depend on whose cuts are the reference. None of these figures has a standard error.",
        "pk y window_diff son errores, 0 es lo mejor, y dependen de qué cortes sirven de referencia. Ninguna de estas cifras tiene error estándar.",
    ),
    (
        "boundaries.note.unproven",
        "gamma: so many alignments of so many coders' marks are possible that those found cannot be shown to be the best; each is one that moving any coder's marks does not improve.",
        "gamma: con tantos codificadores hay tantas alineaciones posibles que no se puede demostrar que las halladas sean las mejores; ninguna mejora moviendo las marcas de un codificador.",
    ),
    (
        "boundaries.note.within",
        "gamma: not every alignment could be shown to be the best; better ones would move the figure by at most {off}.",
        "gamma: no de todas las alineaciones se pudo demostrar que fueran las mejores; otras mejores moverían la cifra como mucho {off}.",
    ),
    (
        "boundaries.note.left_out",
        "Left out, because not every coder cut them: {names}.",
        "Omitidas, porque no todas las personas las cortaron: {names}.",
    ),
    (
        "boundaries.columns",
        "there is no column that says where a stretch lies",
        "no hay ninguna columna que diga dónde está cada fragmento",
    ),
    (
        "boundaries.columns.fix",
        "name a column `unit` (locators such as T1:3-4), or two columns `start` and `end`",
        "nombre una columna `unit` (localizadores como T1:3-4), o dos columnas `start` y `end`",
    ),
    (
        "boundaries.empty",
        "a stretch that ends at {end} is empty",
        "un fragmento que acaba en {end} está vacío",
    ),
    (
        "boundaries.empty.fix",
        "count from 0, with the end after the start and exclusive",
        "cuente desde 0, con el final después del comienzo y excluido",
    ),
    (
        "boundaries.characters",
        "characters of a paragraph cannot be counted without the transcript's text",
        "los caracteres de un párrafo no se pueden contar sin el texto de la transcripción",
    ),
    (
        "boundaries.characters.fix",
        "run this in the study that has the transcript, or give `start` and `end` instead of locators",
        "ejecute esto en el estudio que tiene la transcripción, o dé `start` y `end` en vez de localizadores",
    ),
    ("boundaries.measure", "{measure} does not compare boundaries", "{measure} no compara límites"),
    (
        "boundaries.measure.fix",
        "--boundaries knows u_alpha, u_alpha_binary, cu_alpha, k_u_alpha, gamma, pk, window_diff, boundary_similarity and segmentation_similarity",
        "--boundaries conoce u_alpha, u_alpha_binary, cu_alpha, k_u_alpha, gamma, pk, window_diff, boundary_similarity y segmentation_similarity",
    ),
    (
        "boundaries.no_cuts",
        "no coder has cut an open transcript herself",
        "nadie ha cortado por su cuenta una transcripción abierta",
    ),
    (
        "boundaries.no_cuts.fix",
        "give files of stretches, as in `themata agree --boundaries a.csv b.csv`; own cuts lie in units/<coder>/<transcript>.csv",
        "dé archivos de fragmentos, como en `themata agree --boundaries a.csv b.csv`; los cortes propios están en units/<persona>/<transcripción>.csv",
    ),
    (
        "boundaries.no_text",
        "there is no text that all of these coders cut",
        "no hay ningún texto que hayan cortado todas estas personas",
    ),
    (
        "boundaries.no_text.fix",
        "compare coders who cut the same transcripts, with --coders",
        "compare con --coders a quienes cortaron las mismas transcripciones",
    ),
    (
        "boundaries.length",
        "--length {length} does not fit: the text has {reach} places",
        "--length {length} no encaja: el texto tiene {reach} posiciones",
    ),
    (
        "boundaries.length.fix",
        "give the length of the whole text, or leave --length out",
        "dé la longitud del texto completo u omita --length",
    ),
    (
        "boundaries.coders",
        "two coders are compared, and here are fewer",
        "se comparan dos personas, y aquí hay menos",
    ),
    (
        "boundaries.coders.fix",
        "give a file for each coder, or one file with a column `coder`",
        "dé un archivo por persona, o un solo archivo con una columna `coder`",
    ),
];
