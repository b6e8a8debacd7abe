//! Bratu's equation -Δu = λ eᵘ on strips of a grid: every rank traces the rows of the sparse Jacobian that are its own, of a
//! program that is plain loops.
//!
//!     mpirun -n 2 bratu [--side 300]

use std::error::Error;

use gradual::structured::sparse::{JacobianPlan, Layout};
use gradual::{Real, VectorFunction};
use gradual_distributed::{Strip, on_every_rank, side_from_arguments};
use mpi::topology::SimpleCommunicator;
use mpi::traits::*;

const LAMBDA: f64 = 6.0;

/// The residuals of this rank's places, of its unknowns and those of its halo, by differences over five points.
struct Residuals<'a, 'b>(&'a Strip<'b>);

impl VectorFunction for Residuals<'_, '_> {
    fn eval<T: Real<Scalar = f64>>(&self, u: &[T]) -> Vec<T> {
        let side = self.0.width();
        let h = 1.0 / (side + 1) as f64;
        let residual = |k: usize| {
            let column = k % side;
            let mut sum = u[k] * 4.0;
            if k >= side {
                sum -= u[k - side];
            }
            if k + side < u.len() {
                sum -= u[k + side];
            }
            if column > 0 {
                sum -= u[k - 1];
            }
            if column + 1 < side {
                sum -= u[k + 1];
            }
            sum - u[k].exp() * (LAMBDA * h * h)
        };
        self.0.inner().map(residual).collect()
    }
}

fn run(world: &SimpleCommunicator) -> Result<(), Box<dyn Error>> {
    let side = side_from_arguments(300)?;
    let strip = Strip::new(world, side, side);
    let residuals = Residuals(&strip);
    let mut u = vec![0.0; strip.len()];
    let plan = JacobianPlan::trace(&residuals, &u).with_layout(Layout::Rows);
    let (rows, columns) = plan.pattern();
    let (mut r, mut jacobian) = (vec![0.0; plan.outputs()], vec![0.0; plan.nnz()]);
    let (mut step, mut rounds) = (vec![0.0; u.len()], 0);
    for iteration in 0..20 {
        plan.jacobian(&residuals, &u, &mut r, &mut jacobian)?;
        let mut b = vec![0.0; u.len()];
        strip.inner().zip(&r).for_each(|(i, r)| b[i] = -r);
        let size = strip.dot(&b, &b).sqrt();
        if size < 1e-11 {
            let top = strip.largest(strip.inner().map(|i| u[i]).fold(0.0, f64::max));
            if world.rank() == 0 {
                println!(
                    "{} unknowns on {} ranks, {} colours: {iteration} steps of Newton's method, {rounds} of conjugate gradients, largest u {top:.11}",
                    side * side,
                    world.size(),
                    plan.lanes()
                );
            }
            return Ok(());
        }
        rounds += strip
            .solve(&b, &mut step, 1e-4, |v, product| {
                for (row, place) in strip.inner().enumerate() {
                    product[place] =
                        (rows[row]..rows[row + 1]).map(|k| jacobian[k] * v[columns[k]]).sum();
                }
            })
            .map_err(|steps| format!("no solution after {steps} steps of conjugate gradients"))?;
        strip.inner().for_each(|i| u[i] += step[i]);
        strip.exchange(&mut u);
    }
    Err("no solution after 20 steps".into())
}

fn main() {
    on_every_rank(run);
}
