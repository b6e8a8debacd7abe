//! Sparse Hessians and gradients of scalar black boxes in one pass.

use core::fmt;

use alloc::vec::Vec;

use super::colour::Colouring;
use super::error::{BlackBoxError, expect_length};
use super::interactions::Interactions;
use super::memory::Memory;
use super::one_pass::OnePass;
use super::pattern::Pattern;
use super::program::ScalarProgram;
use crate::derivatives::{Partials, SecondPartials};
use crate::function::ScalarFunction;
use crate::jet::Jet;
use crate::real::Scalar;
use crate::tracing::Traced;
use crate::tracing::trace::SMALL;
use crate::tracing::{Local, Separable};

/// The plan of a sparse Hessian of a scalar function that is a sum of small terms, however it is written:
/// loops, nested sums, differences, means, weights.
///
/// One evaluation yields the value, the gradient and all entries of the Hessian. Variables that meet in a
/// curved operation get different colours, and a number has a lane for each colour: two for a chain or a
/// grid, three to six for triangles, twelve for a camera and a point. Functions that would need more
/// than 32 are refused.
///
/// ```
/// use gradual::structured::ScalarBlackBox;
/// use gradual::{Real, ScalarFunction};
///
/// struct Rosenbrock;
///
/// impl ScalarFunction for Rosenbrock {
///     fn eval<T: Real<Scalar = f64>>(&self, x: &[T]) -> T {
///         x.windows(2).map(|w| (w[0] - 1.0).powi(2) + (w[1] - w[0] * w[0]).powi(2) * 100.0).sum()
///     }
/// }
///
/// let x = vec![1.0; 1000];
/// let plan = Rosenbrock.hessian_plan(&x)?;
/// assert_eq!((plan.nnz(), plan.colouring().count()), (1999, 2));
///
/// let (mut gradient, mut values) = (vec![0.0; 1000], vec![0.0; plan.nnz()]);
/// let f = plan.hessian(&Rosenbrock, &x, &mut gradient, &mut values)?;
/// assert_eq!((f, gradient[0]), (0.0, 0.0));
/// // the lower triangle, column by column, the diagonal first
/// let (columns, rows) = plan.pattern();
/// assert_eq!((&columns[..3], &rows[..4]), (&[0, 2, 4][..], &[0, 1, 1, 2][..]));
/// assert_eq!(values[..4], [802.0, -400.0, 1002.0, -400.0]);
/// # Ok::<(), gradual::structured::BlackBoxError>(())
/// ```
#[derive(Clone)]
pub struct HessianPlan {
    /// The upper triangle row by row, which is the lower one column by column.
    pattern: Pattern,
    colouring: Colouring,
    first: Memory,
    second: Memory,
}

/// Evaluates a call with the fewest lanes in the list that suffice.
macro_rules! with_lanes {
    ($kind:ident<$t:ty>, [$($lanes:literal)*], $call:ident.of($program:expr)) => {
        match $call.colours() {
            $(colours if colours <= $lanes => $call.evaluate::<$kind<$t, $lanes>, $lanes>($program),)*
            lanes => Err(BlackBoxError::Dense { lanes }),
        }
    };
}
pub(super) use with_lanes;

impl HessianPlan {
    /// The plan for `f`, from its trace at `x`: one evaluation on numbers that know their variables.
    ///
    /// # Errors
    /// [`BlackBoxError::Dense`] if `f` is not a sum of small terms.
    ///
    /// # Panics
    /// If the program computes with its numbers on another thread.
    pub fn trace<T: Scalar, F: ScalarProgram<Traced<T>> + ?Sized>(
        f: &F,
        x: &[T],
    ) -> Result<Self, BlackBoxError> {
        Self::trace_at(f, &[x])
    }

    /// The plan for what `f` does at any of the given points. A program that selects by value (`max`, `if`)
    /// takes different paths; a pass at a point where it takes a path that the plan does not know
    /// returns [`BlackBoxError::AnotherPath`].
    ///
    /// # Errors
    /// [`BlackBoxError::Dense`] if `f` is not a sum of small terms; [`BlackBoxError::Length`] if the
    /// points differ in length.
    ///
    /// # Panics
    /// If the program computes with its numbers on another thread.
    pub fn trace_at<T: Scalar, F: ScalarProgram<Traced<T>> + ?Sized>(
        f: &F,
        points: &[&[T]],
    ) -> Result<Self, BlackBoxError> {
        let n = points.first().map_or(0, |x| x.len());
        points.iter().try_for_each(|x| expect_length("x", n, x.len()))?;
        let Interactions { hessian, operands } = Interactions::trace(f, n, points)?;
        let colouring = Colouring::best(&operands);
        if colouring.count() > SMALL {
            return Err(BlackBoxError::Dense { lanes: colouring.count() });
        }
        Ok(Self {
            pattern: hessian,
            colouring,
            first: Memory::default(),
            second: Memory::default(),
        })
    }

    /// The pattern of the lower triangle with the whole diagonal: where each column begins, and the rows
    /// column by column (CSC).
    #[must_use]
    pub fn pattern(&self) -> (&[usize], &[usize]) {
        self.pattern.compressed()
    }

    /// The pattern of both triangles: where each column begins, the rows column by column, and for each entry
    /// the number of the value, in the order of [`pattern`](Self::pattern), that stands there.
    #[must_use]
    pub fn full(&self) -> (Vec<usize>, Vec<usize>, Vec<usize>) {
        self.pattern.symmetric()
    }

    /// The colours of the variables.
    #[must_use]
    pub fn colouring(&self) -> &Colouring {
        &self.colouring
    }

    /// The number of entries in the lower triangle.
    #[must_use]
    pub fn nnz(&self) -> usize {
        self.pattern.nnz()
    }

    /// The number of variables.
    #[must_use]
    pub fn inputs(&self) -> usize {
        self.pattern.columns()
    }

    /// f(x), ∇f(x) to `gradient`, and the values of the Hessian's lower triangle in the order of the pattern
    /// to `values`: one evaluation.
    ///
    /// # Errors
    /// [`BlackBoxError::Length`] if a slice has another length than the plan's inputs or entries;
    /// [`BlackBoxError::AnotherPath`] if the program combines variables otherwise than when it was
    /// traced, or computes with its numbers on another thread; [`BlackBoxError::Range`] if the weight of
    /// a term overflows or underflows. The slices then hold anything.
    pub fn hessian<T: Scalar, F: ScalarBlackBox<T> + ?Sized>(
        &self,
        f: &F,
        x: &[T],
        gradient: &mut [T],
        values: &mut [T],
    ) -> Result<T, BlackBoxError> {
        expect_length("values", self.nnz(), values.len())?;
        f.hessian_pass(Call { plan: self, memory: &self.second, x, gradient, values })
    }

    /// f(x), and ∇f(x) to `gradient`: one evaluation. It holds on every path.
    ///
    /// # Errors
    /// [`BlackBoxError::Length`] if a slice has another length than the plan's inputs;
    /// [`BlackBoxError::AnotherPath`] if the program computes with its numbers on another thread;
    /// [`BlackBoxError::Range`] if the weight of a term overflows or underflows. The slice then holds
    /// anything.
    pub fn gradient<T: Scalar, F: ScalarBlackBox<T> + ?Sized>(
        &self,
        f: &F,
        x: &[T],
        gradient: &mut [T],
    ) -> Result<T, BlackBoxError> {
        f.gradient_pass(Call { plan: self, memory: &self.first, x, gradient, values: &mut [] })
    }
}

/// One call of a plan: everything but the function.
#[doc(hidden)]
pub struct Call<'a, T> {
    plan: &'a HessianPlan,
    memory: &'a Memory,
    x: &'a [T],
    gradient: &'a mut [T],
    values: &'a mut [T],
}

impl<T: Scalar> Call<'_, T> {
    pub(super) fn colours(&self) -> usize {
        self.plan.colouring.count()
    }

    pub(super) fn evaluate<L: Local<Q, Part = T>, const Q: usize>(
        self,
        f: &(impl ScalarProgram<Jet<T, Separable<L, Q>>> + ?Sized),
    ) -> Result<T, BlackBoxError> {
        let Self { plan, memory, x, gradient, values } = self;
        expect_length("x", plan.inputs(), x.len())?;
        expect_length("gradient", plan.inputs(), gradient.len())?;
        let mut pass = memory.take(|| OnePass::<L, Q>::new(plan.colouring.of()));
        let result = pass.run(|x| f.run(x), x, &plan.pattern, gradient, values);
        memory.put(pass);
        result
    }
}

impl fmt::Debug for HessianPlan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HessianPlan")
            .field("inputs", &self.inputs())
            .field("nnz", &self.nnz())
            .field("colours", &self.colouring.count())
            .finish_non_exhaustive()
    }
}

/// A scalar function on all the numbers that a [`HessianPlan`] may choose among: the tracer's, and the
/// lanes of the passes. `T` is the float at the bottom. Implemented for every [`ScalarFunction`], with 2 to 32
/// lanes, and for objects of [`function!`](crate::function!), with 4 or 16: each number that a text is compiled
/// for takes the compiler as long as a dense Hessian's, and 32 lanes as long as seven of these.
pub trait ScalarBlackBox<T: Scalar = f64>: ScalarProgram<Traced<T>> {
    /// The plan of this function's sparse Hessian, from its trace at `x`; see [`HessianPlan::trace`].
    ///
    /// # Errors
    /// [`BlackBoxError::Dense`] if the function is not a sum of small terms.
    ///
    /// # Panics
    /// If the function computes with its numbers on another thread.
    fn hessian_plan(&self, x: &[T]) -> Result<HessianPlan, BlackBoxError> {
        let plan = HessianPlan::trace(self, x)?;
        let lanes = plan.colouring().count();
        if lanes <= Self::LANES { Ok(plan) } else { Err(BlackBoxError::Dense { lanes }) }
    }

    /// The most lanes of a number.
    #[doc(hidden)]
    const LANES: usize;

    /// A pass for first derivatives.
    #[doc(hidden)]
    fn gradient_pass(&self, call: Call<'_, T>) -> Result<T, BlackBoxError>;

    /// A pass for second derivatives too.
    #[doc(hidden)]
    fn hessian_pass(&self, call: Call<'_, T>) -> Result<T, BlackBoxError>;
}

impl<T: Scalar, F: ScalarFunction<T> + ?Sized> ScalarBlackBox<T> for F {
    const LANES: usize = SMALL;

    fn gradient_pass(&self, call: Call<'_, T>) -> Result<T, BlackBoxError> {
        with_lanes!(Partials<T>, [2 4 8 16 32], call.of(self))
    }

    fn hessian_pass(&self, call: Call<'_, T>) -> Result<T, BlackBoxError> {
        with_lanes!(SecondPartials<T>, [2 4 6 8 12 16 32], call.of(self))
    }
}
