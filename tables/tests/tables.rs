//! Fits of the embedded engine, beside a plain loop over the same rows.

use std::fs;
use std::path::{Path, PathBuf};

use gradual::HyperDual;
use gradual_tables::peaks::{self, N, START, TRUTH, half_square, row};
use gradual_tables::{Engine, Fit, Table, fit};
use nalgebra::{SMatrix, SVector};

const ROWS: usize = 100_000;

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    folder
}

fn bits(p: &[f64; N]) -> [u64; N] {
    p.map(f64::to_bits)
}

async fn fit_at(path: &Path, newton: bool, partitions: usize) -> Result<Fit<N>, String> {
    let loss = if newton { peaks::newton() } else { peaks::gauss_newton() };
    let table = Table::open(path).map_err(|error| error.to_string())?;
    let engine =
        Engine::embedded(&table, &loss, partitions).await.map_err(|error| error.to_string())?;
    fit(&engine, START, |_| ()).await.map_err(|error| error.to_string())
}

/// Newton's method by a plain loop.
fn plain() -> [f64; N] {
    let mut p = START;
    for _ in 0..20 {
        let seeds = HyperDual::variables(&p);
        let loss: HyperDual<f64, N> =
            (0..ROWS).fold(HyperDual::default(), |sum, i| sum + half_square(&seeds, row(i, ROWS)));
        let hessian = SMatrix::<f64, N, N>::from_fn(|i, j| loss.second_partial(i, j));
        let step = hessian.cholesky().unwrap().solve(&-SVector::from(loss.gradient()));
        (0..N).for_each(|i| p[i] += step[i]);
        if step.amax() < 1e-13 {
            return p;
        }
    }
    panic!("no minimum");
}

#[tokio::test(flavor = "multi_thread")]
async fn fits_have_the_same_bits_whatever_the_partitions_and_those_of_a_loop_to_rounding() {
    let folder = folder("bits");
    peaks::write(&folder, ROWS, 5).unwrap();
    let one = fit_at(&folder, true, 1).await.unwrap();
    for partitions in [2, 3, 8] {
        let other = fit_at(&folder, true, partitions).await.unwrap();
        assert_eq!(bits(&one.parameters), bits(&other.parameters), "{partitions} partitions");
        assert_eq!(one.loss.to_bits(), other.loss.to_bits());
    }
    assert_eq!((one.rows, one.left_out), (ROWS, 0));
    for ((found, truth), (plain, error)) in
        one.parameters.iter().zip(TRUTH).zip(plain().iter().zip(one.standard_errors))
    {
        assert!((found - plain).abs() < 1e-11, "{found} and {plain}");
        assert!((found - truth).abs() < 4.0 * error, "{found} ± {error}, made with {truth}");
    }
    // Gauss and Newton's method ends at the same minimum, by another matrix.
    let gauss = fit_at(&folder, false, 2).await.unwrap();
    for (a, b) in one.parameters.iter().zip(gauss.parameters) {
        assert!((a - b).abs() < 1e-10);
    }
}

/// A table of comma-separated values, a file a text.
fn csv(name: &str, files: &[&str]) -> PathBuf {
    let folder = folder(name);
    fs::create_dir_all(&folder).unwrap();
    for (i, text) in files.iter().enumerate() {
        fs::write(folder.join(format!("{i}.csv")), text).unwrap();
    }
    folder
}

fn lines(rows: std::ops::Range<usize>) -> String {
    rows.map(|i| row(i, 1000)).map(|(x, y)| format!("{x},{y}\n")).collect()
}

#[tokio::test]
async fn nulls_are_left_out_and_counted() {
    let whole = csv("whole", &[&format!("x,y\n{}", lines(0..1000))]);
    let holes = csv(
        "holes",
        &[&format!("x,y\n,1\n{}3,\n", lines(0..400)), &format!("x,y\n{},\n", lines(400..1000))],
    );
    let (whole, holes) =
        (fit_at(&whole, true, 1).await.unwrap(), fit_at(&holes, true, 2).await.unwrap());
    assert_eq!((whole.rows, whole.left_out), (1000, 0));
    assert_eq!((holes.rows, holes.left_out), (1000, 3));
    for (a, b) in whole.parameters.iter().zip(holes.parameters) {
        assert!((a - b).abs() < 1e-9, "{a} and {b}");
    }
}

#[tokio::test]
async fn a_row_whose_loss_is_not_finite_is_named() {
    let bad = csv(
        "bad",
        &[&format!("x,y\n{}", lines(0..400)), &format!("x,y\n{}2.5,NaN\n", lines(400..700))],
    );
    let error = fit_at(&bad, true, 2).await.unwrap_err();
    assert!(error.contains("1.csv: the loss of row 300 (x = 2.5, y = NaN"), "{error}");
}

#[tokio::test]
async fn wrong_tables_are_errors_that_say_what_is_there() {
    let other = csv("other", &["time,height\n1.0,2.0\n"]);
    let error = fit_at(&other, true, 1).await.unwrap_err();
    assert!(error.contains("has no column x, but time, height"), "{error}");
    let empty = csv("empty", &[]);
    assert!(fit_at(&empty, true, 1).await.unwrap_err().contains("no .parquet or .csv file in"));
    assert!(fit_at(Path::new("nowhere.csv"), true, 1).await.unwrap_err().contains("nowhere.csv"));
    assert!(
        fit_at(Path::new("Cargo.toml"), true, 1)
            .await
            .unwrap_err()
            .contains("is no .parquet or .csv file")
    );
}
