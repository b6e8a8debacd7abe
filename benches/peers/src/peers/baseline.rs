//! What needs no automatic differentiation: plain floats, derivatives by hand, finite differences.

use std::hint::black_box;

use crate::measure::{Candidate, Class, Flatten};
use crate::peers::point;
use crate::problems::{Problem, Residuals};

/// A point with the shapes of its gradient and its Hessian: on the stack for a static n, so that
/// nothing here pays for an allocation that the numbers beside it do not pay for.
pub trait Shape: Flatten + Clone + AsRef<[f64]> + AsMut<[f64]> + 'static {
    type Matrix: Flatten;

    fn of<P: Problem>(problem: &P) -> Self;
    fn matrix(&self) -> Self::Matrix;
    fn entries(matrix: &mut Self::Matrix) -> &mut [f64];
}

impl<const N: usize> Shape for [f64; N] {
    type Matrix = [[f64; N]; N];

    fn of<P: Problem>(problem: &P) -> Self {
        point(problem)
    }
    #[inline]
    fn matrix(&self) -> Self::Matrix {
        [[0.0; N]; N]
    }
    #[inline]
    fn entries(matrix: &mut Self::Matrix) -> &mut [f64] {
        matrix.as_flattened_mut()
    }
}

impl Shape for Vec<f64> {
    type Matrix = Vec<f64>;

    fn of<P: Problem>(problem: &P) -> Self {
        problem.point()
    }
    #[inline]
    fn matrix(&self) -> Self::Matrix {
        vec![0.0; self.len() * self.len()]
    }
    #[inline]
    fn entries(matrix: &mut Self::Matrix) -> &mut [f64] {
        matrix
    }
}

pub fn plain<P: Problem, X: Shape>(problem: &P) -> Candidate {
    let (problem, x) = (problem.clone(), X::of(problem));
    Candidate::new("plain f64", Class::Plain, move || problem.number(black_box(&x).as_ref()))
}

pub fn plain_residuals<R: Residuals<N, M>, const N: usize, const M: usize>(
    residuals: &R,
) -> Candidate {
    let (residuals, x) = (residuals.clone(), residuals.point());
    Candidate::new("plain f64", Class::Plain, move || residuals.number::<f64>(black_box(&x)))
}

pub fn gradient_by_hand<P: Problem, X: Shape>(problem: &P) -> Candidate {
    let (problem, x) = (problem.clone(), X::of(problem));
    Candidate::new("by hand", Class::Hand, move || {
        let mut gradient = x.clone();
        let value = problem.gradient(black_box(&x).as_ref(), gradient.as_mut());
        (value, gradient)
    })
}

/// `None` where nobody has written the Hessian.
pub fn hessian_by_hand<P: Problem, X: Shape>(problem: &P) -> Option<Candidate> {
    let (problem, x) = (problem.clone(), X::of(problem));
    let compute = move || {
        let (mut gradient, mut hessian) = (x.clone(), x.matrix());
        let entries = X::entries(&mut hessian);
        let value = problem.hessian(black_box(&x).as_ref(), gradient.as_mut(), entries)?;
        Some((value, gradient, hessian))
    };
    compute()?;
    let compute = move || compute().expect("it was there a moment ago");
    Some(Candidate::new("by hand", Class::Hand, compute))
}

pub fn jacobian_by_hand<R: Residuals<N, M>, const N: usize, const M: usize>(
    residuals: &R,
) -> Candidate {
    let (residuals, x) = (residuals.clone(), residuals.point());
    Candidate::new("by hand", Class::Hand, move || {
        let mut jacobian = [[0.0; N]; M];
        let values = residuals.jacobian(black_box(&x), &mut jacobian);
        (values, jacobian)
    })
}

/// Step of the central first difference, near the cube root of the rounding unit.
fn first_step(x: f64) -> f64 {
    6e-6 * x.abs().max(1e-3)
}

/// Step of the central second difference, near the fourth root of the rounding unit.
fn second_step(x: f64) -> f64 {
    1e-4 * x.abs().max(0.1)
}

pub fn difference_gradient<P: Problem, X: Shape>(problem: &P) -> Candidate {
    let (problem, mut x) = (problem.clone(), X::of(problem));
    Candidate::new("finite differences", Class::Differences, move || {
        let mut gradient = x.clone();
        let x = black_box(&mut x).as_mut();
        let value: f64 = problem.number(x);
        for (i, slope) in gradient.as_mut().iter_mut().enumerate() {
            let (center, h) = (x[i], first_step(x[i]));
            x[i] = center + h;
            let above: f64 = problem.number(x);
            x[i] = center - h;
            let below: f64 = problem.number(x);
            x[i] = center;
            *slope = (above - below) / (2.0 * h);
        }
        (value, gradient)
    })
}

/// Values only: 2 n for the gradient and the diagonal, 2 for each pair.
pub fn difference_hessian<P: Problem, X: Shape>(problem: &P) -> Candidate {
    let (problem, mut x) = (problem.clone(), X::of(problem));
    Candidate::new("finite differences", Class::Differences, move || {
        let (mut gradient, mut sums, mut hessian) = (x.clone(), x.clone(), x.matrix());
        let (slopes, sums, entries) = (gradient.as_mut(), sums.as_mut(), X::entries(&mut hessian));
        let x = black_box(&mut x).as_mut();
        let n = x.len();
        let value: f64 = problem.number(x);
        for i in 0..n {
            let (center, h) = (x[i], second_step(x[i]));
            x[i] = center + h;
            let above: f64 = problem.number(x);
            x[i] = center - h;
            let below: f64 = problem.number(x);
            x[i] = center;
            slopes[i] = (above - below) / (2.0 * h);
            sums[i] = above + below - 2.0 * value;
            entries[i * n + i] = sums[i] / (h * h);
        }
        for i in 0..n {
            for j in 0..i {
                let (center, h) = ((x[i], x[j]), (second_step(x[i]), second_step(x[j])));
                (x[i], x[j]) = (center.0 + h.0, center.1 + h.1);
                let above: f64 = problem.number(x);
                (x[i], x[j]) = (center.0 - h.0, center.1 - h.1);
                let below: f64 = problem.number(x);
                (x[i], x[j]) = center;
                let mixed = (above + below - 2.0 * value - sums[i] - sums[j]) / (2.0 * h.0 * h.1);
                entries[i * n + j] = mixed;
                entries[j * n + i] = mixed;
            }
        }
        (value, gradient, hessian)
    })
}

pub fn difference_jacobian<R: Residuals<N, M>, const N: usize, const M: usize>(
    residuals: &R,
) -> Candidate {
    let (residuals, mut x) = (residuals.clone(), residuals.point());
    Candidate::new("finite differences", Class::Differences, move || {
        let x = black_box(&mut x);
        let values: [f64; M] = residuals.number(&x[..]);
        let mut jacobian = [[0.0; N]; M];
        for i in 0..N {
            let (center, h) = (x[i], first_step(x[i]));
            x[i] = center + h;
            let above: [f64; M] = residuals.number(&x[..]);
            x[i] = center - h;
            let below: [f64; M] = residuals.number(&x[..]);
            x[i] = center;
            for m in 0..M {
                jacobian[m][i] = (above[m] - below[m]) / (2.0 * h);
            }
        }
        (values, jacobian)
    })
}
