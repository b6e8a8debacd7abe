//! Each row's law against its own coefficients, and coefficients of high order.

extern crate std;

use std::vec::Vec;

use super::{IntegerPower, Logarithm, Power, VaryingLogarithm, VaryingPower, row};
use crate::law::Law;
use crate::series::Row;

const ORDER: usize = 8;

/// Coefficient `k` of the product of two series.
fn product(a: &[f64], b: &[f64], k: usize) -> f64 {
    (0..=k).map(|i| a[i] * b[k - i]).sum()
}

/// What both sides of the differential equation are, coefficient by coefficient, on the straight line x + t.
fn sides(law: Law<f64>, x: f64, y: &[f64], u: &[f64], k: usize) -> (f64, f64) {
    let line: Vec<f64> = [x, 1.0].into_iter().chain([0.0; ORDER]).collect();
    let next = |a: &[f64]| (k + 1) as f64 * a[k + 1];
    let is_0 = |c: f64| if k == 0 { c } else { 0.0 };
    match law {
        Law::Unknown => panic!("no law"),
        Law::Exponential { rate, .. } => (next(u), rate * next(y)),
        Law::Oscillation { sign } => (next(u), sign * y[k]),
        Law::Power { exponent } => (product(&line, u, k), exponent * y[k]),
        Law::Logarithm { argument, scale } => {
            let mut line = line;
            line[0] = argument;
            (product(&line, u, k), is_0(scale))
        }
        Law::Riccati { sign } => (u[k], is_0(1.0) + sign * product(y, y, k)),
        Law::Inverse { q, sign } => {
            let mut square: Vec<f64> = (0..=k).map(|k| sign * product(&line, &line, k)).collect();
            square[0] = q;
            (product(&square, u, k), is_0(q * u[0]))
        }
        Law::InverseRoot { q, sign } => {
            let mut square: Vec<f64> = (0..=k).map(|k| sign * product(&line, &line, k)).collect();
            square[0] = q;
            // (√q u)² = q u² is constant as well
            let slope: Vec<f64> = (0..=k).map(|k| product(u, u, k)).collect();
            (product(&square, &slope, k), is_0(q * u[0] * u[0]))
        }
    }
}

fn check(name: &str, row: impl Row<f64>, points: &[f64]) {
    for &x in points {
        let (value, rest): (f64, [f64; ORDER + 1]) = row.at(x);
        let y: Vec<f64> = [value].into_iter().chain(rest).collect();
        let u: Vec<f64> = (0..=ORDER).map(|k| (k + 1) as f64 * y[k + 1]).collect();
        let scale = y.iter().chain(&u).fold(1.0_f64, |scale, c| scale.max(c.abs()));
        for k in 0..ORDER {
            let (left, right) = sides(row.law(x), x, &y, &u, k);
            let error = (left - right).abs() / (scale * scale);
            assert!(error < 1e-14, "{name} at {x}, coefficient {k}: {left} and {right}");
        }
    }
}

#[test]
fn the_laws_are_those_of_the_coefficients() {
    macro_rules! check {
        ($($name:ident at $points:expr;)*) => {$(check(stringify!($name), row::$name, &$points);)*};
    }
    check! {
        recip at [0.7, -1.3];
        sqrt at [0.7, 3.0];
        cbrt at [0.7, -2.0];
        exp at [0.3, -1.5];
        exp2 at [0.3, -1.5];
        exp_m1 at [0.3, -1.5];
        ln at [0.7, 3.0];
        log2 at [0.7, 3.0];
        log10 at [0.7, 3.0];
        ln_1p at [-0.3, 2.0];
        sin at [0.3, -1.5];
        cos at [0.3, -1.5];
        tan at [0.3, -0.5];
        asin at [0.3, -0.5];
        acos at [0.3, -0.5];
        atan at [0.3, -2.0];
        sinh at [0.3, -1.5];
        cosh at [0.3, -1.5];
        tanh at [0.3, -1.5];
        asinh at [0.3, -2.0];
        acosh at [1.5, 3.0];
        atanh at [0.3, -0.5];
    }
    check("powi", IntegerPower(-3), &[0.7, -1.3]);
    check("powf", Power(2.5), &[0.7, 3.0]);
    check("log", Logarithm { value: 3.0_f64.log(7.0), scale: 7.0_f64.ln().recip() }, &[3.0]);
}

/// Against mpmath with 80 digits.
#[test]
#[allow(clippy::excessive_precision)]
fn cardinal_functions_keep_their_digits_at_high_order() {
    const ORDERS: [usize; 5] = [2, 6, 12, 20, 36];
    fn check(row: impl Row<f64>, x: f64, truth: [f64; 5]) {
        let (_, c): (f64, [f64; 36]) = row.at(x);
        for (k, truth) in ORDERS.into_iter().zip(truth) {
            assert!((c[k - 1] / truth - 1.0).abs() < 2e-14, "{x}, {k}: {:e} {truth:e}", c[k - 1]);
        }
    }
    #[rustfmt::skip]
    let sinc = [
        (3.0, [0.091705831910807448, 0.00016425333861323041, -1.4771002154612589e-10, -1.8666920154458136e-20, -7.0688285907610111e-44]),
        (-5.0, [0.076874545850479689, 5.0814890181933614e-5, -9.1133107914731449e-12, 1.2091502682149096e-21, 1.1244593732690792e-44]),
        (10.0, [0.035047749724343645, 0.00011233381824733104, -1.3171031897414361e-10, -1.773200849602091e-20, -6.6857981536394203e-44]),
    ];
    #[rustfmt::skip]
    let sinhc = [
        (3.0, [0.92204911531189492, 0.0014436478440705009, 1.3303601973475224e-9, 1.7343177993584715e-19, 6.781338754413859e-43]),
        (-5.0, [5.0455488014096722, 0.0088933154315870104, 8.7387918730801108e-9, 1.1817418456353282e-18, 4.7631487980630627e-42]),
        (10.0, [451.54254740883983, 0.93233134288533103, 1.0187814504701348e-6, 1.4754230610003437e-16, 6.3274388370708463e-40]),
    ];
    for (x, truth) in sinc {
        check(row::sinc, x, truth);
    }
    for (x, truth) in sinhc {
        check(row::sinhc, x, truth);
    }
    let (_, [first]): (f64, [f64; 1]) = row::sinc.at(f64::NAN);
    assert!(first.is_nan());
}

#[test]
fn functions_of_two_arguments_have_coefficients_of_order_forty() {
    // x^y at (1, 0): of nⁱ m it is that of m in C(m, i)
    let power = VaryingPower::new(1.0_f64, 0.0, 1.0, 41).coefficient(40, 1);
    assert!((power * 40.0 + 1.0).abs() < 1e-13, "{power}");
    // 1/ln b at b = e, from mpmath
    let log = VaryingLogarithm::new(1.0, core::f64::consts::E).coefficient(1, 40);
    assert!((log / 2.2968345464522884e-10 - 1.0).abs() < 1e-12, "{log:e}");
}
