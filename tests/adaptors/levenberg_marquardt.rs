//! Levenberg-Marquardt on NIST's nonlinear regression problems, from NIST's second start, with Jacobians
//! from dual numbers. Data and certified values: NIST Statistical Reference Datasets.

use gradual::adaptors::levenberg_marquardt::LeastSquares;
// All of it: no name at the root is that of levenberg_marquardt.
use gradual::*;
use levenberg_marquardt::{LevenbergMarquardt, TerminationReason};

use super::nist::{Data, MISRA1A};

/// (x, y) of Thurber, higher difficulty.
const THURBER: &Data = &[
    (-3.067, 80.574),
    (-2.981, 84.248),
    (-2.921, 87.264),
    (-2.912, 87.195),
    (-2.840, 89.076),
    (-2.797, 89.608),
    (-2.702, 89.868),
    (-2.699, 90.101),
    (-2.633, 92.405),
    (-2.481, 95.854),
    (-2.363, 100.696),
    (-2.322, 101.060),
    (-1.501, 401.672),
    (-1.460, 390.724),
    (-1.274, 567.534),
    (-1.212, 635.316),
    (-1.100, 733.054),
    (-1.046, 759.087),
    (-0.915, 894.206),
    (-0.714, 990.785),
    (-0.566, 1090.109),
    (-0.545, 1080.914),
    (-0.400, 1122.643),
    (-0.309, 1178.351),
    (-0.109, 1260.531),
    (-0.103, 1273.514),
    (0.010, 1288.339),
    (0.119, 1327.543),
    (0.377, 1353.863),
    (0.790, 1414.509),
    (0.963, 1425.208),
    (1.006, 1421.384),
    (1.115, 1442.962),
    (1.572, 1464.350),
    (1.841, 1468.705),
    (2.047, 1447.894),
    (2.200, 1457.628),
];

/// (x, y) of MGH09, higher difficulty.
const MGH09: &Data = &[
    (4.0, 0.1957),
    (2.0, 0.1947),
    (1.0, 0.1735),
    (0.5, 0.16),
    (0.25, 0.0844),
    (0.167, 0.0627),
    (0.125, 0.0456),
    (0.1, 0.0342),
    (0.0833, 0.0323),
    (0.0714, 0.0235),
    (0.0625, 0.0246),
];

/// (x, y) of Rat43, higher difficulty.
const RAT43: &Data = &[
    (1.0, 16.08),
    (2.0, 33.83),
    (3.0, 65.80),
    (4.0, 97.20),
    (5.0, 191.55),
    (6.0, 326.20),
    (7.0, 386.87),
    (8.0, 520.53),
    (9.0, 590.03),
    (10.0, 651.92),
    (11.0, 724.93),
    (12.0, 699.56),
    (13.0, 689.96),
    (14.0, 637.56),
    (15.0, 717.41),
];

/// Fits, and demands six digits of every parameter and of the residual sum of squares.
#[track_caller]
fn fit(residuals: impl Function<Vec<f64>>, start: &[f64], certified: &[f64], sum: f64) {
    let solver = LevenbergMarquardt::new().with_patience(1000);
    let (fit, report) = solver.minimize(LeastSquares::new(residuals, start));
    assert!(report.termination.was_successful(), "{:?}", report.termination);
    let digits = |result: f64, certified: f64| -((result - certified) / certified).abs().log10();
    for (result, certified) in fit.parameters().iter().zip(certified) {
        assert!(digits(*result, *certified) > 6.0, "{result} and {certified}");
    }
    assert!(digits(fit.residual_sum_of_squares(), sum) > 6.0);
}

#[test]
fn misra1a() {
    let residuals = vector_function!(|b| {
        MISRA1A.iter().map(|(x, y)| b[0] * (1.0 - (-b[1] * x).exp()) - y).collect()
    });
    fit(residuals, &[250.0, 0.0005], &[2.3894212918e2, 5.5015643181e-4], 1.2455138894e-1);
}

#[test]
fn thurber() {
    let residuals = vector_function!(|b| {
        let model = |x: f64| {
            (b[0] + b[1] * x + b[2] * (x * x) + b[3] * (x * x * x))
                / (1.0 + b[4] * x + b[5] * (x * x) + b[6] * (x * x * x))
        };
        THURBER.iter().map(|&(x, y)| model(x) - y).collect()
    });
    let certified = [
        1.2881396800e3,
        1.4910792535e3,
        5.8323836877e2,
        7.5416644291e1,
        9.6629502864e-1,
        3.9797285797e-1,
        4.9727297349e-2,
    ];
    fit(residuals, &[1300.0, 1500.0, 500.0, 75.0, 1.0, 0.4, 0.05], &certified, 5.6427082397e3);
}

#[test]
fn mgh09() {
    let residuals = vector_function!(|b| {
        let model = |x: f64| b[0] * (b[1] * x + x * x) / (b[2] * x + b[3] + x * x);
        MGH09.iter().map(|&(x, y)| model(x) - y).collect()
    });
    let certified = [1.9280693458e-1, 1.9128232873e-1, 1.2305650693e-1, 1.3606233068e-1];
    fit(residuals, &[0.25, 0.39, 0.415, 0.39], &certified, 3.0750560385e-4);
}

#[test]
fn rat43() {
    let residuals = vector_function!(|b| {
        let model = |x: f64| b[0] / (1.0 + (b[1] - b[2] * x).exp()).powf(1.0 / b[3]);
        RAT43.iter().map(|&(x, y)| model(x) - y).collect()
    });
    let certified = [6.9964151270e2, 5.2771253025, 7.5962938329e-1, 1.2792483859];
    fit(residuals, &[700.0, 5.0, 0.75, 1.3], &certified, 8.7864049080e3);
}

/// Bad functions end with the solver's own reasons, not with a panic.
#[test]
fn bad_functions() {
    let nan = vector_function!(|b| vec![b[0].ln(), b[0]]);
    let (_, report) = LevenbergMarquardt::new().minimize(LeastSquares::new(nan, &[-1.0]));
    assert!(matches!(report.termination, TerminationReason::Numerical(_)), "{report:?}");

    let calls = std::cell::Cell::new(0);
    let changing = vector_function!(|b| {
        calls.set(calls.get() + 1);
        vec![b[0]; if calls.get() == 1 { 40 } else { 40 + calls.get() % 2 }]
    });
    let (_, report) = LevenbergMarquardt::new().minimize(LeastSquares::new(changing, &[1.0; 40]));
    assert!(!report.termination.was_successful(), "{report:?}");

    // a model that fails after a while
    let failing = try_vector_function!(|[x]| if x > 1.0 {
        Ok(vec![x * x - 0.25, x])
    } else {
        Err("the model holds for x > 1 only")
    });
    let problem = LeastSquares::new(failing, &[3.0]);
    assert!(problem.residual_sum_of_squares().is_ok());
    let (_, report) = LevenbergMarquardt::new().minimize(problem);
    assert!(matches!(report.termination, TerminationReason::User(_)), "{report:?}");
}
