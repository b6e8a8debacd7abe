//! The passes of function objects: which numbers a derivative takes, and in how many evaluations.

use alloc::vec;
use alloc::vec::Vec;

use super::numbers::Numbers;
use super::output::{Output, ScalarOutput, VectorOutput};
use crate::calculus::passes::{Blocks, Directed, Variables, evaluate_from};
use crate::calculus::regions::{Block, Chunk};
use crate::calculus::{JacobianError, OutputsChanged};
use crate::derivatives::HessianBlock;
use crate::jet::{BlockDual, Dual};
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
        evaluate_from::<P, _, _, _>(
            |point| Y::number(at(P::coordinates(point))),
            x,
            &Variables::SEEDS,
            first,
            |chunk, y| value = chunk.write(&y, slopes),
        )?;
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
    let slopes = P::coordinates(&mut gradient);
    evaluate_from::<P, _, _, _>(
        |point| Y::number(f.second(P::coordinates(point))),
        x,
        &Blocks::SEEDS,
        Block::first(x.dimension(), 4, 4),
        |block, y| {
            value = block
                .write::<P, _>(&y, slopes, |i, j, second| *P::entry(&mut hessian, i, j) = second);
        },
    )?;
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
    evaluate_from::<P, _, _, _>(
        |point| Y::number(f.second_along(P::coordinates(point))),
        x,
        &Directed::along(|i| v.coordinate(i)),
        Chunk::first(x.dimension(), 16),
        |chunk, y| value = chunk.write_product(&y, slopes, curvatures),
    )?;
    Ok((value, P::gradient(gradient), P::gradient(product)))
}

/// (f(x), ∇f(x), Δf(x)).
#[inline]
#[allow(clippy::type_complexity)]
pub(super) fn laplacian<Y: ScalarOutput, F: Numbers<Y> + ?Sized, P: Point<Scalar = f64>>(
    f: &F,
    x: &P,
) -> Result<(f64, P::Gradient, f64), Y::Error> {
    let (mut value, mut gradient, mut sum) = (0.0, x.zeros(), 0.0);
    let slopes = P::coordinates(&mut gradient);
    evaluate_from::<P, _, _, _>(
        |point| Y::number(f.laplacian_16(P::coordinates(point))),
        x,
        &Variables::SEEDS,
        Chunk::first(x.dimension(), 16),
        |chunk, y| value = chunk.write_laplacian(&y, slopes, &mut sum),
    )?;
    Ok((value, P::gradient(gradient), sum))
}

/// (f(x), v·∇f(x), v·H(x) v): the direction is the first row and column variable of a block.
#[inline]
pub(super) fn second_along<Y, F, P>(
    f: &F,
    x: &P,
    v: &impl Point<Scalar = f64>,
) -> Result<(f64, f64, f64), Y::Error>
where
    Y: ScalarOutput,
    F: Numbers<Y> + ?Sized,
    P: Point<Scalar = f64>,
{
    let mut point = x.seeded(|i, value| {
        let component = [v.coordinate(i), 0.0, 0.0, 0.0];
        BlockDual::new(value, component, component, [[0.0; 4]; 4])
    });
    let y = Y::number(f.second(P::coordinates(&mut point)))?;
    Ok((y.value, y.derivatives.first(0), y.derivatives.second(0, 0)))
}

/// (F(x), div F(x)).
#[inline]
pub(super) fn divergence<Y: VectorOutput, F: Numbers<Y> + ?Sized, P: Point<Scalar = f64>>(
    f: &F,
    x: &P,
) -> Result<(Vec<Row>, f64), Y::Error> {
    let n = x.dimension();
    let (mut values, mut sum) = (Vec::new(), 0.0);
    in_chunks_that_fit!(f, n, |at, first| {
        evaluate_from::<P, _, _, _>(
            |point| Y::numbers(at(P::coordinates(point))),
            x,
            &Variables::SEEDS,
            first,
            |chunk, field| {
                let components = field.len();
                assert!(components == n, "a field of {components} components in {n} dimensions");
                let partials = chunk.variables.clone().enumerate();
                sum += partials.map(|(place, i)| field[i].partial(place)).sum::<f64>();
                let value = |y: &Dual<_, _>| Row { value: y.value, partials: Vec::new() };
                values = field.iter().map(value).collect();
            },
        )?;
    });
    Ok((values, sum))
}

/// What f returns at x + v ε, where component i of v is `component(i)`.
#[inline]
pub(super) fn tangent<Y: Output, F: Numbers<Y> + ?Sized, P: Point<Scalar = f64>>(
    f: &F,
    x: &P,
    component: impl Fn(usize) -> f64,
) -> Y::Of<Dual<f64>> {
    let mut point = x.seeded(|i, value| Dual::new(value, [component(i)]));
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
    let (mut count, mut rows) = (None, None::<Vec<Row>>);
    in_chunks_that_fit!(f, n, |at, first| {
        evaluate_from::<P, _, _, _>(
            |point| {
                let y = Y::numbers(at(P::coordinates(point))).map_err(JacobianError::Function)?;
                OutputsChanged::check(*count.get_or_insert(y.len()), y.len())?;
                Ok::<_, JacobianError<_>>(y)
            },
            x,
            &Variables::SEEDS,
            first,
            |chunk, y| {
                let row = |y: &Dual<_, _>| Row { value: y.value, partials: vec![0.0; n] };
                let rows = rows.get_or_insert_with(|| y.iter().map(row).collect());
                let variables = chunk.variables.clone();
                for (row, y) in rows.iter_mut().zip(&y) {
                    let partials = &y.derivatives.0[..variables.len()];
                    row.partials[variables.clone()].copy_from_slice(partials);
                }
            },
        )?;
    });
    Ok(rows.expect("every point has at least one chunk"))
}
