//! Which variables have second derivatives with each other, and which must not share a lane: the trace of a
//! scalar function.

use alloc::vec;
use alloc::vec::Vec;

use super::error::BlackBoxError;
use super::pattern::Pattern;
use super::program::ScalarProgram;
use crate::real::Scalar;
use crate::tracing::Traced;
use crate::tracing::trace::{self, Expander, SMALL};

/// The trace of a scalar function.
pub(super) struct Interactions {
    /// The Hessian's pattern with the whole diagonal: the upper triangle row by row, which is the lower one
    /// column by column.
    pub(super) hessian: Pattern,
    /// The variables of each curved operation, a row for each.
    pub(super) operands: Pattern,
}

impl Interactions {
    /// What meets in curved operations at any of the points, which have `n` coordinates.
    pub(super) fn trace<T: Scalar, F: ScalarProgram<Traced<T>> + ?Sized>(
        f: &F,
        n: usize,
        points: &[&[T]],
    ) -> Result<Self, BlackBoxError> {
        let mut entries: Vec<[u32; 2]> = (0..n as u32).map(|i| [i, i]).collect();
        let (mut starts, mut operands) = (vec![0], Vec::new());
        for x in points {
            let mut traced = trace::run(x, true, |x| f.run(x));
            traced.set(&traced.result);
            let pairs = traced.arena.take_pairs();
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
                if lanes > SMALL {
                    return Err(BlackBoxError::Dense { lanes });
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
