//! Import of JSON: one made-up file for each service, as its documentation has them, and published ones that
//! lie beside the repository.

use std::fs;

use expect_test::{Expect, expect};
use serde_json::Value;
use themata::unitize::import::{self, Options};

use crate::import::{imported, shown};
use crate::import_captions::{add, assert_same, turns};
use crate::import_real::set;

fn check(text: &str, expected: Expect) {
    expected.assert_eq(&shown(&imported("a.json", text.as_bytes()).draft));
}

#[test]
fn whisper_without_speakers_and_whisperx_with_them() {
    check(
        r#"{"text": " So we begin. Yes.", "segments": [
            {"id": 0, "start": 0.0, "end": 1.5, "text": " So we begin.", "tokens": [1]},
            {"id": 1, "start": 1.5, "end": 2.0, "text": " Yes."}, {"id": 2, "start": 8.2, "end": 9.0, "text": " No."}], "language": "en"}"#,
        expect![[r#"
            [00:00:00] U1 | So we begin. Yes.
            [00:00:08] U1 | No.
            = U1, unknown, 0 times: speaks where the file names nobody
            * 2 paragraphs (5 words) for which nobody is named were given to U1, role unknown; a list of speakers (`--speakers`) with an empty label says who that is
            * no speaker was found; a list of speakers (`--speakers`) with an empty label says who speaks throughout
        "#]],
    );
    check(
        r#"{"segments": [
            {"start": 0.03, "end": 1.2, "text": " Name: Ana.", "words": [{"word": "Name:", "start": 0.03}], "speaker": "SPEAKER_00"},
            {"start": 1.3, "end": 2.2, "text": " Yes.", "speaker": "SPEAKER_01"},
            {"start": 2.3, "end": 3.2, "text": " (noise)"}], "word_segments": []}"#,
        expect![[r#"
            [00:00:00] SPEAKER_00 | Name: Ana.
            [00:00:01] SPEAKER_01 | Yes.
            [00:00:02] - | (noise)
            = SPEAKER_00, unknown, 1 times: the file names its speakers
            = SPEAKER_01, unknown, 1 times: the file names its speakers
        "#]],
    );
    check(
        r#"{"systeminfo": "x", "transcription": [{"timestamps": {"from": "00:00:00,000", "to": "00:01:02,500"}, "offsets": {"from": 0, "to": 62500}, "text": " Hello."}]}"#,
        expect![[r#"
            [00:00:00] U1 | Hello.
            = U1, unknown, 0 times: speaks where the file names nobody
            * 1 paragraph (1 words) for which nobody is named was given to U1, role unknown; a list of speakers (`--speakers`) with an empty label says who that is
            * no speaker was found; a list of speakers (`--speakers`) with an empty label says who speaks throughout
        "#]],
    );
    check(
        r#"{"text": "a", "chunks": [{"timestamp": [0.0, 2.5], "text": " Hello."}, {"timestamp": [62.5, null], "text": " Bye."}]}"#,
        expect![[r#"
            [00:00:00] U1 | Hello.
            [00:01:02] U1 | Bye.
            = U1, unknown, 0 times: speaks where the file names nobody
            * 2 paragraphs (2 words) for which nobody is named were given to U1, role unknown; a list of speakers (`--speakers`) with an empty label says who that is
            * no speaker was found; a list of speakers (`--speakers`) with an empty label says who speaks throughout
        "#]],
    );
}

#[test]
fn services_that_give_utterances_count_in_seconds_or_in_thousandths() {
    let assembly = r#"{"audio_duration": 150.7, "language_code": "en_us", "utterances": [
        {"speaker": "A", "start": 250, "end": 61380, "text": "Hi, I am here and I say something long enough for a minute."},
        {"speaker": "B", "start": 61500, "end": 62500, "text": "Hello there."}]}"#;
    check(
        assembly,
        expect![[r#"
        [00:00:00] A | Hi, I am here and I say something long enough for a minute.
        [00:01:01] B | Hello there.
        = A, unknown, 1 times: the file names its speakers
        = B, unknown, 1 times: the file names its speakers
    "#]],
    );
    let gladia = r#"{"result": {"transcription": {"full_transcript": "x", "utterances": [
        {"start": 1, "end": 4, "speaker": 0, "text": "We said so in three seconds."}, {"start": 65, "end": 66, "speaker": 1, "text": "You did."}]}}}"#;
    check(
        gladia,
        expect![[r#"
        [00:00:01] Speaker 0 | We said so in three seconds.
        [00:01:05] Speaker 1 | You did.
        = Speaker 0, unknown, 1 times: the file names its speakers
        = Speaker 1, unknown, 1 times: the file names its speakers
    "#]],
    );
    let webex = r#"{"items": [{"text": "Hello.", "personName": "Ana Ruiz", "personEmail": "a@b.c", "offsetMillisecond": 61000, "durationMillisecond": 900}]}"#;
    check(
        webex,
        expect![[r#"
        [00:01:01] Ana Ruiz | Hello.
        = Ana Ruiz, unknown, 1 times: the file names its speakers
    "#]],
    );
}

#[test]
fn deepgram_in_each_of_its_forms() {
    let utterances = r#"{"metadata": {}, "results": {"channels": [{"alternatives": [{"transcript": "x"}]}],
        "utterances": [{"start": 0.4, "end": 5.4, "transcript": "four score", "speaker": 0}, {"start": 6.0, "end": 6.9, "transcript": "and seven", "speaker": 1}]}}"#;
    check(
        utterances,
        expect![[r#"
        [00:00:00] Speaker 0 | four score
        [00:00:06] Speaker 1 | and seven
        = Speaker 0, unknown, 1 times: the file names its speakers
        = Speaker 1, unknown, 1 times: the file names its speakers
    "#]],
    );
    let paragraphs = r#"{"results": {"channels": [{"alternatives": [{"transcript": "x", "paragraphs": {"transcript": "x", "paragraphs": [
        {"speaker": 1, "sentences": [{"text": "One.", "start": 61.0, "end": 62.0}, {"text": "Two.", "start": 62.1, "end": 63.0}]}]}}]}]}}"#;
    check(
        paragraphs,
        expect![[r#"
        [00:01:01] Speaker 1 | One. Two.
        = Speaker 1, unknown, 2 times: the file names its speakers
    "#]],
    );
    let words = r#"{"results": {"channels": [{"alternatives": [{"transcript": "x", "words": [
        {"word": "hello", "punctuated_word": "Hello,", "start": 1.0, "end": 1.2, "speaker": 0}, {"word": "you", "punctuated_word": "you.", "start": 1.2, "end": 1.4, "speaker": 0},
        {"word": "hi", "punctuated_word": "Hi.", "start": 1.5, "end": 1.6, "speaker": 1}]}]}]}}"#;
    check(
        words,
        expect![[r#"
        [00:00:01] Speaker 0 | Hello, you.
        [00:00:01] Speaker 1 | Hi.
        = Speaker 0, unknown, 1 times: the file names its speakers
        = Speaker 1, unknown, 1 times: the file names its speakers
    "#]],
    );
}

#[test]
fn amazon_joins_its_words_and_marks_by_speaker() {
    let item = |word: &str, at: &str, to: &str| {
        format!(
            r#"{{"start_time": "{at}", "end_time": "{to}", "alternatives": [{{"confidence": "1.0", "content": "{word}"}}], "type": "pronunciation"}}"#
        )
    };
    let mark =
        |it: &str| format!(r#"{{"alternatives": [{{"content": "{it}"}}], "type": "punctuation"}}"#);
    let items = [
        item("So", "4.87", "5.02"),
        mark(","),
        item("yes", "5.1", "5.3"),
        mark("."),
        item("No", "8.49", "9.24"),
        mark("."),
    ];
    let text = format!(
        r#"{{"jobName": "j", "results": {{"transcripts": [{{"transcript": "So, yes. No."}}], "speaker_labels": {{"speakers": 2, "segments": [
            {{"start_time": "4.87", "speaker_label": "spk_0", "end_time": "6.88", "items": [{{"start_time": "4.87", "speaker_label": "spk_0", "end_time": "5.02"}}, {{"start_time": "5.1", "speaker_label": "spk_0", "end_time": "5.3"}}]}},
            {{"start_time": "8.49", "speaker_label": "spk_1", "end_time": "9.24", "items": [{{"start_time": "8.49", "speaker_label": "spk_1", "end_time": "9.24"}}]}}]}},
            "items": [{}]}}, "status": "COMPLETED"}}"#,
        items.join(",")
    );
    check(
        &text,
        expect![[r#"
        [00:00:04] spk_0 | So, yes.
        [00:00:08] spk_1 | No.
        = spk_0, unknown, 1 times: the file names its speakers
        = spk_1, unknown, 1 times: the file names its speakers
    "#]],
    );
}

#[test]
fn google_azure_and_rev() {
    let google = r#"{"results": [
        {"alternatives": [{"transcript": "hello you", "words": [{"startTime": "1.300s", "endTime": "1.500s", "word": "hello"}, {"startTime": "1.500s", "endTime": "1.600s", "word": "you"}]}]},
        {"alternatives": [{"words": [{"startTime": "1.300s", "endTime": "1.500s", "word": "hello", "speakerTag": 1}, {"startTime": "1.500s", "endTime": "1.600s", "word": "you", "speakerTag": 2}]}]}]}"#;
    check(
        google,
        expect![[r#"
        [00:00:01] Speaker 1 | hello
        [00:00:01] Speaker 2 | you
        = Speaker 1, unknown, 1 times: the file names its speakers
        = Speaker 2, unknown, 1 times: the file names its speakers
    "#]],
    );
    let azure = r#"{"durationMilliseconds": 3000, "combinedPhrases": [{"text": "x"}], "phrases": [
        {"speaker": 1, "offsetMilliseconds": 61400, "durationMilliseconds": 1500, "text": "Good afternoon.", "locale": "en-US"},
        {"speaker": 2, "offsetMilliseconds": 63000, "durationMilliseconds": 500, "text": "Hi."}]}"#;
    check(
        azure,
        expect![[r#"
        [00:01:01] Speaker 1 | Good afternoon.
        [00:01:03] Speaker 2 | Hi.
        = Speaker 1, unknown, 1 times: the file names its speakers
        = Speaker 2, unknown, 1 times: the file names its speakers
    "#]],
    );
    let batch = r#"{"combinedRecognizedPhrases": [{"display": "x"}], "recognizedPhrases": [
        {"recognitionStatus": "Success", "speaker": 1, "offset": "PT1M0.07S", "offsetInTicks": 600700000.0, "durationInTicks": 15900000.0, "nBest": [{"confidence": 0.9, "lexical": "hello", "display": "Hello."}]}]}"#;
    check(
        batch,
        expect![[r#"
        [00:01:00] Speaker 1 | Hello.
        = Speaker 1, unknown, 1 times: the file names its speakers
    "#]],
    );
    let rev = r#"{"monologues": [{"speaker": 1, "elements": [{"type": "text", "value": "Hello", "ts": 0.5, "end_ts": 1.5}, {"type": "punct", "value": " "},
        {"type": "text", "value": "World", "ts": 1.75, "end_ts": 2.85}, {"type": "punct", "value": "."}]}], "speakers": [{"id": 1, "name": "Ana Ruiz"}]}"#;
    check(
        rev,
        expect![[r#"
        [00:00:00] Ana Ruiz | Hello World.
        = Ana Ruiz, unknown, 1 times: the file names its speakers
    "#]],
    );
}

#[test]
fn turns_without_times_stay_as_they_are_and_lines_of_json_are_a_list() {
    check(
        "{\"speaker\": {\"id\": \"s1\", \"name\": \"Eva\"}, \"text\": \"Gracias.\"}\n{\"speaker\": {\"id\": \"s1\", \"name\": \"Eva\"}, \"text\": \"Digo: sí.\"}\n",
        expect![[r#"
            Eva | Gracias.
            Eva | Digo: sí.
            = Eva, unknown, 2 times: the file names its speakers
        "#]],
    );
}

#[test]
fn json_of_another_shape_is_refused_with_a_reason() {
    for (text, line, key) in [
        (r#"{"name": "x", "version": 1}"#, None, "json.shape"),
        (r#"[{"name": "a", "text": "b"}]"#, None, "json.shape"),
        (r#"{"segments": []}"#, None, "json.shape"),
        (r#"{"segments": [{"start": 1, "text": " "}]}"#, None, "json.shape"),
        ("{\"segments\": [\n{\"start\": 1, \"te", Some(2), "json.damaged"),
        (
            r#"{"results": [{"alternatives": [{"transcript": "a"}]}], "speaker_labels": [{"from": 1, "speaker": 0}]}"#,
            None,
            "json.speakers_apart",
        ),
    ] {
        let error = import::read("a.json", text.as_bytes(), &Options::default()).unwrap_err();
        assert_eq!((error.line, error.what.key), (line, key), "{text}");
    }
    let deep = format!("{{\"segments\": {}", "[".repeat(100_000));
    let error = import::read("a.json", deep.as_bytes(), &Options::default()).unwrap_err();
    assert_eq!(error.what.key, "json.damaged");
}

/// Compares a file's turns with a list in it, read here in a way of its own.
fn against_list(folder: &str, file: &str, list: &str, field: &str, paragraphs: usize) {
    let Some(folder) = set(folder) else { return };
    let bytes = fs::read(folder.join(file)).unwrap();
    let value: Value = serde_json::from_slice(&bytes).unwrap();
    let mut source = Vec::new();
    for one in value[list].as_array().unwrap() {
        let speaker = one["speaker"]["name"].as_str().or(one["speaker"].as_str()).unwrap();
        let text = one[field].as_str().unwrap();
        if !text.trim().is_empty() {
            add(&mut source, speaker, text);
        }
    }
    let found = imported(file, &bytes).draft;
    assert_same(file, &turns(&found), &source);
    assert_eq!(found.paragraphs.len(), paragraphs, "{file}");
}

#[test]
fn published_sessions_and_meetings() {
    against_list("asamblea-ec", "0u_lxUFJze8.json", "segments", "text", 5);
    against_list("asamblea-ec", "2bD4Z9DjjFY.json", "segments", "text", 1);
    against_list("podcast-formats", "example.json", "segments", "body", 2);
    for (file, turns) in [
        ("raw/Bed016.json", 724),
        ("raw/Bro004.json", 748),
        ("raw/ES2004a.json", 320),
        ("raw/ES2011b.json", 376),
        ("raw/IS1003a.json", 301),
        ("raw/education_17.json", 131),
    ] {
        against_list("qmsum", file, "meeting_transcripts", "content", turns);
    }
}
