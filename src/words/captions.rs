//! What is said of formats, and of files that machines wrote: captions, segments, tables, logs.

use super::Entry;

pub(super) const ENTRIES: &[Entry] = &[
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
