//! Words by which documents and tables are put together, in all languages at once: parts and their numbers, credits of
//! services, heads of columns, and what stands before a colon within speech.

/// Words before a colon within speech, folded: what a speaker announces, quotes or counts, in eight languages. No
/// list decides against a label that recurs.
const ASIDES: &str = "
    note notice example examples result results problem problems reason summary conclusion warning attention rule rules
    quote answer question price total important point remember advice tip fact facts truth moral lesson motto plan
    idea option consequence goal aim task title subject end p.s ps n.b nb first second third finally second next
    monday tuesday wednesday thursday friday saturday sunday yesterday today tomorrow morning evening
    nota ejemplo ejemplos resultado resultados problema problemas razon resumen conclusion ojo atencion aviso regla
    respuesta pregunta precio importante moraleja verdad motivo consejo idea opcion consecuencia objetivo meta titulo
    fin primero segundo tercero finalmente lunes martes miercoles jueves viernes sabado domingo ayer hoy manana
    beispiel beispiele ergebnis ergebnisse grund fazit zusammenfassung achtung vorsicht regel antwort frage preis
    wichtig punkt motto ziel aufgabe titel ende erstens zweitens drittens schliesslich zitat hinweis tipp wahrheit
    folge losung montag dienstag mittwoch donnerstag freitag samstag sonntag gestern heute morgen
    exemple exemples resultat resultats probleme raison resume conclusion bref attention avis regle reponse prix
    important verite conseil idee option consequence but objectif titre fin premierement deuxiemement troisiemement
    enfin remarque lundi mardi mercredi jeudi vendredi samedi dimanche hier aujourd'hui demain
    exemplo resultado problema razao resumo conclusao atencao aviso regra resposta pergunta preco importante verdade
    conselho ideia opcao consequencia objetivo titulo fim primeiro segundo terceiro segunda terca quarta quinta sexta
    sabado domingo ontem hoje amanha
    esempio esempi risultato risultati problema ragione riassunto conclusione attenzione avviso regola risposta domanda
    prezzo importante verita consiglio idea opzione conseguenza obiettivo titolo fine primo secondo terzo infine
    lunedi martedi mercoledi giovedi venerdi sabato domenica ieri oggi domani
    exemple resultat problema rao resum conclusio atencio avis regla resposta pregunta preu important veritat consell
    dilluns dimarts dimecres dijous divendres dissabte diumenge ahir avui dema";

/// Those of them that people are called.
const NAMESAKES: &str = "
    price rule moral titus end first second nick monday friday sunday summer prima primo segundo segunda domingo
    domenica precio prix preis motto ziel grund punkt montag freitag samstag sonntag dimanche vendredi samedi roi
    regel sabado sabato luna lunes consiglio";

/// Whether somebody may be called by a folded word that speech also announces something with: `price`, `domingo`.
#[must_use]
pub fn is_namesake(folded: &str) -> bool {
    NAMESAKES.split_whitespace().any(|it| it == folded)
}

/// Whether a folded phrase before a colon is more likely what somebody says than who: its words, small ones aside, are
/// such as speech announces something with.
#[must_use]
pub fn is_aside(folded: &str) -> bool {
    const SMALL: [&str; 30] = [
        "the", "my", "our", "your", "a", "one", "in", "el", "la", "mi", "un", "una", "en", "der",
        "die", "das", "mein", "unser", "unsere", "ein", "eine", "le", "mon", "notre", "o", "meu",
        "il", "mio", "per", "for",
    ];
    let mut words = folded
        .split([' ', '\u{a0}'])
        .filter(|it| !it.is_empty() && !SMALL.contains(it))
        .filter(|it| !is_number_word(it) && !it.bytes().all(|byte| byte.is_ascii_digit()))
        .peekable();
    words.peek().is_some() && words.all(|it| ASIDES.split_whitespace().any(|word| word == it))
}

/// Whether a folded label says what kind of turn begins and not who has it: `question`, `antwort`.
#[must_use]
pub fn is_turn_word(folded: &str) -> bool {
    const WORDS: [&str; 16] = [
        "question",
        "answer",
        "q",
        "a",
        "pregunta",
        "respuesta",
        "frage",
        "antwort",
        "pergunta",
        "resposta",
        "reponse",
        "domanda",
        "risposta",
        "quote",
        "cita",
        "zitat",
    ];
    WORDS.contains(&folded)
}

/// Whether a folded word names a part of a document or of an interview, which is numbered or has a title.
#[must_use]
pub fn is_part(word: &str) -> bool {
    const PARTS: [&str; 60] = [
        "question",
        "questions",
        "part",
        "section",
        "topic",
        "theme",
        "task",
        "chapter",
        "block",
        "session",
        "activity",
        "scenario",
        "exercise",
        "prompt",
        "stage",
        "phase",
        "pregunta",
        "parte",
        "seccion",
        "tema",
        "tarea",
        "capitulo",
        "bloque",
        "sesion",
        "actividad",
        "apartado",
        "fase",
        "frage",
        "teil",
        "abschnitt",
        "thema",
        "aufgabe",
        "kapitel",
        "sitzung",
        "themenblock",
        "fragenblock",
        "partie",
        "tache",
        "chapitre",
        "bloc",
        "seance",
        "activite",
        "etape",
        "pergunta",
        "seccao",
        "secao",
        "tarefa",
        "bloco",
        "atividade",
        "sessao",
        "domanda",
        "sezione",
        "compito",
        "capitolo",
        "blocco",
        "sessione",
        "attivita",
        "tasca",
        "seccio",
        "activitat",
    ];
    PARTS.contains(&word)
}

/// Whether a folded word is a small number.
#[must_use]
pub fn is_number_word(word: &str) -> bool {
    const NUMBERS: [&str; 60] = [
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "uno",
        "una", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "eins",
        "zwei", "drei", "vier", "funf", "sechs", "sieben", "acht", "neun", "zehn", "un", "une",
        "deux", "trois", "quatre", "cinq", "sept", "huit", "neuf", "dix", "um", "dois", "quatro",
        "sete", "oito", "nove", "dez", "due", "tre", "quattro", "cinque", "sei", "sette", "otto",
        "dieci", "dues", "sis", "set", "vuit",
    ];
    NUMBERS.contains(&word)
}

/// Whether a folded line is what a service or program says of itself.
#[must_use]
pub fn is_credit(folded: &str) -> bool {
    const CREDITS: [&str; 34] = [
        "created with",
        "created by",
        "made with",
        "generated by",
        "generated with",
        "automatically generated",
        "auto-generated",
        "transcribed by",
        "transcribed with",
        "transcript by",
        "transcription by",
        "powered by",
        "exported from",
        "downloaded from",
        "this transcript was",
        "this file was",
        "this transcription was",
        "subtitles by",
        "captions by",
        "subtitles created",
        "erstellt mit",
        "transkribiert mit",
        "transkribiert von",
        "automatisch erstellt",
        "creado con",
        "transcrito por",
        "transcrito con",
        "generado por",
        "genere par",
        "transcrit par",
        "cree avec",
        "criado com",
        "gerado por",
        "trascritto da",
    ];
    CREDITS.iter().any(|it| folded.starts_with(it))
}

/// Whether a folded text heads a column of codes: then the table is one of codings, and no transcript unless it
/// says who speaks.
#[must_use]
pub fn is_code_head(folded: &str) -> bool {
    let unnumbered = folded.trim_end_matches(|it: char| !it.is_alphabetic());
    const CODES: [&str; 25] = [
        "code",
        "codes",
        "coding",
        "codigo",
        "codigos",
        "kode",
        "kodes",
        "codage",
        "tag",
        "tags",
        "label",
        "labels",
        "category",
        "categories",
        "categoria",
        "kategorie",
        "annotator",
        "coder",
        "rater",
        "kappa",
        "definition",
        "definicion",
        "definicao",
        "definizione",
        "definicio",
    ];
    CODES.contains(&unnumbered)
}

/// Whether a folded text heads a column of what is neither speech nor speaker: a translation, remarks, a number.
#[must_use]
pub fn is_other_head(folded: &str) -> bool {
    const OTHER: [&str; 60] = [
        "translation",
        "english",
        "traduccion",
        "traduction",
        "traducao",
        "traduzione",
        "traduccio",
        "ubersetzung",
        "vertaling",
        "note",
        "notes",
        "comment",
        "comments",
        "remark",
        "remarks",
        "memo",
        "notas",
        "nota",
        "observaciones",
        "comentarios",
        "notizen",
        "notiz",
        "bemerkung",
        "bemerkungen",
        "anmerkung",
        "anmerkungen",
        "kommentar",
        "kommentare",
        "remarque",
        "remarques",
        "commentaire",
        "commentaires",
        "observation",
        "observations",
        "observacoes",
        "osservazioni",
        "code",
        "codes",
        "coding",
        "codigo",
        "codigos",
        "kode",
        "tag",
        "tags",
        "theme",
        "topic",
        "label",
        "file",
        "filename",
        "document",
        "source",
        "id",
        "nr",
        "no",
        "number",
        "confidence",
        "language",
        "duration",
        "email",
        "date",
    ];
    OTHER.contains(&folded)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::fold;

    #[test]
    fn what_speech_announces_is_told_from_who_speaks() {
        for aside in ["Résultat", "Unser Motto", "P.S", "Dienstag", "Who", "The rule"] {
            let expected = aside != "Who";
            assert_eq!(is_aside(&fold(aside)), expected, "{aside}");
        }
        for person in ["Ana", "Waiter", "The", "Speaker 2", "Tom Price"] {
            assert!(!is_aside(&fold(person)), "{person}");
        }
        assert!(ASIDES.split_whitespace().all(|it| fold(it) == it));
    }
}
