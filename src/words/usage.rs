//! What is said of arguments that make no command.

use super::Entry;

pub(super) const ENTRIES: &[Entry] = &[
    ("usage.command", "there is no command `{name}`", "no existe la orden `{name}`"),
    (
        "usage.argument",
        "`{name}` does not belong to this command",
        "`{name}` no pertenece a esta orden",
    ),
    ("usage.missing", "this is missing: {names}", "falta esto: {names}"),
    ("usage.missing_command", "a command is missing", "falta una orden"),
    ("usage.conflict", "{name} and {other} exclude each other", "{name} y {other} se excluyen"),
    ("usage.twice", "{name} can be given only once", "{name} solo puede darse una vez"),
    ("usage.value", "{name} cannot be `{value}`", "{name} no puede ser `{value}`"),
    ("usage.no_value", "{name} needs a value", "{name} necesita un valor"),
    ("usage.too_many", "{name} takes fewer values", "{name} admite menos valores"),
    ("usage.utf8", "an argument is not valid Unicode", "un argumento no es Unicode válido"),
    ("usage.other", "these arguments make no command", "estos argumentos no forman una orden"),
    ("usage.fix", "ask with `--help`", "consulte con `--help`"),
    (
        "usage.usage.fix",
        "type `{usage}`; `--help` tells more",
        "escriba `{usage}`; `--help` dice más",
    ),
    (
        "usage.similar.fix",
        "did you mean `{similar}`? `--help` lists them all",
        "¿quiso decir `{similar}`? `--help` las enumera todas",
    ),
    ("usage.values.fix", "give one of {values}", "dé uno de estos valores: {values}"),
    ("usage.number.fix", "give a number", "dé un número"),
    (
        "usage.range.fix",
        "give a whole number from {least} to {most}",
        "dé un número entero de {least} a {most}",
    ),
    (
        "usage.from_least.fix",
        "give a whole number from {least} on",
        "dé un número entero a partir de {least}",
    ),
    ("usage.weight.fix", "a weight is a number from 0 on", "un peso es un número a partir de 0"),
    ("usage.reason.fix", "a reason is written out in words", "un motivo se escribe con palabras"),
    (
        "usage.reserved.fix",
        "choose another word: this one means something else in commands and columns",
        "elija otra palabra: esta ya significa otra cosa en órdenes y columnas",
    ),
    (
        "usage.device.fix",
        "choose another word: an operating system keeps this one for a device",
        "elija otra palabra: un sistema operativo reserva esta para un dispositivo",
    ),
    (
        "usage.locator.fix",
        "a locator looks like `CoP-31:106`, `CoP-31:106-108` or `CoP-31:106@12-87`",
        "un localizador es como `CoP-31:106`, `CoP-31:106-108` o `CoP-31:106@12-87`",
    ),
    (
        "usage.from.fix",
        "it is one of final, agreed, any, consensus, coder:ID, coder:ID@ROUND",
        "es final, agreed, any, consensus, coder:ID o coder:ID@ROUND",
    ),
    (
        "usage.axis.fix",
        "rows and columns are case, participant, transcript, role, topic, dimension, code, coder, round, or an attribute such as case.sector",
        "filas y columnas son case, participant, transcript, role, topic, dimension, code, coder, round o un atributo como case.sector",
    ),
    (
        "usage.condition.fix",
        "a condition is a measure, a sign and a number, as in `krippendorff_alpha>=0.8` or `gwet_ac1.low>=0.6`",
        "una condición es una medida, un signo y un número, como `krippendorff_alpha>=0.8` o `gwet_ac1.low>=0.6`",
    ),
];
