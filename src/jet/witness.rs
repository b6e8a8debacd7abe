//! What jets tell the branch watch, `check::watch`: the decisions that a program takes on their values alone.
//!
//! Kinds whose `WATCHED` is false, which are all but the watch's own, pay nothing: the questions are asked of
//! a constant.

use super::Jet;
use crate::derivatives::{Derivatives, Operations};
use crate::real::{Real, Scalar};

/// What a program decided, or dropped, on a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Decision {
    /// `is_zero`, `is_one`, or the category of a zero.
    ExactTest,
    /// `==`, `<`, `partial_cmp`, ... of equal values.
    Comparison,
    /// `<`, `partial_cmp`, ... of zero and a constant next to it, as in `x < 1e-12`.
    Threshold,
    /// `max`, `min`, `clamp` or `abs_sub` of equal values.
    Tie,
    /// `abs`, `copysign` or `hypot` at zero.
    Kink,
    /// `signum`, or a query for the sign bit, at zero.
    Sign,
    /// `floor`, `round`, `fract`, `%`, ... where they jump.
    Step,
    /// A conversion to a plain number: `to_f64`, `NumCast`, `as_`, ...
    Conversion,
}

impl<T: Real, K: Derivatives<T>> Jet<T, K> {
    /// The program decides where this number is relative to `other`.
    #[inline(always)]
    #[track_caller]
    pub(crate) fn beside(&self, other: &Self, decision: Decision) {
        if K::Operations::WATCHED
            && self.value.primal() == other.value.primal()
            && !self.derivatives.all_pairs(&other.derivatives, T::all_eq)
        {
            let sources = K::Operations::sources(&self.derivatives)
                | K::Operations::sources(&other.derivatives);
            report(decision, self.value, sources);
        }
    }

    /// The program orders this number and `other` by their values.
    #[inline(always)]
    #[track_caller]
    pub(crate) fn ordered(&self, other: &Self) {
        if K::Operations::WATCHED {
            self.beside(other, Decision::Comparison);
            if other.is_constant() {
                self.crossing(|value| is_next_to(value, other.value.primal()), Decision::Threshold);
            } else if self.is_constant() {
                other.crossing(|value| is_next_to(value, self.value.primal()), Decision::Threshold);
            }
        }
    }

    /// The program orders this number and a plain float.
    #[inline(always)]
    #[track_caller]
    pub(crate) fn ordered_beside(&self, other: T::Scalar) {
        self.crossing(|value| value == other, Decision::Comparison);
        self.crossing(|value| is_next_to(value, other), Decision::Threshold);
    }

    /// The program decides something that changes where `at` holds of the value.
    #[inline(always)]
    #[track_caller]
    pub(crate) fn crossing(&self, at: impl FnOnce(T::Scalar) -> bool, decision: Decision) {
        if K::Operations::WATCHED && !self.is_constant() && at(self.value.primal()) {
            report(decision, self.value, K::Operations::sources(&self.derivatives));
        }
    }

    /// The program keeps the value only.
    #[inline(always)]
    #[track_caller]
    pub(crate) fn dropped(&self) {
        self.crossing(|_| true, Decision::Conversion);
    }

    /// [`Jet::crossing`] at zero.
    #[inline(always)]
    #[track_caller]
    pub(crate) fn crossing_zero(&self, decision: Decision) {
        self.crossing(|value| value == Real::literal(0.0), decision);
    }
}

/// Is the value zero, and the other one a threshold for what counts as such?
fn is_next_to<S: Scalar>(value: S, threshold: S) -> bool {
    let zero = S::literal(0.0);
    value == zero && threshold != zero && threshold.abs() <= S::epsilon().sqrt()
}

#[cfg(feature = "std")]
use recorder::report;
#[cfg(feature = "std")]
pub(crate) use recorder::{Witness, on_behalf_of_the_caller, witnessed};

/// Without the standard library nobody watches.
#[cfg(not(feature = "std"))]
fn report<T: Real>(_: Decision, _: T, _: u128) {}

#[cfg(feature = "std")]
mod recorder {
    extern crate std;

    use core::cell::{Cell, RefCell};
    use core::panic::Location;
    use std::thread_local;
    use std::vec::Vec;

    use super::Decision;
    use crate::real::Real;

    /// A decision that a program took in one place, once or more often.
    #[derive(Clone, Debug)]
    pub(crate) struct Witness {
        pub(crate) decision: Decision,
        pub(crate) place: &'static Location<'static>,
        pub(crate) count: usize,
        /// The first value that was seen.
        pub(crate) value: f64,
        /// A bit for each of the variables that the numbers depend on.
        pub(crate) sources: u128,
    }

    thread_local! {
        static WITNESSES: RefCell<Option<Vec<Witness>>> = const { RefCell::new(None) };
        static PLACE: Cell<Option<&'static Location<'static>>> = const { Cell::new(None) };
    }

    /// Does something at the end of its life, also when a program panics.
    struct Finally<F: FnMut()>(F);

    impl<F: FnMut()> Drop for Finally<F> {
        fn drop(&mut self) {
            (self.0)();
        }
    }

    #[cold]
    #[inline(never)]
    #[track_caller]
    pub(super) fn report<T: Real>(decision: Decision, value: T, sources: u128) {
        let place = PLACE.get().unwrap_or(Location::caller());
        let value = num_traits::ToPrimitive::to_f64(&value.primal()).unwrap_or(f64::NAN);
        WITNESSES.with_borrow_mut(|witnesses| {
            let Some(witnesses) = witnesses else { return };
            match witnesses.iter_mut().find(|w| w.decision == decision && w.place == place) {
                Some(known) => {
                    known.count += 1;
                    known.sources |= sources;
                }
                None => witnesses.push(Witness { decision, place, count: 1, value, sources }),
            }
        });
    }

    /// Runs a program on this thread and returns the decisions that it took, by their first time.
    pub(crate) fn witnessed<R>(program: impl FnOnce() -> R) -> (R, Vec<Witness>) {
        let mut outer = WITNESSES.replace(Some(Vec::new()));
        let restore = Finally(|| WITNESSES.set(outer.take()));
        let result = program();
        let witnesses = WITNESSES.take().unwrap_or_default();
        drop(restore);
        (result, witnesses)
    }

    /// Lets decisions in `forward` count as taken by the caller, where a trait of another crate lies between.
    #[inline(always)]
    #[track_caller]
    pub(crate) fn on_behalf_of_the_caller<R>(watched: bool, forward: impl FnOnce() -> R) -> R {
        if !watched {
            return forward();
        }
        let outer = PLACE.get();
        PLACE.set(outer.or(Some(Location::caller())));
        let _restore = Finally(|| PLACE.set(outer));
        forward()
    }
}

#[cfg(not(feature = "std"))]
pub(crate) fn on_behalf_of_the_caller<R>(_: bool, forward: impl FnOnce() -> R) -> R {
    forward()
}
