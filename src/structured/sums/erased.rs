//! Terms whose types are forgotten, so that an object can hold them: one dynamic call for a whole group.

use super::any_size::{AnySize, ElementOfAnySize, ResidualsOfAnySize, for_each_class};
use super::data::PlanData;
use super::handles::{Elements, Residuals};
use super::jacobian::JacobianPass;
use super::loss::Loss;
use super::pass::Pass;
use super::results::{GaussNewton, Gradient, Hvp, ProjectedHessian, Value};
use super::shapes::Shape;
use super::term::{Evaluate, Generic, Term};
use super::walk::Walk;
use crate::derivatives::{HessianSize, Size};
use crate::real::Scalar;

/// Terms on one thread, or on several: a trait for each, as a trait object cannot say it by a
/// parameter of its methods.
macro_rules! erased {
    ($(#[$meta:meta])* $name:ident, $m:ty) => {
        erased! { @ [$(#[$meta])*] $name, $m;
            value: Value, gradient: Gradient, hessian: GaussNewton,
            projected: ProjectedHessian, hvp: Hvp
        }
    };
    (@ [$(#[$meta:meta])*] $name:ident, $m:ty; $($order:ident: $result:ident),*) => {
        $(#[$meta])*
        pub trait $name<P> {
            $(fn $order<'a>(&self, pass: Pass<'a, P, $result, $m>) -> Pass<'a, P, $result, $m>;)*
            fn rows<'a>(&self, pass: JacobianPass<'a, P, $m>) -> JacobianPass<'a, P, $m>;
        }

        $(#[$meta])*
        impl<S, F, P: Scalar, const K: usize> $name<P> for Term<Elements<S, K>, F>
        where
            S: Shape<K, Listed: Walk>,
            F: Evaluate<Elements<S, K>, P> + Sync,
            Size<K>: HessianSize,
        {
            $(
                fn $order<'a>(&self, pass: Pass<'a, P, $result, $m>) -> Pass<'a, P, $result, $m> {
                    pass.add(self.group, |e, x| erased!(@ exact $order)(&self.function, e, x))
                }
            )*

            fn rows<'a>(&self, pass: JacobianPass<'a, P, $m>) -> JacobianPass<'a, P, $m> {
                pass
            }
        }

        $(#[$meta])*
        impl<S, F, L, P: Scalar, const K: usize, const R: usize> $name<P>
            for Term<Residuals<Elements<S, K>, R, L>, F>
        where
            S: Shape<K, Listed: Walk>,
            F: Evaluate<Residuals<Elements<S, K>, R, L>, P> + Sync,
            L: Loss + Sync,
        {
            $(
                fn $order<'a>(&self, pass: Pass<'a, P, $result, $m>) -> Pass<'a, P, $result, $m> {
                    let group = self.group.by_reference();
                    pass.add(group, |e, x| erased!(@ squares $order)(&self.function, e, x))
                }
            )*

            fn rows<'a>(&self, pass: JacobianPass<'a, P, $m>) -> JacobianPass<'a, P, $m> {
                pass.add(self.group.by_reference(), |e, x| self.function.gradient(e, x))
            }
        }

        $(#[$meta])*
        impl<F, P: Scalar> $name<P> for Term<AnySize, Generic<F>>
        where
            F: ElementOfAnySize<P> + Sync,
        {
            $(
                fn $order<'a>(&self, pass: Pass<'a, P, $result, $m>) -> Pass<'a, P, $result, $m> {
                    pass.add_any_size(&self.group, &self.function.0)
                }
            )*

            fn rows<'a>(&self, pass: JacobianPass<'a, P, $m>) -> JacobianPass<'a, P, $m> {
                pass
            }
        }

        $(#[$meta])*
        impl<F, L, P: Scalar, const R: usize> $name<P> for Term<Residuals<AnySize, R, L>, Generic<F>>
        where
            F: ResidualsOfAnySize<P, R> + Sync,
            L: Loss + Sync,
        {
            $(
                fn $order<'a>(&self, pass: Pass<'a, P, $result, $m>) -> Pass<'a, P, $result, $m> {
                    pass.add_any_size(&self.group, &self.function.0)
                }
            )*

            fn rows<'a>(&self, pass: JacobianPass<'a, P, $m>) -> JacobianPass<'a, P, $m> {
                pass.add_any_size(&self.group, &self.function.0)
            }
        }
    };
    // Which of its numbers a function is evaluated on for a result: of squares plain ones and those with first
    // derivatives, so that the others need not be compiled.
    (@ exact projected) => { Evaluate::<Elements<S, K>, P>::hessian };
    (@ exact $order:ident) => { Evaluate::<Elements<S, K>, P>::$order };
    (@ squares value) => { Evaluate::<Residuals<Elements<S, K>, R, L>, P>::value };
    (@ squares $order:ident) => { Evaluate::<Residuals<Elements<S, K>, R, L>, P>::gradient };
}

erased!(OnOneThread, super::pass::OneThread);
erased!(
    #[cfg(feature = "rayon")]
    OnThreads,
    super::pass::AllThreads
);

/// Terms that belong to a plan or do not.
pub trait OfPlan {
    /// # Panics
    /// If the term is of another plan.
    #[track_caller]
    fn check(&self, plan: &PlanData);
}

impl<S, F, const K: usize> OfPlan for Term<Elements<S, K>, F> {
    fn check(&self, plan: &PlanData) {
        plan.list(self.group);
    }
}

impl<S, F, L, const K: usize, const R: usize> OfPlan for Term<Residuals<Elements<S, K>, R, L>, F> {
    fn check(&self, plan: &PlanData) {
        plan.row_block(&self.group, self.group.elements.serial);
    }
}

impl<F> OfPlan for Term<AnySize, F> {
    fn check(&self, plan: &PlanData) {
        for_each_class!(self.group, |class| {
            plan.list(class.elements);
        });
    }
}

impl<F, L, const R: usize> OfPlan for Term<Residuals<AnySize, R, L>, F> {
    fn check(&self, plan: &PlanData) {
        plan.row_block(&self.group, self.group.elements.serial());
    }
}

/// What an object holds: public, as it bounds a public method, and without a public name.
#[cfg(not(feature = "rayon"))]
pub trait Erased<P>: OfPlan + OnOneThread<P> + Send + Sync {}
#[cfg(not(feature = "rayon"))]
impl<P, T: OfPlan + OnOneThread<P> + Send + Sync> Erased<P> for T {}

/// What an object holds: public, as it bounds a public method, and without a public name.
#[cfg(feature = "rayon")]
pub trait Erased<P>: OfPlan + OnOneThread<P> + OnThreads<P> + Send + Sync {}
#[cfg(feature = "rayon")]
impl<P, T: OfPlan + OnOneThread<P> + OnThreads<P> + Send + Sync> Erased<P> for T {}
