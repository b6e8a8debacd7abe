//! The passes of function objects: which numbers a derivative takes, and in how many evaluations.

use alloc::vec;
use alloc::vec::Vec;
use core::ops::Range;

use super::numbers::Numbers;
use super::output::{Output, ScalarOutput, VectorOutput};
use crate::calculus::passes::{Block, Chunk, Pass, block_seed, gradient_seed, seeded};
use crate::calculus::{JacobianError, OutputsChanged};
use crate::derivatives::{Along, BlockPartials, Derivatives, HessianBlock};
use crate::jet::{Dual, Jet};
use crate::points::{HessianPoint, Point};

/// Runs a pass for the first derivatives with respect to all of `n` variables: 16 at a time, and what is
/// left over on the smallest number that holds it.
///
/// Numbers of 32 partials would halve the evaluations of long points, and take one and a half to three times
/// as long as two of 16, which stay in registers; only where the function's work beside its jets is most of it
/// do they gain, a tenth (`benches/functions.rs`).
macro_rules! in_chunks_that_fit {
    ($f:ident, $n:expr, |$at:ident, $first:ident| $pass:expr) => {{
        let whole = $n - $n % 16;
        if whole > 0 {
            let ($at, $first) = (|x: &[_]| $f.first_16(x), Chunk::first(whole, 16));
            $pass
        }
        match $n - whole {
            0 if whole > 0 => {}
            // a function of no variables has a value, too
            0..=4 => {
                let ($at, $first) = (|x: &[_]| $f.first_4(x), Chunk::from(whole, $n, 4));
                $pass
            }
            5..=8 => {
                let ($at, $first) = (|x: &[_]| $f.first_8(x), Chunk::from(whole, $n, 8));
                $pass
            }
            9..=12 => {
                let ($at, $first) = (|x: &[_]| $f.first_12(x), Chunk::from(whole, $n, 12));
                $pass
            }
            _ => {
                let ($at, $first) = (|x: &[_]| $f.first_16(x), Chunk::from(whole, $n, 16));
                $pass
            }
        }
    }};
}

/// (f(x), ∇f(x)).
#[inline]
pub(crate) fn gradient<Y: ScalarOutput, F: Numbers<Y> + ?Sized, P: Point<Scalar = f64>>(
    f: &F,
    x: &P,
) -> Result<(f64, P::Gradient), Y::Error> {
    let mut value = 0.0;
    let mut gradient = x.zeros();
    let slopes = P::coordinates(&mut gradient);
    in_chunks_that_fit!(f, x.dimension(), |at, first| {
        in_chunks(x, first, gradient_seed, |point, chunk| {
            let y = Y::number(at(point))?;
            value = y.value;
            slopes[chunk.clone()].copy_from_slice(&y.derivatives.0[..chunk.len()]);
            Ok(())
        })?;
    });
    Ok((value, P::gradient(gradient)))
}

/// (f(x), ∇f(x), H(x)).
#[inline]
#[allow(clippy::type_complexity)]
pub(crate) fn hessian<Y: ScalarOutput, F: Numbers<Y> + ?Sized, P: HessianPoint<Scalar = f64>>(
    f: &F,
    x: &P,
) -> Result<(f64, P::Gradient, P::Hessian), Y::Error> {
    let mut value = 0.0;
    let (mut gradient, mut hessian) = (x.zeros(), x.zero_hessian());
    let first = Block::first::<f64, BlockPartials<f64, 4, 4>>(x.dimension());
    let mut point = seeded(x, &first, block_seed);
    let mut pass = Pass::<P, _, _, _>::new(&mut point, first, block_seed);
    while let Some((point, block)) = pass.next_coordinates() {
        let y = Y::number(f.second(point))?;
        value = y.value;
        block.write(&y.derivatives, P::coordinates(&mut gradient), |i, j, second| {
            *P::entry(&mut hessian, i, j) = second;
        });
    }
    Ok((value, P::gradient(gradient), hessian))
}

/// (f(x), ∇f(x), H v).
#[inline]
pub(super) fn hvp<Y, F, P>(
    f: &F,
    x: &P,
    v: &impl Point<Scalar = f64>,
) -> Result<(f64, P::Gradient, P::Gradient), Y::Error>
where
    Y: ScalarOutput,
    F: Numbers<Y> + ?Sized,
    P: Point<Scalar = f64>,
{
    let mut value = 0.0;
    let (mut gradient, mut product) = (x.zeros(), x.zeros());
    let (slopes, curvatures) = (P::coordinates(&mut gradient), P::coordinates(&mut product));
    let seed = |i, place| BlockPartials::<f64, 16, 1>::seed_along(place, v.coordinate(i));
    in_chunks(x, Chunk::first(x.dimension(), 16), seed, |point, chunk| {
        let y = Y::number(f.second_along(point))?;
        value = y.value;
        for (row, i) in chunk.enumerate() {
            slopes[i] = y.derivatives.first(row);
            curvatures[i] = y.derivatives.second(row, 0);
        }
        Ok(())
    })?;
    Ok((value, P::gradient(gradient), P::gradient(product)))
}

/// What f returns at x + v ε.
#[inline]
pub(super) fn along<Y: Output, F: Numbers<Y> + ?Sized, P: Point<Scalar = f64>>(
    f: &F,
    x: &P,
    v: &impl Point<Scalar = f64>,
) -> Y::Of<Dual<f64>> {
    let mut point = x.seeded(|i, value| Dual::new(value, [v.coordinate(i)]));
    f.tangent(P::coordinates(&mut point))
}

/// An output of a vector function, with its first derivatives: a row of the Jacobian.
#[derive(Clone, Debug)]
pub struct Row {
    pub(super) value: f64,
    pub(super) partials: Vec<f64>,
}

/// f(x) and J(x), row by row.
#[inline]
pub(super) fn jacobian<Y: VectorOutput, F: Numbers<Y> + ?Sized, P: Point<Scalar = f64>>(
    f: &F,
    x: &P,
) -> Result<Vec<Row>, JacobianError<Y::Error>> {
    let n = x.dimension();
    let mut result: Option<Vec<Row>> = None;
    in_chunks_that_fit!(f, n, |at, first| {
        in_chunks(x, first, gradient_seed, |point, chunk| {
            let y = Y::numbers(at(point)).map_err(JacobianError::Function)?;
            let row = |y: &Dual<_, _>| Row { value: y.value, partials: vec![0.0; n] };
            let rows = result.get_or_insert_with(|| y.iter().map(row).collect());
            OutputsChanged::check(rows.len(), y.len())?;
            for (row, y) in rows.iter_mut().zip(&y) {
                row.partials[chunk.clone()].copy_from_slice(&y.derivatives.0[..chunk.len()]);
            }
            Ok::<_, JacobianError<_>>(())
        })?;
    });
    Ok(result.expect("every point has at least one chunk"))
}

/// Evaluates a function chunk by chunk, from the first one on.
#[inline(always)]
fn in_chunks<P: Point<Scalar = f64>, K: Derivatives<f64>, E>(
    x: &P,
    first: Chunk,
    seed: impl Fn(usize, Option<usize>) -> K,
    mut evaluate: impl FnMut(&[Jet<f64, K>], Range<usize>) -> Result<(), E>,
) -> Result<(), E> {
    let mut point = seeded(x, &first, &seed);
    let mut pass = Pass::<P, _, _, _>::new(&mut point, first, seed);
    while let Some((point, chunk)) = pass.next_coordinates() {
        evaluate(point, chunk.variables)?;
    }
    Ok(())
}
