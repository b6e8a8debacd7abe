//! The page on the ecosystem and the manifests name the same crates.

use std::collections::BTreeSet;
use std::fs;

/// The crates that a manifest's tests run, by their names in the registry.
fn dependencies(manifest: &str) -> BTreeSet<String> {
    let text = fs::read_to_string(manifest).unwrap();
    let (_, tests) = text.split_once("[dev-dependencies]\n").unwrap();
    let lines = tests.lines().take_while(|line| !line.starts_with('['));
    lines
        .filter_map(|line| line.split_once(" = "))
        .map(|(name, rest)| match rest.split_once("package = \"") {
            Some((_, package)) => package.split('"').next().unwrap().to_string(),
            None => name.to_string(),
        })
        .collect()
}

/// The crates in the first column of the page's tables of what runs.
fn on_the_page(page: &str) -> BTreeSet<String> {
    let (runs, _) = page.split_once("## What cannot be driven").unwrap();
    runs.lines()
        .filter_map(|line| line.strip_prefix("| ")?.split(" | ").next())
        .filter(|cell| !["crate", "float"].contains(cell) && !cell.contains("double-double"))
        .flat_map(|cell| cell.split(", "))
        .map(str::to_string)
        .collect()
}

#[test]
fn every_crate_that_is_tested_is_on_the_page_and_no_other() {
    let page = fs::read_to_string("../docs/ecosystem.md").unwrap();
    let mut tested = dependencies("Cargo.toml");
    tested.extend(dependencies("heavy/Cargo.toml"));
    // what the tests are written with
    for tool in ["num-traits", "serde", "serde_json"] {
        tested.remove(tool);
    }
    assert_eq!(tested, on_the_page(&page));
    assert!(page.contains(&format!("**{} crates**", tested.len())), "{} crates", tested.len());
}
