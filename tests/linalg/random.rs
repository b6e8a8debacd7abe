//! All routines at random matrices of sizes that are known at run time only, and in single precision.

use gradual::linalg;
use gradual::{Dual, HyperDual, implicit};
use nalgebra::{DMatrix, DVector, Matrix2, Vector2};

#[path = "../common/generator.rs"]
mod generator;

/// A small generator of numbers in (-1, 1).
pub fn random(seed: u64) -> impl FnMut() -> f64 {
    let mut random = generator::Random(seed);
    move || random.real()
}

/// Dynamic random matrices: eigenpairs against `implicit`, and everything against differences.
#[test]
fn random_matrices_agree_with_implicit_and_differences() {
    for (seed, n) in [(11, 3), (12, 5), (13, 8), (14, 12)] {
        let mut next = random(seed);
        let base = DMatrix::from_fn(n, n, |_, _| next());
        let base = &base + base.transpose();
        let change = DMatrix::from_fn(n, n, |_, _| next());
        let change = &change + change.transpose();
        let at = |t: HyperDual| base.zip_map(&change, |a, b| t * b + t * t * a * b + a);
        let t = HyperDual::<f64>::variable(0.0, 0);
        let eigen = linalg::symmetric_eigen(&at(t)).unwrap();
        let reference = base.clone().symmetric_eigen();
        for k in 0..n {
            let (v, value) = (reference.eigenvectors.column(k), reference.eigenvalues[k]);
            let solution = DVector::from_fn(n + 1, |i, _| if i < n { v[i] } else { value });
            let jacobian = DMatrix::from_fn(n + 1, n + 1, |i, j| match (i < n, j < n) {
                (true, true) => base[(i, j)] - if i == j { value } else { 0.0 },
                (true, false) => -v[i],
                (false, true) => v[j],
                (false, false) => 0.0,
            });
            let a = at(t);
            let pair = implicit::<HyperDual, _>(&solution, &jacobian, |x| {
                let v = x.rows(0, n).into_owned();
                let norm = (v.dot(&v) - 1.0) * 0.5;
                let r = &a * &v - &v * x[n];
                DVector::from_fn(n + 1, |i, _| if i < n { r[i] } else { norm })
            })
            .unwrap();
            let near = |got: HyperDual, want: HyperDual| {
                let gap = (0..n).filter(|j| *j != k).fold(f64::INFINITY, |gap, j| {
                    gap.min((reference.eigenvalues[j] - value).abs())
                });
                let limit = 1e-13 / gap / gap / gap.min(1.0);
                assert!((got.partial(0) - want.partial(0)).abs() < limit);
                let (got, want) = (got.second_partial(0, 0), want.second_partial(0, 0));
                assert!((got - want).abs() < 100.0 * limit, "{got} {want}");
            };
            near(eigen.eigenvalues[k], pair[n]);
            (0..n).for_each(|i| near(eigen.eigenvectors[(i, k)], pair[i]));
        }
        agrees_with_differences(&base, &change);
    }
}

/// First derivatives along a line, against central differences of order four of the plain routines.
fn agrees_with_differences(base: &DMatrix<f64>, change: &DMatrix<f64>) {
    let n = base.nrows();
    let positive = base * base.transpose() + DMatrix::identity(n, n) * 0.5;
    let line = |from: &DMatrix<f64>, t: f64| from + change * t;
    let jets =
        |from: &DMatrix<f64>| from.zip_map(change, |a, b| Dual::<f64>::variable(0.0, 0) * b + a);
    let compare = |name: &str, from: &DMatrix<f64>, f: &dyn Fn(&DMatrix<f64>) -> f64, got: Dual| {
        let h = 1e-4;
        let at = |k: f64| f(&line(from, k * h));
        let slope = (8.0 * (at(1.0) - at(-1.0)) - (at(2.0) - at(-2.0))) / (12.0 * h);
        let limit = 1e-7 * (1.0 + slope.abs() + got.value.abs());
        assert!((got.partial(0) - slope).abs() < limit, "{name}: {} for {slope}", got.partial(0));
        assert!((got.value - at(0.0)).abs() <= 1e-12 * (1.0 + got.value.abs()), "{name}");
    };
    let weights = DVector::from_fn(n, |i, _| 1.0 / (1.0 + i as f64));
    let lifted = weights.map(Dual::<f64>::constant);
    compare("determinant", base, &|m| m.determinant(), linalg::determinant(&jets(base)));
    let ln = linalg::ln_determinant(&jets(base)).unwrap();
    compare("ln_determinant", base, &|m| m.determinant().abs().ln(), ln);
    let solution = linalg::solve(&jets(base), &lifted).unwrap().dot(&lifted);
    compare("solve", base, &|m| m.clone().lu().solve(&weights).unwrap().dot(&weights), solution);
    let inverse = linalg::inverse(&jets(base)).unwrap()[(0, n - 1)];
    compare("inverse", base, &|m| m.clone().try_inverse().unwrap()[(0, n - 1)], inverse);
    let factor = linalg::cholesky(&jets(&positive)).unwrap()[(n - 1, 1)];
    compare("cholesky", &positive, &|m| m.clone().cholesky().unwrap().l()[(n - 1, 1)], factor);
    let largest = linalg::singular_values(&jets(base)).unwrap()[0];
    compare("singular value", base, &|m| m.singular_values().max(), largest);
    let imaginary = |m: &DMatrix<f64>| {
        m.complex_eigenvalues().iter().map(|z| z.re * z.re - 2.0 * z.im * z.im).sum()
    };
    let skewed = base.map_with_location(|i, j, a| if i < j { a } else { -a });
    let values = linalg::eigenvalues(&jets(&skewed)).unwrap();
    let sum: Dual = values.iter().map(|z| z.re * z.re - z.im * z.im * 2.0).sum();
    compare("eigenvalues", &skewed, &imaginary, sum);
    let eigen = |m: &DMatrix<f64>| {
        let e = m.clone().symmetric_eigen();
        &e.eigenvectors
            * DMatrix::from_diagonal(&e.eigenvalues.map(f64::sqrt))
            * e.eigenvectors.transpose()
    };
    let root = linalg::symmetric_sqrt(&jets(&positive)).unwrap()[(0, 1)];
    compare("square root", &positive, &|m| eigen(m)[(0, 1)], root);
}

/// Single precision, and jets of it.
#[test]
fn single_precision() {
    let x = HyperDual::<f32>::variable(0.0, 0);
    let c = HyperDual::<f32>::constant;
    let values = linalg::symmetric_eigenvalues(&Matrix2::new(c(1.0), x, x, c(3.0))).unwrap();
    assert!((values[0].second_partial(0, 0) + 1.0).abs() < 1e-6); // 2 - √(1 + x²)
    let solution =
        linalg::solve(&Matrix2::new(x, c(1.0), c(1.0), c(2.0)), &Vector2::new(c(1.0), c(0.0)));
    // (-2, 1)/(1 - 2x)
    let solution = solution.unwrap();
    assert!((solution[0].partial(0) + 4.0).abs() < 1e-6);
    assert!((solution[1].second_partial(0, 0) - 8.0).abs() < 1e-5);
}
