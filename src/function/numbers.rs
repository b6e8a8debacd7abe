//! The numbers on which the derivatives of a function evaluate it, and [`Numbers`], the plumbing below
//! [`Function`]: one evaluation for each of them.

use alloc::boxed::Box;
use alloc::rc::Rc;
use alloc::sync::Arc;
use alloc::vec::Vec;

use super::object::Object;
use super::output::Output;
use super::{Function, ScalarFunction, VectorFunction};

/// The numbers of sparse plans, whose notes are kept with the thread; without threads, plain floats.
#[doc(hidden)]
pub mod sparse {
    #[cfg(feature = "std")]
    pub use crate::tracing::{Separated, SeparatedGradient, Traced};

    #[cfg(not(feature = "std"))]
    pub type Traced = f64;
    #[cfg(not(feature = "std"))]
    pub type Separated<const Q: usize> = f64;
    #[cfg(not(feature = "std"))]
    pub type SeparatedGradient<const Q: usize> = f64;
}

/// Hands the list of numbers to a macro, behind the arguments that are for it.
///
/// A pass that needs a further number adds its line here, and nothing else: the trait, the objects and the
/// public macros are made from this list.
#[doc(hidden)]
#[macro_export]
macro_rules! __function_numbers {
    ([$($callback:tt)*] $($arguments:tt)*) => {
        $($callback)*! {
            [$($arguments)*]
            // the value
            plain: f64,
            // one direction: directional derivatives and products with the Jacobian
            tangent: $crate::Dual<f64>,
            // first derivatives, as many at once as suit the point
            first_4: $crate::Dual<f64, 4>,
            first_8: $crate::Dual<f64, 8>,
            first_12: $crate::Dual<f64, 12>,
            first_16: $crate::Dual<f64, 16>,
            // a block of the Hessian, and a block of its product with a direction
            second: $crate::BlockDual<f64, 4, 4>,
            second_along: $crate::BlockDual<f64, 16, 1>,
            // the sum of second derivatives
            laplacian_16: $crate::Jet<f64, $crate::derivatives::Laplacian<f64, 16>>,
            // the pattern of a sparse Jacobian, whose passes take the numbers of first derivatives, or Hessian
            traced: $crate::function::sparse::Traced,
            // gradients and sparse Hessians in one pass
            separated_gradient_4: $crate::function::sparse::SeparatedGradient<4>,
            separated_gradient_16: $crate::function::sparse::SeparatedGradient<16>,
            separated_4: $crate::function::sparse::Separated<4>,
            separated_16: $crate::function::sparse::Separated<16>,
        }
    };
}

macro_rules! numbers {
    ([] $($name:ident: $number:ty,)*) => {
        /// A function at each of the numbers.
        #[doc(hidden)]
        pub trait Numbers<Y: Output> {
            $(fn $name(&self, x: &[$number]) -> Y::Of<$number>;)*
        }

        impl<F: ScalarFunction + ?Sized> Numbers<f64> for F {
            $(
                #[inline]
                fn $name(&self, x: &[$number]) -> $number {
                    self.eval(x)
                }
            )*
        }

        impl<F: VectorFunction + ?Sized> Numbers<Vec<f64>> for F {
            $(
                #[inline]
                fn $name(&self, x: &[$number]) -> Vec<$number> {
                    self.eval(x)
                }
            )*
        }

        /// A closure for each of the numbers, all of the same text. What is never called is never compiled.
        #[doc(hidden)]
        #[derive(Clone, Copy)]
        #[allow(non_camel_case_types)]
        pub struct Closures<$($name),*> {
            $($name: $name),*
        }

        // Without a bound on the closures: what they return has been asked for once, by `returned`.
        #[allow(non_camel_case_types)]
        impl<Y: Output, $($name),*> Object<Y, Closures<$($name),*>> {
            #[doc(hidden)]
            #[allow(clippy::too_many_arguments)]
            pub fn borrowing($($name: $name),*) -> Self {
                Self::new(Closures { $($name),* })
            }
        }

        #[allow(non_camel_case_types)]
        impl<Y: Output, $($name),*> Numbers<Y> for Closures<$($name),*>
        where
            $($name: Fn(&[$number]) -> Y::Of<$number>),*
        {
            $(
                #[inline]
                fn $name(&self, x: &[$number]) -> Y::Of<$number> {
                    (self.$name)(x)
                }
            )*
        }

        /// An evaluation on one of the numbers: the point, and the place for the output.
        #[doc(hidden)]
        #[allow(non_camel_case_types)]
        pub enum Request<'a, Y: Output> {
            $($name(&'a [$number], &'a mut Option<Y::Of<$number>>)),*
        }

        impl<Y: Output, F: Fn(Request<'_, Y>)> Numbers<Y> for Owning<F> {
            $(
                #[inline]
                fn $name(&self, x: &[$number]) -> Y::Of<$number> {
                    let mut output = None;
                    (self.0)(Request::$name(x, &mut output));
                    output.expect("every request is answered")
                }
            )*
        }
    };
}

__function_numbers!([numbers]);

/// One closure that answers every request, and so can own what it captures.
#[doc(hidden)]
#[derive(Clone, Copy)]
pub struct Owning<F>(F);

impl<Y: Output, F: Fn(Request<'_, Y>)> Object<Y, Owning<F>> {
    #[doc(hidden)]
    pub fn owning(answer: F) -> Self {
        Self::new(Owning(answer))
    }
}

/// Numbers through another function, for the types to which the implementation for all
/// [`ScalarFunction`]s leaves room.
macro_rules! forward {
    ([$function:ty $(, $c:ident)? => $inner:tt] $($name:ident: $number:ty,)*) => {
        impl<Y: Output $(, $c: Numbers<Y>)?> Numbers<Y> for $function {
            $(
                #[inline]
                fn $name(&self, x: &[$number]) -> Y::Of<$number> {
                    forward!(@ $inner self).$name(x)
                }
            )*
        }
    };
    (@ numbers $self:ident) => { $self.numbers };
    (@ pointee $self:ident) => { (**$self) };
}

__function_numbers!([forward] Object<Y, C>, C => numbers);
__function_numbers!([forward] &Object<Y, C>, C => pointee);
__function_numbers!([forward] Box<Object<Y, C>>, C => pointee);
__function_numbers!([forward] Rc<Object<Y, C>>, C => pointee);
__function_numbers!([forward] Arc<Object<Y, C>>, C => pointee);
__function_numbers!([forward] &(dyn Function<Y> + '_) => pointee);
__function_numbers!([forward] Box<dyn Function<Y> + '_> => pointee);
__function_numbers!([forward] Rc<dyn Function<Y> + '_> => pointee);
__function_numbers!([forward] Arc<dyn Function<Y> + '_> => pointee);
