//! What a newcomer types.

use crate::assert_close;
use gradual::{Real, function, try_function, try_vector_function, vector_function};

#[test]
fn a_sum_over_data() {
    let xs = [0.0, 1.0, 2.0, 3.0];
    let ys = [1.0, 3.0, 5.0, 7.5];
    let loss = function!(|w| xs.iter().zip(&ys).map(|(x, y)| (w[0] + w[1] * x - y).powi(2)).sum());
    assert_eq!(loss.value([1.0, 2.0]), 0.25);
    assert_eq!(loss.gradient([1.0, 2.0]), (0.25, [-1.0, -3.0]));
    assert_eq!(loss.hessian([1.0, 2.0]).2, [[8.0, 12.0], [12.0, 28.0]]);
    assert_eq!(loss.hvp([1.0, 2.0], [1.0, -1.0]), (0.25, [-1.0, -3.0], [-4.0, -16.0]));
    assert_eq!(loss.directional_derivative([1.0, 2.0], [1.0, -1.0]), (0.25, 2.0));
}

#[test]
fn branches_and_captured_numbers() {
    let k = 3.0;
    let f = function!(|v| (1.0 - v[0]).powi(2)
        + k * (v[1] - v[0] * v[0]).powi(2)
        + if v[0] > 0.0 { 0.0 * v[1] } else { 2.0 * v[1] });
    assert_eq!(f.value([1.0, 2.0]), 3.0);
    assert_eq!(f.gradient([1.0, 2.0]), (3.0, [-12.0, 6.0]));
    assert_eq!(f.gradient([-1.0, 2.0]).1, [4.0 * k - 4.0, 2.0 * k + 2.0]);
}

#[test]
fn maxima() {
    let relu = function!(|v| v.iter().map(|x| x.max(0.0)).sum());
    assert_eq!(relu.gradient([1.0, -2.0]), (1.0, [1.0, 0.0]));
    let largest = function!(|v| v.iter().fold(v[0], |a, b| a.max(*b)));
    assert_eq!(largest.gradient([1.0, 4.0, 2.0]), (4.0, [0.0, 1.0, 0.0]));
    let clamped = function!(|[x, y]| x.clamp(0.0, 1.0) * y.min(x).abs());
    assert_eq!(clamped.gradient([2.0, -3.0]), (3.0, [0.0, -1.0]));
}

#[test]
fn literals_on_either_side() {
    let f = function!(|[x]| 2.0 * x + x * 2.0 - 1.0 / x + x / 4.0 - (3.0 - x) + (x - 3.0));
    assert_eq!(f.gradient([2.0]), (6.0, [6.5]));
    let f = function!(|[x]| -2.0 * x % 3.0);
    assert_eq!(f.gradient([2.0]), (-1.0, [-2.0]));
}

#[test]
fn patterns() {
    let f = function!(|[x, y]| x.powi(2) * y);
    assert_eq!(f.gradient([3.0, 2.0]), (18.0, [12.0, 9.0]));
    let ends = function!(|[first, .., last]| first * last);
    assert_eq!(ends.gradient([2.0, 5.0, 5.0, 3.0]), (6.0, [3.0, 0.0, 0.0, 2.0]));
    let tail = function!(|[scale, ref rest @ ..]| rest.iter().map(|x| scale * x).sum());
    assert_eq!(tail.gradient([2.0, 1.0, 1.0]), (4.0, [2.0, 2.0, 2.0]));
    let by_reference = function!(|&[x, y]| x - y);
    assert_eq!(by_reference.gradient([3.0, 2.0]), (1.0, [1.0, -1.0]));
    let ignored = function!(|[x, _]| x.ln());
    assert_eq!(ignored.gradient([0.5, 2.0]).1, [2.0, 0.0]);
    let constant = function!(|_| 3.0.into());
    assert_eq!(constant.gradient([1.0]), (3.0, [0.0]));
    let trailing = function!(|[x, y]| x + y);
    assert_eq!(trailing.value([1.0, 2.0]), 3.0);
}

#[test]
#[should_panic(expected = "argument is `[x, y]`, and the point has 3 coordinates")]
fn a_point_that_does_not_match() {
    let _ = function!(|[x, y]| x * y).gradient([1.0, 2.0, 3.0]);
}

#[test]
fn blocks_loops_and_local_functions() {
    let newton = function!(|[a]| {
        let mut root = a;
        for _ in 0..40 {
            root = 0.5 * (root + a / root);
        }
        root
    });
    assert_close([newton.value([2.0])], [2.0_f64.sqrt()]);
    assert_close(newton.gradient([2.0]).1, [0.5 / 2.0_f64.sqrt()]);
    let early = function!(|[x]| {
        if x < 0.0 {
            return -x;
        }
        x * x
    });
    assert_eq!(early.gradient([-3.0]), (3.0, [-1.0]));
    assert_eq!(early.gradient([3.0]), (9.0, [6.0]));
    let local = function!(|[x, y]| {
        let square = |z| z * z;
        square(x) + square(y)
    });
    assert_eq!(local.gradient([1.0, 2.0]), (5.0, [2.0, 4.0]));
}

#[test]
fn vectors_of_numbers_within() {
    let dot = function!(|w| {
        let squares: Vec<_> = w.iter().map(|w| w * w).collect();
        squares.iter().zip(w).map(|(s, w)| s * w).sum()
    });
    assert_eq!(dot.gradient([1.0, 2.0]), (9.0, [3.0, 12.0]));
    let horner = function!(|c| c.iter().rev().fold(0.0 * c[0], |p, c| p * 2.0 + c));
    assert_eq!(horner.gradient([1.0, 1.0, 1.0]), (7.0, [1.0, 2.0, 4.0]));
    let matrix = [[1.0, 2.0], [3.0, 4.0]];
    let form = function!(|x| {
        let rows = matrix.iter().zip(x);
        rows.flat_map(|(row, y)| row.iter().zip(x).map(move |(a, x)| a * x * y)).sum()
    });
    assert_eq!(form.gradient([1.0, 1.0]), (10.0, [7.0, 13.0]));
    assert_eq!(form.hessian([1.0, 1.0]).2, [[2.0, 5.0], [5.0, 8.0]]);
}

/// A sum within an expression has to know what it is a sum of, for plain floats, too.
#[test]
fn a_name_for_the_number() {
    let f = function!(|x: &[T]| 2.0 * x.iter().sum::<T>() + x.iter().product::<T>());
    assert_eq!(f.gradient([3.0, 4.0]), (26.0, [6.0, 5.0]));
    let f = function!(move |[x, y]: [Number; 2]| {
        let zero: Number = 0.0.into();
        x.max(zero) * y
    });
    assert_eq!(f.gradient([3.0, 4.0]), (12.0, [4.0, 3.0]));
}

#[test]
fn functions_of_a_closure() {
    let weights = [1.0, 2.0];
    let energy = |i: usize| weights[i] / 2.0;
    let f = function!(|x| x.iter().enumerate().map(|(i, x)| energy(i) * x * x).sum());
    assert_eq!(f.gradient([3.0, 4.0]).1, [3.0, 8.0]);
}

#[test]
fn generic_functions_of_a_library() {
    fn rosenbrock<T: Real<Scalar = f64>>(x: &[T]) -> T {
        x.windows(2).map(|w| (w[1] - w[0] * w[0]).powi(2) * 100.0 + (-w[0] + 1.0).powi(2)).sum()
    }
    let f = function!(|x| rosenbrock(x));
    assert_eq!(f.gradient([1.0; 40]), (0.0, [0.0; 40]));
}

#[test]
fn names_of_the_users_own() {
    // The macros' own names do not meet the user's.
    struct Object;
    struct Output(f64);
    let (request, output, f, lifetime) = (1.0, Output(2.0), 3.0, Object);
    let g = function!(|x| {
        let _ = &lifetime;
        request * x[0] + output.0 * x[1] + f * x[0]
    });
    assert_eq!(g.gradient([1.0, 1.0]), (6.0, [4.0, 2.0]));
    let g = function!(move |x| request * x[0] + f * x[0]);
    assert_eq!(g.gradient([1.0]), (4.0, [4.0]));
}

#[test]
fn several_outputs() {
    let times = [0.0, 0.5, 1.0];
    let decay = vector_function!(|p| times.iter().map(|t| p[0] * (-p[1] * t).exp()).collect());
    let (values, rows) = decay.jacobian([2.0, 0.0]);
    assert_eq!(values, [2.0; 3]);
    assert_eq!(rows, [[1.0, 0.0], [1.0, -1.0], [1.0, -2.0]]);
    assert_eq!(decay.value([2.0, 0.0]), [2.0; 3]);
    assert_eq!(decay.jvp([2.0, 0.0], [0.0, 1.0]), (vec![2.0; 3], vec![0.0, -1.0, -2.0]));
    let polar = vector_function!(|[r, t]| vec![r * t.cos(), r * t.sin()]);
    assert_eq!(polar.jacobian([2.0, 0.0]).1, [[1.0, 0.0], [0.0, 2.0]]);
    let none = vector_function!(|_| vec![]);
    assert_eq!(none.jacobian([1.0]), (vec![], vec![]));
}

#[test]
fn functions_that_fail() {
    let f = try_function!(|[x, y]| if y > 0.0 { Ok(x * y.ln()) } else { Err("not positive") });
    assert_eq!(f.value([2.0, 1.0]), Ok(0.0));
    assert_eq!(f.gradient([2.0, 1.0]), Ok((0.0, [0.0, 2.0])));
    assert_eq!(f.hessian([2.0, 1.0]).map(|(_, _, h)| h), Ok([[0.0, 1.0], [1.0, -2.0]]));
    assert_eq!(f.hvp([2.0, 1.0], [1.0, 0.0]), Ok((0.0, [0.0, 2.0], [0.0, 1.0])));
    assert_eq!(f.directional_derivative([2.0, 1.0], [1.0, 1.0]), Ok((0.0, 2.0)));
    let bad = [2.0, -1.0];
    assert_eq!(f.gradient(bad), Err("not positive"));
    assert_eq!(f.hessian(bad), Err("not positive"));
    assert_eq!(f.hvp(bad, bad), Err("not positive"));
    assert_eq!(f.directional_derivative(bad, bad), Err("not positive"));

    let g = try_vector_function!(|[x]| if x > 0.0 { Ok(vec![x.ln(), x]) } else { Err(3) });
    assert_eq!(g.jacobian([0.5]), Ok((vec![0.5_f64.ln(), 0.5], vec![[2.0], [1.0]])));
    assert_eq!(g.jvp([0.5], [1.0]), Ok((vec![0.5_f64.ln(), 0.5], vec![2.0, 1.0])));
    assert_eq!(g.jacobian([-1.0]), Err(3));
    assert_eq!(g.jvp([-1.0], [1.0]), Err(3));

    // `?`, where the errors say what they are
    let table = ["1.5", "2.5"];
    let parsed = try_function!(|[x]| {
        let mut sum = 0.0 * x;
        for entry in table {
            sum += x * entry.parse::<f64>().map_err(|error| error.to_string())?;
        }
        Ok::<_, String>(sum)
    });
    assert_eq!(parsed.gradient([1.0]), Ok((4.0, [4.0])));
}
