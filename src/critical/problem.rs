//! The problem in plain floats: a function, its derivatives at a point and near it.

use alloc::vec::Vec;
use core::array;

use nalgebra::DMatrix;

/// A function's derivatives at a point.
#[derive(Clone, Debug)]
pub(super) struct Local {
    pub(super) point: Vec<f64>,
    pub(super) value: f64,
    pub(super) gradient: Vec<f64>,
    pub(super) hessian: DMatrix<f64>,
}

impl Local {
    pub(super) fn is_finite(&self) -> bool {
        self.value.is_finite()
            && self.gradient.iter().chain(self.hessian.iter()).all(|entry| entry.is_finite())
    }

    /// By how much the gradient at another point differs from what this Hessian lets expect.
    pub(super) fn departures(&self, there: &Self) -> Vec<f64> {
        (0..self.point.len())
            .map(|i| {
                let row = self.hessian.row(i);
                let step = there.point.iter().zip(&self.point).map(|(to, from)| to - from);
                let change: f64 = row.iter().zip(step).map(|(h, s)| h * s).sum();
                (there.gradient[i] - self.gradient[i] - change).abs()
            })
            .collect()
    }
}

/// What is asked for derivatives, and how accurate its floats are.
pub(super) struct Problem<'a> {
    pub(super) evaluate: &'a mut dyn FnMut(&[f64]) -> Local,
    /// The nearest number of the precision that the function is evaluated in.
    pub(super) round: fn(f64) -> f64,
    pub(super) epsilon: f64,
    pub(super) min_positive: f64,
}

impl Problem<'_> {
    /// The function at four points about as far from `centre` as `distances` say, in different directions.
    pub(super) fn around(&mut self, centre: &[f64], distances: &[f64]) -> [Local; 4] {
        array::from_fn(|k| {
            let coordinates = centre.iter().zip(distances).enumerate();
            let point: Vec<f64> = coordinates
                .map(|(i, (x, distance))| {
                    // Different shares of the distance, so that nothing cancels.
                    let share = 1.0 - 0.075 * ((i * 7 + k * 3) % 5) as f64;
                    let sign = if (i >> (k / 2)) % 2 == k % 2 { 1.0 } else { -1.0 };
                    (self.round)(x + sign * share * distance)
                })
                .collect();
            (self.evaluate)(&point)
        })
    }
}
