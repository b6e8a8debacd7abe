//! `hypot` and `atan2`.

use crate::kinds::{
    INF, NAN, expect, expect_parts, expect_second, expect_third, expect_xxx, in_every_kind, part,
    value, x, y,
};

in_every_kind! {
    /// hypot at the origin: gradient zero, NaN beyond; atan2: NaN. Unless the parts are zero.
    fn polar_coordinates_at_the_origin<K>() {
        for (zero, other) in [(0.0, 0.0), (-0.0, 0.0), (-0.0, -0.0)] {
            let h = x::<K>(zero).hypot(y::<K>(other));
            expect(h, 0.0, [0.0, 0.0]);
            expect_second(h, [NAN; 3]);
            expect_third(h, [NAN; 4]);
        }
        expect_xxx(x::<K>(0.0).hypot(K::constant(0.0)), [0.0, 0.0, NAN, NAN]);
        expect_xxx(K::constant(0.0).hypot(x::<K>(0.0)), [0.0, 0.0, NAN, NAN]);
        // a distance that happens to be zero does not poison a sum
        expect(x::<K>(0.0).hypot(y::<K>(0.0)) + x::<K>(2.0), 2.0, [1.0, 0.0]);
        let angle = x::<K>(0.0).atan2(y::<K>(0.0));
        expect(angle, 0.0, [NAN, NAN]);
        expect_second(angle, [NAN; 3]);
        expect_xxx(x::<K>(0.0).atan2(K::constant(0.0)), [0.0, NAN, NAN, NAN]);
        // on the axes everything is regular
        expect(x::<K>(0.0).hypot(y::<K>(-2.0)), 2.0, [0.0, -1.0]);
        expect(x::<K>(1.0).atan2(K::constant(0.0)), value(x::<K>(1.0).atan2(K::constant(0.0))), [0.0, 0.0]);
        expect(x::<K>(0.0).atan2(y::<K>(2.0)), 0.0, [0.5, 0.0]);
    }

    /// Overflow and underflow of the squares do not reach hypot and atan2.
    fn polar_coordinates_at_the_ends_of_the_range<K>() {
        let big = if x::<K>(1e300).is_finite() { 2f64.powi(1000) } else { 2f64.powi(120) };
        let small = big.recip();
        for scale in [big, small] {
            let h = x::<K>(3.0 * scale).hypot(y::<K>(4.0 * scale));
            assert_eq!(value(h), 5.0 * scale);
            let [hx, hy] = [0, 1].map(|i| part(h, &[i]).unwrap());
            assert!((hx - 0.6).abs() < 1e-7 && (hy - 0.8).abs() < 1e-7, "{h:?}");
            let angle = part(x::<K>(scale).atan2(y::<K>(scale)), &[0]).unwrap() * scale;
            assert!((angle - 0.5).abs() < 1e-6, "{angle}");
        }
    }

    /// A coordinate much smaller than the other one keeps its second derivative.
    fn hypot_of_coordinates_far_apart<K>() {
        if !x::<K>(1e300).is_finite() {
            return;
        }
        let h = x::<K>(1e-300).hypot(y::<K>(1e-140));
        for (variables, expected) in [([0, 0], 1e140), ([0, 1], -1e-20), ([1, 1], 1e-180)] {
            if let Some(second) = part(h, &variables) {
                assert!((second / expected - 1.0).abs() < 1e-13, "{variables:?}: {second:e}");
            }
        }
        // next to the smallest numbers, where 1/h overflows
        let tiny = x::<K>(5e-324).hypot(y::<K>(1e-309));
        expect_parts(tiny, &[0, 0], INF);
        let both = x::<K>(3e-310).hypot(K::constant(4e-310));
        assert!((part(both, &[0]).unwrap() - 0.6).abs() < 1e-13);
        expect_second(both, [INF, 0.0, 0.0]);
    }

    /// A slope x/h² whose product with a part is a normal number keeps its digits, though (x/h) times the
    /// part is none.
    fn angles_of_coordinates_far_apart<K>() {
        if !x::<K>(1e300).is_finite() {
            return;
        }
        for [point, other, step] in [[-87, -957, -180], [-600, -1000, -700], [-1030, -1070, -1000]] {
            let [y, step] = [point, step].map(|k| 2f64.powi(k / 2) * 2f64.powi(k - k / 2));
            let other = 4.0 / 3.0 * 2f64.powi(other / 2) * 2f64.powi(other - other / 2);
            let unit = x::<K>(1.0) - K::constant(1.0);
            let angle = (unit * K::constant(step) + K::constant(y)).atan2(K::constant(other));
            let expected = other / y / y * step;
            let slope = part(angle, &[0]).unwrap();
            assert!((slope / expected - 1.0).abs() < 1e-15, "{slope:e}, not {expected:e}");
        }
    }
}

/// The direction is known where the distance overflows.
#[test]
fn distances_that_overflow() {
    let [x, y] = gradual::HyperDual::<f64, 2>::variables(&[1.2e308, 1.6e308]);
    let h = x.hypot(y);
    assert_eq!(h.value, f64::INFINITY);
    assert!((h.partial(0) - 0.6).abs() < 1e-15 && (h.partial(1) - 0.8).abs() < 1e-15, "{h}");
}
