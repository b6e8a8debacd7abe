//! rand: a standard uniform number is a constant; a number drawn uniformly between two bounds moves
//! with the bounds (the pathwise derivative: with low + u (high - low), the fraction u stays).

use rand::Rng;
use rand::distr::uniform::{Error, SampleBorrow, SampleUniform, UniformSampler};
use rand::distr::{Distribution, Open01, OpenClosed01, StandardUniform};

use crate::derivatives::Derivatives;
use crate::jet::Jet;
use crate::real::Real;

/// A distribution without parameters draws constants, the same ones as for plain floats.
macro_rules! constants_of {
    ($($distribution:ident)*) => {$(
        impl<T: Real, K: Derivatives<T>> Distribution<Jet<T, K>> for $distribution
        where
            $distribution: Distribution<T>,
        {
            #[inline]
            fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> Jet<T, K> {
                Jet::constant(self.sample(rng))
            }
        }
    )*};
}

constants_of! { StandardUniform Open01 OpenClosed01 }

#[cfg(feature = "rand_distr")]
mod distributions {
    use super::*;
    use rand_distr::{Exp1, StandardNormal};

    constants_of! { StandardNormal Exp1 }
}

/// Draws jets uniformly between two jets: the value is the one that plain floats get from the same
/// generator, and the derivatives are interpolated between those of the bounds.
///
/// ```
/// use gradual::Dual;
/// use rand::{RngExt, SeedableRng, rngs::SmallRng};
/// let draw = |high: Dual| SmallRng::seed_from_u64(1).random_range(Dual::constant(0.0)..high);
/// let x = draw(Dual::variable(4.0, 0));
/// assert_eq!(x.value, SmallRng::seed_from_u64(1).random_range(0.0..4.0));
/// assert_eq!(x.partial(0), x.value / 4.0); // x = u · high
/// ```
impl<T: Real + SampleUniform, K: Derivatives<T>> SampleUniform for Jet<T, K> {
    type Sampler = UniformJet<T, K>;
}

/// The jets between two jets.
#[derive(Clone, Copy, Debug)]
pub struct UniformJet<T: Real + SampleUniform, K> {
    low: Jet<T, K>,
    high: Jet<T, K>,
    values: T::Sampler,
}

/// The jet at the drawn `value` between the bounds.
#[inline]
fn between<T: Real, K: Derivatives<T>>(low: Jet<T, K>, high: Jet<T, K>, value: T) -> Jet<T, K> {
    let width = (high.value - low.value).primal();
    let zero = T::Scalar::default();
    let fraction = if width == zero { zero } else { (value - low.value).primal() / width };
    (low + (high - low) * fraction).with_value(value)
}

macro_rules! constructors {
    ($($name:ident)*) => {$(
        #[inline]
        fn $name<B1, B2>(low: B1, high: B2) -> Result<Self, Error>
        where
            B1: SampleBorrow<Self::X> + Sized,
            B2: SampleBorrow<Self::X> + Sized,
        {
            let (low, high) = (*low.borrow(), *high.borrow());
            let values = T::Sampler::$name(low.value, high.value)?;
            Ok(Self { low, high, values })
        }
    )*};
}

macro_rules! single_samples {
    ($($name:ident)*) => {$(
        #[inline]
        fn $name<R: Rng + ?Sized, B1, B2>(low: B1, high: B2, rng: &mut R) -> Result<Self::X, Error>
        where
            B1: SampleBorrow<Self::X> + Sized,
            B2: SampleBorrow<Self::X> + Sized,
        {
            let (low, high) = (*low.borrow(), *high.borrow());
            let value = T::Sampler::$name(low.value, high.value, rng)?;
            Ok(between(low, high, value))
        }
    )*};
}

impl<T: Real + SampleUniform, K: Derivatives<T>> UniformSampler for UniformJet<T, K> {
    type X = Jet<T, K>;

    constructors! { new new_inclusive }

    #[inline]
    fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> Self::X {
        between(self.low, self.high, self.values.sample(rng))
    }

    single_samples! { sample_single sample_single_inclusive }
}
