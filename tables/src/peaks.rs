//! The problem that comes with the programs: two peaks on a sloped background, in rows of x and y.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use datafusion::arrow::array::{Float64Array, RecordBatch};
use datafusion::arrow::datatypes::{DataType, Field, Schema};
use datafusion::error::Result;
use datafusion::parquet::arrow::ArrowWriter;

use crate::Loss;

#[path = "../../benches/problems/peaks.rs"]
mod problem;
pub use problem::{N, START, TRUTH, half_square, model, row};

/// ½ r² of a row with columns `x` and `y`, for Newton's method.
#[must_use]
pub fn newton() -> Loss<N> {
    Loss::newton("peaks", ["x", "y"], |p, [x, y]| half_square(p, (x, y)))
}

/// The residual of a row with columns `x` and `y`, for Gauss and Newton's method.
#[must_use]
pub fn gauss_newton() -> Loss<N> {
    Loss::gauss_newton("peaks_residual", ["x", "y"], |p, [x, y]| model(p, x) - y)
}

/// Writes `rows` rows into `files` Parquet files of a folder, which is made where there is none.
///
/// # Errors
/// Those of the file system.
pub fn write(folder: &Path, rows: usize, files: usize) -> Result<()> {
    const BATCH: usize = 65_536;
    std::fs::create_dir_all(folder)?;
    let column = |name| Field::new(name, DataType::Float64, false);
    let schema = Arc::new(Schema::new(vec![column("x"), column("y")]));
    for file in 0..files {
        let path = folder.join(format!("part-{file:03}.parquet"));
        let mut writer = ArrowWriter::try_new(File::create(path)?, schema.clone(), None)?;
        let range = rows * file / files..rows * (file + 1) / files;
        for start in range.clone().step_by(BATCH) {
            let (x, y): (Vec<_>, Vec<_>) =
                (start..range.end.min(start + BATCH)).map(|i| row(i, rows)).unzip();
            let columns: [Arc<Float64Array>; 2] = [Arc::new(x.into()), Arc::new(y.into())];
            writer
                .write(&RecordBatch::try_new(schema.clone(), columns.map(|c| c as _).to_vec())?)?;
        }
        writer.close()?;
    }
    Ok(())
}
