//! How well proposed units meet those that people marked, and how fast they are proposed.
//!
//! `cargo bench --bench segmentation`; `-- boundaries`, `-- edges`, `-- signs` or `-- speed` for one table.
//! The conversations are no part of this repository.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod baselines;
mod edges;
mod sets;
mod signs;
mod speed;
mod tables;

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|it| !it.starts_with("--")).collect();
    let wants = |table: &str| wanted.is_empty() || wanted.iter().any(|it| it == table);
    if sets::folder().is_none() {
        println!(
            "The conversations are not here: this table needs ../shared/data/segmentation beside the\n\
             repository, with qmsum.val, tiage.dev, dialseg711.dev and splice.dev as .jsonl."
        );
    } else {
        if wants("boundaries") {
            tables::print();
        }
        if wants("edges") {
            edges::print();
        }
        if wants("signs") {
            signs::print();
        }
    }
    if wants("speed") {
        speed::print();
    }
}
