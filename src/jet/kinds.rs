//! The kinds of jets that have names: [`Dual`], [`HyperDual`], [`BlockDual`].

use super::Jet;
use crate::derivatives::{
    BlockPartials, HessianBlock, HessianSize, Partials, SecondPartials, Size,
};
use crate::real::Real;

/// A value and its N first partial derivatives: f + ∇f·ε with εᵢεⱼ = 0.
///
/// ```
/// use gradual::Dual;
/// let x = Dual::<f64>::variable(5.0, 0);
/// assert_eq!((x * x * x).to_string(), "125 + 75ε");
/// ```
pub type Dual<T = f64, const N: usize = 1> = Jet<T, Partials<T, N>>;

/// A value, its N first and its N × N symmetric second partial derivatives.
///
/// This is the symmetric second-order jet. The hyper-dual number of Fike and Alonso (2011), with
/// two independent infinitesimals, is `Dual<Dual<T>>`; its block form with M × N mixed second
/// partials is `Dual<Dual<T, N>, M>`.
///
/// ```
/// use gradual::HyperDual;
/// let x = HyperDual::<f64>::variable(5.0, 0);
/// let y = x * x * x;
/// assert_eq!((y.value, y.partial(0), y.second_partial(0, 0)), (125.0, 75.0, 30.0));
/// ```
pub type HyperDual<T = f64, const N: usize = 1> = Jet<T, SecondPartials<T, N>>;

/// A value, its first partial derivatives with respect to M row and N column variables, and the
/// M × N second partials between them: a block of a Hessian. The Hessian of a function at a dynamic
/// point is evaluated on these.
///
/// ```
/// use gradual::BlockDual;
/// // ∂²/∂x∂y of x² y at (3, 2), with x as the row and y as the column
/// let x = BlockDual::<f64, 1, 1>::coordinate(3.0, Some(0), None);
/// let y = BlockDual::<f64, 1, 1>::coordinate(2.0, None, Some(0));
/// let f = x * x * y;
/// assert_eq!((f.row_partials(), f.column_partials()), ([12.0], [9.0])); // 2xy, x²
/// assert_eq!(f.mixed_partials(), [[6.0]]); // 2x
/// ```
pub type BlockDual<T = f64, const M: usize = 1, const N: usize = 1> =
    Jet<T, BlockPartials<T, M, N>>;

impl<T: Real, const N: usize> Dual<T, N> {
    /// The number with the given value and first partial derivatives.
    ///
    /// ```
    /// use gradual::Dual;
    /// let x = Dual::new(2.0, [3.0, 4.0]);
    /// assert_eq!(x.to_string(), "2 + [3, 4]ε");
    /// ```
    #[inline]
    pub const fn new(value: T, partials: [T; N]) -> Self {
        Self { value, derivatives: Partials(partials) }
    }
}

impl<T: Real, const N: usize> HyperDual<T, N>
where
    Size<N>: HessianSize,
{
    /// The number with the given value, first partial derivatives and second partial derivatives, of
    /// which the upper triangle is read.
    ///
    /// ```
    /// use gradual::HyperDual;
    /// let x = HyperDual::new(2.0, [3.0, 4.0], [[5.0, 6.0], [6.0, 7.0]]);
    /// assert_eq!(x.second_partial(1, 0), 6.0);
    /// assert_eq!(x.to_string(), "2 + [3, 4]ε + [[5, 6], [6, 7]]ε²");
    /// ```
    #[inline]
    pub fn new(value: T, gradient: [T; N], hessian: [[T; N]; N]) -> Self {
        Self { value, derivatives: SecondPartials::new(gradient, hessian) }
    }

    /// The second partial derivative with respect to variables number `i` and `j`.
    ///
    /// # Panics
    /// If `i` or `j` is not less than N.
    #[inline]
    #[must_use]
    #[track_caller]
    pub fn second_partial(&self, i: usize, j: usize) -> T {
        self.derivatives.second_partial(i, j)
    }

    /// The symmetric matrix of second partial derivatives, as an array of rows.
    ///
    /// ```
    /// use gradual::HyperDual;
    /// let x = HyperDual::<f64, 2>::variable(3.0, 0);
    /// let y = HyperDual::<f64, 2>::variable(2.0, 1);
    /// assert_eq!((x * x * y).hessian(), [[4.0, 6.0], [6.0, 0.0]]);
    /// ```
    #[inline]
    #[must_use]
    pub fn hessian(&self) -> [[T; N]; N] {
        self.derivatives.hessian()
    }
}

impl<T: Real, const M: usize, const N: usize> BlockDual<T, M, N> {
    /// The number with the given value, first partial derivatives with respect to the row and to the column
    /// variables, and second ones `mixed[row][column]`.
    ///
    /// ```
    /// use gradual::BlockDual;
    /// let x = BlockDual::new(2.0, [3.0], [4.0, 5.0], [[6.0, 7.0]]);
    /// assert_eq!(x.to_string(), "2 + 3ε₁ + [4, 5]ε₂ + [[6, 7]]ε₁ε₂");
    /// ```
    #[inline]
    pub fn new(value: T, rows: [T; M], columns: [T; N], mixed: [[T; N]; M]) -> Self {
        Self { value, derivatives: BlockPartials::new(rows, columns, mixed) }
    }

    /// A coordinate of the point with the given value: row variable number `row` and column variable number
    /// `column` of the block, where it is one.
    ///
    /// # Panics
    /// If `row` is not less than M, or `column` not less than N.
    ///
    /// ```
    /// use gradual::BlockDual;
    /// // a diagonal block: both coordinates are rows and columns
    /// let [x, y] = [3.0, 2.0];
    /// let x = BlockDual::<f64, 2, 2>::coordinate(x, Some(0), Some(0));
    /// let y = BlockDual::<f64, 2, 2>::coordinate(y, Some(1), Some(1));
    /// assert_eq!((x * x * y).mixed_partials(), [[4.0, 6.0], [6.0, 0.0]]);
    /// ```
    #[inline]
    #[track_caller]
    pub fn coordinate(value: T, row: Option<usize>, column: Option<usize>) -> Self {
        let inside = |i: Option<usize>, size| i.is_none_or(|i| i < size);
        assert!(
            inside(row, M) && inside(column, N),
            "coordinate ({row:?}, {column:?}) of a jet with {M} rows and {N} columns (counted from 0)"
        );
        Self { value, derivatives: BlockPartials::seed(row, column) }
    }

    /// The first partial derivatives with respect to the row variables.
    #[inline]
    #[must_use]
    pub fn row_partials(&self) -> [T; M] {
        *self.derivatives.rows()
    }

    /// The first partial derivatives with respect to the column variables.
    #[inline]
    #[must_use]
    pub fn column_partials(&self) -> [T; N] {
        *self.derivatives.columns()
    }

    /// The second partial derivatives with respect to a row and a column variable each, row by row.
    #[inline]
    #[must_use]
    pub fn mixed_partials(&self) -> [[T; N]; M] {
        *self.derivatives.mixed()
    }
}
