//! [`Law`]: the differential equation of a function.

/// How y = f(x) goes along with x: the differential equation that it obeys on every curve x(t), with y' and x' the
/// derivatives by t and u = y'/x' the slope.
///
/// A row of a table of functions names its law once. Two things follow from it: a power series of y from that of x in
/// O(K²) operations, whose accuracy does not suffer from K (Griewank and Walther, Evaluating Derivatives (2008), table
/// 13.2), and how the function behaves where x is so large or so small that its coefficients leave the range of the
/// floats.
///
/// Where there is a law, the value and the slope at x are enough to begin with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Law<T> {
    /// None that has a name here: the derivatives follow from the coefficients by composition.
    Unknown,
    /// u = `rate` (y - `level`).
    Exponential {
        /// 1 for eˣ.
        rate: T,
        /// What y goes to where the exponential vanishes: 0 for eˣ, -1 for eˣ - 1.
        level: T,
    },
    /// u' = `sign` y x'.
    Oscillation {
        /// -1 for sin and cos, 1 for sinh and cosh.
        sign: T,
    },
    /// x u = `exponent` y.
    Power {
        /// a of xᵃ.
        exponent: T,
    },
    /// `argument` u = `scale`.
    Logarithm {
        /// x plus a constant, at the point.
        argument: T,
        /// s of s ln x.
        scale: T,
    },
    /// u = 1 + `sign` y².
    Riccati {
        /// 1 for tan, -1 for tanh.
        sign: T,
    },
    /// q u is constant, where q' = 2 `sign` x x'.
    Inverse {
        /// q at the point: 1 + x² for atan, 1 - x² for atanh.
        q: T,
        /// The sign of x² in q.
        sign: T,
    },
    /// √q u is constant, where q' = 2 `sign` x x'.
    InverseRoot {
        /// q at the point: 1 - x² for asin and acos, x² + 1 for asinh, x² - 1 for acosh.
        q: T,
        /// The sign of x² in q.
        sign: T,
    },
}

/// A function of two arguments of which a kind may know a way of its own along a curve.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PairLaw {
    /// √(x² + y²).
    Hypot,
    /// The angle of the point (y, x), atan2(x, y).
    Angle,
    /// xʸ.
    Power,
}
