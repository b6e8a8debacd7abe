//! Numbers on which a sum of small terms shows its whole Hessian in one pass.
//!
//! Variables that meet in a curved operation have different colours, and a number has a lane for each
//! colour. Beside each lane stands the variable that it is used for. Where a sum brings together two
//! variables of one colour, no curved operation will follow: the derivatives of one summand are moved to a
//! tape, as a leaf, and the number keeps a handle. In the end a sweep back over the tape gives each leaf the
//! weight with which it stands in the result.

use core::fmt;

use num_traits::{One, Zero};

use super::lanes::Lanes;
use super::local::{LocalPartials, wide};
use super::tape::{self, TapeHandle};
use crate::derivatives::{
    Absorbing, Derivatives, Multiply, Operations, PartWriter, Partials, Plain, SecondPartials,
};
use crate::jet::Jet;
use crate::real::Scalar;
use crate::sealed::Sealed;
use crate::series::Series;
use crate::switches::LANES_IN_LINE;

/// The kind of the numbers of a one-pass Hessian: derivatives in Q lanes, the variables of the lanes, and a
/// handle on what has been moved to the tape.
///
/// A number is *lost* where a curved operation met variables that share a lane, or what has been moved to
/// the tape; it stays lost in whatever is computed from it. So no wrong derivative comes out: a result
/// that is lost is an error. With first partials only, every operation is linear, and nothing is lost.
#[derive(Clone, Copy, Debug)]
pub struct Separable<L, const Q: usize> {
    /// Marked where there is a handle, or where there was one: then the number is lost.
    lanes: Lanes<Q>,
    handle: TapeHandle,
    local: L,
}

/// The number of a one-pass Hessian.
pub type Separated<const Q: usize, T = f64> = Jet<T, Separable<SecondPartials<T, Q>, Q>>;

/// The number of a one-pass gradient.
pub type SeparatedGradient<const Q: usize, T = f64> = Jet<T, Separable<Partials<T, Q>, Q>>;

impl<L: LocalPartials<Q>, const Q: usize> Separable<L, Q> {
    pub(crate) fn variable(lane: usize, id: u64) -> Self {
        Self { lanes: Lanes::one(lane, id), handle: 0, local: L::unit(lane) }
    }

    #[inline(always)]
    fn is_lost(&self) -> bool {
        self.lanes.clash() || self.lanes.is_marked() && self.handle == 0
    }

    /// A number that has nothing in its lanes but a handle; lost if that is 0.
    fn moved(handle: TapeHandle) -> Self {
        Self { lanes: Lanes::NONE.marked(), handle, local: L::ZERO }
    }

    /// Moves the derivatives to the tape: the handle on `weights[0]` times this number and `weights[1]`
    /// times what `other` stands for; 0 if that cannot be.
    pub(crate) fn spill(&self, other: TapeHandle, weights: [f64; 2]) -> TapeHandle {
        if self.is_lost() {
            return 0;
        }
        tape::spill(self.lanes.words(), &self.local, [self.handle, other], weights)
    }

    /// The linear combination `f` of two numbers that cannot be had lane by lane.
    #[inline(never)]
    fn combine_assign(&mut self, other: &Self, f: impl Fn(L::Part, L::Part) -> L::Part) {
        let lanes = self.lanes.union(&other.lanes);
        let (zero, one) = (L::Part::zero(), L::Part::one());
        let weights = [wide(f(one, zero)), wide(f(zero, one))];
        if self.handle != 0
            && !self.lanes.clash()
            && other.lanes.agree()
            && weights == [1.0; 2]
            && lanes.clash()
        {
            // The next term of a running sum: nearly always.
            self.handle = tape::spill(self.lanes.words(), &self.local, [self.handle, 0], [1.0; 2]);
            self.lanes = other.lanes.marked();
            self.local = other.local;
        } else if self.is_lost() || other.is_lost() {
            *self = Self::moved(0);
        } else if lanes.clash()
            || self.handle != 0 && (other.handle != 0 || weights[0] != 1.0)
            || other.handle != 0 && weights[1] != 1.0
        {
            let handles = [self.handle, other.handle];
            self.handle = tape::spill(self.lanes.words(), &self.local, handles, weights);
            self.lanes = other.lanes.marked();
            self.local = other.local.map(|part| f(zero, part));
        } else {
            self.handle |= other.handle;
            self.lanes = lanes;
            self.local = self.local.zip(&other.local, f);
        }
    }

    /// The same by value, as references would keep the numbers of the hot path in memory.
    #[inline(never)]
    fn combine(mut self, other: Self, f: impl Fn(L::Part, L::Part) -> L::Part) -> Self {
        self.combine_assign(&other, f);
        self
    }

    /// The same, part by part: the result of a call stands in memory, and without the copy so would what the hot path
    /// makes in its place.
    #[inline(always)]
    fn copied(self) -> Self {
        if Q > LANES_IN_LINE {
            return self;
        }
        let lanes = self.lanes.union(&Lanes::NONE);
        Self { lanes, handle: self.handle, local: self.local.map(|part| part) }
    }

    /// The product of two numbers, of which one has a handle: the other one must be a constant.
    #[cold]
    #[inline(never)]
    fn product_of_sum<M: Multiply>(self, x: L::Part, other: Self, y: L::Part) -> Self {
        if other.lanes.is_empty() {
            self.scale(|part| M::times(part, y))
        } else if self.lanes.is_empty() {
            other.scale(|part| M::times(x, part))
        } else {
            Self::moved(0)
        }
    }

    /// The linear function `f` of a number that has a handle.
    #[cold]
    #[inline(never)]
    fn scale(self, f: impl Fn(L::Part) -> L::Part) -> Self {
        let weight = wide(f(L::Part::one()));
        if weight == 1.0 { self } else { Self::moved(self.spill(0, [weight, 0.0])) }
    }
}

impl<T: Scalar, L: LocalPartials<Q, Part = T>, const Q: usize> Derivatives<T> for Separable<L, Q> {
    type Series = L::Series;
    type Operations = Self;
    const ZERO: Self = Self { lanes: Lanes::NONE, handle: 0, local: L::ZERO };

    #[inline]
    fn map(&self, f: impl Fn(T) -> T) -> Self {
        if self.lanes.is_marked() {
            self.scale(f).copied()
        } else {
            Self { lanes: self.lanes, handle: 0, local: with_width::<Q, _>(|| self.local.map(f)) }
        }
    }

    #[inline]
    fn zip(&self, other: &Self, f: impl Fn(T, T) -> T) -> Self {
        let lanes = self.lanes.union(&other.lanes);
        if lanes.agree() {
            let local = with_width::<Q, _>(|| self.local.zip(&other.local, f));
            Self { lanes, handle: 0, local }
        } else {
            self.combine(*other, f).copied()
        }
    }

    #[inline]
    fn all(&self, mut test: impl FnMut(&T) -> bool) -> bool {
        // What has been moved, or what lanes mean that two variables claim, is neither zero nor infinite as far as
        // anyone can tell.
        (self.lanes.agree() || test(&T::one())) && self.local.all(test)
    }

    #[inline]
    fn all_pairs(&self, other: &Self, test: impl FnMut(&T, &T) -> bool) -> bool {
        self.handle == other.handle && self.local.all_pairs(&other.local, test)
    }

    #[inline]
    fn compose<M: Multiply>(&self, c: &L::Series) -> Self {
        if !L::SECOND {
            let slope = c.coefficients()[0];
            return self.map(|part| M::times(slope, part));
        }
        let local = with_width::<Q, _>(|| self.local.compose::<M>(c));
        Self { lanes: self.lanes, handle: 0, local }
    }

    #[inline]
    fn product<M: Multiply>(&self, x: T, other: &Self, y: T) -> Self {
        if !L::SECOND {
            return self.zip(other, |dx, dy| M::dot([x, dx], [dy, y]));
        }
        let lanes = self.lanes.union(&other.lanes);
        if lanes.is_marked() {
            return self.product_of_sum::<M>(x, *other, y).copied();
        }
        let local = with_width::<Q, _>(|| self.local.product::<M>(x, &other.local, y));
        Self { lanes, handle: 0, local }
    }

    #[inline]
    fn quotient<M: Multiply>(&self, other: &Self, q: T, y: T) -> Self {
        let divisor = M::divisor(y);
        if !L::SECOND {
            return self.zip(other, |dx, dy| M::divide(M::less(dx, q, dy), divisor));
        }
        if self.lanes.is_marked() && other.lanes.is_empty() {
            return self.scale(|part| M::divide(part, divisor)).copied();
        }
        let lanes = self.lanes.union(&other.lanes);
        let local = with_width::<Q, _>(|| self.local.quotient::<M>(&other.local, q, y));
        Self { lanes, handle: 0, local }
    }

    fn write(&self, f: &mut fmt::Formatter<'_>, part: PartWriter<T>) -> fmt::Result {
        self.local.write(f, part)
    }
}

impl<L, const Q: usize> Sealed for Separable<L, Q> {}

impl<T: Scalar, L: LocalPartials<Q, Part = T>, const Q: usize> Operations<T, Self>
    for Separable<L, Q>
{
    #[inline]
    fn zip_assign(dx: &mut Self, dy: &Self, f: impl Fn(T, T) -> T) {
        let lanes = dx.lanes.union(&dy.lanes);
        if lanes.agree() {
            let local = with_width::<Q, _>(|| dx.local.zip(&dy.local, f));
            *dx = Self { lanes, handle: 0, local };
        } else {
            dx.combine_assign(dy, f);
        }
    }

    #[inline]
    fn composes(dx: &Self, value: T, c: &L::Series) -> bool {
        <L as Derivatives<T>>::Operations::composes(&dx.local, value, c)
    }

    // The lanes guard themselves as they do elsewhere.
    #[inline]
    fn compose_guarded(dx: &Self, serves: bool, c: &L::Series) -> Self {
        if L::SECOND || !dx.lanes.is_marked() {
            let local = with_width::<Q, _>(|| {
                <L as Derivatives<T>>::Operations::compose_guarded(&dx.local, serves, c)
            });
            Self { lanes: dx.lanes, handle: 0, local }
        } else if serves {
            dx.compose::<Plain>(c)
        } else {
            dx.compose::<Absorbing>(c)
        }
    }
}

/// An operation on Q lanes: inlined where they are few.
///
/// Without calls the compiler took fifteen seconds for a function of twelve lines on 32 lanes, where two lanes take one
/// second; and operations that long do not feel a call.
#[inline(always)]
fn with_width<const Q: usize, R>(operation: impl FnOnce() -> R) -> R {
    #[inline(never)]
    fn call<R>(operation: impl FnOnce() -> R) -> R {
        operation()
    }
    if Q <= LANES_IN_LINE { operation() } else { call(operation) }
}
