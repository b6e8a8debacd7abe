//! Finds all critical points of Himmelblau's function f = (x² + y - 11)² + (x + y² - 7)² from a grid of
//! starts, and tells minima, saddles and the maximum apart by the Hessian.
//!
//!     cargo run --release --example himmelblau

use std::process::ExitCode;

use gradual::{CriticalKind, CriticalPoint, HyperDual, critical_point};
use nalgebra::{Matrix2, SVector, Vector2, vector};

type Number = HyperDual<f64, 2>;
type Found = CriticalPoint<f64, Vector2<f64>, Matrix2<f64>>;

fn himmelblau(v: &SVector<Number, 2>) -> Number {
    (v[0].powi(2) + v[1] - 11.0).powi(2) + (v[0] + v[1].powi(2) - 7.0).powi(2)
}

fn main() -> ExitCode {
    if let Some(argument) = std::env::args().nth(1) {
        if argument == "--help" {
            println!("Finds the nine critical points of Himmelblau's function. No arguments.");
            return ExitCode::SUCCESS;
        }
        eprintln!("himmelblau: unknown argument '{argument}'; try --help");
        return ExitCode::FAILURE;
    }
    let found = critical_points();
    println!("      x          y        f(x, y)   kind            curvatures");
    for p in &found {
        let (x, y) = (p.point[0], p.point[1]);
        let [low, high] = p.classification.eigenvalues.into();
        let kind = p.classification.kind;
        println!("{x:10.6} {y:10.6} {:12.6}   {kind:14} {low:9.3} {high:9.3}", p.value);
    }
    let count = |kind| found.iter().filter(|p| p.classification.kind == kind).count();
    let (minima, maxima) = (count(CriticalKind::LocalMinimum), count(CriticalKind::LocalMaximum));
    let saddles = count(CriticalKind::Saddle { index: 1 });
    println!("\n{minima} minima, {saddles} saddles, {maxima} maximum");
    if (minima, saddles, maxima) != (4, 4, 1) {
        eprintln!("himmelblau: expected 4 minima, 4 saddles and 1 maximum");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

/// The distinct critical points that are found from a grid on [-5, 5]², by value.
fn critical_points() -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    for i in -5..=5 {
        for j in -5..=5 {
            let start = vector![f64::from(i), f64::from(j)];
            // A start may lead nowhere: that is what the error says, and other starts will do.
            let Ok(point) = critical_point(himmelblau, &start) else { continue };
            if found.iter().all(|other| (other.point - point.point).norm() > 1e-6) {
                found.push(point);
            }
        }
    }
    found.sort_by(|a, b| a.value.total_cmp(&b.value));
    found
}
