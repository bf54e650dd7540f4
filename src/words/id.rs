//! What is said of ids and locators.

use super::Entry;

pub(super) const ENTRIES: &[Entry] = &[
    (
        "id.shape",
        "this is not an id: an id starts with a letter, then has letters of the alphabet, digits, `-` or `_`, at most 64 in all",
        "esto no es un identificador: empieza por una letra y sigue con letras del alfabeto inglés, cifras, `-` o `_`, 64 como máximo",
    ),
    (
        "id.reserved",
        "this word means something else in commands and columns",
        "esta palabra ya significa otra cosa en órdenes y columnas",
    ),
    (
        "id.device",
        "an operating system keeps this name for a device",
        "un sistema operativo reserva este nombre para un dispositivo",
    ),
];
