//! Assertions for users' tests.

/// Asserts that the gradient of a function agrees with differences of its values:
/// [`check::check_gradient`](crate::check::check_gradient) for tests.
///
/// With three arguments, `assert_gradient!(f, gradient, x)`, a gradient that was written by hand
/// ([`check::compare_gradient`](crate::check::compare_gradient)).
///
/// # Panics
/// With a table, if a derivative is off.
///
/// ```
/// gradual::assert_gradient!(|[x, y]| x.hypot(y), [3.0, 4.0]);
/// gradual::assert_gradient!(|[x]: [f64; 1]| x.powi(3), |[x]: [f64; 1]| [3.0 * x * x], [2.0]);
/// ```
#[macro_export]
macro_rules! assert_gradient {
    ($f:expr, $x:expr $(,)?) => {
        $crate::check::check_gradient($f, $x).assert_ok()
    };
    ($f:expr, $gradient:expr, $x:expr $(,)?) => {
        $crate::check::compare_gradient($f, $gradient, $x).assert_ok()
    };
}

/// Asserts that the gradient and the Hessian of a function agree with differences:
/// [`check::check_hessian`](crate::check::check_hessian) for tests.
///
/// With three arguments, `assert_hessian!(gradient, hessian, x)`, a Hessian that was written by hand
/// ([`check::compare_hessian`](crate::check::compare_hessian)).
///
/// # Panics
/// With a table, if a derivative is off.
///
/// ```
/// gradual::assert_hessian!(|[x, y]| x.hypot(y), [3.0, 4.0]);
/// ```
#[macro_export]
macro_rules! assert_hessian {
    ($f:expr, $x:expr $(,)?) => {
        $crate::check::check_hessian($f, $x).assert_ok()
    };
    ($gradient:expr, $hessian:expr, $x:expr $(,)?) => {
        $crate::check::compare_hessian($gradient, $hessian, $x).assert_ok()
    };
}

/// Asserts that the Jacobian of a function agrees with differences of its values:
/// [`check::check_jacobian`](crate::check::check_jacobian) for tests.
///
/// With three arguments, `assert_jacobian!(f, jacobian, x)`, a Jacobian that was written by hand
/// ([`check::compare_jacobian`](crate::check::compare_jacobian)).
///
/// # Panics
/// With a table, if a derivative is off.
///
/// ```
/// gradual::assert_jacobian!(|[r, t]| [r * t.cos(), r * t.sin()], [2.0, 0.5]);
/// ```
#[macro_export]
macro_rules! assert_jacobian {
    ($f:expr, $x:expr $(,)?) => {
        $crate::check::check_jacobian($f, $x).assert_ok()
    };
    ($f:expr, $jacobian:expr, $x:expr $(,)?) => {
        $crate::check::compare_jacobian($f, $jacobian, $x).assert_ok()
    };
}
