//! The numbers of a function at a point.

use std::f64::consts::FRAC_PI_2;

use gradual::CriticalKind;
use gradual_gallery::explore::{Formula, Study};

fn study<T>(text: &str, point: &[f64], reach: f64, see: impl FnOnce(&Study<'_>) -> T) -> T {
    see(&Study::new(&Formula::parse(text).unwrap(), point, reach).unwrap())
}

#[test]
fn the_numbers_at_a_point() {
    study("x^2*y + sin(y)", &[3.0, 2.0], 5.0, |s| {
        assert_eq!(s.value, 18.0 + 2.0_f64.sin());
        assert_eq!(s.gradient, [12.0, 9.0 + 2.0_f64.cos()]);
        assert_eq!(s.hessian, [vec![4.0, 6.0], vec![6.0, -2.0_f64.sin()]]);
        assert_eq!(s.slope(), 12.0_f64.hypot(9.0 + 2.0_f64.cos()));
        // trace and determinant
        let [low, high] = s.eigenvalues[..] else { panic!("two eigenvalues") };
        assert!((low + high - (4.0 - 2.0_f64.sin())).abs() < 1e-14);
        assert!((low * high + 4.0 * 2.0_f64.sin() + 36.0).abs() < 1e-13);
        // H d = λ d
        for (d, curvature) in s.directions.iter().zip([low, high]) {
            for (row, x) in s.hessian.iter().zip(d) {
                assert!((row[0] * d[0] + row[1] * d[1] - curvature * x).abs() < 1e-14);
            }
        }
        assert_eq!(s.kind, None);
        // 2xy = 0 and x² + cos y = 0: saddles on x = 0 at odd multiples of π/2, and points with y = 0 are none.
        let nearest = &s.critical[0];
        assert!(nearest.point[0].abs() < 1e-12 && (nearest.point[1] - FRAC_PI_2).abs() < 1e-12);
        assert_eq!(nearest.kind, CriticalKind::Saddle { index: 1 });
        assert!((nearest.distance - 3.0_f64.hypot(2.0 - FRAC_PI_2)).abs() < 1e-12);
        assert_eq!(s.critical.len(), 3);
    });
}

#[test]
fn the_whole_text() {
    let text = study("x^2*y + sin(y)", &[3.0, 2.0], 5.0, |s| s.to_string());
    let expected = "\
f(x, y) = x^2*y + sin(y)
at (3, 2)

value          18.90929742682568
∂f/∂x          12
∂f/∂y          8.583853163452858
gradient       (12, 8.58385)
  its length     14.7541, the steepest slope
  its direction  (0.813335, 0.581796), 35.6° from the x axis
tangent plane  18.9093 + 12 (x - 3) + 8.58385 (y - 2)

Hessian                4         6
                       6 -0.909297
eigenvalues    -4.93734 along (-0.557384, 0.830255)
               8.02804 along (0.830255, 0.557384)

The point is not critical: the gradient is not zero.
Critical points within 5 in every variable, the nearest first:
  saddle         at (0, 1.5708), f = 1, 3.03055 away
";
    assert!(text.starts_with(expected), "{text}");
}

/// All nine critical points of Himmelblau's function, and the kind of the point itself.
#[test]
fn critical_points_near_by() {
    let himmelblau = "(x^2 + y - 11)^2 + (x + y^2 - 7)^2";
    study(himmelblau, &[3.0, 2.0], 10.0, |s| {
        assert_eq!(s.kind, Some(CriticalKind::LocalMinimum));
        assert_eq!((s.critical.len(), s.critical[0].distance), (9, 0.0));
        let count = |kind| s.critical.iter().filter(|c| c.kind == kind).count();
        assert_eq!(count(CriticalKind::LocalMinimum), 4);
        assert_eq!(count(CriticalKind::Saddle { index: 1 }), 4);
        assert!(s.to_string().contains("The point is critical: local minimum."));
    });
    study("x + 2*y", &[1.0, 1.0], 5.0, |s| {
        assert!(s.critical.is_empty());
        assert!(s.to_string().contains("No critical point was found within 5"));
    });
    study("x^4 + y^4", &[0.0, 0.0], 1.0, |s| assert_eq!(s.kind, Some(CriticalKind::Degenerate)));
}

#[test]
fn one_variable_and_five() {
    study("x^3 - 3*x", &[2.0], 5.0, |s| {
        assert_eq!((s.value, s.gradient[0], s.hessian[0][0]), (2.0, 9.0, 12.0));
        let places: Vec<f64> = s.critical.iter().map(|c| c.point[0].round()).collect();
        assert_eq!(places, [1.0, -1.0]);
        assert!(s.to_string().contains("tangent line   2 + 9 (x - 2)"));
    });
    let text = "(a - 1)^2 + 2*(b + 1)^2 + a*c + c^2 + (d*u - 1)^2 + d^2";
    study(text, &[0.5; 5], 3.0, |s| {
        assert_eq!(s.gradient.len(), 5);
        assert!(!s.critical.is_empty());
        for c in &s.critical {
            let [a, b, c, d, u] = c.point[..] else { panic!("five coordinates") };
            let slopes = [
                2.0 * (a - 1.0) + c,
                4.0 * (b + 1.0),
                a + 2.0 * c,
                2.0 * u * (d * u - 1.0) + 2.0 * d,
                2.0 * d * (d * u - 1.0),
            ];
            assert!(slopes.iter().all(|g| g.abs() < 1e-9), "{slopes:?}");
        }
    });
}

#[test]
fn bad_points() {
    let formula = Formula::parse("ln(x) + y").unwrap();
    let error = |point: &[f64]| Study::new(&formula, point, 1.0).err().unwrap();
    assert_eq!(error(&[1.0]), "the formula has 2 variables (x, y), the point 1");
    assert_eq!(error(&[-1.0, 0.0]), "at (-1, 0) the function is NaN");
    assert_eq!(error(&[0.0, 0.0]), "at (0, 0) the function is -inf");
    // A value with an infinite slope is shown, without curvatures.
    study("sqrt(x) + y", &[0.0, 1.0], 1.0, |s| {
        assert_eq!((s.value, s.gradient[0], s.eigenvalues.len()), (1.0, f64::INFINITY, 0));
        assert!(s.to_string().contains("∂f/∂x          inf"));
    });
}
