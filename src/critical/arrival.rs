//! Where a search has arrived: the point itself, and its kind.

use alloc::vec::Vec;

use nalgebra::DMatrix;

use super::classification::{CriticalKind, principal, zero_within};
use super::model::Model;
use super::problem::{Local, Problem};

/// The point with zeros for those coordinates that are as good as zero within the resolution, unless the gradient is the
/// smaller one without them.
pub(super) fn with_zeros(problem: &mut Problem<'_>, here: Local, resolution: &[f64]) -> Local {
    let point: Vec<f64> = here
        .point
        .iter()
        .zip(resolution)
        .map(|(x, within)| if x.abs() <= *within { 0.0 } else { *x })
        .collect();
    if point == here.point {
        return here;
    }
    let model = Model::new(&here);
    let there = (problem.evaluate)(&point);
    let nearer = model.steepness(&there.gradient) <= model.steepness(&here.gradient);
    if there.is_finite() && nearer { there } else { here }
}

/// What the second derivatives say of a critical point that may be as far from `here` as `resolution` says.
///
/// The signs of the curvatures do not depend on units. A curvature counts as zero where rounding leaves as
/// much of a zero, or where the Hessian changes by as much between here and where the point may be.
pub(super) fn kind(
    problem: &mut Problem<'_>,
    here: &Local,
    resolution: &[f64],
    reach: &[f64],
) -> CriticalKind {
    let model = Model::new(here);
    let mut changes = Vec::new();
    let mut distances = resolution.to_vec();
    for _ in 0..2 {
        let mut errors = alloc::vec![0.0; here.point.len()];
        for there in problem.around(&here.point, &distances) {
            if !there.is_finite() {
                return CriticalKind::Degenerate;
            }
            for (error, departure) in errors.iter_mut().zip(here.departures(&there)) {
                *error = departure.max(*error);
            }
            changes.push(there.hessian - &here.hessian);
        }
        // The errors of the gradient may hide more of the way.
        let wider = model.reach_of(&errors);
        distances = wider
            .iter()
            .zip(&distances)
            .zip(reach)
            .map(|((wider, distance), reach)| wider.min(1e-2 * reach).max(*distance))
            .collect();
    }
    let rounding = zero_within(here.point.len(), problem.epsilon);
    let (values, directions) = principal(&here.hessian);
    let in_units: Vec<_> = changes.iter().map(|change| model.change_of_curvature(change)).collect();
    saddle(model.curvatures(), model.directions(), &in_units, rounding)
        .or_else(|| saddle(&values, &directions, &changes, rounding))
        .unwrap_or_else(|| {
            let change =
                in_units.iter().fold(0.0, |largest: f64, change| largest.max(change.norm()));
            CriticalKind::from_curvatures(model.curvatures(), rounding, 2.0 * change)
        })
}

/// The saddle that there is, whatever the other curvatures are, where the Hessian keeps a positive curvature v·Hv along
/// one eigenvector and a negative one along another however it changes.
fn saddle(
    curvatures: &[f64],
    directions: &DMatrix<f64>,
    changes: &[DMatrix<f64>],
    rounding: f64,
) -> Option<CriticalKind> {
    let largest = curvatures.iter().fold(0.0, |largest: f64, c| largest.max(c.abs()));
    let sure = |(k, curvature): (usize, &f64)| {
        let direction = directions.column(k);
        let along = |change: &DMatrix<f64>| direction.dot(&(change * direction)).abs();
        let change = changes.iter().map(along).fold(0.0, f64::max);
        curvature.abs() > (largest * rounding).max(2.0 * change)
    };
    let signs = curvatures.iter().enumerate().filter(|curvature| sure(*curvature));
    let (negative, positive): (Vec<f64>, Vec<f64>) =
        signs.map(|(_, curvature)| *curvature).partition(|curvature| *curvature < 0.0);
    let both = !negative.is_empty() && !positive.is_empty();
    both.then_some(CriticalKind::Saddle { index: negative.len() })
}
