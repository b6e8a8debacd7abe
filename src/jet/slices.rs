//! Numbers as plain slices, for messages, columns of tables and files.

use super::{Dual, HyperDual};
use crate::derivatives::{HessianSize, Size};
use crate::real::Real;

/// Panics if a slice has not the length that a number takes.
#[inline]
#[track_caller]
fn assert_length(found: usize, wanted: usize, variables: usize) {
    assert!(
        found == wanted,
        "a slice of {found} numbers for a jet with {variables} variables, which takes {wanted}"
    );
}

impl<T: Real, const N: usize> Dual<T, N> {
    /// How many numbers [`Dual::to_slice`] writes: 1 + N.
    pub const LEN: usize = 1 + N;

    /// Writes the value, then the N first partial derivatives.
    ///
    /// # Panics
    /// If `numbers` has not the length [`Dual::LEN`].
    ///
    /// ```
    /// use gradual::Dual;
    /// let mut numbers = [0.0; Dual::<f64, 2>::LEN];
    /// Dual::new(5.0, [3.0, 4.0]).to_slice(&mut numbers);
    /// assert_eq!(numbers, [5.0, 3.0, 4.0]);
    /// ```
    #[inline]
    #[track_caller]
    pub fn to_slice(&self, numbers: &mut [T]) {
        assert_length(numbers.len(), Self::LEN, N);
        numbers[0] = self.value;
        numbers[1..].copy_from_slice(&self.gradient());
    }

    /// The number that [`Dual::to_slice`] wrote.
    ///
    /// # Panics
    /// If `numbers` has not the length [`Dual::LEN`].
    ///
    /// ```
    /// use gradual::Dual;
    /// assert!(Dual::from_slice(&[5.0, 3.0, 4.0]).all_eq(&Dual::new(5.0, [3.0, 4.0])));
    /// ```
    #[inline]
    #[track_caller]
    pub fn from_slice(numbers: &[T]) -> Self {
        assert_length(numbers.len(), Self::LEN, N);
        Self::new(numbers[0], core::array::from_fn(|i| numbers[1 + i]))
    }
}

impl<T: Real, const N: usize> HyperDual<T, N>
where
    Size<N>: HessianSize,
{
    /// How many numbers [`HyperDual::to_slice`] writes: 1 + N + N (N + 1) / 2.
    pub const LEN: usize = 1 + N + N * (N + 1) / 2;

    /// Writes the value, then the N first partial derivatives, then the upper triangle of the second ones, row by row.
    ///
    /// # Panics
    /// If `numbers` has not the length [`HyperDual::LEN`].
    ///
    /// ```
    /// use gradual::HyperDual;
    /// let x = HyperDual::new(2.0, [3.0, 4.0], [[5.0, 6.0], [6.0, 7.0]]);
    /// let mut numbers = [0.0; HyperDual::<f64, 2>::LEN];
    /// x.to_slice(&mut numbers);
    /// assert_eq!(numbers, [2.0, 3.0, 4.0, 5.0, 6.0, 7.0]);
    /// ```
    #[inline]
    #[track_caller]
    pub fn to_slice(&self, numbers: &mut [T]) {
        assert_length(numbers.len(), Self::LEN, N);
        numbers[0] = self.value;
        let (gradient, mut rest) = numbers[1..].split_at_mut(N);
        gradient.copy_from_slice(&self.gradient());
        for (i, row) in self.hessian().iter().enumerate() {
            let (upper, below) = rest.split_at_mut(N - i);
            upper.copy_from_slice(&row[i..]);
            rest = below;
        }
    }

    /// The number that [`HyperDual::to_slice`] wrote.
    ///
    /// # Panics
    /// If `numbers` has not the length [`HyperDual::LEN`].
    ///
    /// ```
    /// use gradual::HyperDual;
    /// let x = HyperDual::<f64, 2>::from_slice(&[2.0, 3.0, 4.0, 5.0, 6.0, 7.0]);
    /// assert_eq!((x.gradient(), x.hessian()), ([3.0, 4.0], [[5.0, 6.0], [6.0, 7.0]]));
    /// ```
    #[inline]
    #[track_caller]
    pub fn from_slice(numbers: &[T]) -> Self {
        assert_length(numbers.len(), Self::LEN, N);
        let gradient = core::array::from_fn(|i| numbers[1 + i]);
        let mut hessian = [[T::ZERO; N]; N];
        let mut upper = &numbers[1 + N..];
        for (i, row) in hessian.iter_mut().enumerate() {
            let (own, below) = upper.split_at(N - i);
            row[i..].copy_from_slice(own);
            upper = below;
        }
        Self::new(numbers[0], gradient, hessian)
    }
}
