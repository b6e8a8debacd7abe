//! Symmetric matrices with both triangles.

use alloc::vec;
use alloc::vec::Vec;

/// The pattern of a symmetric matrix with both triangles, by columns (or by rows, which is the same), and
/// where its values come from.
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
    /// The place of each entry in the lower triangle of the plan.
    pub from: Vec<u32>,
    /// The number of places in the lower triangle.
    lower: usize,
}

impl Symmetric {
    /// Both triangles of a lower one, which is given by columns, with every diagonal entry first.
    pub(super) fn of_lower_triangle(lower_columns: &[usize], lower_rows: &[usize]) -> Self {
        let n = lower_columns.len() - 1;
        let entries = |j: usize| {
            (lower_columns[j]..lower_columns[j + 1]).map(|slot| (slot, lower_rows[slot]))
        };
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
        Self { columns, rows, from, lower: lower_rows.len() }
    }

    /// Copies the values of the lower triangle to both.
    ///
    /// # Panics
    /// If there are not as many values as places in the plan's pattern, or not as many places as entries here.
    #[track_caller]
    pub fn fill<T: Copy>(&self, lower: &[T], values: &mut [T]) {
        let (got, expected) = (lower.len(), self.lower);
        assert!(got == expected, "{got} values of the lower triangle, and {expected} are needed");
        let (got, expected) = (values.len(), self.from.len());
        assert!(got == expected, "{got} places for the values, and {expected} are needed");
        for (value, &slot) in values.iter_mut().zip(&self.from) {
            *value = lower[slot as usize];
        }
    }
}
