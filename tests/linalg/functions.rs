//! Functions of symmetric matrices, also where eigenvalues repeat or nearly do.

use crate::families::{
    Blocks, D, Dense, Diagonal, Family, Isotropic, ORIGIN, Repeated, every_kind, times, vanishes,
};
use crate::kinds::Kind;
use gradual::derivatives::Taylor;
use gradual::linalg::{self, LinalgError};
use gradual::{Dual, Jet};
use nalgebra::{Matrix2, Matrix4};

fn functions_invert_each_other<T: Kind>(family: Family) {
    let a = family.at(T::variables(ORIGIN), true);
    let root = linalg::symmetric_sqrt(&a).unwrap();
    vanishes(&(times(&root, &root) - a), 2e-13, "(√A)² - A");
    let ln = linalg::symmetric_ln(&a).unwrap();
    vanishes(&(linalg::symmetric_exp(&ln).unwrap() - a), 2e-12, "exp ln A - A");
    let reciprocal = |k: usize, x: f64| (1..=k).fold(x.recip(), |d, k| -d * k as f64 / x);
    let inverse = linalg::matrix_function(reciprocal, &a).unwrap();
    vanishes(&(times(&inverse, &a) - Matrix4::identity()), 1e-12, "A⁻¹ A - I");
    // the power series
    let tenth = a * T::literal(0.1);
    let mut term = Matrix4::<T>::identity();
    let mut series = term;
    for k in 1..30 {
        term = times(&term, &tenth) / T::literal(f64::from(k));
        series += term;
    }
    vanishes(&(linalg::symmetric_exp(&tenth).unwrap() - series), 1e-13, "exp");
}

#[test]
fn matrix_functions_invert_each_other() {
    for family in [Dense, Diagonal, Blocks, Repeated, Isotropic] {
        every_kind!(functions_invert_each_other(family));
    }
}

/// Eigenvalues next to each other, where quotients of differences have no digits left.
#[test]
fn matrix_functions_at_close_eigenvalues() {
    for gap in [1e-15, 1e-12, 1e-9, 1e-6, 1e-3] {
        let [x, y] = Dual::<D, 2>::variables(&D::variables(&ORIGIN));
        let mut a = Repeated.at([x, y], true);
        a[(1, 1)] += gap;
        a[(2, 2)] += -2.0 + 3.0 * gap;
        let root = linalg::symmetric_sqrt(&a).unwrap();
        vanishes(&(times(&root, &root) - a), 5e-14, "(√A)² - A");
        let ln = linalg::symmetric_ln(&a).unwrap();
        vanishes(&(linalg::symmetric_exp(&ln).unwrap() - a), 2e-13, "exp ln A - A");
        // around zero, and of a function with a short wavelength
        let small = a - Matrix4::identity() * Dual::constant(D::constant(4.0));
        let sine = |k: usize, x: f64| {
            30.0_f64.powi(k as i32) * (30.0 * x + k as f64 * std::f64::consts::FRAC_PI_2).sin()
        };
        let cosine = |k: usize, x: f64| sine(k + 1, x) / 30.0;
        let sin = linalg::matrix_function(sine, &small).unwrap();
        let cos = linalg::matrix_function(cosine, &small).unwrap();
        let one = times(&sin, &sin) + times(&cos, &cos);
        vanishes(&(one - Matrix4::identity()), 3e-11, "sin² + cos² - I");
    }
}

#[test]
fn square_roots_of_singular_matrices() {
    let root = linalg::symmetric_sqrt(&Matrix2::new(0.0, 0.0, 0.0, 4.0)).unwrap();
    assert_eq!(root, Matrix2::new(0.0, 0.0, 0.0, 2.0));
    let x = Dual::<f64>::variable(0.0, 0);
    let c = Dual::<f64>::constant;
    // √x has an infinite slope, and the constant beside it none
    let root = linalg::symmetric_sqrt(&Matrix2::new(x, c(0.0), c(0.0), c(4.0))).unwrap();
    assert_eq!((root[(0, 0)].partial(0), root[(1, 1)].partial(0)), (f64::INFINITY, 0.0));
    let negative = linalg::symmetric_sqrt(&Matrix2::new(-1.0, 0.0, 0.0, 4.0));
    assert_eq!(negative.unwrap_err(), LinalgError::NotPositive);
    let singular = linalg::symmetric_ln(&Matrix2::new(0.0, 0.0, 0.0, 4.0));
    assert_eq!(singular.unwrap_err(), LinalgError::NotPositive);
}

/// To order twelve, against the power series.
#[test]
fn matrix_functions_of_high_order() {
    let t = Jet { value: 0.0, derivatives: Taylor::<f64, 12>::variable() };
    for gap in [0.0, 1e-12, 1e-6, 1e-2, 0.5] {
        let a = Matrix2::new(t, t * 0.5, t * 0.5, t * t + gap);
        let mut term = Matrix2::<Jet<f64, Taylor<f64, 12>>>::identity();
        let mut series = term;
        for k in 1..40 {
            term = term * a / Jet::constant(f64::from(k));
            series += term;
        }
        let exp = linalg::symmetric_exp(&a).unwrap();
        for (got, want) in exp.iter().zip(&series) {
            let coefficients = got.derivatives.0.iter().zip(&want.derivatives.0);
            for (k, (got, want)) in coefficients.enumerate() {
                let error = (got - want).abs();
                assert!(error < 1e-15, "{gap:e}, order {}: {got} for {want}", k + 1);
            }
        }
    }
}
