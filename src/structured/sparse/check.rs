//! Does a Jacobian's pattern still hold? One evaluation with a random direction tells.

use alloc::vec;
use alloc::vec::Vec;

use super::error::{SparseError, check_length};
use super::jacobian_plan::JacobianPlan;
use super::pattern::Pattern;
use super::program::RunVector;
use crate::irregular::bits;
use crate::jet::Dual;
use crate::real::{Real, Scalar};
use crate::tracing::Traced;

/// Component `i` of the direction: between 1 and 2, in either sign, of few digits, and as good as random.
fn component<T: Real>(i: usize) -> T {
    let z = bits(i as u64);
    let size = 1.0 + (z >> 48) as f64 / 65536.0;
    T::literal(if z & 1 == 0 { size } else { -size })
}

impl JacobianPlan {
    /// Does the pattern hold at `x`, where `jacobian` gave `values`? Compares J v from the values with J v
    /// from one pass of a single lane, for a random v; where they differ by more than rounding, a
    /// trace at `x` decides. It costs as much as 3 to 6 plain evaluations, if all is well.
    ///
    /// # Errors
    /// [`SparseError::Missing`] with an entry that the pattern lacks; [`SparseError::Outputs`] if the function
    /// returns another number of outputs.
    ///
    /// # Panics
    /// If a slice has another length than the plan's inputs or entries, or the program computes with traced numbers
    /// on another thread.
    #[track_caller]
    pub fn check<T: Scalar, F>(&self, f: &F, x: &[T], values: &[T]) -> Result<(), SparseError>
    where
        F: RunVector<Dual<T, 1>> + RunVector<Traced<T>> + ?Sized,
    {
        check_length("x", self.inputs(), x.len());
        check_length("values", self.nnz(), values.len());
        let seed = |(i, &value): (usize, &T)| Dual::new(value, [component(i)]);
        let point: Vec<_> = x.iter().enumerate().map(seed).collect();
        let mut y = Vec::new();
        f.run(&point, &mut y);
        self.expect_outputs(y.len())?;

        // J v, and the sum of the sizes of its terms.
        let mut products = vec![[T::zero(); 2]; self.outputs()];
        let (starts, indices) = self.pattern();
        for (major, ends) in starts.windows(2).enumerate() {
            for s in ends[0]..ends[1] {
                let (row, column) = self.place(major, indices[s]);
                let term = values[s] * component::<T>(column);
                products[row][0] += term;
                products[row][1] += term.abs();
            }
        }
        // A larger difference is looked into, a smaller one put down to rounding.
        let tolerance = T::epsilon().sqrt();
        let close = |(&[product, size], y): (&[T; 2], &Dual<T>)| {
            let difference = (product - y.partial(0)).abs();
            difference <= tolerance * (size + y.partial(0).abs())
        };
        if products.iter().zip(&y).all(close) { Ok(()) } else { self.check_by_trace(f, x) }
    }

    /// The same by a trace alone, which knows entries that happen to be zero as well. What it costs is said at
    /// [`Pattern::trace`].
    ///
    /// # Errors
    /// As [`check`](Self::check).
    ///
    /// # Panics
    /// As [`check`](Self::check).
    #[track_caller]
    pub fn check_by_trace<T: Scalar, F>(&self, f: &F, x: &[T]) -> Result<(), SparseError>
    where
        F: RunVector<Traced<T>> + ?Sized,
    {
        check_length("x", self.inputs(), x.len());
        let here = Pattern::trace(f, x);
        self.expect_outputs(here.rows())?;
        let entries = (0..here.rows()).flat_map(|i| here.row(i).iter().map(move |&j| (i, j)));
        for (row, column) in entries {
            if !self.contains(row, column) {
                return Err(SparseError::Missing { row, column });
            }
        }
        Ok(())
    }

    pub(super) fn expect_outputs(&self, got: usize) -> Result<(), SparseError> {
        let expected = self.outputs();
        if expected == got { Ok(()) } else { Err(SparseError::Outputs { expected, got }) }
    }
}

#[cfg(test)]
mod tests {
    use super::component;

    /// SplitMix64 from the seed 0: 0xe220a8397b1dcdaf, 0x6e789e6aa1b965f4, 0x06c45d188009454f, ...
    #[test]
    fn components_are_those_of_the_generator() {
        let expected = [
            -(1.0 + f64::from(0xe220) / 65536.0),
            1.0 + f64::from(0x6e78) / 65536.0,
            -(1.0 + f64::from(0x06c4) / 65536.0),
        ];
        assert_eq!([0, 1, 2].map(component::<f64>), expected);
    }
}
