//! What is said of who codes, and of what they are asked to code.

use super::Entry;

pub(super) const ENTRIES: &[Entry] = &[
    (
        "coder.kind",
        "the kind of coder {coder} is none",
        "el tipo de la persona codificadora {coder} no existe",
    ),
    (
        "coder.kind.fix",
        "a coder is a `person`, a `trainee` or a `machine`",
        "puede ser `person`, `trainee` o `machine`",
    ),
    (
        "coder.machine",
        "`{field}` of coder {coder} cannot be what it says",
        "`{field}` de {coder} no puede ser lo que dice",
    ),
    (
        "coder.machine.fix",
        "prompt_sha256 has 64 hex digits, run_at is a day or a moment (2026-03-01 or 2026-03-01T10:00:00Z), where is `own computer` or `service`",
        "prompt_sha256 tiene 64 dígitos hexadecimales, run_at es un día o un momento (2026-03-01 o 2026-03-01T10:00:00Z), where es `own computer` o `service`",
    ),
    (
        "coder.no_machine",
        "coder {coder} is no machine, but something is said of the machine",
        "{coder} no es una máquina, pero se dice algo de la máquina",
    ),
    (
        "coder.no_machine.fix",
        "say `kind: machine`, or take model, version, prompt_sha256, run_at and where away",
        "ponga `kind: machine` o quite model, version, prompt_sha256, run_at y where",
    ),
    (
        "assign.part",
        "this says nothing that can be coded",
        "esto no dice nada que se pueda codificar",
    ),
    (
        "assign.part.fix",
        "write a unit (CoP-31:106), `case:ID`, `transcript:ID` or `all`",
        "escriba una unidad (CoP-31:106), `case:ID`, `transcript:ID` o `all`",
    ),
    ("assign.coder", "coder {coder} is not in themata.yaml", "{coder} no está en themata.yaml"),
    (
        "assign.coder.fix",
        "add her (`themata coder add {coder}`), or take the row away",
        "añádala (`themata coder add {coder}`) o quite la fila",
    ),
    (
        "assign.lost",
        "this row asks for something that the study no longer has",
        "esta fila pide algo que el estudio ya no tiene",
    ),
    (
        "assign.lost.fix",
        "take the row away and assign anew (`themata assign --help`)",
        "quite la fila y asigne de nuevo (`themata assign --help`)",
    ),
];
