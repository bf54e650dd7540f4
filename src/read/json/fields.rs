//! Lists of stretches whose fields have the names that one meets: Whisper, WhisperX, AssemblyAI, Gladia,
//! pyannote, ElevenLabs, podcasts, minutes of meetings.

use serde_json::{Map, Value};

use super::words::{self, Word};
use super::{Found, Said};

/// Where the list of stretches lies. The first that holds texts is it.
const LISTS: &[&str] = &[
    "/utterances",
    "/segments",
    "/turnLevelTranscription",
    "/output/turnLevelTranscription",
    "/result/transcription/utterances",
    "/transcription/utterances",
    "/data/utterances",
    "/output/segments",
    "/result/segments",
    "/results/segments",
    "/transcript/segments",
    "/transcript/paragraphs",
    "/data/segments",
    "/data/transcript/segments",
    "/transcription/segments",
    "/meeting_transcripts",
    "/transcription",
    "/transcript",
    "/sentences",
    "/chunks",
    "/items",
    "/results",
    "",
];

const TEXT: &[&str] = &["text", "transcript", "content", "body", "sentence", "utterance", "words"];
const SPEAKER: &[&str] = &[
    "speaker",
    "speaker_name",
    "speakerName",
    "personName",
    "speaker_label",
    "speakerLabel",
    "speaker_id",
    "speakerId",
    "speakerTag",
];
/// Names of fields that hold who speaks where every stretch has a time.
const WHO: &[&str] = &["name", "who", "participant", "user", "author", "talker", "person"];
/// Seconds, or whatever the file counts in.
const FROM: &[&str] = &["start", "startTime", "start_time", "from", "begin", "ts", "timestamp"];
const TO: &[&str] = &["end", "endTime", "end_time", "to", "stop", "end_ts"];
/// Thousandths of a second.
const FROM_THOUSANDTHS: &[&str] =
    &["offsetMilliseconds", "offsetMillisecond", "start_ms", "startMs"];
const TO_THOUSANDTHS: &[&str] = &["end_ms", "endMs"];
const LASTS_THOUSANDTHS: &[&str] = &["durationMilliseconds", "durationMillisecond", "duration_ms"];

/// The stretches of a file, if it has a list of them.
pub(super) fn find(value: &Value) -> Option<Found> {
    let words = || {
        let list = value.pointer("/words").and_then(Value::as_array)?;
        let said = words::join(words_of(list)?);
        said.iter().any(|it| it.speaker.is_some()).then_some(Found { said, unit: None })
    };
    words().or_else(|| LISTS.iter().find_map(|path| list(value.pointer(path)?.as_array()?)))
}

/// Words with their texts, those between them that are nothing but spaces left out; none where one has no text.
fn words_of(list: &[Value]) -> Option<Vec<Word>> {
    const NAMES: [&str; 5] = ["punctuated_word", "text", "word", "value", "content"];
    let raw = |value| {
        let object = Value::as_object(value)?;
        Some((object, NAMES.iter().find_map(|name| object.get(*name)?.as_str())?))
    };
    let raw: Vec<(&Map<String, Value>, &str)> = list.iter().map(raw).collect::<Option<_>>()?;
    // Files that write the spaces say which marks stand apart: `cela ?`
    let spaced = raw.iter().any(|(_, text)| text.trim() != *text);
    let mut parted = true;
    let mut words: Vec<Word> = Vec::with_capacity(raw.len());
    for (object, text) in raw {
        parted |= text.starts_with(char::is_whitespace);
        let (from, to) = times(object, false);
        let (shown, speaker) = (text.trim().to_owned(), speaker(object));
        let mark = matches!(shown.as_str(), "." | "," | "?" | "!" | ";" | ":" | "…");
        let same = mark || words.last().is_some_and(|it| it.speaker == speaker);
        if !shown.is_empty() {
            let attached = if spaced { same && !parted } else { mark };
            words.push(Word { text: shown, speaker, from, to, attached });
            parted = false;
        }
        parted |= text.ends_with(char::is_whitespace);
    }
    Some(words)
}

/// A stretch that has words, and whose speaker stands with these alone, or that has no text but theirs.
fn by_words(object: &Map<String, Value>, who: Option<&String>) -> Option<Vec<Said>> {
    let words = words_of(object.get("words")?.as_array()?)?;
    let named = who.is_none() && words.iter().any(|it| it.speaker.is_some());
    if !named && text(object).is_some() {
        return None;
    }
    let own = words.into_iter().map(|it| Word { speaker: it.speaker.or(who.cloned()), ..it });
    Some(words::join(own))
}

/// The stretches of a list, if its elements are such: every one has a text, and one at least a speaker or a
/// time, or it could be a list of anything.
pub(super) fn list(list: &[Value]) -> Option<Found> {
    let objects: Vec<&Map<String, Value>> =
        list.iter().map(Value::as_object).collect::<Option<_>>()?;
    let has_words = |it: &Map<String, Value>| {
        it.get("words").and_then(Value::as_array).and_then(|it| words_of(it)).is_some()
    };
    if objects.is_empty() || !objects.iter().all(|it| text(it).is_some() || has_words(it)) {
        return None;
    }
    let unit =
        objects.iter().any(|it| thousandths(it, FROM_THOUSANDTHS).is_some()).then_some(1000.0);
    let nobody = objects.iter().all(|it| speaker(it).is_none());
    let timed = objects.iter().all(|it| times(it, unit.is_some()).0.is_some() || has_words(it));
    let said: Vec<Said> = objects
        .into_iter()
        .flat_map(|it| {
            let (from, to) = times(it, unit.is_some());
            let named = || WHO.iter().find_map(|name| label(it.get(*name)?));
            let speaker = speaker(it).or_else(|| named().filter(|_| nobody && timed));
            by_words(it, speaker.as_ref()).unwrap_or_else(|| {
                vec![Said { speaker, text: text(it).unwrap_or_default().to_owned(), from, to }]
            })
        })
        .collect();
    let spoken = said.iter().any(|it| it.speaker.is_some() || it.from.is_some());
    spoken.then_some(Found { said, unit })
}

fn text(object: &Map<String, Value>) -> Option<&str> {
    TEXT.iter().find_map(|name| object.get(*name)?.as_str())
}

/// Who speaks: a name, or an object that has one.
pub(super) fn speaker(object: &Map<String, Value>) -> Option<String> {
    SPEAKER.iter().find_map(|name| label(object.get(*name)?))
}

/// What a speaker is called: services number those they do not know.
pub(super) fn label(value: &Value) -> Option<String> {
    match value {
        Value::String(name) => Some(name.trim().to_owned()).filter(|name| !name.is_empty()),
        Value::Number(number) => Some(format!("Speaker {number}")),
        Value::Object(object) => {
            ["name", "label", "id"].iter().find_map(|name| label(object.get(*name)?))
        }
        _ => None,
    }
}

fn times(object: &Map<String, Value>, in_thousandths: bool) -> (Option<f64>, Option<f64>) {
    if in_thousandths {
        let from = thousandths(object, FROM_THOUSANDTHS);
        let lasts = thousandths(object, LASTS_THOUSANDTHS);
        let to =
            thousandths(object, TO_THOUSANDTHS).or(from.zip(lasts).map(|(from, it)| from + it));
        return (from, to);
    }
    // `"timestamp": [0.0, 4.2]`, `"offsets": {"from": 0, "to": 420}`
    let pair = object.get("timestamp").and_then(Value::as_array);
    if let Some(pair) = pair {
        return (pair.first().and_then(moment), pair.get(1).and_then(moment));
    }
    if let Some(stamps) = object.get("timestamps").and_then(Value::as_object) {
        return (first(stamps, FROM), first(stamps, TO));
    }
    (first(object, FROM), first(object, TO))
}

fn first(object: &Map<String, Value>, names: &[&str]) -> Option<f64> {
    names.iter().find_map(|name| moment(object.get(*name)?))
}

fn thousandths(object: &Map<String, Value>, names: &[&str]) -> Option<f64> {
    names.iter().find_map(|name| object.get(*name)?.as_f64())
}

/// A moment: a number, or one in words, as `4.87`, `4.870s`, `PT4.87S`, `00:00:04.870`.
pub(super) fn moment(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => {
            let text = text.trim();
            match text.split(':').collect::<Vec<_>>().as_slice() {
                [one] => one.trim_start_matches("PT").trim_end_matches(['s', 'S']).parse().ok(),
                parts @ ([_, _] | [_, _, _]) => parts.iter().try_fold(0.0, |sum, part| {
                    let part: f64 = part.replace(',', ".").parse().ok()?;
                    Some(sum * 60.0 + part)
                }),
                _ => None,
            }
        }
        _ => None,
    }
}

/// How a file counts that does not say so. People say some fifteen letters a second, so far less than one
/// in a thousandth of it.
pub(super) fn unit(said: &[Said]) -> f64 {
    let (mut letters, mut lasts) = (0.0, 0.0);
    for (said, from, to) in said.iter().filter_map(|it| Some((it, it.from?, it.to?))) {
        if from.fract().abs() > 1e-9 || to.fract().abs() > 1e-9 {
            return 1.0;
        }
        letters += f64::from(u32::try_from(said.text.len()).unwrap_or(u32::MAX));
        lasts += (to - from).max(0.0);
    }
    if letters < lasts { 1000.0 } else { 1.0 }
}

/// The language in which the file says it is.
pub(super) fn language(value: &Value) -> Option<String> {
    let paths =
        ["/language", "/language_code", "/results/language_code", "/result/language", "/locale"];
    let tag = paths.iter().find_map(|path| value.pointer(path)?.as_str())?;
    (2..=12).contains(&tag.len()).then(|| tag.to_owned())
}
