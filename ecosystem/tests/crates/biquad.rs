//! biquad, over `Float`: second-order audio filters.

use biquad::{Biquad, Coefficients, DirectForm1, DirectForm2Transposed, Hertz, Type};
use gradual_ecosystem::case;
use num_traits::{ConstZero, Float};

fn c<T: Float>(x: f64) -> T {
    T::from(x).unwrap()
}

/// The output of a low-pass filter by its cutoff.
fn low_pass<T: Float + ConstZero>(cutoff: T) -> T {
    let (rate, cutoff) =
        (Hertz::<T>::from_hz(c::<T>(48.0)).unwrap(), Hertz::<T>::from_hz(cutoff).unwrap());
    let coefficients = Coefficients::<T>::from_params(Type::LowPass, rate, cutoff, c(0.7)).unwrap();
    let mut filter = DirectForm2Transposed::<T>::new(coefficients);
    (0..20).fold(T::zero(), |_, i| filter.run(c((i as f64).sin())))
}

/// The output of a peaking equaliser by its quality.
fn peaking<T: Float + ConstZero>(quality: T) -> T {
    let kind = Type::PeakingEQ(c(6.0));
    let coefficients = Coefficients::<T>::from_normalized_params(kind, c(0.2), quality).unwrap();
    let mut filter = DirectForm1::<T>::new(coefficients);
    (0..20).fold(T::zero(), |_, i| filter.run(c((i as f64).cos())))
}

#[test]
fn filters() {
    case!(low_pass).at(5.0);
    case!(peaking).at(0.7);
}
