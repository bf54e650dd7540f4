//! The page on how the house is built names folders and files that are there, and every folder.

use std::fs;
use std::path::Path;

use regex::Regex;

#[test]
fn every_path_that_the_page_on_architecture_names_is_there_and_no_folder_is_left_out() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(root.join("docs/architecture.md")).unwrap();
    let paths = Regex::new(r"`((?:src|tests|docs|fuzz)/[^`]*)`").unwrap();
    let named: Vec<&str> =
        paths.captures_iter(&page).map(|it| it.get(1).unwrap().as_str()).collect();
    assert!(named.len() > 40, "{named:?}");
    for path in &named {
        assert!(root.join(path).exists(), "{path} is named, but is not there");
    }
    for entry in fs::read_dir(root.join("src")).unwrap().map(|it| it.unwrap()) {
        if entry.path().is_dir() {
            let folder = format!("src/{}/", entry.file_name().to_str().unwrap());
            assert!(named.contains(&folder.as_str()), "{folder} is not on the page");
        }
    }
}
