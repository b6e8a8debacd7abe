//! nalgebra over floats of one's own: norms, decompositions, and this crate's `linalg`.

use gradual::linalg::{determinant, inverse, isometry, rotation, solve, symmetric_eigen};
use gradual::{Dual, Real, gradient, hessian};
use gradual_ecosystem::double_double::Quad;
use nalgebra::{Matrix2, Matrix3, RealField, Rotation2, Vector2, Vector3, Vector6, vector};
use num_traits::Float;

fn c(x: f64) -> Quad {
    Quad::literal(x)
}

/// nalgebra's own code over its own trait.
fn through_nalgebra<T: RealField + Copy>(x: T) -> T {
    let k = nalgebra::convert::<f64, T>;
    let m = Matrix3::new(x, k(1.0), k(0.5), k(1.0), x * x, k(0.25), k(0.5), k(0.25), k(4.0));
    let turned = Rotation2::new(x) * Vector2::new(k(1.0), x);
    let svd = m.svd(true, true);
    m.lu().solve(&Vector3::new(x, k(1.0), k(2.0))).unwrap().norm()
        + m.cholesky().unwrap().ln_determinant()
        + m.qr().r()[(0, 0)].abs()
        + turned.normalize().x
        + svd.singular_values[0]
        + m.symmetric_eigenvalues().max()
}

/// The double-double's value rounds to f64's, and so does the slope; the double-double's slope is known
/// to 25 digits by differences of order eight.
#[test]
fn decompositions_in_double_double() {
    let (wide, narrow) = (
        through_nalgebra(Dual::<Quad>::variable(c(2.0), 0)),
        through_nalgebra(Dual::<f64>::variable(2.0, 0)),
    );
    assert!((wide.value.0.high() - narrow.value).abs() < 1e-14);
    assert!((wide.partial(0).0.high() - narrow.partial(0)).abs() < 1e-13);
    // error h⁸ of differences and 1e-31 / h of rounding
    let differences = |h: f64| {
        let weights =
            [(1.0, 4.0 / 5.0, 1.0), (2.0, -1.0, 5.0), (3.0, 4.0, 105.0), (4.0, -1.0, 280.0)];
        let term = |(k, a, b): (f64, f64, f64)| {
            let weight = if k == 1.0 { c(4.0) / c(5.0) } else { c(a) / c(b) };
            let step = c(k) * c(h);
            weight * (through_nalgebra(c(2.0) + step) - through_nalgebra(c(2.0) - step))
        };
        weights.map(term).into_iter().sum::<Quad>() / c(h)
    };
    let known = differences(1.0 / 16384.0);
    let error = (wide.partial(0) - known).abs();
    assert!(error < c(1e-25), "{} {known} {error:.1e}", wide.partial(0));
}

/// Inverse and solution in `linalg` are right to thirty digits, derivatives too.
#[test]
fn linalg_in_double_double() {
    // The matrix with the rows (x, 1) and (1, y) has the determinant xy - 1 and the inverse (y, -1; -1, x) / (xy - 1).
    fn matrix<T: Real<Scalar = Quad>>(v: &Vector2<T>) -> Matrix2<T> {
        Matrix2::new(v[0], T::one(), T::one(), v[1])
    }
    let p = vector![c(1.0) / c(3.0), c(7.0)];
    let det = p[0] * p[1] - c(1.0);
    let (_, g) = gradient(|v| inverse(&matrix(v)).unwrap()[(0, 0)], &p);
    let known = [-(p[1] * p[1]) / (det * det), -(c(1.0) / (det * det))];
    for (found, known) in g.iter().zip(known) {
        assert!(((*found - known) / known).abs() < c(1e-30), "{found} {known}");
    }
    let (f, _, h) = hessian(|v| determinant(&matrix(v)), &p);
    assert!((f - det).abs() < c(1e-30));
    assert_eq!(h[(0, 1)], c(1.0));
    let (x, g) = gradient(|v| solve(&matrix(v), &vector![v[0], v[1]]).unwrap()[1], &p);
    // the second unknown is x (y - 1) / (xy - 1)
    let known = p[0] * (p[1] - c(1.0)) / det;
    assert!(((x - known) / known).abs() < c(1e-30));
    let known = -(p[1] - c(1.0)) / (det * det);
    assert!(((g[0] - known) / known).abs() < c(1e-30), "{} {known}", g[0]);
}

/// Eigenvalues of (x, 1; 1, y) are (x + y)/2 ± √((x - y)²/4 + 1).
#[test]
fn eigenvalues_in_double_double() {
    let p = vector![c(1.0) / c(3.0), c(7.0)];
    let largest = |v: &Vector2<Dual<Quad, 2>>| {
        let one = Dual::constant(c(1.0));
        symmetric_eigen(&Matrix2::new(v[0], one, one, v[1])).unwrap().eigenvalues.max()
    };
    let (f, g) = gradient(largest, &p);
    let half = (p[0] - p[1]) / c(2.0);
    let root = (half * half + c(1.0)).sqrt();
    let known = (p[0] + p[1]) / c(2.0) + root;
    assert!(((f - known) / known).abs() < c(1e-30), "{f} {known}");
    let slope = c(0.5) + half / (root + root);
    assert!(((g[0] - slope) / slope).abs() < c(1e-28), "{} {slope}", g[0]);
}

/// The rotation about (a, b, c) is the exponential of its generator; at these angles the series of Stumpff's functions runs.
#[test]
fn rotations_in_double_double() {
    let turned = |t| rotation(&vector![t - t, t - t, t])[(1, 0)];
    // (θ - sin θ)/θ³, in the translation along the axis of a screw
    let screw = |t| isometry(&Vector6::new(t, t - t, t - t, t - t, t - t, t)).translation.x;
    for angle in [c(1.0) / c(3.0), c(1.0), c(3.0)] {
        let near = |found: Quad, known: Quad| {
            let error = ((found - known) / known).abs();
            assert!(error < c(1e-30), "{found} {known} at {angle}");
        };
        let (y, slope, curvature) = gradual::second_derivative(turned, angle);
        near(y, angle.sin());
        near(slope, angle.cos());
        near(curvature, -angle.sin());
        let (y, slope) = gradual::derivative(screw, angle);
        near(y, angle.sin());
        near(slope, angle.cos());
    }
}

/// approx's comparisons, with the epsilon of the double-double.
#[test]
fn comparisons() {
    let third = c(1.0) / c(3.0);
    assert!(nalgebra::Vector1::new(third).relative_eq(
        &nalgebra::Vector1::new(third + c(1e-33)),
        Float::epsilon(),
        Float::epsilon()
    ));
    assert!(!nalgebra::Vector1::new(third).relative_eq(
        &nalgebra::Vector1::new(c(1.0 / 3.0)),
        Float::epsilon(),
        Float::epsilon()
    ));
}
