//! Features `rand` and `rand_distr`: the drawn values are those of plain floats, and the derivatives
//! those of the draw as a function of its parameters, the random source kept.

// All of it: no name at the root is that of rand.
use gradual::*;
use rand::distr::{Distribution, Open01, OpenClosed01, StandardUniform, Uniform};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

fn rng() -> StdRng {
    StdRng::seed_from_u64(7)
}

fn constants<P>(distribution: &P)
where
    P: Distribution<f64> + Distribution<Dual<f64, 2>> + Distribution<Dual<Dual>>,
{
    let (mut plain, mut dual, mut nested) = (rng(), rng(), rng());
    for _ in 0..100 {
        let value: f64 = distribution.sample(&mut plain);
        let jet: Dual<f64, 2> = distribution.sample(&mut dual);
        let deep: Dual<Dual> = distribution.sample(&mut nested);
        assert!(jet.all_eq(&Dual::constant(value)));
        assert!(deep.all_eq(&Dual::constant(Dual::constant(value))));
    }
}

#[test]
fn standard_numbers_are_constants() {
    constants(&StandardUniform);
    constants(&Open01);
    constants(&OpenClosed01);
    let x: f32 = rng().random();
    assert_eq!(rng().random::<Dual<f32>>().value, x);
}

/// x = low + u (high - low): the partials are 1 - u and u, and no second derivative.
#[test]
fn uniform_draws_move_with_their_bounds() {
    let (low, high) = (-1.5, 2.5);
    let bounds = variables(&[low, high]);
    let plain: Vec<f64> = rng().sample_iter(Uniform::new(low, high).unwrap()).take(100).collect();
    let jets: Vec<Dual<f64, 2>> =
        rng().sample_iter(Uniform::new(bounds[0], bounds[1]).unwrap()).take(100).collect();
    for (x, jet) in plain.into_iter().zip(jets) {
        assert_eq!(jet.value.to_bits(), x.to_bits());
        let u = (x - low) / (high - low);
        assert!((jet.partial(0) - (1.0 - u)).abs() < 1e-15 && (jet.partial(1) - u).abs() < 1e-15);
    }

    let single = rng().random_range(bounds[0]..bounds[1]);
    assert_eq!(single.value.to_bits(), rng().random_range(low..high).to_bits());
    let single = rng().random_range(bounds[0]..=bounds[1]);
    assert_eq!(single.value.to_bits(), rng().random_range(low..=high).to_bits());

    let scale = HyperDual::<f64>::variable(2.0, 0);
    let draw = rng().random_range(scale * 0.0..scale * scale);
    let u = rng().random_range(0.0..4.0) / 4.0;
    assert!((draw.partial(0) - 4.0 * u).abs() < 1e-14);
    assert!((draw.second_partial(0, 0) - 2.0 * u).abs() < 1e-14);
}

#[test]
fn an_interval_of_one_point() {
    let x = Dual::<f64>::variable(3.0, 0);
    assert!(rng().random_range(x..=x).all_eq(&x));
}

#[test]
fn bad_bounds_are_errors() {
    let [low, high] = [2.0, 1.0].map(Dual::<f64>::constant);
    assert_eq!(Uniform::new(low, high).unwrap_err(), Uniform::new(2.0, 1.0).unwrap_err());
    let high = Dual::constant(f64::INFINITY);
    assert_eq!(Uniform::new(low, high).unwrap_err(), Uniform::new(2.0, f64::INFINITY).unwrap_err());
}

/// The reparameterised draw, mean + deviation · z: the partials are 1 and z.
#[test]
fn normal_draws_move_with_mean_and_deviation() {
    use rand_distr::{Exp1, Normal, StandardNormal};

    constants(&StandardNormal);
    constants(&Exp1);
    let [mean, deviation] = variables::<f64, 2>(&[1.5, 0.25]);
    let normal = Normal::new(mean, deviation).unwrap();
    let plain = Normal::<f64>::new(1.5, 0.25).unwrap();
    let (mut a, mut b, mut c) = (rng(), rng(), rng());
    for _ in 0..100 {
        let jet = normal.sample(&mut a);
        assert_eq!(jet.value.to_bits(), plain.sample(&mut b).to_bits());
        assert_eq!(jet.gradient(), [1.0, c.sample(StandardNormal)]);
    }
}
