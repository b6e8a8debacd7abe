//! Laplacians against the trace of the Hessian, at every kind of point; fields against their Jacobians; third
//! derivatives against differences.
#![cfg(feature = "nalgebra")]

use gradual::derivatives::{Derivatives, Gradient, Laplacian};
use gradual::{
    Jet, Real, Workspace, curl, divergence, function, gradient, hessian, jacobian, laplacian,
    laplacian_along, third_derivatives, third_directional, try_laplacian, vector_function,
};
use nalgebra::{DVector, Matrix2x3, SVector, vector};

/// Smooth, with every operation that has a rule of its own.
fn f<T: Real<Scalar = f64>>(x: &[T]) -> T {
    let mut sum = T::literal(1.0);
    for (i, v) in x.iter().enumerate() {
        let w = x[(i + 1) % x.len()];
        sum += (*v * w).sin() / (w * w + 2.0) + v.powi(3).exp() * 0.1 - (*v + 3.0).sqrt() * w
            + (*v + 2.0).powf(w);
    }
    sum * sum / (x[0].hypot(x[x.len() - 1]) + 1.0)
}

fn point<const N: usize>() -> [f64; N] {
    std::array::from_fn(|i| 0.2 + 0.7 * ((i * i) as f64).sin())
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-11 * (1.0 + a.abs())
}

fn against_the_trace<const N: usize>() {
    let x = point::<N>();
    let (value, g, h) = hessian(f, &x[..]);
    let trace: f64 = (0..N).map(|i| h[i][i]).sum();
    let same = |(f, slopes, sum): (f64, &[f64], f64)| {
        assert_eq!(f, value);
        assert!(slopes.iter().zip(&g).all(|(a, b)| close(*a, *b)), "{N}");
        assert!(close(sum, trace), "{N}: {sum} {trace}");
    };
    let (y, s, l) = laplacian(|v| f(&v), x);
    same((y, &s, l));
    let (y, s, l) = laplacian(f, &x[..]);
    same((y, &s, l));
    let (y, s, l) = laplacian(|v| f(v.as_slice()), &SVector::from(x));
    same((y, s.as_slice(), l));
    let (y, s, l) = laplacian(|v| f(v.as_slice()), &DVector::from_row_slice(&x));
    same((y, s.as_slice(), l));
    let (y, s, l) = function!(|x: &[T]| f::<T>(x)).laplacian(x);
    same((y, &s, l));
    let mut workspace = Workspace::<Jet<f64, Laplacian<f64, 3>>>::new();
    let mut s = [0.0; N];
    let (y, l) = workspace.laplacian(f, &x, &mut s);
    same((y, &s, l));
}

#[test]
fn the_laplacian_is_the_trace_of_the_hessian() {
    against_the_trace::<1>();
    against_the_trace::<2>();
    against_the_trace::<5>();
    against_the_trace::<8>();
    against_the_trace::<19>();
    against_the_trace::<40>();
}

#[test]
fn along_directions_it_is_the_sum_of_curvatures() {
    let x = point::<4>();
    let directions = [[0.3, -0.2, 1.0, 0.0], [0.0, 2.0, 0.5, 1.0], [1.0, 1.0, 1.0, 1.0]];
    let (_, slopes, sum) = laplacian_along(|v| f(&v), x, directions);
    let object = function!(|x: &[T]| f::<T>(x));
    let each = directions.map(|v| gradual::second_directional_derivative(|x| f(&x), x, v));
    assert!(close(sum, each.iter().map(|y| y.2).sum()));
    for (i, v) in directions.into_iter().enumerate() {
        assert!(close(slopes[i], each[i].1));
        let (value, slope, curvature) = object.second_directional_derivative(x, v);
        assert_eq!(value, each[i].0);
        assert!(close(slope, each[i].1) && close(curvature, each[i].2));
    }
}

#[test]
fn laplacians_at_matrices_and_at_the_ends() {
    let m = Matrix2x3::new(1.0, 2.0, 3.0, 4.0, 5.0, 6.0);
    let (_, g, l) = laplacian(|m| m.norm_squared(), &m);
    assert_eq!((g, l), (m * 2.0, 12.0));
    // a constant stays one beside an infinite slope
    let (_, g, l) =
        laplacian(|[x, y]| x.sqrt() * 0.0 + y * y + Jet::constant(0.0).sqrt(), [4.0, 3.0]);
    assert_eq!((g, l), ([0.0, 6.0], 2.0));
    // large slopes and a small curvature
    let (_, _, l) = laplacian(|[x]| (x * 1e200).compose(0.0, [1e-300, 1e-300]), [1.0]);
    assert!(close(l * 1e-100, 2.0));
    assert_eq!(
        laplacian(|_: [Jet<f64, Laplacian<f64, 0>>; 0]| Jet::constant(2.0), []),
        (2.0, [], 0.0)
    );
    assert_eq!(try_laplacian(|_| Err("no data"), [1.0, 2.0]), Err("no data"));
    // as a number
    let x = Jet { value: 3.0, derivatives: Laplacian::new([1.0, 0.0], 0.0) };
    assert_eq!((x * x).to_string(), "9 + [6, 0]ε + 2Δ");
    assert_eq!((x * x).derivatives, Laplacian::new([6.0, 0.0], 2.0));
    assert!(Laplacian::<f64, 2>::ZERO != x.derivatives);
    assert_eq!(Laplacian::<f64, 2>::unit(0), x.derivatives);
}

#[test]
#[should_panic(expected = "variable 2 of a jet with 2 variables")]
fn no_third_variable() {
    let _ = Laplacian::<f64, 2>::unit(2);
}

#[test]
#[should_panic(expected = "the direction has 2 components and the point 3")]
fn directions_as_long_as_the_point() {
    let _ = laplacian_along(|x| x[0], &vec![1.0; 3], [&vec![1.0; 2]]);
}

/// A field without a potential.
fn field<T: Real<Scalar = f64>>([x, y, z]: [T; 3]) -> [T; 3] {
    [x * y.sin() + z, (x * z).exp() - y, x * x * y * z]
}

#[test]
fn fields_against_their_jacobians() {
    let x = [0.4, 0.7, -0.3];
    let (values, j) = jacobian(field, x);
    let (f, div) = divergence(field, x);
    assert_eq!(f, values);
    assert!(close(div, j[0][0] + j[1][1] + j[2][2]));
    let (f, rot) = curl(field, x);
    assert_eq!(f, values);
    assert_eq!(rot, [j[2][1] - j[1][2], j[0][2] - j[2][0], j[1][0] - j[0][1]]);
    let v = vector![0.4, 0.7, -0.3];
    let on_vectors = |v: &SVector<_, 3>| SVector::<_, 3>::from(field([v[0], v[1], v[2]]));
    assert_eq!(curl(on_vectors, &v), (values.into(), rot.into()));
    assert_eq!(divergence(on_vectors, &v).1, div);
    assert_eq!(curl(|v| field([v[0], v[1], v[2]]), &x.to_vec()), (values, rot.to_vec()));
    // a gradient has no curl, and a curl no divergence
    let potential = |[x, y, z]: [gradual::Dual<gradual::Dual<f64, 3>, 3>; 3]| (x * y).sin() * z;
    let (_, rot) = curl(|x| gradient(potential, x).1, x);
    assert!(rot.iter().all(|c| c.abs() < 1e-15));
    let (_, div) = divergence(|x| curl(field, x).1, x);
    assert!(div.abs() < 1e-15);
    // in chunks
    let long: Vec<f64> = (0..37).map(|i| 0.1 * f64::from(i)).collect();
    let (_, div) = divergence(|x| x.iter().map(|x| x.sin()).collect::<Vec<_>>(), &long);
    assert!(close(div, long.iter().map(|x| x.cos()).sum()));
    let object = vector_function!(|x| x.iter().map(|x| x.sin()).collect());
    assert!(close(object.divergence(&long).1, div));
    assert_eq!(object.divergence([0.0, 0.0]), (vec![0.0, 0.0], 2.0));
}

#[test]
#[should_panic(expected = "a field of 1 components in 2 dimensions")]
fn a_component_for_each_coordinate() {
    let _ = divergence(|x| vec![x[0]], &vec![1.0; 2]);
}

#[test]
#[should_panic(expected = "the curl of a field in 2 dimensions, not in 3")]
fn curls_in_space() {
    let _ = curl(|x| vec![x[0]], &vec![1.0; 2]);
}

#[test]
fn partials_of_objects() {
    let object = function!(|x: &[T]| f::<T>(x));
    let x = point::<5>();
    for (i, slope) in object.gradient(x).1.into_iter().enumerate() {
        assert!(close(object.partial(x, i).1, slope));
    }
}

#[test]
#[should_panic(expected = "partial derivative 5 of a function of 5 variables")]
fn no_sixth_partial() {
    let _ = function!(|x: &[T]| f::<T>(x)).partial(point::<5>(), 5);
}

#[test]
fn third_derivatives_are_symmetric_and_along_directions_their_sums() {
    let x = point::<4>();
    let (value, g, h, t) = third_derivatives(|v| f(&v), x);
    assert_eq!(value, f(&x));
    let (_, slopes, second) = hessian(|v| f(&v), x);
    assert!((0..4).all(|i| close(g[i], slopes[i]) && (0..4).all(|j| close(h[i][j], second[i][j]))));
    for (i, j, k) in (0..64).map(|n| (n / 16, n / 4 % 4, n % 4)) {
        assert!(close(t[i][j][k], t[k][i][j]) && close(t[i][j][k], t[j][i][k]));
    }
    let [u, v, w] = [[0.3, -0.2, 1.0, 0.0], [0.0, 2.0, 0.5, 1.0], [1.0, 1.0, -1.0, 1.0]];
    let mut sum = 0.0;
    for (i, j, k) in (0..64).map(|n| (n / 16, n / 4 % 4, n % 4)) {
        sum += t[i][j][k] * u[i] * v[j] * w[k];
    }
    let (same, along) = third_directional(|v| f(&v), x, u, v, w);
    assert_eq!(same, value);
    assert!(close(along, sum), "{along} {sum}");
    // one variable, by hand: x³ has 6
    assert_eq!(third_derivatives(|[x]| x * x * x, [2.0]).3, [[[6.0]]]);
}
