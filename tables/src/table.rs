//! Files of rows.

use std::path::{Path, PathBuf};

use datafusion::error::{DataFusionError, Result};

/// A table in files: a Parquet or CSV file, or a folder of them.
#[derive(Clone, Debug)]
pub struct Table {
    files: Vec<PathBuf>,
}

impl Table {
    /// The files at a path. Those of a folder are taken in the order of their names.
    ///
    /// # Errors
    /// If the path cannot be read, or no `.parquet` or `.csv` file is there.
    pub fn open(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        let mut files = if path.is_dir() {
            let entries: Vec<_> = std::fs::read_dir(path)?.collect::<std::io::Result<_>>()?;
            entries
                .iter()
                .map(std::fs::DirEntry::path)
                .filter(|path| is_parquet(path) || is_csv(path))
                .collect()
        } else {
            vec![path.to_path_buf()]
        };
        files.sort();
        match files.iter().find(|file| !(is_parquet(file) || is_csv(file))) {
            _ if files.is_empty() => {
                error(format!("no .parquet or .csv file in {}", path.display()))
            }
            Some(other) => error(format!("{} is no .parquet or .csv file", other.display())),
            None => files
                .iter()
                .map(|file| {
                    std::path::absolute(file).and_then(|file| file.metadata().map(|_| file))
                })
                .collect::<std::io::Result<_>>()
                .map(|files| Self { files })
                .map_err(|error| {
                    DataFusionError::Execution(format!("{}: {error}", path.display()))
                }),
        }
    }

    /// The files, in the order in which they are added.
    #[must_use]
    pub fn files(&self) -> &[PathBuf] {
        &self.files
    }
}

fn error<T>(text: String) -> Result<T> {
    Err(DataFusionError::Execution(text))
}

fn has_extension(path: &Path, wanted: &str) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case(wanted))
}

pub(crate) fn is_csv(path: &Path) -> bool {
    has_extension(path, "csv")
}

fn is_parquet(path: &Path) -> bool {
    has_extension(path, "parquet")
}
