//! What is said when a study is read, written, sealed or refused.

use super::Entry;

pub(super) const ENTRIES: &[Entry] = &[
    (
        "store.no_study",
        "there is no study here: no folder upward holds themata.yaml",
        "aquí no hay ningún estudio: ninguna carpeta superior contiene themata.yaml",
    ),
    (
        "store.no_study.fix",
        "go into a study's folder, name it with -C DIR, or make one with `themata init DIR`",
        "entre en la carpeta de un estudio, indíquela con -C DIR o cree uno con `themata init DIR`",
    ),
    ("store.no_folder", "the current folder cannot be read", "no se puede leer la carpeta actual"),
    ("store.read", "cannot read {file}", "no se puede leer {file}"),
    (
        "store.own_file",
        "{file} is a file of the study itself, which no result replaces",
        "{file} es un archivo del propio estudio, y ningún resultado lo sustituye",
    ),
    (
        "store.own_file.fix",
        "choose a name of its own, such as results.csv; --force does not change this",
        "elija un nombre propio, como resultados.csv; --force no cambia esto",
    ),
    ("store.system.not_found", "there is no such file or folder", "no hay tal archivo o carpeta"),
    ("store.system.denied", "this is not allowed to you", "no tiene permiso"),
    ("store.system.is_folder", "this is a folder, not a file", "es una carpeta, no un archivo"),
    ("store.system.full", "the disk is full", "el disco está lleno"),
    ("store.remove", "cannot remove {file}", "no se puede borrar {file}"),
    ("store.lock", "cannot make the lock {file}", "no se puede crear el bloqueo {file}"),
    ("store.locked", "another program is writing {file}", "otro programa está escribiendo {file}"),
    (
        "store.locked.fix",
        "end the other themata first (another window? another person on a shared folder?); nothing was written",
        "cierre antes el otro themata (¿otra ventana?, ¿otra persona en una carpeta compartida?); no se ha escrito nada",
    ),
    (
        "store.replace",
        "cannot write {file}; the old file is untouched",
        "no se puede escribir {file}; el archivo anterior está intacto",
    ),
    (
        "store.append",
        "cannot write {file}; what was saved before is safe, the last entry was not saved",
        "no se puede escribir {file}; lo guardado antes está a salvo, lo último no se ha guardado",
    ),
    (
        "store.lists_changed",
        "another program changed the study's lists a moment ago; nothing was written",
        "otro programa acaba de cambiar las listas del estudio; no se ha escrito nada",
    ),
    ("store.lists_changed.fix", "run the command again", "ejecute de nuevo el comando"),
    (
        "store.codebook_changed",
        "codebook.yaml was changed a moment ago; nothing was written",
        "codebook.yaml acaba de cambiar; no se ha escrito nada",
    ),
    ("store.codebook_changed.fix", "run the command again", "ejecute de nuevo el comando"),
    ("store.exists", "{file} exists", "{file} ya existe"),
    (
        "store.exists.fix",
        "choose another name, or add --force",
        "elija otro nombre o añada --force",
    ),
    (
        "demo.exists.fix",
        "choose a folder that is not there yet",
        "elija una carpeta que aún no exista",
    ),
    (
        "store.header",
        "another program has rewritten this file: its first line is not ours",
        "otro programa ha reescrito este archivo: su primera línea no es la nuestra",
    ),
    (
        "store.header.fix",
        "restore it from a backup or from git; its first line must be {header}",
        "recupérelo de una copia o de git; su primera línea debe ser {header}",
    ),
    (
        "store.header_kept.fix",
        "restore it from a backup or from git (its first line must be {header}); everything that was saved until now is also in {kept}",
        "recupérelo de una copia o de git (su primera línea debe ser {header}); todo lo guardado hasta ahora está también en {kept}",
    ),
    (
        "store.no_transcript",
        "there is no transcript {transcript}",
        "no hay ninguna transcripción {transcript}",
    ),
    ("store.no_transcript.fix", "the transcripts are: {known}", "las transcripciones son: {known}"),
    (
        "transcript.line",
        "this line has neither a speaker nor two spaces before it",
        "esta línea no tiene ni hablante ni dos espacios delante",
    ),
    (
        "transcript.line.fix",
        "texts are frozen after import: restore the file from a backup or from git",
        "los textos no cambian tras la importación: recupere el archivo de una copia o de git",
    ),
    (
        "load.torn",
        "{file} ends in the middle of a row: its last write was lost, everything before is there",
        "{file} acaba en medio de una fila: se perdió la última escritura, todo lo anterior está",
    ),
    (
        "load.case",
        "transcript {transcript} belongs to case {case}, which cases.csv does not have",
        "la transcripción {transcript} pertenece al caso {case}, que no está en cases.csv",
    ),
    (
        "load.case.fix",
        "add the case to cases.csv, or correct it in transcripts.csv",
        "añada el caso a cases.csv o corríjalo en transcripts.csv",
    ),
    ("load.no_codebook", "the codebook is missing", "falta el libro de códigos"),
    (
        "load.no_codebook.fix",
        "restore codebook.yaml; versions that were coded with are in codebooks/",
        "recupere codebook.yaml; las versiones con las que se codificó están en codebooks/",
    ),
    (
        "load.version",
        "this file was changed: its name is the hash of what it held",
        "este archivo ha cambiado: su nombre es el hash de lo que contenía",
    ),
    (
        "load.version.fix",
        "restore it from a backup or from git; change codebook.yaml instead",
        "recupérelo de una copia o de git; cambie codebook.yaml en su lugar",
    ),
    (
        "load.no_text",
        "the text of this transcript is missing",
        "falta el texto de esta transcripción",
    ),
    (
        "load.text",
        "this text was changed after import; from here on it differs",
        "este texto ha cambiado desde la importación; difiere a partir de aquí",
    ),
    (
        "load.text.fix",
        "restore the file from a backup or from git; a corrected transcript is imported under a new id",
        "recupere el archivo de una copia o de git; una transcripción corregida se importa con otro identificador",
    ),
    (
        "load.nobodys_log",
        "this log belongs to no coder of themata.yaml",
        "este registro no es de ningún codificador de themata.yaml",
    ),
    (
        "load.nobodys_log.fix",
        "add the coder with `themata coder add ID`, or move the file out of coding/",
        "añada la persona con `themata coder add ID` o saque el archivo de coding/",
    ),
    (
        "gate.coder",
        "there is no coder {coder} in this study",
        "en este estudio no hay ningún codificador {coder}",
    ),
    (
        "gate.coder.fix",
        "the coders are: {known}; add one with `themata coder add ID`",
        "los codificadores son: {known}; añada uno con `themata coder add ID`",
    ),
    ("gate.round", "there is no round {round}", "no hay ninguna ronda {round}"),
    (
        "gate.round.fix",
        "the rounds are: {known}; make one with `themata round new NAME`",
        "las rondas son: {known}; cree una con `themata round new NOMBRE`",
    ),
    (
        "gate.conflict",
        "two devices decided {unit} in {dimension} differently at the same time",
        "dos dispositivos decidieron {unit} en {dimension} de forma distinta a la vez",
    ),
    (
        "gate.conflict.fix",
        "it counts as undecided until {coder} decides it again: `themata code --coder {coder} --lines`",
        "cuenta como sin decidir hasta que {coder} lo decida de nuevo: `themata code --coder {coder} --lines`",
    ),
    (
        "gate.nothing",
        "there is nothing to compare: no case has units",
        "no hay nada que comparar: ningún caso tiene unidades",
    ),
    (
        "gate.nothing.fix",
        "import transcripts and split them: `themata import FILE`, `themata split`",
        "importe transcripciones y divídalas: `themata import ARCHIVO`, `themata split`",
    ),
    (
        "gate.closed",
        "no case is open for comparison; not yet sealed: {waiting}",
        "ningún caso está abierto a la comparación; sin sellar: {waiting}",
    ),
    (
        "gate.closed.fix",
        "each coder hands over with `themata seal --coder NAME`; looking earlier needs --unblind REASON and is recorded for ever",
        "cada persona entrega con `themata seal --coder NOMBRE`; mirar antes exige --unblind MOTIVO y queda registrado para siempre",
    ),
    (
        "seal.undecided",
        "{coder} has {n} {n|decision|decisions} still to make (units × dimensions)",
        "a {coder} le {n|queda|quedan} {n} {n|decisión|decisiones} por tomar (unidades × dimensiones)",
    ),
    (
        "seal.undecided.fix",
        "finish with `themata code --coder {coder} --lines`, or hand over as it is with --incomplete REASON",
        "termine con `themata code --coder {coder} --lines` o entregue así con --incomplete MOTIVO",
    ),
    (
        "seal.case",
        "{coder} has no units in a case {case}",
        "{coder} no tiene unidades en un caso {case}",
    ),
    ("seal.case.fix", "the cases are: {known}", "los casos son: {known}"),
    ("seal.sealed", "{coder} has already sealed {case}", "{coder} ya ha sellado {case}"),
    (
        "seal.sealed.fix",
        "to let later decisions count, `themata seal --coder {coder} --case {case} --again REASON`",
        "para que cuenten decisiones posteriores, `themata seal --coder {coder} --case {case} --again MOTIVO`",
    ),
    (
        "seal.nothing",
        "{coder} has nothing left to seal in this round",
        "a {coder} no le queda nada por sellar en esta ronda",
    ),
    (
        "seal.nothing.fix",
        "`themata status` shows what is sealed",
        "`themata status` muestra lo que está sellado",
    ),
    (
        "seal.broken",
        "what {coder} sealed in round {round} at {at} is no longer what the log holds: rows are missing or changed",
        "lo que {coder} selló en la ronda {round} el {at} ya no es lo que contiene el registro: faltan filas o han cambiado",
    ),
    (
        "seal.broken.fix",
        "restore the logs of {coder} from a backup or from git; rows of a log are never edited or removed",
        "recupere los registros de {coder} de una copia o de git; las filas de un registro no se editan ni se borran",
    ),
    ("coding.device", "this is no name for a device", "este no es un nombre válido de dispositivo"),
    (
        "coding.device.fix",
        "use letters, digits, `-` and `_`, beginning with a letter",
        "use letras, cifras, `-` y `_`, empezando por una letra",
    ),
    (
        "coding.unit",
        "this unit or dimension is not in the study",
        "esta unidad o dimensión no está en el estudio",
    ),
    ("coding.unit.fix", "open the study again", "vuelva a abrir el estudio"),
    ("init.exists", "this folder already holds a study", "esta carpeta ya contiene un estudio"),
    ("init.exists.fix", "choose another folder", "elija otra carpeta"),
    (
        "store.pending",
        "this is no list of files to be replaced",
        "esto no es una lista de archivos por sustituir",
    ),
    (
        "store.pending.fix",
        "it is not ours; move it out of the study's folder",
        "no es nuestro; sáquelo de la carpeta del estudio",
    ),
    (
        "units.coded",
        "units that carry decisions are not changed: {transcripts}",
        "no se cambian unidades que ya llevan decisiones: {transcripts}",
    ),
    (
        "units.coded.fix",
        "leave these transcripts out, or import the text again under a new id",
        "deje fuera esas transcripciones o importe el texto de nuevo con otro identificador",
    ),
    ("round.exists", "there is a round {round} already", "ya existe una ronda {round}"),
    ("round.exists.fix", "choose another name", "elija otro nombre"),
];
