//! `125 + 75ε`, `2 + [3, 4]ε`, `2 + [3, 4]ε + [[5, 6], [6, 7]]ε²`.

use core::fmt::{Display, Formatter, LowerExp, Result, UpperExp};

use super::Jet;
use crate::derivatives::{Derivatives, PartWriter, display::component};
use crate::real::Real;

impl<T: Real, K: Derivatives<T>> Jet<T, K> {
    fn write(&self, f: &mut Formatter<'_>, part: PartWriter<T>) -> Result {
        component(f, &self.value, part)?;
        self.derivatives.write(f, part)
    }
}

macro_rules! formats {
    ($($format:ident)*) => {$(
        /// The value, the first partials before ε and the second ones before ε²; the formatting
        /// options, such as a precision, hold for every number.
        impl<T: Real + $format, K: Derivatives<T>> $format for Jet<T, K> {
            fn fmt(&self, f: &mut Formatter<'_>) -> Result {
                self.write(f, <T as $format>::fmt)
            }
        }
    )*};
}

formats! { Display LowerExp UpperExp }
