//! ndarray: a jet on the right of an array, `&a * x`. (`LinalgScalar`, for `dot`, holds for every
//! number with the four operations.)

use ndarray::ScalarOperand;

use crate::derivatives::Derivatives;
use crate::jet::Jet;
use crate::real::Real;

impl<T: Real, K: Derivatives<T>> ScalarOperand for Jet<T, K> {}
