//! The operations of a program: everything that the public arithmetic can do to numbers.

use gradual::{BlockDual, Dual, HyperDual, Real, Scalar};
use num_traits::Euclid;

/// How many numbers an operation may use.
pub const ARGUMENTS: usize = 3;

/// One operation on the numbers a, b and c, with a plain float and an integer beside them.
#[derive(Clone, Copy, Debug)]
pub struct Operation<S> {
    /// Index into [`NAMES`].
    pub number: usize,
    /// Which of the equivalent forms: by value, by reference, in place, ...
    pub form: usize,
    /// A plain float.
    pub plain: S,
    /// An exponent.
    pub exponent: i32,
}

/// What operators and methods do with the forms of operands that traits do not name.
pub trait Forms: Real {
    /// The operator on two numbers, in one of six forms.
    fn operator(name: char, form: usize, a: Self, b: Self) -> Self;

    /// The operator with a plain float on a side.
    fn plain_operator(name: char, form: usize, a: Self, k: Self::Scalar) -> Self;

    /// The method with a plain float as its second operand, and `b` as a third one.
    fn plain_operand(name: &str, a: Self, k: Self::Scalar, b: Self) -> Self;
}

macro_rules! operators {
    ($name:expr, $form:expr, $a:expr, $b:expr; $($symbol:literal $operator:tt $assign:tt),*) => {
        match $name {
            $($symbol => match $form % 6 {
                0 => $a $operator $b,
                1 => &$a $operator &$b,
                2 => $a $operator &$b,
                3 => &$a $operator $b,
                4 => {
                    let mut a = $a;
                    a $assign $b;
                    a
                }
                _ => {
                    let mut a = $a;
                    a $assign &$b;
                    a
                }
            },)*
            unknown => unreachable!("no operator is called {unknown}"),
        }
    };
}

macro_rules! plain_operators {
    ($name:expr, $form:expr, $a:expr, $k:expr, $left:ident; $($symbol:literal $operator:tt $assign:tt),*) => {
        match $name {
            $($symbol => match $form % 4 {
                0 => $a $operator $k,
                1 => &$a $operator $k,
                2 => plain_on_the_left!($left, $a, $k, $operator),
                _ => {
                    let mut a = $a;
                    a $assign $k;
                    a
                }
            },)*
            unknown => unreachable!("no operator is called {unknown}"),
        }
    };
}

/// The left operand is f64's alone.
macro_rules! plain_on_the_left {
    (f64, $a:expr, $k:expr, $operator:tt) => { $k $operator $a };
    (f32, $a:expr, $k:expr, $operator:tt) => { Self::lift($k) $operator $a };
}

macro_rules! forms {
    ($($s:ident: $($number:ty),*;)*) => {$($(
        impl Forms for $number {
            #[inline(never)]
            fn operator(name: char, form: usize, a: Self, b: Self) -> Self {
                operators! { name, form, a, b; '+' + +=, '-' - -=, '*' * *=, '/' / /=, '%' % %= }
            }

            #[inline(never)]
            fn plain_operator(name: char, form: usize, a: Self, k: $s) -> Self {
                plain_operators! { name, form, a, k, $s; '+' + +=, '-' - -=, '*' * *=, '/' / /=, '%' % %= }
            }

            #[inline(never)]
            fn plain_operand(name: &str, a: Self, k: $s, b: Self) -> Self {
                match name {
                    "powf" => a.powf(k),
                    "log" => a.log(k),
                    "hypot" => a.hypot(k),
                    "atan2" => a.atan2(k),
                    "max" => a.max(k),
                    "min" => a.min(k),
                    "copysign" => a.copysign(k),
                    "mul_add" => a.mul_add(k, b),
                    "clamp" => a.clamp(k.min(1.0), k.max(1.0)),
                    unknown => unreachable!("no method is called {unknown}"),
                }
            }
        }
    )*)*};
}

/// Three variables, in every kind.
pub const N: usize = 3;

forms! {
    f64: f64, Dual<f64, N>, HyperDual<f64, N>, BlockDual<f64, N, N>, Dual<Dual<f64, N>, N>,
        Dual<HyperDual<f64, N>, N>, HyperDual<Dual<f64, N>, N>;
    f32: f32, Dual<f32, N>, HyperDual<f32, N>, BlockDual<f32, N, N>, Dual<Dual<f32, N>, N>,
        Dual<HyperDual<f32, N>, N>, HyperDual<Dual<f32, N>, N>;
}

macro_rules! operations {
    ($($name:literal |$a:pat_param, $b:pat_param, $c:pat_param, $o:pat_param| $result:expr;)*) => {
        /// The names of the operations.
        pub const NAMES: &[&str] = &[$($name),*];

        /// All operations, over one kind of number.
        fn all<T: Forms>() -> &'static [fn(T, T, T, &Operation<T::Scalar>) -> T]
        where
            T::Scalar: Scalar,
        {
            &[$(|$a, $b, $c, $o| $result),*]
        }
    };
}

operations! {
    "+" |a, b, _, o| T::operator('+', o.form, a, b);
    "-" |a, b, _, o| T::operator('-', o.form, a, b);
    "*" |a, b, _, o| T::operator('*', o.form, a, b);
    "/" |a, b, _, o| T::operator('/', o.form, a, b);
    "%" |a, b, _, o| T::operator('%', o.form, a, b);
    "+ plain" |a, _, _, o| T::plain_operator('+', o.form, a, o.plain);
    "- plain" |a, _, _, o| T::plain_operator('-', o.form, a, o.plain);
    "* plain" |a, _, _, o| T::plain_operator('*', o.form, a, o.plain);
    "/ plain" |a, _, _, o| T::plain_operator('/', o.form, a, o.plain);
    "% plain" |a, _, _, o| T::plain_operator('%', o.form, a, o.plain);
    "neg" |a, _, _, _| -a;
    "recip" |a, _, _, _| a.recip();
    "sqrt" |a, _, _, _| a.sqrt();
    "cbrt" |a, _, _, _| a.cbrt();
    "exp" |a, _, _, _| a.exp();
    "exp2" |a, _, _, _| a.exp2();
    "exp_m1" |a, _, _, _| a.exp_m1();
    "ln" |a, _, _, _| a.ln();
    "log2" |a, _, _, _| a.log2();
    "log10" |a, _, _, _| a.log10();
    "ln_1p" |a, _, _, _| a.ln_1p();
    "sin" |a, _, _, _| a.sin();
    "cos" |a, _, _, _| a.cos();
    "tan" |a, _, _, _| a.tan();
    "sin_cos, sin" |a, _, _, _| a.sin_cos().0;
    "sin_cos, cos" |a, _, _, _| a.sin_cos().1;
    "asin" |a, _, _, _| a.asin();
    "acos" |a, _, _, _| a.acos();
    "atan" |a, _, _, _| a.atan();
    "sinh" |a, _, _, _| a.sinh();
    "cosh" |a, _, _, _| a.cosh();
    "tanh" |a, _, _, _| a.tanh();
    "asinh" |a, _, _, _| a.asinh();
    "acosh" |a, _, _, _| a.acosh();
    "atanh" |a, _, _, _| a.atanh();
    "sinc" |a, _, _, _| Real::sinc(a);
    "sinhc" |a, _, _, _| Real::sinhc(a);
    "abs" |a, _, _, _| a.abs();
    "signum" |a, _, _, _| a.signum();
    "floor" |a, _, _, _| a.floor();
    "ceil" |a, _, _, _| a.ceil();
    "round" |a, _, _, _| a.round();
    "trunc" |a, _, _, _| a.trunc();
    "fract" |a, _, _, _| a.fract();
    "to_degrees" |a, _, _, _| a.to_degrees();
    "to_radians" |a, _, _, _| a.to_radians();
    "powi" |a, _, _, o| a.powi(o.exponent);
    "powf" |a, b, _, _| a.powf(b);
    "powf plain" |a, b, _, o| T::plain_operand("powf", a, o.plain, b);
    "log" |a, b, _, _| a.log(b);
    "log plain" |a, b, _, o| T::plain_operand("log", a, o.plain, b);
    "hypot" |a, b, _, _| a.hypot(b);
    "hypot plain" |a, b, _, o| T::plain_operand("hypot", a, o.plain, b);
    "atan2" |a, b, _, _| a.atan2(b);
    "atan2 plain" |a, b, _, o| T::plain_operand("atan2", a, o.plain, b);
    "max" |a, b, _, _| a.max(b);
    "max plain" |a, b, _, o| T::plain_operand("max", a, o.plain, b);
    "min" |a, b, _, _| a.min(b);
    "min plain" |a, b, _, o| T::plain_operand("min", a, o.plain, b);
    "copysign" |a, b, _, _| a.copysign(b);
    "copysign plain" |a, b, _, o| T::plain_operand("copysign", a, o.plain, b);
    "clamp" |a, b, c, _| if b <= c { a.clamp(b, c) } else { a };
    "clamp plain" |a, b, _, o| T::plain_operand("clamp", a, o.plain, b);
    "abs_sub" |a, b, _, _| a.abs_sub(b);
    "midpoint" |a, b, _, _| Real::midpoint(a, b);
    "mul_add" |a, b, c, _| a.mul_add(b, c);
    "mul_add plain" |a, b, _, o| T::plain_operand("mul_add", a, o.plain, b);
    "div_euclid" |a, b, _, _| Euclid::div_euclid(&a, &b);
    "rem_euclid" |a, b, _, _| Euclid::rem_euclid(&a, &b);
    "sum" |a, b, c, _| [a, b, c].iter().sum::<T>();
    "product" |a, b, _, _| [a, b].into_iter().product::<T>();
    "if a < b" |a, b, c, _| if a < b { c } else { a };
    "if a == b" |a, b, c, _| if a == b || a.is_nan() { c } else { b };
    "if a is negative" |a, b, c, _| if a.is_sign_negative() { b } else { c };
}

impl<S: Scalar> Operation<S> {
    /// Carries it out on numbers of any kind.
    #[inline]
    pub fn apply<T: Forms<Scalar = S>>(&self, [a, b, c]: [T; ARGUMENTS]) -> T {
        all::<T>()[self.number](a, b, c, self)
    }
}
