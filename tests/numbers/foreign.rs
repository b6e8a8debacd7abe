//! Code that was written for floats differentiates with no change: textbook functions over
//! num-traits, functions over nalgebra's fields, and the bounds that other crates write.
#![cfg(feature = "nalgebra")]

use gradual::{Dual, HyperDual, Jet, Real, derivative, gradient, hessian};
use nalgebra::{
    Complex, ComplexField, Matrix3, RealField, Rotation3, SMatrix, UnitQuaternion, Vector3, vector,
};
use num_traits::{Bounded, Float, FloatConst, FromPrimitive, NumAssign, Pow, Signed, Zero};
use simba::scalar::SubsetOf;

/// Simpson's rule, as in any textbook.
fn simpson<T: Float>(f: impl Fn(T) -> T, a: T, b: T, n: usize) -> T {
    let two = T::one() + T::one();
    let h = (b - a) / T::from(n).unwrap();
    let inner = (1..n).fold(T::zero(), |sum, i| {
        let weight = if i % 2 == 1 { two + two } else { two };
        sum + weight * f(a + h * T::from(i).unwrap())
    });
    h / T::from(3).unwrap() * (f(a) + inner + f(b))
}

/// The derivative of an integral with respect to its upper limit is the integrand.
#[test]
fn textbook_quadrature() {
    let (value, slope) = derivative(|b| simpson(|x| x.sin(), Dual::constant(0.0), b, 200), 1.0_f64);
    assert_eq!(value.to_bits(), simpson(f64::sin, 0.0, 1.0, 200).to_bits());
    assert!((slope - 1.0_f64.sin()).abs() < 1e-10);
}

/// Newton's iteration for the square root, with a stopping test on values.
fn babylonian<T: Float>(x: T) -> T {
    let mut y = x;
    loop {
        let next = (y + x / y) / T::from(2.0).unwrap();
        if (next - y).abs() <= T::epsilon() * y {
            return next;
        }
        y = next;
    }
}

#[test]
fn textbook_iteration() {
    let (value, slope) = derivative(babylonian, 2.0);
    assert!((value - 2.0_f64.sqrt()).abs() < 1e-15 && (slope - 0.5 / 2.0_f64.sqrt()).abs() < 1e-15);
}

/// The sum of a few things that only `RealField` offers.
fn field<T: RealField + Copy>(x: T) -> T {
    let angle = x.atan2(T::one()) + T::frac_pi_4();
    let rotation = Rotation3::from_axis_angle(&Vector3::z_axis(), angle);
    (rotation * Vector3::new(x, T::one(), T::zero())).x + x.sinc()
}

#[test]
fn real_field() {
    let (value, slope) = derivative(field::<Dual>, 0.7);
    assert_eq!(value.to_bits(), field(0.7_f64).to_bits());
    let h = 1e-6;
    let difference = (field(0.7 + h) - field(0.7 - h)) / (2.0 * h);
    assert!((slope - difference).abs() < 1e-9);
    let (_, _, curvature) = gradual::second_derivative(field::<HyperDual>, 0.7);
    let nested = derivative(|x: Dual| derivative(field::<Dual<Dual>>, x).1, 0.7).1;
    assert!((curvature - nested).abs() < 1e-13);
}

#[test]
fn matrices() {
    // d det(A)/dA = cofactors = det(A) A⁻ᵀ
    let a = Matrix3::new(2.0, 1.0, 0.5, -1.0, 3.0, 1.0, 0.25, 1.0, 4.0);
    let x = SMatrix::<f64, 9, 1>::from_column_slice(a.as_slice());
    let (det, g) = gradient(|x| Matrix3::from_column_slice(x.as_slice()).determinant(), &x);
    assert_eq!(det.to_bits(), a.determinant().to_bits());
    let cofactors = a.try_inverse().unwrap().transpose() * det;
    assert!((Matrix3::from_column_slice(g.as_slice()) - cofactors).amax() < 1e-14);
    // the same through the LU decomposition
    let (_, g) = gradient(|x| Matrix3::from_column_slice(x.as_slice()).lu().determinant(), &x);
    assert!((Matrix3::from_column_slice(g.as_slice()) - cofactors).amax() < 1e-13);
}

#[test]
fn rotations() {
    // turning about z by t: the velocity is perpendicular
    let turned =
        |t: Dual| UnitQuaternion::from_axis_angle(&Vector3::z_axis(), t) * Vector3::<Dual>::x();
    let (x, slope) = derivative(|t| turned(t).x, 0.5);
    assert!((x - 0.5_f64.cos()).abs() < 1e-15 && (slope + 0.5_f64.sin()).abs() < 1e-15);
    let (_, slope) = derivative(|t| turned(t).y, 0.5);
    assert!((slope - 0.5_f64.cos()).abs() < 1e-15);
}

#[test]
fn complex_numbers() {
    // d/dt |exp((1 + 2i) t)|² = 2 exp(2t)
    let (_, slope) = derivative(
        |t: Dual| (Complex::new(Dual::constant(1.0), Dual::constant(2.0)) * t).exp().norm_sqr(),
        0.3,
    );
    assert!((slope - 2.0 * 0.6_f64.exp()).abs() < 1e-14);
}

/// The bounds that downstream crates combine; no call needs to be qualified.
fn levenberg_marquardt_bound<T: RealField + Float + Copy>(x: T) -> T {
    Float::sqrt(x * x + T::one())
}

fn kinematics_bound<T: RealField + SubsetOf<f64> + Copy>(x: T) -> T {
    let plain: f64 = nalgebra::convert(x);
    if plain > 0.0 { x * x } else { -x }
}

fn assorted_bounds<T>(x: T) -> T
where
    T: Bounded + Pow<i32, Output = T> + NumAssign + Copy + FromPrimitive + Signed + PartialOrd,
{
    let mut best = T::max_value();
    for n in 1..4 {
        let mut candidate = x.pow(n);
        candidate += T::from_i32(n).unwrap();
        if candidate < best {
            best = candidate;
        }
    }
    best.abs()
}

fn constants_bound<T: Float + FloatConst + std::iter::Sum + Default>(x: T) -> T {
    [x * T::PI(), T::E(), T::default()].into_iter().sum::<T>()
}

#[test]
fn bounds_of_downstream_crates() {
    let (value, slope) = derivative(levenberg_marquardt_bound::<Dual>, 0.75);
    assert!(value == 1.25 && (slope - 0.6).abs() < 2e-16);
    assert_eq!(derivative(kinematics_bound::<Dual>, 3.0), (9.0, 6.0));
    assert_eq!(derivative(assorted_bounds::<Dual>, 3.0), (4.0, 1.0));
    assert_eq!(derivative(constants_bound::<Dual>, 1.0).1, std::f64::consts::PI);
    // ... and of nested jets and f32
    let second =
        derivative(|x: Dual| derivative(levenberg_marquardt_bound::<Dual<Dual>>, x).1, 0.0);
    assert_eq!(second, (0.0, 1.0));
    assert_eq!(derivative(kinematics_bound::<Dual<f32>>, 3.0), (9.0, 6.0));
}

/// Everything that the design promises of every jet, as bounds that must hold for generic T and K.
#[test]
fn traits_hold_for_every_jet() {
    fn number<T>()
    where
        T: Real
            + RealField
            + ComplexField<RealField = T>
            + Signed
            + Bounded
            + Pow<T, Output = T>
            + Pow<i32, Output = T>
            + num_traits::Inv<Output = T>
            + num_traits::MulAdd<Output = T>
            + num_traits::MulAddAssign
            + num_traits::NumRef
            + num_traits::NumAssignRef
            + num_traits::real::Real
            + SubsetOf<f64>
            + From<f32>
            + From<i16>
            + std::str::FromStr
            + PartialOrd<T::Scalar>
            + nalgebra::Scalar
            + num_traits::AsPrimitive<f64>,
        for<'a> &'a T: num_traits::RefNum<T>,
    {
        assert!(Zero::is_zero(&T::zero()));
    }
    fn jet<T, K: gradual::derivatives::Derivatives<T>>()
    where
        T: Real + RealField + std::str::FromStr,
        T::Scalar: From<f32> + From<i16> + num_traits::AsPrimitive<f64>,
    {
        number::<Jet<T, K>>();
    }
    type P<const N: usize> = gradual::derivatives::Partials<f64, N>;
    type S<const N: usize> = gradual::derivatives::SecondPartials<f64, N>;
    jet::<f64, P<3>>();
    jet::<f64, S<3>>();
    number::<Dual<f32, 7>>();
    number::<Dual<Dual<f64, 2>, 3>>();
    number::<HyperDual<Dual<f32>, 4>>();
    number::<Dual<HyperDual<f64, 2>>>();
}

/// The Hessian of a loss over matrices of jets: least squares through the normal equations.
#[test]
fn least_squares() {
    let (_, g, h) = hessian(
        |w| {
            let a = SMatrix::<_, 3, 2>::new(
                Jet::constant(1.0),
                Jet::constant(2.0),
                Jet::constant(3.0),
                Jet::constant(4.0),
                Jet::constant(5.0),
                Jet::constant(6.0),
            );
            (a * w - Vector3::repeat(Jet::constant(1.0))).norm_squared()
        },
        &vector![0.0, 0.0],
    );
    assert_eq!(g, vector![-18.0, -24.0]);
    assert_eq!(h, nalgebra::matrix![70.0, 88.0; 88.0, 112.0]);
}
