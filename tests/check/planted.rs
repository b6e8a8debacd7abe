//! Errors that were planted, and right derivatives that must not be called wrong.

use gradual::check::{Verdict, check_hessian, compare_hessian};
use gradual::{Real, gradient, hessian};

/// Smooth functions of three variables, of every shape that programs have.
fn function<T: Real<Scalar = f64>>(number: usize, [x, y, z]: [T; 3]) -> T {
    let s = (x * x + y * y + z * z).powi(-3);
    match number {
        0 => (s * s - s) * 4.0,
        1 => (x * y).sin() * z + x.powi(3),
        2 => (x * 0.3 + y * 0.2).exp() / (z * z + 1.0),
        3 => (x * x + y.powi(4) + 0.5).ln() * z,
        4 => (x * x + y * y + z * z).sqrt() + x * 1e-4,
        5 => (x - y).powi(2) * 100.0 + (T::one() - z).powi(2) + x * z,
        6 => (x * 5.0).cos() * (y * 0.1).exp() + z.tanh() * 1e-3,
        7 => (x.exp() + y.exp() + z.exp()).ln(),
        8 => x * y * z * 1e3 + z * z * 1e-3,
        9 => (x / (y * y + 1.0)).atan() + (z * 3.0).sin(),
        10 => x.powi(5) - y.powi(4) * z + (x * y).powi(2),
        _ => (x * y + z).powf(T::literal(2.5)) + (x + 4.0).recip(),
    }
}
const FUNCTIONS: usize = 12;

/// Points with coordinates between 1/2 and 3/2.
fn points() -> impl Iterator<Item = [f64; 3]> {
    let mut state = 0.2_f64;
    std::iter::repeat_with(move || {
        [(); 3].map(|()| {
            state = (state * 997.0 + 0.123).fract();
            0.5_f64 + state
        })
    })
}

/// Right Hessians are not off, in whatever way extrapolations agree by accident.
#[test]
fn right_hessians_are_not_off() {
    for number in 0..FUNCTIONS {
        for x in points().take(12) {
            let report = check_hessian(|v| function(number, v), x);
            assert!(report.is_ok(), "{number} at {x:?}: {report}");
        }
    }
    // where two steps agree to 1500 times what they are off
    for x in [
        [1.0641254652555652, 0.20543093112663136, 0.29237066846520393],
        [0.5592130717709054, 0.6584325555926824, 0.580257925904391],
    ] {
        for number in 0..FUNCTIONS {
            let report = check_hessian(|v| function(number, v), x);
            assert!(report.is_ok(), "{number} at {x:?}: {report}");
            for entry in &report.comparisons {
                assert!(entry.deviation() <= 50.0 * entry.error + 1e-12, "{number}: {report}");
            }
        }
    }
}

/// An error of 1e-6 of an entry of the Hessian is off, also where the entry is small beside others.
#[test]
fn planted_errors_are_off() {
    for number in 0..FUNCTIONS {
        for (x, entry) in points().take(3).flat_map(|x| (0..9).map(move |entry| (x, entry))) {
            let (i, j) = (entry / 3, entry % 3);
            let spoilt = |v: [f64; 3]| {
                let mut h = hessian(|v| function(number, v), v).2;
                h[i][j] *= 1.0 + 1e-6;
                h
            };
            let slopes = |v: [f64; 3]| gradient(|v| function(number, v), v).1;
            let report = compare_hessian(slopes, spoilt, x);
            let planted = &report.comparisons[entry];
            let expected = if planted.given == 0.0 { Verdict::Agrees } else { Verdict::Off };
            assert_eq!(planted.verdict, expected, "{number}, {entry}: {report}");
        }
    }
}
