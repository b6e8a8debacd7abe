//! Random numbers: a seeded generator, and points where functions go wrong.

use gradual::Scalar;

#[path = "../../tests/common/generator.rs"]
mod generator;

pub use generator::Random;

impl Random {
    /// The generator of a program: every program of a seed has its own, so that it can be repeated alone.
    pub fn new(seed: u64, program: u64) -> Self {
        let mut random = Self(seed ^ program.wrapping_mul(0xA24B_AED4_963E_E407));
        random.next();
        random
    }

    /// One of the entries.
    pub fn of<T: Copy>(&mut self, entries: &[T]) -> T {
        entries[self.below(entries.len())]
    }

    /// A number, mostly of ordinary size; often a special one.
    pub fn number<S: Scalar>(&mut self) -> S {
        let sign = if self.next().is_multiple_of(2) { 1.0 } else { -1.0 };
        let x = match self.below(16) {
            0..8 => sign * 10_f64.powf(4.0 * self.unit() - 2.0),
            8 => (self.below(13) as f64 - 6.0) / 2.0,
            9 => sign * (1.0 + (self.unit() - 0.5) * 1e-6),
            // the whole range of exponents, of the half in which squares exist
            10 => return S::literal(sign) * exponential::<S>(self.unit() - 0.5),
            11 => return S::literal(sign) * exponential::<S>(2.0 * self.unit() - 1.0),
            12 => return S::literal(sign) * self.special::<S>(),
            _ => self.unit(),
        };
        S::literal(x)
    }

    /// Zero, the smallest and the largest numbers, the neighbours of one, infinity, NaN.
    fn special<S: Scalar>(&mut self) -> S {
        let (min, epsilon) = (S::min_positive_value(), S::epsilon());
        self.of(&[
            S::zero(),
            S::zero(),
            S::one(),
            S::one() - epsilon,
            S::one() + epsilon,
            min,
            min * epsilon,
            min * S::literal(0.25),
            min.sqrt(),
            S::max_value(),
            S::max_value().sqrt(),
            S::infinity(),
            S::nan(),
        ])
    }

    /// A derivative part: often zero, as those of the variables are that do not take part.
    pub fn part<S: Scalar>(&mut self) -> S {
        match self.below(4) {
            0 | 1 => S::zero(),
            2 => S::one(),
            _ => S::literal(4.0 * self.unit() - 2.0),
        }
    }

    /// An exponent for `powi`.
    pub fn exponent(&mut self) -> i32 {
        match self.below(8) {
            0 => self.next() as i32,
            1 => self.below(200) as i32 - 100,
            _ => self.below(11) as i32 - 5,
        }
    }
}

/// The number of precision S whose exponent is `fraction` of the largest one.
fn exponential<S: Scalar>(fraction: f64) -> S {
    (S::max_value().ln() * S::literal(fraction)).exp()
}
