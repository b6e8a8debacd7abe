//! num-complex, over `Float + FloatConst`.

use gradual_ecosystem::case;
use num_complex::Complex;
use num_traits::{Float, FloatConst, Inv, Pow};

fn exp_and_logarithm<T: Float + FloatConst>(x: T) -> T {
    let z = Complex::new(x, x * x);
    (z.exp() + z.ln()).re
}

/// |e^(i x) - 1|² = 2 - 2 cos x.
fn chord<T: Float + FloatConst>(x: T) -> T {
    (Complex::cis(x) - Complex::from(T::one())).norm_sqr()
}

fn complex_power<T: Float + FloatConst>(x: T) -> T {
    Complex::new(x, T::one()).powc(Complex::new(T::one(), x)).im
}

fn roots<T: Float + FloatConst>(x: T) -> T {
    let z = Complex::from_polar(x, x * x);
    z.sqrt().re + z.cbrt().im
}

fn trigonometry<T: Float + FloatConst>(x: T) -> T {
    let z = Complex::new(x, x.cos());
    (z.sin() * z.tanh() + z.atan()).norm() + z.acosh().arg()
}

fn integer_power_and_inverse<T: Float + FloatConst>(x: T) -> T {
    let z = Complex::new(x, x.sin());
    (z.powi(-3) + z.inv() + Pow::pow(&z, 4_u32)).im
}

#[test]
fn complex() {
    case!(exp_and_logarithm).at(0.8);
    case!(chord).slope(|x| 2.0 * x.sin()).within(1e-14).at(0.8);
    case!(complex_power).at(0.8);
    case!(roots).at(0.8);
    case!(trigonometry).at(0.8);
    case!(integer_power_and_inverse).at(0.8);
}
