//! Measures how accurate the derivatives of gradual and of other crates are, against correctly
//! rounded references, and writes the result as a page of markdown.

use gradual_peers::accuracy::{common, measure, page};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs, panic};

const HELP: &str = "\
Measures the accuracy of gradual's derivatives beside other crates'.

usage: accuracy [--reference DIR] [--write FILE]
  --reference DIR  where unary.csv, powi.csv, binary.csv and ternary.csv are
                   (default: ../shared/reference if present, else tests/data,
                   both relative to the repository)
  --write FILE     write the page to FILE instead of printing it";

fn main() -> ExitCode {
    match run(env::args().skip(1)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn run(mut arguments: impl Iterator<Item = String>) -> Result<(), String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let (mut directory, mut file) = (None, None);
    while let Some(argument) = arguments.next() {
        let target = match argument.as_str() {
            "--help" | "-h" => {
                println!("{HELP}");
                return Ok(());
            }
            "--reference" => &mut directory,
            "--write" => &mut file,
            unknown => return Err(format!("unknown argument {unknown}; try --help")),
        };
        let value = arguments.next().ok_or(format!("{argument} needs a value; try --help"))?;
        *target = Some(PathBuf::from(value));
    }

    let directory = directory
        .or_else(|| common::reference::full_set(&root))
        .unwrap_or_else(|| common::reference::extract(&root));
    let rows = common::reference::read_directory(&directory)?;

    // A peer that panics is counted; its messages would only bury the page.
    panic::set_hook(Box::new(|_| ()));
    let report = measure::measure(&rows);
    let _ = panic::take_hook();

    let page = page::render(&report, &lock_file(&root));
    match file {
        Some(file) => {
            fs::write(&file, page).map_err(|e| format!("{}: {e}", file.display()))?;
            eprintln!("{} rows; written: {}", rows.len(), file.display());
        }
        None => print!("{page}"),
    }
    Ok(())
}

/// The lock file of the build, which knows the exact versions of the crates.
fn lock_file(root: &Path) -> String {
    [root.join("Cargo.lock"), Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.lock")]
        .iter()
        .find_map(|path| fs::read_to_string(path).ok())
        .unwrap_or_default()
}
