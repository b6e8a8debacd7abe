//! What needs no automatic differentiation: plain floats, derivatives by hand, finite differences.

use std::hint::black_box;

use crate::peers::point;
use crate::problems::{Problem, Residuals, differences};
use crate::speed::measure::{Candidate, Class, Flatten};

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

pub fn difference_gradient<P: Problem, X: Shape>(problem: &P) -> Candidate {
    let (problem, mut x) = (problem.clone(), X::of(problem));
    Candidate::new("finite differences", Class::Differences, move || {
        let mut gradient = x.clone();
        let x = black_box(&mut x).as_mut();
        let value = differences::gradient(|x| problem.number(x), x, gradient.as_mut());
        (value, gradient)
    })
}

pub fn difference_hessian<P: Problem, X: Shape>(problem: &P) -> Candidate {
    let (problem, mut x) = (problem.clone(), X::of(problem));
    Candidate::new("finite differences", Class::Differences, move || {
        let (mut gradient, mut sums, mut hessian) = (x.clone(), x.clone(), x.matrix());
        let x = black_box(&mut x).as_mut();
        let value = differences::hessian(
            |x| problem.number(x),
            x,
            gradient.as_mut(),
            sums.as_mut(),
            X::entries(&mut hessian),
        );
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
            let (center, h) = (x[i], differences::first_step(x[i]));
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
