//! Logarithms to a base that varies.

use crate::kinds::{INF, expect, expect_parts, expect_x, in_every_kind, part, value, x, y};

in_every_kind! {
    /// A logarithm to or of a subnormal number: infinite where the derivative overflows, and not beyond.
    fn logarithms_of_subnormal_numbers<K>() {
        if !x::<K>(1e300).is_finite() {
            return;
        }
        let about = |z: K, variables: &[usize], expected: f64| {
            if let Some(got) = part(z, variables) {
                assert!((got / expected - 1.0).abs() < 1e-12, "{got:e}, expected {expected:e}");
            }
        };
        let (a, b, l) = (1e-310_f64, 1e300_f64, 1e300_f64.ln());
        let z = x::<K>(a).log(y::<K>(b));
        // -1/(a b l²)
        about(z, &[0, 1], -(1.0 / (a * b)) / (l * l));
        about(z, &[1], -(a.ln() / b) / (l * l));
        let z = x::<K>(b).log(y::<K>(a));
        about(z, &[0, 1], -(1.0 / (a * b)) / (a.ln() * a.ln()));
        about(z, &[0], (b * a.ln()).recip());
        expect_parts(z, &[1, 1], INF);
        expect_x(x::<K>(f64::MIN_POSITIVE).log(K::constant(0.9)), f64::MIN_POSITIVE.log(0.9),
            1.0 / 0.9_f64.ln() / f64::MIN_POSITIVE, INF);
    }

    /// ln x = 0 beside derivatives of 1/ln b that overflow: the logarithm of one is zero to every base.
    fn logarithms_of_one_to_tiny_bases<K>() {
        let b = if x::<K>(1e300).is_finite() { 1e-222 } else { 1e-29 };
        let l = value(x::<K>(b).ln());
        let z = x::<K>(1.0).log(y::<K>(b));
        expect_parts(z, &[1], 0.0);
        expect_parts(z, &[1, 1], 0.0);
        expect_parts(z, &[1, 1, 1], 0.0);
        for part in z.parts(&[0]) {
            assert!((part * l - 1.0).abs() < 1e-6, "{part:e}");
        }
    }

    /// The derivatives of ln b overflow, those of the logarithm to the base b do not.
    fn logarithms_whose_base_changes_fast<K>() {
        let (b, scale) = if x::<K>(1e300).is_finite() { (1e-150, 1e6) } else { (1e-19, 10.0) };
        for near in [1.0 - 1.0 / 1024.0, 1.0] {
            let l = value(x::<K>(b).ln());
            let z = K::constant(near).log(y::<K>(b) * K::constant(scale) - K::constant(b * (scale - 1.0)));
            let b = b / scale;
            let expected = near.ln() / (b * l) / (b * l) * (1.0 + 2.0 / l);
            for part in z.parts(&[1, 1]) {
                let error = if near == 1.0 { part } else { part / expected - 1.0 };
                assert!(error.abs() < 1e-4, "{part:e}, expected {expected:e}");
            }
            if near == 1.0 {
                expect_parts(z, &[1], 0.0);
            }
        }
    }

    /// ln 0 is infinite, and so are its derivatives, though 1/b² underflows.
    fn logarithms_of_zero_to_huge_bases<K>() {
        let b = if x::<K>(1e300).is_finite() { 1e170 } else { 1e25 };
        let z = K::constant(0.0).log(y::<K>(b));
        expect(z, -INF, [0.0, INF]);
        expect_parts(z, &[1, 1], -INF);
    }
    /// 1/ln b has a pole at b = 1: the limits from above.
    fn logarithms_to_base_one<K>() {
        let z = x::<K>(2.0).log(y::<K>(1.0));
        expect(z, INF, [INF, -INF]);
        expect_parts(z, &[0, 0], -INF);
        expect_parts(z, &[0, 1], -INF);
        expect_parts(z, &[1, 1], INF);
    }
}
