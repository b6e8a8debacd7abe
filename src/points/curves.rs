//! What a curve returns: a container of numbers that is mapped number by number.

use core::array;

use crate::real::Real;
use crate::sealed::Sealed;

/// What a curve may return, with numbers of the type `J`: an array, a tuple of up to six numbers, a `Vec`, or
/// nalgebra's or ndarray's vectors and matrices.
#[diagnostic::on_unimplemented(
    message = "a curve cannot return `{Self}`",
    label = "no point of a curve",
    note = "it returns the numbers that it gets, as an array (`[t.cos(), t.sin()]`), a tuple, a `Vec`, a vector or a matrix: `{J}`",
    note = "a constant coordinate is a number too: `(1.0).into()`, not `1.0`"
)]
pub trait Curve<J>: Sealed {
    /// The same container with numbers of another type.
    type Of<T: Real>;

    /// What `part` says of each number.
    fn each<T: Real>(&self, part: impl FnMut(J) -> T) -> Self::Of<T>;
}

impl<J: Real, const M: usize> Curve<J> for [J; M] {
    type Of<T: Real> = [T; M];

    #[inline]
    fn each<T: Real>(&self, mut part: impl FnMut(J) -> T) -> [T; M] {
        array::from_fn(|i| part(self[i]))
    }
}

macro_rules! tuples {
    ($(($($t:ident: $j:ident $i:tt),+))*) => {$(
        impl<J> Sealed for ($($j,)+) {}

        impl<J: Real> Curve<J> for ($($j,)+) {
            type Of<T: Real> = ($($t,)+);

            #[inline]
            fn each<T: Real>(&self, mut part: impl FnMut(J) -> T) -> ($($t,)+) {
                ($(part(self.$i),)+)
            }
        }
    )*};
}

tuples! {
    (T: J 0, T: J 1)
    (T: J 0, T: J 1, T: J 2)
    (T: J 0, T: J 1, T: J 2, T: J 3)
    (T: J 0, T: J 1, T: J 2, T: J 3, T: J 4)
    (T: J 0, T: J 1, T: J 2, T: J 3, T: J 4, T: J 5)
}
