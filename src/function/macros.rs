//! Function objects from the text of a closure.

/// A [`ScalarFunction`](crate::ScalarFunction) from the text of a closure: the function's value and all
/// derivatives from one piece of code.
///
/// The argument is a slice of numbers of the type `T`, which the text may name. As the number is generic,
/// constants and plain floats stand to the *right* of an operator: `x[0] * 2.0`, `-x[0] + 1.0`. Data
/// are captured by naming them with their type and value in brackets before the closure; a borrowed
/// one has the lifetime `'a`.
///
/// ```
/// use gradual::{ScalarFunction, scalar_function};
/// use nalgebra::{dvector, vector};
///
/// let rosenbrock = scalar_function!(|x| {
///     (x[0] - 1.0).powi(2) + (x[1] - x[0] * x[0]).powi(2) * 100.0
/// });
/// assert_eq!(rosenbrock.value(&vector![1.0, 2.0]), 100.0);
/// assert_eq!(rosenbrock.gradient(&vector![1.0, 2.0]).1, vector![-400.0, 200.0]);
///
/// // a sum of squares over captured data
/// let points = vec![(0.0, 1.0), (1.0, 3.0), (2.0, 5.0)];
/// let loss = scalar_function!([points: &'a [(f64, f64)] = &points] |p| {
///     points.iter().map(|&(x, y)| (p[0] + p[1] * x - y).powi(2)).sum::<T>()
/// });
/// assert_eq!(loss.gradient(&dvector![1.0, 2.0]), (0.0, dvector![0.0, 0.0]));
/// ```
#[macro_export]
macro_rules! scalar_function {
    ($([$($name:ident: $type:ty = $value:expr),* $(,)?])? |$x:ident| $body:expr) => {
        $crate::__function_object!(ScalarFunction, T, [$($($name: $type = $value),*)?], $x, $body)
    };
}

/// A [`VectorFunction`](crate::VectorFunction) from the text of a closure that returns a `Vec`; see
/// [`scalar_function!`](crate::scalar_function).
///
/// ```
/// use gradual::{VectorFunction, vector_function};
/// use nalgebra::{dmatrix, dvector};
///
/// let times = vec![0.0, 1.0];
/// let growth = vector_function!([times: &'a [f64] = &times] |p| {
///     times.iter().map(|&t| p[0] * (p[1] * t).exp()).collect::<Vec<T>>()
/// });
/// let (_, j) = growth.jacobian(&dvector![2.0, 0.0]);
/// assert_eq!(j, dmatrix![1.0, 0.0; 1.0, 2.0]);
/// ```
#[macro_export]
macro_rules! vector_function {
    ($([$($name:ident: $type:ty = $value:expr),* $(,)?])? |$x:ident| $body:expr) => {
        $crate::__function_object!(
            VectorFunction,
            $crate::__Vec<T>,
            [$($($name: $type = $value),*)?],
            $x,
            $body
        )
    };
}

/// The type that the two macros make, and its one value.
#[doc(hidden)]
#[macro_export]
macro_rules! __function_object {
    ($trait:ident, $output:ty, [$($name:ident: $type:ty = $value:expr),*], $x:ident, $body:expr) => {{
        struct Object<'a> {
            $($name: $type,)*
            lifetime: ::core::marker::PhantomData<&'a ()>,
        }

        impl<'a> $crate::$trait for Object<'a> {
            #[allow(clippy::redundant_closure_call)]
            fn eval<T: $crate::Real<Scalar = f64>>(&self, $x: &[T]) -> $output {
                $(let $name = &self.$name;)*
                $body
            }
        }

        Object { $($name: $value,)* lifetime: ::core::marker::PhantomData }
    }};
}
