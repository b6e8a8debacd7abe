//! Objects as programs: the text of a `function!` on the numbers of plans.

use alloc::vec::Vec;

use super::error::SparseError;
use super::hessian_plan::{Call, ScalarProgram, with_lanes};
use super::program::{RunScalar, RunVector};
use crate::derivatives::{Partials, SecondPartials};
use crate::function::{Function, Numbers, Object};

/// The programs of one type of objects, with `C` for its closures, on each of the numbers that there are.
macro_rules! programs {
    ([$scalar:ty, $vector:ty, $c:tt] $($name:ident: $number:ty,)*) => {
        $(programs!(@ $scalar, $vector, $c, $name, $number);)*
        scalar_program!($scalar, $c);
    };
    (@ $scalar:ty, $vector:ty, [$($c:ident)?], $name:ident, $number:ty) => {
        impl$(<$c: Numbers<f64>>)? RunScalar<$number> for $scalar {
            #[inline]
            fn run(&self, x: &[$number]) -> $number {
                self.$name(x)
            }
        }

        impl$(<$c: Numbers<Vec<f64>>>)? RunVector<$number> for $vector {
            #[inline]
            fn run(&self, x: &[$number], outputs: &mut Vec<$number>) {
                *outputs = self.$name(x);
            }
        }
    };
}

macro_rules! scalar_program {
    ($scalar:ty, [$($c:ident)?]) => {
        impl$(<$c: Numbers<f64>>)? ScalarProgram for $scalar {
            fn gradient_pass(&self, call: Call<'_, f64>) -> Result<f64, SparseError> {
                with_lanes!(Partials<f64>, [4] 16, call.of(self))
            }

            fn hessian_pass(&self, call: Call<'_, f64>) -> Result<f64, SparseError> {
                with_lanes!(SecondPartials<f64>, [4] 16, call.of(self))
            }
        }
    };
}

crate::__function_numbers!([programs] Object<f64, C>, Object<Vec<f64>, C>, [C]);
crate::__function_numbers!([programs] dyn Function<f64> + '_, dyn Function<Vec<f64>> + '_, []);
