//! The rooms of `src` see only those below them in the table of CONTRIBUTING.md, and no test is forgotten.
#![cfg(feature = "std")]

use std::fs;
use std::path::{Path, PathBuf};

/// The rooms from the top down; those of one row do not see each other.
fn table() -> Vec<Vec<String>> {
    let page = include_str!("../CONTRIBUTING.md");
    let rows = page.lines().filter_map(|line| line.strip_prefix("| `src/")?.split(" |").next());
    let name = |room: &str| room.replace("src/", "").replace(['`', '/'], "").replace(".rs", "");
    rows.map(|row| row.split(", ").map(name).collect()).collect()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("src is there").map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

#[test]
fn rooms_see_only_those_below_them() {
    let table = table();
    let level = |room: &str| table.iter().position(|row| row.iter().any(|name| name == room));
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut wrong = Vec::new();
    for file in files(&src).into_iter().filter(|file| file.extension().is_some_and(|e| e == "rs")) {
        let place = file.strip_prefix(&src).unwrap();
        let room = place.iter().next().unwrap().to_str().unwrap().trim_end_matches(".rs");
        if ["lib", "guide", "guarantees"].contains(&room) {
            continue;
        }
        let Some(here) = level(room) else {
            wrong.push(format!("{}: not in the table", place.display()));
            continue;
        };
        // Tests look down on everything.
        let text = fs::read_to_string(&file).unwrap();
        for line in text.split("#[cfg(test)]\nmod tests {").next().unwrap().lines() {
            // What a module passes on to macros (`pub use`) is no view of its own.
            let code = line.trim_start().split("//").next().unwrap();
            let Some((before, path)) = code.split_once("crate::") else { continue };
            let other: String =
                path.chars().take_while(|c| *c == '_' || c.is_alphanumeric()).collect();
            let sees = !before.starts_with("pub use") && !before.ends_with('$') && other != room;
            if sees && level(&other).is_none_or(|there| there <= here) && !path.starts_with("__") {
                wrong.push(format!("{}: {code}", place.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "rooms that look up or sideways:\n{}", wrong.join("\n"));
}

/// A file that its program does not name is not compiled, and its tests are not run.
#[test]
fn every_file_of_a_test_program_is_in_it() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let mut forgotten = Vec::new();
    for main in files(&tests).into_iter().filter(|file| file.ends_with("main.rs")) {
        let text = fs::read_to_string(&main).unwrap();
        for file in fs::read_dir(main.parent().unwrap()).unwrap().map(|entry| entry.unwrap().path())
        {
            let name = file.file_stem().unwrap().to_str().unwrap();
            let is_rust = file.extension().is_some_and(|e| e == "rs");
            if is_rust && name != "main" && !text.contains(&format!("mod {name};")) {
                forgotten.push(file);
            }
        }
    }
    assert!(forgotten.is_empty(), "{forgotten:?}");
}
