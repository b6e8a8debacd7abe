//! The rules off the hot path, by [`Absorbing`] products: what [`rules`](super::rules) says, in slices. So they are compiled
//! once for all numbers of variables, and stay small.
//!
//! `entries` are wrapped diagonals, one after the other, the first of them number `d`.

use super::size::column;
use crate::derivatives::{Absorbing, Multiply};
use crate::real::Real;

/// The chain rule for second derivatives, where `dx` are the first.
#[inline(never)]
pub(super) fn compose<T: Real>(dx: &[T], entries: &mut [T], d: usize, &[c1, c2]: &[T; 2]) {
    let n = dx.len();
    for (at, part) in entries.iter_mut().enumerate() {
        let i = at % n;
        let curved = Absorbing::times(c2 + c2, dx[i]);
        *part = Absorbing::dot([c1, curved], [*part, dx[column(d + at / n, i, n)]]);
    }
}

/// The second derivatives of the quotient q of divisor y, where `dq` and `dy` are the first ones, and `others` the second
/// ones of y.
#[inline(never)]
pub(super) fn quotient<T: Real>(
    (q, dq): (T, &[T]),
    (y, dy): (T, &[T]),
    entries: &mut [T],
    others: &[T],
    d: usize,
) {
    let n = dq.len();
    for (at, (part, other)) in entries.iter_mut().zip(others).enumerate() {
        let i = at % n;
        let j = column(d + at / n, i, n);
        let cross = Absorbing::dot([dq[i], dq[j]], [dy[j], dy[i]]);
        *part = Absorbing::divide(Absorbing::less(*part, q, *other) - cross, y);
    }
}
