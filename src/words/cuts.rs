//! What is said of cuts: looked at, cut twice, settled, locked, changed.

use super::Entry;

pub(super) const ENTRIES: &[Entry] = &[
    (
        "review.hint",
        "Cuts, the weakest first: k keep, d drop, b and f move back or forward by a sentence, a N add a cut before sentence N, ? more, q leave.",
        "Cortes, primero los más débiles: k dejar, d quitar, b y f mover una frase atrás o adelante, a N añadir un corte antes de la frase N, ? más, q salir.",
    ),
    ("review.prompt", "cut", "corte"),
    (
        "review.progress",
        "{n} of {all} {all|cut|cuts} to look at",
        "{n} de {all} {all|corte|cortes} por revisar",
    ),
    ("review.cut", "cut", "corte"),
    ("review.cut_strength", "cut, strength {strength}", "corte, fuerza {strength}"),
    ("review.by_hand", "cut set by hand", "corte puesto a mano"),
    (
        "review.finished",
        "All {n} {n|cut was|cuts were} looked at. `g LOCATOR` goes back to one, `z` takes back, `q` leaves.",
        "{n|Revisado el único corte|Revisados los {n} cortes}. `g LOCALIZADOR` vuelve a uno, `z` deshace, `q` sale.",
    ),
    (
        "review.keys",
        "k          the cut is right: keep it\nd          there is no cut here: the two units become one\nb, b N     the cut belongs one sentence (N sentences) earlier\nf, f N     the cut belongs one sentence (N sentences) later\na N        a further cut before the sentence with number N\ns          skip: on to the next cut\ng LOCATOR  go to the cut with which a unit begins; a number alone is a paragraph of this transcript\nz          take back the last change\nq          leave; what was saved is saved",
        "k             el corte está bien: dejarlo\nd             aquí no hay corte: las dos unidades pasan a ser una\nb, b N        el corte va una frase (N frases) antes\nf, f N        el corte va una frase (N frases) después\na N           otro corte antes de la frase número N\ns             saltar: al corte siguiente\ng LOCALIZADOR ir al corte con que empieza una unidad; un número solo es un párrafo de esta transcripción\nz             deshacer el último cambio\nq             salir; lo guardado queda guardado",
    ),
    (
        "review.nothing_typed",
        "nothing was typed; the cut stays at hand (? shows what can be typed)",
        "no se ha escrito nada; el corte sigue a la vista (? muestra lo que se puede escribir)",
    ),
    (
        "review.which_sentence",
        "write a number of sentences, as in `b 2`, or the number of a sentence, as in `a 7`",
        "escriba un número de frases, como en `b 2`, o el número de una frase, como en `a 7`",
    ),
    (
        "review.go_where",
        "write a locator after `g`, as in `g CoP-31:106`",
        "escriba un localizador después de `g`, como en `g CoP-31:106`",
    ),
    (
        "review.no_unit_before",
        "no unit is before this one; only a cut can be added",
        "no hay ninguna unidad antes de esta; solo se puede añadir un corte",
    ),
    (
        "review.no_further",
        "the cut cannot go so far: each unit keeps a sentence at least",
        "el corte no puede ir tan lejos: cada unidad conserva al menos una frase",
    ),
    (
        "review.no_sentence",
        "there is no such sentence here: they go from 1 to {last}",
        "esa frase no existe aquí: van de 1 a {last}",
    ),
    ("review.cut_there", "there is a cut already", "ahí ya hay un corte"),
    (
        "review.all_seen",
        "every cut was looked at: `g LOCATOR` goes back to one, `z` takes back, `q` leaves",
        "todos los cortes están revisados: `g LOCALIZADOR` vuelve a uno, `z` deshace, `q` sale",
    ),
    ("review.nothing", "there are no units to look at", "no hay unidades que revisar"),
    (
        "review.nothing.fix",
        "cut the transcripts first: `themata split`",
        "divida primero las transcripciones: `themata split`",
    ),
    (
        "review.nothing_own.fix",
        "cut the transcripts first: `themata split --coder {coder}`",
        "divida primero las transcripciones: `themata split --coder {coder}`",
    ),
    (
        "units.locked",
        "the units of {transcripts} are locked",
        "las unidades de {transcripts} están fijadas",
    ),
    (
        "units.locked.fix",
        "locked units change one by one, with a reason: `themata units split|join|move LOCATOR --reason TEXT`",
        "las unidades fijadas se cambian de una en una, con un motivo: `themata units split|join|move LOCALIZADOR --reason TEXTO`",
    ),
    (
        "units.lock_done",
        "{transcript}: {n} {n|unit|units} locked",
        "{transcript}: {n} {n|unidad fijada|unidades fijadas}",
    ),
    (
        "units.lock_broken",
        "these units were locked and are no longer what was locked",
        "estas unidades se fijaron y ya no son las que se fijaron",
    ),
    (
        "units.lock_broken.fix",
        "bring the file back as it was; from now on change units with `themata units split|join|move`",
        "recupere el archivo tal como estaba; en adelante cambie las unidades con `themata units split|join|move`",
    ),
    (
        "units.uncut",
        "{transcript} is not cut into units",
        "{transcript} no está dividida en unidades",
    ),
    ("units.uncut.fix", "`themata split` cuts it", "`themata split` la divide"),
    (
        "units.nothing_to_lock",
        "there are no units that are not locked already",
        "no hay unidades que no estén ya fijadas",
    ),
    (
        "units.nothing_to_lock.fix",
        "cut the transcripts first: `themata split`",
        "divida primero las transcripciones: `themata split`",
    ),
    (
        "cuts.changed",
        "these cuts were declared done and have changed since",
        "estos cortes se declararon terminados y han cambiado desde entonces",
    ),
    (
        "cuts.changed.fix",
        "bring the file back as it was, or take the declaration back: `themata units done --coder {coder} --take-back REASON`",
        "recupere el archivo tal como estaba o retire la declaración: `themata units done --coder {coder} --take-back MOTIVO`",
    ),
    (
        "cuts.done_already",
        "{coder} has declared the cuts of {transcripts} done",
        "{coder} ha declarado terminados los cortes de {transcripts}",
    ),
    (
        "cuts.done_already.fix",
        "`themata units settle` goes on from there; while the others are not done, `themata units done --coder {coder} --take-back REASON` opens them again",
        "`themata units settle` sigue a partir de ahí; mientras los demás no terminen, `themata units done --coder {coder} --take-back MOTIVO` los vuelve a abrir",
    ),
    (
        "cuts.seen",
        "all who cut {transcript} are done, so the cuts may have been seen",
        "quienes dividieron {transcript} han terminado, así que los cortes pueden haberse visto",
    ),
    (
        "cuts.seen.fix",
        "settle what differs: `themata units settle`",
        "acuerden las diferencias: `themata units settle`",
    ),
    ("cuts.nothing", "{coder} has no such cuts", "{coder} no tiene tales cortes"),
    (
        "cuts.nothing.fix",
        "own cuts are made with `themata split --coder {coder}`; `--take-back` needs some that are done",
        "los cortes propios se hacen con `themata split --coder {coder}`; `--take-back` requiere algunos terminados",
    ),
    (
        "cuts.declared",
        "{coder} is done with {transcripts}",
        "{coder} ha terminado con {transcripts}",
    ),
    ("cuts.taken_back", "{coder} goes on with {transcripts}", "{coder} sigue con {transcripts}"),
    (
        "settle.waiting",
        "left out, not everyone is done: {waiting}",
        "se omite, no todos han terminado: {waiting}",
    ),
    (
        "settle.closed",
        "not everyone is done with cutting: {waiting}",
        "no todos han terminado de dividir: {waiting}",
    ),
    (
        "settle.closed.fix",
        "each declares her cuts done: `themata units done --coder NAME`",
        "cada cual declara terminados sus cortes: `themata units done --coder NOMBRE`",
    ),
    (
        "settle.fixed",
        "the units of these transcripts are locked or carry decisions",
        "las unidades de estas transcripciones están fijadas o llevan decisiones",
    ),
    (
        "settle.nothing",
        "no transcript was cut by two coders",
        "ninguna transcripción ha sido dividida por dos personas",
    ),
    (
        "settle.nothing.fix",
        "each cuts on her own: `themata split --coder NAME`, then `themata units done --coder NAME`",
        "cada cual divide por su cuenta: `themata split --coder NOMBRE` y después `themata units done --coder NOMBRE`",
    ),
    (
        "settle.open",
        "{transcript} has cuts that are not settled",
        "{transcript} tiene cortes sin acordar",
    ),
    (
        "settle.open.fix",
        "settle them: `themata units settle`",
        "acuérdenlos: `themata units settle`",
    ),
    (
        "settle.counts",
        "{agreed} {agreed|cut|cuts} by all, {differ} by some",
        "{agreed} {agreed|corte|cortes} de todos, {differ} de algunos",
    ),
    (
        "settle.written",
        "{transcript}: {n} {n|unit|units} written",
        "{transcript}: {n} {n|unidad escrita|unidades escritas}",
    ),
    (
        "settle.progress",
        "{decided} of {all} {all|difference|differences} settled",
        "{decided} de {all} {all|diferencia acordada|diferencias acordadas}",
    ),
    ("settle.cut_by", "cut by {coders}", "corte de {coders}"),
    ("settle.not_by", "not by {coders}", "no de {coders}"),
    ("settle.decided_cut", "settled: a cut", "acordado: corte"),
    ("settle.decided_no_cut", "settled: no cut", "acordado: sin corte"),
    (
        "settle.choices",
        "c there is a cut at ▶, n there is none, 1 or 2 as this coder has it, s skip, z take back, ? more, q leave",
        "c hay corte en ▶, n no lo hay, 1 o 2 como lo tiene esa persona, s saltar, z deshacer, ? más, q salir",
    ),
    (
        "settle.reason_cut",
        "There is a cut. Why, in your own words?",
        "Hay corte. ¿Por qué, en sus propias palabras?",
    ),
    (
        "settle.reason_no_cut",
        "There is no cut. Why, in your own words?",
        "No hay corte. ¿Por qué, en sus propias palabras?",
    ),
    ("settle.reason_prompt", "reason", "motivo"),
    (
        "settle.reason_needed",
        "a reason is needed; z goes back, q leaves",
        "hace falta un motivo; z vuelve atrás, q sale",
    ),
    (
        "settle.keys",
        "c      there is a cut where ▶ stands\nn      there is none\n1, 2   as the first or second coder has it\ns      skip: on to the next difference\nz      take back the last decision, or the choice\nq      leave; what was saved is saved",
        "c      hay corte donde está ▶\nn      no lo hay\n1, 2   como lo tiene la primera o la segunda persona\ns      saltar: a la diferencia siguiente\nz      deshacer la última decisión o la elección\nq      salir; lo guardado queda guardado",
    ),
    (
        "settle.finished",
        "All {n} {n|difference is|differences are} settled. `z` takes back the last one, `q` leaves.",
        "{n|Acordada la única diferencia|Acordadas las {n} diferencias}. `z` deshace la última, `q` sale.",
    ),
    (
        "settle.all_decided",
        "everything is settled: `z` takes back the last decision, `q` leaves",
        "todo está acordado: `z` deshace la última decisión, `q` sale",
    ),
    ("settle.last", "this is the only difference left", "es la única diferencia que queda"),
    (
        "status.next.done",
        "next: themata split --coder {coder} --review, then themata units done --coder {coder}",
        "siguiente paso: themata split --coder {coder} --review, y después themata units done --coder {coder}",
    ),
    ("status.next.settle", "next: themata units settle", "siguiente paso: themata units settle"),
    ("status.next.lock", "next: themata units lock", "siguiente paso: themata units lock"),
    (
        "units.changed",
        "the units are no longer what they were",
        "las unidades ya no son las que eran",
    ),
    (
        "units.changed.fix",
        "somebody changed them meanwhile: look at them and try again",
        "alguien las ha cambiado entretanto: revíselas e inténtelo de nuevo",
    ),
    (
        "units.no_next",
        "no unit of talk follows {unit}",
        "a {unit} no le sigue ninguna unidad de habla",
    ),
    (
        "units.no_next.fix",
        "name the first of the two units",
        "indique la primera de las dos unidades",
    ),
    (
        "units.not_next",
        "{other} is not the unit after {unit}",
        "{other} no es la unidad que sigue a {unit}",
    ),
    ("units.not_next.fix", "the unit after it is {next}", "la que le sigue es {next}"),
    (
        "units.no_before",
        "no unit of talk is before {unit}",
        "antes de {unit} no hay ninguna unidad de habla",
    ),
    (
        "units.no_before.fix",
        "name the second of the two units whose common border moves",
        "indique la segunda de las dos unidades cuyo límite se mueve",
    ),
    ("units.begins_there", "{unit} begins there already", "{unit} ya empieza ahí"),
    (
        "units.begins_there.fix",
        "`--show` lists the sentences with their places",
        "`--show` lista las frases con sus lugares",
    ),
    (
        "units.at",
        "no sentence of this stretch begins at {at}",
        "ninguna frase de este fragmento empieza en {at}",
    ),
    (
        "units.at.fix",
        "`--show` lists the sentences with their places",
        "`--show` lista las frases con sus lugares",
    ),
    ("units.moved", "{old} is now {new}", "{old} es ahora {new}"),
    (
        "units.undecided",
        "{n|The new unit is|The new units are} undecided: code on with `themata code`, then hand over once more with `themata seal --again REASON`",
        "{n|La nueva unidad está|Las nuevas unidades están} sin decidir: siga con `themata code` y vuelva a entregar con `themata seal --again MOTIVO`",
    ),
    (
        "status.next.seal_again",
        "next: themata seal --coder {coder} --again REASON",
        "siguiente paso: themata seal --coder {coder} --again MOTIVO",
    ),
    ("replace.prompt", "same", "igual"),
    (
        "replace.found",
        "{number} of {all}: is {old} now {new}? likeness {likeness} · y yes, n no, ? more, q leave and replace nothing",
        "{number} de {all}: ¿es {old} ahora {new}? parecido {likeness} · y sí, n no, ? más, q salir sin sustituir nada",
    ),
    (
        "replace.keys",
        "y      it is the same unit: its decisions hold for the new words\nn      it is not: the old unit is lost, the new one undecided\nz      back to the one before\nq      leave; nothing is replaced",
        "y      es la misma unidad: sus decisiones valen para las nuevas palabras\nn      no lo es: la unidad antigua se pierde y la nueva queda sin decidir\nz      volver a la anterior\nq      salir; no se sustituye nada",
    ),
    (
        "replace.unanswered",
        "{transcript} was not replaced: not every match was answered",
        "{transcript} no se ha sustituido: no se ha respondido a todas las coincidencias",
    ),
    (
        "replace.unanswered.fix",
        "answer y or n to each, or give --yes to take them all",
        "responda y o n a cada una, o use --yes para aceptarlas todas",
    ),
    (
        "replace.lost",
        "{unit} is not in the new text; it stays listed with its decisions: `themata units show --changed`",
        "{unit} no está en el texto nuevo; sigue en la lista con sus decisiones: `themata units show --changed`",
    ),
    (
        "replace.done",
        "{new} is in place of {old}: {same} {same|unit|units} to the letter, {found} with differences, {fresh} new, {lost} lost",
        "{new} sustituye a {old}: {same} {same|unidad|unidades} al pie de la letra, {found} con diferencias, {fresh} {fresh|nueva|nuevas}, {lost} {lost|perdida|perdidas}",
    ),
    ("units.how", "what happened", "qué pasó"),
    ("units.now", "now", "ahora"),
    ("units.decisions", "decided", "decidido"),
    ("units.none_changed", "no unit was changed", "no ha cambiado ninguna unidad"),
    (
        "units.coder",
        "--coder goes with --wishes or --changed",
        "--coder va con --wishes o --changed",
    ),
    (
        "units.coder.fix",
        "`themata log --coder NAME` lists a coder's decisions",
        "`themata log --coder NOMBRE` lista las decisiones de una persona",
    ),
];
