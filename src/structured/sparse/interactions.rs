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
        // Beside the diagonal, which is there in any case.
        let mut entries: Vec<[u32; 2]> = Vec::new();
        let (mut starts, mut operands) = (vec![0], Vec::new());
        let (mut a, mut both) = (Vec::new(), Vec::new());
        for x in points {
            let traced = trace::run(x, true, |x| f.run(x));
            let mut expander = Expander::new(&traced.arena);
            for [left, right] in traced.meetings(&traced.result) {
                let alone = left == right;
                if !alone {
                    a.clear();
                    a.extend_from_slice(expander.expand(left));
                }
                let b = expander.expand(right);
                let members = if alone {
                    b
                } else {
                    both.clear();
                    both.extend(a.iter().chain(b));
                    both.sort_unstable();
                    both.dedup();
                    &both
                };
                match members.len() {
                    1 => continue,
                    lanes if lanes > MOST_LANES => return Err(SparseError::Dense { lanes }),
                    _ => {}
                }
                operands.extend(members.iter().map(|&i| i as usize));
                starts.push(operands.len());
                for (k, &i) in if alone { b } else { &a }.iter().enumerate() {
                    let others = if alone { &b[k + 1..] } else { b };
                    let others = others.iter().filter(|&&j| j != i);
                    entries.extend(others.map(|&j| [i.min(j), i.max(j)]));
                }
            }
        }
        Ok(Self {
            hessian: Pattern::upper_triangle(n, &entries),
            operands: Pattern::from_parts(n, starts, operands),
        })
    }
}
