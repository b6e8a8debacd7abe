//! Numbers on which a sum of small terms shows its whole Hessian in one pass.
//!
//! Variables that meet in a curved operation have different colours, and a number has a lane for each
//! colour. Beside each lane stands the variable that it is used for. Where a sum brings together two
//! variables of one colour, no curved operation will follow: the derivatives of one summand are moved to a
//! tape, as a leaf, and the number keeps a handle. In the end a sweep back over the tape gives each leaf the
//! weight with which it stands in the result.

mod leaves;
mod tape;
mod weights;

use core::fmt;

use self::tape::{Handle, LOST};
use crate::derivatives::{
    Derivatives, Gradient, HessianSize, Multiply, PartWriter, Partials, SecondPartials, Size,
};
use crate::jet::Jet;
use crate::series::Series;

pub(super) use self::leaves::Pass;

/// What a number carries at hand: first partial derivatives, or first and second ones.
pub trait Local<const Q: usize>: Gradient<f64, Array = [f64; Q]> {
    /// Are there second ones?
    const SECOND: bool;

    /// A second partial derivative.
    fn second(&self, a: usize, b: usize) -> f64;
}

impl<const Q: usize> Local<Q> for Partials<f64, Q> {
    const SECOND: bool = false;

    #[inline]
    fn second(&self, _: usize, _: usize) -> f64 {
        0.0
    }
}

impl<const Q: usize> Local<Q> for SecondPartials<f64, Q>
where
    Size<Q>: HessianSize,
{
    const SECOND: bool = true;

    #[inline(always)]
    fn second(&self, a: usize, b: usize) -> f64 {
        self.second_partial(a, b)
    }
}

/// Which variable each lane of a number is used for, and which pass the number belongs to.
///
/// A variable is kept with its complement, and an unused lane as two zeros, so that the union of two numbers
/// is a bitwise *or*, and a variable that meets its complement shows that two variables claimed one lane.
/// Whatever such a number is combined with, it keeps that mark.
#[derive(Clone, Copy, Debug)]
struct Lanes<const Q: usize> {
    ids: [u32; Q],
    complements: [u32; Q],
    stamp: u64,
}

impl<const Q: usize> Lanes<Q> {
    const NONE: Self = Self { ids: [0; Q], complements: [0; Q], stamp: 0 };

    /// Variable number `id`, counted from 1, in one lane.
    fn one(lane: usize, id: u32) -> Self {
        let mut lanes = Self::NONE;
        lanes.ids[lane] = id;
        lanes.complements[lane] = !id;
        lanes
    }

    #[inline(always)]
    fn union(&self, other: &Self) -> Self {
        let mut union = *self;
        for q in 0..Q {
            union.ids[q] |= other.ids[q];
            union.complements[q] |= other.complements[q];
        }
        union.stamp |= other.stamp;
        union
    }

    /// Is no lane claimed by two variables?
    #[inline(always)]
    fn agree(&self) -> bool {
        let mut both = 0;
        for q in 0..Q {
            both |= self.ids[q] & self.complements[q];
        }
        both == 0
    }

    #[inline(always)]
    fn is_empty(&self) -> bool {
        self.complements.iter().zip(&self.ids).fold(0, |all, (a, b)| all | a | b) == 0
    }
}

/// The kind of the numbers of a one-pass Hessian: derivatives in Q lanes, the variables of the lanes, and a
/// handle on what has been moved to the tape.
///
/// A number is *lost* where a curved operation met variables that share a lane, or what has been moved to
/// the tape; it stays lost in whatever is computed from it. So no wrong derivative comes out: a result
/// that is lost is an error.
#[derive(Clone, Copy, Debug)]
pub struct Separable<L, const Q: usize> {
    lanes: Lanes<Q>,
    handle: Handle,
    local: L,
}

/// The number of a one-pass Hessian.
pub type Separated<const Q: usize> = Jet<f64, Separable<SecondPartials<f64, Q>, Q>>;

/// The number of a one-pass gradient.
pub type SeparatedGradient<const Q: usize> = Jet<f64, Separable<Partials<f64, Q>, Q>>;

impl<L: Local<Q>, const Q: usize> Separable<L, Q> {
    fn variable(lane: usize, id: u32) -> Self {
        Self { lanes: Lanes::one(lane, id), handle: 0, local: L::unit(lane) }
    }

    #[inline(always)]
    fn is_constant(&self) -> bool {
        self.handle == 0 && self.lanes.is_empty()
    }

    #[inline(always)]
    fn is_lost(&self) -> bool {
        self.handle == LOST || !self.lanes.agree()
    }

    /// Moves the derivatives to the tape: the handle on `weights[0]` times this number and `weights[1]`
    /// times what `other` stands for.
    #[inline(always)]
    fn spill(&self, stamp: u64, other: Handle, weights: [f64; 2]) -> Handle {
        if self.is_lost() || other == LOST {
            return LOST;
        }
        tape::spill(stamp, &self.lanes.ids, &self.local, [self.handle, other], weights)
    }

    /// The linear combination `f` of two numbers that cannot be had lane by lane.
    #[inline]
    fn combine(&self, other: &Self, lanes: Lanes<Q>, f: impl Fn(f64, f64) -> f64) -> Self {
        let weights = [f(1.0, 0.0), f(0.0, 1.0)];
        let kept = match (self.handle, other.handle) {
            (0, 0) => Some(0),
            (handle, 0) if weights[0] == 1.0 => Some(handle),
            (0, handle) if weights[1] == 1.0 => Some(handle),
            _ => None,
        };
        match kept {
            Some(handle) if lanes.agree() => {
                Self { lanes, handle, local: self.local.zip(&other.local, f) }
            }
            _ => Self {
                lanes: Lanes { stamp: lanes.stamp, ..other.lanes },
                handle: self.spill(lanes.stamp, other.handle, weights),
                local: other.local.map(|part| f(0.0, part)),
            },
        }
    }

    /// The linear function `f` of a number that has a handle.
    #[cold]
    fn scale(&self, f: impl Fn(f64) -> f64) -> Self {
        let weight = f(1.0);
        if weight == 1.0 {
            return *self;
        }
        let handle = self.spill(self.lanes.stamp, 0, [weight, 0.0]);
        Self { lanes: Lanes { stamp: self.lanes.stamp, ..Lanes::NONE }, handle, local: L::ZERO }
    }

    /// What a curved operation leaves of a handle.
    #[inline(always)]
    fn bent(handles: Handle) -> Handle {
        if handles == 0 { 0 } else { LOST }
    }
}

impl<L: Local<Q>, const Q: usize> Derivatives<f64> for Separable<L, Q> {
    type Series = L::Series;
    const ZERO: Self = Self { lanes: Lanes::NONE, handle: 0, local: L::ZERO };

    #[inline]
    fn map(&self, f: impl Fn(f64) -> f64) -> Self {
        if self.handle == 0 { Self { local: self.local.map(f), ..*self } } else { self.scale(f) }
    }

    #[inline]
    fn zip(&self, other: &Self, f: impl Fn(f64, f64) -> f64) -> Self {
        let lanes = self.lanes.union(&other.lanes);
        if self.handle | other.handle == 0 && lanes.agree() {
            Self { lanes, handle: 0, local: self.local.zip(&other.local, f) }
        } else {
            self.combine(other, lanes, f)
        }
    }

    #[inline]
    fn all(&self, mut test: impl FnMut(&f64) -> bool) -> bool {
        // What has been moved, or what lanes mean that two variables claim, is neither zero nor infinite as far as
        // anyone can tell.
        (self.handle == 0 && self.lanes.agree() || test(&1.0)) && self.local.all(test)
    }

    #[inline]
    fn all_pairs(&self, other: &Self, test: impl FnMut(&f64, &f64) -> bool) -> bool {
        self.handle == other.handle && self.local.all_pairs(&other.local, test)
    }

    #[inline]
    fn compose<M: Multiply>(&self, c: &L::Series) -> Self {
        if !L::SECOND {
            let slope = c.coefficients()[0];
            return self.map(|part| M::times(slope, part));
        }
        let handle = Self::bent(self.handle);
        Self { lanes: self.lanes, handle, local: self.local.compose::<M>(c) }
    }

    #[inline]
    fn product<M: Multiply>(&self, x: f64, other: &Self, y: f64) -> Self {
        let handles = self.handle | other.handle;
        if handles != 0 {
            if other.is_constant() {
                return self.scale(|part| M::times(part, y));
            }
            if self.is_constant() {
                return other.scale(|part| M::times(x, part));
            }
        }
        if !L::SECOND {
            return self.zip(other, |dx, dy| M::dot([x, dx], [dy, y]));
        }
        Self {
            lanes: self.lanes.union(&other.lanes),
            handle: Self::bent(handles),
            local: self.local.product::<M>(x, &other.local, y),
        }
    }

    #[inline]
    fn quotient<M: Multiply>(&self, other: &Self, q: f64, y: f64) -> Self {
        let handles = self.handle | other.handle;
        if handles != 0 && other.is_constant() {
            let divisor = M::divisor(y);
            return self.scale(|part| M::divide(part, divisor));
        }
        if !L::SECOND {
            let divisor = M::divisor(y);
            return self.zip(other, |dx, dy| M::divide(M::less(dx, q, dy), divisor));
        }
        Self {
            lanes: self.lanes.union(&other.lanes),
            handle: Self::bent(handles),
            local: self.local.quotient::<M>(&other.local, q, y),
        }
    }

    fn write(&self, f: &mut fmt::Formatter<'_>, part: PartWriter<f64>) -> fmt::Result {
        self.local.write(f, part)
    }
}
