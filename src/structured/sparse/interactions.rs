//! Which variables have second derivatives with each other, and which must not share a lane: the trace of a
//! scalar function.

use alloc::vec;
use alloc::vec::Vec;

use super::error::{MOST_LANES, SparseError};
use super::pattern::Pattern;
use super::program::RunScalar;
use crate::real::Scalar;
use crate::tracing::Traced;
use crate::tracing::trace::{self, Expander};

/// The trace of a scalar function.
pub(super) struct Interactions {
    /// The Hessian's pattern with the whole diagonal: the upper triangle row by row, which is the lower one
    /// column by column.
    pub(super) hessian: Pattern,
    /// The variables of each curved operation, a row for each.
    pub(super) operands: Pattern,
}

impl Interactions {
    /// What meets in curved operations on the way to the result, at any of the points, which have `n` coordinates.
    pub(super) fn trace<T: Scalar, F: RunScalar<Traced<T>> + ?Sized>(
        f: &F,
        n: usize,
        points: &[&[T]],
    ) -> Result<Self, SparseError> {
        let mut entries: Vec<[u32; 2]> = (0..n as u32).map(|i| [i, i]).collect();
        let (mut starts, mut operands) = (vec![0], Vec::new());
        for x in points {
            let traced = trace::run(x, true, |x| f.run(x));
            let pairs = traced.meetings(&traced.result);
            let mut expander = Expander::new(&traced.arena);
            let (mut a, mut b) = (Vec::new(), Vec::new());
            for [left, right] in pairs {
                a.clear();
                b.clear();
                expander.expand(left, &mut a);
                expander.expand(right, &mut b);
                let first = operands.len();
                operands.extend(a.iter().map(|&i| i as usize));
                operands
                    .extend(b.iter().filter(|i| a.binary_search(i).is_err()).map(|&i| i as usize));
                let lanes = operands.len() - first;
                if lanes > MOST_LANES {
                    return Err(SparseError::Dense { lanes });
                }
                operands[first..].sort_unstable();
                starts.push(operands.len());
                for &i in &a {
                    entries.extend(b.iter().map(|&j| [i.min(j), i.max(j)]));
                }
            }
        }
        Ok(Self {
            hessian: Pattern::from_entries(n, n, &entries),
            operands: Pattern::from_parts(n, starts, operands),
        })
    }
}
