//! The function of an element, generic over its numbers.

use super::shapes::Shape;
use crate::real::Real;

/// The function of an element of the [shape](crate::structured::shapes) `S` with K lanes, over any number. `P` is the
/// float at the bottom: f64, f32.
///
/// ```
/// use gradual::Real;
/// use gradual::structured::shapes::Single;
/// use gradual::structured::{Builder, Element, ElementSum, Term};
///
/// struct Springs<'a> {
///     rest: &'a [f64],
/// }
///
/// impl Element<Single, 2> for Springs<'_> {
///     fn eval<T: Real<Scalar = f64>>(&self, element: usize, [a, b]: [T; 2]) -> T {
///         (b - a - self.rest[element]).powi(2) * 0.5
///     }
/// }
///
/// let mut builder = Builder::new(3);
/// let pairs = builder.elements([[0, 1], [1, 2]])?;
/// let springs = Springs { rest: &[1.0, 3.0] };
/// let sum = ElementSum::new(builder.build()?).with(Term::new(pairs, springs));
/// assert_eq!(sum.value(&[0.0, 1.0, 5.0]), 0.5);
/// # Ok::<(), gradual::structured::PlanError>(())
/// ```
pub trait Element<S: Shape<K>, const K: usize, P = f64> {
    /// The value of element number `element` in its group, whose variables are `x`. Plain floats stand
    /// to the right of an operator: `x * 2.0`.
    fn eval<T: Real<Scalar = P>>(&self, element: usize, x: S::Arguments<T>) -> T;
}

/// The residuals of an element of the [shape](crate::structured::shapes) `S` with K lanes, over any number. `P` is the
/// float at the bottom: f64, f32.
///
/// ```
/// use gradual::Real;
/// use gradual::structured::shapes::Single;
/// use gradual::structured::{Builder, ElementResiduals, ElementSum, Term};
///
/// struct Steps;
///
/// impl ElementResiduals<Single, 2, 1> for Steps {
///     fn eval<T: Real<Scalar = f64>>(&self, _: usize, [a, b]: [T; 2]) -> [T; 1] {
///         [b - a * a]
///     }
/// }
///
/// let mut builder = Builder::new(3);
/// let steps = builder.elements([[0, 1], [1, 2]])?.residuals(&mut builder);
/// let sum = ElementSum::new(builder.build()?).with(Term::new(steps, Steps));
/// assert_eq!(sum.value(&[1.0, 2.0, 5.0]), 0.5 * (1.0 + 1.0));
/// # Ok::<(), gradual::structured::PlanError>(())
/// ```
pub trait ElementResiduals<S: Shape<K>, const K: usize, const R: usize, P = f64> {
    /// The residuals of element number `element` in its group, whose variables are `x`. Plain floats
    /// stand to the right of an operator: `x * 2.0`.
    fn eval<T: Real<Scalar = P>>(&self, element: usize, x: S::Arguments<T>) -> [T; R];
}

impl<S: Shape<K>, F: Element<S, K, P> + ?Sized, P, const K: usize> Element<S, K, P> for &F {
    fn eval<T: Real<Scalar = P>>(&self, element: usize, x: S::Arguments<T>) -> T {
        (**self).eval(element, x)
    }
}

impl<S, F, P, const K: usize, const R: usize> ElementResiduals<S, K, R, P> for &F
where
    S: Shape<K>,
    F: ElementResiduals<S, K, R, P> + ?Sized,
{
    fn eval<T: Real<Scalar = P>>(&self, element: usize, x: S::Arguments<T>) -> [T; R] {
        (**self).eval(element, x)
    }
}
