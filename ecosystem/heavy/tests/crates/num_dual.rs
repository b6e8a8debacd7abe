//! Every method of num-dual's `DualNum`, in all three releases, against its own numbers.

use gradual::HyperDual;

/// A test for a release: its crate, and the bound that says "over `f64`".
macro_rules! release {
    ($name:ident, $num_dual:ident, [$($bound:tt)*]) => {
        #[test]
        fn $name() {
            use $num_dual::{Dual2_64, DualNum};

            /// All methods at 0 < x < 1.
            fn all<D: DualNum<$($bound)*> + Copy>(x: D) -> Vec<D> {
                let (sin, cos) = x.sin_cos();
                let above = x + D::from(1.0);
                vec![
                    DualNum::recip(&x), x.powi(3), x.powi(-2), x.powf(2.5), x.sqrt(), x.cbrt(), x.exp(), x.exp2(),
                    x.exp_m1(), x.ln(), x.log(3.0), x.log2(), x.log10(), x.ln_1p(), x.sin(), x.cos(), x.tan(), sin, cos,
                    x.asin(), x.acos(), x.atan(), x.atan2(above), x.sinh(), x.cosh(), x.tanh(), x.asinh(),
                    above.acosh(), x.atanh(), x.mul_add(above, x), x.powd(above), x.sph_j0(),
                    // beside the methods: what the bound brings
                    x.abs() + x.signum() * 2.0 - x / 3.0, x.inv(), [x, above].into_iter().sum(),
                ]
            }

            fn order<D: DualNum<$($bound)*>>() -> usize {
                D::NDERIV
            }

            for x in [0.003, 0.1, 0.55, 0.9] {
                let plain = all::<f64>(x);
                let theirs = all(Dual2_64::new(x, 1.0, 0.0));
                let ours = all(HyperDual::<f64>::variable(x, 0));
                for (i, ((plain, theirs), ours)) in plain.into_iter().zip(theirs).zip(ours).enumerate() {
                    // num-dual's plain `powd` is exp(y ln x), sph_j0 a quotient: the last digit differs
                    let value = (ours.value - plain).abs();
                    assert!(value <= 4e-16 * plain.abs(), "{i} at {x}: {} {plain}", ours.value);
                    for (order, found, known) in
                        [(1, ours.partial(0), theirs.v1), (2, ours.second_partial(0, 0), theirs.v2)]
                    {
                        let error = (found - known).abs() / known.abs().max(1.0);
                        assert!(error < 2e-11, "{i} at {x}, order {order}: {found} {known}");
                    }
                }
            }
            assert_eq!(order::<HyperDual>(), 2);
            assert_eq!($num_dual::DualStruct::re(&HyperDual::<f64>::variable(3.0, 0)), 3.0);
        }
    };
}

release! { num_dual_0_15, num_dual, [Primitive = f64] }
release! { num_dual_0_14, num_dual_0_14, [f64] }
release! { num_dual_0_13, num_dual_0_13, [f64] }
