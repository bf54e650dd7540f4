//! What is said at the consensus meeting.

use super::Entry;

pub(super) const ENTRIES: &[Entry] = &[
    (
        "resolve.not_understood",
        "not understood; nothing was settled (? shows what can be typed)",
        "no se entiende; no se ha acordado nada (? muestra lo que se puede escribir)",
    ),
    (
        "resolve.present_ask",
        "Who is here? Ids separated by spaces, as in `c1 c2`, or `all` for every coder of the study.",
        "¿Quiénes están? Identificadores separados por espacios, como en `c1 c2`, o `all` para todas las personas que codifican.",
    ),
    (
        "resolve.present_shape",
        "write the ids of those who are here, as in `c1 c2`, or `all`; q leaves",
        "escriba los identificadores de quienes están, como en `c1 c2`, o `all`; q sale",
    ),
    (
        "resolve.present_other",
        "{who} is no coder of this study; kept as present all the same",
        "{who} no codifica en este estudio; se anota como presente de todos modos",
    ),
    (
        "resolve.one_coder",
        "one number stands for one coder's answer; `b` takes both, `o IDS` another answer",
        "un número es la respuesta de una persona; `b` toma ambas, `o CÓDIGOS` otra respuesta",
    ),
    (
        "resolve.no_coder",
        "there is no such number here: they go from 1 to {last}",
        "ese número no existe aquí: van de 1 a {last}",
    ),
    (
        "resolve.other_which",
        "write the answer after `o`, as in `o rotating-roles` or `o 0` for none; `c` shows the codes with their numbers",
        "escriba la respuesta después de `o`, como en `o rotating-roles` u `o 0` para ninguno; `c` muestra los códigos con sus números",
    ),
    (
        "resolve.change_what",
        "write after `k` what should change in the codebook",
        "escriba después de `k` qué debería cambiar en el libro de códigos",
    ),
    ("resolve.change_noted", "will be kept with this settlement", "se guardará con este acuerdo"),
    (
        "resolve.both_two",
        "`b` takes both answers of two coders; with more, use `o IDS`",
        "`b` toma ambas respuestas de dos personas; si son más, use `o CÓDIGOS`",
    ),
    (
        "resolve.both_many",
        "this dimension takes one code only, so both cannot hold",
        "esta dimensión admite un solo código, así que no pueden valer ambas respuestas",
    ),
    ("resolve.undecided", "{coder} has not decided this", "{coder} no ha decidido esto"),
    (
        "resolve.retired",
        "the codebook no longer has {code}; `o IDS` settles on another answer",
        "el libro de códigos ya no tiene {code}; `o CÓDIGOS` acuerda otra respuesta",
    ),
    (
        "resolve.no_reason",
        "this is none of the reasons: type its number, word or first letter, or z to go back",
        "no es ninguno de los motivos: escriba su número, palabra o inicial, o z para volver",
    ),
    (
        "resolve.rationale_needed",
        "say why, in your own words: another answer and an open one need a rationale",
        "explique por qué, con sus palabras: otra respuesta o una que queda abierta necesitan justificación",
    ),
    (
        "resolve.last",
        "this is the last discrepancy that is not settled",
        "es la última discrepancia sin acordar",
    ),
    (
        "resolve.all_settled",
        "nothing is left to settle: `z` takes back the last settlement, `q` leaves",
        "no queda nada por acordar: `z` deshace el último acuerdo, `q` sale",
    ),
    (
        "resolve.progress",
        "{settled} of {all} {all|discrepancy|discrepancies} settled",
        "{settled} de {all} {all|discrepancia acordada|discrepancias acordadas}",
    ),
    ("resolve.undecided_answer", "undecided", "sin decidir"),
    ("resolve.unsure", "unsure", "con dudas"),
    (
        "resolve.before",
        "settled before as {outcome}: {answer}",
        "acordado antes como {outcome}: {answer}",
    ),
    ("resolve.before_open", "left open before", "quedó abierto antes"),
    ("resolve.both", "both together", "ambas juntas"),
    (
        "resolve.choices",
        "o IDS: another answer · l: leave open · s: skip · ? shows what else can be typed",
        "o CÓDIGOS: otra respuesta · l: dejar abierto · s: saltar · ? muestra qué más se puede escribir",
    ),
    ("resolve.reason_prompt", "reason", "motivo"),
    ("resolve.rationale_prompt", "rationale", "justificación"),
    ("resolve.reason_ask", "Why did you differ?", "¿Por qué hubo diferencia?"),
    ("resolve.slip", "somebody slipped", "alguien se equivocó"),
    ("resolve.omission", "somebody overlooked it", "a alguien se le pasó"),
    ("resolve.boundary", "where the unit begins or ends", "dónde empieza o acaba la unidad"),
    ("resolve.definition", "the codebook's wording", "la redacción del libro de códigos"),
    ("resolve.ambiguous", "the talk can be taken either way", "lo dicho admite ambas lecturas"),
    ("resolve.reading", "two readings that both stand", "dos lecturas que valen ambas"),
    (
        "resolve.rationale_ask",
        "In your own words (Enter leaves it empty):",
        "Con sus palabras (Intro la deja vacía):",
    ),
    ("resolve.rationale_ask_needed", "In your own words, why:", "Con sus palabras, por qué:"),
    (
        "resolve.keys",
        "1, 2: this coder's answer · b: both together · o IDS: another answer, o 0: none\n\
         l: leave open, two readings that both stand · s: skip · z: take back the last settlement\n\
         k TEXT: what should change in the codebook, kept with this settlement\n\
         c: the codes with their numbers and definitions, c 2: one in full\n\
         then a reason (number, word or first letter) and a rationale; z goes back · q: leave",
        "1, 2: la respuesta de esa persona · b: ambas juntas · o CÓDIGOS: otra respuesta, o 0: ninguno\n\
         l: dejar abierto, dos lecturas que valen ambas · s: saltar · z: deshacer el último acuerdo\n\
         k TEXTO: qué debería cambiar en el libro de códigos, se guarda con este acuerdo\n\
         c: los códigos con sus números y definiciones, c 2: uno completo\n\
         luego un motivo (número, palabra o inicial) y una justificación; z vuelve atrás · q: salir",
    ),
    (
        "resolve.finished",
        "Nothing is left to settle ({n} {n|discrepancy|discrepancies}). What holds now: `themata matrix`. q leaves.",
        "No queda nada por acordar ({n} {n|discrepancia|discrepancias}). Lo que vale ahora: `themata matrix`. q sale.",
    ),
    (
        "resolve.waiting",
        "case {case} is not open yet: not all its coders have sealed it",
        "el caso {case} aún no está abierto: no lo han sellado todas las personas que lo codifican",
    ),
    (
        "resolve.nothing",
        "there is nothing to settle: the coders differ nowhere here",
        "no hay nada que acordar: aquí no hay ninguna diferencia",
    ),
    (
        "resolve.unit_undecided",
        "nobody has decided anything on {unit} that is open for comparison",
        "nadie ha decidido sobre {unit} nada que esté abierto a la comparación",
    ),
    (
        "resolve.no_unit",
        "there is no unit {unit} to code",
        "no hay ninguna unidad {unit} que se codifique",
    ),
    (
        "resolve.no_unit.fix",
        "`themata units show` lists the units with their locators",
        "`themata units show` enumera las unidades con sus localizadores",
    ),
];
