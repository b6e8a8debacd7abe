//! Elements of any size in passes: a loop over their classes.

use super::any_size::{AnySize, ElementOfAnySize, ResidualsOfAnySize, for_each_class};
use super::data::RowVariables;
use super::handles::Residuals;
use super::jacobian::{JacobianPass, evaluate};
use super::loss::Loss;
#[cfg(feature = "rayon")]
use super::pass::AllThreads;
use super::pass::{OneThread, Pass};
use super::results::Wanted;
use super::shapes::{Few, Shape, UpTo};
use super::squares::SumOfSquares;
use crate::jet::Dual;
use crate::real::Real;

/// What [`Pass::add_any_size`] takes, for a pass that yields `O` and functions `F`: [`AnySize`], and its
/// residuals. Implemented for these only.
pub trait GroupOfAnySize<'a, T, O, F> {
    /// Adds the terms of all elements.
    #[doc(hidden)]
    #[track_caller]
    fn add_to(&self, pass: Pass<'a, T, O>, function: &F) -> Pass<'a, T, O>;

    /// The same on several threads.
    #[cfg(feature = "rayon")]
    #[doc(hidden)]
    #[track_caller]
    fn add_on_threads(
        &self,
        pass: Pass<'a, T, O, AllThreads>,
        function: &F,
    ) -> Pass<'a, T, O, AllThreads>
    where
        Self: Sync,
        F: Sync;
}

macro_rules! add_classes {
    ($self:ident, $pass:ident, |$class:ident, $e:ident, $x:ident| $group:expr, $f:expr) => {{
        let mut pass = $pass;
        for_each_class!($self.classes(), |$class| {
            pass = pass.add($group, |$e, $x| $f);
        });
        pass
    }};
}

impl AnySize {
    fn classes(&self) -> &Self {
        self
    }
}

impl<L, const R: usize> Residuals<AnySize, R, L> {
    fn classes(&self) -> &AnySize {
        &self.elements
    }
}

impl<'a, T, O, F> GroupOfAnySize<'a, T, O, F> for AnySize
where
    T: Real,
    O: Wanted<T>,
    F: ElementOfAnySize<T::Scalar>,
{
    fn add_to(&self, pass: Pass<'a, T, O>, function: &F) -> Pass<'a, T, O> {
        add_classes!(self, pass, |class, e, x| class.elements, class.value(function, e, x))
    }

    #[cfg(feature = "rayon")]
    fn add_on_threads(
        &self,
        pass: Pass<'a, T, O, AllThreads>,
        function: &F,
    ) -> Pass<'a, T, O, AllThreads>
    where
        F: Sync,
    {
        add_classes!(self, pass, |class, e, x| class.elements, class.value(function, e, x))
    }
}

impl<'a, T, O, F, L, const R: usize> GroupOfAnySize<'a, T, O, F> for Residuals<AnySize, R, L>
where
    T: Real,
    O: SumOfSquares<T>,
    F: ResidualsOfAnySize<T::Scalar, R>,
    L: Loss + Sync,
{
    fn add_to(&self, pass: Pass<'a, T, O>, function: &F) -> Pass<'a, T, O> {
        add_classes!(self, pass, |class, e, x| class.of(self), class.residuals(function, e, x))
    }

    #[cfg(feature = "rayon")]
    fn add_on_threads(
        &self,
        pass: Pass<'a, T, O, AllThreads>,
        function: &F,
    ) -> Pass<'a, T, O, AllThreads>
    where
        F: Sync,
    {
        add_classes!(self, pass, |class, e, x| class.of(self), class.residuals(function, e, x))
    }
}

impl<'a, T: Real, O> Pass<'a, T, O, OneThread> {
    /// Adds elements of any size, or their residuals.
    ///
    /// ```
    /// use gradual::Real;
    /// use gradual::structured::shapes::{Few, UpTo};
    /// use gradual::structured::{Builder, Element};
    ///
    /// struct Length;
    ///
    /// impl<const K: usize> Element<UpTo, K> for Length {
    ///     fn eval<T: Real<Scalar = f64>>(&self, _: usize, x: Few<T, K>) -> T {
    ///         x.iter().map(|&x| x * x).sum::<T>().sqrt()
    ///     }
    /// }
    ///
    /// let mut builder = Builder::new(4);
    /// let elements = builder.any_size(&[vec![0], vec![2, 0, 3], vec![1]])?;
    /// let plan = builder.build()?;
    /// let (x, mut g) = ([2.0, 3.0, 4.0, 4.0], [0.0; 4]);
    /// let f = plan.gradient(&x, &mut g).add_any_size(&elements, &Length).value();
    /// assert_eq!((f, g[1]), (2.0 + 6.0 + 3.0, 1.0));
    /// # Ok::<(), gradual::structured::PlanError>(())
    /// ```
    ///
    /// # Panics
    /// If the elements are of another plan.
    #[track_caller]
    pub fn add_any_size<G: GroupOfAnySize<'a, T, O, F>, F>(self, group: &G, function: &F) -> Self {
        group.add_to(self, function)
    }
}

#[cfg(feature = "rayon")]
impl<'a, T: Real, O> Pass<'a, T, O, AllThreads> {
    /// Adds elements of any size, or their residuals.
    ///
    /// # Panics
    /// If the elements are of another plan.
    #[track_caller]
    pub fn add_any_size<G, F: Sync>(self, group: &G, function: &F) -> Self
    where
        G: GroupOfAnySize<'a, T, O, F> + Sync,
    {
        group.add_on_threads(self, function)
    }
}

impl<T: Real, M> JacobianPass<'_, T, M> {
    /// Evaluates residuals of any size, on the thread that calls.
    ///
    /// ```
    /// use gradual::Real;
    /// use gradual::structured::shapes::{Few, UpTo};
    /// use gradual::structured::{Builder, ElementResiduals};
    ///
    /// /// Means that have been measured.
    /// struct Means<'a>(&'a [f64]);
    ///
    /// impl<const K: usize> ElementResiduals<UpTo, K, 1> for Means<'_> {
    ///     fn eval<T: Real<Scalar = f64>>(&self, e: usize, x: Few<T, K>) -> [T; 1] {
    ///         [x.iter().sum::<T>() / x.len() as f64 - self.0[e]]
    ///     }
    /// }
    ///
    /// let mut builder = Builder::new(3);
    /// let means = builder.any_size(&[vec![2, 0, 1], vec![1]])?.residuals::<1>(&mut builder);
    /// let plan = builder.build()?;
    /// let (x, measured) = ([1.0, 2.0, 6.0], Means(&[3.0, 1.0]));
    /// let (mut jtr, mut jtj) = ([0.0; 3], vec![0.0; plan.nnz()]);
    /// let f = plan.gauss_newton(&x, &mut jtr, &mut jtj).add_any_size(&means, &measured).value();
    /// assert_eq!((f, jtr), (0.5, [0.0, 1.0, 0.0]));
    ///
    /// let (mut r, mut j) = (vec![0.0; plan.residuals()], vec![0.0; plan.jacobian_nnz()]);
    /// plan.jacobian(&x, &mut r, &mut j).add_any_size(&means, &measured).done();
    /// let (rows, columns) = plan.jacobian_pattern();
    /// assert_eq!((&rows[..], &columns[..]), (&[0, 3, 4][..], &[0, 1, 2, 1][..]));
    /// assert_eq!((r, j), (vec![0.0, 1.0], vec![1.0 / 3.0, 1.0 / 3.0, 1.0 / 3.0, 1.0]));
    /// # Ok::<(), gradual::structured::PlanError>(())
    /// ```
    ///
    /// # Panics
    /// If the elements are of another plan.
    #[track_caller]
    pub fn add_any_size<const R: usize, L>(
        mut self,
        residuals: &Residuals<AnySize, R, L>,
        function: &impl ResidualsOfAnySize<T::Scalar, R>,
    ) -> Self {
        const { assert!(R > 0, "an element has residuals") };
        let (plan, x) = (self.plan, self.x);
        let block = plan.row_block(residuals, residuals.elements.serial());
        let RowVariables::Lists { ends, .. } = &block.variables else { return self };
        let (values, places) = self.results(residuals.block);
        let values = values.as_chunks_mut().0;
        for_each_class!(residuals.elements, |class| {
            let list = plan.list(class.elements);
            for (e, index) in UpTo::indices(&list.index).iter().enumerate() {
                let number = class.number(e);
                let start = number.checked_sub(1).map_or(0, |before| ends[before]);
                let rows = &mut places[start * R..ends[number] * R];
                let f = |x: Few<Dual<T, _>, _>| class.residuals(function, e, x);
                evaluate::<UpTo, T, _, R>(f, x, index, (&mut values[number], rows));
            }
        });
        self
    }
}
