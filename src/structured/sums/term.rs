//! Terms: a group of elements with its function, on every number that a derivative needs.

use super::builder::Elements;
use super::shapes::Shape;
use crate::derivatives::{HessianSize, Size};
use crate::jet::{BlockDual, Dual, HyperDual};
use crate::real::Real;

/// The function of an element of the [shape](Shape) `S` with K lanes, over any number.
///
/// ```
/// use gradual::Real;
/// use gradual::structured::{Builder, Element, ElementSum, Single, Term};
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
pub trait Element<S: Shape<K>, const K: usize> {
    /// The value of element number `element` in its group, whose variables are `x`. Plain floats stand
    /// to the right of an operator: `x * 2.0`.
    fn eval<T: Real<Scalar = f64>>(&self, element: usize, x: S::Arguments<T>) -> T;
}

/// A function on every number that a pass needs: what is in a [`Term`], from an [`Element`] or from
/// [`element!`](crate::element).
pub trait Evaluate<S: Shape<K>, const K: usize>
where
    Size<K>: HessianSize,
{
    /// On plain floats.
    fn value(&self, element: usize, x: S::Arguments<f64>) -> f64;
    /// For the gradient.
    fn slope(&self, element: usize, x: S::Arguments<Dual<f64, K>>) -> Dual<f64, K>;
    /// For the Hessian.
    fn curvature(&self, element: usize, x: S::Arguments<HyperDual<f64, K>>) -> HyperDual<f64, K>;
    /// For products with the Hessian.
    fn product(
        &self,
        element: usize,
        x: S::Arguments<BlockDual<f64, K, 1>>,
    ) -> BlockDual<f64, K, 1>;
}

/// A function that is generic over its numbers.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Generic<F>(F);

impl<S: Shape<K>, F: Element<S, K>, const K: usize> Evaluate<S, K> for Generic<F>
where
    Size<K>: HessianSize,
{
    #[inline]
    fn value(&self, e: usize, x: S::Arguments<f64>) -> f64 {
        self.0.eval(e, x)
    }

    #[inline]
    fn slope(&self, e: usize, x: S::Arguments<Dual<f64, K>>) -> Dual<f64, K> {
        self.0.eval(e, x)
    }

    #[inline]
    fn curvature(&self, e: usize, x: S::Arguments<HyperDual<f64, K>>) -> HyperDual<f64, K> {
        self.0.eval(e, x)
    }

    #[inline]
    fn product(&self, e: usize, x: S::Arguments<BlockDual<f64, K, 1>>) -> BlockDual<f64, K, 1> {
        self.0.eval(e, x)
    }
}

/// A closure's text, compiled for every number.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Compiled<V, G, H, P> {
    value: V,
    slope: G,
    curvature: H,
    product: P,
}

impl<S: Shape<K>, V, G, H, P, const K: usize> Evaluate<S, K> for Compiled<V, G, H, P>
where
    Size<K>: HessianSize,
    V: Fn(usize, S::Arguments<f64>) -> f64,
    G: Fn(usize, S::Arguments<Dual<f64, K>>) -> Dual<f64, K>,
    H: Fn(usize, S::Arguments<HyperDual<f64, K>>) -> HyperDual<f64, K>,
    P: Fn(usize, S::Arguments<BlockDual<f64, K, 1>>) -> BlockDual<f64, K, 1>,
{
    #[inline]
    fn value(&self, e: usize, x: S::Arguments<f64>) -> f64 {
        (self.value)(e, x)
    }

    #[inline]
    fn slope(&self, e: usize, x: S::Arguments<Dual<f64, K>>) -> Dual<f64, K> {
        (self.slope)(e, x)
    }

    #[inline]
    fn curvature(&self, e: usize, x: S::Arguments<HyperDual<f64, K>>) -> HyperDual<f64, K> {
        (self.curvature)(e, x)
    }

    #[inline]
    fn product(&self, e: usize, x: S::Arguments<BlockDual<f64, K, 1>>) -> BlockDual<f64, K, 1> {
        (self.product)(e, x)
    }
}

/// A group of elements with its function.
#[derive(Clone, Copy, Debug)]
pub struct Term<S, F, const K: usize> {
    pub(super) elements: Elements<S, K>,
    pub(super) function: F,
}

impl<S: Shape<K>, F: Element<S, K>, const K: usize> Term<S, Generic<F>, K> {
    /// A group with a function that is generic over its numbers.
    pub fn new(elements: Elements<S, K>, function: F) -> Self {
        Self { elements, function: Generic(function) }
    }
}

impl<S: Shape<K>, V, G, H, P, const K: usize> Term<S, Compiled<V, G, H, P>, K>
where
    Size<K>: HessianSize,
    V: Fn(usize, S::Arguments<f64>) -> f64,
    G: Fn(usize, S::Arguments<Dual<f64, K>>) -> Dual<f64, K>,
    H: Fn(usize, S::Arguments<HyperDual<f64, K>>) -> HyperDual<f64, K>,
    P: Fn(usize, S::Arguments<BlockDual<f64, K, 1>>) -> BlockDual<f64, K, 1>,
{
    /// What [`element!`](crate::element) expands to.
    #[doc(hidden)]
    pub fn compiled(
        elements: Elements<S, K>,
        value: V,
        slope: G,
        curvature: H,
        product: P,
    ) -> Self {
        Self { elements, function: Compiled { value, slope, curvature, product } }
    }
}

/// A [`Term`](crate::structured::Term) of a sum: a group of elements, and a closure whose text is
/// compiled once for each number that a derivative needs. What it captures needs no declaration.
///
/// ```
/// use gradual::element;
/// use gradual::structured::{Builder, ElementSum};
///
/// let mut builder = Builder::new(3);
/// let pairs = builder.elements([[0, 1], [1, 2]])?;
/// let rest = [1.0, 3.0];
/// let sum = ElementSum::new(builder.build()?)
///     .with(element!(pairs, |e, [a, b]| 0.5 * (b - a - rest[e]).powi(2)));
/// assert_eq!(sum.value(&[0.0, 1.0, 5.0]), 0.5);
/// # Ok::<(), gradual::structured::PlanError>(())
/// ```
#[macro_export]
macro_rules! element {
    ($elements:expr, |$e:pat_param, $x:pat_param $(,)?| $body:expr) => {
        $crate::structured::Term::compiled(
            $elements,
            |$e, $x| $body,
            |$e, $x| $body,
            |$e, $x| $body,
            |$e, $x| $body,
        )
    };
    ($elements:expr, move |$e:pat_param, $x:pat_param $(,)?| $body:expr) => {
        $crate::structured::Term::compiled(
            $elements,
            move |$e, $x| $body,
            move |$e, $x| $body,
            move |$e, $x| $body,
            move |$e, $x| $body,
        )
    };
}
