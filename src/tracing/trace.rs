//! Tracing: numbers that know which variables they depend on, and a program run on them.

use core::fmt;

use alloc::vec::Vec;

pub(crate) use super::arena::{Arena, Expander};
use super::arena::{Holds, Stamped, TraceSession};
pub(crate) use super::cache::SetHandle;
use crate::derivatives::{ByRules, Derivatives, Multiply, PartWriter};
use crate::jet::Jet;
use crate::real::Real;

/// The set of variables that a number depends on: the kind of [`Traced`].
///
/// It is a handle of four bytes into an arena of the thread that traces, beside one on the variables that have met in
/// curved operations and the serial number of its trace: hence as easily copied as a number, and used elsewhere it panics and does not mislead.
/// What counts is the structure, and not the value: `x * 0.0` and `x - x` depend on x. Selections
/// (`max`, `abs`, `if`) are made by value; the set is that of the branch taken.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trace(Stamped);

/// A plain value that knows its variables.
pub type Traced<T = f64> = Jet<T, Trace>;

impl Trace {
    fn is_empty(self) -> bool {
        self.0.is_empty()
    }

    /// Both, which may have second derivatives with each other.
    fn curved(self, other: Self) -> Self {
        Self(self.0.curved(other.0))
    }
}

impl<T: Real> Derivatives<T> for Trace {
    // Second order, so that functions of two arguments show what they bend.
    type Series = [T; 2];
    type Operations = ByRules;
    const ZERO: Self = Self(Stamped::EMPTY);

    fn map(&self, _: impl Fn(T) -> T) -> Self {
        *self
    }

    fn zip(&self, other: &Self, _: impl Fn(T, T) -> T) -> Self {
        Self(self.0.union(other.0))
    }

    fn all(&self, mut test: impl FnMut(&T) -> bool) -> bool {
        self.is_empty() || test(&T::one())
    }

    fn all_pairs(&self, other: &Self, _: impl FnMut(&T, &T) -> bool) -> bool {
        self == other
    }

    fn compose<M: Multiply>(&self, _: &[T; 2]) -> Self {
        self.curved(*self)
    }

    fn product<M: Multiply>(&self, _: T, other: &Self, _: T) -> Self {
        self.curved(*other)
    }

    fn quotient<M: Multiply>(&self, other: &Self, _: T, _: T) -> Self {
        // x/y is linear in x and bends in y.
        self.curved(other.curved(*other))
    }

    fn write(&self, f: &mut fmt::Formatter<'_>, _: PartWriter<T>) -> fmt::Result {
        write!(f, " + #{}", self.0.holds.set)
    }
}

/// A finished trace: what the program returned, and the arena of its sets.
pub(crate) struct Finished<R> {
    pub(crate) result: R,
    pub(crate) arena: Arena,
    serial: u32,
}

impl<R> Finished<R> {
    /// The set of a number of this trace.
    ///
    /// # Panics
    /// If the number is of another trace.
    #[track_caller]
    pub(crate) fn set<T>(&self, number: &Traced<T>) -> SetHandle {
        let number = number.derivatives.0;
        assert!(
            number.is_empty() || number.serial == self.serial,
            "the program returned a number of another trace"
        );
        number.holds.set
    }

    /// The pairs of sets that met in curved operations on the way to a number of this trace, each once.
    ///
    /// # Panics
    /// If the number is of another trace.
    #[track_caller]
    pub(crate) fn meetings<T>(&self, number: &Traced<T>) -> Vec<[SetHandle; 2]> {
        self.set(number);
        self.arena.pairs(number.derivatives.0)
    }
}

/// Runs a program on traced numbers. `second`: note what meets in curved operations.
///
/// # Panics
/// Beyond 2³¹ - 2 variables.
pub(crate) fn run<T: Real, R>(
    x: &[T],
    second: bool,
    program: impl FnOnce(&[Traced<T>]) -> R,
) -> Finished<R> {
    let n = u32::try_from(x.len()).ok().filter(|&n| n < u32::MAX >> 1);
    let session = TraceSession::begin(n.expect("at most 2³¹ - 2 variables"), second);
    let serial = session.serial;
    let variable = |(value, set): (&T, SetHandle)| Jet {
        value: *value,
        derivatives: Trace(Stamped { holds: Holds { set, meetings: 0 }, serial }),
    };
    let point: Vec<Traced<T>> = x.iter().zip(1..).map(variable).collect();
    let result = program(&point);
    Finished { result, arena: session.finish(), serial }
}
