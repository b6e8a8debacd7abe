//! The kinds of jets that a generic test runs in, and a look at all their parts.

use gradual::derivatives::{BlockPartials, Derivatives};
use gradual::{BlockDual, Dual, HyperDual, Jet, Real};

/// A number whose parts can all be looked at.
pub trait Parts: Real<Scalar = f64> {
    /// Does `test` hold for the value and for every part?
    fn every(&self, test: &mut dyn FnMut(f64) -> bool) -> bool;

    /// Are the value and all parts at most `limit`?
    fn within(&self, limit: f64) -> bool {
        self.every(&mut |part| part.abs() <= limit)
    }
}

impl Parts for f64 {
    fn every(&self, test: &mut dyn FnMut(f64) -> bool) -> bool {
        test(*self)
    }
}

impl<T: Parts, K: Derivatives<T>> Parts for Jet<T, K> {
    fn every(&self, test: &mut dyn FnMut(f64) -> bool) -> bool {
        self.value.every(test) && self.derivatives.all(|part| part.every(test))
    }
}

/// A kind of number with two independent variables.
pub trait Kind: Parts {
    fn variables(x: [f64; 2]) -> [Self; 2];
}

impl Kind for f64 {
    fn variables(x: [f64; 2]) -> [Self; 2] {
        x
    }
}

impl Kind for HyperDual<f64, 2> {
    fn variables(x: [f64; 2]) -> [Self; 2] {
        Self::variables(&x)
    }
}

impl Kind for BlockDual<f64, 2, 2> {
    fn variables(x: [f64; 2]) -> [Self; 2] {
        [[1.0, 0.0], [0.0, 1.0]].map(|seed| {
            let value = if seed[0] == 1.0 { x[0] } else { x[1] };
            let mixed = [[0.0; 2]; 2];
            Self { value, derivatives: BlockPartials::new(seed, seed, mixed) }
        })
    }
}

impl<T: Kind> Kind for Dual<T, 2> {
    fn variables(x: [f64; 2]) -> [Self; 2] {
        Self::variables(&T::variables(x))
    }
}
