//! noisy_float, over `Float`.

use gradual_ecosystem::case;
use noisy_float::{FloatChecker, NoisyFloat, checkers::FiniteChecker};
use num_traits::Float;

fn checked<T: Float>(x: T) -> T
where
    FiniteChecker: FloatChecker<T>,
{
    let x = NoisyFloat::<T, FiniteChecker>::new(x);
    let y = x * x + x.sin() / x.exp();
    y.max(x).sqrt().raw()
}

#[test]
fn finite_numbers() {
    case!(checked).at(0.7);
}
