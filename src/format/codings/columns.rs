//! Which column of a wide file is a coder's, by its name in six languages.
//!
//! A sheet on which people code has columns beside: notes, the passage, who speaks, when, what was settled on.
//! None of them is a coder, and what was settled on least of all: it would agree with everybody.

use std::collections::BTreeSet;

use crate::language::fold;

/// Words for what coders settled on, or for a standard: never in agreement.
const SETTLED: &[&str] = &[
    "consensus",
    "concensus",
    "final",
    "gold",
    "goldstandard",
    "agreed",
    "agreement",
    "adjudicated",
    "adjudication",
    "adjudicator",
    "resolved",
    "resolution",
    "settled",
    "reconciled",
    "groundtruth",
    "truth",
    "majority",
    "reference",
    "standard",
    "expected",
    "joint", // en
    "consenso",
    "consensuado",
    "consensuada",
    "definitivo",
    "definitiva",
    "acordado",
    "acordada",
    "acuerdo",
    "mayoria",
    "referencia",
    "resuelto",
    "oro", // es
    "accord",
    "majorite",
    "definitif",
    "tranche", // fr
    "konsens",
    "konsensus",
    "einigung",
    "endgultig",
    "endfassung",
    "mehrheit",
    "referenz",
    "geeinigt", // de
    "acordo",
    "maioria",
    "acordada", // pt
    "definitivo",
    "concordato",
    "concordata",
    "maggioranza",
    "riferimento", // it
];

/// Words for what stands beside codings.
const BESIDE: &[&str] = &[
    // Notes.
    "note",
    "notes",
    "comment",
    "comments",
    "memo",
    "memos",
    "remark",
    "remarks",
    "reason",
    "reasons",
    "rationale",
    "justification",
    "explanation",
    "observation",
    "observations",
    "feedback",
    "nota",
    "notas",
    "comentario",
    "comentarios",
    "observacion",
    "observaciones",
    "razon",
    "razones",
    "justificacion",
    "motivo",
    "remarque",
    "remarques",
    "commentaire",
    "commentaires",
    "raison",
    "raisons",
    "notiz",
    "notizen",
    "anmerkung",
    "anmerkungen",
    "bemerkung",
    "bemerkungen",
    "kommentar",
    "kommentare",
    "begrundung",
    "comentarios",
    "observacao",
    "observacoes",
    "justificativa",
    "commento",
    "commenti",
    "osservazione",
    "osservazioni",
    "motivazione",
    "motivi",
    "annotazioni",
    // What was said.
    "text",
    "texts",
    "texto",
    "textos",
    "texte",
    "textes",
    "testo",
    "testi",
    "quote",
    "quotes",
    "quotation",
    "quotations",
    "excerpt",
    "excerpts",
    "passage",
    "passages",
    "utterance",
    "utterances",
    "sentence",
    "sentences",
    "snippet",
    "content",
    "body",
    "message",
    "post",
    "tweet",
    "statement",
    "transcription",
    "cita",
    "citas",
    "fragmento",
    "fragmentos",
    "frase",
    "frases",
    "oracion",
    "contenido",
    "mensaje",
    "extracto",
    "citation",
    "citations",
    "extrait",
    "extraits",
    "phrase",
    "phrases",
    "contenu",
    "zitat",
    "zitate",
    "aussage",
    "aussagen",
    "satz",
    "textstelle",
    "inhalt",
    "wortlaut",
    "trecho",
    "trechos",
    "citacao",
    "conteudo",
    "citazione",
    "citazioni",
    "brano",
    "brani",
    "estratto",
    "contenuto",
    "translation",
    "traduccion",
    "traduction",
    "ubersetzung",
    "traducao",
    "traduzione",
    "context",
    "contexto",
    "contexte",
    "kontext",
    "contesto",
    // Who said it.
    "speaker",
    "speakers",
    "participant",
    "participants",
    "respondent",
    "interviewee",
    "interviewer",
    "moderator",
    "author",
    "role",
    "gender",
    "sex",
    "age",
    "hablante",
    "hablantes",
    "participante",
    "participantes",
    "orador",
    "entrevistado",
    "entrevistada",
    "informante",
    "autor",
    "locuteur",
    "locutrice",
    "locuteurs",
    "intervenant",
    "auteur",
    "enquete",
    "sprecher",
    "sprecherin",
    "teilnehmer",
    "teilnehmerin",
    "befragte",
    "befragter",
    "falante",
    "palestrante",
    "parlante",
    "partecipante",
    "autore",
    "pseudonym",
    // Where and when.
    "file",
    "files",
    "filename",
    "document",
    "documents",
    "doc",
    "source",
    "sources",
    "transcript",
    "transcripts",
    "url",
    "link",
    "path",
    "page",
    "line",
    "paragraph",
    "locator",
    "citation",
    "date",
    "time",
    "timestamp",
    "timecode",
    "start",
    "end",
    "begin",
    "duration",
    "archivo",
    "archivos",
    "fichero",
    "documento",
    "documentos",
    "fuente",
    "pagina",
    "linea",
    "parrafo",
    "fecha",
    "hora",
    "tiempo",
    "inicio",
    "fin",
    "duracion",
    "enlace",
    "fichier",
    "fichiers",
    "ligne",
    "paragraphe",
    "heure",
    "temps",
    "debut",
    "duree",
    "lien",
    "datei",
    "dateiname",
    "dokument",
    "dokumente",
    "quelle",
    "seite",
    "zeile",
    "absatz",
    "datum",
    "uhrzeit",
    "zeit",
    "zeitmarke",
    "ende",
    "dauer",
    "ficheiro",
    "arquivo",
    "fonte",
    "linha",
    "paragrafo",
    "data",
    "tempo",
    "inizio",
    "fine",
    "durata",
    "riga",
    "collegamento",
    "session",
    "group",
    "groupid",
    "grupo",
    "groupe",
    "gruppe",
    "gruppo",
    "site",
    "community",
    // Numbers of rows and ids.
    "id",
    "ids",
    "uuid",
    "guid",
    "index",
    "idx",
    "row",
    "rownames",
    "rowid",
    "number",
    "numero",
    "nummer",
    "fila",
    "reihe",
    "zeilennummer",
    "identifier",
    "identificador",
    "identifiant",
    "kennung",
    "identificatore",
    "codigo",
    "key",
    "seq",
    "order",
    "orden",
    // What our own files and other programs say about a decision.
    "at",
    "certainty",
    "codebook",
    "dispute",
    "kind",
    "pinned",
    "strength",
    "topic",
    "words",
    "wordcount",
    "confidence",
    "sure",
    "unsure",
    "certeza",
    "confianza",
    "confiance",
    "sicherheit",
    "confianca",
    "certezza",
    "score",
    "weight",
    "probability",
    "total",
    "sum",
    "count",
    "match",
    "matches",
    "same",
    "different",
    "difference",
    "disagreement",
    "disagree",
    "agree",
    "discrepancy",
    "kappa",
    "alpha",
    "diferencia",
    "desacuerdo",
    "coincide",
    "coincidencia",
    "discrepancia",
    "desaccord",
    "abweichung",
    "unterschied",
    "ubereinstimmung",
    "diferenca",
    "discordancia",
    "differenza",
    "disaccordo",
    "status",
    "estado",
    "statut",
    "stato",
    "completed",
    "version",
    "language",
    "idioma",
    "langue",
    "sprache",
    "lingua",
];

/// Headings that, alone, number rows.
const NUMBERING: &[&str] =
    &["n", "no", "nr", "num", "#", "nº", "n°", "no.", "nr.", "nro", "lfd", "pos", "i", "x1"];

/// What a heading says of its column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Named {
    /// What coders settled on, or a standard.
    Settled,
    /// Something beside codings.
    Beside,
    /// Nothing that speaks against a coder.
    Maybe,
}

/// What a heading says of its column.
pub(super) fn named(heading: &str) -> Named {
    let words = words(heading);
    let any = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    let together: String = words.concat();
    let whole = fold(heading.trim());
    if any(SETTLED) || SETTLED.contains(&together.as_str()) {
        return Named::Settled;
    }
    let generated = whole.is_empty() || whole.starts_with("unnamed:") || whole.starts_with("...");
    if generated
        || any(BESIDE)
        || BESIDE.contains(&together.as_str())
        || NUMBERING.contains(&whole.as_str())
    {
        return Named::Beside;
    }
    Named::Maybe
}

/// Words for somebody who codes, folded.
const CODERS: &[&str] = &[
    "coder",
    "coders",
    "rater",
    "raters",
    "annotator",
    "annotators",
    "judge",
    "judges",
    "reviewer",
    "labeler",
    "labeller",
    "observer",
    "ann",
    "anno",
    "codificador",
    "codificadora",
    "codificadores",
    "evaluador",
    "evaluadora",
    "anotador",
    "anotadora",
    "juez",
    "jueza",
    "codeur",
    "codeuse",
    "annotateur",
    "annotatrice",
    "evaluateur",
    "juge",
    "kodierer",
    "kodiererin",
    "codierer",
    "codiererin",
    "annotatorin",
    "bewerter",
    "avaliador",
    "avaliadora",
    "codificatore",
    "codificatrice",
    "annotatore",
    "valutatore",
    "valutatrice",
    "giudice",
    "c",
    "r",
    "a",
    "k",
    "j",
    "person",
    "user",
];

/// Whether a name is evidently one of a coder: `rater1`, `coder_b`, `C2`.
pub(super) fn is_coder(name: &str) -> bool {
    let words = words(name);
    let word = words.first().map(String::as_str).unwrap_or_default();
    let letters = word.trim_end_matches(|it: char| it.is_ascii_digit());
    let numbered = letters.len() < word.len();
    let longer = letters.chars().count() > 3;
    CODERS.contains(&letters) && (numbered || longer || words.len() > 1)
}

/// The words of a heading, folded: at every mark, and where capitals begin one (`coderNotes`).
fn words(heading: &str) -> Vec<String> {
    let mut parted = String::with_capacity(heading.len() + 4);
    let mut lower = false;
    for character in heading.chars() {
        if character.is_uppercase() && lower {
            parted.push(' ');
        }
        lower = character.is_lowercase();
        parted.push(character);
    }
    let folded = fold(&parted);
    let parts = folded.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty());
    parts.map(str::to_owned).collect()
}

/// Headings that are pairs of a coder and something coded, as in `ann_trust`, `bo_trust`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pairs {
    /// What stands before the mark, in order of appearance.
    pub(super) before: Vec<String>,
    /// What stands after it.
    pub(super) after: Vec<String>,
    /// Per heading, its places in both.
    pub(super) places: Vec<(usize, usize)>,
}

impl Pairs {
    /// The pairs that all of these headings make: each of both sides with each, and two or more on either side.
    pub(super) fn of(headings: &[&str]) -> Option<Self> {
        const MARKS: [&str; 9] = ["__", "_", ".", ":", "/", "|", " - ", "-", " "];
        let first = |mark: &&str| Self::parted_at(headings, mark);
        MARKS.iter().find_map(first)
    }

    fn parted_at(headings: &[&str], mark: &str) -> Option<Self> {
        // A name may hold the mark itself: the first or the last of them parts.
        let first: Option<Vec<_>> = headings.iter().map(|it| it.split_once(mark)).collect();
        let last: Option<Vec<_>> = headings.iter().map(|it| it.rsplit_once(mark)).collect();
        Self::grid(&first?).or_else(|| Self::grid(&last?))
    }

    fn grid(parts: &[(&str, &str)]) -> Option<Self> {
        let mut pairs = Self { before: Vec::new(), after: Vec::new(), places: Vec::new() };
        let place = |list: &mut Vec<String>, name: &str| {
            let name = name.trim();
            list.iter().position(|it| it == name).unwrap_or_else(|| {
                list.push(name.to_owned());
                list.len() - 1
            })
        };
        for (before, after) in parts {
            if before.trim().is_empty() || after.trim().is_empty() {
                return None;
            }
            let at = (place(&mut pairs.before, before), place(&mut pairs.after, after));
            pairs.places.push(at);
        }
        let distinct: BTreeSet<&(usize, usize)> = pairs.places.iter().collect();
        let (before, after) = (pairs.before.len(), pairs.after.len());
        let full = distinct.len() == parts.len() && parts.len() == before * after;
        (full && before > 1 && after > 1).then_some(pairs)
    }

    /// The same with both sides changed.
    pub(super) fn turned(self) -> Self {
        let places = self.places.into_iter().map(|(before, after)| (after, before)).collect();
        Self { before: self.after, after: self.before, places }
    }
}

/// Whether headings number one series, as units do: `1,2,3`, `u1,u2`, `T0:1`.
pub(super) fn is_series(headings: &[&str]) -> bool {
    let parts = |heading: &&str| -> Option<(String, u64)> {
        let stem = heading.trim_end_matches(|it: char| it.is_ascii_digit());
        let number = heading.get(stem.len()..)?.parse().ok()?;
        Some((stem.to_owned(), number))
    };
    let parts: Option<Vec<(String, u64)>> = headings.iter().map(parts).collect();
    let Some(parts) = parts else { return false };
    let one_stem = parts.windows(2).all(|it| it[0].0 == it[1].0);
    let numbers: BTreeSet<u64> = parts.iter().map(|it| it.1).collect();
    one_stem && numbers.len() == parts.len() && parts.len() > 1
}

/// Whether a heading says that its column names coders.
pub(super) fn is_coder_heading(heading: &str) -> bool {
    let words = words(heading);
    matches!(words.as_slice(), [word, rest @ ..] if rest.len() < 2 && word.len() > 3 && CODERS.contains(&word.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_beside_codings_are_known_by_their_names() {
        for beside in [
            "notes",
            "Ann's comments",
            "coderNotes",
            "notas",
            "Observaciones",
            "Remarques",
            "Bemerkung",
            "Texto",
            "speaker",
            "Hablante",
            "Datei",
            "id",
            "unit_id",
            "#",
            "date",
            "Unnamed: 0",
            "",
            "Osservazioni",
            "comentário",
            "confidence",
            "timestamp",
            "match?",
        ] {
            assert_eq!(named(beside), Named::Beside, "{beside}");
        }
        for settled in [
            "consensus",
            "Final",
            "gold",
            "gold_standard",
            "Konsens",
            "final code",
            "acordado",
            "Consenso",
            "FinalCode",
        ] {
            assert_eq!(named(settled), Named::Settled, "{settled}");
        }
        for maybe in
            ["ann", "Bo", "coder1", "rater_2", "Jörg", "María", "c1", "Coder A", "1", "A", "B"]
        {
            assert_eq!(named(maybe), Named::Maybe, "{maybe}");
        }
    }

    #[test]
    fn pairs_of_coders_and_codes_make_a_whole_grid() {
        let pairs = Pairs::of(&["ann_trust", "bo_trust", "ann_cost", "bo_cost"]).unwrap();
        assert_eq!(
            (pairs.before, pairs.after),
            (vec!["ann".into(), "bo".into()], vec!["trust".into(), "cost".into()])
        );
        assert_eq!(Pairs::of(&["coder_1", "coder_2"]), None);
        assert_eq!(Pairs::of(&["ann_trust", "bo_trust", "ann_cost"]), None);
        assert!(
            Pairs::of(&["coder 1.code a", "coder 1.code b", "coder 2.code a", "coder 2.code b"])
                .is_some()
        );
        assert!(is_coder("rater1") && is_coder("C2") && is_coder("coder_b") && !is_coder("trust"));
    }
}
