//! The checks of derivatives against differences: what is right, what is off, and what differences cannot tell.

use gradual::check::*;
use gradual::{Dual, Real, assert_gradient, assert_hessian, assert_jacobian, gradient};

fn program<T: Real<Scalar = f64>>(x: T, y: T) -> T {
    (x * y).sin() * x.exp() + y.powi(3) / (x * x + 1.0)
}

#[track_caller]
fn verdicts(report: &DerivativeReport) -> Vec<Verdict> {
    report.comparisons.iter().map(|e| e.verdict).collect()
}

#[test]
fn the_crates_own_derivatives_agree() {
    let all = |report: &DerivativeReport, n: usize| {
        assert_eq!(report.comparisons.len(), n);
        assert_eq!((report.count(Verdict::Agrees), report.points), (n, 5), "{report}");
        for entry in &report.comparisons {
            assert!(entry.deviation() <= 1e-7 * entry.given.abs(), "{report}");
        }
    };
    all(&check_gradient(|[x, y]| program(x, y), [0.7, 1.3]), 2);
    all(&check_hessian(|[x, y]| program(x, y), [0.7, 1.3]), 6);
    all(&check_jacobian(|[x, y]| [program(x, y), program(y, x), x * y], [0.7, 1.3]), 6);
    // more variables than a chunk, in a slice
    let point: Vec<f64> = (0..37).map(|i| 0.5 + 0.03 * f64::from(i)).collect();
    all(&check_gradient(|v| v.windows(2).map(|w| program(w[0], w[1])).sum(), &point), 37);
    let outputs = check_jacobian(|v| vec![v[0] * v[36].exp(), v[20].sin()], &point);
    assert!(outputs.is_ok() && outputs.comparisons.len() == 74, "{outputs}");
    let hessian = check_hessian(|v| v.windows(2).map(|w| program(w[0], w[1])).sum(), &point[..6]);
    assert_eq!((hessian.count(Verdict::Agrees), hessian.comparisons.len()), (42, 42), "{hessian}");
}

/// Far from 1, and in single precision.
#[test]
fn in_every_unit() {
    for scale in [1e-150, 1e-12, 1e9, 1e100] {
        let report =
            check_gradient(|[x, y]| program(x / scale, y / scale), [0.7 * scale, 1.3 * scale]);
        assert_eq!(report.count(Verdict::Agrees), 2, "{report}");
    }
    // coordinates of different units, and a zero among them
    let report = check_gradient(
        |[x, y, z]| (x * 1e12).sin() * (y * 1e-9).cos() + z.exp(),
        [2e-12, 1e9, 0.0],
    );
    assert!(report.is_ok() && report.comparisons[0].verdict == Verdict::Agrees, "{report}");
    let report = check_gradient(|[x, y]| (x * y).sin() * x.exp() + y.powi(3), [0.7_f32, 1.3]);
    assert_eq!(report.count(Verdict::Agrees), 2, "{report}");
    // a function that varies faster than the point's size suggests
    let report = check_gradient(|[x]| (x * 1e5).sin(), [1.0]);
    assert!(report.is_ok(), "{report}");
}

/// Every single mistake is found, in the right place, however small it is beside its entry.
#[test]
fn mistakes_are_found() {
    let f = |[x, y]: [f64; 2]| program(x, y);
    let exact = |[x, y]: [f64; 2]| gradient(|[x, y]| program(x, y), [x, y]).1;
    assert_eq!(verdicts(&compare_gradient(f, exact, [0.7, 1.3])), [Verdict::Agrees; 2]);
    for wrong in 0..2 {
        for mistake in [1.0 + 1e-6, 1.01, -1.0, 0.0, f64::NAN, f64::INFINITY] {
            let spoilt = |v: [f64; 2]| {
                let mut g = exact(v);
                g[wrong] *= mistake;
                g
            };
            let report = compare_gradient(f, spoilt, [0.7, 1.3]);
            let expected = [0, 1].map(|i| if i == wrong { Verdict::Off } else { Verdict::Agrees });
            assert_eq!(verdicts(&report), expected, "{mistake}: {report}");
            assert!(!report.is_ok() && report.count(Verdict::Off) == 1);
        }
    }
    // by how much
    let report = compare_gradient(|[x]: [f64; 1]| x * x, |[x]: [f64; 1]| [2.0 * x + 0.5], [3.0]);
    assert!((report.comparisons[0].deviation() - 0.5).abs() < 1e-9, "{report}");
    // a mistake that is none at the point itself
    let report = compare_gradient(|[x]: [f64; 1]| x.powi(3), |[x]: [f64; 1]| [6.0 * x], [2.0]);
    assert_eq!(verdicts(&report), [Verdict::Off]);
    assert_ne!(report.comparisons[0].point, [2.0]);
}

/// The point itself and four near it, different from each other in every coordinate.
#[test]
fn where_it_looks() {
    use std::cell::RefCell;

    let x = [2.0, -30.0, 0.5];
    let points = RefCell::new(Vec::new());
    let g = |v: [f64; 3]| {
        points.borrow_mut().push(v);
        v.map(|x| 2.0 * x)
    };
    let f = |v: [f64; 3]| v.iter().map(|x| x * x).sum::<f64>();
    assert_eq!(compare_gradient(f, g, x).points, 5);
    let points = points.into_inner();
    assert_eq!((points.len(), points[0]), (5, x));
    for i in 0..3 {
        let mut shares: Vec<f64> = points.iter().map(|v| v[i] / x[i] - 1.0).collect();
        assert!(shares.iter().all(|share| share.abs() <= 0.05), "{points:?}");
        shares.sort_by(f64::total_cmp);
        assert!(shares.windows(2).all(|pair| pair[0] < pair[1]), "{points:?}");
    }
}

/// Beside what another coordinate adds to the value, a deviation is no mistake that differences could tell:
/// compared in units of each coordinate's size.
#[test]
fn deviations_are_judged_beside_the_largest_effect() {
    let f = |[x, y]: [f64; 2]| x * 1e12 + y * 1e-15;
    // x adds 2 to the value and y adds 1e-6; 4096 ε are 9.1e-13
    for (mistake, verdict) in [(1.5e-6, Verdict::Unclear), (2.5e-6, Verdict::Off)] {
        let g = |_: [f64; 2]| [1e12, 1e-15 * (1.0 + mistake)];
        let report = compare_gradient(f, g, [2e-12, 1e9]);
        assert_eq!(verdicts(&report), [Verdict::Agrees, verdict], "{report}");
    }
}

#[test]
fn jacobians_and_hessians_by_hand() {
    let polar = |[r, t]: [f64; 2]| [r * t.cos(), r * t.sin()];
    let right = |[r, t]: [f64; 2]| [[t.cos(), -r * t.sin()], [t.sin(), r * t.cos()]];
    assert_jacobian!(polar, right, [2.0, 0.5]);
    let swapped = |[r, t]: [f64; 2]| [[t.cos(), t.sin()], [-r * t.sin(), r * t.cos()]];
    let report = compare_jacobian(polar, swapped, [2.0, 0.5]);
    assert_eq!(verdicts(&report), [Verdict::Agrees, Verdict::Off, Verdict::Off, Verdict::Agrees]);
    assert_eq!(report.comparisons[1].derivative, Derivative::Output { output: 0, variable: 1 });

    let gradient = |[x, y]: [f64; 2]| [2.0 * x * y, x * x];
    let hessian = |[x, y]: [f64; 2]| vec![vec![2.0 * y, 2.0 * x], vec![2.0 * x, 0.0]];
    assert_hessian!(gradient, hessian, [3.0, 2.0]);
    let wrong = |[x, y]: [f64; 2]| vec![vec![2.0 * y, 2.0 * x], vec![2.0 * x, y]];
    let report = compare_hessian(gradient, wrong, [3.0, 2.0]);
    assert_eq!(report.comparisons[3].verdict, Verdict::Off);
    assert_eq!(report.comparisons[3].derivative, Derivative::Second { row: 1, column: 1 });
    assert_eq!(report.count(Verdict::Agrees), 3, "{report}");
}

#[cfg(feature = "nalgebra")]
#[test]
fn vectors_and_matrices_of_nalgebra() {
    use nalgebra::{Matrix2, Vector2, dvector, vector};

    assert!(check_gradient(|v| v.norm(), &dvector![3.0, 4.0, 5.0]).is_ok());
    assert!(check_hessian(|v| v.norm(), &vector![3.0, 4.0]).is_ok());
    assert!(check_jacobian(|v| v * v.norm(), &vector![3.0, 4.0]).is_ok());
    let m = Matrix2::new(3.0, 1.0, 2.0, 5.0);
    let report = check_gradient(|m| m.determinant(), &m);
    assert_eq!(report.count(Verdict::Agrees), 4, "{report}");
    let f = |v: &Vector2<f64>| v[0] * v[0] * v[1];
    let g = |v: &Vector2<f64>| vector![2.0 * v[0] * v[1], v[0] * v[0]];
    let h = |v: &Vector2<f64>| Matrix2::new(2.0 * v[1], 2.0 * v[0], 2.0 * v[0], 0.0);
    assert_gradient!(f, g, &vector![3.0, 2.0]);
    assert_hessian!(g, h, &vector![3.0, 2.0]);
}

/// A branch on an exact zero, as the guarantees warn of it, is a wrong derivative.
#[test]
fn a_branch_on_a_zero_is_found() {
    let report = check_gradient(|[x]| if x == 0.0 { x * 0.0 } else { x * (x + 3.0) }, [0.0]);
    assert_eq!(verdicts(&report), [Verdict::Off], "{report}");
    assert_eq!((report.comparisons[0].given, &report.comparisons[0].point[..]), (0.0, &[0.0][..]));
}

/// Where differences cannot tell, they say so, and do not accuse.
#[test]
fn what_differences_cannot_tell() {
    // a kink: the central difference is 0, the one-sided ones ±1
    let report = check_gradient(|[x, y]| x.abs() + y, [0.0, 1.0]);
    assert_eq!(verdicts(&report), [Verdict::Unclear, Verdict::Agrees], "{report}");
    let report = check_gradient(|[x]| (x - 1.0).max(0.0) * 3.0 + x, [1.0]);
    assert_eq!(verdicts(&report), [Verdict::Unclear], "{report}");
    // a jump
    let report = check_gradient(|[x]| x.floor() + x, [1.0]);
    assert_eq!(verdicts(&report), [Verdict::Unclear], "{report}");
    // the end of the domain
    let report = check_gradient(|[x]| (x - 1.0).sqrt(), [1.0]);
    assert_eq!(verdicts(&report), [Verdict::Unclear], "{report}");
    // near to it there are steps within
    let report = check_gradient(|[x]| (x - 1.0).sqrt(), [1.001]);
    assert_eq!(verdicts(&report), [Verdict::Agrees], "{report}");
    // values that rounding hides: 1e20 + x
    let report = check_gradient(|[x, y]| x + y, [1.0, 1e20]);
    assert_eq!(report.comparisons[0].verdict, Verdict::Unclear, "{report}");
    assert!(report.is_ok());
    // not finite at all
    let report = check_gradient(|[x]| x.ln(), [-1.0]);
    assert_eq!((verdicts(&report), report.points), (vec![Verdict::Unclear], 1), "{report}");
}

#[test]
fn the_table() {
    let f = |[x, y]: [f64; 2]| x * x * y;
    let by_hand = |[x, y]: [f64; 2]| [2.0 * x * y, 2.0 * x];
    let text = compare_gradient(f, by_hand, [3.0, 2.0]).to_string();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], "2 derivatives at 5 points: 1 off, 0 unclear");
    assert_eq!(lines.len(), 4);
    let columns: Vec<&str> = lines[1].split_whitespace().collect();
    assert_eq!(columns, ["given", "by", "differences", "deviation", "their", "error", "at"]);
    assert!(lines[2].starts_with("∂f/∂x0  ") && lines[2].contains(" agrees "), "{text}");
    assert!(lines[3].starts_with("∂f/∂x1  ") && lines[3].contains(" OFF "), "{text}");
    // the columns stand below each other: the last one to the left, the numbers to the right
    let column = |line: &str, text: &str| line[..line.rfind(text).unwrap()].chars().count();
    assert_eq!(column(lines[1], "at"), column(lines[2], "["), "{text}");
    assert_eq!(column(lines[1], "at"), column(lines[3], "["), "{text}");
    let ends =
        |line: &str, text: &str| line[..line.find(text).unwrap() + text.len()].chars().count();
    let given: Vec<&str> = lines[2].split_whitespace().collect();
    assert_eq!(ends(lines[1], "given"), ends(lines[2], given[1]), "{text}");
    assert_eq!(ends(lines[1], "their error"), ends(lines[2], given[4]), "{text}");
    // six coordinates are shown
    let sum = |v: &[f64]| compare_gradient(|v: &[f64]| v.iter().sum(), |v| vec![1.0; v.len()], v);
    assert!(!sum(&[1.0; 6]).to_string().contains("..."));
    assert!(sum(&[1.0; 7]).to_string().contains(", ...]"));
    // many derivatives: those only that do not agree
    let point = [1.0; 50];
    let spoilt = |v: [f64; 50]| {
        let mut g = v.map(|x| 2.0 * x);
        g[33] = 0.0;
        g
    };
    let text = compare_gradient(|v: [f64; 50]| v.iter().map(|x| x * x).sum(), spoilt, point);
    let text = text.to_string();
    assert_eq!(text.lines().count(), 3, "{text}");
    assert!(text.lines().nth(2).unwrap().starts_with("∂f/∂x33"));
    assert!(text.contains("..."));
    let second = Derivative::Second { row: 1, column: 1 };
    assert_eq!(second.to_string(), "∂²f/∂x1²");
    assert_eq!(Derivative::Second { row: 1, column: 0 }.to_string(), "∂²f/∂x1∂x0");
    assert_eq!(Derivative::Output { output: 2, variable: 0 }.to_string(), "∂f2/∂x0");
}

#[test]
fn assertions_pass() {
    assert_gradient!(|[x, y]| program(x, y), [0.7, 1.3]);
    assert_hessian!(|[x, y]| program(x, y), [0.7, 1.3],);
    assert_jacobian!(|[x, y]| [program(x, y)], [0.7, 1.3]);
    assert_gradient!(|[x]: [Dual; 1]| x.sin(), [0.7]);
}

#[test]
#[should_panic(expected = "1 off, 0 unclear")]
fn assertions_fail() {
    assert_gradient!(|[x]: [f64; 1]| x * x, |[x]: [f64; 1]| [x], [2.0]);
}

#[test]
#[should_panic(expected = "3 derivatives of 1 values with respect to 2 coordinates")]
fn a_gradient_of_another_length() {
    let _ = compare_gradient(|[x, y]: [f64; 2]| x * y, |_| vec![1.0, 2.0, 3.0], [1.0, 2.0]);
}
