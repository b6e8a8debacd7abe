//! Terms whose types are forgotten, so that an object can hold them: one dynamic call for a whole group.

use alloc::vec::Vec;

use super::any_size::{Class, ElementOfAnySize};
use super::any_size_residuals::{AnySizeResiduals, ResidualsOfAnySize};
use super::builder::Elements;
use super::jacobian::JacobianPass;
use super::loss::Loss;
use super::pass::Pass;
use super::residuals::Residuals;
use super::shapes::{Few, Shape, UpTo};
use super::term::{Element, Evaluate, Term};
use super::wanted::{GaussNewton, Product, Projected, Slope, Value};
use crate::derivatives::{HessianSize, Size};
use crate::real::Real;

/// A pass for a wanted result, on the threads of `M`.
type With<'a, O, M> = Pass<'a, f64, O, M>;

/// The terms on one thread, or on several: a trait for each, as a trait object cannot say it by a
/// parameter of its methods.
macro_rules! erased {
    ($(#[$meta:meta])* $name:ident, $m:ty) => {
        $(#[$meta])*
        pub trait $name {
            fn value<'a>(&self, pass: With<'a, Value, $m>) -> With<'a, Value, $m>;
            fn slope<'a>(&self, pass: With<'a, Slope, $m>) -> With<'a, Slope, $m>;
            fn curvature<'a>(&self, pass: With<'a, GaussNewton, $m>) -> With<'a, GaussNewton, $m>;
            fn projected<'a>(&self, pass: With<'a, Projected, $m>) -> With<'a, Projected, $m>;
            fn product<'a>(&self, pass: With<'a, Product, $m>) -> With<'a, Product, $m>;
            fn rows<'a>(&self, pass: JacobianPass<'a, f64, $m>) -> JacobianPass<'a, f64, $m>;
        }

        $(#[$meta])*
        impl<S: Shape<K> + Sync, F, const K: usize> $name for Term<Elements<S, K>, F, K>
        where
            F: Evaluate<Elements<S, K>, K> + Sync,
            Size<K>: HessianSize,
        {
            fn value<'a>(&self, pass: With<'a, Value, $m>) -> With<'a, Value, $m> {
                pass.add(self.group, |e, x| self.function.value(e, x))
            }

            fn slope<'a>(&self, pass: With<'a, Slope, $m>) -> With<'a, Slope, $m> {
                pass.add(self.group, |e, x| self.function.slope(e, x))
            }

            fn curvature<'a>(&self, pass: With<'a, GaussNewton, $m>) -> With<'a, GaussNewton, $m> {
                pass.add(self.group, |e, x| self.function.curvature(e, x))
            }

            fn projected<'a>(&self, pass: With<'a, Projected, $m>) -> With<'a, Projected, $m> {
                pass.add(self.group, |e, x| self.function.curvature(e, x))
            }

            fn product<'a>(&self, pass: With<'a, Product, $m>) -> With<'a, Product, $m> {
                pass.add(self.group, |e, x| self.function.product(e, x))
            }

            fn rows<'a>(&self, pass: JacobianPass<'a, f64, $m>) -> JacobianPass<'a, f64, $m> {
                pass
            }
        }

        $(#[$meta])*
        impl<S, F, L, const K: usize, const R: usize> $name for Term<Residuals<S, K, R, L>, F, K>
        where
            S: Shape<K> + Sync,
            F: Evaluate<Residuals<S, K, R, L>, K> + Sync,
            L: Loss + Sync,
            Size<K>: HessianSize,
        {
            fn value<'a>(&self, pass: With<'a, Value, $m>) -> With<'a, Value, $m> {
                pass.squares(self.group.by_reference(), |e, x| self.function.value(e, x))
            }

            fn slope<'a>(&self, pass: With<'a, Slope, $m>) -> With<'a, Slope, $m> {
                pass.squares(self.group.by_reference(), |e, x| self.function.slope(e, x))
            }

            fn curvature<'a>(&self, pass: With<'a, GaussNewton, $m>) -> With<'a, GaussNewton, $m> {
                pass.squares(self.group.by_reference(), |e, x| self.function.slope(e, x))
            }

            fn projected<'a>(&self, pass: With<'a, Projected, $m>) -> With<'a, Projected, $m> {
                pass.squares(self.group.by_reference(), |e, x| self.function.slope(e, x))
            }

            fn product<'a>(&self, pass: With<'a, Product, $m>) -> With<'a, Product, $m> {
                pass.squares(self.group.by_reference(), |e, x| self.function.slope(e, x))
            }

            fn rows<'a>(&self, pass: JacobianPass<'a, f64, $m>) -> JacobianPass<'a, f64, $m> {
                pass.add(self.group.by_reference(), |e, x| self.function.slope(e, x))
            }
        }

        $(#[$meta])*
        impl<F, L, const R: usize> $name for SizedResiduals<'_, F, L, R>
        where
            F: ResidualsOfAnySize<R> + Sync,
            L: Loss + Sync,
        {
            fn value<'a>(&self, pass: With<'a, Value, $m>) -> With<'a, Value, $m> {
                pass.squares_any_size(&self.residuals, self.function)
            }

            fn slope<'a>(&self, pass: With<'a, Slope, $m>) -> With<'a, Slope, $m> {
                pass.squares_any_size(&self.residuals, self.function)
            }

            fn curvature<'a>(&self, pass: With<'a, GaussNewton, $m>) -> With<'a, GaussNewton, $m> {
                pass.squares_any_size(&self.residuals, self.function)
            }

            fn projected<'a>(&self, pass: With<'a, Projected, $m>) -> With<'a, Projected, $m> {
                pass.squares_any_size(&self.residuals, self.function)
            }

            fn product<'a>(&self, pass: With<'a, Product, $m>) -> With<'a, Product, $m> {
                pass.squares_any_size(&self.residuals, self.function)
            }

            fn rows<'a>(&self, pass: JacobianPass<'a, f64, $m>) -> JacobianPass<'a, f64, $m> {
                pass.add_any_size(&self.residuals, self.function)
            }
        }
    };
}

erased!(OnOneThread, super::pass::Serial);
erased!(
    #[cfg(feature = "rayon")]
    OnThreads,
    super::pass::Parallel
);

/// What an object holds: public, as it bounds a public method, and without a public name.
#[cfg(not(feature = "rayon"))]
pub trait Erased: OnOneThread + Send + Sync {}
#[cfg(not(feature = "rayon"))]
impl<T: OnOneThread + Send + Sync> Erased for T {}

/// What an object holds: public, as it bounds a public method, and without a public name.
#[cfg(feature = "rayon")]
pub trait Erased: OnOneThread + OnThreads + Send + Sync {}
#[cfg(feature = "rayon")]
impl<T: OnOneThread + OnThreads + Send + Sync> Erased for T {}

/// The elements of one class of sizes, as an element function.
pub(super) struct Sized<'f, F> {
    numbers: Vec<u32>,
    function: &'f F,
}

impl<'f, F: ElementOfAnySize> Sized<'f, F> {
    pub(super) fn new<const K: usize>(class: &Class<K>, function: &'f F) -> Self {
        Self { numbers: class.numbers.clone(), function }
    }
}

impl<F: ElementOfAnySize, const K: usize> Element<UpTo, K> for Sized<'_, F> {
    fn eval<T: Real<Scalar = f64>>(&self, element: usize, x: Few<T, K>) -> T {
        self.function.eval(self.numbers[element] as usize, &x)
    }
}

/// Residuals of elements of any size, with their function.
pub(super) struct SizedResiduals<'f, F, L, const R: usize> {
    pub(super) residuals: AnySizeResiduals<R, L>,
    pub(super) function: &'f F,
}
