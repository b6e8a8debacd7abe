//! The object: a plan with its functions, for optimisers, line searches, and whoever wants a sum as one
//! thing.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::fmt;

use super::any_size::{AnySize, Class, ElementOfAnySize, for_each_class};
use super::pass::Pass;
use super::plan::Plan;
use super::shapes::{Few, Shape, UpTo};
use super::term::{Element, Evaluate, Term};
use super::wanted::{Curvature, Product, Projected, Slope, Value, Wanted};
use crate::derivatives::{HessianSize, Size};
use crate::real::Real;

/// A term whose types are forgotten: one dynamic call for a whole group.
trait Erased: Sync {
    fn value<'a>(&self, pass: Pass<'a, f64, Value>) -> Pass<'a, f64, Value>;
    fn slope<'a>(&self, pass: Pass<'a, f64, Slope>) -> Pass<'a, f64, Slope>;
    fn curvature<'a>(&self, pass: Pass<'a, f64, Curvature>) -> Pass<'a, f64, Curvature>;
    fn projected<'a>(&self, pass: Pass<'a, f64, Projected>) -> Pass<'a, f64, Projected>;
    fn product<'a>(&self, pass: Pass<'a, f64, Product>) -> Pass<'a, f64, Product>;
    #[cfg(feature = "rayon")]
    fn par_slope<'a>(&self, pass: Pass<'a, f64, Slope>) -> Pass<'a, f64, Slope>;
    #[cfg(feature = "rayon")]
    fn par_curvature<'a>(&self, pass: Pass<'a, f64, Curvature>) -> Pass<'a, f64, Curvature>;
}

impl<S: Shape<K> + Sync, F: Evaluate<S, K> + Sync, const K: usize> Erased for Term<S, F, K>
where
    Size<K>: HessianSize,
{
    fn value<'a>(&self, pass: Pass<'a, f64, Value>) -> Pass<'a, f64, Value> {
        pass.add(self.elements, |e, x| self.function.value(e, x))
    }

    fn slope<'a>(&self, pass: Pass<'a, f64, Slope>) -> Pass<'a, f64, Slope> {
        pass.add(self.elements, |e, x| self.function.slope(e, x))
    }

    fn curvature<'a>(&self, pass: Pass<'a, f64, Curvature>) -> Pass<'a, f64, Curvature> {
        pass.add(self.elements, |e, x| self.function.curvature(e, x))
    }

    fn projected<'a>(&self, pass: Pass<'a, f64, Projected>) -> Pass<'a, f64, Projected> {
        pass.add(self.elements, |e, x| self.function.curvature(e, x))
    }

    fn product<'a>(&self, pass: Pass<'a, f64, Product>) -> Pass<'a, f64, Product> {
        pass.add(self.elements, |e, x| self.function.product(e, x))
    }

    #[cfg(feature = "rayon")]
    fn par_slope<'a>(&self, pass: Pass<'a, f64, Slope>) -> Pass<'a, f64, Slope> {
        pass.par_add(self.elements, |e, x| self.function.slope(e, x))
    }

    #[cfg(feature = "rayon")]
    fn par_curvature<'a>(&self, pass: Pass<'a, f64, Curvature>) -> Pass<'a, f64, Curvature> {
        pass.par_add(self.elements, |e, x| self.function.curvature(e, x))
    }
}

/// The elements of one class of sizes, as an element function.
struct Sized<'f, F> {
    numbers: Vec<u32>,
    function: &'f F,
}

impl<F: ElementOfAnySize, const K: usize> Element<UpTo, K> for Sized<'_, F> {
    fn eval<T: Real<Scalar = f64>>(&self, element: usize, x: Few<T, K>) -> T {
        self.function.eval(self.numbers[element] as usize, &x)
    }
}

/// A sum of small terms as one object: a [`Plan`] and a function for each group of elements.
///
/// It is a thin layer over the [passes](Pass), for whoever calls a function many times: optimisers, line
/// searches. With the feature `argmin` it is a problem for argmin's solvers.
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
pub struct ElementSum<'f> {
    plan: Plan,
    terms: Vec<Box<dyn Erased + Send + 'f>>,
}

impl fmt::Debug for ElementSum<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (n, terms) = (self.plan.variables(), self.terms.len());
        write!(f, "a sum over {n} variables of {terms} groups of elements")
    }
}

impl<'f> ElementSum<'f> {
    /// A sum without terms.
    #[must_use]
    pub fn new(plan: Plan) -> Self {
        Self { plan, terms: Vec::new() }
    }

    /// Adds a group of elements with its function, from [`element!`](crate::element) or [`Term::new`].
    ///
    /// # Panics
    /// If the group is of another plan.
    #[must_use]
    #[track_caller]
    pub fn with<S, F, const K: usize>(mut self, term: Term<S, F, K>) -> Self
    where
        S: Shape<K> + Send + Sync,
        F: Evaluate<S, K> + Send + Sync + 'f,
        Size<K>: HessianSize,
    {
        self.plan.group(term.elements, S::RUNS);
        self.terms.push(Box::new(term));
        self
    }

    /// Adds elements of any size.
    ///
    /// # Panics
    /// If the elements are of another plan.
    #[must_use]
    #[track_caller]
    pub fn with_any_size(
        self,
        sizes: &AnySize,
        function: &'f (impl ElementOfAnySize + Sync),
    ) -> Self {
        fn with_class<'f, F: ElementOfAnySize + Sync, const K: usize>(
            sum: ElementSum<'f>,
            class: &Class<K>,
            function: &'f F,
        ) -> ElementSum<'f>
        where
            Size<K>: HessianSize,
        {
            if class.numbers.is_empty() {
                return sum;
            }
            let function = Sized { numbers: class.numbers.clone(), function };
            sum.with(Term::new(class.elements, function))
        }
        let mut sum = self;
        macro_rules! add {
            ($class:expr) => {
                sum = with_class(sum, &$class, function);
            };
        }
        for_each_class!(sizes, add);
        sum
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

    /// Adds all terms to a pass.
    fn all<'a, O: Wanted<f64>>(
        &self,
        pass: Pass<'a, f64, O>,
        add: impl Fn(&(dyn Erased + Send + 'f), Pass<'a, f64, O>) -> Pass<'a, f64, O>,
    ) -> f64 {
        self.terms.iter().fold(pass, |pass, term| add(&**term, pass)).value()
    }

    /// The value; see [`Plan::value`].
    ///
    /// # Panics
    /// If the point is not as long as there are variables.
    #[must_use]
    #[track_caller]
    pub fn value(&self, x: &[f64]) -> f64 {
        self.all(self.plan.value(x), |term, pass| term.value(pass))
    }

    /// The value, and the gradient; see [`Plan::gradient`].
    ///
    /// # Panics
    /// If a slice is not as long as there are variables.
    #[track_caller]
    pub fn gradient(&self, x: &[f64], gradient: &mut [f64]) -> f64 {
        self.all(self.plan.gradient(x, gradient), |term, pass| term.slope(pass))
    }

    /// The value, the gradient, and the Hessian; see [`Plan::hessian`].
    ///
    /// # Panics
    /// If a slice has not the right length.
    #[track_caller]
    pub fn hessian(&self, x: &[f64], gradient: &mut [f64], values: &mut [f64]) -> f64 {
        self.all(self.plan.hessian(x, gradient, values), |term, pass| term.curvature(pass))
    }

    /// The value, the gradient, and the sum of the elements' projected Hessians; see [`Pass::projected`].
    ///
    /// # Panics
    /// If a slice has not the right length.
    #[track_caller]
    pub fn projected_hessian(&self, x: &[f64], gradient: &mut [f64], values: &mut [f64]) -> f64 {
        let pass = self.plan.hessian(x, gradient, values).projected();
        self.all(pass, |term, pass| term.projected(pass))
    }

    /// The value, the gradient, and the product of the Hessian with `v`; see [`Plan::hvp`].
    ///
    /// # Panics
    /// If a slice is not as long as there are variables.
    #[track_caller]
    pub fn hvp(&self, x: &[f64], v: &[f64], gradient: &mut [f64], product: &mut [f64]) -> f64 {
        self.all(self.plan.hvp(x, v, gradient, product), |term, pass| term.product(pass))
    }

    /// [`ElementSum::gradient`] on this thread and the others of the current rayon pool, with the same
    /// bits. Needs the feature `rayon`.
    ///
    /// # Panics
    /// If a slice is not as long as there are variables.
    #[cfg(feature = "rayon")]
    #[track_caller]
    pub fn par_gradient(&self, x: &[f64], gradient: &mut [f64]) -> f64 {
        self.all(self.plan.gradient(x, gradient), |term, pass| term.par_slope(pass))
    }

    /// [`ElementSum::hessian`] on this thread and the others of the current rayon pool, with the same
    /// bits. Needs the feature `rayon`.
    ///
    /// # Panics
    /// If a slice has not the right length.
    #[cfg(feature = "rayon")]
    #[track_caller]
    pub fn par_hessian(&self, x: &[f64], gradient: &mut [f64], values: &mut [f64]) -> f64 {
        self.all(self.plan.hessian(x, gradient, values), |term, pass| term.par_curvature(pass))
    }
}
