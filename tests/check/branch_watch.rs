//! The branch watch: every kind of decision, with its place, and the losses that the guarantees and
//! `docs/linear-algebra.md` warn of.
#![cfg(feature = "nalgebra")]

use gradual::check::{BranchReport, Decision, Finding, Watched, watch};
use gradual::{Dual, Jet, derivative};
use nalgebra::{Complex, RealField, UnitQuaternion, dvector, vector};
use num_traits::{
    AsPrimitive, Euclid, Float, FromPrimitive, NumCast, One, Signed, ToPrimitive, Zero,
};

type Number = Jet<f64, Watched<f64>>;

/// The one finding of a program of (x, y).
#[track_caller]
fn only(program: impl FnOnce(Number, Number), x: f64, y: f64) -> Finding {
    let report = watch(|[x, y]| program(x, y), [x, y]);
    assert_eq!(report.findings.len(), 1, "{report}");
    report.findings[0].clone()
}

/// Each decision in a line of its own, reported with that line.
#[test]
fn every_decision_with_its_place() {
    macro_rules! check {
        ($decision:ident, $variables:expr, |$a:ident, $b:ident| $program:expr, $x:expr, $y:expr) => {
            let (line, found) = (
                line!(),
                only(
                    |$a, $b| {
                        let _ = $program;
                    },
                    $x,
                    $y,
                ),
            );
            assert_eq!(found.decision, Decision::$decision, stringify!($program));
            assert_eq!(
                (found.place.file(), found.place.line()),
                (file!(), line),
                stringify!($program)
            );
            assert_eq!(
                (found.count, &found.variables[..]),
                (1, &$variables[..]),
                stringify!($program)
            );
        };
    }
    check!(ExactTest, [0], |x, _y| x.is_zero(), 0.0, 1.0);
    check!(ExactTest, [0], |x, _y| x.is_one(), 1.0, 1.0);
    check!(ExactTest, [0, 1], |x, y| (x * y).is_zero(), 0.0, 1.0);
    // ... of the second order only
    check!(ExactTest, [0], |x, _y| (x * x).is_zero(), 0.0, 1.0);
    check!(ExactTest, [0, 1], |x, y| (x * y).is_zero(), 0.0, 0.0);
    check!(ExactTest, [1], |_x, y| y.classify(), 0.0, 0.0);
    check!(ExactTest, [1], |_x, y| y.is_normal(), 0.0, 0.0);
    check!(Comparison, [0], |x, _y| x == 0.0, 0.0, 1.0);
    check!(Comparison, [0], |x, _y| x != 0.5, 0.5, 1.0);
    check!(Comparison, [0], |x, _y| 0.5 == x, 0.5, 1.0);
    check!(Comparison, [0], |x, _y| 0.5 != x, 0.5, 1.0);
    check!(Comparison, [0], |x, _y| x > 0.5, 0.5, 1.0);
    check!(Comparison, [0], |x, _y| x <= 0.5, 0.5, 1.0);
    check!(Comparison, [0], |x, _y| 0.5 < x, 0.5, 1.0);
    check!(Comparison, [0], |x, _y| x.partial_cmp(&0.5), 0.5, 1.0);
    check!(Comparison, [0, 1], |x, y| x == y, 2.0, 2.0);
    check!(Comparison, [0, 1], |x, y| x != y, 2.0, 2.0);
    check!(Comparison, [0, 1], |x, y| x < y, 2.0, 2.0);
    check!(Comparison, [0, 1], |x, y| x >= y, 2.0, 2.0);
    check!(Comparison, [0, 1], |x, y| x.partial_cmp(&y), 2.0, 2.0);
    check!(Comparison, [0, 1], |x, y| x.total_cmp(&y), 2.0, 2.0);
    check!(Threshold, [0], |x, _y| x < 1e-9, 0.0, 1.0);
    check!(Threshold, [0], |x, _y| x >= -1e-16, 0.0, 1.0);
    check!(Threshold, [0], |x, _y| 1e-16 > x, 0.0, 1.0);
    check!(Threshold, [0], |x, _y| Number::constant(1e-16) > x * x, 0.0, 1.0);
    check!(Threshold, [0, 1], |x, y| x * y <= Number::constant(1e-16), 0.0, 0.0);
    check!(Tie, [0, 1], |x, y| x.max(y), 2.0, 2.0);
    check!(Tie, [0, 1], |x, y| x.min(y), 2.0, 2.0);
    check!(Tie, [0], |x, _y| x.max(0.0), 0.0, 2.0);
    check!(Tie, [0], |x, _y| x.clamp(0.0, 1.0), 0.0, 2.0);
    check!(Tie, [0], |x, _y| x.clamp(0.0, 1.0), 1.0, 2.0);
    check!(Tie, [0, 1], |x, y| x.abs_sub(y), 2.0, 2.0);
    check!(Kink, [0], |x, _y| x.abs(), 0.0, 2.0);
    check!(Kink, [0], |x, _y| x.copysign(-1.0), 0.0, 2.0);
    check!(Kink, [0], |x, y| x.hypot(y - y), 0.0, 2.0);
    check!(Sign, [1], |x, y| x.copysign(y), 2.0, 0.0);
    check!(Sign, [0], |x, _y| x.signum(), 0.0, 2.0);
    check!(Sign, [0], |x, _y| x.is_sign_negative(), 0.0, 2.0);
    check!(Sign, [0], |x, _y| x.is_sign_positive(), -0.0, 2.0);
    check!(Step, [0], |x, _y| x.floor(), 3.0, 2.0);
    check!(Step, [0], |x, _y| x.ceil(), 3.0, 2.0);
    check!(Step, [0], |x, _y| x.trunc(), 3.0, 2.0);
    check!(Step, [0], |x, _y| x.fract(), 3.0, 2.0);
    check!(Step, [0], |x, _y| x.round(), -3.5, 2.0);
    check!(Step, [0], |x, _y| x.round_ties_even(), 3.5, 2.0);
    check!(Step, [0], |x, _y| x % 2.0, 6.0, 2.0);
    check!(Step, [1], |_x, y| 6.0 % y, 6.0, 2.0);
    check!(Step, [0], |x, _y| x.rem_euclid(2.0), 6.0, 2.0);
    check!(Step, [0], |x, _y| x.div_euclid(2.0), 6.0, 2.0);
    check!(Conversion, [0], |x, _y| x.to_f64(), 3.0, 2.0);
    check!(Conversion, [0], |x, _y| x.to_i32(), 3.0, 2.0);
    check!(Conversion, [0], |x, _y| <Number as NumCast>::from(x), 3.0, 2.0);
    check!(Conversion, [0], |x, _y| AsPrimitive::<f64>::as_(x), 3.0, 2.0);
    check!(Conversion, [0], |x, _y| Float::integer_decode(x), 3.0, 2.0);
    // in a crate of which nothing knows its caller
    let found = only(|x, _| assert_eq!(nalgebra::try_convert::<_, f64>(x), Some(3.0)), 3.0, 2.0);
    assert_eq!(found.decision, Decision::Conversion);
    assert!(found.place.file().contains("simba"));
}

/// The same through the traits of generic code: the line is the generic function's.
#[test]
fn through_traits() {
    fn by_float<T: Float>(x: T) -> u32 {
        let _ = x.abs();
        let _ = x.signum();
        let _ = x.max(T::zero());
        let _ = x.floor();
        let _ = x > T::zero();
        line!()
    }
    let mut line = 0;
    let report = watch(|v| line = by_float(v[0]), &vector![0.0]);
    let lines: Vec<u32> = report.findings.iter().map(|f| f.place.line()).collect();
    assert_eq!(lines, [line - 5, line - 4, line - 3, line - 2, line - 1]);
    assert!(report.findings.iter().all(|f| f.place.file() == file!()));

    fn by_others<T: Signed + Euclid + RealField + NumCast>(x: T) -> u32 {
        let _ = Signed::abs(&x);
        let _ = Signed::is_positive(&x);
        let _ = Euclid::rem_euclid(&x, &T::one());
        let _ = x.clone().norm1();
        let _ = x.clone().to_exp();
        let _ = <T as NumCast>::from(x);
        line!()
    }
    let report = watch(|v| line = by_others(v[0]), &vector![0.0]);
    let lines: Vec<u32> = report.findings.iter().map(|f| f.place.line()).collect();
    assert_eq!(lines, (line - 6..line).collect::<Vec<_>>());
}

/// Where no decision hangs on an exact value there is nothing to report, and constants decide nothing.
#[test]
fn nothing_to_report() {
    fn program<T: Float + FromPrimitive>(x: T, y: T) -> T {
        let half = T::from_f64(0.5).unwrap();
        let a = if x > half { x.sin() } else { y.cos() };
        let b = x.max(y).min(half).abs() + y.floor() + x.round() + (x - y).signum();
        a + b + x % y + if y.is_zero() { half } else { y.recip() } + x.hypot(y).fract()
    }
    for point in [vector![0.3, 1.7], vector![-2.6, 0.4], vector![1e-300, -2.5]] {
        assert!(watch(|v| program(v[0], v[1]), &point).is_empty());
    }
    let zero = Number::constant(0.0);
    let constants = watch(
        |v| {
            let same = v[0] + v[1] == v[1] + v[0] && v[0].max(v[0]) == v[0];
            let lost =
                zero.is_zero() && zero == 0.0 && zero.abs() >= zero && zero.to_f64() == Some(0.0);
            // a value that does not vary is a constant as well
            same && lost && (v[0] - v[0]).is_zero() && (v[0] * 0.0).is_zero()
        },
        &vector![0.0, 0.0],
    );
    assert!(constants.is_empty(), "{constants}");
    assert_eq!(constants.to_string(), "no decision on an exact value");
}

/// nalgebra's thresholds for a rotation that counts as none.
#[test]
fn thresholds_of_others() {
    for point in [vector![0.0, 0.0, 0.0], vector![0.0, -0.0, 0.0]] {
        let report = watch(|v| UnitQuaternion::new(*v).i, &point);
        assert_eq!(report.findings[0].decision, Decision::Threshold, "{report}");
        assert_eq!(report.findings[0].variables, [0, 1, 2]);
        assert!(report.to_string().contains("comparison of zero with a threshold at 0, once"));
    }
    // a distance from zero, or from the constant, is none
    let far = watch(|[x, y]| x < 1e-6 || y < 1e-9 || x - 1e-9 > y, [0.0, 1e-12]);
    assert!(far.is_empty(), "{far}");
}

#[test]
fn counts_and_text() {
    let report = watch(
        |v| v.iter().filter(|x| **x > 1.0).count() + (v[2].abs() == 0.0) as usize,
        &dvector![1.0, 2.0, 0.0, 1.0],
    );
    assert_eq!(report.findings.len(), 3, "{report}");
    assert_eq!((report.findings[0].count, &report.findings[0].variables[..]), (2, &[0, 3][..]));
    assert_eq!(report.findings[0].value, 1.0);
    let text = report.to_string();
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines[0].starts_with(file!()), "{text}");
    assert!(
        lines[0].contains("comparison of equal values at 1, 2 times, of variables 0, 3: "),
        "{text}"
    );
    assert!(lines[1].contains("kink at 0, once, of variable 2: "), "{text}");
    // what becomes of the derivatives, for each decision
    assert!(lines[0].ends_with("this one may not have its derivatives"), "{text}");
    assert!(lines[1].ends_with("the derivatives are those of one side"), "{text}");
    assert!(lines[2].ends_with("this one may not have its derivatives"), "{text}");
    let consequence = |report: BranchReport| report.to_string();
    let tie = consequence(watch(|v| v[0].max(v[1]), &vector![1.0, 1.0]));
    assert!(tie.ends_with("the derivatives are those of one operand"), "{tie}");
    let step = consequence(watch(|v| v[0].floor(), &vector![1.0]));
    assert!(step.ends_with("the value jumps here, the derivatives are zero"), "{step}");
    let dropped = consequence(watch(|v| v[0].to_f64(), &vector![1.0]));
    assert!(dropped.ends_with("the derivatives are dropped"), "{dropped}");
    // many variables
    let many = watch(|v| v.iter().map(|x| x.abs()).sum::<Number>(), &nalgebra::DVector::zeros(300));
    assert_eq!((many.findings[0].count, many.findings[0].variables.len()), (300, 128));
}

/// A watch inside a watch, after a panic, and on another thread, each sees its own.
#[test]
fn watches_do_not_mix() {
    let look = |v: &nalgebra::Vector1<Number>| v[0].abs();
    let outer = watch(
        |v| {
            let inner = watch(look, &vector![0.0]);
            assert_eq!(inner.findings.len(), 1);
            v[0].floor()
        },
        &vector![1.0],
    );
    assert_eq!(outer.findings.len(), 1);
    assert_eq!(outer.findings[0].decision, Decision::Step);
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| ()));
    let result = std::panic::catch_unwind(|| watch(|_| panic!("on purpose"), &vector![0.0_f64]));
    std::panic::set_hook(hook);
    assert!(result.is_err());
    assert_eq!(watch(look, &vector![0.0]).findings.len(), 1);
    let elsewhere = watch(
        |v| {
            let x = v[0];
            std::thread::spawn(move || x.abs()).join().unwrap().floor()
        },
        &vector![0.0],
    );
    assert_eq!(elsewhere.findings.len(), 1);
    assert_eq!(elsewhere.findings[0].decision, Decision::Step);
}

/// Does the watch report a program of one variable?
fn reports(program: impl FnOnce(Number) -> Number, x: f64) -> Option<BranchReport> {
    let report = watch(|[x]| program(x), [x]);
    (!report.is_empty()).then_some(report)
}

/// Every wrong derivative that the guarantees warn of is reported, at the line that takes the branch.
#[test]
fn the_warnings_of_the_guarantees() {
    // skips the multiplication for a factor of zero
    fn product<T: Float>(a: T, b: T) -> T {
        if a == T::zero() { T::zero() } else { a * b }
    }
    assert_eq!(derivative(|x: Dual| product(x, x + 3.0), 0.0).1, 0.0);
    let report = reports(|x| product(x, x + 3.0), 0.0).unwrap();
    assert_eq!(report.findings[0].decision, Decision::Comparison);
    assert!(reports(|x| product(x, x + 3.0), 0.5).is_none());

    // num-complex's square root takes its real branch
    fn root<T: Float>(x: T) -> T {
        Complex::new(T::from(4.0).unwrap(), x).sqrt().im
    }
    assert_eq!(derivative(root::<Dual>, 0.0_f64).1, 1.0); // true: 1/4
    let report = reports(root, 0.0).unwrap();
    assert_eq!(report.findings[0].decision, Decision::ExactTest);
    assert!(report.findings[0].place.file().contains("num-complex"), "{report}");
    assert!(reports(root, 1e-9).is_none());

    // a cast drops the derivatives
    fn cast<T: Float>(x: T) -> T {
        T::from(x).unwrap() + x
    }
    assert_eq!(derivative(cast::<Dual>, 2.0_f64).1, 1.0); // true: 2
    let report = reports(cast, 2.0).unwrap();
    assert_eq!(report.findings[0].decision, Decision::Conversion);
    assert_eq!(report.findings[0].place.file(), file!());
}

/// All kinks and jumps in the guarantees' table of conventions.
#[test]
fn the_conventions_at_kinks() {
    type Function = fn(Number) -> Number;
    let table: [(&str, Function, f64); 17] = [
        ("abs", |x| x.abs(), 0.0),
        ("abs", |x| x.abs(), -0.0),
        ("signum", |x| x.signum(), 0.0),
        ("floor", |x| x.floor(), 1.0),
        ("ceil", |x| x.ceil(), 1.0),
        ("round", |x| x.round(), 0.5),
        ("round_ties_even", |x| x.round_ties_even(), 0.5),
        ("trunc", |x| x.trunc(), 1.0),
        ("fract", |x| x.fract(), 1.0),
        ("div_euclid", |x| x.div_euclid(0.5), 1.0),
        ("rem_euclid", |x| x.rem_euclid(0.5), 1.0),
        ("%", |x| x % 0.5, 1.0),
        ("max", |x| x.max(-x), 0.0),
        ("min", |x| x.min(-x), 0.0),
        ("clamp", |x| x.clamp(-1.0, 1.0), 1.0),
        ("abs_sub", |x| x.abs_sub(1.0), 1.0),
        ("hypot", |x| x.hypot(x), 0.0),
    ];
    for (name, f, x) in table {
        assert!(reports(f, x).is_some(), "{name}");
        assert!(reports(f, x + 0.123).is_none(), "{name}");
    }
}
