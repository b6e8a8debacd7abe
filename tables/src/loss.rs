//! A loss of rows.

use std::fmt;
use std::sync::Arc;

use datafusion::arrow::array::{Array, Float64Array};
use gradual::derivatives::{HessianSize, Size};
use gradual::{Dual, HyperDual};

use crate::sums::Sums;

/// The loss of all rows in a batch, given as columns.
type Batch<const N: usize> = dyn Fn(&[f64; N], &[&Float64Array], &mut Sums<N>) + Send + Sync;

/// A sum over the rows of a table: the loss of a row is a function of N parameters and of the numbers in some columns.
///
/// ```
/// use gradual::Real;
/// use gradual_tables::Loss;
///
/// /// A straight line's ½ r².
/// fn line<T: Real<Scalar = f64>>([a, b]: &[T; 2], [x, y]: [f64; 2]) -> T {
///     (*a + *b * x - y).powi(2) * 0.5
/// }
///
/// let loss = Loss::newton("line", ["x", "y"], line);
/// assert_eq!(loss.columns(), ["x", "y"]);
/// ```
#[derive(Clone)]
pub struct Loss<const N: usize> {
    name: &'static str,
    columns: Vec<&'static str>,
    batch: Arc<Batch<N>>,
}

impl<const N: usize> Loss<N>
where
    Size<N>: HessianSize,
{
    /// Σ f with its gradient and its Hessian. `name` is what queries and executors call the function.
    #[must_use]
    pub fn newton<const C: usize>(
        name: &'static str,
        columns: [&'static str; C],
        f: impl Fn(&[HyperDual<f64, N>; N], [f64; C]) -> HyperDual<f64, N> + Send + Sync + 'static,
    ) -> Self {
        Self::of_rows(name, columns, HyperDual::variables, f)
    }

    /// ½ Σ r² of a residual r with its gradient Jᵀr, and JᵀJ in place of the Hessian: Gauss and Newton's method.
    #[must_use]
    pub fn gauss_newton<const C: usize>(
        name: &'static str,
        columns: [&'static str; C],
        residual: impl Fn(&[Dual<f64, N>; N], [f64; C]) -> Dual<f64, N> + Send + Sync + 'static,
    ) -> Self {
        Self::of_rows(name, columns, Dual::variables, move |p, row| {
            let r = residual(p, row);
            let j = r.gradient();
            HyperDual::new(
                0.5 * r.value * r.value,
                j.map(|j| j * r.value),
                j.map(|a| j.map(|b| a * b)),
            )
        })
    }

    /// `seed` makes the numbers that `f` gets from the parameters.
    fn of_rows<const C: usize, P>(
        name: &'static str,
        columns: [&'static str; C],
        seed: impl Fn(&[f64; N]) -> P + Send + Sync + 'static,
        f: impl Fn(&P, [f64; C]) -> HyperDual<f64, N> + Send + Sync + 'static,
    ) -> Self {
        let batch = move |p: &[f64; N], columns: &[&Float64Array], sums: &mut Sums<N>| {
            let p = seed(p);
            let values: [&[f64]; C] = std::array::from_fn(|c| &columns[c].values()[..]);
            let whole = columns.iter().all(|column| column.null_count() == 0);
            let mut loss = HyperDual::default();
            for i in 0..values.first().map_or(0, |column| column.len()) {
                if whole || columns.iter().all(|column| column.is_valid(i)) {
                    let row = values.map(|column| column[i]);
                    let of_row = f(&p, row);
                    if !of_row.value.is_finite() {
                        sums.fail(i, &row);
                        return;
                    }
                    loss += of_row;
                } else {
                    sums.left_out += 1.0;
                }
            }
            sums.add(&loss);
        };
        Self { name, columns: columns.to_vec(), batch: Arc::new(batch) }
    }

    /// Adds a batch to what came before it.
    pub(crate) fn add(&self, p: &[f64; N], columns: &[&Float64Array], sums: &mut Sums<N>) {
        if !sums.failed() {
            let rows = columns.first().map_or(0, |column| column.len());
            (self.batch)(p, columns, sums);
            sums.rows += rows as f64;
        }
    }
}

impl<const N: usize> Loss<N> {
    /// What queries call the function.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The columns that it takes.
    #[must_use]
    pub fn columns(&self) -> &[&'static str] {
        &self.columns
    }
}

impl<const N: usize> fmt::Debug for Loss<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}({})", self.name, self.columns.join(", "))
    }
}
