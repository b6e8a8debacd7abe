//! ndarray: a jet on the right of an array, `&a * x`, and the float that generic code over arrays asks for. (`LinalgScalar`,
//! for `dot`, holds for every number with the four operations.)

use crate::derivatives::Derivatives;
use crate::jet::Jet;
use crate::real::Real;

/// The traits of one release.
macro_rules! arrays {
    ($ndarray:ident) => {
        impl<T: Real, K: Derivatives<T>> $ndarray::ScalarOperand for Jet<T, K> {}

        /// The trait's page says `f32` and `f64`; it is open to every number with its bounds.
        #[cfg(feature = "std")]
        impl<T: Real + core::fmt::UpperExp, K: Derivatives<T>> $ndarray::NdFloat for Jet<T, K> {}
    };
}

#[cfg(feature = "ndarray")]
arrays! { ndarray }

#[cfg(feature = "ndarray-0-16")]
arrays! { ndarray_0_16 }
