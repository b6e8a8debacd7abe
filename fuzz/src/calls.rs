//! The calls: the same function at a static point, at a dynamic one, and in chunks.

use gradual::{Real, gradient, hessian};
use nalgebra::{DVector, SVector};

use crate::random::Random;
use crate::record::Record;

/// So many variables: more than one chunk.
const VARIABLES: usize = 19;

/// A random smooth function, well conditioned: a sum of products of functions of the coordinates.
struct Smooth {
    terms: Vec<(usize, usize, usize, f64)>,
}

impl Smooth {
    fn new(random: &mut Random) -> Self {
        let term = |random: &mut Random| {
            let (i, j) = (random.below(VARIABLES), random.below(VARIABLES));
            (i, j, random.below(6), 2.0 * random.unit() - 1.0)
        };
        Self { terms: (0..3 * VARIABLES).map(|_| term(random)).collect() }
    }

    fn value<T: Real<Scalar = f64>>(&self, x: &[T]) -> T {
        let mut sum = T::literal(0.5);
        for &(i, j, function, weight) in &self.terms {
            let (a, b) = (x[i], x[j]);
            sum += match function {
                0 => a.sin() * b,
                1 => (-(a * a)).exp() * (b + 3.0),
                2 => (a * a + b * b + 1.0).ln(),
                3 => a.hypot(b + 4.0).recip(),
                4 => a.tanh() * b.atan(),
                _ => (a * a + 1.0).powf(b * 0.5),
            } * weight;
        }
        sum
    }
}

fn close(a: f64, b: f64, size: f64) -> bool {
    (a - b).abs() <= 1e-13 * size
}

/// Compares the calls on one random function.
pub fn compare(random: &mut Random, record: &mut Record) {
    let f = Smooth::new(random);
    let x = SVector::<f64, VARIABLES>::from_fn(|_, _| 4.0 * random.unit() - 2.0);
    let dynamic = DVector::from_column_slice(x.as_slice());
    let plain = f.value(x.as_slice());
    let (value, slope) = gradient(|v| f.value(v.as_slice()), &x);
    let (dynamic_value, dynamic_slope) = gradient(|v| f.value(v.as_slice()), &dynamic);
    let (hessian_value, hessian_slope, second) = hessian(|v| f.value(v.as_slice()), &dynamic);
    let same_values =
        [value, dynamic_value, hessian_value].iter().all(|v| v.to_bits() == plain.to_bits());
    // The same rules on every part, however many there are at a time.
    let same_slopes = (0..VARIABLES).all(|i| slope[i].to_bits() == dynamic_slope[i].to_bits());
    let size = slope.amax().max(1.0);
    let close_slopes = (0..VARIABLES).all(|i| close(slope[i], hessian_slope[i], size));
    // A row of the Hessian by differentiating a derivative.
    let row = random.below(VARIABLES);
    let (_, by_nesting) = gradient(
        |v| {
            let seeded: Vec<gradual::Dual<_>> = (0..VARIABLES)
                .map(|i| {
                    if i == row {
                        gradual::Dual::variable(v[i], 0)
                    } else {
                        gradual::Dual::constant(v[i])
                    }
                })
                .collect();
            f.value(&seeded).partial(0)
        },
        &dynamic,
    );
    let size = second.amax().max(1.0);
    let symmetric = second == second.transpose();
    let same_row = (0..VARIABLES).all(|j| close(second[(row, j)], by_nesting[j], size));
    for (holds, what) in [
        (same_values, "values"),
        (same_slopes, "gradients in chunks"),
        (close_slopes, "gradients of Hessians"),
        (symmetric, "symmetry"),
        (same_row, "rows of Hessians"),
    ] {
        if holds {
            record.agreed_calls += 1;
        } else {
            record.differs("call", "calls", what, || format!("{:?} at {x:?}", f.terms));
        }
    }
}
