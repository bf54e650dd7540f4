//! `themata.pending`: what becomes of several files, while they are being changed together.

/// What becomes of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Becomes {
    /// It holds this text and nothing else.
    Replaced,
    /// It holds these lines too.
    Longer,
    /// It is there no more.
    Removed,
}

impl Becomes {
    const ALL: [Self; 3] = [Self::Replaced, Self::Longer, Self::Removed];

    fn as_str(self) -> &'static str {
        match self {
            Self::Replaced => "",
            Self::Longer => "append",
            Self::Removed => "remove",
        }
    }
}

/// A file, and what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The file, relative to the study.
    pub file: String,
    /// All that it will hold, or the lines that come to it.
    pub text: Vec<u8>,
    /// The SHA-256 of what it held when the change was made: empty where it was not there, or where that is no matter; absent in
    /// lists of before.
    pub before: Option<String>,
    /// What becomes of it.
    pub becomes: Becomes,
}

/// Writes the list.
#[must_use]
pub fn write(rows: &[Row]) -> Vec<u8> {
    let cells = rows.iter().map(|row| {
        let before = row.before.as_deref().unwrap_or_default();
        [row.file.as_bytes(), &row.text, before.as_bytes(), row.becomes.as_str().as_bytes()]
    });
    super::table::write(&["file", "text", "before", "how"], cells)
}

/// Reads the list; `None` where it is not one.
#[must_use]
pub fn read(bytes: &[u8]) -> Option<Vec<Row>> {
    let columns = ["file", "text", "before", "how"];
    let mut reader = csv::Reader::from_reader(bytes);
    let headers = reader.byte_headers().ok()?;
    if headers.len() < 2
        || !headers.iter().eq(columns.iter().take(headers.len()).map(|it| it.as_bytes()))
    {
        return None;
    }
    let mut rows = Vec::new();
    for record in reader.byte_records() {
        let record = record.ok()?;
        let text = |at: usize| String::from_utf8(record.get(at)?.to_vec()).ok();
        let how = text(3).unwrap_or_default();
        rows.push(Row {
            file: text(0)?,
            text: record.get(1)?.to_vec(),
            before: text(2),
            becomes: Becomes::ALL.into_iter().find(|it| it.as_str() == how)?,
        });
    }
    Some(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_come_back_as_they_were_and_nothing_else_is_a_list() {
        let row = |file: &str, text: &[u8], before: Option<&str>, becomes| Row {
            file: file.to_owned(),
            text: text.to_owned(),
            before: before.map(str::to_owned),
            becomes,
        };
        let rows = vec![
            row(
                "transcripts/A.txt",
                b"P1: \"so\", she\n  (laughs)\n",
                Some("ab"),
                Becomes::Replaced,
            ),
            row("participants.csv", b"participant\r\n", Some(""), Becomes::Replaced),
            row("events.csv", b"a,b\nc,d\n", Some(""), Becomes::Longer),
            row("units/A.csv", b"", Some("cd"), Becomes::Removed),
        ];
        assert_eq!(read(&write(&rows)), Some(rows));
        let of_before = Some(vec![row("a", b"b", None, Becomes::Replaced)]);
        assert_eq!(read(b"file,text\na,b\n"), of_before);
        for none in ["", "case,name\nA,B\n", "file,text\na\n", "file,text,before,how\na,b,,eat\n"] {
            assert_eq!(read(none.as_bytes()), None, "{none}");
        }
    }
}
