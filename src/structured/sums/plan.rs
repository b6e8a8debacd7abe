//! The plan: everything about a sum of small terms that depends on indices only.

#[cfg(feature = "rayon")]
use core::ops::Range;

use alloc::vec;
use alloc::vec::Vec;

#[cfg(doc)]
use super::builder::Builder;
use super::builder::{Elements, Group};
use super::hold::Held;
use super::jacobian::JacobianPass;
use super::pass::Pass;
use super::rows::RowBlock;
use super::target::{Layout, Target};
use super::wanted::{Curvature, GaussNewton, Product, Slope, Value};
use crate::real::Real;

/// A sum of small terms, analysed: the pattern of its Hessian, and the place of every element's
/// derivatives in it. From [`Builder::build`]; see the [module](crate::structured) for an example.
///
/// A plan is read only by its passes, so several may run at a time, and one that ends early, by an error
/// of a function or a panic, leaves the plan as it was.
#[derive(Clone, Debug)]
pub struct Plan {
    pub(super) columns: Vec<usize>,
    pub(super) rows: Vec<usize>,
    /// The columns once more, for the passes: in half the bytes.
    pub(super) starts: Vec<u32>,
    pub(super) groups: Vec<Group>,
    pub(super) row_blocks: Vec<RowBlock>,
    /// The first variables of the parts, and the number of variables.
    pub(super) cuts: Vec<usize>,
    pub(super) held: Option<Held>,
    /// The elements that touch each part, group by group, in runs of consecutive ones.
    #[cfg(feature = "rayon")]
    pub(super) touching: Vec<Vec<Vec<Range<u32>>>>,
}

impl Plan {
    /// The number of variables.
    #[must_use]
    pub fn variables(&self) -> usize {
        self.columns.len() - 1
    }

    /// The number of places in the lower triangle of the Hessian.
    #[must_use]
    pub fn nnz(&self) -> usize {
        self.rows.len()
    }

    /// The lower triangle of the Hessian, or of JᵀJ: where each column starts, and the rows of its
    /// entries in ascending order. Every diagonal entry is there, as the first one of its column.
    #[must_use]
    pub fn pattern(&self) -> (&[usize], &[usize]) {
        (&self.columns, &self.rows)
    }

    pub(super) fn columns(&self) -> &[usize] {
        &self.columns
    }

    /// Both triangles, for solvers that want a symmetric matrix whole.
    #[must_use]
    pub fn symmetric(&self) -> Symmetric {
        let n = self.variables();
        let entries = |j: usize| (self.columns[j]..self.columns[j + 1]).map(|k| (k, self.rows[k]));
        let mut columns = vec![0; n + 1];
        for j in 0..n {
            for (_, i) in entries(j) {
                columns[j + 1] += 1;
                columns[i + 1] += usize::from(i != j);
            }
        }
        (0..n).for_each(|j| columns[j + 1] += columns[j]);
        let mut next = columns.clone();
        let (mut rows, mut from) = (vec![0; columns[n]], vec![0; columns[n]]);
        // What stands above the diagonal comes first, column by column, so that rows ascend.
        for j in 0..n {
            for (slot, i) in entries(j).skip(1) {
                (rows[next[i]], from[next[i]]) = (j, slot as u32);
                next[i] += 1;
            }
        }
        for j in 0..n {
            for (slot, i) in entries(j) {
                (rows[next[j]], from[next[j]]) = (i, slot as u32);
                next[j] += 1;
            }
        }
        Symmetric { columns, rows, from }
    }

    /// How many bytes the plan holds.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let lists = self
            .groups
            .iter()
            .map(|group| 4 * (group.index.len() + group.places.len() + 2 * group.stretches.len()));
        let pattern = size_of::<usize>() * (self.columns.len() + self.rows.len());
        let pattern = pattern + 4 * self.starts.len();
        #[cfg(feature = "rayon")]
        let pattern =
            pattern + self.touching.iter().flatten().map(|runs| 8 * runs.len()).sum::<usize>();
        pattern + lists.sum::<usize>()
    }

    /// The group of a handle.
    #[track_caller]
    pub(super) fn group<S, const K: usize>(&self, elements: Elements<S, K>, runs: usize) -> &Group {
        let group = self.groups.get(elements.group);
        match group {
            Some(group) if group.runs == runs && group.count == elements.count => group,
            _ => panic!("a {elements:?} of another plan"),
        }
    }

    /// The variables that a part owns.
    #[cfg(feature = "rayon")]
    pub(super) fn part(&self, part: usize) -> Range<u32> {
        self.cuts[part] as u32..self.cuts[part + 1] as u32
    }

    #[track_caller]
    fn check_lengths<T>(&self, x: &[T], others: &[(&str, usize, usize)]) {
        let n = self.variables();
        assert!(x.len() == n, "a point with {} coordinates for a plan with {n} variables", x.len());
        for &(what, got, expected) in others {
            assert!(got == expected, "{got} places for {what}, and {expected} are needed");
        }
    }

    /// The sum's value.
    ///
    /// # Panics
    /// If the point is not as long as there are variables.
    #[track_caller]
    pub fn value<'a, T: Real>(&'a self, x: &'a [T]) -> Pass<'a, T, Value> {
        self.check_lengths(x, &[]);
        Pass::new(self, x, Target::new(&mut [], &mut [], Layout::Variables))
    }

    /// The sum's value and its gradient.
    ///
    /// # Panics
    /// If the point or the gradient is not as long as there are variables.
    #[track_caller]
    pub fn gradient<'a, T: Real>(
        &'a self,
        x: &'a [T],
        gradient: &'a mut [T],
    ) -> Pass<'a, T, Slope> {
        self.check_lengths(x, &[("the gradient", gradient.len(), self.variables())]);
        Pass::new(self, x, Target::new(gradient, &mut [], Layout::Variables))
    }

    /// The sum's value, its gradient, and the lower triangle of its Hessian, whose values belong to the
    /// places of [`Plan::pattern`].
    ///
    /// # Panics
    /// If the point or the gradient is not as long as there are variables, or there are not
    /// [`Plan::nnz`] values.
    #[track_caller]
    pub fn hessian<'a, T: Real>(
        &'a self,
        x: &'a [T],
        gradient: &'a mut [T],
        values: &'a mut [T],
    ) -> Pass<'a, T, Curvature> {
        self.pass_with_pattern(x, gradient, values)
    }

    /// ½|r|², its gradient Jᵀr, and the lower triangle of JᵀJ, the Hessian that Gauss and Newton's
    /// method approximates, for residuals r. Their values belong to the places of [`Plan::pattern`].
    ///
    /// Terms that are not squares may be [added](Pass::add); they have their exact Hessian.
    ///
    /// # Panics
    /// If the point or the gradient is not as long as there are variables, or there are not
    /// [`Plan::nnz`] values.
    #[track_caller]
    pub fn gauss_newton<'a, T: Real>(
        &'a self,
        x: &'a [T],
        gradient: &'a mut [T],
        values: &'a mut [T],
    ) -> Pass<'a, T, GaussNewton> {
        self.pass_with_pattern(x, gradient, values)
    }

    #[track_caller]
    fn pass_with_pattern<'a, T: Real, O>(
        &'a self,
        x: &'a [T],
        gradient: &'a mut [T],
        values: &'a mut [T],
    ) -> Pass<'a, T, O> {
        let lengths = [
            ("the gradient", gradient.len(), self.variables()),
            ("the values", values.len(), self.nnz()),
        ];
        self.check_lengths(x, &lengths);
        Pass::new(self, x, Target::new(gradient, values, Layout::Pattern))
    }

    /// The sum's value, its gradient, and the product of its Hessian with the direction `v`; of
    /// [squares](Pass::squares) it is that of Gauss and Newton's matrix.
    ///
    /// # Panics
    /// If a slice is not as long as there are variables.
    #[track_caller]
    pub fn hvp<'a, T: Real>(
        &'a self,
        x: &'a [T],
        v: &'a [T],
        gradient: &'a mut [T],
        product: &'a mut [T],
    ) -> Pass<'a, T, Product> {
        let n = self.variables();
        let lengths = [
            ("the direction", v.len(), n),
            ("the gradient", gradient.len(), n),
            ("the product", product.len(), n),
        ];
        self.check_lengths(x, &lengths);
        let mut target = Target::new(gradient, product, Layout::Variables);
        target.direction = v;
        target.held = self.held.as_ref().map_or(&[], |held| &held.is_held);
        Pass::new(self, x, target)
    }

    /// The residuals and the values of their Jacobian, which belong to the places of
    /// [`Plan::jacobian_pattern`].
    ///
    /// # Panics
    /// If the point is not as long as there are variables, or there is not a place for every
    /// [residual](Plan::residuals) and every [value](Plan::jacobian_nnz).
    #[track_caller]
    pub fn jacobian<'a, T: Real>(
        &'a self,
        x: &'a [T],
        residuals: &'a mut [T],
        values: &'a mut [T],
    ) -> JacobianPass<'a, T> {
        let lengths = [
            ("the residuals", residuals.len(), self.residuals()),
            ("the values", values.len(), self.jacobian_nnz()),
        ];
        self.check_lengths(x, &lengths);
        JacobianPass::new(self, x, residuals, values)
    }
}

/// A symmetric matrix with both triangles, by columns (or by rows, which is the same), and where its
/// values come from.
///
/// ```
/// use gradual::structured::Builder;
///
/// let mut builder = Builder::new(2);
/// let pair = builder.elements([[0, 1]])?;
/// let plan = builder.build()?;
/// let whole = plan.symmetric();
/// let mut values = vec![0.0; whole.rows.len()];
/// whole.fill(&[1.0, 2.0, 3.0], &mut values);
/// assert_eq!((&whole.columns[..], &whole.rows[..]), (&[0, 2, 4][..], &[0, 1, 0, 1][..]));
/// assert_eq!(values, [1.0, 2.0, 2.0, 3.0]);
/// # Ok::<(), gradual::structured::PlanError>(())
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Symmetric {
    /// Where each column starts.
    pub columns: Vec<usize>,
    /// The row of each entry; ascending in each column.
    pub rows: Vec<usize>,
    /// The place of each entry in the lower triangle of [`Plan::pattern`].
    pub from: Vec<u32>,
}

impl Symmetric {
    /// Copies the values of the lower triangle to both.
    ///
    /// # Panics
    /// If there are fewer values than places in the plan's pattern, or not as many places as entries here.
    #[track_caller]
    pub fn fill<T: Copy>(&self, lower: &[T], values: &mut [T]) {
        assert!(
            values.len() == self.from.len(),
            "{} places for the values, and {} are needed",
            values.len(),
            self.from.len()
        );
        for (value, &slot) in values.iter_mut().zip(&self.from) {
            *value = lower[slot as usize];
        }
    }
}
