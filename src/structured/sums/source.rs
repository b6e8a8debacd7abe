//! Where the values of lanes come from.

use crate::real::Real;

/// A vector with a coordinate for each variable.
pub trait Source<T>: Copy {
    /// One coordinate.
    fn get(self, i: u32) -> T;

    /// D coordinates from number `first` on.
    fn run<const D: usize>(self, first: u32) -> [T; D];
}

impl<T: Copy> Source<T> for &[T] {
    #[inline(always)]
    fn get(self, i: u32) -> T {
        self[i as usize]
    }

    #[inline(always)]
    fn run<const D: usize>(self, first: u32) -> [T; D] {
        let first = first as usize;
        let run = &self[first..first + D];
        core::array::from_fn(|r| run[r])
    }
}

/// A vector whose coordinates count as zero where variables are held; none is if `held` is empty.
#[derive(Clone, Copy)]
pub(super) struct FreeCoordinates<'a, T> {
    pub(super) of: &'a [T],
    pub(super) held: &'a [bool],
}

impl<T: Real> Source<T> for FreeCoordinates<'_, T> {
    #[inline(always)]
    fn get(self, i: u32) -> T {
        let held = self.held.get(i as usize).copied().unwrap_or(false);
        if held { T::zero() } else { self.of[i as usize] }
    }

    #[inline(always)]
    fn run<const D: usize>(self, first: u32) -> [T; D] {
        if self.held.is_empty() {
            self.of.run(first)
        } else {
            core::array::from_fn(|r| self.get(first + r as u32))
        }
    }
}
