//! What is said of `--format` and `-o FILE`.

use super::Entry;

pub(super) const ENTRIES: &[Entry] = &[
    (
        "output.input",
        "{file} is the file that this result is made from",
        "{file} es el archivo del que sale este resultado",
    ),
    (
        "output.input.fix",
        "choose another name for the result",
        "elija otro nombre para el resultado",
    ),
    (
        "output.extension",
        "the extension of {file} names no form of result",
        "la extensión de {file} no corresponde a ningún formato de resultado",
    ),
    (
        "output.extension.fix",
        "use .txt, .csv, .tsv, .json, .md or .xlsx",
        "use .txt, .csv, .tsv, .json, .md o .xlsx",
    ),
    (
        "output.conflict",
        "{file} and --format {format} contradict each other",
        "{file} y --format {format} se contradicen",
    ),
    (
        "output.conflict.fix",
        "leave --format out; the extension decides",
        "omita --format; decide la extensión",
    ),
    (
        "output.csv_only",
        "--bom and --raw are for CSV and TSV only",
        "--bom y --raw solo sirven para CSV y TSV",
    ),
    ("output.force", "--force goes with a file to write", "--force va con un archivo que escribir"),
    ("output.force.fix", "add -o FILE, or leave it out", "añada -o ARCHIVO o quítelo"),
    ("output.csv_only.fix", "add --format csv, or leave them out", "añada --format csv o quítelas"),
];
