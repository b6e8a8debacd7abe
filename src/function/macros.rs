//! Function objects from the text of a closure.

/// A scalar function with all its derivatives, from the text of one closure.
///
/// The text is compiled once for each number that a derivative evaluates it on, so it is written as for
/// plain floats: what it captures is inferred, literals stand on either side of an operator,
/// `x.max(0.0)` and `if x > 0.0` work, and so do nalgebra's types. It returns a number; `.sum()` needs no
/// annotation.
///
/// ```
/// use gradual::function;
///
/// let (xs, ys) = ([0.0, 1.0, 2.0], [1.0, 3.0, 5.0]);
/// let loss = function!(|w| xs.iter().zip(&ys).map(|(x, y)| (w[0] + w[1] * x - y).powi(2)).sum());
/// assert_eq!(loss.value([0.0, 2.0]), 3.0);
/// assert_eq!(loss.gradient([0.0, 2.0]), (3.0, [-6.0, -6.0]));
/// assert_eq!(loss.hessian([0.0, 2.0]).2, [[6.0, 6.0], [6.0, 10.0]]);
/// ```
///
/// The argument is a slice of numbers, or a pattern of it: `function!(|[x, y]| (1.0 - x).powi(2) + y)` for
/// a function of two variables, `|[x, .., z]|`, `|[first, ref rest @ ..]|`. An evaluation at a point that
/// does not match the pattern panics.
///
/// Where a sum stands within a larger expression, Rust wants to know what it is a sum of; the argument's type
/// gives the number a name: `function!(|x: &[T]| 2.0 * x.iter().sum::<T>())`, `|[x, y]: [T; 2]|`.
///
/// With `move` the object owns what it captures, and can be returned or sent to a thread:
///
/// ```
/// use gradual::{Function, function};
///
/// fn spring(stiffness: Vec<f64>) -> impl Function + Clone {
///     function!(move |x| stiffness.iter().zip(x).map(|(k, x)| 0.5 * k * x * x).sum())
/// }
/// assert_eq!(spring(vec![2.0, 4.0]).gradient([1.0, 1.0]), (3.0, [2.0, 4.0]));
/// ```
///
/// The text is then compiled for all numbers at once; without `move`, only for those that are used.
///
/// [`vector_function!`](crate::vector_function) makes functions with several outputs,
/// [`try_function!`](crate::try_function) functions that may fail.
#[macro_export]
macro_rules! function {
    ($($closure:tt)*) => { $crate::__function_object!([f64] $($closure)*) };
}

/// A vector function with all its derivatives, from the text of one closure that returns a `Vec`; otherwise
/// as [`function!`](crate::function!). `.collect()` needs no annotation.
///
/// ```
/// use gradual::vector_function;
///
/// let times = [0.0, 1.0];
/// let decay = vector_function!(|p| times.iter().map(|t| p[0] * (-p[1] * t).exp()).collect());
/// assert_eq!(decay.value([2.0, 0.0]), [2.0, 2.0]);
/// assert_eq!(decay.jacobian([2.0, 0.0]).1, [[1.0, 0.0], [1.0, -2.0]]);
/// ```
#[macro_export]
macro_rules! vector_function {
    ($($closure:tt)*) => { $crate::__function_object!([$crate::__Vec<f64>] $($closure)*) };
}

/// [`function!`](crate::function!) of a text that returns a `Result`: the value and all derivatives are
/// `Result`s then.
///
/// ```
/// use gradual::try_function;
///
/// let f = try_function!(|[x, y]| if y > 0.0 { Ok(x * y.ln()) } else { Err("y is not positive") });
/// assert_eq!(f.gradient([2.0, 1.0]), Ok((0.0, [0.0, 2.0])));
/// assert_eq!(f.gradient([2.0, -1.0]), Err("y is not positive"));
/// ```
#[macro_export]
macro_rules! try_function {
    ($($closure:tt)*) => {
        $crate::__function_object!([::core::result::Result<f64, _>] $($closure)*)
    };
}

/// [`vector_function!`](crate::vector_function) of a text that returns a `Result` of a `Vec`: the value and
/// all derivatives are `Result`s then.
///
/// ```
/// use gradual::try_vector_function;
///
/// let f = try_vector_function!(|[x]| if x > 0.0 { Ok(vec![x.ln(), x]) } else { Err("not positive") });
/// assert_eq!(f.value([1.0]), Ok(vec![0.0, 1.0]));
/// assert_eq!(f.value([-1.0]), Err("not positive"));
/// ```
#[macro_export]
macro_rules! try_vector_function {
    ($($closure:tt)*) => {
        $crate::__function_object!([::core::result::Result<$crate::__Vec<f64>, _>] $($closure)*)
    };
}

/// The object of a closure's text that returns `$y` on plain floats: a closure for each number, or with `move`
/// one for all.
#[doc(hidden)]
#[macro_export]
macro_rules! __function_object {
    ([$y:ty] move $($closure:tt)*) => {
        $crate::__function_argument!([$crate::__function_owning] [$y] $($closure)*)
    };
    ([$y:ty] $($closure:tt)*) => {
        $crate::__function_argument!([$crate::__function_borrowing] [$y] $($closure)*)
    };
}

/// Takes the closure's argument apart: the pattern, and the name of the number where it has one. The elements
/// of a pattern of an array are taken by value, so that they are numbers and no references.
#[doc(hidden)]
#[macro_export]
macro_rules! __function_argument {
    ($form:tt [$y:ty] |[$($x:pat_param),+ $(,)?]| $body:expr) => {
        $crate::__function_numbers!($form $y, [&[$($x),+]], [], $body)
    };
    ($form:tt [$y:ty] |[$($x:pat_param),+ $(,)?]: [$number:ident; $n:expr]| $body:expr) => {
        $crate::__function_numbers!($form $y, [&[$($x),+]], [$number], $body)
    };
    ($form:tt [$y:ty] |$x:pat_param| $body:expr) => {
        $crate::__function_numbers!($form $y, [$x], [], $body)
    };
    ($form:tt [$y:ty] |$x:ident: &[$number:ident]| $body:expr) => {
        $crate::__function_numbers!($form $y, [$x], [$number], $body)
    };
    ($($other:tt)*) => {
        ::core::compile_error!(
            "this takes one closure of one argument, which is the slice of all variables or a pattern of it: `|x| ...`, `|[x, y]| ...`, `move |x| ...`, `|x: &[T]| ...`"
        )
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __function_borrowing {
    ([$y:ty, $x:tt, $name:tt, $body:expr] $($field:ident: $number:ty,)*) => {{
        #[allow(dead_code, irrefutable_let_patterns, unused_variables, clippy::all)]
        let first = $crate::function::first::<$y, _, _>($crate::__function_closure!($x, $name, $body, $crate::Dual<f64, 4>));
        let right = <() as $crate::function::Returned<_, _>>::returned(&first);
        #[allow(dead_code, irrefutable_let_patterns, clippy::useless_conversion)]
        let object = right.pass($crate::function::Object::<$y, _>::borrowing($($crate::function::next(
            &first,
            ::core::marker::PhantomData::<$number>,
            $crate::__function_closure!($x, $name, $body, $number),
        )),*));
        object
    }};
}

#[doc(hidden)]
#[macro_export]
macro_rules! __function_owning {
    ([$y:ty, $x:tt, $name:tt, $body:expr] $($field:ident: $number:ty,)*) => {
        $crate::function::Object::<$y, _>::owning(move |request| {
            #[allow(dead_code, irrefutable_let_patterns, unused_variables, clippy::all)]
            let first = $crate::function::first::<$y, _, _>($crate::__function_closure!($x, $name, $body, $crate::Dual<f64, 4>));
            let right = <() as $crate::function::Returned<_, _>>::returned(&first);
            match request {$(
                $crate::function::Request::$field(x, output) => {
                    #[allow(dead_code, irrefutable_let_patterns, clippy::useless_conversion)]
                    let f = $crate::function::next(
                        &first,
                        ::core::marker::PhantomData::<$number>,
                        $crate::__function_closure!($x, $name, $body, $number),
                    );
                    *output = ::core::option::Option::Some(right.call(f, x));
                }
            )*}
        })
    };
}

/// The text as a closure for one number. What is a conversion for a jet is none for `f64`.
#[doc(hidden)]
#[macro_export]
macro_rules! __function_closure {
    ([$($x:tt)*], [$($name:ident)?], $body:expr, $number:ty) => {
        |x| {
            $(type $name = $number;)?
            let $($x)* = x else {
                $crate::function::no_match(x.len(), ::core::stringify!($($x)*))
            };
            $body
        }
    };
}
