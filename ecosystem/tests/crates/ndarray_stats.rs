//! ndarray-stats, over `Float + FromPrimitive`.

use gradual_ecosystem::case;
use ndarray::{Array1, Array2};
use ndarray_stats::{CorrelationExt, EntropyExt, SummaryStatisticsExt};
use num_traits::{Float, FromPrimitive};

fn samples<T: Float>(x: T) -> Array1<T> {
    (1..8).map(|i| (x * T::from(i).unwrap()).sin() + T::from(1.5).unwrap()).collect()
}

fn summary<T: Float + FromPrimitive + 'static>(x: T) -> T {
    let a = samples(x);
    let mean = a.weighted_mean(&samples(x * x)).unwrap();
    mean + a.kurtosis().unwrap()
        + a.skewness().unwrap()
        + a.central_moment(3).unwrap()
        + a.geometric_mean().unwrap()
}

fn correlation<T: Float + FromPrimitive + 'static>(x: T) -> T {
    let a = Array2::from_shape_fn((2, 5), |(i, j)| (x * T::from(3 * i + j + 1).unwrap()).cos());
    a.pearson_correlation().unwrap()[(0, 1)] + a.cov(T::one()).unwrap()[(1, 1)]
}

fn entropy<T: Float + FromPrimitive + 'static>(x: T) -> T {
    let a = samples(x);
    a.entropy().unwrap() + a.kl_divergence(&samples(x * x)).unwrap()
}

#[test]
fn statistics() {
    case!(summary).within(1e-8).step(1.0 / 512.0).at(0.3);
    // A product of matrices, for which ndarray has a kernel of its own for f64.
    case!(correlation).values_within(1e-14).within(1e-8).step(1.0 / 512.0).at(0.3);
    case!(entropy).within(1e-8).step(1.0 / 512.0).at(0.3);
}
