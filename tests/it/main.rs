//! What a person sees: the program and the library from outside.
#![allow(clippy::unwrap_used, clippy::print_stderr)]

mod agree;
mod agree_command;
mod code;
mod codings;
mod commands;
mod desk;
mod discrepancies;
mod handover;
mod house;
mod import;
mod import_real;
mod import_torture;
mod oracles;
mod program;
mod real_codings;
mod received;
mod resolve;
mod sheet;
mod small;
mod stats;
mod stats_boundaries;
mod stats_properties;
mod stats_resampling;
mod support;
mod workbook_file;
