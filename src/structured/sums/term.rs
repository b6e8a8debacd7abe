//! Terms: a group of elements with its function, on every number that a derivative needs.

use super::builder::Elements;
use super::residuals::Residuals;
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

/// The residuals of an element of the [shape](Shape) `S` with K lanes, over any number.
///
/// ```
/// use gradual::Real;
/// use gradual::structured::{Builder, ElementResiduals, ElementSum, Single, Term};
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
pub trait ElementResiduals<S: Shape<K>, const K: usize, const R: usize> {
    /// The residuals of element number `element` in its group, whose variables are `x`. Plain floats
    /// stand to the right of an operator: `x * 2.0`.
    fn eval<T: Real<Scalar = f64>>(&self, element: usize, x: S::Arguments<T>) -> [T; R];
}

/// What a [`Term`] can be of: [`Elements`], whose function returns a number, or [`Residuals`], whose function
/// returns R of them. Implemented for these only.
pub trait Group<const K: usize>: sealed::Sealed {
    /// The elements' shape.
    type Shape: Shape<K>;

    /// What the function returns, for a number `J`.
    type Output<J>;

    /// The elements.
    #[doc(hidden)]
    fn elements(&self) -> Elements<Self::Shape, K>;
}

impl<S: Shape<K>, const K: usize> Group<K> for Elements<S, K> {
    type Shape = S;
    type Output<J> = J;

    fn elements(&self) -> Elements<S, K> {
        *self
    }
}

impl<S: Shape<K>, L, const K: usize, const R: usize> Group<K> for Residuals<S, K, R, L> {
    type Shape = S;
    type Output<J> = [J; R];

    fn elements(&self) -> Elements<S, K> {
        self.elements
    }
}

mod sealed {
    use super::{Elements, Residuals};

    pub trait Sealed {}
    impl<S, const K: usize> Sealed for Elements<S, K> {}
    impl<S, L, const K: usize, const R: usize> Sealed for Residuals<S, K, R, L> {}
}

/// What the function of a group gets, for a number `J`.
type Arguments<G, J, const K: usize> = <<G as Group<K>>::Shape as Shape<K>>::Arguments<J>;

/// The numbers that a function is evaluated on: what is in a [`Term`] is it on all of them.
macro_rules! numbers {
    ($($(#[$meta:meta])* $name:ident $upper:ident: $number:ty;)*) => {
        /// A function on every number that a pass needs: what is in a [`Term`], from an [`Element`], from
        /// [`ElementResiduals`] or from [`element!`](crate::element).
        pub trait Evaluate<G: Group<K>, const K: usize>
        where
            Size<K>: HessianSize,
        {
            $(
                $(#[$meta])*
                fn $name(&self, element: usize, x: Arguments<G, $number, K>) -> G::Output<$number>;
            )*
        }

        impl<S: Shape<K>, F: Element<S, K>, const K: usize> Evaluate<Elements<S, K>, K> for Generic<F>
        where
            Size<K>: HessianSize,
        {
            $(
                #[inline]
                fn $name(&self, e: usize, x: S::Arguments<$number>) -> $number {
                    self.0.eval(e, x)
                }
            )*
        }

        impl<S, F, L, const K: usize, const R: usize> Evaluate<Residuals<S, K, R, L>, K> for Generic<F>
        where
            S: Shape<K>,
            F: ElementResiduals<S, K, R>,
            Size<K>: HessianSize,
        {
            $(
                #[inline]
                fn $name(&self, e: usize, x: S::Arguments<$number>) -> [$number; R] {
                    self.0.eval(e, x)
                }
            )*
        }

        /// A closure's text, compiled for every number.
        #[doc(hidden)]
        #[derive(Clone, Copy, Debug)]
        pub struct Compiled<$($upper),*> {
            $($name: $upper),*
        }

        impl<G: Group<K>, $($upper,)* const K: usize> Evaluate<G, K> for Compiled<$($upper),*>
        where
            Size<K>: HessianSize,
            $($upper: Fn(usize, Arguments<G, $number, K>) -> G::Output<$number>,)*
        {
            $(
                #[inline]
                fn $name(&self, e: usize, x: Arguments<G, $number, K>) -> G::Output<$number> {
                    (self.$name)(e, x)
                }
            )*
        }

        impl<G: Group<K>, $($upper,)* const K: usize> Term<G, Compiled<$($upper),*>, K>
        where
            Size<K>: HessianSize,
            $($upper: Fn(usize, Arguments<G, $number, K>) -> G::Output<$number>,)*
        {
            /// What [`element!`](crate::element) expands to.
            #[doc(hidden)]
            pub fn compiled(group: G, $($name: $upper),*) -> Self {
                Self { group, function: Compiled { $($name),* } }
            }
        }
    };
}

numbers! {
    /// On plain floats.
    value V: f64;
    /// For first derivatives.
    slope G1: Dual<f64, K>;
    /// For second derivatives.
    curvature G2: HyperDual<f64, K>;
    /// For products with the Hessian.
    product G3: BlockDual<f64, K, 1>;
}

/// A function that is generic over its numbers.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Generic<F>(F);

/// A group of elements or of residuals with its function.
#[derive(Clone, Copy, Debug)]
pub struct Term<G, F, const K: usize> {
    pub(super) group: G,
    pub(super) function: F,
}

impl<G: Group<K>, F, const K: usize> Term<G, Generic<F>, K>
where
    Generic<F>: Evaluate<G, K>,
    Size<K>: HessianSize,
{
    /// A group with a function that is generic over its numbers.
    pub fn new(group: G, function: F) -> Self {
        Self { group, function: Generic(function) }
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
///
/// Of [`Residuals`](crate::structured::Residuals) the closure returns an array, and the term is half the sum of
/// their squares: `element!(seen, |e, [a, b]| [b - a * a - data[e]])`.
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
