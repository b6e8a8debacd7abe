//! Sparse Hessians and gradients of scalar programs in one pass, or in few.

use core::fmt;

use alloc::vec::Vec;

use super::colour::Colouring;
use super::error::{MOST_LANES, SparseError, check_length};
use super::interactions::Interactions;
use super::memory::Memory;
use super::one_pass::{OnePass, Seeds};
use super::pattern::Pattern;
use super::program::RunScalar;
use crate::derivatives::{Partials, SecondPartials};
use crate::function::ScalarFunction;
use crate::jet::Jet;
use crate::real::Scalar;
use crate::structured::symmetric::Symmetric;
use crate::tracing::{LocalPartials, Separable, Traced};

/// The plan of a sparse Hessian of a scalar function that is a sum of small terms, however it is written:
/// loops, nested sums, differences, means, weights.
///
/// One evaluation yields the value, the gradient and all entries of the Hessian. Variables that meet in a
/// curved operation get different colours, and a number has a lane for each colour: two for a chain or a
/// grid, three to six for triangles, twelve for a camera and a point. What is computed and thrown away, as
/// a distance that only decides whether two atoms are near, counts for nothing. Beyond 32 colours (16 in
/// an object of [`function!`](crate::function!)) several evaluations are taken, one for each pair of blocks of
/// 16 (8) colours; beyond 256 the function is refused.
///
/// ```
/// use gradual::structured::sparse::HessianPlan;
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
/// let plan = HessianPlan::trace(&Rosenbrock, &x)?;
/// assert_eq!((plan.nnz(), plan.colouring().count()), (1999, 2));
///
/// let (mut gradient, mut values) = (vec![0.0; 1000], vec![0.0; plan.nnz()]);
/// let f = plan.hessian(&Rosenbrock, &x, &mut gradient, &mut values)?;
/// assert_eq!((f, gradient[0]), (0.0, 0.0));
/// // the lower triangle, column by column, the diagonal first
/// let (columns, rows) = plan.pattern();
/// assert_eq!((&columns[..3], &rows[..4]), (&[0, 2, 4][..], &[0, 1, 1, 2][..]));
/// assert_eq!(values[..4], [802.0, -400.0, 1002.0, -400.0]);
/// # Ok::<(), gradual::structured::sparse::SparseError>(())
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
    ($kind:ident<$t:ty>, [$($lanes:literal)*] $most:literal, $call:ident.of($program:expr)) => {
        match $call.colours() {
            $(colours if colours <= $lanes => $call.evaluate::<$kind<$t, $lanes>, $lanes>($program),)*
            _ => $call.evaluate::<$kind<$t, $most>, $most>($program),
        }
    };
}
pub(super) use with_lanes;

impl HessianPlan {
    /// The plan for `f`, from its trace at `x`: one evaluation on numbers that know their variables.
    ///
    /// # Errors
    /// [`SparseError::Dense`] if `f` is not a sum of small terms.
    ///
    /// # Panics
    /// If the program computes with its numbers on another thread.
    pub fn trace<T: Scalar, F: RunScalar<Traced<T>> + ?Sized>(
        f: &F,
        x: &[T],
    ) -> Result<Self, SparseError> {
        Self::trace_at(f, &[x])
    }

    /// The plan for what `f` does at any of the given points. A program that selects by value (`max`, `if`)
    /// takes different paths; a pass at a point where it takes a path that the plan does not know
    /// returns [`SparseError::AnotherPath`].
    ///
    /// # Errors
    /// [`SparseError::Dense`] if `f` is not a sum of small terms.
    ///
    /// # Panics
    /// If the points differ in length, or the program computes with its numbers on another thread.
    #[track_caller]
    pub fn trace_at<T: Scalar, F: RunScalar<Traced<T>> + ?Sized>(
        f: &F,
        points: &[&[T]],
    ) -> Result<Self, SparseError> {
        let n = points.first().map_or(0, |x| x.len());
        points.iter().for_each(|x| check_length("x", n, x.len()));
        let Interactions { hessian, operands } = Interactions::trace(f, n, points)?;
        let colouring = Colouring::best(&operands);
        if colouring.count() > MOST_LANES {
            return Err(SparseError::Dense { lanes: colouring.count() });
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

    /// Both triangles, for solvers that want a symmetric matrix whole; see
    /// [`Plan::symmetric`](crate::structured::Plan::symmetric).
    #[must_use]
    pub fn symmetric(&self) -> Symmetric {
        let (columns, rows) = self.pattern.compressed();
        Symmetric::of_lower_triangle(columns, rows)
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
    /// to `values`: one evaluation, or several beyond 32 colours.
    ///
    /// # Errors
    /// [`SparseError::AnotherPath`] if the program combines variables otherwise than when it was
    /// traced, or computes with its numbers on another thread; [`SparseError::Range`] if the weight of
    /// a term overflows or underflows. The slices then hold anything.
    ///
    /// # Panics
    /// If a slice has another length than the plan's inputs or entries.
    #[track_caller]
    pub fn hessian<T: Scalar, F: ScalarProgram<T> + ?Sized>(
        &self,
        f: &F,
        x: &[T],
        gradient: &mut [T],
        values: &mut [T],
    ) -> Result<T, SparseError> {
        self.check_lengths(x, gradient);
        check_length("values", self.nnz(), values.len());
        f.hessian_pass(Call { plan: self, memory: &self.second, x, gradient, values })
    }

    /// f(x), and ∇f(x) to `gradient`: one evaluation. It holds on every path.
    ///
    /// # Errors
    /// [`SparseError::AnotherPath`] if the program computes with its numbers on another thread;
    /// [`SparseError::Range`] if the weight of a term overflows or underflows. The slice then holds
    /// anything.
    ///
    /// # Panics
    /// If a slice has another length than the plan's inputs.
    #[track_caller]
    pub fn gradient<T: Scalar, F: ScalarProgram<T> + ?Sized>(
        &self,
        f: &F,
        x: &[T],
        gradient: &mut [T],
    ) -> Result<T, SparseError> {
        self.check_lengths(x, gradient);
        f.gradient_pass(Call { plan: self, memory: &self.first, x, gradient, values: &mut [] })
    }

    #[track_caller]
    fn check_lengths<T>(&self, x: &[T], gradient: &[T]) {
        check_length("x", self.inputs(), x.len());
        check_length("gradient", self.inputs(), gradient.len());
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

    pub(super) fn evaluate<L: LocalPartials<Q, Part = T>, const Q: usize>(
        self,
        f: &(impl RunScalar<Jet<T, Separable<L, Q>>> + ?Sized),
    ) -> Result<T, SparseError> {
        let Self { plan, memory, x, gradient, values } = self;
        let new = || -> Vec<OnePass<L, Q>> {
            let seeds = Seeds::of(plan.colouring.count(), Q, L::SECOND);
            seeds.map(|seeds| OnePass::new(plan.colouring.of(), seeds)).collect()
        };
        let mut passes = memory.take(new);
        gradient.fill(T::zero());
        values.fill(T::zero());
        let mut result = Ok(T::zero());
        for pass in passes.iter_mut() {
            result =
                pass.run(|x| f.run(x), x, (&plan.pattern, plan.colouring.of()), gradient, values);
            if result.is_err() {
                break;
            }
        }
        memory.put(passes);
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
/// lanes of the passes. `T` is the float at the bottom. Every [`ScalarFunction`] is one, with 2 to 32
/// lanes, and so is every object of [`function!`](crate::function!), with 4 or 16: each number that a text is compiled
/// for takes the compiler as long as a dense Hessian's, and 32 lanes as long as seven of these.
pub trait ScalarProgram<T: Scalar = f64>: RunScalar<Traced<T>> {
    /// A pass for first derivatives.
    #[doc(hidden)]
    fn gradient_pass(&self, call: Call<'_, T>) -> Result<T, SparseError>;

    /// A pass for second derivatives too.
    #[doc(hidden)]
    fn hessian_pass(&self, call: Call<'_, T>) -> Result<T, SparseError>;
}

impl<T: Scalar, F: ScalarFunction<T> + ?Sized> ScalarProgram<T> for F {
    fn gradient_pass(&self, call: Call<'_, T>) -> Result<T, SparseError> {
        with_lanes!(Partials<T>, [2 4 8 16] 32, call.of(self))
    }

    fn hessian_pass(&self, call: Call<'_, T>) -> Result<T, SparseError> {
        with_lanes!(SecondPartials<T>, [2 4 6 8 12 16] 32, call.of(self))
    }
}
