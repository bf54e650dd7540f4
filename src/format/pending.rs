//! `themata.pending`: what several files will hold, while they are being replaced together.

/// Writes the list: each file and all its text.
#[must_use]
pub fn write(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let rows = files.iter().map(|(file, bytes)| [file.as_bytes(), bytes.as_slice()]);
    super::table::write(&["file", "text"], rows)
}

/// Reads the list; `None` where it is not one.
#[must_use]
pub fn read(bytes: &[u8]) -> Option<Vec<(String, Vec<u8>)>> {
    let mut reader = csv::Reader::from_reader(bytes);
    if reader.byte_headers().ok()? != vec!["file", "text"] {
        return None;
    }
    let mut files = Vec::new();
    for record in reader.byte_records() {
        let record = record.ok()?;
        let file = String::from_utf8(record.get(0)?.to_vec()).ok()?;
        files.push((file, record.get(1)?.to_vec()));
    }
    Some(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_come_back_as_they_were_and_nothing_else_is_a_list() {
        let files = vec![
            ("transcripts/A.txt".to_owned(), b"P1: \"so\", she\n  (laughs)\n".to_vec()),
            ("participants.csv".to_owned(), b"participant\r\n".to_vec()),
            ("units/A.csv".to_owned(), Vec::new()),
        ];
        assert_eq!(read(&write(&files)), Some(files));
        assert_eq!(read(b""), None);
        assert_eq!(read(b"case,name\nA,B\n"), None);
        assert_eq!(read(b"file,text\na\n"), None);
    }
}
