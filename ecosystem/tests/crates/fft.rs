//! rustfft and realfft, over `FftNum`. The plain run uses the scalar planner: the planner that picks
//! vector instructions for f64 rounds differently.

use gradual_ecosystem::case;
use num_traits::Float;
use realfft::RealFftPlanner;
use rustfft::{FftNum, FftPlannerScalar, num_complex::Complex};

fn power<T: FftNum + Float>(x: T, n: usize, bin: usize) -> T {
    let sample = |i| (x * <T as num_traits::NumCast>::from(i).unwrap()).sin();
    let mut data: Vec<_> = (0..n).map(|i| Complex::new(sample(i), x)).collect();
    FftPlannerScalar::new().plan_fft_forward(n).process(&mut data);
    data[bin].norm_sqr()
}

fn mixed_radix<T: FftNum + Float>(x: T) -> T {
    power(x, 12, 2)
}

fn power_of_two<T: FftNum + Float>(x: T) -> T {
    power(x, 64, 7)
}

fn prime<T: FftNum + Float>(x: T) -> T {
    power(x, 13, 3)
}

/// Forward and back: n times the signal.
fn round_trip<T: FftNum + Float>(x: T) -> T {
    let n = 10;
    let mut data: Vec<_> = (1..=n).map(|i| Complex::new(x.powi(i), T::zero())).collect();
    let mut planner = FftPlannerScalar::new();
    planner.plan_fft_forward(10).process(&mut data);
    planner.plan_fft_inverse(10).process(&mut data);
    data[2].re
}

/// realfft picks rustfft's planner itself; 3 has no vector kernel in this build.
fn real_transform<T: FftNum + Float>(x: T) -> T {
    let fft = RealFftPlanner::<T>::new().plan_fft_forward(6);
    let mut input = fft.make_input_vec();
    for (i, v) in input.iter_mut().enumerate() {
        *v = x.powi(i as i32);
    }
    let mut spectrum = fft.make_output_vec();
    fft.process(&mut input, &mut spectrum).unwrap();
    spectrum[1].re + spectrum[2].im
}

#[test]
fn transforms() {
    case!(mixed_radix).step(1.0 / 512.0).at(0.4);
    case!(power_of_two).within(1e-8).step(1.0 / 1024.0).at(0.4);
    case!(prime).step(1.0 / 512.0).at(0.4);
    case!(round_trip).slope(|x| 30.0 * x * x).within(1e-13).at(0.4);
    case!(real_transform).at(0.4);
}
