//! The object: a plan with its functions, for optimisers, line searches, and whoever wants a sum as one
//! thing.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::fmt;

#[cfg(feature = "rayon")]
use super::erased::OnThreads;
use super::erased::{Erased, OfPlan, OnOneThread};
use super::plan::Plan;
use super::term::Term;
use crate::real::Scalar;

/// Adds all terms to a pass, on one thread or on several, and ends it.
macro_rules! all {
    ($sum:ident, $pass:expr, $add:ident, $end:ident) => {{
        let pass = $pass;
        #[cfg(feature = "rayon")]
        if $sum.parallel {
            let add = |pass, term: &Box<dyn Erased<T> + 'f>| OnThreads::$add(&**term, pass);
            return $sum.terms.iter().fold(pass.par(), add).$end();
        }
        let add = |pass, term: &Box<dyn Erased<T> + 'f>| OnOneThread::$add(&**term, pass);
        $sum.terms.iter().fold(pass, add).$end()
    }};
}

/// A sum of small terms as one object: a [`Plan`] and a function for each group of elements.
///
/// It is a thin layer over the [passes](super::Pass), for whoever calls a function many times: optimisers, line
/// searches. `T` is the float: f64, f32. With the feature `argmin` it is a problem for argmin's solvers.
///
/// ```
/// use gradual::element;
/// use gradual::structured::{Builder, ElementSum};
///
/// let mut builder = Builder::new(100);
/// let pairs = builder.elements((0..99).map(|i| [i, i + 1]))?;
/// let sum = ElementSum::new(builder.build()?)
///     .with(element!(pairs, |_, [a, b]| (1.0 - a).powi(2) + 100.0 * (b - a * a).powi(2)));
///
/// let (x, v) = ([1.0; 100], [1.0; 100]);
/// let (mut g, mut hv, mut h) = ([0.0; 100], [0.0; 100], vec![0.0; sum.plan().nnz()]);
/// assert_eq!(sum.value(&x), 0.0);
/// assert_eq!((sum.hessian(&x, &mut g, &mut h), g[7], h[0]), (0.0, 0.0, 802.0));
/// assert_eq!((sum.hvp(&x, &v, &mut g, &mut hv), hv[0]), (0.0, 402.0));
/// # Ok::<(), gradual::structured::PlanError>(())
/// ```
///
/// Terms of [residuals](super::Residuals) count as half the sum of their squares, or as what their
/// [loss](super::Residuals::robust) makes of it. Their part of the Hessian, and of its products, is Gauss and
/// Newton's ρ' JᵀJ: what methods for least squares want, Levenberg and Marquardt's among them.
///
/// ```
/// use gradual::element;
/// use gradual::structured::losses::Huber;
/// use gradual::structured::{Builder, ElementSum};
///
/// // A line through points, of which one is far off.
/// let points = [(0.0, 1.0), (1.0, 3.0), (2.0, -70.0), (3.0, 7.0), (4.0, 9.0)];
/// let mut builder = Builder::new(2);
/// let seen = builder.elements(points.map(|_| [0, 1]))?.residuals(&mut builder).robust(Huber::new(0.1));
/// let fit = ElementSum::new(builder.build()?)
///     .with(element!(seen, |e, [a, b]| [a + points[e].0 * b - points[e].1]));
///
/// let (mut x, mut g, mut h) = ([0.0; 2], [0.0; 2], [0.0; 3]);
/// for _ in 0..100 {
///     fit.hessian(&x, &mut g, &mut h); // ρ' JᵀJ, positive semidefinite
///     let determinant = h[0] * h[2] - h[1] * h[1];
///     x[0] -= (h[2] * g[0] - h[1] * g[1]) / determinant;
///     x[1] -= (h[0] * g[1] - h[1] * g[0]) / determinant;
/// }
/// assert!((x[0] - 1.0).abs() < 0.2 && (x[1] - 2.0).abs() < 0.2);
/// # Ok::<(), gradual::structured::PlanError>(())
/// ```
pub struct ElementSum<'f, T = f64> {
    plan: Plan,
    terms: Vec<Box<dyn Erased<T> + 'f>>,
    #[cfg(feature = "rayon")]
    parallel: bool,
}

impl<T> fmt::Debug for ElementSum<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (n, terms) = (self.plan.variables(), self.terms.len());
        write!(f, "a sum over {n} variables of {terms} groups of elements")
    }
}

impl<'f, T: Scalar> ElementSum<'f, T> {
    /// A sum without terms.
    #[must_use]
    pub fn new(plan: Plan) -> Self {
        Self {
            plan,
            terms: Vec::new(),
            #[cfg(feature = "rayon")]
            parallel: false,
        }
    }

    /// Lets all calls share their work among this thread and the others of the current rayon pool, with the
    /// same bits; Jacobians of elements of any size are left to one thread. Needs the feature `rayon`.
    #[cfg(feature = "rayon")]
    #[must_use]
    pub fn par(mut self) -> Self {
        self.parallel = true;
        self
    }

    /// Adds a group of elements or of residuals with its function, from [`element!`](crate::element) or
    /// [`Term::new`].
    ///
    /// # Panics
    /// If the group is of another plan.
    #[must_use]
    #[track_caller]
    pub fn with<G, F>(mut self, term: Term<G, F>) -> Self
    where
        Term<G, F>: Erased<T> + 'f,
    {
        term.check(self.plan.data());
        self.terms.push(Box::new(term));
        self
    }

    /// The plan, which knows the pattern of the Hessian.
    #[must_use]
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The plan, to [hold](Plan::hold) variables constant.
    pub fn plan_mut(&mut self) -> &mut Plan {
        &mut self.plan
    }

    /// The value; see [`Plan::value`].
    ///
    /// # Panics
    /// If the point is not as long as there are variables.
    #[must_use]
    #[track_caller]
    pub fn value(&self, x: &[T]) -> T {
        all!(self, self.plan.value(x), value, value)
    }

    /// The value, and the gradient; see [`Plan::gradient`].
    ///
    /// # Panics
    /// If a slice is not as long as there are variables.
    #[track_caller]
    pub fn gradient(&self, x: &[T], gradient: &mut [T]) -> T {
        all!(self, self.plan.gradient(x, gradient), gradient, value)
    }

    /// The value, the gradient, and the Hessian; see [`Plan::hessian`], and [`Plan::gauss_newton`] for
    /// residuals.
    ///
    /// # Panics
    /// If a slice has not the right length.
    #[track_caller]
    pub fn hessian(&self, x: &[T], gradient: &mut [T], values: &mut [T]) -> T {
        all!(self, self.plan.gauss_newton(x, gradient, values), hessian, value)
    }

    /// The value, the gradient, and the sum of the elements' projected Hessians; see
    /// [`Pass::projected`](super::Pass::projected).
    ///
    /// # Panics
    /// If a slice has not the right length.
    #[track_caller]
    pub fn projected_hessian(&self, x: &[T], gradient: &mut [T], values: &mut [T]) -> T {
        all!(self, self.plan.gauss_newton(x, gradient, values).projected(), projected, value)
    }

    /// The value, the gradient, and the product of the [Hessian](Self::hessian) with `v`; see [`Plan::hvp`].
    ///
    /// # Panics
    /// If a slice is not as long as there are variables.
    #[track_caller]
    pub fn hvp(&self, x: &[T], v: &[T], gradient: &mut [T], product: &mut [T]) -> T {
        all!(self, self.plan.hvp(x, v, gradient, product), hvp, value)
    }

    /// The residuals, and the values of their Jacobian; see [`Plan::jacobian`]. Terms that are no residuals
    /// have no rows.
    ///
    /// # Panics
    /// If a slice has not the right length.
    #[track_caller]
    pub fn jacobian(&self, x: &[T], residuals: &mut [T], values: &mut [T]) {
        all!(self, self.plan.jacobian(x, residuals, values), rows, done)
    }
}
