//! Peers' numbers made a [`Number`](crate::problems::number::Number) by wrapping.

/// A number that wraps a peer's type to give it the operations with plain floats.
///
/// The peer's own operators are used for jets; `scale` and `shift` say how a plain float enters.
macro_rules! wrapped_number {
    (
        $(#[$doc:meta])*
        [$($generics:tt)*] $name:ident [$($arguments:tt)*] ($inner:ty), elementary = $from:path,
        lift = $lift:expr, recip = $recip:expr, shift = $shift:expr, scale = $scale:expr,
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy)]
        pub struct $name<$($generics)*>(pub $inner);

        crate::speed::number::wrapped_number!(@op [$($generics)*] $name [$($arguments)*] Add add +);
        crate::speed::number::wrapped_number!(@op [$($generics)*] $name [$($arguments)*] Sub sub -);
        crate::speed::number::wrapped_number!(@op [$($generics)*] $name [$($arguments)*] Mul mul *);
        crate::speed::number::wrapped_number!(@op [$($generics)*] $name [$($arguments)*] Div div /);

        impl<$($generics)*> $name<$($arguments)*> {
            /// The sum with a plain float.
            #[inline]
            fn shifted(self, c: f64) -> Self {
                Self(($shift)(self.0, c))
            }
        }

        impl<$($generics)*> std::ops::Neg for $name<$($arguments)*> {
            type Output = Self;
            #[inline]
            fn neg(self) -> Self {
                Self(-self.0)
            }
        }

        impl<$($generics)*> std::ops::AddAssign for $name<$($arguments)*> {
            #[inline]
            fn add_assign(&mut self, other: Self) {
                self.0 += other.0;
            }
        }

        impl<$($generics)*> std::ops::Add<f64> for $name<$($arguments)*> {
            type Output = Self;
            #[inline]
            fn add(self, c: f64) -> Self {
                self.shifted(c)
            }
        }

        impl<$($generics)*> std::ops::Sub<f64> for $name<$($arguments)*> {
            type Output = Self;
            #[inline]
            fn sub(self, c: f64) -> Self {
                self.shifted(-c)
            }
        }

        impl<$($generics)*> std::ops::Mul<f64> for $name<$($arguments)*> {
            type Output = Self;
            #[inline]
            fn mul(self, c: f64) -> Self {
                Self(($scale)(self.0, c))
            }
        }

        impl<$($generics)*> std::ops::Div<f64> for $name<$($arguments)*> {
            type Output = Self;
            #[inline]
            fn div(self, c: f64) -> Self {
                Self(($scale)(self.0, c.recip()))
            }
        }

        impl<$($generics)*> crate::problems::number::Number for $name<$($arguments)*> {
            #[inline]
            fn lift(c: f64) -> Self {
                Self(($lift)(c))
            }
            #[inline]
            fn recip(self) -> Self {
                Self(($recip)(self.0))
            }
            #[inline]
            fn powi(self, n: i32) -> Self {
                Self(<$inner as $from>::powi(self.0, n))
            }
            crate::speed::number::wrapped_number!(@elementary $inner, $from; sqrt exp ln sin cos tanh);
        }
    };
    (@op [$($generics:tt)*] $name:ident [$($arguments:tt)*] $trait:ident $method:ident $op:tt) => {
        impl<$($generics)*> std::ops::$trait for $name<$($arguments)*> {
            type Output = Self;
            #[inline]
            fn $method(self, other: Self) -> Self {
                Self(self.0 $op other.0)
            }
        }
    };
    (@elementary $inner:ty, $from:path; $($method:ident)*) => {
        $(#[inline]
        fn $method(self) -> Self {
            Self(<$inner as $from>::$method(self.0))
        })*
    };
}
pub(crate) use wrapped_number;
