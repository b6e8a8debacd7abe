//! Losses are right from -∞ to ∞.

use gradual::derivatives::Derivatives;
use gradual::special::{
    ln_logistic, log_add_exp, log_sum_exp, log1mexp, logistic, logit, softmax, softplus, xlogy,
};
use gradual::{Dual, HyperDual, gradient, hessian, jacobian, second_derivative};

const INF: f64 = f64::INFINITY;

/// Are the plain parts finite of what has derivatives of five orders, whose value is a number?
macro_rules! no_part_is_nan {
    ($f:ident, $t:ty) => {
        for x in [-<$t>::INFINITY, -1e30, -800.0, -89.0, 89.0, 800.0, 1e30, <$t>::INFINITY] {
            let two = HyperDual::<$t, 1>::variable(x, 0);
            let four = HyperDual::<_, 1>::variable(two, 0);
            let y = $f(Dual::<_, 1>::variable(four, 0));
            assert!(!y.is_nan() && y.partial(0).all_finite(), "{x}: {y}");
            assert!(y.value.derivatives.all(|part| part.all_finite()), "{x}: {y}");
        }
    };
}

#[test]
fn no_derivative_is_nan_far_out() {
    no_part_is_nan!(logistic, f64);
    no_part_is_nan!(logistic, f32);
    no_part_is_nan!(softplus, f64);
    no_part_is_nan!(softplus, f32);
    no_part_is_nan!(ln_logistic, f64);
    no_part_is_nan!(ln_logistic, f32);
}

#[test]
fn the_ends_are_the_limits() {
    assert_eq!(second_derivative(logistic, INF), (1.0, 0.0, 0.0));
    assert_eq!(second_derivative(logistic, -INF), (0.0, 0.0, 0.0));
    assert_eq!(second_derivative(softplus, INF), (INF, 1.0, 0.0));
    assert_eq!(second_derivative(ln_logistic, -INF), (-INF, 1.0, 0.0));
    assert_eq!(second_derivative(logit, 0.0), (-INF, INF, -INF));
    assert_eq!(second_derivative(logit, 1.0), (INF, INF, INF));
    assert_eq!(second_derivative(log1mexp, 0.0), (-INF, -INF, -INF));
    assert_eq!(second_derivative(log1mexp, -INF), (0.0, 0.0, 0.0));
    for outside in [-0.1, 1.5, f64::NAN] {
        let (y, first, second) = second_derivative(logit, outside);
        assert!(y.is_nan() && first.is_nan() && second.is_nan());
    }
    let (y, first, second) = second_derivative(log1mexp, 0.5_f64);
    assert!(y.is_nan() && first.is_nan() && second.is_nan());
    // A constant never spoils a derivative.
    assert!(logit(Dual::<f64>::constant(0.0)).is_constant());
    assert!(log1mexp(Dual::<f64>::constant(0.0)).is_constant());
}

#[test]
fn an_impossible_class_has_gradient_zero() {
    let (y, g, h) = hessian(|x: [_; 3]| log_sum_exp(&x), [1.0, -INF, 1.0]);
    assert_eq!((y, g), (1.0 + 2.0_f64.ln(), [0.5, 0.0, 0.5]));
    assert_eq!(h, [[0.25, 0.0, -0.25], [0.0, 0.0, 0.0], [-0.25, 0.0, 0.25]]);
    let (p, j) = jacobian(softmax, [1.0, -INF, 1.0]);
    assert_eq!((p, j), ([0.5, 0.0, 0.5], h));

    // Far below the others, in both precisions, and whatever the scale.
    for c in [-1e6_f32, -800.0, 0.0, 800.0, 1e6] {
        let (_, g, h) = hessian(|x: [_; 2]| log_sum_exp(&x), [c, c - 1000.0]);
        assert_eq!((g, h), ([1.0, 0.0], [[0.0; 2]; 2]));
    }
}

#[test]
fn infinite_arguments_share() {
    assert_eq!(gradient(|[x, y]| log_add_exp(x, y), [-INF, -INF]), (-INF, [0.5, 0.5]));
    assert_eq!(gradient(|[x, y]| log_add_exp(x, y), [INF, INF]), (INF, [0.5, 0.5]));
    assert_eq!(gradient(|[x, y]| log_add_exp(x, y), [INF, 3.0]), (INF, [1.0, 0.0]));
    assert_eq!(gradient(|[x, y]| log_add_exp(x, y), [-INF, 3.0]), (3.0, [0.0, 1.0]));
    let (y, g, h) = hessian(|x: [_; 3]| log_sum_exp(&x), [-INF; 3]);
    assert_eq!(y, -INF);
    assert!(g.iter().all(|p| (p - 1.0 / 3.0).abs() < 1e-15));
    assert!(h.as_flattened().iter().all(|h| h.is_finite()));
    assert_eq!(log_sum_exp::<f64>(&[]), -INF);
    assert_eq!(log_sum_exp(&[3.0]), 3.0);
    assert!(log_sum_exp(&[1.0, f64::NAN, INF]).is_nan());
    assert!(softmax([1.0, f64::NAN]).iter().all(|p| p.is_nan()));
    assert!(softmax(Vec::<f64>::new()).is_empty());
}

#[test]
fn curvature_is_not_lost_where_one_class_outweighs_the_others() {
    let e = (-50.0_f64).exp();
    let (y, _, h) = hessian(|x: [_; 3]| log_sum_exp(&x), [50.0, 0.0, 0.0]);
    assert_eq!(y, 50.0);
    let expected = [[2.0 * e, -e, -e], [-e, e, 0.0], [-e, 0.0, e]];
    for (a, b) in h.as_flattened().iter().zip(expected.as_flattened()) {
        assert!((a - b).abs() <= 1e-15 * e, "{a} {b}");
    }
}

/// p (δ - p), with shares from integers.
#[cfg(feature = "alloc")]
#[test]
fn shares_keep_their_digits_among_many() {
    let n = 200;
    let x: Vec<f64> = (1..=n).map(|i| f64::from(i).ln()).collect();
    let total = f64::from(n * (n + 1) / 2);
    let (_, g, h) = hessian(|x: &[_]| log_sum_exp(x), &x);
    let close = |a: f64, b: f64| assert!((a - b).abs() <= 2e-14 * b.abs(), "{a} {b}");
    let share = |i: usize| (i + 1) as f64 / total;
    for (i, (g, row)) in g.iter().zip(&h).enumerate() {
        let p = share(i);
        close(*g, p);
        for (j, h) in row.iter().enumerate() {
            close(*h, if i == j { p * (1.0 - p) } else { -p * share(j) });
        }
    }
    let (p, j) = jacobian(|x: &[_]| softmax(x.to_vec()), &x);
    assert_eq!(p.len(), n as usize);
    for (row, expected) in j.iter().zip(&h) {
        row.iter().zip(expected).for_each(|(a, b)| close(*a, *b));
    }
}

#[test]
fn values_are_the_plain_ones() {
    for x in [[0.3, -2.0, 1.7, 1.6], [5.0, 0.0, -40.0, -INF], [-INF, -INF, 0.0, 0.0], [1.0; 4]] {
        let (y, ..) = hessian(|x: [_; 4]| log_sum_exp(&x), x);
        assert_eq!(y.to_bits(), log_sum_exp(&x).to_bits());
        let (p, _) = jacobian(softmax, x);
        assert_eq!(p.map(f64::to_bits), softmax(x).map(f64::to_bits));
    }
}

#[test]
fn two_are_softplus() {
    for x in [-700.0_f64, -50.0, -1.0, 0.0, 0.5, 20.0, 700.0] {
        let (a, b) =
            (second_derivative(softplus, x), second_derivative(|x| log_add_exp(0.0.into(), x), x));
        for (a, b) in [(a.0, b.0), (a.1, b.1), (a.2, b.2)] {
            assert!((a - b).abs() <= 4.0 * f64::EPSILON * b.abs(), "{x}: {a} {b}");
        }
    }
}

#[test]
fn nothing_times_the_logarithm_is_nothing() {
    assert_eq!(xlogy(0.0, 0.0), 0.0);
    assert!(xlogy(0.0, f64::NAN).is_nan());
    // the constant zero: a count, a label
    let (y, g, h) = hessian(|[p]| xlogy(0.0.into(), p), [0.0]);
    assert_eq!((y, g, h), (0.0, [0.0], [[0.0]]));
    let (y, g, h) = hessian(|[x, y]| xlogy(x, y), [2.0, 4.0]);
    assert_eq!((y, g), (2.0 * 4.0_f64.ln(), [4.0_f64.ln(), 0.5]));
    assert_eq!(h, [[0.0, 0.25], [0.25, -0.125]]);
    let (y, g) = gradient(|[x, y]| xlogy(x, y), [0.0, 0.0]);
    assert_eq!((y, g), (0.0, [-INF, 0.0]));
}

gradual::scalar! {
    /// A scalar of one's own.
    struct Own(f64);
    ZERO = 0.0;
    ONE = 1.0;
}

#[test]
fn a_scalar_of_ones_own_is_served() {
    let x = [0.3, -2.0, 1.5];
    let (y, g) = gradient(|x: [_; 3]| log_sum_exp(&x), x.map(Own));
    let (expected, shares) = gradient(|x: [_; 3]| log_sum_exp(&x), x);
    assert_eq!((y.0, g.map(|g| g.0)), (expected, shares));
    let (y, first, second) = second_derivative(softplus, Own(-3.0));
    assert_eq!((y.0, first.0, second.0), second_derivative(softplus, -3.0));
    let p2 = gradual::special::legendre_p(2, Own(0.5));
    assert_eq!(p2.0, -0.125);
}
