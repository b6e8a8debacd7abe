//! Seeding and collecting for peers that have number types and no (or a slower) driver.

use crate::problems::number::Number;

/// A first-order number with `LANES` partial derivatives.
pub trait Forward: Number {
    const LANES: usize;

    /// The number `value`, as the variable of partial derivative `lane` or as a constant.
    fn seed(value: f64, lane: Option<usize>) -> Self;
    fn value(&self) -> f64;
    fn partial(&self, lane: usize) -> f64;
}

/// A second-order number in all its variables.
pub trait SecondOrder: Number {
    fn seed(value: f64, lane: usize) -> Self;
    fn value(&self) -> f64;
    fn partial(&self, i: usize) -> f64;
    fn second_partial(&self, i: usize, j: usize) -> f64;
}

/// A second-order number in two directions.
pub trait Mixed: Number {
    /// The number `value` with its parts in the first and the second direction.
    fn seed(value: f64, parts: [f64; 2]) -> Self;
    fn value(&self) -> f64;
    /// The derivative in the first direction.
    fn first(&self) -> f64;
    fn mixed(&self) -> f64;
}

/// Variable `i`'s lane in the pass whose first variable is `first`.
fn lane<T: Forward>(i: usize, first: usize) -> Option<usize> {
    i.checked_sub(first).filter(|lane| *lane < T::LANES)
}

/// Value and gradient in as many passes as the number's lanes ask for; nothing on the heap.
#[inline]
pub fn gradient<T: Forward, const N: usize>(
    f: impl Fn(&[T]) -> T,
    x: &[f64; N],
) -> (f64, [f64; N]) {
    let mut gradient = [0.0; N];
    let mut value = 0.0;
    for first in (0..N).step_by(T::LANES) {
        let seeded: [T; N] = std::array::from_fn(|i| T::seed(x[i], lane::<T>(i, first)));
        let y = f(&seeded);
        value = y.value();
        for (k, g) in gradient[first..].iter_mut().take(T::LANES).enumerate() {
            *g = y.partial(k);
        }
    }
    (value, gradient)
}

/// Value and gradient of a dynamic point, in chunks; the seeds are changed in place.
#[inline]
pub fn gradient_in_chunks<T: Forward>(f: impl Fn(&[T]) -> T, x: &[f64]) -> (f64, Vec<f64>) {
    let mut seeded: Vec<T> = x.iter().map(|&x| T::seed(x, None)).collect();
    let mut gradient = Vec::with_capacity(x.len());
    let mut value = 0.0;
    for first in (0..x.len()).step_by(T::LANES) {
        let chunk = first..x.len().min(first + T::LANES);
        for i in chunk.clone() {
            seeded[i] = T::seed(x[i], Some(i - first));
        }
        let y = f(&seeded);
        value = y.value();
        gradient.extend((0..chunk.len()).map(|k| y.partial(k)));
        for i in chunk {
            seeded[i] = T::seed(x[i], None);
        }
    }
    (value, gradient)
}

/// Values and Jacobian, like [`gradient`].
#[inline]
pub fn jacobian<T: Forward, const N: usize, const M: usize>(
    f: impl Fn(&[T]) -> [T; M],
    x: &[f64; N],
) -> ([f64; M], [[f64; N]; M]) {
    let mut jacobian = [[0.0; N]; M];
    let mut values = [0.0; M];
    for first in (0..N).step_by(T::LANES) {
        let seeded: [T; N] = std::array::from_fn(|i| T::seed(x[i], lane::<T>(i, first)));
        let y = f(&seeded);
        for (m, y) in y.iter().enumerate() {
            values[m] = y.value();
            for (k, entry) in jacobian[m][first..].iter_mut().take(T::LANES).enumerate() {
                *entry = y.partial(k);
            }
        }
    }
    (values, jacobian)
}

/// Value, gradient and Hessian in one pass.
#[inline]
pub fn hessian<T: SecondOrder, const N: usize>(
    f: impl Fn(&[T]) -> T,
    x: &[f64; N],
) -> (f64, [f64; N], [[f64; N]; N]) {
    let seeded: [T; N] = std::array::from_fn(|i| T::seed(x[i], i));
    let y = f(&seeded);
    let hessian = std::array::from_fn(|i| std::array::from_fn(|j| y.second_partial(i, j)));
    (y.value(), std::array::from_fn(|i| y.partial(i)), hessian)
}

/// Value, gradient and Hessian in one pass for each pair of variables.
#[inline]
#[allow(clippy::needless_range_loop, reason = "pairs of variables, both triangles")]
pub fn hessian_by_pairs<T: Mixed, const N: usize>(
    f: impl Fn(&[T]) -> T,
    x: &[f64; N],
) -> (f64, [f64; N], [[f64; N]; N]) {
    let (mut value, mut gradient, mut hessian) = (0.0, [0.0; N], [[0.0; N]; N]);
    for i in 0..N {
        for j in 0..=i {
            let unit = |k, l| if k == l { 1.0 } else { 0.0 };
            let seeded: [T; N] = std::array::from_fn(|k| T::seed(x[k], [unit(k, i), unit(k, j)]));
            let y = f(&seeded);
            (value, gradient[i]) = (y.value(), y.first());
            hessian[i][j] = y.mixed();
            hessian[j][i] = y.mixed();
        }
    }
    (value, gradient, hessian)
}

/// The candidates of a peer whose numbers carry one direction, by its numbers of first and of second order.
macro_rules! one_direction_at_a_time {
    ($name:expr, $first:ty, $second:ty) => {
        pub fn gradient<P: $crate::problems::Problem, const N: usize>(problem: &P) -> Candidate {
            let (problem, x) = (problem.clone(), $crate::peers::point::<P, N>(problem));
            Candidate::new($name, Class::Forward, move || {
                $crate::speed::forward::gradient::<$first, N>(
                    |x| problem.number(x),
                    std::hint::black_box(&x),
                )
            })
        }

        pub fn gradient_in_chunks<P: $crate::problems::Problem>(problem: &P) -> Candidate {
            let (problem, x) = (problem.clone(), problem.point());
            Candidate::new($name, Class::Forward, move || {
                $crate::speed::forward::gradient_in_chunks::<$first>(
                    |x| problem.number(x),
                    std::hint::black_box(&x),
                )
            })
        }

        pub fn hessian<P: $crate::problems::Problem, const N: usize>(problem: &P) -> Candidate {
            let (problem, x) = (problem.clone(), $crate::peers::point::<P, N>(problem));
            Candidate::new($name, Class::Forward, move || {
                $crate::speed::forward::hessian_by_pairs::<$second, N>(
                    |x| problem.number(x),
                    std::hint::black_box(&x),
                )
            })
        }

        pub fn jacobian<R: $crate::problems::Residuals<N, M>, const N: usize, const M: usize>(
            residuals: &R,
        ) -> Candidate {
            let (residuals, x) = (residuals.clone(), residuals.point());
            Candidate::new($name, Class::Forward, move || {
                $crate::speed::forward::jacobian::<$first, N, M>(
                    |x| residuals.number(x),
                    std::hint::black_box(&x),
                )
            })
        }
    };
}
pub(crate) use one_direction_at_a_time;
