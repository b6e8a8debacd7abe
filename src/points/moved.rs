//! A point like another one, with other coordinates.

use super::{HessianPoint, Point};
use crate::real::Real;

/// The point `like` with its coordinates replaced by those of a slice of the same length: how the searches and checks
/// visit other points without knowing the container.
pub(crate) struct Moved<'p, P: Point> {
    pub(crate) like: &'p P,
    pub(crate) to: &'p [P::Scalar],
}

impl<P: Point> Point for Moved<'_, P> {
    type Scalar = P::Scalar;
    type Of<J: Real> = P::Of<J>;
    type Argument<'a, J: Real> = P::Argument<'a, J>;
    type Numbers = P::Numbers;
    /// As the coordinates, so that it can be read.
    type Gradient = P::Of<P::Scalar>;
    const COORDINATES: Option<usize> = P::COORDINATES;

    fn dimension(&self) -> usize {
        self.like.dimension()
    }

    fn coordinate(&self, i: usize) -> P::Scalar {
        self.to[i]
    }

    fn seeded<J: Real>(&self, mut seed: impl FnMut(usize, P::Scalar) -> J) -> P::Of<J> {
        self.like.seeded(|i, _| seed(i, self.to[i]))
    }

    fn argument<J: Real>(seeded: &P::Of<J>) -> P::Argument<'_, J> {
        P::argument(seeded)
    }

    fn coordinates<J: Real>(seeded: &mut P::Of<J>) -> &mut [J] {
        P::coordinates(seeded)
    }

    fn gradient(components: P::Of<P::Scalar>) -> P::Of<P::Scalar> {
        components
    }
}

impl<P: HessianPoint> HessianPoint for Moved<'_, P> {
    type Hessian = P::Hessian;

    fn zero_hessian(&self) -> P::Hessian {
        self.like.zero_hessian()
    }

    fn entry(hessian: &mut P::Hessian, i: usize, j: usize) -> &mut P::Scalar {
        P::entry(hessian, i, j)
    }
}
