//! Structs of numbers as points.
#![cfg(feature = "derive")]

use gradual::{
    Point, Real, directional_derivative, function, gradient, hessian, hvp, jacobian, jvp, partial,
    try_gradient, vector_function,
};

#[derive(Point, Clone, Copy, Debug, PartialEq)]
struct Params<T> {
    a: T,
    b: [T; 3],
}

/// Written once, for any number.
fn loss<T: Real<Scalar = f64>>(p: &Params<T>) -> T {
    p.b.iter().map(|b| *b * p.a).sum::<T>() + p.a * p.a * 0.5
}

const AT: Params<f64> = Params { a: 1.0, b: [0.0, 2.0, 3.0] };

#[test]
fn gradients_are_structs() {
    let (value, g) = gradient(|p| loss(&p), AT);
    assert_eq!((value, g), (5.5, Params { a: 6.0, b: [1.0; 3] }));
    assert_eq!(g.b[1], 1.0);
    // by reference, and as a closure with literals on either side
    let (value, g) = gradient(|p| 2.0 * p.a * p.b[1] - 1.0, &AT);
    assert_eq!((value, g), (3.0, Params { a: 4.0, b: [0.0, 2.0, 0.0] }));
    assert_eq!(try_gradient(|_| Err(3), AT), Err(3));
    assert_eq!(partial(|p| p.a * p.b[2], AT, 3), (3.0, 1.0));
}

#[test]
fn hessians_stand_in_the_order_of_the_fields() {
    let (value, g, h) = hessian(|p| loss(&p), AT);
    assert_eq!((value, g), (5.5, Params { a: 6.0, b: [1.0; 3] }));
    assert_eq!(
        h,
        [[1.0, 1.0, 1.0, 1.0], [1.0, 0.0, 0.0, 0.0], [1.0, 0.0, 0.0, 0.0], [1.0, 0.0, 0.0, 0.0]]
    );
    let v = Params { a: 1.0, b: [0.0, 0.0, 2.0] };
    assert_eq!(hvp(|p| loss(&p), AT, v).2, Params { a: 3.0, b: [1.0; 3] });
    assert_eq!(directional_derivative(|p| loss(&p), AT, v), (5.5, 8.0));
}

#[test]
fn jacobians_have_a_row_for_each_output() {
    let (values, rows) = jacobian(|p| [p.a * p.b[0], p.b[2]], AT);
    assert_eq!(values, [0.0, 3.0]);
    assert_eq!(rows, [[0.0, 1.0, 0.0, 0.0], [0.0, 0.0, 0.0, 1.0]]);
    let (_, rows) = jacobian(|p| p.b.iter().map(|b| b * p.a).collect::<Vec<_>>(), &AT);
    assert_eq!(rows[2], [3.0, 0.0, 0.0, 1.0]);
    assert_eq!(jvp(|p| [p.a * p.b[1]], AT, AT), ([2.0], [4.0]));
}

/// Everything that a field may be.
#[derive(Point, Clone, Debug, PartialEq)]
struct Network<T, const HIDDEN: usize = 2>
where
    T: Copy,
{
    layers: Vec<Layer<T, HIDDEN>>,
    pairs: [[T; 2]; 2],
    offsets: Vec<T>,
    last: Wrapper<T>,
}

#[derive(Point, Clone, Debug, PartialEq)]
struct Layer<T, const N: usize> {
    weights: [T; N],
    bias: T,
}

#[derive(Point, Clone, Copy, Debug, PartialEq)]
struct Wrapper<T>(T, T);

fn network() -> Network<f64> {
    let layer = |k: f64| Layer { weights: [k, k + 1.0], bias: k + 2.0 };
    Network {
        layers: vec![layer(1.0), layer(4.0)],
        pairs: [[7.0, 8.0], [9.0, 10.0]],
        offsets: vec![11.0, 12.0, 13.0],
        last: Wrapper(14.0, 15.0),
    }
}

#[test]
fn nested_structs_and_vectors() {
    let n = network();
    assert_eq!(n.dimension(), 15);
    assert_eq!(
        (0..15).map(|i| n.coordinate(i) as usize).collect::<Vec<_>>(),
        Vec::from_iter(1..16)
    );
    // a sum of squares of everything: the gradient is twice the struct
    let (value, g) = gradient(
        |n| {
            let layers = n
                .layers
                .iter()
                .map(|l| l.bias * l.bias + l.weights[0].powi(2) + l.weights[1].powi(2));
            let pairs = n.pairs.as_flattened().iter().map(|x| x * x);
            let offsets = n.offsets.iter().map(|x| x * x);
            let last = [n.last.0 * n.last.0, n.last.1 * n.last.1];
            layers.chain(pairs).chain(offsets).chain(last).sum()
        },
        &n,
    );
    assert_eq!(value, 1240.0);
    assert_eq!(g.layers[1].weights, [8.0, 10.0]);
    assert_eq!(g.pairs, [[14.0, 16.0], [18.0, 20.0]]);
    assert_eq!(g.offsets, [22.0, 24.0, 26.0]);
    assert_eq!((g.layers[0].bias, g.last), (6.0, Wrapper(28.0, 30.0)));
    let (_, _, h) = hessian(|n| n.last.0 * n.layers[0].weights[1], n);
    assert_eq!((h[1][13], h[13][1]), (1.0, 1.0));
    assert_eq!(h.iter().flatten().sum::<f64>(), 2.0);
}

/// More coordinates than one evaluation takes.
#[test]
fn long_structs() {
    let layers = (0..40).map(|_| Layer { weights: [2.0; 3], bias: 3.0 }).collect();
    #[derive(Point)]
    struct Many<T> {
        layers: Vec<Layer<T, 3>>,
    }
    let (value, g) =
        gradient(|m| m.layers.iter().map(|l| l.weights[1] * l.bias).sum(), Many { layers });
    assert_eq!(value, 240.0);
    for layer in g.layers {
        assert_eq!(layer, Layer { weights: [0.0, 3.0, 0.0], bias: 2.0 });
    }
}

#[test]
#[cfg(feature = "nalgebra")]
fn nalgebra_fields() {
    use nalgebra::{DMatrix, DVector, SMatrix, SVector, dmatrix, dvector, matrix, vector};
    #[derive(Point, Clone, Debug, PartialEq)]
    struct State<T: gradual::Real> {
        position: SVector<T, 2>,
        inertia: SMatrix<T, 2, 2>,
        modes: DVector<T>,
        coupling: DMatrix<T>,
    }
    let state = State {
        position: vector![1.0, 2.0],
        inertia: matrix![3.0, 5.0; 4.0, 6.0],
        modes: dvector![7.0, 8.0, 9.0],
        coupling: dmatrix![10.0, 11.0],
    };
    let (value, g) = gradient(
        |s| s.position.dot(&(s.inertia * s.position)) + s.modes.norm_squared() + s.coupling[(0, 1)],
        &state,
    );
    assert_eq!(value, 45.0 + 194.0 + 11.0);
    assert_eq!(g.position, vector![24.0, 33.0]);
    assert_eq!(g.inertia, matrix![1.0, 2.0; 2.0, 4.0]);
    assert_eq!(g.modes, dvector![14.0, 16.0, 18.0]);
    assert_eq!(g.coupling, dmatrix![0.0, 1.0]);
}

/// Jets for numbers: the calls nest.
#[test]
fn nested_calls() {
    let (_, second) = gradient(
        |p| gradient(|q| q.a * q.a * q.b[0], Params { a: p.a, b: p.b }).1.a,
        Params { a: 3.0, b: [2.0, 0.0, 0.0] },
    );
    assert_eq!(second, Params { a: 4.0, b: [6.0, 0.0, 0.0] });
}

/// A function object takes the coordinates in the order of the fields.
#[test]
fn function_objects() {
    let f = function!(|[a, b, c, d]| a * b + c * d);
    assert_eq!(f.gradient(AT), (6.0, Params { a: 0.0, b: [1.0, 3.0, 2.0] }));
    assert_eq!(f.gradient(&AT).0, f.value(AT));
    let g = vector_function!(|x| vec![x[0] * x[3]]);
    assert_eq!(g.jacobian(AT).1, [[3.0, 0.0, 0.0, 1.0]]);
}
