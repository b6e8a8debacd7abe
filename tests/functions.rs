//! Function objects: one text or one generic type for the value and all derivatives. No line here names the
//! type of a number.
#![cfg(feature = "alloc")]

use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;

use gradual::{
    Function, OutputsChanged, Real, ScalarFunction, VectorFunction, function, gradient, hessian,
    jacobian, try_function, try_vector_function, vector_function,
};

/// Values and derivatives of the same program in other groupings: equal up to a few roundings.
#[track_caller]
fn assert_close(a: impl IntoIterator<Item = f64>, b: impl IntoIterator<Item = f64>) {
    let (a, b): (Vec<_>, Vec<_>) = (a.into_iter().collect(), b.into_iter().collect());
    assert_eq!(a.len(), b.len());
    for (a, b) in a.iter().zip(&b) {
        assert!((a - b).abs() <= 4.0 * f64::EPSILON * b.abs().max(1.0), "{a} and {b}");
    }
}

mod texts {
    //! What a newcomer types.
    use super::*;

    #[test]
    fn a_sum_over_data() {
        let xs = [0.0, 1.0, 2.0, 3.0];
        let ys = [1.0, 3.0, 5.0, 7.5];
        let loss =
            function!(|w| xs.iter().zip(&ys).map(|(x, y)| (w[0] + w[1] * x - y).powi(2)).sum());
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
}

mod points {
    use super::*;

    #[test]
    fn slices_and_vectors() {
        let f = function!(|x| x.iter().map(|x| x * x).sum());
        let x = vec![1.0, 2.0];
        assert_eq!(f.value(&x), 5.0);
        assert_eq!(f.gradient(&x), (5.0, vec![2.0, 4.0]));
        assert_eq!(f.gradient(&x[1..]), (4.0, vec![4.0]));
        assert_eq!(f.hessian(&x).2, [[2.0, 0.0], [0.0, 2.0]]);
        assert_eq!(f.hvp(&x, &x).2, [2.0, 4.0]);
        let g = vector_function!(|x| vec![x[0] * x[1]]);
        assert_eq!(g.jacobian(&x), (vec![2.0], vec![vec![2.0, 1.0]]));
    }

    #[test]
    #[cfg(feature = "nalgebra")]
    fn nalgebra_everywhere() {
        use nalgebra::{DVector, Rotation3, Vector3, dvector, matrix, vector};
        let reach = function!(|q| (Rotation3::from_euler_angles(q[0], q[1], 0.5 * q[0])
            * Vector3::new(1.0 * q[2], q[2] * 0.0 + 2.0, q[0] * 0.0))
        .norm_squared());
        let (value, gradient) = reach.gradient(&vector![0.1, 0.2, 0.3]);
        assert_close([value], [4.09]);
        assert!((gradient - vector![0.0, 0.0, 0.6]).norm() < 1e-15);

        let f = function!(|x| x[0] * x[0] * x[1]);
        assert_eq!(f.hessian(&vector![3.0, 2.0]).2, matrix![4.0, 6.0; 6.0, 0.0]);
        assert_eq!(f.gradient(&dvector![3.0, 2.0]).1, dvector![12.0, 9.0]);
        let long = dvector![9.0, 3.0, 2.0];
        assert_eq!(f.gradient(&long.rows(1, 2)).1, dvector![12.0, 9.0]);
        // a matrix's coordinates stand column by column, and its gradient has its shape
        let (_, g) = f.gradient(&matrix![3.0, 5.0; 2.0, 7.0]);
        assert_eq!(g, matrix![12.0, 0.0; 9.0, 0.0]);
        let g = vector_function!(|x| vec![x[0] * x[1], x[0]]);
        let (values, jacobian) = g.jacobian(&DVector::repeat(2, 3.0));
        assert_eq!((values, jacobian.row(0).sum()), (dvector![9.0, 3.0], 6.0));
    }

    /// Every number of passes, against the closed form and the static call.
    #[test]
    fn every_dimension() {
        let f = function!(|x| x.windows(2).fold(x[0], |s, w| s + w[0].powi(2) * w[1]));
        let g = vector_function!(|x| x.iter().map(|y| y * x[0]).collect());
        for n in 1..=100 {
            let x: Vec<_> = (0..n).map(|i| 1.0 + (i % 7) as f64).collect();
            let slope = |i: usize| {
                let left = if i > 0 { x[i - 1] * x[i - 1] } else { 1.0 };
                left + x.get(i + 1).map_or(0.0, |next| 2.0 * x[i] * next)
            };
            let expected: Vec<_> = (0..n).map(slope).collect();
            let (value, got) = f.gradient(&x);
            assert_eq!((value, got), (f.value(&x), expected.clone()), "n = {n}");
            let (values, rows) = g.jacobian(&x);
            for (i, row) in rows.iter().enumerate() {
                let mut expected = vec![0.0; n];
                expected[0] = x[i];
                expected[i] += x[0];
                assert_eq!((values[i], row), (x[0] * x[i], &expected), "n = {n}");
            }
            if n < 20 {
                let (value, slopes, rows) = f.hessian(&x);
                let along = f.hvp(&x, &x);
                assert_eq!((value, &slopes), (along.0, &along.1));
                assert_eq!(slopes, expected);
                for (i, row) in rows.iter().enumerate() {
                    let mut second = vec![0.0; n];
                    second[i] = x.get(i + 1).map_or(0.0, |next| 2.0 * next);
                    if i > 0 {
                        second[i - 1] = 2.0 * x[i - 1];
                    }
                    if i + 1 < n {
                        second[i + 1] = 2.0 * x[i];
                    }
                    assert_eq!(row, &second, "n = {n}, row {i}");
                    let product: f64 = second.iter().zip(&x).map(|(h, v)| h * v).sum();
                    assert_eq!(along.2[i], product);
                }
            }
        }
    }

    /// 16 variables at a time.
    #[test]
    fn the_number_of_evaluations() {
        let calls = Cell::new(0);
        let f = function!(|x| {
            calls.set(calls.get() + 1);
            x.iter().sum()
        });
        for (n, expected) in
            [(0, 1), (1, 1), (12, 1), (16, 1), (17, 2), (32, 2), (33, 3), (64, 4), (65, 5)]
        {
            calls.set(0);
            assert_eq!(f.gradient(&vec![1.0; n]), (n as f64, vec![1.0; n]));
            assert_eq!(calls.get(), expected, "n = {n}");
        }
    }

    #[test]
    fn no_coordinates() {
        let f = function!(|x| x.iter().sum());
        assert_eq!(f.gradient([]), (0.0, []));
        assert_eq!(f.hessian(&[][..]), (0.0, vec![], vec![]));
        let g = vector_function!(|x| vec![x.iter().sum(), 1.0.into()]);
        assert_eq!(g.jacobian(&[][..]), (vec![0.0, 1.0], vec![vec![], vec![]]));
    }

    /// The same text as a closure for one call and as an object.
    #[test]
    fn the_calls_agree() {
        macro_rules! text {
            () => {
                |x| x[0].sin() * x[1].exp() + (x[2] / x[0]).atan2(x[1]) - 0.5 * x[2].powf(1.5)
            };
        }
        let x = [0.5, 1.5, 2.5];
        let object = {
            let text = function!(
                |x| x[0].sin() * x[1].exp() + (x[2] / x[0]).atan2(x[1]) - 0.5 * x[2].powf(1.5)
            );
            text
        };
        let (f, g, h) = hessian(text!(), &x[..]);
        assert_eq!(object.hessian(&x[..]), (f, g.clone(), h));
        assert_eq!(gradient(text!(), &x[..]), (f, g.clone()));
        assert_eq!(object.gradient(x), (f, [g[0], g[1], g[2]]));
        let (values, rows) = jacobian(|[x, y]| [x * y, x.sin()], [2.0, 3.0]);
        let object = vector_function!(|[x, y]| vec![x * y, x.sin()]);
        assert_eq!(object.jacobian([2.0, 3.0]), (values.to_vec(), rows.to_vec()));
    }

    #[test]
    #[should_panic(expected = "the direction has 1 components and the point 2")]
    fn a_direction_of_another_length() {
        let _ = function!(|x| x[0]).hvp(&[1.0, 2.0][..], &[1.0][..]);
    }
}

mod objects {
    use super::*;

    fn springs(stiffness: Vec<f64>) -> impl Function + Clone {
        function!(move |x| stiffness.iter().zip(x).map(|(k, x)| 0.5 * k * x * x).sum())
    }

    #[test]
    fn objects_that_own_their_data() {
        let energy = springs(vec![2.0, 4.0]);
        let copy = energy.clone();
        drop(energy);
        assert_eq!(copy.gradient([1.0, 1.0]), (3.0, [2.0, 4.0]));
        let times = Vec::from([1.0, 2.0]);
        let decay =
            vector_function!(move |[a, b]| times.iter().map(|t| a * (b * t).exp()).collect());
        let thread = std::thread::spawn(move || decay.jacobian([1.0, 0.0]));
        assert_eq!(thread.join().unwrap(), (vec![1.0, 1.0], vec![[1.0, 1.0], [1.0, 2.0]]));
        let limit = String::from("1.0");
        let f = try_function!(move |[x]| match limit.parse::<f64>() {
            Ok(limit) => Ok(x.min(limit)),
            Err(error) => Err(error),
        });
        assert_eq!(f.gradient([0.5]), Ok((0.5, [1.0])));
    }

    #[test]
    fn objects_that_borrow_are_copied() {
        let k = 3.0;
        let f = function!(|[x]| k * x);
        let g = f;
        assert_eq!(f.value([2.0]), g.clone().value([2.0]));
        assert_eq!(format!("{f:?}"), "Object { .. }");
    }

    /// Solvers take objects, types and pointers to them.
    fn slope(f: impl Function, x: f64) -> f64 {
        f.gradient([x]).1[0]
    }

    fn slopes(f: impl Function<Vec<f64>>, x: f64) -> Vec<f64> {
        f.jacobian([x]).1.iter().map(|[slope]| *slope).collect()
    }

    #[test]
    #[allow(clippy::needless_borrows_for_generic_args)]
    fn one_trait_for_all() {
        let object = function!(|[x]| x * x);
        let boxed: Box<dyn Function + '_> = Box::new(object);
        assert_eq!(slope(object, 3.0), 6.0);
        assert_eq!(slope(&object, 3.0), 6.0);
        assert_eq!(slope(Box::new(object), 3.0), 6.0);
        assert_eq!(slope(Rc::new(object), 3.0), 6.0);
        assert_eq!(slope(Arc::new(object), 3.0), 6.0);
        assert_eq!(slope(&*boxed, 3.0), 6.0);
        assert_eq!(slope(boxed, 3.0), 6.0);
        assert_eq!(slope(Bowl { k: 2.0 }, 3.0), 6.0);
        assert_eq!(slope(&Bowl { k: 2.0 }, 3.0), 6.0);
        assert_eq!(slope(Box::new(Bowl { k: 2.0 }), 3.0), 6.0);
        assert_eq!(slope(Rc::new(Bowl { k: 2.0 }), 3.0), 6.0);
        assert_eq!(slope(Arc::new(Bowl { k: 2.0 }), 3.0), 6.0);
        let object = vector_function!(|[x]| vec![x * x, 2.0 * x]);
        assert_eq!(slopes(object, 3.0), [6.0, 2.0]);
        assert_eq!(slopes(Rc::new(object), 3.0), [6.0, 2.0]);
        assert_eq!(slopes(Powers, 3.0), [1.0, 6.0]);
        assert_eq!(slopes(&Arc::new(Powers), 3.0), [1.0, 6.0]);
    }

    /// ½ k |x|², with a parameter of its own.
    struct Bowl {
        k: f64,
    }

    impl ScalarFunction for Bowl {
        fn eval<T: Real<Scalar = f64>>(&self, x: &[T]) -> T {
            x.iter().map(|v| *v * *v).sum::<T>() * (self.k / 2.0)
        }
    }

    struct Powers;

    impl VectorFunction for Powers {
        fn eval<T: Real<Scalar = f64>>(&self, x: &[T]) -> Vec<T> {
            vec![x[0], x[0] * x[0]]
        }
    }

    #[test]
    fn a_type_with_data() {
        let bowl = Bowl { k: 3.0 };
        assert_eq!(bowl.value([1.0, 2.0]), 7.5);
        assert_eq!(bowl.gradient([1.0, 2.0]), (7.5, [3.0, 6.0]));
        assert_eq!(bowl.hessian([1.0, 2.0]).2, [[3.0, 0.0], [0.0, 3.0]]);
        assert_eq!(bowl.hvp([1.0, 2.0], [0.0, 1.0]).2, [0.0, 3.0]);
        assert_eq!(bowl.directional_derivative([1.0, 2.0], [1.0, 1.0]), (7.5, 9.0));
        assert_eq!(bowl.eval(&[2.0]), 6.0);
        assert_eq!(Powers.jvp([3.0], [1.0]), (vec![3.0, 9.0], vec![1.0, 6.0]));
    }

    #[test]
    fn outputs_that_change_in_number() {
        let calls = Cell::new(0);
        let changing = vector_function!(|x| {
            calls.set(calls.get() + 1);
            vec![x[0]; calls.get()]
        });
        let error = changing.try_jacobian(&vec![1.0; 40]).unwrap_err();
        let error = OutputsChanged::from(error);
        assert_eq!((error.expected, error.got), (1, 2));
        calls.set(0);
        let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            let _ = changing.jacobian(&vec![1.0; 40]);
        }));
        assert!(panicked.is_err());
    }

    /// A text is a black box for sparse plans, too: it is traced once.
    #[test]
    #[cfg(feature = "std")]
    fn sparse_jacobians() {
        use gradual::structured::VectorBlackBox;
        let n = 50;
        let heat = vector_function!(|u| (0..n)
            .map(|i| {
                let left = if i > 0 { u[i - 1] } else { 0.0.into() };
                let right = if i + 1 < n { u[i + 1] } else { 0.0.into() };
                left - 2.0 * u[i] + right + 0.5 * u[i].exp()
            })
            .collect());
        let u: Vec<_> = (0..n).map(|i| (0.1 * i as f64).sin()).collect();
        let plan = heat.jacobian_plan(&u);
        let (mut outputs, mut values) = (vec![0.0; n], vec![0.0; 3 * n - 2]);
        plan.jacobian(&heat, &u, &mut outputs, &mut values).unwrap();
        let (expected, rows) = heat.jacobian(&u);
        assert_eq!(outputs, expected);
        let entries = rows.iter().flatten().filter(|x| **x != 0.0).sum::<f64>();
        assert!((values.iter().sum::<f64>() - entries).abs() < 1e-12);
        assert_eq!(rows.iter().flatten().filter(|x| **x != 0.0).count(), values.len());
    }
}
