//! Fits y = b1 (1 - exp(-b2 x)) to measured data by Newton's method, with the gradient and the
//! Hessian of the loss from one pass over hyper-dual numbers.
//!
//! The data are NIST's problem Misra1a, whose certified solution is printed beside the result.
//!
//!     cargo run --release --example fit

use std::process::ExitCode;

use gradual::{Real, hessian};
use nalgebra::{Matrix2, SVector, SymmetricEigen, Vector2};

/// NIST's first start, and the certified solution.
const START: [f64; 2] = [500.0, 0.0001];
const CERTIFIED: [f64; 2] = [2.3894212918e+02, 5.5015643181e-04];
const CERTIFIED_RESIDUAL: f64 = 1.2455138894e-01;

/// The sum of squared residuals, over any number: plain, dual or hyper-dual.
fn loss<T: Real<Scalar = f64>>(data: &[[f64; 2]], b: &SVector<T, 2>) -> T {
    data.iter().map(|&[x, y]| (b[0] * (-(-b[1] * x).exp_m1()) - y).powi(2)).sum()
}

fn main() -> ExitCode {
    if let Some(argument) = std::env::args().nth(1) {
        println!("Fits NIST's Misra1a by Newton's method. Usage: fit (no arguments)");
        if argument != "--help" {
            eprintln!("fit: unknown argument '{argument}'");
            return ExitCode::FAILURE;
        }
        return ExitCode::SUCCESS;
    }
    match fit(&data()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("fit: {message}");
            ExitCode::FAILURE
        }
    }
}

/// The rows (x, y) of the data file.
fn data() -> Vec<[f64; 2]> {
    let number = |text: &str| text.trim().parse().expect("a number");
    include_str!("data/misra1a.csv")
        .lines()
        .filter(|line| line.starts_with(|c: char| c.is_ascii_digit()))
        .map(|line| line.split_once(',').map(|(x, y)| [number(x), number(y)]).expect("two columns"))
        .collect()
}

fn fit(data: &[[f64; 2]]) -> Result<(), String> {
    let mut b = Vector2::from(START);
    println!("iteration          b1               b2          sum of squares   step");
    for iteration in 0..100 {
        let (sum, gradient, curvature) = hessian(|b| loss(data, b), &b);
        let Some((step, length)) = newton_step(data, &b, sum, &gradient, &curvature) else {
            println!("{iteration:9}  {:15.10e}  {:15.10e}  {sum:15.10e}   -", b[0], b[1]);
            return report(&b, sum, &curvature);
        };
        println!("{iteration:9}  {:15.10e}  {:15.10e}  {sum:15.10e}   {length}", b[0], b[1]);
        b += step;
    }
    Err("no convergence in 100 iterations".into())
}

/// The Newton step -|H|⁻¹ g, halved until the loss falls; none when it cannot fall any more, as what
/// the step promises is below the rounding of the loss itself.
///
/// |H| has the absolute eigenvalues of H in units of its diagonal, so that the step leads downhill
/// where the Hessian is indefinite, as it is at this start, and does not depend on the units of
/// the parameters.
fn newton_step(
    data: &[[f64; 2]],
    b: &Vector2<f64>,
    sum: f64,
    gradient: &Vector2<f64>,
    curvature: &Matrix2<f64>,
) -> Option<(Vector2<f64>, f64)> {
    let units = curvature.diagonal().map(|h| h.abs().sqrt().recip());
    let scale = Matrix2::from_diagonal(&units);
    let eigen = SymmetricEigen::new(scale * curvature * scale);
    let inverse = Matrix2::from_diagonal(&eigen.eigenvalues.map(|v| v.abs().recip()));
    let step =
        -(scale * eigen.eigenvectors * inverse * eigen.eigenvectors.transpose() * scale * gradient);
    if -step.dot(gradient) < 1e-15 * sum {
        return None;
    }
    std::iter::successors(Some(1.0), |length| Some(length / 2.0))
        .take(40)
        .map(|length| (step * length, length))
        .find(|(step, _)| loss(data, &(b + step)) < sum)
}

fn report(b: &Vector2<f64>, sum: f64, curvature: &Matrix2<f64>) -> Result<(), String> {
    println!("\n                     result          certified     agreeing digits");
    let rows = [
        ("b1", b[0], CERTIFIED[0]),
        ("b2", b[1], CERTIFIED[1]),
        ("sum of squares", sum, CERTIFIED_RESIDUAL),
    ];
    let mut fewest = f64::INFINITY;
    for (name, result, certified) in rows {
        // NIST certifies eleven digits.
        let digits = (-((result - certified) / certified).abs().log10()).min(11.0);
        println!("{name:14}  {result:.10e}   {certified:.10e}   {digits:.1}");
        fewest = fewest.min(digits);
    }
    let mut eigenvalues = curvature.symmetric_eigenvalues();
    eigenvalues.as_mut_slice().sort_by(f64::total_cmp);
    let kind = if eigenvalues[0] > 0.0 { "a minimum" } else { "not a minimum" };
    println!("\nHessian eigenvalues {:.6e} and {:.6e}: {kind}", eigenvalues[0], eigenvalues[1]);
    if fewest < 8.0 {
        return Err(format!("only {fewest:.1} digits agree with the certified values"));
    }
    Ok(())
}
