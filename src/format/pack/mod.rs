//! One page for a co-coder who installs nothing: her units, the codebook and the whole loop of coding in a
//! single HTML file that works without internet.
//!
//! The page shows her own decisions and nobody else's. `page.js` runs it, `page.css` dresses it,
//! `page.html` holds its parts; what comes from outside goes in as data, never as markup. The browser is
//! told to run nothing but this script and to load nothing at all. The way back is `format/received`.

use std::io::{Cursor, Write};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

use super::codebook::sha256;
use super::taken::Taken;
use crate::domain::answer::DimensionIndex;
use crate::domain::codebook::{Dimension, Wording};
use crate::domain::log::UnitIndex;
use crate::domain::slug::slug;
use crate::domain::unit::UnitKind;
use crate::escape::html;
use crate::msg;
use crate::words::{self, Language, say, word};

const PAGE: &str = include_str!("page.html");
const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// The form of pages that this program writes and reads.
const FORMAT: &str = "themata.pack/1";

/// Writes a page. The same pack gives the same bytes.
#[must_use]
pub fn write(pack: &Taken<'_>) -> Vec<u8> {
    let mut data = data(pack);
    let id: String = sha256(data.to_string().as_bytes()).chars().take(16).collect();
    if let Some(fields) = data.as_object_mut() {
        fields.insert("pack".to_owned(), Json::from(id.as_str()));
    }
    let data = html::json(&data.to_string());
    let about = msg!(
        "pack.about",
        coder = pack.coder,
        round = pack.round,
        codebook = pack.study.version_in_force().id,
        data = id.chars().take(8).collect::<String>()
    );
    let title = msg!("pack.title", study = pack.study.settings.title, coder = pack.coder);
    let policy = format!(
        "default-src 'none'; script-src '{}'; style-src '{}'; base-uri 'none'; form-action 'none'; \
         require-trusted-types-for 'script'; trusted-types 'none'",
        source(SCRIPT),
        source(STYLE)
    );
    let fill = |gap: &'static str| match gap {
        "language" => pack.language.tag().to_owned(),
        "policy" => policy.clone(),
        "title" => html::text(&say(&title, pack.language)).into_owned(),
        "heading" => html::text(&pack.study.settings.title).into_owned(),
        "about" => html::text(&say(&about, pack.language)).into_owned(),
        "style" => STYLE.to_owned(),
        "script" => SCRIPT.to_owned(),
        "data" => data.clone(),
        key => html::text(&word(key, pack.language)).into_owned(),
    };
    filled(PAGE, fill).into_bytes()
}

/// A page in an archive beside a line that says what to do with it, for mail gateways that let no page
/// through. The same pack gives the same bytes.
///
/// # Errors
/// The archive could not be put together.
pub fn write_archive(pack: &Taken<'_>, name: &str) -> Result<Vec<u8>, zip::result::ZipError> {
    let mut bytes = Cursor::new(Vec::new());
    let mut archive = zip::ZipWriter::new(&mut bytes);
    // No clock in the archive.
    let plain =
        zip::write::SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
    let readme = say(&msg!("pack.readme", file = name), pack.language) + "\n";
    archive.start_file(name, plain)?;
    archive.write_all(&write(pack))?;
    archive.start_file(word("pack.readme.name", pack.language), plain)?;
    archive.write_all(readme.as_bytes())?;
    archive.finish()?;
    Ok(bytes.into_inner())
}

/// A page with its gaps `{{name}}` filled, each once; what fills them is not looked through again.
fn filled(page: &'static str, fill: impl Fn(&'static str) -> String) -> String {
    let mut out = String::with_capacity(page.len() * 2);
    let mut rest = page;
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((gap, after)) = after.split_once("}}") else { break };
        out.push_str(before);
        out.push_str(&fill(gap));
        rest = after;
    }
    out.push_str(rest);
    out
}

/// How a policy names the one script or style that may run.
fn source(text: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(text.as_bytes())))
}

/// Everything that the script works on.
fn data(pack: &Taken<'_>) -> Json {
    let study = pack.study;
    let dimensions: Vec<DimensionIndex> =
        study.vocabulary.dimensions_in_force().map(|(index, _)| index).collect();
    let talk: Vec<UnitIndex> = (pack.units.iter().copied())
        .filter(|unit| study.unit_at(*unit).is_some_and(|it| it.kind == UnitKind::Talk))
        .collect();
    json!({
        "format": FORMAT,
        "study": study.settings.title,
        "slug": short(&study.settings.title),
        "coder": pack.coder.as_str(),
        "round": pack.round.as_str(),
        "codebook": study.version_in_force().id,
        "asking": if study.settings.asks_each { "each" } else { "free" },
        "words": said(pack.language),
        "dimensions": dimensions.iter().filter_map(|it| dimension(pack, *it)).collect::<Vec<_>>(),
        "units": pack.units.iter().filter_map(|it| unit(pack, *it)).collect::<Vec<_>>(),
        "earlier": earlier(pack, &talk, &dimensions),
    })
}

/// What the script says, by the names it knows, with gaps that it fills itself.
fn said(language: Language) -> serde_json::Map<String, Json> {
    let of_script = words::sentences().filter_map(|(key, english, spanish)| {
        let sentence = match language {
            Language::English => english,
            Language::Spanish => spanish,
        };
        Some((key.strip_prefix("pack.say.")?.to_owned(), Json::from(sentence)))
    });
    of_script.collect()
}

fn unit(pack: &Taken<'_>, index: UnitIndex) -> Option<Json> {
    let study = pack.study;
    let unit = study.unit_at(index)?;
    let transcript = study.transcript_of(index);
    let case = study.case(&transcript.case).map_or("", |case| case.name.as_str());
    let pieces = transcript.pieces(unit.locator.span());
    let paragraphs: Vec<Json> = pieces
        .map(|(_, speaker, text)| json!([speaker.map_or("", |it| it.as_str()), text]))
        .collect();
    Some(json!({
        "id": unit.locator.to_string(),
        "talk": unit.kind == UnitKind::Talk,
        "transcript": transcript.id.as_str(),
        "case": if case.is_empty() { transcript.case.as_str() } else { case },
        "lang": transcript.language,
        "paragraphs": paragraphs,
    }))
}

fn dimension(pack: &Taken<'_>, index: DimensionIndex) -> Option<Json> {
    let vocabulary = &pack.study.vocabulary;
    let known = vocabulary.dimensions.get(usize::from(index.0))?;
    let written: &Dimension = pack.study.codebook().dimension(known.id.as_str())?;
    let codes = written.tree().into_iter().map(|(depth, code)| {
        let mut entry = wording(&code.wording, code.id.as_str(), pack.language);
        if let Some(fields) = entry.as_object_mut() {
            fields.insert("depth".to_owned(), Json::from(depth));
        }
        entry
    });
    let mut entry = wording(&written.wording, known.id.as_str(), pack.language);
    let fields = entry.as_object_mut()?;
    fields.insert("select".to_owned(), Json::from(written.select.as_str()));
    fields.insert("color".to_owned(), Json::from(written.color.as_str()));
    fields.insert("codes".to_owned(), codes.collect());
    Some(entry)
}

/// What the codebook says of a dimension or a code, in the page's language; its names in every language,
/// to be found by.
fn wording(wording: &Wording, id: &str, language: Language) -> Json {
    let tag = language.tag();
    let name = wording.name.text(tag);
    json!({
        "id": id,
        "name": if name.is_empty() { id } else { name },
        "names": wording.name.all().map(String::as_str).collect::<Vec<_>>(),
        "brief": wording.brief.text(tag),
        "definition": wording.definition.text(tag),
        "use_when": wording.use_when.text(tag),
        "not_when": wording.not_when.text(tag),
        "examples": wording.examples.get(tag).cloned().unwrap_or_default(),
    })
}

/// What she has decided so far: unit, dimension, codes, unsure.
fn earlier(pack: &Taken<'_>, talk: &[UnitIndex], dimensions: &[DimensionIndex]) -> Vec<Json> {
    let mut all = Vec::new();
    for (at, unit) in talk.iter().enumerate() {
        for (nth, dimension) in dimensions.iter().enumerate() {
            let cell = pack.own.cell(*unit, *dimension);
            if cell.answer.is_decided() {
                let codes = pack.own.codes(cell).iter();
                let codes: Vec<&str> =
                    codes.map(|code| pack.study.vocabulary.of(*code).id.as_str()).collect();
                all.push(json!([at, nth, codes, cell.unsure]));
            }
        }
    }
    all
}

/// The study's title as part of a file's name: a few words of it.
fn short(title: &str) -> String {
    let whole = slug(title, 'S').unwrap_or_else(|| "study".to_owned());
    let end = whole.match_indices('-').map(|(at, _)| at).take_while(|at| *at <= 24).last();
    match end {
        Some(end) if whole.len() > 24 => whole[..end].to_owned(),
        _ => whole,
    }
}
