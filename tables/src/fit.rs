//! Newton's method, a query a step.

use datafusion::error::{DataFusionError, Result};
use gradual::derivatives::{HessianSize, Size};
use nalgebra::{SMatrix, SVector};

use crate::Engine;

/// One step of a fit.
#[derive(Clone, Copy, Debug)]
pub struct Step<const N: usize> {
    /// Its number, from 1.
    pub number: usize,
    /// The loss before the step.
    pub loss: f64,
    /// The parameters after it.
    pub parameters: [f64; N],
    /// The largest change of a parameter, relative to it where it is larger than 1.
    pub change: f64,
}

/// What a fit found.
#[derive(Clone, Debug)]
pub struct Fit<const N: usize> {
    /// The parameters at the minimum.
    pub parameters: [f64; N],
    /// σ √(H⁻¹)ᵢᵢ, with σ² = 2 loss / (rows - N): the standard errors of least squares whose loss is ½ Σ r².
    pub standard_errors: [f64; N],
    /// The loss at the minimum.
    pub loss: f64,
    /// How many rows were used.
    pub rows: usize,
    /// How many rows were left out for a null.
    pub left_out: usize,
    /// How many steps it took.
    pub steps: usize,
}

/// Minimises a loss over all rows of a table by Newton's method, until no parameter changes by more than 1e-12; `progress`
/// sees each step. Where the Hessian has no Cholesky decomposition, or a step does not go down, it is shortened and turned
/// towards the gradient by a growing multiple of the Hessian's diagonal (Levenberg and Marquardt).
///
/// # Errors
/// The engine's; a row whose loss is no finite number; no minimum after 100 passes.
pub async fn fit<const N: usize>(
    engine: &Engine<N>,
    start: [f64; N],
    mut progress: impl FnMut(&Step<N>),
) -> Result<Fit<N>>
where
    Size<N>: HessianSize,
{
    let mut p = SVector::from(start);
    let mut here = engine.pass(&start).await?;
    let (mut damping, mut steps) = (0.0, 0);
    for _ in 0..100 {
        let loss = here.loss();
        let hessian = SMatrix::<f64, N, N>::from_fn(|i, j| loss.second_partial(i, j));
        let damped = hessian + SMatrix::from_diagonal(&hessian.diagonal().abs()) * damping;
        let Some(cholesky) = damped.cholesky() else {
            damping = f64::max(damping * 10.0, 1e-3);
            continue;
        };
        let step = cholesky.solve(&-SVector::from(loss.gradient()));
        let next = p + step;
        let change = (0..N).map(|i| step[i].abs() / p[i].abs().max(1.0)).fold(0.0, f64::max);
        let there = engine.pass(&next.into()).await?;
        // The last steps change the loss by its rounding alone.
        let rounding = 1e-12 * loss.value.abs();
        if there.loss().value > loss.value + rounding {
            damping = f64::max(damping * 10.0, 1e-3);
            continue;
        }
        steps += 1;
        progress(&Step { number: steps, loss: loss.value, parameters: next.into(), change });
        (p, here) = (next, there);
        if damping == 0.0 && change < 1e-12 {
            return finish(p, here, steps);
        }
        damping = if damping < 1e-3 { 0.0 } else { damping / 10.0 };
    }
    Err(DataFusionError::Execution(format!("no minimum after 100 passes, at {:?}", p.as_slice())))
}

fn finish<const N: usize>(
    p: SVector<f64, N>,
    sums: crate::sums::Sums<N>,
    steps: usize,
) -> Result<Fit<N>>
where
    Size<N>: HessianSize,
{
    let loss = sums.loss();
    let hessian = SMatrix::<f64, N, N>::from_fn(|i, j| loss.second_partial(i, j));
    let Some(cholesky) = hessian.cholesky() else {
        return Err(DataFusionError::Execution(
            "the Hessian at the end is not positive definite".into(),
        ));
    };
    let rows = sums.rows - sums.left_out;
    let variance = cholesky.inverse() * (2.0 * loss.value / (rows - N as f64).max(1.0));
    Ok(Fit {
        parameters: p.into(),
        standard_errors: std::array::from_fn(|i| variance[(i, i)].sqrt()),
        loss: loss.value,
        rows: rows as usize,
        left_out: sums.left_out as usize,
        steps,
    })
}
