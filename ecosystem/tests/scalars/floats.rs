//! half's and ordered-float's numbers.

use gradual::{Dual, HyperDual, Real, derivative, gradient, hessian, jacobian, second_derivative};
use gradual_ecosystem::double_double::Quad;
use half::{bf16, f16};
use num_traits::{ConstZero, Float};
use ordered_float::OrderedFloat;

gradual::scalar! {
    /// IEEE 754's half precision: 11 bits, up to 65504.
    pub struct Half(pub f16);
    ZERO = f16::ZERO;
    ONE = f16::ONE;
}

gradual::scalar! {
    /// The upper half of an `f32`: 8 bits.
    pub struct Brain(pub bf16);
    ZERO = bf16::ZERO;
    ONE = bf16::ONE;
}

gradual::scalar! {
    /// A float with a total order.
    #[derive(Eq, Ord, Hash)]
    pub struct Ordered(pub OrderedFloat<f64>);
    ZERO = OrderedFloat(0.0);
    ONE = OrderedFloat(1.0);
}

/// Every call, over whatever float: small numbers, which all of them hold exactly.
fn calls<S: gradual::Scalar>() {
    let c = S::literal;
    let (y, slope) = derivative(|x| x.sin() * c(2.0) + x * c(3.0) - (x + c(1.0)).recip(), c(0.0));
    assert_eq!((y, slope), (c(-1.0), c(6.0)));
    assert_eq!(second_derivative(|x| x * x * x, c(5.0)), (c(125.0), c(75.0), c(30.0)));
    let (f, g) = gradient(|[x, y]| (y - x * x).powi(2) + x.hypot(y), [c(3.0), c(4.0)]);
    assert_eq!((f, g), (c(30.0), [c(60.0) + c(3.0) / c(5.0), c(-10.0) + c(4.0) / c(5.0)]));
    assert_eq!(
        hessian(|[x, y]| x * x * y, [c(3.0), c(2.0)]).2,
        [[c(4.0), c(6.0)], [c(6.0), c(0.0)]]
    );
    let (_, j) = jacobian(|[r, t]| [r * t.cos(), r * t.sin()], [c(2.0), c(0.0)]);
    assert_eq!(j, [[c(1.0), c(0.0)], [c(0.0), c(2.0)]]);
    let nested = derivative(|x| derivative(|y| y.powi(3) * c(2.0), x).1, c(2.0));
    assert_eq!(nested, (c(24.0), c(24.0)));
    // more variables than one chunk has
    let x: Vec<S> = (0..40).map(|i| c(f64::from(i))).collect();
    let (_, g) = gradient(|v| v.iter().map(|x| x * c(0.5) * x).sum(), &x);
    assert_eq!(g, x);
}

#[test]
fn every_call_over_every_float() {
    calls::<f32>();
    calls::<Half>();
    calls::<Brain>();
    calls::<Ordered>();
    calls::<Quad>();
}

/// The float stands on both sides of operators and comparisons, by value and by reference.
#[allow(clippy::op_ref)]
#[test]
fn the_float_on_both_sides() {
    let c = Half::literal;
    let x = Dual::<Half>::variable(c(3.0), 0);
    let y = c(2.0) * x + x * c(2.0) - c(12.0) / &x + &c(1.0) - x / &c(1.0);
    assert_eq!((y.value, y.partial(0)), (c(6.0), c(3.0) + c(12.0) / c(9.0)));
    assert!(x > c(1.0) && c(1.0) < x && x == c(3.0) && c(3.0) == x && c(4.0) >= x);
    assert_eq!(x.max(c(4.0)).partial(0), c(0.0));
    let mut z = x;
    z *= c(2.0);
    z -= c(1.0);
    assert_eq!((z.value, z.partial(0)), (c(5.0), c(2.0)));
    assert_eq!((c(7.0) % x).partial(0), c(-2.0));
}

/// A generic function that knows nothing of jets or of this crate.
#[test]
fn generic_functions() {
    fn bowl<T: Float>([x, y]: [T; 2]) -> T {
        (x * x + y * y).sqrt()
    }
    fn logistic<T: Real>(x: T) -> T {
        ((-x).exp() + T::literal(1.0)).recip() * T::literal(2.0)
    }
    let c = Brain::literal;
    assert_eq!(gradient(bowl, [c(0.0), c(4.0)]), (c(4.0), [c(0.0), c(1.0)]));
    assert_eq!(derivative(logistic, c(0.0)), (c(1.0), c(0.5)));
    assert_eq!(logistic(c(0.0)), c(1.0));
}

/// Derivatives of f16 and bf16 have the digits of the number: sixteen points, against `f64`.
#[test]
fn half_precision_is_as_accurate_as_its_digits() {
    macro_rules! compare {
        ($number:ty, $($f:ident)*) => {$(
            for i in 1..16 {
                let x = f64::from(i) / 16.0;
                let (y, slope) = derivative(|x| x.$f(), <$number>::literal(x));
                let (known_y, known) = derivative(|x| x.$f(), x);
                let ulp = num_traits::ToPrimitive::to_f64(&<$number as Float>::epsilon()).unwrap();
                for (found, known) in [(y, known_y), (slope, known)] {
                    let found = num_traits::ToPrimitive::to_f64(&found).unwrap();
                    let error = (found - known).abs() / known.abs().max(ulp);
                    assert!(error <= 4.0 * ulp, "{} {x}: {found}, {known}", stringify!($f));
                }
            }
        )*};
    }
    compare! { Half, exp ln sqrt cbrt sin cos sinh tanh atan asinh exp_m1 ln_1p recip log2 }
    compare! { Brain, exp ln sqrt cbrt sin cos sinh tanh atan asinh exp_m1 ln_1p recip log2 }
}

/// Far out, where 1 + x² is x² to the last digit, or overflows: beyond 256 in f16, whose largest number is 65504; bf16 has f32's range.
/// Derivatives against those of `f64`, to the last digits and a few steps of the smallest number.
#[test]
fn far_out() {
    macro_rules! compare {
        ($number:ident($float:ident), $points:expr, $($function:ident)*) => {$(
            for x in $points {
                let c = $number::literal;
                // The point that the number holds.
                let x = c(x);
                let wide = x.0.to_f64();
                let got = second_derivative(|x| x.$function(), x);
                let want = second_derivative(|x| x.$function(), wide);
                let smallest = $float::from_bits(1).to_f64();
                for (got, want) in [(got.0, want.0), (got.1, want.1), (got.2, want.2)] {
                    let allowed = 4.0 * ($number::epsilon().0.to_f64() * want.abs() + smallest);
                    let error = (got.0.to_f64() - want).abs();
                    assert!(error <= allowed, "{} of {wide}: {got} for {want:e}", stringify!($function));
                }
            }
        )*};
    }
    // On both sides of the place where a function goes over to its tail, and the largest numbers.
    let half = [100.0, 200.0, 250.0, 255.0, 256.0, 257.0, 300.0, 1e3, 1e4, 6e4, 65504.0];
    compare! { Half(f16), half, asinh acosh atan ln sqrt cbrt recip }
    compare! { Half(f16), half.map(|x| -x), asinh atan cbrt recip }
    let brain = [100.0, 128.0, 129.0, 200.0, 300.0, 1e4, 1e10, 1e18, 1e19, 1e20, 1e38];
    compare! { Brain(bf16), brain, asinh acosh atan ln sqrt cbrt recip }
    compare! { Brain(bf16), brain.map(|x| -x), asinh atan cbrt recip }
}

#[test]
fn jets_in_sorted_order_and_as_keys() {
    let c = Ordered::literal;
    let mut values: Vec<Ordered> =
        [0.3, f64::NAN, -1.0].map(|x| derivative(|x| x * x, c(x)).0).into();
    values.sort();
    assert_eq!(values[..2], [c(0.3 * 0.3), c(1.0)]);
    let slopes: std::collections::BTreeMap<Ordered, Ordered> =
        [3.0, 1.0, 2.0].map(|x| derivative(|x| x * x, c(x))).into();
    assert_eq!(slopes.into_values().collect::<Vec<_>>(), [c(2.0), c(4.0), c(6.0)]);
    let seen: std::collections::HashSet<Ordered> = [c(1.0), c(1.0)].into();
    assert_eq!(seen.len(), 1);
}

#[test]
fn texts() {
    let x = Dual::<Ordered>::variable(Ordered::literal(0.5), 0);
    assert_eq!(format!("{x}"), format!("{}", Dual::<f64>::variable(0.5, 0)));
    assert_eq!(format!("{x:e}"), format!("{:e}", Dual::<f64>::variable(0.5, 0)));
    assert_eq!(format!("{}", Half::literal(0.5)), "0.5");
    assert_eq!("0.5".parse().map(Ordered).unwrap(), Ordered::literal(0.5));
}

/// Where num-traits leaves a choice, the new type decides as `f64` does.
#[test]
fn forwarded_and_own_traits() {
    use num_traits::float::TotalOrder;
    use num_traits::{Euclid, FromPrimitive, Num, One, Zero};
    let c = Ordered::literal;
    for (a, b) in [(7.5, 2.0), (-7.5, 2.0), (7.5, -2.0), (-7.5, -2.0), (6.0, 3.0), (-6.0, 3.0)] {
        let (x, y): (f64, f64) = (a, b);
        assert_eq!(Euclid::div_euclid(&c(a), &c(b)), c(x.div_euclid(y)), "{a} {b}");
        assert_eq!(Euclid::rem_euclid(&c(a), &c(b)), c(x.rem_euclid(y)), "{a} {b}");
    }
    let ordered = [-f64::NAN, f64::NEG_INFINITY, -1.0, -0.0, 0.0, 2.0, f64::INFINITY, f64::NAN];
    for (i, a) in ordered.iter().enumerate() {
        for (j, b) in ordered.iter().enumerate() {
            assert_eq!(TotalOrder::total_cmp(&c(*a), &c(*b)), i.cmp(&j), "{a} {b}");
        }
    }
    assert_eq!(Ordered::from_str_radix("2.5", 10).unwrap(), c(2.5));
    assert_eq!(Ordered::from_i64(-3), Some(c(-3.0)));
    assert_eq!((Ordered::zero(), Ordered::one()), (Ordered::ZERO, c(1.0)));
    assert_eq!(Ordered::default(), c(0.0));
    assert_eq!(c(1.0).midpoint(c(2.0)), c(1.5));
    assert_eq!([c(1.0), c(2.5)].iter().sum::<Ordered>(), c(3.5));
    assert_eq!([c(2.0), c(2.5)].into_iter().product::<Ordered>(), c(5.0));
    assert_eq!(
        HyperDual::<Half>::variable(Half::literal(2.0), 0).powi(2).second_partial(0, 0),
        Half::literal(2.0)
    );
}
