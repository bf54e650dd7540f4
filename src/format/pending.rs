//! `themata.pending`: what several files will hold, while they are being replaced together.

/// A file, all that it will hold, and the SHA-256 of what it held when the change was made: empty where it was not there, absent
/// in lists of before.
pub type Row = (String, Vec<u8>, Option<String>);

/// Writes the list: each file, all its text, and what it was made from.
#[must_use]
pub fn write(files: &[(String, Vec<u8>, String)]) -> Vec<u8> {
    let rows = files
        .iter()
        .map(|(file, bytes, before)| [file.as_bytes(), bytes.as_slice(), before.as_bytes()]);
    super::table::write(&["file", "text", "before"], rows)
}

/// Reads the list; `None` where it is not one.
#[must_use]
pub fn read(bytes: &[u8]) -> Option<Vec<Row>> {
    let mut reader = csv::Reader::from_reader(bytes);
    let headers = reader.byte_headers().ok()?;
    if headers != vec!["file", "text", "before"] && headers != vec!["file", "text"] {
        return None;
    }
    let mut files = Vec::new();
    for record in reader.byte_records() {
        let record = record.ok()?;
        let text = |at: usize| String::from_utf8(record.get(at)?.to_vec()).ok();
        files.push((text(0)?, record.get(1)?.to_vec(), text(2)));
    }
    Some(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_come_back_as_they_were_and_nothing_else_is_a_list() {
        let files = vec![
            (
                "transcripts/A.txt".to_owned(),
                b"P1: \"so\", she\n  (laughs)\n".to_vec(),
                "ab".to_owned(),
            ),
            ("participants.csv".to_owned(), b"participant\r\n".to_vec(), String::new()),
            ("units/A.csv".to_owned(), Vec::new(), String::new()),
        ];
        let back = files.iter().cloned().map(|(file, text, before)| (file, text, Some(before)));
        assert_eq!(read(&write(&files)), Some(back.collect()));
        let of_before = b"file,text\na,b\n";
        assert_eq!(read(of_before), Some(vec![("a".to_owned(), b"b".to_vec(), None)]));
        assert_eq!(read(b""), None);
        assert_eq!(read(b"case,name\nA,B\n"), None);
        assert_eq!(read(b"file,text\na\n"), None);
    }
}
