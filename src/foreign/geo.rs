//! geo: its traits for coordinates, so that areas, lengths, distances and predicates run on jets.

use core::cmp::Ordering;

use float_next_after::NextAfter;
use geo::{GeoNum, kernels::RobustKernel};

use crate::derivatives::Derivatives;
use crate::jet::Jet;
use crate::real::Real;

impl<T: Real, K: Derivatives<T>> GeoNum for Jet<T, K> {
    /// Orientations are decided on the values, as they are for plain floats.
    type Ker = RobustKernel;

    #[inline]
    #[track_caller]
    fn total_cmp(&self, other: &Self) -> Ordering {
        Jet::total_cmp(self, other)
    }
}

/// The next value, beside the same derivatives.
impl<T: Real + NextAfter, K: Derivatives<T>> NextAfter for Jet<T, K> {
    #[inline]
    fn next_after(self, other: Self) -> Self {
        self.with_value(self.value.next_after(other.value))
    }
}
