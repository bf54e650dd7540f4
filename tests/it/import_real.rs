//! Import on published transcripts that lie beside the repository: how many paragraphs, which speakers, who
//! moderates; and every word of the source, in order, with none invented.

use std::collections::BTreeSet;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use regex::Regex;
use themata::domain::participant::Role;
use themata::unitize::draft::Draft;
use themata::unitize::import::{self, Imported, Options};

/// The folder of a published set, if it is here.
pub(crate) fn set(name: &str) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(name);
    if !folder.is_dir() {
        eprintln!("skipped: ../shared is not here");
        return None;
    }
    Some(folder)
}

pub(crate) fn read(path: &Path) -> (Imported, Vec<u8>) {
    let bytes = fs::read(path).unwrap();
    let name = path.file_name().unwrap().to_str().unwrap();
    let imported = import::read(name, &bytes, &Options::default());
    (imported.unwrap_or_else(|it| panic!("{name}: {:?}", it.what)), bytes)
}

/// A transcript in one line: paragraphs (without speaker), then each label and how often it stands;
/// `*` marks who moderates.
pub(crate) fn summary(draft: &Draft) -> String {
    let silent = draft.paragraphs.iter().filter(|it| it.label.is_none()).count();
    let labels = draft.labels.iter().map(|label| {
        let mark = if label.role == Role::Moderator { "*" } else { "" };
        format!("{mark}{} {}", label.text, label.times)
    });
    let labels: Vec<String> = labels.collect();
    format!("{} ({silent}): {}", draft.paragraphs.len(), labels.join("; "))
}

/// Imports each file and compares it with what a reader of it finds, and with its own words.
fn check(name: &str, files: &[(&str, &str)]) {
    let Some(folder) = set(name) else { return };
    for (file, expected) in files {
        let path = folder.join(file);
        let (imported, bytes) = read(&path);
        assert_eq!(summary(&imported.draft), *expected, "{file}");
        compare_words(file, &source_words(&path, &bytes), &imported.draft);
    }
}

/// The words of a text: runs of letters and digits.
pub(crate) fn words(text: &str) -> Vec<String> {
    let runs = text.split(|it: char| !it.is_alphanumeric());
    runs.filter(|it| !it.is_empty()).map(str::to_owned).collect()
}

/// The words of a file, read here in a way of its own, without what a link points at.
fn source_words(path: &Path, bytes: &[u8]) -> Vec<String> {
    match path.extension().unwrap().to_str().unwrap() {
        "docx" => words(&docx_text(bytes)),
        "md" => {
            let text = String::from_utf8(bytes.to_vec()).unwrap();
            words(
                &Regex::new(r"\]\(\s*[^()\s]*(\([^()]*\)[^()\s]*)*\)")
                    .unwrap()
                    .replace_all(&text, " "),
            )
        }
        _ => words(std::str::from_utf8(bytes).unwrap()),
    }
}

/// The text of a plain Word file: its runs, with a line end for each paragraph.
fn docx_text(bytes: &[u8]) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut xml = String::new();
    archive.by_name("word/document.xml").unwrap().read_to_string(&mut xml).unwrap();
    let run = Regex::new(r"<w:t(?: [^>]*)?>([^<]*)</w:t>|<w:(?:br|tab)/>").unwrap();
    let mut text = String::new();
    for paragraph in xml.split("</w:p>") {
        for found in run.captures_iter(paragraph) {
            text.push_str(found.get(1).map_or(" ", |it| it.as_str()));
        }
        text.push('\n');
    }
    for (entity, plain) in
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")]
    {
        text = text.replace(entity, plain);
    }
    text
}

/// Every word of the source stands in the draft, in order; between them lie only labels and times.
pub(crate) fn compare_words(file: &str, source: &[String], draft: &Draft) {
    let spellings = draft.labels.iter().flat_map(|it| it.spellings.iter().chain([&it.text]));
    let mut apart: BTreeSet<String> = spellings.flat_map(|it| words(it)).collect();
    apart.extend(draft.labels.iter().flat_map(|it| words(&it.text.to_uppercase())));
    let is_apart =
        |word: &String| apart.contains(word) || word.chars().all(|it| it.is_ascii_digit());
    let mut at = 0;
    for paragraph in &draft.paragraphs {
        let text = words(&paragraph.text);
        let skipped = (0..)
            .take_while(|skip| *skip <= 60 && at + skip + text.len() <= source.len())
            .find(|skip| source[at + skip..].starts_with(&text))
            .unwrap_or_else(|| {
                panic!("{file}: the paragraph at {} is not in the source", paragraph.line)
            });
        let between = &source[at..at + skipped];
        assert!(
            between.iter().all(is_apart),
            "{file}: words are lost before the paragraph at {}: {} of them",
            paragraph.line,
            between.iter().filter(|it| !is_apart(it)).count()
        );
        at += skipped + text.len();
    }
    assert!(source[at..].iter().all(is_apart), "{file}: words are lost at the end");
}

#[test]
fn press_conferences_in_spanish_hard_wrapped_with_labels_in_capitals() {
    check(
        "amlo-es",
        &[
            ("2019-01-09.md", "54 (2): U1 0"),
            (
                "2020-01-03.md",
                "160 (6): *MODERADOR 5; FRANCISCO JAVIER PÉREZ LUNA, REPRESENTANTE DEL PUEBLO NÁHUATL \
             1; ADELFO REGINO MONTES, DIRECTOR GENERAL DEL INSTITUTO NACIONAL DE LOS PUEBLOS \
             INDÍGENAS 1; MARCO ANTONIO MENA RODRÍGUEZ, GOBERNADOR DE TLAXCALA 1; PRESIDENTE \
             ANDRÉS MANUEL LÓPEZ OBRADOR 1",
            ),
            (
                "2021-05-26.md",
                "200 (5): HUGO LÓPEZ-GATELL RAMÍREZ 14; RICARDO CORTÉS ALCALÁ 3; JUAN CARLOS MÁRQUEZ \
             HEINE 8; PREGUNTA 6; INTERLOCUTORA 3",
            ),
            (
                "2022-05-26.md",
                "329 (6): PRESIDENTE ANDRÉS MANUEL LÓPEZ OBRADOR 36; RICARDO MEJÍA BERDEJA, \
             SUBSECRETARIO DE SEGURIDAD PÚBLICA DE LA SECRETARÍA DE SEGURIDAD Y PROTECCIÓN \
             CIUDADANA (SSPC) 1; PREGUNTA 4; INTERLOCUTORA 14; INTERLOCUTOR 10; INTERVENCIÓN 6",
            ),
        ],
    );
}

#[test]
fn parliament_in_german_with_titles_parties_and_mixed_line_ends() {
    check(
        "bundestag-de",
        &[
            (
                "17001.txt",
                "1592 (1392): *Alterspräsident Dr. Heinz Riesenhuber 4; Volker Kauder (CDU/CSU) 1; \
             Dr. Norbert Lammert (CDU/CSU) 1; *Präsident Dr. Norbert Lammert 7; Gerda Hasselfeldt \
             (CDU/CSU) 1; Dr. h. c. Wolfgang Thierse (SPD) 1; Dr. Hermann Otto Solms (FDP) 1; \
             Petra Pau (DIE LINKE) 1; Katrin Göring-Eckardt (BÜNDNIS 90/DIE GRÜNEN) 1; U1 0",
            ),
            (
                "17002.txt",
                "865 (750): *Präsident Dr. Norbert Lammert 21; Dr. Angela Merkel (CDU/CSU) 2; Dr. \
             Guido Westerwelle, Bundesminister des Auswärtigen 1; Dr. Thomas de Maizière, \
             Bundesminister des Innern 1; Sabine Leutheusser-Schnarrenberger, Bundesministerin \
             der Justiz 1; Dr. Wolfgang Schäuble, Bundesminister der Finanzen 1; Rainer Brüderle, \
             Bundesminister für Wirtschaft und Technologie 1; Dr. Franz Josef Jung, \
             Bundesminister für Arbeit und Soziales 1; Ilse Aigner, Bundesministerin für \
             Ernährung, Landwirtschaft und Verbraucherschutz 1; Dr. Karl-Theodor Freiherr zu \
             Guttenberg, Bundesminister der Verteidigung 1; Dr. Ursula von der Leyen, \
             Bundesministerin für Familie, Senioren, Frauen und Jugend 1; Dr. Philipp Rösler, \
             Bundesminister für Gesundheit 1; Dr. Peter Ramsauer, Bundesminister für Verkehr, Bau \
             und Stadtentwicklung 1; Dr. Norbert Röttgen, Bundesminister für Umwelt, Naturschutz \
             und Reaktorsicherheit 1; Dr. Annette Schavan, Bundesministerin für Bildung und \
             Forschung 1; Dirk Niebel, Bundesminister für wirtschaftliche Zusammenarbeit und \
             Entwicklung 1; Ronald Pofalla, Bundesminister für besondere Aufgaben 1; U1 0",
            ),
        ],
    );
}

#[test]
fn podcasts_with_bold_names() {
    check(
        "changelog-md",
        &[
            (
                "big-tent-s1e3.md",
                "183 (3): Mat Ryer 38; Tom Wilkie 44; Matthias Loibl 36; Björn Rabenstein 21",
            ),
            (
                "go-time-120.md",
                "220 (4): Mat Ryer 71; Jaana Dogan 19; Daniel Whitenack 44; Miriah Peterson 48",
            ),
            ("the-changelog-488.md", "252 (2): Jerod Santo 54; Adam Stacoviak 43; Woody Zuill 80"),
            ("changelog-news-126.md", "51 (7): Jerod Santo 8"),
        ],
    );
}

#[test]
fn interviews_with_label_and_time_on_a_line_of_their_own() {
    check(
        "data-ensemble",
        &[
            ("transcripts/P1 Transcript.txt", "96 (1): P1 33; *A1 32; A5 4"),
            (
                "transcripts/P10 Transcript.txt",
                "75 (2): A5 9; *A1 27; P10 22; Speaker 1 7; Speaker 3 2",
            ),
            ("transcripts/P2 Transcript.txt", "69 (2): A5 3; *A1 21; P2 22"),
            ("transcripts/P4 Transcript.txt", "68 (1): *A1 18; P4 19; A5 2"),
            ("transcripts/P5 Transcript.txt", "63 (1): *A1 23; P5 23; Unknown Speaker 1"),
            ("transcripts/P7 Transcript.txt", "92 (2): *A1 27; P7 24; A5 3; Unknown Speaker 9"),
            (
                "transcripts/P8 Transcript.txt",
                "80 (1): *A1 27; P8 26; Speaker 2 6; Speaker 1 1; A5 4",
            ),
        ],
    );
}

#[test]
fn a_committee_in_hebrew_with_labels_on_lines_of_their_own() {
    check(
        "knesset-he",
        &[(
            "protocol_text.txt",
            "207 (46): *היו\"ר משה גפני 42; משה אשר 20; ליאת גרבר 12; שגית אפיק 11; צבי פרידמן 20; \
             קריאה 2; ישי כהן 5; ירון גינדי 7; יוסי אלישע 7; מיקי רוזנטל 3; מיקי לוי (יש עתיד) 3",
        )],
    );
}

#[test]
fn interviews_in_french_and_english_with_numbered_interviewers() {
    check(
        "mlss-quality",
        &[
            ("transcripts/Interview 19.txt", "105 (0): Interviewee 73; *Interviewer 1 31"),
            (
                "transcripts/Interview 2.txt",
                "95 (0): *Interviewer1 43; Interviewee1 44; *Interviewer2 1; *Interviewer2 2 1",
            ),
            ("transcripts/Interview 24.txt", "188 (0): *Interviewer 1 57; Interviewee 131"),
            ("transcripts/Interview 29.txt", "132 (0): *Interviewer 1 39; Interviewee 93"),
            (
                "transcripts/Interview 3.txt",
                "156 (0): *Interviewer 2 11; *Interviewer 1 69; Interviewee 70",
            ),
            ("transcripts/Interview 34.txt", "127 (0): *Interviewer 1 56; Interviewee 71"),
            ("transcripts/Interview 36.txt", "133 (0): Interviewee 98; *Interviewer 1 34"),
            ("transcripts/Interview 8.txt", "191 (0): Interviewee 140; *Interviewer 1 51"),
        ],
    );
}

#[test]
fn meetings_with_functions_as_labels() {
    check(
        "qmsum",
        &[
            (
                "extracted/Bed016.txt",
                "724 (0): Grad A 176; Grad F 111; Grad D 51; Grad B 2; Professor E 204; Grad C 180",
            ),
            (
                "extracted/Bro004.txt",
                "748 (0): Professor B 284; PhD C 29; PhD A 98; PhD E 54; Grad F 33; PhD D 245; Grad G \
             8",
            ),
            (
                "extracted/ES2004a.txt",
                "320 (0): User Interface 49; Project Manager 102; Marketing 103; Industrial Designer \
             66",
            ),
            (
                "extracted/ES2011b.txt",
                "376 (0): Marketing 98; Project Manager 103; Industrial Designer 66; User Interface \
             109",
            ),
            (
                "extracted/IS1003a.txt",
                "301 (0): Project Manager 80; Marketing 65; Industrial Designer 79; User Interface 77",
            ),
            (
                "extracted/education_17.txt",
                "131 (0): Lynne Neagle AM 18; Sian Gwenllian AM 17; Dafydd Evans 20; Dr Rachel Bowen \
             8; Nick Brazil 18; Kay Martin 15; Ed Evans 10; Suzy Davies AM 11; Janet \
             Finch-Saunders AM 6; Julie Morgan AM 5; Dawn Bowden AM 3",
            ),
        ],
    );
}

#[test]
fn a_small_group_with_ids_in_brackets_and_a_text_without_labels() {
    check(
        "qualcoder-examples",
        &[("transcript.txt", "7 (0): id1 3; id2 2; id3 2"), ("ID1.docx", "3 (0): U1 0")],
    );
}

#[test]
fn minutes_with_initials_declared_in_a_table() {
    check(
        "tc39-md",
        &[
            (
                "2021-05_may-25.md",
                "371 (80): AKI 30; JWS 9; WH 31; USA 6; IS 1; KG 3; CM 1; PHE 3; JHD 16; YSV 26; LEO \
             23; SYG 28; RBN 4; MM 10; JGT 14; SFC 6; TCN 7; PFC 3; MPC 1; RRD 1; JHN(may also \
             have been SYG) 1; ?? 1; RPR 5; FYT 30; RGN 2; RBU 1; JRL 4; BN 3; U1 0",
            ),
            (
                "2023-01_jan-30.md",
                "505 (94): USA 12; IS 11; RPR 39; DE 82; ?? 14; KG 25; CM 2; PFC 3; DLM 5; MLS 30; \
             JHD 8; SYG 36; YSV 18; MF 1; WH 25; MM 14; DMP 1; RP 1; SDZ 5; RBR 3; JWK 2; JRL 1; \
             MAH 1; DMM 4; ACE 9; RGN 11; EAO 3; BT 5; U1 0",
            ),
        ],
    );
}

#[test]
fn interviews_with_bold_labels_and_a_backslash() {
    check(
        "unsafe-rust",
        &[
            ("transcripts/1.md", "136 (0): *Interviewer 69; Participant 67"),
            ("transcripts/10.md", "100 (0): *Interviewer 50; Participant 50"),
            ("transcripts/11.md", "139 (0): *Interviewer 70; Participant 69"),
            ("transcripts/13.md", "63 (0): *Interviewer 32; Participant 31"),
            ("transcripts/14.md", "134 (0): *Interviewer 67; Participant 67"),
            ("transcripts/16.md", "124 (0): *Interviewer 64; Participant 60"),
            ("transcripts/17.md", "149 (0): *Interviewer 74; Participant 75"),
            ("transcripts/19.md", "121 (0): *Interviewer 60; Participant 61"),
            ("transcripts/2.md", "49 (0): *Interviewer 21; Participant 28"),
            ("transcripts/4.md", "108 (0): *Interviewer 54; Participant 54"),
            ("transcripts/5.md", "111 (0): *Interviewer 56; Participant 55"),
            ("transcripts/7.md", "102 (0): *Interviewer 51; Participant 51"),
            ("transcripts/8.md", "108 (0): *Interviewer 55; Participant 52"),
        ],
    );
}

#[test]
fn interviews_in_french_as_word_files_with_ranges_of_time() {
    check(
        "artisans-fr",
        &[
            (
                "transcripts/Entretien 01 24.10.03 01_traitement_A.docx",
                "102 (1): *Chercheur 18; Interviewe 18",
            ),
            (
                "transcripts/Entretien 01 24.10.03 02_traitement_A.docx",
                "115 (3): *Chercheur 30; Interviewe 31",
            ),
            (
                "transcripts/Entretien 01 24.10.04 01_traitement_A.docx",
                "89 (1): *Chercheur 28; Interviewe 27",
            ),
            (
                "transcripts/Entretien 01 24.10.04 02_traitement_A.docx",
                "57 (1): *Chercheur 28; Interviewe 27",
            ),
            (
                "transcripts/Entretien 01 24.11.28_traitement_A.docx",
                "25 (1): *Chercheur 10; Interviewe 9",
            ),
            (
                "transcripts/Entretien 01 24.12.09ab_traitement_A.docx",
                "81 (1): *Chercheur 14; Interviewe 14",
            ),
            (
                "transcripts/Entretien 01 24.12.16_traitement_A.docx",
                "68 (1): *Chercheur 13; Interviewe 12",
            ),
        ],
    );
}

#[test]
fn the_same_interview_in_other_encodings_gives_the_same_paragraphs() {
    let (Some(variants), Some(originals)) = (set("office-variants"), set("mlss-quality")) else {
        return;
    };
    let (original, _) = read(&originals.join("transcripts/Interview 2.txt"));
    for (file, encoding) in
        [("interview_fr_utf16le_bom.txt", "UTF-16LE"), ("interview_fr_utf8_crlf.txt", "UTF-8")]
    {
        let (variant, _) = read(&variants.join(file));
        assert_eq!(variant.encoding, Some(encoding));
        assert_eq!(variant.draft, original.draft, "{file}");
    }
    // Made by a program that wrote a few characters otherwise: the same turns, and nearly the same words.
    let (variant, _) = read(&variants.join("interview_fr_cp1252.txt"));
    assert_eq!(variant.encoding, Some("windows-1252"));
    assert_eq!(summary(&variant.draft), summary(&original.draft));
    assert_eq!(variant.draft.labels[1].words, original.draft.labels[1].words);
}

#[test]
fn answers_to_tasks_without_labels_are_not_the_moderators() {
    let Some(folder) = set("office-variants") else { return };
    let (found, _) = read(&folder.join("usability_en.docx"));
    assert_eq!(summary(&found.draft), "207 (15): *MODERATOR 1; U1 0");
}
