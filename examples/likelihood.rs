//! Two likelihoods, maximised by Newton's method with the Hessian of hyper-dual numbers, and the standard errors from that Hessian:
//! a mixture of two normal distributions, and an ordered logit with outliers, whose probabilities underflow. The data are drawn
//! from known parameters, by quantiles at equal steps and a scramble, so that every run is the same.
//!
//!     cargo run --release --example likelihood --features special

use std::process::ExitCode;

use gradual::special::{ln_logistic, log_add_exp, log1mexp, logistic, logit, norm_quantile};
use gradual::{Real, hessian};
use nalgebra::{DMatrix, DVector, SymmetricEigen};

/// The logarithm of 1/√(2π).
const LN_SCALE: f64 = -0.918_938_533_204_672_8;

/// Numbers in (0, 1): the golden ratio's multiples, which fill the interval evenly.
fn uniform(i: usize) -> f64 {
    (0.5 + i as f64 * 0.618_033_988_749_894_9).fract()
}

/// Minus the log-likelihood of x₁, x₂, ... under w N(m₁, s₁²) + (1 - w) N(m₂, s₂²), of the log-odds of w, the means, and the
/// logarithms of the deviations: all of them free.
fn mixture<T: Real<Scalar = f64>>(data: &[f64], p: &DVector<T>) -> T {
    let [odds, first, second] = [p[0], p[1], p[2]];
    let normal = |x: f64, mean: T, ln_deviation: T| {
        let z = (-mean + x) * (-ln_deviation).exp();
        -(z * z) * 0.5 - ln_deviation + LN_SCALE
    };
    data.iter()
        .map(|&x| {
            // Far from both, both densities underflow, and their logarithms do not.
            -log_add_exp(
                ln_logistic(odds) + normal(x, first, p[3]),
                ln_logistic(-odds) + normal(x, second, p[4]),
            )
        })
        .sum()
}

/// Minus the log-likelihood of an ordered logit: the classes 0, 1, 2 are the places of b x + noise among the cuts a and
/// a + exp(d).
fn ordered_logit<T: Real<Scalar = f64>>(data: &[(f64, usize)], p: &DVector<T>) -> T {
    let (slope, low, gap) = (p[0], p[1], p[2].exp());
    data.iter()
        .map(|&(x, class)| {
            let below = low - slope * x;
            let above = below + gap;
            -match class {
                0 => ln_logistic(below),
                // ln(σ(u) - σ(v)) = ln σ(u) + ln σ(-v) + ln(1 - exp(v - u)), whatever underflows
                1 => ln_logistic(above) + ln_logistic(-below) + log1mexp(-gap),
                _ => ln_logistic(-above),
            }
        })
        .sum()
}

/// Newton's method with halved steps, on curvatures that are taken positive: the minimum and the standard errors.
fn fit(
    loss: impl Fn(&DVector<f64>) -> (f64, DVector<f64>, DMatrix<f64>),
    start: &[f64],
) -> Result<(DVector<f64>, DVector<f64>, usize), String> {
    let mut p = DVector::from_column_slice(start);
    for steps in 0..100 {
        let (value, gradient, curvature) = loss(&p);
        let eigen = SymmetricEigen::new(curvature.clone());
        if gradient.amax() < 1e-9 {
            if eigen.eigenvalues.min() <= 0.0 {
                return Err("no minimum".into());
            }
            let covariance = curvature.try_inverse().ok_or("a singular Hessian")?;
            return Ok((p, covariance.diagonal().map(f64::sqrt), steps));
        }
        let along = eigen.eigenvectors.tr_mul(&gradient);
        let step = along.zip_map(&eigen.eigenvalues, |g, l| -g / l.abs().max(1e-3));
        let mut step = &eigen.eigenvectors * step;
        while step.amax() > 1e-12
            && loss(&(&p + &step)).0.partial_cmp(&value) != Some(std::cmp::Ordering::Less)
        {
            step *= 0.5;
        }
        p += &step;
    }
    Err("no convergence".into())
}

fn report(title: &str, names: &[&str], truth: &[f64], fit: (&[f64], &[f64], usize)) -> bool {
    let (found, errors, steps) = fit;
    println!("{title}, {steps} steps of Newton's method");
    for (((name, truth), found), error) in names.iter().zip(truth).zip(found).zip(errors) {
        println!("  {name:<10} {found:>8.4} ± {error:.4}   drawn with {truth:.4}");
    }
    // Within four standard errors of what the data were drawn from.
    found.iter().zip(truth).zip(errors).all(|((p, t), e)| (p - t).abs() < 4.0 * e)
}

fn run() -> Result<bool, String> {
    let draws: Vec<f64> = (0..400)
        .map(|i| {
            let z = norm_quantile(uniform(7 * i + 3));
            if uniform(i) < 0.3 { -1.0 + 0.5 * z } else { 2.0 + z }
        })
        .collect();
    let (p, errors, steps) =
        fit(|p| hessian(|p| mixture(&draws, p), p), &[0.0, -0.5, 1.0, 0.0, 0.0])?;
    let names = ["log-odds", "mean 1", "mean 2", "ln s 1", "ln s 2"];
    let truth = [logit(0.3), -1.0, 2.0, 0.5_f64.ln(), 0.0];
    let mixed = report("mixture", &names, &truth, (p.as_slice(), errors.as_slice(), steps));

    // The last three rows are outliers: with the first guess, their class has a probability of e⁻⁸⁰⁰ and less.
    let mut rows: Vec<(f64, usize)> = (0..400)
        .map(|i| {
            let x = 6.0 * uniform(3 * i + 1) - 3.0;
            let latent = 1.5 * x + logit(uniform(11 * i + 5));
            (x, usize::from(latent > -1.0) + usize::from(latent > 1.0))
        })
        .collect();
    rows.extend([(3.5, 1), (-3.5, 1), (3.0, 1)]);
    let start = [300.0, 0.0, 0.0];
    let first = ordered_logit(&rows, &DVector::from_column_slice(&start));
    println!(
        "at the first guess the loss is {first:.0}, and one probability {:e}",
        logistic(-1050.0_f64)
    );
    let (p, errors, steps) = fit(|p| hessian(|p| ordered_logit(&rows, p), p), &start)?;
    let names = ["slope", "low cut", "ln gap"];
    let truth = [1.5, -1.0, 2.0_f64.ln()];
    let ordered = report("ordered logit", &names, &truth, (p.as_slice(), errors.as_slice(), steps));
    Ok(mixed && ordered)
}

fn main() -> ExitCode {
    if let Some(argument) = std::env::args().nth(1) {
        println!(
            "Fits a mixture and an ordered logit by Newton's method. Usage: likelihood (no arguments)"
        );
        if argument != "--help" {
            eprintln!("likelihood: unknown argument '{argument}'");
            return ExitCode::FAILURE;
        }
        return ExitCode::SUCCESS;
    }
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => {
            eprintln!("likelihood: the estimates miss what the data were drawn with");
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("likelihood: {error}");
            ExitCode::FAILURE
        }
    }
}
