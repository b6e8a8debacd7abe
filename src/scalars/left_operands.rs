//! Plain floats on the left: `c * x` and `c < x` need an implementation for each float, in the crate that has the float.

/// A plain float on the left of a jet.
#[doc(hidden)]
#[macro_export]
macro_rules! __float_on_the_left {
    ($t:ty) => {
        const _: () = {
            use $crate::__plain::{Derivatives, Jet, Real};
            use core::ops::{Add, Div, Mul, Rem, Sub};

            $crate::__float_on_the_left! { @ $t,
                Add add (|c, x| x + c), Sub sub (|c, x| -x + c), Mul mul (|c, x| x * c),
                Div div (|c, x| Jet::constant(T::lift(c)) / x),
                Rem rem (|c, x| Jet::constant(T::lift(c)) % x)
            }
        };
    };
    (@ $t:ty, $($op:ident $method:ident (|$c:ident, $x:ident| $rule:expr)),*) => {$(
        impl<T: Real<Scalar = $t>, K: Derivatives<T>> $op<Jet<T, K>> for $t {
            type Output = Jet<T, K>;

            #[inline]
            #[track_caller]
            fn $method(self, $x: Jet<T, K>) -> Jet<T, K> {
                let $c = self;
                $rule
            }
        }

        impl<T: Real<Scalar = $t>, K: Derivatives<T>> $op<&Jet<T, K>> for $t {
            type Output = Jet<T, K>;

            #[inline]
            #[track_caller]
            fn $method(self, x: &Jet<T, K>) -> Jet<T, K> {
                self.$method(*x)
            }
        }

        impl<T: Real<Scalar = $t>, K: Derivatives<T>> $op<Jet<T, K>> for &$t {
            type Output = Jet<T, K>;

            #[inline]
            #[track_caller]
            fn $method(self, x: Jet<T, K>) -> Jet<T, K> {
                (*self).$method(x)
            }
        }

        impl<T: Real<Scalar = $t>, K: Derivatives<T>> $op<&Jet<T, K>> for &$t {
            type Output = Jet<T, K>;

            #[inline]
            #[track_caller]
            fn $method(self, x: &Jet<T, K>) -> Jet<T, K> {
                (*self).$method(*x)
            }
        }
    )*};
}

/// Comparisons with a plain float on the left: those with it on the right, turned round.
#[doc(hidden)]
#[macro_export]
macro_rules! __compare_on_the_left {
    ($t:ty) => {
        const _: () = {
            use core::cmp::Ordering;
            use $crate::__plain::{Derivatives, Jet, Real};

            #[allow(clippy::partialeq_ne_impl)]
            impl<T: Real<Scalar = $t>, K: Derivatives<T>> PartialEq<Jet<T, K>> for $t {
                #[inline]
                #[track_caller]
                fn eq(&self, other: &Jet<T, K>) -> bool {
                    other.eq(self)
                }

                #[inline]
                #[track_caller]
                fn ne(&self, other: &Jet<T, K>) -> bool {
                    other.ne(self)
                }
            }

            impl<T: Real<Scalar = $t>, K: Derivatives<T>> PartialOrd<Jet<T, K>> for $t {
                #[inline]
                #[track_caller]
                fn partial_cmp(&self, other: &Jet<T, K>) -> Option<Ordering> {
                    other.partial_cmp(self).map(Ordering::reverse)
                }

                #[inline]
                #[track_caller]
                fn lt(&self, other: &Jet<T, K>) -> bool {
                    other.gt(self)
                }

                #[inline]
                #[track_caller]
                fn le(&self, other: &Jet<T, K>) -> bool {
                    other.ge(self)
                }

                #[inline]
                #[track_caller]
                fn gt(&self, other: &Jet<T, K>) -> bool {
                    other.lt(self)
                }

                #[inline]
                #[track_caller]
                fn ge(&self, other: &Jet<T, K>) -> bool {
                    other.le(self)
                }
            }
        };
    };
}
