//! At and beyond the ends of domains: limits, NaN, infinities, and constants, which stay constant.

use crate::kinds::{
    INF, NAN, expect, expect_constant, expect_second, expect_third, expect_x, expect_xxx,
    in_every_kind, value, x, y,
};
use gradual::Real;

in_every_kind! {
    /// A constant never spoils a derivative: its zero parts stay zero beside singular factors.
    fn constants_stay_constant<K>() {
        let c = K::constant;
        expect_constant(c(0.0).sqrt(), 0.0);
        expect_constant(c(0.0).cbrt(), 0.0);
        expect_constant(c(0.0).ln(), -INF);
        expect_constant(c(0.0).log2(), -INF);
        expect_constant(c(0.0).log10(), -INF);
        expect_constant(c(-1.0).ln_1p(), -INF);
        expect_constant(c(-1.0).ln(), NAN);
        expect_constant(c(1.0).acos(), 0.0);
        expect_constant(c(1.0).acosh(), 0.0);
        expect_constant(c(1.0).atanh(), INF);
        expect_constant(c(0.0).recip(), INF);
        expect_constant(c(1.0) / c(0.0), INF);
        expect_constant(c(0.0) / c(0.0), NAN);
        expect_constant(c(0.0).powf(c(0.5)), 0.0);
        expect_constant(c(0.0).powf(c(-0.5)), INF);
        expect_constant(c(0.0).powi(-1), INF);
        expect_constant(c(0.0).log(c(2.0)), -INF);
        expect_constant(c(0.0).atan2(c(0.0)), 0.0);
        expect_constant(c(0.0).hypot(c(0.0)), 0.0);
        expect_constant(c(800.0).exp(), f64::INFINITY);
        expect_constant(c(1.0) % c(0.0), NAN);
        expect_constant(c(NAN).abs(), NAN);
    }

    /// ... and in a function of two arguments the other variable's derivative is unharmed.
    fn singular_in_one_variable_only<K>() {
        // y does not enter √x at x = 0, nor x the zero of the other factor
        expect(x::<K>(0.0).sqrt() + y::<K>(3.0), 3.0, [INF, 1.0]);
        expect(x::<K>(1.0) / K::constant(0.0), INF, [INF, 0.0]);
        expect(K::constant(1.0) / x::<K>(0.0), INF, [-INF, 0.0]);
        expect(x::<K>(-2.0).powf(y::<K>(3.0)), -8.0, [12.0, NAN]);
    }

    /// The root of a number that is smallest at zero has a kink: no second derivatives, in whatever pair of the variables that
    /// take part.
    fn roots_of_a_smallest_zero<K>() {
        let square = |z: K| z * z;
        let sum = square(x::<K>(0.0)) + square(y::<K>(0.0));
        let zero = K::constant(0.0);
        let one = K::constant(1.0);
        for (root, at_zero) in [
            (sum.sqrt(), 0.0),
            (sum.cbrt(), 0.0),
            (sum.powf(K::constant(0.5)), 0.0),
            (sum.powf(K::constant(0.3)), 0.0),
            ((one - sum).acos(), 0.0),
            ((sum - one).asin(), value((sum - one).asin())),
            ((one + sum).acosh(), 0.0),
            (square(x::<K>(0.0)).hypot(square(y::<K>(0.0))), 0.0),
            // a length along a diagonal
            (square(x::<K>(0.0) + y::<K>(0.0)).sqrt(), 0.0),
            (x::<K>(0.0).hypot(y::<K>(0.0)), 0.0),
        ] {
            expect(root, at_zero, [0.0, 0.0]);
            expect_second(root, [NAN; 3]);
            expect_third(root, [NAN; 4]);
        }
        expect_xxx(square(x::<K>(0.0)).sqrt(), [0.0, 0.0, NAN, NAN]);
        expect_xxx((square(x::<K>(0.0)) + zero).cbrt(), [0.0, 0.0, NAN, NAN]);
        // where the number has a slope, the limit from above as ever
        let slanted = (square(x::<K>(0.0)) + y::<K>(0.0)).sqrt();
        expect(slanted, 0.0, [0.0, INF]);
        expect_second(slanted, [INF, 0.0, -INF]);
    }

    /// The one-sided limits of the roots and logarithms at zero, of either sign.
    fn one_sided_limits<K>() {
        for zero in [0.0, -0.0] {
            expect_xxx(x::<K>(zero).sqrt(), [0.0, INF, -INF, INF]);
            expect(x::<K>(zero).cbrt(), 0.0, [INF, 0.0]);
            expect_xxx(x::<K>(zero).ln(), [-INF, INF, -INF, INF]);
            expect_xxx(x::<K>(zero).log2(), [-INF, INF, -INF, INF]);
            expect_xxx(x::<K>(zero).log10(), [-INF, INF, -INF, INF]);
            expect_xxx(x::<K>(zero).log(K::constant(3.0)), [-INF, INF, -INF, INF]);
        }
        assert!(x::<K>(-0.0).sqrt().is_sign_negative());
        expect_xxx(x::<K>(1.0).asin(), [value(x::<K>(1.0).asin()), INF, INF, INF]);
        expect_xxx(x::<K>(-1.0).asin(), [value(x::<K>(-1.0).asin()), INF, -INF, INF]);
        expect_xxx(x::<K>(1.0).acos(), [0.0, -INF, -INF, -INF]);
        expect_xxx(x::<K>(1.0).acosh(), [0.0, INF, -INF, INF]);
        expect_xxx(x::<K>(1.0).atanh(), [INF, INF, INF, INF]);
        expect_xxx(x::<K>(-1.0).atanh(), [-INF, INF, -INF, INF]);
    }

    /// Zero divisors, in quotients and in negative powers: ±∞ by the signs.
    fn zero_divisors<K>() {
        for power in [x::<K>(0.0).recip(), x::<K>(0.0).powi(-1), K::constant(1.0) / x::<K>(0.0)] {
            expect_xxx(power, [INF, -INF, INF, -INF]);
        }
        expect_xxx(x::<K>(0.0).powi(-2), [INF, -INF, INF, -INF]);
        expect_xxx(x::<K>(0.0).powi(-3), [INF, -INF, INF, -INF]);
        expect_xxx(x::<K>(-0.0).powi(-2), [INF, INF, INF, INF]);
        // a first derivative that is zero, beside a second one that is not
        let square = x::<K>(0.0) * x::<K>(0.0);
        for quotient in [square / K::constant(0.0), square / K::Scalar::literal(0.0)] {
            expect_x(quotient, NAN, 0.0, INF);
        }
        expect(x::<K>(1.0) / K::constant(0.0), INF, [INF, 0.0]);
    }

    /// Out of the domain all parts are NaN, but for those of variables that do not enter.
    fn out_of_the_domain<K>() {
        let undefined = [
            x::<K>(-1.0).ln(), x::<K>(-1.0).log2(), x::<K>(-1.0).log10(), x::<K>(-2.0).ln_1p(), x::<K>(-1.0).sqrt(),
            x::<K>(2.0).asin(), x::<K>(-2.0).acos(), x::<K>(0.5).acosh(), x::<K>(-2.0).acosh(), x::<K>(-1e300).acosh(),
            x::<K>(2.0).atanh(), x::<K>(-2.0).atanh(), x::<K>(-2.0).log(K::constant(3.0)),
            x::<K>(INF).sin(), x::<K>(INF).cos(),
        ];
        for z in undefined {
            expect_x(z, NAN, NAN, NAN);
        }
        expect(x::<K>(INF).tan(), NAN, [NAN, 0.0]);
        // there is no remainder, and a linear function has no curvature
        expect_x(x::<K>(1.0) % K::constant(0.0), NAN, NAN, 0.0);
        expect_x(x::<K>(INF) % K::constant(2.0), NAN, NAN, 0.0);
    }

    /// NaN goes in and NaN comes out.
    fn nan<K>() {
        let n = x::<K>(NAN);
        let results = [
            n.recip(), n.sqrt(), n.cbrt(), n.exp(), n.exp2(), n.exp_m1(), n.ln(), n.log2(),
            n.log10(), n.ln_1p(), n.sin(), n.cos(), n.tan(), n.asin(), n.acos(), n.atan(),
            n.sinh(), n.cosh(), n.tanh(), n.asinh(), n.acosh(), n.atanh(), n.powi(3), n.powi(-7),
            n.powf(K::constant(2.5)), n.log(K::constant(2.0)), n.hypot(K::constant(1.0)),
            n.atan2(K::constant(1.0)), n / x::<K>(2.0), n % K::constant(2.0), n.abs(),
        ];
        for z in results {
            expect(z, NAN, [NAN, 0.0]);
        }
        expect(n + y::<K>(1.0), NAN, [1.0, 1.0]);
        expect(n * y::<K>(1.0), NAN, [NAN, NAN]);
        expect(n.powi(2), NAN, [NAN, NAN]);
    }

    /// Infinities: the limits of the derivatives.
    fn infinities<K>() {
        expect_x(x::<K>(INF).recip(), 0.0, 0.0, 0.0);
        expect_x(x::<K>(INF).sqrt(), INF, 0.0, 0.0);
        expect_x(x::<K>(INF).cbrt(), INF, 0.0, 0.0);
        expect_x(x::<K>(INF).ln(), INF, 0.0, 0.0);
        expect_x(x::<K>(INF).exp(), INF, INF, INF);
        expect_x(x::<K>(-INF).exp(), 0.0, 0.0, 0.0);
        expect_x(x::<K>(INF).tanh(), 1.0, 0.0, 0.0);
        expect_x(x::<K>(-INF).tanh(), -1.0, 0.0, 0.0);
        expect_x(x::<K>(INF).atan(), value(x::<K>(INF).atan()), 0.0, 0.0);
        expect_x(x::<K>(-INF).asinh(), -INF, 0.0, 0.0);
        expect_x(x::<K>(INF).acosh(), INF, 0.0, 0.0);
        expect(x::<K>(2.0) / y::<K>(INF), 0.0, [0.0, 0.0]);
        expect(x::<K>(INF).hypot(y::<K>(1.0)), INF, [1.0, 0.0]);
    }
}
