//! What is said at the coding desk.

use super::Entry;

pub(super) const ENTRIES: &[Entry] = &[
    (
        "code.not_understood",
        "not understood; nothing was changed (? shows what can be typed)",
        "no se entiende; no se ha cambiado nada (? muestra lo que se puede escribir)",
    ),
    (
        "code.nothing_typed",
        "nothing was typed; the question stays (? shows what can be typed)",
        "no se ha escrito nada; la pregunta sigue abierta (? muestra lo que se puede escribir)",
    ),
    (
        "code.alone",
        "`{letter}` has to stand alone on its line; nothing was changed",
        "`{letter}` tiene que ir sola en su línea; no se ha cambiado nada",
    ),
    (
        "code.note_empty",
        "write the note after `m`; nothing was changed",
        "escriba la nota después de `m`; no se ha cambiado nada",
    ),
    (
        "code.wish_empty",
        "write after `b` where the unit should be cut; nothing was changed",
        "escriba después de `b` dónde debería cortarse la unidad; no se ha cambiado nada",
    ),
    (
        "code.earlier",
        "before this was cut anew, you gave {unit}: {answer}",
        "antes de cortarse de nuevo, usted dio a {unit}: {answer}",
    ),
    (
        "code.go_where",
        "write a locator after `g`, as in `g CoP-31:106`, and then a dimension if you like",
        "escriba un localizador después de `g`, como en `g CoP-31:106`, y si quiere una dimensión",
    ),
    (
        "code.unsure_alone",
        "`u` is no answer by itself; it goes before or after one, as in `u 1`",
        "`u` no es una respuesta; va delante o detrás de una, como en `u 1`",
    ),
    (
        "code.none_beside",
        "none cannot stand beside a code; nothing was changed",
        "ninguno no puede ir junto a un código; no se ha cambiado nada",
    ),
    (
        "code.one_only",
        "{dimension} takes one code only; nothing was changed",
        "{dimension} admite un solo código; no se ha cambiado nada",
    ),
    (
        "code.no_number",
        "there is no such number here: they go from 0 to {last}; nothing was changed",
        "ese número no existe aquí: van de 0 a {last}; no se ha cambiado nada",
    ),
    (
        "code.elsewhere",
        "{code} belongs to {dimension}, which is not what is asked here; nothing was changed",
        "{code} pertenece a {dimension}, que no es lo que se pregunta aquí; no se ha cambiado nada",
    ),
    (
        "code.unknown",
        "the codebook has no code {code}; nothing was changed",
        "el libro de códigos no tiene ningún código {code}; no se ha cambiado nada",
    ),
    ("code.no_undo", "there is nothing to take back here", "aquí no hay nada que deshacer"),
    ("code.no_redo", "there is nothing to redo here", "aquí no hay nada que rehacer"),
    (
        "code.undo_beyond",
        "what you did last reaches beyond the units of this session; open the session without --case, or use `themata undo`",
        "lo último que hizo va más allá de las unidades de esta sesión; ábrala sin --case o use `themata undo`",
    ),
    (
        "code.no_such_unit",
        "no unit of this session is there; a locator looks like `CoP-31:106`",
        "en esta sesión no hay ninguna unidad ahí; un localizador es como `CoP-31:106`",
    ),
    (
        "code.no_such_dimension",
        "the codebook has no such dimension",
        "el libro de códigos no tiene esa dimensión",
    ),
    (
        "code.all_decided",
        "everything here is decided: `g LOCATOR` goes back to a unit, `z` takes back, `q` leaves",
        "aquí está todo decidido: `g LOCALIZADOR` vuelve a una unidad, `z` deshace, `q` sale",
    ),
    (
        "code.unit_decided",
        "every dimension of this unit is decided; nothing was changed",
        "todas las dimensiones de esta unidad están decididas; no se ha cambiado nada",
    ),
    (
        "code.nothing_further",
        "nothing else is undecided; the question stays",
        "no queda nada más sin decidir; la pregunta sigue abierta",
    ),
    (
        "code.progress",
        "{decided} of {units} {units|unit|units} decided, {n} of {dimensions} {dimensions|dimension|dimensions} of this one",
        "{decided} de {units} {units|unidad decidida|unidades decididas}, {n} de {dimensions} {dimensions|dimensión|dimensiones} de esta",
    ),
    ("code.several", "several codes may be given", "admite varios códigos"),
    ("code.one", "one code", "un solo código"),
    ("code.own", "{id}, nothing more specific", "{id}, sin nada más específico"),
    ("code.none", "none applies", "ninguno se aplica"),
    ("code.now", "decided: {answer}", "decidido: {answer}"),
    ("code.now_unsure", "decided, unsure: {answer}", "decidido, con dudas: {answer}"),
    (
        "code.contested",
        "two of your devices decided differently here; please decide again",
        "dos de sus dispositivos decidieron aquí cosas distintas; decida de nuevo",
    ),
    (
        "code.hint",
        "Answer with numbers or ids, 0 for none; ? shows what else can be typed, q leaves. Nothing needs saving.",
        "Responda con números o identificadores, 0 para ninguno; ? muestra qué más se puede escribir, q sale. No hace falta guardar.",
    ),
    (
        "code.keys",
        "numbers or ids, as in `1 3`: an answer · 0: none · u before or after an answer: unsure\n\
         e: none in the rest of this unit · Enter: leave a decision as it is\n\
         z: undo · y: redo · s: skip this unit · n: next undecided question\n\
         m TEXT: a note on this unit · b TEXT: a wish that it were cut differently · c: definitions, c 2: one in full\n\
         g LOCATOR [DIMENSION]: go to a unit · q: leave, everything is saved",
        "números o identificadores, como en `1 3`: una respuesta · 0: ninguno · u delante o detrás de una respuesta: con dudas\n\
         e: ninguno en lo que queda de esta unidad · Intro: dejar una decisión como está\n\
         z: deshacer · y: rehacer · s: saltar esta unidad · n: siguiente pregunta sin decidir\n\
         m TEXTO: una nota sobre esta unidad · b TEXTO: un deseo de que se corte de otro modo · c: definiciones, c 2: una completa\n\
         g LOCALIZADOR [DIMENSIÓN]: ir a una unidad · q: salir, todo está guardado",
    ),
    (
        "code.finished",
        "Everything here is decided ({n} {n|unit|units}). To hand it over: `themata seal --coder {coder}`. q leaves.",
        "Aquí está todo decidido ({n} {n|unidad|unidades}). Para entregarlo: `themata seal --coder {coder}`. q sale.",
    ),
    ("code.noted", "note kept on {unit}", "nota guardada sobre {unit}"),
    ("code.use_when", "Give it when:", "Cuándo darlo:"),
    ("code.not_when", "Not when:", "Cuándo no:"),
    ("code.example", "Example:", "Ejemplo:"),
    ("code.more", "`c NUMBER` shows one in full", "`c NÚMERO` muestra uno completo"),
    (
        "code.nothing",
        "there is nothing for {coder} to code here",
        "aquí no hay nada que {coder} tenga que codificar",
    ),
    (
        "code.nothing.fix",
        "`themata import` and `themata split` make units; `themata status` says what is next",
        "`themata import` y `themata split` crean unidades; `themata status` dice qué viene después",
    ),
    (
        "code.sealed",
        "{coder} has sealed case {case}: those decisions are handed over and stay as they are",
        "{coder} ha sellado el caso {case}: esas decisiones están entregadas y quedan como están",
    ),
    (
        "code.sealed.fix",
        "differences are settled with `themata resolve`; a further pass begins with `themata round new NAME`",
        "las diferencias se acuerdan con `themata resolve`; otra pasada empieza con `themata round new NOMBRE`",
    ),
    (
        "code.sealed_left_out",
        "case {case} is sealed and left alone",
        "el caso {case} está sellado y no se toca",
    ),
];
