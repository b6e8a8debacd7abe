//! Sparse Jacobians by compressed passes: the columns of one colour share a lane.
//!
//! Curtis, Powell and Reid, "On the estimation of sparse Jacobian matrices", J. Inst. Maths Applics 13
//! (1974): columns without a common row can be told apart in their sum.

use core::fmt;

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::colour::Colouring;
use super::error::{SparseError, check_length};
use super::memory::Memory;
use super::pattern::Pattern;
use super::program::RunVector;
use crate::jet::Dual;
use crate::real::Scalar;
use crate::tracing::Traced;

/// In which order the values of a sparse matrix stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Layout {
    /// Column by column: CSC.
    Columns,
    /// Row by row: CSR.
    Rows,
}

/// The plan of a sparse Jacobian: its pattern, a colour for each column, and the lanes of the passes.
///
/// A pass evaluates the function on numbers with a lane for each of 4, 8, 12 or 16 colours; the plan takes
/// what costs least. A Jacobian with five entries in a row costs a few plain evaluations, whatever its size.
///
/// ```
/// use gradual::structured::sparse::JacobianPlan;
/// use gradual::{Real, VectorFunction};
///
/// /// u'' + eᵘ on a line, zero at both ends.
/// struct Bratu;
///
/// impl VectorFunction for Bratu {
///     fn eval<T: Real<Scalar = f64>>(&self, u: &[T]) -> Vec<T> {
///         let at = |i: usize| u.get(i).copied().unwrap_or(T::zero());
///         (0..u.len()).map(|i| at(i.wrapping_sub(1)) + at(i + 1) - u[i] * 2.0 + u[i].exp()).collect()
///     }
/// }
///
/// let u = vec![0.0; 1000];
/// let plan = JacobianPlan::trace(&Bratu, &u);
/// assert_eq!((plan.nnz(), plan.colouring().count(), plan.passes()), (2998, 3, 1));
///
/// let (mut r, mut values) = (vec![0.0; 1000], vec![0.0; plan.nnz()]);
/// plan.jacobian(&Bratu, &u, &mut r, &mut values)?;
/// assert_eq!(values[..5], [-1.0, 1.0, 1.0, -1.0, 1.0]); // two entries of column 0, three of column 1
/// # Ok::<(), gradual::structured::sparse::SparseError>(())
/// ```
#[derive(Clone)]
pub struct JacobianPlan {
    /// By columns or by rows, as `layout` says.
    pattern: Pattern,
    layout: Layout,
    colouring: Colouring,
    lanes: usize,
    memory: Memory,
}

/// The numbers of a pass.
struct Buffers<J> {
    x: Vec<J>,
    /// The first colour that the point is seeded for.
    first: Option<usize>,
    y: Vec<J>,
}

/// The numbers of lanes that there are.
const LANES: [usize; 4] = [4, 8, 12, 16];

/// What a Jacobian of so many colours costs on numbers of so many lanes. By measurement an evaluation with C lanes costs
/// about as 2 + C.
fn cost(colours: usize, lanes: usize) -> usize {
    colours.div_ceil(lanes) * (2 + lanes)
}

/// The lanes with which `colours` cost least.
fn best_lanes(colours: usize) -> usize {
    LANES.into_iter().min_by_key(|&lanes| cost(colours, lanes)).unwrap_or(16)
}

impl JacobianPlan {
    /// The plan for a pattern, however it was found. Of the colourings in the three orders of
    /// [`ColourOrder`](super::ColourOrder) it has the cheapest, and no other is looked for once there is one that takes the lanes and
    /// passes of the fewest colours that there might be: a lane less that is used makes no pass cheaper.
    #[must_use]
    pub fn new(pattern: &Pattern) -> Self {
        let columns = pattern.transposed();
        let least = |colours| cost(colours, best_lanes(colours));
        let colouring = Colouring::cheapest(pattern, &columns, least);
        Self {
            pattern: columns,
            layout: Layout::Columns,
            lanes: best_lanes(colouring.count()),
            colouring,
            memory: Memory::default(),
        }
    }

    /// The plan for the pattern of `f` at `x`; see [`Pattern::trace`].
    ///
    /// # Panics
    /// If the program computes with its numbers on another thread.
    #[must_use]
    pub fn trace<T: Scalar, F: RunVector<Traced<T>> + ?Sized>(f: &F, x: &[T]) -> Self {
        Self::new(&Pattern::trace(f, x))
    }

    /// The same plan with the values in another order. It starts with [`Layout::Columns`].
    #[must_use]
    pub fn with_layout(self, layout: Layout) -> Self {
        let pattern = if layout == self.layout { self.pattern } else { self.pattern.transposed() };
        Self { pattern, layout, ..self }
    }

    /// The pattern in compressed form: where each column begins, and the rows column by column; by rows
    /// with [`Layout::Rows`]. It is what the sparse matrices of nalgebra-sparse and faer are made of.
    #[must_use]
    pub fn pattern(&self) -> (&[usize], &[usize]) {
        self.pattern.compressed()
    }

    /// The order in which the values stand.
    #[must_use]
    pub fn layout(&self) -> Layout {
        self.layout
    }

    /// The colours of the columns.
    #[must_use]
    pub fn colouring(&self) -> &Colouring {
        &self.colouring
    }

    /// The number of entries.
    #[must_use]
    pub fn nnz(&self) -> usize {
        self.pattern.nnz()
    }

    /// The number of variables.
    #[must_use]
    pub fn inputs(&self) -> usize {
        self.colouring.of().len()
    }

    /// The number of outputs.
    #[must_use]
    pub fn outputs(&self) -> usize {
        match self.layout {
            Layout::Columns => self.pattern.columns(),
            Layout::Rows => self.pattern.rows(),
        }
    }

    /// The lanes of a pass: 4, 8, 12 or 16.
    #[must_use]
    pub fn lanes(&self) -> usize {
        self.lanes
    }

    /// How often the function is evaluated for a Jacobian.
    #[must_use]
    pub fn passes(&self) -> usize {
        self.colouring.count().div_ceil(self.lanes).max(1)
    }

    /// f(x) to `outputs`, and the values of J(x) in the order of the pattern to `values`.
    ///
    /// Debug builds [`check`](Self::check) the result.
    ///
    /// # Errors
    /// [`SparseError::Outputs`] if the function returns another number of outputs;
    /// in debug builds [`SparseError::Missing`]. The slices then hold anything.
    ///
    /// # Panics
    /// If a slice has another length than the plan's inputs, outputs or entries.
    #[track_caller]
    pub fn jacobian<T: Scalar, F: VectorProgram<T> + ?Sized>(
        &self,
        f: &F,
        x: &[T],
        outputs: &mut [T],
        values: &mut [T],
    ) -> Result<(), SparseError> {
        check_length("x", self.inputs(), x.len());
        check_length("outputs", self.outputs(), outputs.len());
        check_length("values", self.nnz(), values.len());
        match self.lanes {
            4 => self.evaluate::<T, 4>(f, x, outputs, values)?,
            8 => self.evaluate::<T, 8>(f, x, outputs, values)?,
            12 => self.evaluate::<T, 12>(f, x, outputs, values)?,
            _ => self.evaluate::<T, 16>(f, x, outputs, values)?,
        }
        if cfg!(debug_assertions) { self.check(f, x, values) } else { Ok(()) }
    }

    fn evaluate<T: Scalar, const C: usize>(
        &self,
        f: &(impl RunVector<Dual<T, C>> + ?Sized),
        x: &[T],
        outputs: &mut [T],
        values: &mut [T],
    ) -> Result<(), SparseError> {
        let new = || Buffers::<Dual<T, C>> { x: Vec::new(), first: None, y: Vec::new() };
        let mut buffers: Box<Buffers<Dual<T, C>>> = self.memory.take(new);
        let Buffers { x: point, first: seeded, y } = &mut *buffers;
        for first in (0..self.passes()).map(|pass| pass * C) {
            if *seeded == Some(first) {
                point.iter_mut().zip(x).for_each(|(number, &value)| number.value = value);
            } else {
                point.clear();
                point.extend(x.iter().zip(self.colouring.of()).map(|(&value, &colour)| {
                    let mut partials = [T::zero(); C];
                    if let Some(lane) = partials.get_mut((colour as usize).wrapping_sub(first)) {
                        *lane = T::one();
                    }
                    Dual::new(value, partials)
                }));
                *seeded = Some(first);
            }
            f.run(point, y);
            self.expect_outputs(y.len())?;
            self.decompress(y, first, values);
        }
        outputs.iter_mut().zip(&*y).for_each(|(output, y)| *output = y.value);
        self.memory.put(buffers);
        Ok(())
    }

    /// Takes the entries of the colours from `first` on out of the outputs' lanes.
    fn decompress<T: Scalar, const C: usize>(
        &self,
        y: &[Dual<T, C>],
        first: usize,
        values: &mut [T],
    ) {
        let lane_of = |column: usize| (self.colouring.of()[column] as usize).wrapping_sub(first);
        let (starts, indices) = self.pattern.compressed();
        for (major, ends) in starts.windows(2).enumerate() {
            let entries = values[ends[0]..ends[1]].iter_mut().zip(&indices[ends[0]..ends[1]]);
            match self.layout {
                Layout::Columns => {
                    let lane = lane_of(major);
                    if lane < C {
                        entries.for_each(|(value, &row)| *value = y[row].derivatives.0[lane]);
                    }
                }
                Layout::Rows => {
                    let partials = &y[major].derivatives.0;
                    for (value, &column) in entries {
                        if let Some(&partial) = partials.get(lane_of(column)) {
                            *value = partial;
                        }
                    }
                }
            }
        }
    }

    /// The row and the column of an entry.
    pub(super) fn place(&self, major: usize, minor: usize) -> (usize, usize) {
        match self.layout {
            Layout::Columns => (minor, major),
            Layout::Rows => (major, minor),
        }
    }

    /// Does the plan's pattern have an entry at this place?
    pub(super) fn contains(&self, row: usize, column: usize) -> bool {
        match self.layout {
            Layout::Columns => self.pattern.contains(column, row),
            Layout::Rows => self.pattern.contains(row, column),
        }
    }
}

impl fmt::Debug for JacobianPlan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JacobianPlan")
            .field("outputs", &self.outputs())
            .field("inputs", &self.inputs())
            .field("nnz", &self.nnz())
            .field("colours", &self.colouring.count())
            .field("lanes", &self.lanes)
            .finish_non_exhaustive()
    }
}

/// A vector function on all the numbers that a [`JacobianPlan`] may choose among: the tracer's, one lane for
/// checks, and the lanes of the passes. `T` is the float at the bottom. Every
/// [`VectorFunction`](crate::VectorFunction) is one, and so is every object of
/// [`vector_function!`](crate::vector_function!).
pub trait VectorProgram<T: Scalar = f64>:
    RunVector<Traced<T>>
    + RunVector<Dual<T, 1>>
    + RunVector<Dual<T, 4>>
    + RunVector<Dual<T, 8>>
    + RunVector<Dual<T, 12>>
    + RunVector<Dual<T, 16>>
{
}

impl<T: Scalar, F> VectorProgram<T> for F where
    F: RunVector<Traced<T>>
        + RunVector<Dual<T, 1>>
        + RunVector<Dual<T, 4>>
        + RunVector<Dual<T, 8>>
        + RunVector<Dual<T, 12>>
        + RunVector<Dual<T, 16>>
        + ?Sized
{
}
