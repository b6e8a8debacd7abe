//! Every kind of point gives the same derivatives, in its own containers.
#![cfg(feature = "nalgebra")]

use std::cell::Cell;

use gradual::*;
use nalgebra::{DMatrix, DVector, Dyn, Matrix2x3, OMatrix, SVector, U2, vector};

/// Every coordinate meets every other one, with rounding everywhere.
pub(crate) fn f<T: Real<Scalar = f64>>(x: &[T]) -> T {
    let mut sum = T::lift(0.1);
    for (i, &a) in x.iter().enumerate() {
        sum += (a * sum).sin() * (i as f64 + 0.7) / (a * a + 1.3);
    }
    sum.exp()
}

/// Three outputs.
fn g<T: Real<Scalar = f64>>(x: &[T]) -> [T; 3] {
    [f(x), x[0] * x[x.len() - 1], x.iter().map(|x| x.sin()).sum()]
}

fn point<const N: usize>() -> [f64; N] {
    std::array::from_fn(|i| (1.7 * i as f64).cos())
}

fn close(a: &[f64], b: &[f64]) -> bool {
    let size = b.iter().fold(1.0_f64, |size, b| size.max(b.abs()));
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| (a - b).abs() <= 1e-14 * size)
}

/// A stack frame of its own.
fn apart(part: impl FnOnce()) {
    part();
}

/// All calls at all kinds of points of one size, against the array's; chunks and blocks round otherwise.
macro_rules! all_kinds_agree {
    ($n:literal) => {{
        const N: usize = $n;
        let x = point::<N>();
        let v: [f64; N] = std::array::from_fn(|i| 1.0 - i as f64 / 4.0);
        let (value, first, second) = hessian(|x| f(&x), x);
        let (outputs, rows) = jacobian(|x| g(&x), x);
        let (_, _, product) = hvp(|x| f(&x), x, v);
        assert_eq!(value.to_bits(), f(&x).to_bits());
        assert_eq!(outputs, g(&x));
        assert!(close(&gradient(|x| f(&x), x).1, &first) && close(&rows[0], &first));
        let hv = second.map(|row| row.iter().zip(&v).map(|(h, v)| h * v).sum::<f64>());
        assert!(close(&product, &hv));
        let slope: f64 = first.iter().zip(&v).map(|(g, v)| g * v).sum();
        let curvature: f64 = hv.iter().zip(&v).map(|(h, v)| h * v).sum();
        let along = second_directional_derivative(|x| f(&x), x, v);
        assert_eq!((along.0, along.1), directional_derivative(|x| f(&x), x, v));
        assert!(close(&[along.1, along.2], &[slope, curvature]));

        // slices and Vecs
        let (slice, vec) = (&x[..], &x.to_vec());
        for result in [hessian(f, slice), hessian(f, vec)] {
            assert_eq!(result.0, value);
            assert!(close(&result.1, &first));
            assert!(close(&result.2.concat(), second.as_flattened()));
        }
        for (i, slope) in first.iter().enumerate() {
            assert!(close(&[partial(f, slice, i).1, partial(f, vec, i).1], &[*slope; 2]));
        }
        assert!(close(&gradient(f, slice).1, &first) && close(&gradient(f, vec).1, &first));
        assert!(close(&hvp(f, slice, vec).1, &first) && close(&hvp(f, slice, &v[..]).2, &product));
        let expected = second_directional_derivative(|x| f(&x), x, v);
        assert_eq!(second_directional_derivative(f, vec, &v[..]), expected);

        // nalgebra's vectors: static, dynamic, a column and a strided row of a matrix
        let fixed = SVector::from(x);
        let result = hessian(|x| f(x.as_slice()), &fixed);
        assert_eq!((result.0, result.1), (value, SVector::from(first)));
        assert_eq!(result.2.as_slice(), second.as_flattened());
        let matrix = DMatrix::from_fn(N, 3, |i, j| if j == 1 { x[i] } else { f64::NAN });
        let wide = matrix.transpose();
        let dynamic = DVector::from_column_slice(&x);
        let column = hessian(|x| f(x.as_slice()), &matrix.column(1));
        assert_eq!(column, hessian(|x| f(x.as_slice()), &dynamic));
        assert!(close(column.1.as_slice(), &first));
        assert!(close(column.2.as_slice(), second.as_flattened()));
        assert_eq!(gradient(|x| f(x.as_slice()), &dynamic).1.as_slice(), gradient(f, vec).1);
        let row = gradient(|x| f(x.as_slice()), &wide.row(1));
        assert_eq!(row.1, gradient(|x| f(x.as_slice()), &dynamic).1.transpose());
    }};
}

#[test]
fn of_every_size_around_the_chunks_and_blocks() {
    apart(|| all_kinds_agree!(1));
    apart(|| all_kinds_agree!(3));
    apart(|| all_kinds_agree!(4));
    apart(|| all_kinds_agree!(5));
    apart(|| all_kinds_agree!(16));
    apart(|| all_kinds_agree!(24));
    apart(|| all_kinds_agree!(32));
}

/// Every pair of the table of outputs, over several chunks where the point is dynamic.
#[test]
fn every_pair_of_points_and_outputs() {
    fn pairs<const N: usize>() {
        let x = point::<N>();
        let (values, rows) = jacobian(|x| g(&x), x);
        let rows: [Vec<f64>; 3] = rows.map(|row| row.to_vec());
        let columns = DMatrix::from_fn(3, N, |i, j| rows[i][j]);
        let (vec, slice, dynamic) = (&x.to_vec(), &x[..], &DVector::from_column_slice(&x));
        let fixed = &SVector::from(x);
        let agree = |a: &[f64], b: &[f64]| assert!(close(a, b), "N = {N}: {a:?} and {b:?}");
        macro_rules! check {
            (rows: $($call:expr;)*) => {$(
                let (y, j) = $call;
                assert_eq!(y[..], values);
                j.iter().zip(&rows).for_each(|(row, expected)| agree(row, expected));
            )*};
            (matrices: $($call:expr;)*) => {$(
                let (y, j) = $call;
                assert_eq!(y.as_slice(), values);
                assert_eq!(j.shape(), (3, N));
                agree(j.as_slice(), columns.as_slice());
            )*};
        }
        check! { rows:
            jacobian(|x| g(&x).to_vec(), x);
            jacobian(g, slice);
            jacobian(g, vec);
            jacobian(|x| g(x).to_vec(), slice);
            jacobian(|x| g(x).to_vec(), vec);
        }
        check! { matrices:
            jacobian(|x| SVector::from(g(&x)), x);
            jacobian(|x| SVector::from(g(x)), slice);
            jacobian(|x| DVector::from_row_slice(&g(x)), vec);
            jacobian(|x| g(x.as_slice()), fixed);
            jacobian(|x| g(x.as_slice()).to_vec(), fixed);
            jacobian(|x| SVector::from(g(x.as_slice())), fixed);
            jacobian(|x| g(x.as_slice()), dynamic);
            jacobian(|x| g(x.as_slice()).to_vec(), dynamic);
            jacobian(|x| SVector::from(g(x.as_slice())), dynamic);
            jacobian(|x| DVector::from_row_slice(&g(x.as_slice())), dynamic);
        }
        let tangent = jvp(|x| g(&x), x, x).1;
        let product = columns * SVector::from(x);
        agree(&tangent, product.as_slice());
        assert_eq!(jvp(|x| g(x).to_vec(), vec, slice).1, tangent);
        assert_eq!(jvp(|x| g(x.as_slice()), dynamic, dynamic).1.as_slice(), tangent);
    }
    pairs::<2>();
    pairs::<16>();
    pairs::<17>();
    pairs::<40>();
}

/// A matrix is done column by column, and its gradient has its shape.
#[test]
fn matrices() {
    let m = Matrix2x3::new(1.0, 2.0, 3.0, 4.0, 5.0, 6.0);
    let (value, g) = gradient(|m| m.transpose().tr_mul(&m.transpose()).trace(), &m);
    assert_eq!((value, g), (m.norm_squared(), m * 2.0));
    let dynamic = DMatrix::from_fn(7, 5, |i, j| (i * 5 + j) as f64);
    let (_, g) = gradient(|m| m.norm_squared() * 0.5, &dynamic);
    assert_eq!(g, dynamic);
    let (_, _, hv) = hvp(|m| m.norm_squared(), &dynamic, &dynamic);
    assert_eq!(hv, &dynamic * 2.0);
    let long = OMatrix::<f64, U2, Dyn>::from_fn(25, |i, j| (i + 2 * j) as f64);
    let (_, g) = gradient(|m| m[(1, 24)] * m[(0, 0)] + m[(0, 3)] * 2.0, &long);
    assert_eq!((g[(0, 0)], g[(0, 3)], g[(1, 24)], g.sum()), (49.0, 2.0, 0.0, 51.0));
    assert_eq!(partial(|m| m.sum(), &m.view((0, 1), (2, 2)), 3), (16.0, 1.0));
    // as a curve: the velocity of a rotation
    let (_, velocity) = tangent(|t| nalgebra::Rotation2::new(t).into_inner(), 0.0);
    assert_eq!(velocity, nalgebra::matrix![0.0, -1.0; 1.0, 0.0]);
}

fn ignore<R>(_: R) {}

/// The panic names the place of the call.
#[test]
fn panics_point_at_the_caller() {
    fn line_of(call: impl FnOnce() + std::panic::UnwindSafe) -> u32 {
        // Of this thread: other tests of the program panic meanwhile.
        thread_local!(static LINE: Cell<u32> = const { Cell::new(0) });
        std::panic::set_hook(Box::new(|panic| {
            let place = panic.location().filter(|place| place.file() == file!());
            LINE.set(place.map_or(0, |place| place.line()));
        }));
        assert!(std::panic::catch_unwind(call).is_err());
        drop(std::panic::take_hook());
        LINE.get()
    }
    let mut calls = 0;
    let changing = move |x: &[Dual<f64, 16>]| {
        calls += 1;
        vec![x[0]; calls]
    };
    let start = line!();
    let lines = [
        line_of(|| ignore(jacobian(changing, &vec![1.0; 40]))),
        line_of(|| ignore(partial(|[x, y]| x * y, [1.0, 2.0], 2))),
        line_of(|| ignore(directional_derivative(|x| x[0], &vec![1.0], &vec![1.0, 2.0]))),
        line_of(|| ignore(hvp(|x| x[0], &vec![1.0], &vec![1.0, 2.0]))),
        line_of(|| ignore(jvp(|x| [x[0]], &vec![1.0], &vec![1.0, 2.0]))),
        line_of(|| ignore(Workspace::<Dual<f64, 0>>::new().gradient(|x| x[0], &[1.0], &mut [0.0]))),
    ];
    assert_eq!(lines, [2, 3, 4, 5, 6, 7].map(|line| start + line));
}

#[test]
fn outputs_that_change_in_number() {
    let mut calls = 0;
    let result = try_jacobian(
        |x| {
            calls += 1;
            if calls < 3 { Ok(vec![x[0]; calls]) } else { Err("never reached") }
        },
        &vec![1.0; 40],
    );
    let Err(JacobianError::OutputsChanged(error)) = result else { panic!("{result:?}") };
    assert_eq!((error.expected, error.got), (1, 2));
    let boxed: Box<dyn std::error::Error> = error.into();
    assert!(boxed.to_string().contains("2 outputs"));
    let _: JacobianError<&str> = JacobianError::Function("its own");
}

/// The calls nest: coordinates may be jets.
#[test]
fn jets_as_coordinates() {
    let x = vector![0.3, 0.7].map(|x| Dual::<f64>::variable(x, 0));
    let (_, g, h) = hessian(|x| x[0] * x[0] * x[1], &x);
    assert_eq!(g[0].partial(0), 2.0 * (0.3 + 0.7));
    assert_eq!((h[(0, 1)].value, h[(0, 1)].partial(0)), (0.6, 2.0));
}

/// A container of one's own: a static point that is done in chunks, as those of any length are.
struct Pentagon([f64; 5]);

impl Point for Pentagon {
    type Scalar = f64;
    type Of<J: Real> = [J; 5];
    type Argument<'a, J: Real> = &'a [J; 5];
    type Numbers = gradual::points::Chunks;
    type Gradient = Pentagon;

    fn dimension(&self) -> usize {
        5
    }

    fn coordinate(&self, i: usize) -> f64 {
        self.0[i]
    }

    fn seeded<J: Real>(&self, mut seed: impl FnMut(usize, f64) -> J) -> [J; 5] {
        std::array::from_fn(|i| seed(i, self.0[i]))
    }

    fn argument<J: Real>(seeded: &[J; 5]) -> &[J; 5] {
        seeded
    }

    fn coordinates<J: Real>(seeded: &mut [J; 5]) -> &mut [J] {
        seeded
    }

    fn gradient(components: [f64; 5]) -> Pentagon {
        Pentagon(components)
    }
}

impl HessianPoint for Pentagon {
    type Hessian = [[f64; 5]; 5];

    fn zero_hessian(&self) -> [[f64; 5]; 5] {
        [[0.0; 5]; 5]
    }

    fn entry(hessian: &mut [[f64; 5]; 5], i: usize, j: usize) -> &mut f64 {
        &mut hessian[i][j]
    }
}

#[test]
fn a_point_of_ones_own() {
    let x = point::<5>();
    let (value, g, h) = hessian(|x| f(&x), x);
    let mut calls = 0;
    let counted = |x: &[BlockDual<f64, 4, 4>; 5]| {
        calls += 1;
        f(x)
    };
    let own = hessian(counted, Pentagon(x));
    assert_eq!((own.0, own.1.0), (value, g));
    assert!(close(own.2.as_flattened(), h.as_flattened()));
    // of the four blocks of 4 × 4 the one below the diagonal is left out
    assert_eq!(calls, 3);
    assert_eq!(gradient(|x| f(x), Pentagon(x)).1.0, g);
    assert!(close(&hvp(|x| f(x), Pentagon(x), Pentagon(x)).2.0, &hvp(|x| f(&x), x, x).2));
    assert_eq!(gradient(|x| f(x), Pentagon(x)).0, value);
}
