//! Powers.

use crate::kinds::{
    INF, NAN, expect, expect_constant, expect_second, expect_third, expect_x, expect_xxx,
    in_every_kind, part, x, y,
};

in_every_kind! {
    /// powi(0) is the constant 1 everywhere, powi(1) is x itself.
    fn integer_powers<K>() {
        for v in [0.0, 2.0, -3.0, INF, NAN] {
            expect_constant(x::<K>(v).powi(0), 1.0);
            expect_x(x::<K>(v).powi(1), v, 1.0, 0.0);
        }
        // also of a number whose derivatives are infinite
        expect_x(x::<K>(0.0).sqrt().powi(1), 0.0, INF, -INF);
        expect_constant(x::<K>(0.0).sqrt().powi(0), 1.0);
        expect_x(x::<K>(0.0).powi(2), 0.0, 0.0, 2.0);
        expect_x(x::<K>(0.0).powi(3), 0.0, 0.0, 0.0);
        expect_x(x::<K>(-2.0).powi(3), -8.0, 12.0, -12.0);
        expect_x(x::<K>(0.0).powi(-1), INF, -INF, INF);
        // n (n - 1) does not fit an i32
        let z = x::<K>(1.0).powi(i32::MAX);
        let n = f64::from(i32::MAX);
        assert!((part(z, &[0]).unwrap() / n - 1.0).abs() < 1e-6);
        if let Some(second) = part(z, &[0, 0]) {
            assert!((second / (n * (n - 1.0)) - 1.0).abs() < 1e-6, "{second:?}");
        }
        assert!(part(x::<K>(1.0).powi(i32::MIN), &[0]).unwrap() < -2.1e9);
    }

    /// powf with a constant exponent: negative bases and one-sided limits at zero.
    fn constant_powers<K>() {
        let c = K::constant;
        let zero = |exponent: f64| x::<K>(0.0).powf(c(exponent));
        expect_xxx(x::<K>(-2.0).powf(c(3.0)), [-8.0, 12.0, -12.0, 6.0]);
        expect_xxx(x::<K>(-2.0).powf(c(-1.0)), [-0.5, -0.25, -0.25, -0.375]);
        expect_xxx(x::<K>(-2.0).powf(c(0.5)), [NAN; 4]);
        expect_xxx(zero(0.0), [1.0, 0.0, 0.0, 0.0]);
        expect_xxx(zero(1.0), [0.0, 1.0, 0.0, 0.0]);
        expect_xxx(zero(2.0), [0.0, 0.0, 2.0, 0.0]);
        expect_xxx(zero(3.0), [0.0, 0.0, 0.0, 6.0]);
        expect_xxx(zero(0.5), [0.0, INF, -INF, INF]);
        expect_xxx(x::<K>(-0.0).powf(c(0.5)), [0.0, INF, -INF, INF]);
        expect_xxx(zero(0.3), [0.0, INF, -INF, INF]);
        expect_xxx(zero(1.5), [0.0, 0.0, INF, -INF]);
        expect_xxx(zero(2.5), [0.0, 0.0, 0.0, INF]);
        expect_xxx(zero(-0.5), [INF, -INF, INF, -INF]);
        expect_xxx(zero(-1.0), [INF, -INF, INF, -INF]);
        // from below, where the power is defined there
        expect_xxx(x::<K>(-0.0).powf(c(-1.0)), [-INF, -INF, -INF, -INF]);
        expect_xxx(x::<K>(-0.0).powf(c(-2.0)), [INF, INF, INF, INF]);
    }

    /// 0^y: zero with y > 0, -∞ in y with y = 0; in general the limits from above.
    fn variable_exponents<K>() {
        let zero = |exponent: f64| x::<K>(0.0).powf(y::<K>(exponent));
        expect(zero(2.0), 0.0, [0.0, 0.0]);
        expect_second(zero(2.0), [2.0, 0.0, 0.0]);
        expect(zero(1.0), 0.0, [1.0, 0.0]);
        expect_second(zero(1.0), [0.0, -INF, 0.0]);
        expect(zero(0.5), 0.0, [INF, 0.0]);
        expect_second(zero(0.5), [-INF, -INF, 0.0]);
        expect_third(zero(0.5), [INF, INF, INF, 0.0]);
        expect(zero(0.0), 1.0, [0.0, -INF]);
        expect_second(zero(0.0), [0.0, INF, INF]);
        expect(zero(-1.0), INF, [-INF, -INF]);
        expect_second(zero(-1.0), [INF, INF, INF]);
        expect(K::constant(0.0).powf(y::<K>(0.5)), 0.0, [0.0, 0.0]);
        expect(K::constant(0.0).powf(y::<K>(0.0)), 1.0, [0.0, -INF]);
        expect(x::<K>(1.0).powf(y::<K>(3.0)), 1.0, [3.0, 0.0]);
        expect(x::<K>(-2.0).powf(y::<K>(0.5)), NAN, [NAN, NAN]);
        expect_second(x::<K>(-2.0).powf(y::<K>(3.0)), [-12.0, NAN, NAN]);
        // x^x: the slope is x^x (1 + ln x)
        expect_xxx(x::<K>(0.0).powf(x::<K>(0.0)), [1.0, -INF, INF, -INF]);
    }

    /// Where the value of a power leaves the range and its derivatives do not, or do with it.
    fn powers_at_the_ends_of_the_range<K>() {
        let (c, wide) = (K::constant, x::<K>(1e300).is_finite());
        expect_xxx(x::<K>(0.5).powf(c(if wide { 1e155 } else { 1e20 })), [0.0; 4]);
        if wide {
            expect_x(x::<K>(1e160).powf(c(3.0)), INF, INF, 6e160);
            let large = x::<K>(1e300).powf(c(2.5));
            expect(large, INF, [INF, 0.0]);
            if let Some(second) = part(large, &[0, 0]) {
                assert!((second / 3.75e150 - 1.0).abs() < 1e-15, "{second:e}");
            }
            let small = x::<K>(1e-310).powf(c(2.0));
            expect_x(small, 0.0, 2e-310, 2.0);
        }
    }
}

/// Exponents that f32 does not hold keep their parity, and those next to the ends of i32 their size.
#[test]
fn exponents_beyond_the_digits_of_a_float() {
    let minus_one = gradual::Dual::<f32>::variable(-1.0, 0);
    assert_eq!(minus_one.powi(16_777_218).partial(0), -16_777_218.0);
    assert_eq!(minus_one.powi(16_777_219).partial(0), 16_777_219_i32 as f32);
    assert_eq!(minus_one.powi(i32::MIN).partial(0), 2_147_483_648.0);
    let above_one = gradual::Dual::<f32>::variable(1.0_f32.next_up(), 0);
    assert!(above_one.powi(i32::MIN).partial(0).abs() < 1e-30);
}
