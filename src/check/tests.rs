//! Differences of known functions, and what is said of a derivative beside them.

use std::vec::Vec;

use super::derivatives::judge;
use super::differences::{Difference, Precision, differences};
use super::report::Verdict;

fn difference(f: impl Fn(f64) -> f64, x: f64, scale: f64) -> Difference {
    let precision = Precision { epsilon: f64::EPSILON, round: |x| x };
    differences(&mut |v| Vec::from([f(v[0])]), &[x], 0, scale, precision)[0]
}

/// Extrapolation takes smooth functions to nearly all digits, and the error is neither hidden nor exaggerated.
#[test]
fn smooth_functions() {
    type Plain = fn(f64) -> f64;
    let functions: [(Plain, Plain); 4] = [
        (|x| (3.0 * x).sin(), |x| 3.0 * (3.0 * x).cos()),
        (f64::exp, f64::exp),
        (|x| x.recip(), |x| -(x * x).recip()),
        (|x| x * x * x, |x| 3.0 * x * x),
    ];
    for (f, slope) in functions {
        for x in [0.7, 1.3, -2.2] {
            let by = difference(f, x, f64::abs(x));
            let off = (by.slope - slope(x)).abs() / slope(x).abs();
            assert!(off < 1e-12, "{by:?} at {x}");
            assert!(by.error < 2e-11 * slope(x).abs() && !by.kink, "{by:?} at {x}");
            assert!((by.slope - slope(x)).abs() <= 10.0 * by.error, "{by:?} at {x}");
        }
    }
}

/// Steps out of the domain are left out, on one side and on both.
#[test]
fn near_the_end_of_the_domain() {
    let by = difference(|x| (x - 1.0).sqrt(), 1.001, 1.0);
    assert!((by.slope / (0.5 / 0.001_f64.sqrt()) - 1.0).abs() < 1e-9, "{by:?}");
    let nowhere = difference(|x| if x == 1.0 { 2.0 } else { f64::NAN }, 1.0, 1.0);
    assert!(nowhere.slope.is_nan() && nowhere.error == f64::INFINITY && !nowhere.kink);
}

/// A kink is where the one-sided slopes stay apart; a slope that varies fast, or steeply, is none.
#[test]
fn kinks() {
    assert!(difference(f64::abs, 0.0, 1.0).kink);
    assert!(difference(|x| 5.0 * x + 1e-3 * x.abs(), 0.0, 1.0).kink);
    assert!(difference(|x| if x < 2.0 { 1.0 } else { 1.1 }, 2.0, 2.0).kink);
    // the gap of x |x| is halved with the step, that of |x|^1.1 hardly less
    assert!(!difference(|x| x * x.abs(), 0.0, 1.0).kink);
    assert!(!difference(|x| x + 100.0 * x * x, 0.5, 0.5).kink);
    // one that rounding hides is none
    assert!(!difference(|x| 1e10 + x.abs() * 1e-8, 0.0, 1.0).kink);
    // nor is one that is far below the slope
    assert!(!difference(|x| x + 1e-8 * x.abs(), 0.0, 1.0).kink);
}

/// A fast oscillation whose large steps agree with each other by accident.
#[test]
fn oscillations() {
    let by = difference(|x| (1e5 * x).sin(), 1.0, 1.0);
    let slope = 1e5 * 1e5_f64.cos();
    assert!((by.slope - slope).abs() < 1e-6 * slope.abs(), "{by:?}");
}

/// Every threshold from both sides, at numbers that are exact.
#[test]
fn verdicts() {
    use Verdict::{Agrees, Off, Unclear};

    // `tiny` is the square root of ε
    let verdict = |given, slope, error, largest, tiny: f64| {
        judge(given, Difference { slope, error, kink: false }, largest, tiny * tiny)
    };
    // a hundred errors, where the deviation is no rounding
    let hundred = 100.0 / 1024.0;
    assert_eq!(verdict(1.0 + hundred, 1.0, 1.0 / 1024.0, 0.0, 1e-8), Agrees);
    assert_eq!(verdict(1.0 + 1.01 * hundred, 1.0, 1.0 / 1024.0, 0.0, 1e-8), Off);
    // rounding of the derivative itself
    assert_eq!(verdict(4.0, 3.0, 0.0, 0.0, 0.25), Agrees);
    assert_eq!(verdict(4.0, 2.5, 0.0, 0.0, 0.25), Off);
    assert_eq!(verdict(1.0 + 1e-12, 1.0, 0.0, 0.0, 1e-8), Agrees);
    // rounding of the value, to which another coordinate adds more
    assert_eq!(verdict(4.0, 2.0, 0.0, 8.0, 0.25), Unclear);
    assert_eq!(verdict(4.0, 2.0, 0.0, 7.9, 0.25), Off);
    // 4096 ε, where that is less than the square root of ε
    let (own, largest) = (2.0_f64.powi(-20), 1.0);
    let dust = 4096.0 * 2.0_f64.powi(-52);
    assert_eq!(verdict(own + dust, own, 0.0, largest, 2.0_f64.powi(-26)), Unclear);
    assert_eq!(verdict(own + dust * 1.01, own, 0.0, largest, 2.0_f64.powi(-26)), Off);
    // differences that are no good
    assert_eq!(verdict(2.0, 1.9, 0.5, 0.0, 1e-8), Unclear);
    assert_eq!(verdict(2.0, 1.999, 0.001, 0.0, 1e-8), Agrees);
    // zero
    assert_eq!(verdict(0.0, 0.0, 1.0, 0.0, 0.25), Agrees);
    assert_eq!(verdict(0.0, 1.0, 1.0, 2.0, 0.25), Unclear);
    assert_eq!(verdict(0.0, 0.125, 0.25, 2.0, 0.25), Agrees);
    assert_eq!(verdict(0.125, 0.0, 0.25, 2.0, 0.25), Unclear);
    // no number at all
    for given in [f64::INFINITY, f64::NAN] {
        assert_eq!(verdict(given, 2.0, 0.001, 0.0, 1e-8), Off);
        assert_eq!(verdict(given, 2.0, 0.003, 0.0, 1e-8), Unclear);
        assert_eq!(verdict(given, 2.0, 0.003, 4.0, 1e-8), Off);
        assert_eq!(verdict(given, f64::NAN, 0.0, 0.0, 1e-8), Unclear);
    }
    let kink = Difference { slope: 1.0, error: 0.0, kink: true };
    assert_eq!(judge(5.0, kink, 0.0, 1e-16), Unclear);
}
