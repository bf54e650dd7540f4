//! Other words that head the columns of units, codes and dimensions, in six languages.
//!
//! Annotation tools and statistics programs call a unit `item` or `subject` and a code `label` or `rating`. What was
//! taken for what is said.

use crate::language::fold;

const UNITS: &[&str] = &[
    "item",
    "items",
    "segment",
    "segments",
    "subject",
    "subjects",
    "object",
    "objects",
    "row",
    "rows",
    "record",
    "excerpt",
    "text",
    "passage",
    "quote",
    "quotation",
    "sentence",
    "utterance",
    "turn",
    "comment",
    "post",
    "tweet",
    "document",
    "doc",
    "response",
    "snippet",
    "example",
    "sample",
    "task",
    "question",
    "id",
    "ids",
    "index",
    "idx",
    "number",
    "key",
    "identifier",
    "unidad",
    "unidades",
    "segmento",
    "segmentos",
    "fragmento",
    "sujeto",
    "objeto",
    "cita",
    "frase",
    "identificador",
    "numero",
    "einheit",
    "einheiten",
    "beleg",
    "textstelle",
    "fundstelle",
    "satz",
    "objekt",
    "kennung",
    "nummer",
    "unite",
    "unites",
    "extrait",
    "sujet",
    "objet",
    "phrase",
    "identifiant",
    "unidade",
    "unidades",
    "trecho",
    "sujeito",
    "unita",
    "brano",
    "soggetto",
    "oggetto",
    "elemento",
    "unitat",
    "fragment",
];

const CODES: &[&str] = &[
    "label",
    "labels",
    "category",
    "categories",
    "annotation",
    "annotations",
    "tag",
    "tags",
    "rating",
    "ratings",
    "score",
    "scores",
    "value",
    "values",
    "answer",
    "answers",
    "judgement",
    "judgment",
    "decision",
    "coding",
    "class",
    "codigo",
    "codigos",
    "etiqueta",
    "etiquetas",
    "categoria",
    "categorias",
    "valor",
    "respuesta",
    "puntuacion",
    "kode",
    "kodes",
    "kategorie",
    "kategorien",
    "bewertung",
    "wert",
    "antwort",
    "codierung",
    "kodierung",
    "urteil",
    "etiquette",
    "etiquettes",
    "categorie",
    "reponse",
    "valeur",
    "codage",
    "resposta",
    "etichetta",
    "risposta",
    "valore",
    "codice",
    "codici",
    "giudizio",
    "codi",
    "codis",
];

const DIMENSIONS: &[&str] = &[
    "variable",
    "attribute",
    "criterion",
    "aspect",
    "scale",
    "dimension",
    "dimensione",
    "dimensao",
    "dimensio",
    "criterio",
    "atributo",
    "kriterium",
    "merkmal",
    "critere",
    "attribut",
    "attributo",
    "variavel",
    "variabile",
];

/// Whether a heading may be that of units: `item`, `text_id`, `Beleg-Nr.`.
pub(super) fn is_unit(heading: &str) -> bool {
    is_one(heading, UNITS, &["id", "no", "nr", "number", "num", "n", "nummer", "numero", "key"])
        || super::columns::is_numbering(heading)
}

/// Whether a heading may be that of codes.
pub(super) fn is_code(heading: &str) -> bool {
    is_one(heading, CODES, &["id", "name"])
}

/// Whether a heading may be that of dimensions.
pub(super) fn is_dimension(heading: &str) -> bool {
    is_one(heading, DIMENSIONS, &["id", "name"])
}

/// Whether a heading is one of these words, alone or with one of those beside it.
fn is_one(heading: &str, words: &[&str], beside: &[&str]) -> bool {
    let folded = fold(heading.trim());
    let parts: Vec<&str> =
        folded.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty()).collect();
    let joined =
        beside.iter().any(|it| folded.strip_suffix(it).is_some_and(|it| words.contains(&it)));
    match parts.as_slice() {
        [one] => words.contains(one) || *one == "unitid" || (joined && one.len() > 4),
        [one, other] => {
            let unit = |it: &&str| *it == "unit" || words.contains(it);
            (unit(one) && beside.contains(other)) || (beside.contains(one) && unit(other))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_words_for_units_and_codes_are_known() {
        for unit in
            ["item", "text_id", "Beleg-Nr.", "Segmento", "id", "Unit ID", "docid", "#", "Unité"]
        {
            assert!(is_unit(unit), "{unit}");
        }
        for other in ["ann", "notes", "coder", "label", "Jörg", "consensus", "united"] {
            assert!(!is_unit(other), "{other}");
        }
        for code in ["label", "Código", "Kategorie", "rating"] {
            assert!(is_code(code), "{code}");
        }
        assert!(is_dimension("Variable") && !is_dimension("value"));
    }
}
