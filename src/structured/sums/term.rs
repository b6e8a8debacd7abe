//! Terms: a group of elements with its function, on every number that a derivative needs.

use core::marker::PhantomData;

use super::element::{Element, ElementResiduals};
use super::group::Group;
use super::handles::{Elements, Residuals};
use super::loss::Loss;
use super::results::{GaussNewton, Gradient, Hvp, Value};
use super::shapes::Shape;
use super::walk::Walk;
use crate::derivatives::{HessianSize, Size};
use crate::real::{Real, Scalar};

/// A group that passes of all kinds take.
pub trait InEveryPass<P: Real>:
    Group<P, Value> + Group<P, Gradient> + Group<P, GaussNewton> + Group<P, Hvp>
{
}

impl<G, P: Real> InEveryPass<P> for G where
    G: Group<P, Value> + Group<P, Gradient> + Group<P, GaussNewton> + Group<P, Hvp>
{
}

/// What the function of a group gets in a pass that yields `O`.
type Arguments<G, P, O> = <G as Group<P, O>>::Arguments;

/// What it returns there.
type Output<G, P, O> = <G as Group<P, O>>::Output;

/// A function that is generic over its numbers.
#[derive(Clone, Copy, Debug)]
pub struct Generic<F>(pub(super) F);

/// A group of elements or of residuals with its function.
#[derive(Clone, Copy, Debug)]
pub struct Term<G, F> {
    pub(super) group: G,
    pub(super) function: F,
}

impl<G, F> Term<G, Generic<F>> {
    /// A group with a function that is generic over its numbers: an [`Element`], or [`ElementResiduals`]. Of
    /// [elements of any size](super::Builder::any_size) it is one for the shape [`UpTo`](crate::structured::shapes::UpTo)
    /// and every K.
    pub fn new(group: G, function: F) -> Self {
        Self { group, function: Generic(function) }
    }
}

/// The passes that a function is evaluated in: what is in a [`Term`] is it in all of them.
macro_rules! passes {
    ($($name:ident $upper:ident: $result:ident;)*) => {
        /// A function on every number that a pass needs: what is in a [`Term`], from an [`Element`], from
        /// [`ElementResiduals`] or from [`element!`](crate::element).
        pub trait Evaluate<G: InEveryPass<P>, P: Real> {
            $(
                fn $name(&self, element: usize, x: Arguments<G, P, $result>) -> Output<G, P, $result>;
            )*
        }

        impl<S, F, P: Scalar, const K: usize> Evaluate<Elements<S, K>, P> for Generic<F>
        where
            S: Shape<K, Listed: Walk>,
            F: Element<S, K, P>,
            Size<K>: HessianSize,
        {
            $(
                #[inline]
                fn $name(
                    &self,
                    e: usize,
                    x: Arguments<Elements<S, K>, P, $result>,
                ) -> Output<Elements<S, K>, P, $result> {
                    self.0.eval(e, x)
                }
            )*
        }

        impl<S, F, L, P: Scalar, const K: usize, const R: usize>
            Evaluate<Residuals<Elements<S, K>, R, L>, P> for Generic<F>
        where
            S: Shape<K, Listed: Walk>,
            F: ElementResiduals<S, K, R, P>,
            L: Loss,
        {
            $(
                #[inline]
                fn $name(
                    &self,
                    e: usize,
                    x: Arguments<Residuals<Elements<S, K>, R, L>, P, $result>,
                ) -> Output<Residuals<Elements<S, K>, R, L>, P, $result> {
                    self.0.eval(e, x)
                }
            )*
        }

        /// A closure's text, compiled for every number over the float `P`.
        #[derive(Clone, Copy, Debug)]
        pub struct Compiled<P, $($upper),*> {
            $($name: $upper,)*
            float: PhantomData<P>,
        }

        impl<G: InEveryPass<P>, P: Real, $($upper),*> Evaluate<G, P> for Compiled<P, $($upper),*>
        where
            $($upper: Fn(usize, Arguments<G, P, $result>) -> Output<G, P, $result>,)*
        {
            $(
                #[inline]
                fn $name(&self, e: usize, x: Arguments<G, P, $result>) -> Output<G, P, $result> {
                    (self.$name)(e, x)
                }
            )*
        }

        impl<G: InEveryPass<P>, P: Real, $($upper),*> Term<G, Compiled<P, $($upper),*>>
        where
            $($upper: Fn(usize, Arguments<G, P, $result>) -> Output<G, P, $result>,)*
        {
            /// What [`element!`](crate::element) expands to.
            #[doc(hidden)]
            pub fn compiled(float: PhantomData<P>, group: G, $($name: $upper),*) -> Self {
                Self { group, function: Compiled { $($name,)* float } }
            }
        }
    };
}

passes! {
    value V: Value;
    gradient G1: Gradient;
    hessian G2: GaussNewton;
    hvp G3: Hvp;
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
///
/// The numbers are over f64. Those over another float, as an `ElementSum<f32>` takes them, are asked for in front; a literal
/// stands to the right of an operator then, or says its type:
///
/// ```
/// # use gradual::element;
/// # use gradual::structured::{Builder, ElementSum};
/// let mut builder = Builder::new(2);
/// let pair = builder.elements([[0, 1]])?;
/// let sum = ElementSum::new(builder.build()?)
///     .with(element!(f32, pair, |_, [a, b]| (b - a).powi(2) * 0.5));
/// assert_eq!(sum.value(&[1.0, 5.0]), 8.0_f32);
/// # Ok::<(), gradual::structured::PlanError>(())
/// ```
#[macro_export]
macro_rules! element {
    ($elements:expr, |$($closure:tt)*) => { $crate::__element!([f64] [] $elements, |$($closure)*) };
    ($elements:expr, move $($closure:tt)*) => { $crate::__element!([f64] [move] $elements, $($closure)*) };
    ($float:ty, $elements:expr, move $($closure:tt)*) => {
        $crate::__element!([$float] [move] $elements, $($closure)*)
    };
    ($float:ty, $elements:expr, $($closure:tt)*) => {
        $crate::__element!([$float] [] $elements, $($closure)*)
    };
}

/// The term of a closure's text for numbers over `$float`.
#[doc(hidden)]
#[macro_export]
macro_rules! __element {
    ([$float:ty] [$($move:tt)?] $elements:expr, |$e:pat_param, $x:pat_param $(,)?| $body:expr) => {
        $crate::structured::Term::compiled(
            ::core::marker::PhantomData::<$float>,
            $elements,
            $($move)? |$e, $x| $body,
            $($move)? |$e, $x| $body,
            $($move)? |$e, $x| $body,
            $($move)? |$e, $x| $body,
        )
    };
}
