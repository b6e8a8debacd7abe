//! Residuals of elements of any size: rows of a Jacobian in the order of the list.

use alloc::vec::Vec;

use super::any_size::{AnySize, Class, for_each_class};
use super::builder::Builder;
use super::jacobian::{JacobianPass, write};
use super::loss::{Loss, Squares};
use super::pass::Pass;
use super::plan::Plan;
use super::residuals::Residuals;
use super::rows::{RowBlock, Variables};
use super::shapes::{NONE, UpTo};
use super::squares::SumOfSquares;
use crate::jet::Dual;
use crate::real::Real;

/// The residuals of an element whose number of variables is known at run time, over any number.
///
/// ```
/// use gradual::Real;
/// use gradual::structured::{Builder, ResidualsOfAnySize};
///
/// /// Means that have been measured.
/// struct Means<'a>(&'a [f64]);
///
/// impl ResidualsOfAnySize<1> for Means<'_> {
///     fn eval<T: Real<Scalar = f64>>(&self, e: usize, x: &[T]) -> [T; 1] {
///         [x.iter().sum::<T>() / x.len() as f64 - self.0[e]]
///     }
/// }
///
/// let mut builder = Builder::new(3);
/// let means = builder.any_size(&[vec![2, 0, 1], vec![1]])?.residuals::<1>(&mut builder);
/// let plan = builder.build()?;
/// let (x, measured) = ([1.0, 2.0, 6.0], Means(&[3.0, 1.0]));
/// let (mut jtr, mut jtj) = ([0.0; 3], vec![0.0; plan.nnz()]);
/// let f = plan.gauss_newton(&x, &mut jtr, &mut jtj).squares_any_size(&means, &measured).value();
/// assert_eq!((f, jtr), (0.5, [0.0, 1.0, 0.0]));
///
/// let (mut r, mut j) = (vec![0.0; plan.residuals()], vec![0.0; plan.jacobian_nnz()]);
/// plan.jacobian(&x, &mut r, &mut j).add_any_size(&means, &measured).done();
/// let (rows, columns) = plan.jacobian_pattern();
/// assert_eq!((&rows[..], &columns[..]), (&[0, 3, 4][..], &[0, 1, 2, 1][..]));
/// assert_eq!((r, j), (vec![0.0, 1.0], vec![1.0 / 3.0, 1.0 / 3.0, 1.0 / 3.0, 1.0]));
/// # Ok::<(), gradual::structured::PlanError>(())
/// ```
pub trait ResidualsOfAnySize<const R: usize> {
    /// The residuals of element number `element`, whose variables are `x`.
    fn eval<T: Real<Scalar = f64>>(&self, element: usize, x: &[T]) -> [T; R];
}

/// Elements of any size with R residuals each; from [`AnySize::residuals`].
#[derive(Clone, Debug)]
pub struct AnySizeResiduals<const R: usize, L = Squares> {
    pub(super) sizes: AnySize,
    pub(super) block: usize,
    pub(super) loss: L,
}

impl AnySize {
    /// Gives the elements R residuals each; see [`Elements::residuals`](super::Elements::residuals).
    ///
    /// # Panics
    /// If the elements are not of that builder.
    #[must_use]
    #[track_caller]
    pub fn residuals<const R: usize>(self, builder: &mut Builder) -> AnySizeResiduals<R> {
        let mut lists: Vec<Vec<u32>> = Vec::new();
        for_each_class!(self, |class| {
            let group = builder.known(class.elements, class.lanes());
            let indices = group.index.chunks_exact(group.runs);
            for (&number, index) in class.numbers.iter().zip(indices) {
                let mut list = index.iter().copied().filter(|&i| i != NONE).collect::<Vec<_>>();
                list.sort_unstable();
                lists.resize_with(lists.len().max(number as usize + 1), Vec::new);
                lists[number as usize] = list;
            }
        });
        let ends = lists.iter().scan(0, |end, list| {
            *end += list.len();
            Some(*end)
        });
        let variables = Variables::Lists { ends: ends.collect(), variables: lists.concat() };
        let dependences = lists.iter().map(Vec::len).sum();
        let block = builder.push_rows((lists.len(), R), dependences, variables);
        AnySizeResiduals { sizes: self, block, loss: Squares }
    }
}

impl<const R: usize> AnySizeResiduals<R> {
    /// The same residuals with a loss; see [`Residuals::robust`].
    #[must_use]
    pub fn robust<L: Loss>(self, loss: L) -> AnySizeResiduals<R, L> {
        AnySizeResiduals { sizes: self.sizes, block: self.block, loss }
    }
}

impl<const R: usize, L> AnySizeResiduals<R, L> {
    /// The number of elements.
    #[must_use]
    pub fn len(&self) -> usize {
        self.sizes.len()
    }

    /// Are there no elements?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.sizes.is_empty()
    }

    /// Where the variables of each element end.
    #[track_caller]
    pub(super) fn check<'p>(&self, plan: &'p Plan) -> &'p [usize] {
        match plan.row_blocks.get(self.block) {
            Some(RowBlock { variables: Variables::Lists { ends, .. }, count, outputs, .. })
                if (*count, *outputs) == (self.sizes.len(), R) =>
            {
                ends
            }
            _ => panic!("residuals of elements of any size of another plan"),
        }
    }

    /// The residuals of one class.
    pub(super) fn class<'a, const K: usize>(
        &'a self,
        class: &Class<K>,
    ) -> Residuals<UpTo, K, R, &'a L> {
        Residuals { elements: class.elements, block: self.block, loss: &self.loss }
    }
}

/// The passes of one thread and of several take them in the same way.
macro_rules! squares_any_size {
    ($($order:ty $(, $sync:ident)?;)*) => {$(
        impl<T: Real<Scalar = f64>, O: SumOfSquares<T>> Pass<'_, T, O, $order> {
            /// Adds the squares of residuals of any size, or what their loss makes of them.
            ///
            /// # Panics
            /// If the elements are of another plan.
            #[track_caller]
            pub fn squares_any_size<F, L: Loss $(+ $sync)?, const R: usize>(
                self,
                residuals: &AnySizeResiduals<R, L>,
                function: &F,
            ) -> Self
            where
                F: ResidualsOfAnySize<R> $(+ $sync)?,
            {
                let mut pass = self;
                for_each_class!(residuals.sizes, |class| {
                    pass = pass.squares(residuals.class(class), |e, x| {
                        function.eval(class.number(e), &x)
                    });
                });
                pass
            }
        }
    )*};
}

squares_any_size! { super::pass::Serial; }
#[cfg(feature = "rayon")]
squares_any_size! { super::pass::Parallel, Sync; }

impl<T: Real<Scalar = f64>, M> JacobianPass<'_, T, M> {
    /// Evaluates residuals of any size, on the thread that calls.
    ///
    /// # Panics
    /// If the elements are of another plan.
    #[track_caller]
    pub fn add_any_size<const R: usize, L>(
        mut self,
        residuals: &AnySizeResiduals<R, L>,
        function: &impl ResidualsOfAnySize<R>,
    ) -> Self {
        const { assert!(R > 0, "an element has residuals") };
        let (plan, x) = (self.plan, self.x);
        let ends = residuals.check(plan);
        let (values, places) = self.results(residuals.block);
        let values = values.as_chunks_mut().0;
        for_each_class!(residuals.sizes, |class| {
            let group = plan.group(class.elements, class.lanes());
            for (e, index) in class.indices(group).iter().enumerate() {
                let number = class.number(e);
                let start = number.checked_sub(1).map_or(0, |before| ends[before]);
                let rows = &mut places[start * R..ends[number] * R];
                let f = |x: &[Dual<T, _>]| function.eval(number, x);
                evaluate(f, x, index, (&mut values[number], rows));
            }
        });
        self
    }
}

/// The residuals and the rows of one element.
#[inline(always)]
fn evaluate<T: Real, const K: usize, const R: usize>(
    f: impl FnOnce(&[Dual<T, K>]) -> [Dual<T, K>; R],
    x: &[T],
    index: &[u32; K],
    (residuals, rows): (&mut [T; R], &mut [T]),
) {
    let arguments = super::jacobian::arguments::<UpTo, T, K>(x, index);
    write::<UpTo, T, K, R>(&f(&arguments), index, residuals, rows);
}
