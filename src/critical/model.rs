//! The quadratic model of a function at a point, in units of its own, and the steps that it suggests.

use alloc::vec::Vec;

use nalgebra::{DMatrix, DVector, SymmetricEigen};
use num_traits::Float;

use super::problem::Local;
use super::search::Goal;

/// The model f(x + S p) ≈ f + u (ĝ·p + p·Ĥp/2), with the eigenpairs of Ĥ.
///
/// The unit of each variable (the diagonal matrix S) and that of the function (u) come from the Hessian:
/// no entry of Ĥ = S H S / u is larger than about 1, and no row without one of that size, if it is not
/// zero. So the model is the same in whatever units the problem is stated.
pub(super) struct Model {
    /// The diagonal of S.
    units: DVector<f64>,
    /// u.
    unit: f64,
    /// The eigenvalues of Ĥ.
    curvatures: DVector<f64>,
    /// Its eigenvectors, as columns.
    directions: DMatrix<f64>,
    /// ĝ along the eigenvectors.
    slopes: DVector<f64>,
}

/// A step, with what the model promises of it.
pub(super) struct Step {
    /// The change of the point.
    pub(super) change: Vec<f64>,
    /// Its length in the model's units.
    pub(super) length: f64,
    /// By how much the merit of the search's goal should fall, in the model's units.
    pub(super) promise: f64,
}

impl Model {
    pub(super) fn new(at: &Local) -> Self {
        let largest = if at.hessian.amax() > 0.0 {
            at.hessian.amax()
        } else {
            at.gradient.iter().fold(0.0, |largest: f64, g| largest.max(g.abs()))
        };
        let unit = if largest > 0.0 { largest } else { 1.0 };
        let relative = &at.hessian / unit;
        let units = equilibrate(&relative);
        let mut scaled = scaled(&relative, &units);
        if scaled.iter().any(|entry| !entry.is_finite()) {
            // Next to the ends of the range; the decomposition would not terminate.
            scaled.fill(0.0);
        }
        let eigen = SymmetricEigen::new(scaled);
        let mut model = Self {
            slopes: DVector::zeros(units.len()),
            units,
            unit,
            curvatures: eigen.eigenvalues,
            directions: eigen.eigenvectors,
        };
        model.slopes = model.directions.tr_mul(&model.in_units(&at.gradient));
        model
    }

    /// A gradient in the model's units.
    fn in_units(&self, gradient: &[f64]) -> DVector<f64> {
        DVector::from_fn(self.units.len(), |i, _| self.units[i] * (gradient[i] / self.unit))
    }

    /// The length of a gradient in the model's units.
    pub(super) fn steepness(&self, gradient: &[f64]) -> f64 {
        self.in_units(gradient).norm()
    }

    /// The length of a change of the point in the model's units.
    pub(super) fn length(&self, change: &[f64]) -> f64 {
        DVector::from_fn(self.units.len(), |i, _| change[i] / self.units[i]).norm()
    }

    /// A difference of function values in the model's units.
    pub(super) fn height(&self, difference: f64) -> f64 {
        difference / self.unit
    }

    /// The eigenvalues of Ĥ, whose signs are those of the Hessian's (Sylvester's law of inertia).
    pub(super) fn curvatures(&self) -> &[f64] {
        self.curvatures.as_slice()
    }

    /// Its eigenvectors, as columns.
    pub(super) fn directions(&self) -> &DMatrix<f64> {
        &self.directions
    }

    /// The change of Ĥ if the Hessian changed by so much; its norm is a bound on that of the eigenvalues.
    pub(super) fn change_of_curvature(&self, change: &DMatrix<f64>) -> DMatrix<f64> {
        scaled(&(change / self.unit), &self.units)
    }

    /// Is the gradient at a minimum of its length that is not zero, where Ĥĝ = 0?
    pub(super) fn is_stuck(&self, epsilon: f64) -> bool {
        let largest = self.curvatures.amax();
        self.curvatures.component_mul(&self.slopes).norm() <= epsilon * largest * self.slopes.norm()
    }

    /// The length of the step along Ĥĝ to the least ‖ĝ + Ĥp‖, a length that the problem itself suggests.
    pub(super) fn typical_length(&self) -> f64 {
        let once = self.curvatures.component_mul(&self.slopes);
        let twice = self.curvatures.component_mul(&once);
        let length = once.norm() / twice.norm() * (once.norm() / twice.norm()) * once.norm();
        if length.is_finite() && length > 0.0 { length } else { 1.0 }
    }

    /// Newton's step -H⁻¹ g; its length is infinite where the Hessian is singular across the gradient.
    pub(super) fn newton(&self) -> Step {
        self.step_along(Goal::Rest, self.each(|curvature, slope| -slope / curvature))
    }

    /// How far errors of the gradient of these sizes may move the zero of the model's gradient.
    pub(super) fn reach_of(&self, errors: &[f64]) -> Vec<f64> {
        let errors = self.in_units(errors);
        let along = DVector::from_fn(errors.len(), |k, _| {
            let slope = self.directions.column(k).abs().dot(&errors);
            if slope == 0.0 { 0.0 } else { slope / self.curvatures[k].abs() }
        });
        let steps = self.directions.abs() * along;
        (0..errors.len()).map(|i| self.units[i] * steps[i]).collect()
    }

    /// The step that brings the goal nearest, among those not longer than `radius`.
    pub(super) fn step(&self, goal: Goal, radius: f64) -> Step {
        let components = match goal {
            Goal::Rest => self.least_gradient(radius),
            Goal::Minimum | Goal::Maximum => self.least_value(goal.sign(), radius),
        };
        self.step_along(goal, components)
    }

    /// Levenberg and Marquardt's step: the least ‖ĝ + Ĥp‖ within the radius (Nocedal and Wright,
    /// Numerical Optimization, 2nd ed., section 10.3).
    fn least_gradient(&self, radius: f64) -> DVector<f64> {
        let damped = |damping: f64| {
            self.each(|curvature, slope| {
                // Without a curvature there is nothing to gain, and nothing to divide by.
                if curvature == 0.0 { 0.0 } else { -slope / (curvature + damping / curvature) }
            })
        };
        let strongest = self.curvatures.component_mul(&self.slopes).norm() / radius;
        longest_within(radius, strongest, damped)
    }

    /// The minimum within the radius of the model, or of its negative: Moré and Sorensen's step, from the
    /// eigenpairs (Nocedal and Wright, section 4.3).
    fn least_value(&self, sign: f64, radius: f64) -> DVector<f64> {
        let (lowest, least) = self
            .curvatures
            .iter()
            .map(|curvature| sign * curvature)
            .enumerate()
            .min_by(|a, b| a.1.total_cmp(&b.1))
            .expect("there is at least one variable");
        let shift = (-least).max(0.0);
        let shifted = |damping: f64| {
            self.each(|curvature, slope| -sign * slope / (sign * curvature + shift + damping))
        };
        let strongest = self.slopes.norm() / radius;
        let mut components = longest_within(radius, strongest, shifted);
        if least < 0.0 && components.norm() < 0.9 * radius {
            // The hard case: the gradient has next to no part along the lowest curvature.
            components[lowest] = 0.0;
            let rest = Float::sqrt((radius * radius - components.norm_squared()).max(0.0));
            components[lowest] = if sign * self.slopes[lowest] > 0.0 { -rest } else { rest };
        }
        components
    }

    /// A component for each eigenvector, from its curvature and slope; none where there is no slope.
    fn each(&self, component: impl Fn(f64, f64) -> f64) -> DVector<f64> {
        self.curvatures.zip_map(&self.slopes, |curvature, slope| {
            if slope == 0.0 { 0.0 } else { component(curvature, slope) }
        })
    }

    /// The step with the given components along the eigenvectors.
    fn step_along(&self, goal: Goal, components: DVector<f64>) -> Step {
        let steps = &self.directions * &components;
        let left = &self.slopes + self.curvatures.component_mul(&components);
        let promise = match goal {
            Goal::Rest => (self.slopes.norm_squared() - left.norm_squared()) / 2.0,
            _ => -goal.sign() * (self.slopes.dot(&components) + left.dot(&components)) / 2.0,
        };
        Step {
            change: (0..self.units.len()).map(|i| self.units[i] * steps[i]).collect(),
            length: components.norm(),
            promise,
        }
    }
}

/// `step` with the least damping, up to `strongest`, for which it is not longer than the radius; its length
/// falls with the damping.
fn longest_within(radius: f64, strongest: f64, step: impl Fn(f64) -> DVector<f64>) -> DVector<f64> {
    let free = step(0.0);
    if free.norm() <= radius {
        return free;
    }
    let (mut low, mut high) = (0.0, strongest);
    for _ in 0..100 {
        // Dampings span many magnitudes.
        let middle = if low > 0.0 { Float::sqrt(low * high) } else { high / 1024.0 };
        if high - low <= 1e-3 * high || middle == 0.0 {
            break;
        }
        if step(middle).norm() <= radius {
            high = middle;
        } else {
            low = middle;
        }
    }
    step(high)
}

/// S H S.
fn scaled(matrix: &DMatrix<f64>, units: &DVector<f64>) -> DMatrix<f64> {
    DMatrix::from_fn(matrix.nrows(), matrix.ncols(), |i, j| units[i] * matrix[(i, j)] * units[j])
}

/// Units of the variables in which each row of a symmetric matrix has a largest entry of about 1: Ruiz's
/// iteration (A scaling algorithm to equilibrate both rows and columns norms in matrices, 2001).
fn equilibrate(matrix: &DMatrix<f64>) -> DVector<f64> {
    let mut units = DVector::repeat(matrix.nrows(), 1.0);
    for _ in 0..20 {
        let rows = DVector::from_fn(matrix.nrows(), |i, _| {
            (0..matrix.ncols()).fold(0.0, |largest: f64, j| {
                largest.max((units[i] * matrix[(i, j)] * units[j]).abs())
            })
        });
        if rows.iter().all(|row| *row == 0.0 || (0.5..=2.0).contains(row)) {
            break;
        }
        for (unit, row) in units.iter_mut().zip(&rows) {
            if *row > 0.0 {
                *unit /= Float::sqrt(*row);
            }
        }
    }
    units
}
