//! Shapes that only one service has: Amazon Transcribe, Deepgram, Google, Azure, Rev.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::fields::{self, label, moment};
use super::words::{self, Word};
use super::{Found, Said};

/// The stretches of a file that has one of these shapes.
pub(super) fn find(value: &Value) -> Option<Found> {
    let said = [rev, amazon, deepgram, azure, google].iter().find_map(|read| read(value))?;
    Some(Found { said, unit: Some(1.0) })
}

/// Whether the speakers stand apart from the words, in a way that is not read: the words alone would be
/// read as if nobody had said who speaks.
pub(super) fn is_beyond(value: &Value) -> bool {
    array(value, "/speaker_labels").is_some() && array(value, "/results").is_some()
}

fn array<'a>(value: &'a Value, path: &str) -> Option<&'a [Value]> {
    value.pointer(path).and_then(Value::as_array).map(Vec::as_slice)
}

fn string<'a>(value: &'a Value, path: &str) -> Option<&'a str> {
    value.pointer(path).and_then(Value::as_str)
}

fn time(value: &Value, path: &str) -> Option<f64> {
    value.pointer(path).and_then(moment)
}

/// Rev: `monologues`, each of `elements` that hold their own spaces.
fn rev(value: &Value) -> Option<Vec<Said>> {
    let monologues = array(value, "/monologues")?;
    let mut names = BTreeMap::new();
    for speaker in array(value, "/speakers").unwrap_or_default() {
        if let Some((id, name)) = speaker.get("id").zip(string(speaker, "/name")) {
            names.insert(id.to_string(), name.to_owned());
        }
    }
    let said = monologues.iter().map(|monologue| {
        let elements = array(monologue, "/elements").unwrap_or_default();
        let speaker = monologue.get("speaker");
        let named = speaker.and_then(|it| names.get(&it.to_string()).cloned());
        Said {
            speaker: named.or_else(|| speaker.and_then(label)),
            text: elements.iter().filter_map(|it| string(it, "/value")).collect(),
            from: elements.iter().find_map(|it| time(it, "/ts")),
            to: elements.iter().rev().find_map(|it| time(it, "/end_ts")),
        }
    });
    Some(said.collect())
}

/// Amazon Transcribe: `results.transcripts` beside the words as `items`, their speakers in the items or in
/// `speaker_labels`.
fn amazon(value: &Value) -> Option<Vec<Said>> {
    array(value, "/results/transcripts")?;
    let mut speakers = BTreeMap::new();
    for segment in array(value, "/results/speaker_labels/segments").unwrap_or_default() {
        for item in array(segment, "/items").unwrap_or_default() {
            if let Some((start, who)) =
                string(item, "/start_time").zip(string(item, "/speaker_label"))
            {
                speakers.insert(start, who);
            }
        }
    }
    let items = array(value, "/results/items")?;
    let words = items.iter().filter_map(|item| {
        let by_time = string(item, "/start_time").and_then(|start| speakers.get(start).copied());
        let speaker = string(item, "/speaker_label").or(by_time);
        Some(Word {
            text: string(item, "/alternatives/0/content")?.to_owned(),
            speaker: speaker.map(str::to_owned),
            from: time(item, "/start_time"),
            to: time(item, "/end_time"),
            attached: string(item, "/type") == Some("punctuation"),
        })
    });
    Some(words::join(words))
}

/// Deepgram: `results.utterances`, else the paragraphs, else the words, else the text of each channel.
fn deepgram(value: &Value) -> Option<Vec<Said>> {
    if let Some(utterances) = array(value, "/results/utterances") {
        return fields::list(utterances).map(|it| it.said);
    }
    let channels = array(value, "/results/channels")?;
    let several = channels.len() > 1;
    let mut said = Vec::new();
    for (number, channel) in channels.iter().enumerate() {
        let best = channel.pointer("/alternatives/0")?;
        let own = several.then(|| format!("Channel {number}"));
        let mut stretches = paragraphs(best).or_else(|| spoken_words(best)).or_else(|| {
            let text = string(best, "/transcript")?.to_owned();
            Some(vec![Said { text, ..Said::default() }])
        })?;
        stretches.iter_mut().for_each(|it| it.speaker = it.speaker.take().or(own.clone()));
        said.extend(stretches);
    }
    if several {
        // What was said on one channel and on the other, as it was heard.
        said.sort_by(|one, other| one.from.unwrap_or(0.0).total_cmp(&other.from.unwrap_or(0.0)));
    }
    Some(said)
}

fn paragraphs(best: &Value) -> Option<Vec<Said>> {
    let mut said = Vec::new();
    for paragraph in array(best, "/paragraphs/paragraphs")? {
        let speaker = paragraph.get("speaker").and_then(label);
        for sentence in array(paragraph, "/sentences")? {
            said.push(Said {
                speaker: speaker.clone(),
                text: string(sentence, "/text")?.to_owned(),
                from: time(sentence, "/start"),
                to: time(sentence, "/end"),
            });
        }
    }
    Some(said)
}

fn spoken_words(best: &Value) -> Option<Vec<Said>> {
    let words = array(best, "/words")?.iter().filter_map(|word| {
        Some(Word {
            text: string(word, "/punctuated_word").or(string(word, "/word"))?.to_owned(),
            speaker: word.get("speaker").and_then(label),
            from: time(word, "/start"),
            to: time(word, "/end"),
            attached: false,
        })
    });
    let said = words::join(words);
    (!said.is_empty()).then_some(said)
}

/// Azure: `recognizedPhrases` of a batch, with times in ten millionths of a second, or the `phrases` of a
/// fast transcription.
fn azure(value: &Value) -> Option<Vec<Said>> {
    if let Some(phrases) = array(value, "/phrases") {
        let found = fields::list(phrases)?;
        let unit = found.unit?;
        return Some(in_seconds(found.said, unit));
    }
    let said = array(value, "/recognizedPhrases")?.iter().filter_map(|phrase| {
        let object = phrase.as_object()?;
        let (from, lasts) = (ticks(object, "offsetInTicks"), ticks(object, "durationInTicks"));
        Some(Said {
            speaker: object.get("speaker").and_then(label),
            text: string(phrase, "/nBest/0/display")?.to_owned(),
            from,
            to: from.zip(lasts).map(|(from, lasts)| from + lasts),
        })
    });
    Some(said.collect())
}

fn ticks(object: &Map<String, Value>, name: &str) -> Option<f64> {
    Some(object.get(name)?.as_f64()? / 1e7)
}

fn in_seconds(said: Vec<Said>, unit: f64) -> Vec<Said> {
    let seconds = |time: Option<f64>| time.map(|it| it / unit);
    said.into_iter().map(|it| Said { from: seconds(it.from), to: seconds(it.to), ..it }).collect()
}

/// Google: `results` of `alternatives`. With speakers, the last result repeats every word of the recording,
/// each with its speaker; or every result has them.
fn google(value: &Value) -> Option<Vec<Said>> {
    let results = array(value, "/results").or_else(|| array(value, "/response/results"))?;
    let words = |result: &Value| -> Vec<Word> {
        let words = array(result, "/alternatives/0/words").unwrap_or_default();
        words.iter().filter_map(google_word).collect()
    };
    let speakers =
        |words: &[Word]| !words.is_empty() && words.iter().all(|it| it.speaker.is_some());
    let each: Vec<Vec<Word>> = results.iter().map(words).collect();
    let (last, before) = each.split_last()?;
    if speakers(last) {
        let all_tagged = before.iter().all(|it| it.is_empty() || speakers(it));
        let repeats = !before.is_empty() && last.len() >= before.iter().map(Vec::len).sum();
        let words = if all_tagged && !repeats { each.concat() } else { last.clone() };
        return Some(words::join(words));
    }
    let said = results.iter().zip(&each).map(|(result, words)| {
        let text = string(result, "/alternatives/0/transcript")?.to_owned();
        let from = words.first().and_then(|it| it.from);
        Some(Said { speaker: None, text, from, to: words.last().and_then(|it| it.to) })
    });
    said.collect()
}

fn google_word(word: &Value) -> Option<Word> {
    let speaker = word.get("speakerLabel").or_else(|| word.get("speakerTag"));
    let speaker = speaker.filter(|it| it.as_u64() != Some(0));
    let number =
        speaker.and_then(Value::as_str).filter(|it| it.bytes().all(|b| b.is_ascii_digit()));
    Some(Word {
        text: string(word, "/word")?.to_owned(),
        speaker: number.map(|it| format!("Speaker {it}")).or_else(|| speaker.and_then(label)),
        from: time(word, "/startTime").or(time(word, "/startOffset")),
        to: time(word, "/endTime").or(time(word, "/endOffset")),
        attached: false,
    })
}
