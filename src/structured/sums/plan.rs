//! The plan: everything about a sum of small terms that depends on indices only.

use alloc::vec::Vec;

use super::data::PlanData;
use super::evaluation::Evaluation;
use super::jacobian::JacobianPass;
use super::pass::Pass;
use super::results::{GaussNewton, Gradient, Hessian, Hvp, Value};
use super::target::{SecondEntries, Target};
use crate::real::Real;
use crate::structured::symmetric::Symmetric;

/// A sum of small terms, analysed: the pattern of its Hessian, and the place of every element's
/// derivatives in it. From [`Builder::build`](super::Builder::build); see the [module](crate::structured) for an
/// example.
///
/// A plan is read only by its passes, so several may run at a time, and one that ends early, by an error
/// of a function or a panic, leaves the plan as it was.
#[derive(Clone, Debug)]
pub struct Plan {
    pub(super) data: PlanData,
    /// Not in the data, as hardly any plan whose elements share their variables needs it, and it has a place
    /// for every variable of every row.
    #[cfg(feature = "std")]
    jacobian: std::sync::OnceLock<JacobianPattern>,
    #[cfg(not(feature = "std"))]
    jacobian: JacobianPattern,
}

/// The Jacobian of all residuals by rows.
#[derive(Clone, Debug)]
struct JacobianPattern {
    rows: Vec<usize>,
    columns: Vec<usize>,
}

impl JacobianPattern {
    fn new(data: &PlanData) -> Self {
        let mut rows = Vec::with_capacity(data.residuals() + 1);
        let mut columns = Vec::with_capacity(data.jacobian_nnz());
        rows.push(0);
        data.jacobian_rows(|row| {
            columns.extend_from_slice(row);
            rows.push(columns.len());
        });
        Self { rows, columns }
    }
}

impl Plan {
    /// The number of variables.
    #[must_use]
    pub fn variables(&self) -> usize {
        self.data.variables()
    }

    /// The number of places in the lower triangle of the Hessian.
    #[must_use]
    pub fn nnz(&self) -> usize {
        self.data.rows.len()
    }

    /// The lower triangle of the Hessian, or of JᵀJ: where each column starts, and the rows of its
    /// entries in ascending order. Every diagonal entry is there, as the first one of its column.
    #[must_use]
    pub fn pattern(&self) -> (&[usize], &[usize]) {
        (&self.data.columns, &self.data.rows)
    }

    /// Both triangles, for solvers that want a symmetric matrix whole.
    ///
    /// nalgebra-sparse's Cholesky factorisation is one: of a lower triangle alone it makes something else, and
    /// does not say so.
    #[must_use]
    pub fn symmetric(&self) -> Symmetric {
        Symmetric::of_lower_triangle(&self.data.columns, &self.data.rows)
    }

    /// How many bytes the plan holds, without the [Jacobian's pattern](Self::jacobian_pattern).
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.data.bytes()
    }

    /// The number of residuals of all groups, which are the rows of the Jacobian.
    #[must_use]
    pub fn residuals(&self) -> usize {
        self.data.residuals()
    }

    /// The number of places in the Jacobian.
    #[must_use]
    pub fn jacobian_nnz(&self) -> usize {
        self.data.jacobian_nnz()
    }

    /// The Jacobian of all residuals by rows: where each row starts, and the variables of its entries in
    /// ascending order. The first call makes it, where there is std; without, the plan has it from the start.
    #[must_use]
    pub fn jacobian_pattern(&self) -> (&[usize], &[usize]) {
        #[cfg(feature = "std")]
        let JacobianPattern { rows, columns } =
            self.jacobian.get_or_init(|| JacobianPattern::new(&self.data));
        #[cfg(not(feature = "std"))]
        let JacobianPattern { rows, columns } = &self.jacobian;
        (rows, columns)
    }

    pub(super) fn new(data: PlanData) -> Self {
        Self {
            #[cfg(feature = "std")]
            jacobian: std::sync::OnceLock::new(),
            #[cfg(not(feature = "std"))]
            jacobian: JacobianPattern::new(&data),
            data,
        }
    }

    pub(super) fn data(&self) -> &PlanData {
        &self.data
    }

    /// In line, as a loop over elements then knows that an index of the point is one of the gradient.
    #[track_caller]
    #[inline(always)]
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
        self.pass(x, Target::new(&mut [], &mut [], SecondEntries::Variables))
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
    ) -> Pass<'a, T, Gradient> {
        self.check_lengths(x, &[("the gradient", gradient.len(), self.variables())]);
        self.pass(x, Target::new(gradient, &mut [], SecondEntries::Variables))
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
    ) -> Pass<'a, T, Hessian> {
        self.pass_with_pattern(x, gradient, values)
    }

    /// ½|r|², its gradient Jᵀr, and the lower triangle of JᵀJ, the Hessian that Gauss and Newton's
    /// method approximates, for residuals r. Their values belong to the places of [`Plan::pattern`].
    ///
    /// [Elements](super::Elements) may be added too; they have their exact Hessian.
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

    fn pass<'a, T: Real, O>(&'a self, x: &'a [T], target: Target<'a, T>) -> Pass<'a, T, O> {
        Pass::new(Evaluation::new(&self.data, x, target))
    }

    #[track_caller]
    #[inline(always)]
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
        self.pass(x, Target::new(gradient, values, SecondEntries::Pattern))
    }

    /// The sum's value, its gradient, and the product of its Hessian with the direction `v`; of
    /// [residuals](super::Residuals) it is that of Gauss and Newton's matrix.
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
    ) -> Pass<'a, T, Hvp> {
        let n = self.variables();
        let lengths = [
            ("the direction", v.len(), n),
            ("the gradient", gradient.len(), n),
            ("the product", product.len(), n),
        ];
        self.check_lengths(x, &lengths);
        let mut target = Target::new(gradient, product, SecondEntries::Variables);
        target.direction = v;
        target.held = self.data.held.as_ref().map_or(&[], |held| &held.is_held);
        self.pass(x, target)
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
        JacobianPass::new(&self.data, x, residuals, values)
    }
}
