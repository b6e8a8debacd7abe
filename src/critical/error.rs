//! Why a search found no critical point.

use core::error::Error;
use core::fmt;

/// Why [`critical_point`](crate::critical_point) found none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CriticalPointErrorKind {
    /// The function, its gradient or its Hessian is infinite or not a number at the start.
    NotFinite,
    /// The gradient cannot be made smaller near where the search arrived, and is not zero there.
    Stuck,
    /// The search runs away, as the gradient becomes smaller and smaller towards infinity, or on its way down
    /// or up for ever.
    Runaway,
    /// Still on its way after as many steps as the search takes.
    NoConvergence,
}

impl fmt::Display for CriticalPointErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::NotFinite => "the function or a derivative is not finite at the start",
            Self::Stuck => "the gradient is smallest here, and not zero",
            Self::Runaway => "the search runs away to infinity",
            Self::NoConvergence => "no convergence",
        })
    }
}

/// [`critical_point`](crate::critical_point) found none: why, and where it was nearest.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct CriticalPointError<T, V> {
    /// What ended the search.
    pub kind: CriticalPointErrorKind,
    /// Where the search for a gradient of zero ended.
    pub point: V,
    /// The function's value there.
    pub value: T,
    /// The gradient there.
    pub gradient: V,
    /// How many steps were taken, those of the searches for a minimum and a maximum included.
    pub iterations: usize,
}

impl<T: fmt::Display, V: fmt::Debug> fmt::Display for CriticalPointError<T, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "no critical point found: {}; after {} steps at {:?}, where the value is {} and the gradient {:?}",
            self.kind, self.iterations, self.point, self.value, self.gradient
        )
    }
}

impl<T: fmt::Debug + fmt::Display, V: fmt::Debug> Error for CriticalPointError<T, V> {}
