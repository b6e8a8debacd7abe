//! What a newcomer types: one-line programs at literal points, none of them with an annotation.

// References are what is tested here.
#![allow(clippy::op_ref)]

use gradual::*;

#[test]
fn one_variable() {
    assert_eq!(derivative(|x| x.sin(), 0.0), (0.0, 1.0));
    assert_eq!(derivative(|x| (2.0 * x).sin(), 0.0), (0.0, 2.0));
    assert_eq!(derivative(|x| x * x * x, 5.0), (125.0, 75.0));
    assert_eq!(derivative(|x| 1.0 / x, 2.0), (0.5, -0.25));
    assert_eq!(derivative(|x| 1.0 - (3.0 * x - x * 2.0).exp(), 0.0), (0.0, -1.0));
    assert_eq!(derivative(|x| if x > 0.0 { 2.0 * x } else { -x }, 3.0), (6.0, 2.0));
    assert_eq!(derivative(|x| if 0.0 < x { x.ln() } else { x }, 1.0), (0.0, 1.0));
    assert_eq!(derivative(|x| (1.0 + x).powi(2) * x.max(0.5), 1.0), (4.0, 8.0));
    assert_eq!(derivative(|x| x.powf(1.5) + x.atan2(1.0) * 0.0, 4.0), (8.0, 3.0));
    assert_eq!(derivative(|x| x.clamp(0.0, 1.0), 0.5), (0.5, 1.0));
    assert_eq!(derivative(|x| x.mul_add(2.0, 1.0), 3.0), (7.0, 2.0));
    assert_eq!(second_derivative(|x| x * x * x, 5.0), (125.0, 75.0, 30.0));
    assert_eq!(second_derivative(|x| 0.5 * x * x + 100.0 * x, 1.0), (100.5, 101.0, 1.0));
    assert_eq!(try_derivative(|x| if x > 0.0 { Ok(x) } else { Err("no") }, 2.0), Ok((2.0, 1.0)));
    assert_eq!(tangent(|t| [2.0 * t, 1.0 - t * t], 3.0), ([6.0, -8.0], [2.0, -6.0]));
    assert_eq!(tangent(|t| (t.exp(), 3.0 * t), 0.0), ((1.0, 0.0), (1.0, 3.0)));
}

/// What newcomers wrote at their second attempt, after the compiler had objected to the first.
#[test]
fn second_attempts() {
    let (v, _) = gradient(|[x, y]| x * y, [1.0_f64, 2.0]);
    assert!((v - 2.0).abs() < 1e-12);
    assert_eq!(gradient(|v| sum(v.map(|x| x * x)) / 2.0, [1.0, 3.0]), (5.0, [1.0, 3.0]));
    assert_eq!(
        gradient(
            |[x, y]| {
                let f = |a, b| a * b;
                f(x, y)
            },
            [1.0, 2.0]
        ),
        (2.0, [2.0, 1.0])
    );
    assert_eq!(derivative(|x| if x > 0.0 { x } else { -x }, -1.0), (1.0, -1.0));
    let table = [1.0, 2.0];
    assert_eq!(derivative(|x| table[x.value as usize] * x, 1.5), (3.0, 2.0));
    let mixed = derivative(|x| derivative(|y| y * Dual::constant(x), x).1, 2.0);
    assert_eq!(mixed, (2.0, 1.0));
    fn area<T: Real<Scalar = f64>>(sides: &[T]) -> T {
        sides[0] * sides[1] * 2.0
    }
    assert_eq!(gradient(|sides| area(&sides), [1.0, 2.0]), (4.0, [4.0, 2.0]));
    assert_eq!(area(&[1.0, 2.0]), 4.0);
}

/// The lines of the design's section on points.
#[test]
fn arrays() {
    let (f, [fx, fy]) =
        gradient(|[x, y]| (1.0 - x).powi(2) + 100.0 * (y - x * x).powi(2), [3.0, 4.0]);
    assert_eq!((f, fx, fy), (2504.0, 6004.0, -1000.0));
    let (f, [fx, fy]) = gradient(|[x, y]| x.powi(2) * y + y.sin(), [3.0, 0.0]);
    assert_eq!((f, fx, fy), (0.0, 0.0, 10.0));
    let (f, j) = jacobian(|[r, t]| [r * t.cos(), r * t.sin()], [2.0, 0.0]);
    assert_eq!((f, j), ([2.0, 0.0], [[1.0, 0.0], [0.0, 2.0]]));
    let (f, g) = gradient(|[x, y]| gradient(|[u, v]| u * u * v, [x, y]).1[0], [3.0, 4.0]);
    assert_eq!((f, g), (24.0, [8.0, 6.0]));

    assert_eq!(gradient(|v| 2.0 * v[0] * v[1], [3.0, 4.0]), (24.0, [8.0, 6.0]));
    assert_eq!(gradient(|v| v.iter().map(|x| x * x).sum(), [3.0, 4.0]), (25.0, [6.0, 8.0]));
    assert_eq!(gradient(|[x]| if x > 0.0 { x.ln() } else { x }, [1.0]), (0.0, [1.0]));
    assert_eq!(gradient(|[x, y]| x.hypot(y), [3.0, 4.0]), (5.0, [0.6, 0.8]));
    assert_eq!(gradient(|[x, y]| x * y * 2.0, [3.0_f32, 4.0]), (24.0, [8.0, 6.0]));
    assert_eq!(gradient(|x| x.into_iter().product(), [2.0; 3]), (8.0, [4.0; 3]));
    assert_eq!(partial(|[x, y]| 3.0 * x * y, [1.0, 2.0], 1), (6.0, 3.0));
    assert_eq!(hessian(|[x]| 0.5 * x * x, [3.0]), (4.5, [3.0], [[1.0]]));
    assert_eq!(hessian(|[x, y]| 0.5 * x * x * y, [2.0, 1.0]).2, [[1.0, 2.0], [2.0, 0.0]]);
    assert_eq!(jacobian(|[x, y]| [x * y], [3.0, 4.0]), ([12.0], [[4.0, 3.0]]));
    assert_eq!(jacobian(|x| x.map(|x| 2.0 * x), [1.0, 2.0]).1, [[2.0, 0.0], [0.0, 2.0]]);
    assert_eq!(directional_derivative(|[x, y]| 2.0 * x * y, [1.0, 2.0], [1.0, 0.0]), (4.0, 4.0));
    assert_eq!(jvp(|[x, y]| [x * y, 1.0 - y], [1.0, 2.0], [1.0, 1.0]).1, [3.0, -1.0]);
    assert_eq!(hvp(|[x, y]| 2.0 * x * y, [1.0, 2.0], [1.0, 0.0]).2, [0.0, 2.0]);
    let along = second_directional_derivative(|[x, y]| x * x * y, [3.0, 2.0], [1.0, -1.0]);
    assert_eq!(along, (18.0, 3.0, -8.0));
    assert_eq!(try_gradient(|[x, y]| Ok::<_, ()>(x * y), [1.0, 2.0]), Ok((2.0, [2.0, 1.0])));
    assert_eq!(try_hessian(|[x]| if x == 0.0 { Err("zero") } else { Ok(x) }, [0.0]), Err("zero"));
    assert!(try_jacobian(|[x]| if x < 0.0 { Err("negative") } else { Ok([x]) }, [-1.0]).is_err());
}

#[test]
fn nested_calls() {
    assert_eq!(derivative(|x| derivative(|y| 2.0 * y.powi(3), x).1, 2.0), (24.0, 24.0));
    assert_eq!(gradient(|[x]| derivative(|y| y.powi(3), x).1, [2.0]), (12.0, [12.0]));
    assert_eq!(derivative(|x| gradient(|[u, v]| u * v * v, [x, 3.0 * x]).1[1], 1.0), (6.0, 12.0));
    assert_eq!(derivative(|x| hessian(|[u]| u.powi(4), [x]).2[0][0], 1.0), (12.0, 24.0));
    assert_eq!(hessian(|[x]| derivative(|y| y.powi(3), x).1, [2.0]), (12.0, [12.0], [[6.0]]));
    assert_eq!(
        jacobian(|[x, y]| gradient(|[u, v]| u * u * v, [x, y]).1, [3.0, 2.0]).0,
        [12.0, 9.0]
    );
    assert_eq!(second_derivative(|x| tangent(|t| [t * t, 2.0 * t], x).1[0], 3.0), (6.0, 2.0, 0.0));
}

#[test]
fn data_beside_jets() {
    let (a, c) = ([1.0, 2.0], 3.0);
    let x = Dual::<f64>::variable(2.0, 0);
    let sum: Dual = a.iter().zip(&[x, x * x]).map(|(a, x)| a * x).sum();
    assert_eq!((sum.value, sum.partial(0)), (10.0, 9.0));
    assert_eq!(derivative(|x| a.iter().map(|a| a * x - &c).sum(), 2.0), (0.0, 3.0));
    assert_eq!(derivative(|x| [x].iter().zip(&a).map(|(x, a)| x * a).sum(), 2.0), (2.0, 1.0));
    assert_eq!(derivative(|x| &c * &x + &x * &c - &c / &x + c * &x, 1.0), (6.0, 12.0));
    let loss =
        gradient(|[a, b]| [(1.0, 3.0)].iter().map(|(t, y)| (a + b * t - y).powi(2)).sum(), a);
    assert_eq!(loss, (0.0, [0.0, 0.0]));
    let mut y = x;
    y += &c;
    y -= &1.0;
    y *= &c;
    y /= &2.0;
    assert_eq!((y.value, y.partial(0)), (6.0, 1.5));
    // at every depth of nesting
    let third = derivative(|x| derivative(|y| derivative(|z| 2.0 * z.powi(4), y).1, x).1, 2.0);
    assert_eq!(third, (96.0, 96.0));
    assert_eq!(derivative(|x| derivative(|y| &c * &(1.0 - y * y), x).1, 2.0), (-12.0, -6.0));
}

/// Functions, by name.
#[test]
fn generic_functions() {
    fn wave<T: Real<Scalar = f64>>(x: T) -> T {
        if x > 1.0 || x == 0.5 { x.max(0.25.into()) } else { x * 2.0 }
    }
    fn bowl<T: num_traits::Float>([x, y]: [T; 2]) -> T {
        x * x + y * y
    }
    fn dot<T: Real<Scalar = f64>>(x: &[T], weights: &[f64]) -> T {
        x.iter().zip(weights).map(|(x, w)| *x * w).sum()
    }
    assert_eq!(derivative(wave, 2.0), (2.0, 1.0));
    assert_eq!(derivative(wave, 0.25), (0.5, 2.0));
    assert_eq!(gradient(bowl, [3.0, 4.0]), (25.0, [6.0, 8.0]));
    assert_eq!(hessian(bowl, [3.0, 4.0]).2, [[2.0, 0.0], [0.0, 2.0]]);
    assert_eq!(gradient(|x| dot(&x, &[1.0, 2.0]), [3.0, 4.0]), (11.0, [1.0, 2.0]));
    assert_eq!(second_derivative(|x| x.chain(|k, x| [x, 1.0, 0.0][k]), 3.0), (3.0, 1.0, 0.0));
}

#[cfg(feature = "alloc")]
#[test]
fn slices_and_vecs() {
    let x = vec![3.0, 4.0];
    assert_eq!(gradient(|v| 2.0 * v[0] * v[1], &x), (24.0, vec![8.0, 6.0]));
    assert_eq!(gradient(|v| 2.0 * v[0] * v[1], &vec![3.0, 4.0]).1, [8.0, 6.0]);
    assert_eq!(gradient(|v| v.iter().map(|x| 0.5 * x * x).sum(), &x[..]).1, [3.0, 4.0]);
    assert_eq!(gradient(|v| v.iter().copied().fold(1.0.into(), |a, b| a * b), &x).0, 12.0);
    assert_eq!(hessian(|v| 2.0 * v[0] * v[1], &x).2, [[0.0, 2.0], [2.0, 0.0]]);
    assert_eq!(jacobian(|v| [v[0] * v[1]], &x), ([12.0], [vec![4.0, 3.0]]));
    assert_eq!(jacobian(|v| vec![v[0], 1.0 - v[1]], &x).1, [[1.0, 0.0], [0.0, -1.0]]);
    assert_eq!(jacobian(|[x, y]| vec![x, x * y], [3.0, 4.0]).1, [[1.0, 0.0], [4.0, 3.0]]);
    assert_eq!(partial(|v| 2.0 * v[1], &x, 1), (8.0, 2.0));
    assert_eq!(hvp(|v| v[0] * v[1], &x, &vec![1.0, 2.0]).2, [2.0, 1.0]);
    assert_eq!(directional_derivative(|v| v[0] * v[1], &x, &x), (12.0, 24.0));
    assert_eq!(jvp(|v| vec![2.0 * v[0]], &x, &x).1, [6.0]);
    assert_eq!(tangent(|t| vec![t, 2.0 * t], 1.0).1, [1.0, 2.0]);
    let (mut g, mut workspace) = ([0.0; 2], Workspace::<Dual>::new());
    assert_eq!(workspace.gradient(|v| 2.0 * v[0] * v[1], &x, &mut g), 24.0);
}

#[cfg(feature = "nalgebra")]
#[test]
fn vectors_and_matrices() {
    use nalgebra::{dvector, matrix, vector};

    let (f, g, h) = hessian(|v| (1.0 - v[0]).powi(2) + (2.0 * v[1]).sin(), &vector![3.0, 0.0]);
    assert_eq!((f, g, h), (4.0, vector![4.0, 2.0], matrix![2.0, 0.0; 0.0, 0.0]));
    assert_eq!(gradient(|v| v.dot(v), &vector![3.0, 4.0]).1, vector![6.0, 8.0]);
    assert_eq!(gradient(|v| v.norm(), &dvector![3.0, 4.0]).0, 5.0);
    assert_eq!(gradient(|v| v.norm(), &matrix![0.0, 3.0; 1.0, 4.0].column(1)).0, 5.0);
    assert_eq!(
        gradient(|m| m.determinant(), &matrix![1.0, 2.0; 3.0, 4.0]).1,
        matrix![4.0, -3.0; -2.0, 1.0]
    );
    assert_eq!(gradient(|m| m.trace() * 2.0, &matrix![1.0, 2.0; 3.0, 4.0]).0, 10.0);
    assert_eq!(jacobian(|v| vector![v[0] * v[1]], &vector![3.0, 4.0]).1, matrix![4.0, 3.0]);
    assert_eq!(jacobian(|v| [v[0] * v[1]], &vector![3.0, 4.0]).1, matrix![4.0, 3.0]);
    assert_eq!(jacobian(|v| v.map(|x| 2.0 * x), &vector![3.0, 4.0]).1, matrix![2.0, 0.0; 0.0, 2.0]);
    assert_eq!(jacobian(|[x, y]| vector![x * y], [3.0, 4.0]).1, matrix![4.0, 3.0]);
    assert_eq!(
        jacobian(|v| vec![v[0] * v[1]], &dvector![3.0, 4.0]).1,
        nalgebra::dmatrix![4.0, 3.0]
    );
    assert_eq!(
        hvp(|v| v.norm_squared(), &vector![3.0, 4.0], &vector![1.0, 0.0]).2,
        vector![2.0, 0.0]
    );
    assert_eq!(tangent(|t| vector![t, 2.0 * t], 1.0).1, vector![1.0, 2.0]);
    assert_eq!(tangent(|t| matrix![t, 2.0 * t; 1.0 - t, t], 1.0).1, matrix![1.0, 2.0; -1.0, 1.0]);
    assert_eq!(
        hessian(|v| v[0] * v[1], &dvector![3.0, 4.0]).2,
        nalgebra::dmatrix![0.0, 1.0; 1.0, 0.0]
    );
}

#[cfg(feature = "ndarray")]
#[test]
fn arrays_of_ndarray() {
    use ndarray::{array, s};

    assert_eq!(gradient(|x| 2.0 * x[0] * x[1], &array![3.0, 4.0]), (24.0, array![8.0, 6.0]));
    assert_eq!(gradient(|x| x.dot(x), &array![3.0, 4.0].view()).1, array![6.0, 8.0]);
    assert_eq!(gradient(|x| x.sum(), &array![3.0, 4.0, 5.0].slice(s![..;2])).1, array![1.0, 1.0]);
    assert_eq!(hessian(|x| 2.0 * x[0] * x[1], &array![3.0, 4.0]).2, array![[0.0, 2.0], [2.0, 0.0]]);
    assert_eq!(jacobian(|x| x * 2.0, &array![3.0, 4.0]).1, array![[2.0, 0.0], [0.0, 2.0]]);
    assert_eq!(jacobian(|x| [x[0] * x[1]], &array![3.0, 4.0]).1, array![[4.0, 3.0]]);
    assert_eq!(jvp(|x| x * x, &array![3.0, 4.0], &array![1.0, 0.0]).1, array![6.0, 0.0]);
    assert_eq!(tangent(|t| array![t, 2.0 * t], 1.0).1, array![1.0, 2.0]);
}

#[cfg(feature = "rayon")]
#[test]
fn several_threads() {
    let x = vec![3.0; 40];
    assert_eq!(par_gradient(|v| v.iter().map(|x| 0.5 * x * x).sum(), &x).1, x);
    assert_eq!(par_hessian(|v| v.iter().map(|x| 0.5 * x * x).sum(), &x).0, 180.0);
    assert_eq!(par_jacobian(|v| vec![2.0 * v[0], v[39]], &x).0, [6.0, 3.0]);
    assert_eq!(par_gradient(|[x, y]| 2.0 * x * y, [3.0, 4.0]), (24.0, [8.0, 6.0]));
}
