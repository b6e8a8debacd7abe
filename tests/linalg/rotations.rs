//! Rotations, rigid motions and vectors against multiprecision references (tests/data/rotations.txt): values,
//! first and second derivatives from the zero angle to next to the half turn, in every kind.

use gradual::linalg::{self, LinalgError};
use gradual::{BlockDual, Dual, HyperDual, Real};
use nalgebra::{DVector, Vector3, Vector4, Vector6, vector};
use nalgebra::{Isometry3, Matrix3, Quaternion, Rotation3, Translation3, Unit, UnitQuaternion};

/// One function at one point, with its references output by output.
struct Row {
    function: &'static str,
    inputs: Vec<f64>,
    outputs: Vec<Output>,
}

struct Output {
    value: f64,
    first: Vec<f64>,
    /// The upper triangle, row by row.
    second: Vec<f64>,
}

fn rows() -> Vec<Row> {
    let numbers = |cell: &str| -> Vec<f64> {
        cell.split_whitespace().map(|number| number.parse().unwrap()).collect()
    };
    include_str!("../data/rotations.txt")
        .lines()
        .map(|line| {
            let cells: Vec<&str> = line.split(" | ").collect();
            let inputs = numbers(cells[1]);
            let n = inputs.len();
            let (width, all) = (1 + n + n * (n + 1) / 2, numbers(cells[2]));
            let outputs = all.chunks_exact(width).map(|part| Output {
                value: part[0],
                first: part[1..=n].to_vec(),
                second: part[n + 1..].to_vec(),
            });
            Row { function: cells[0], inputs, outputs: outputs.collect() }
        })
        .collect()
}

fn unit<T: Real>(w: T, x: T, y: T, z: T) -> UnitQuaternion<T> {
    Unit::new_unchecked(Quaternion::from(Vector4::new(x, y, z, w)))
}

/// The matrix of a quaternion that need not have unit length.
fn matrix<T: Real>(q: &[T]) -> Rotation3<T> {
    let (w, x, y, z) = (q[0], q[1], q[2], q[3]);
    let square = w * w + x * x + y * y + z * z;
    let two = T::literal(2.0);
    let one = T::one();
    let m = Matrix3::new(
        one - two * (y * y + z * z) / square,
        two * (x * y - w * z) / square,
        two * (x * z + w * y) / square,
        two * (x * y + w * z) / square,
        one - two * (x * x + z * z) / square,
        two * (y * z - w * x) / square,
        two * (x * z - w * y) / square,
        two * (y * z + w * x) / square,
        one - two * (x * x + y * y) / square,
    );
    Rotation3::from_matrix_unchecked(m)
}

/// The functions of the reference, and those that have to agree with them.
fn evaluate<T: Real>(function: &str, x: &[T]) -> Vec<T> {
    let vector = |i: usize| Vector3::new(x[i], x[i + 1], x[i + 2]);
    match function {
        "rotation" => linalg::rotation(&vector(0)).matrix().transpose().iter().copied().collect(),
        "quaternion" => {
            let q = linalg::quaternion(&vector(0));
            let c = q.coords;
            vec![c[3], c[0], c[1], c[2]]
        }
        "rotation_vector" => {
            let v = linalg::quaternion_vector(&unit(x[0], x[1], x[2], x[3]));
            v.iter().copied().collect()
        }
        "rotation_vector of a matrix" => {
            linalg::rotation_vector(&matrix(x)).iter().copied().collect()
        }
        "isometry" => {
            let twist = Vector6::from_fn(|i, _| x[i]);
            linalg::isometry(&twist).translation.vector.iter().copied().collect()
        }
        "twist" => {
            let motion = Isometry3 {
                translation: Translation3 { vector: vector(0) },
                rotation: unit(x[3], x[4], x[5], x[6]),
            };
            linalg::twist(&motion).iter().take(3).copied().collect()
        }
        "norm" => vec![linalg::norm(&vector(0))],
        "normalize" => linalg::normalize(&vector(0)).iter().copied().collect(),
        "angle_between" => vec![linalg::angle_between(&vector(0), &vector(3))],
        _ => unreachable!("{function}"),
    }
}

/// The largest error of a function's values and derivatives, relative to each entry, beyond `floor` of the
/// largest entry of its order.
fn check(function: &str, row: &Row, limit: f64, floor: f64) {
    let n = row.inputs.len();
    let computed = jets(function, &row.inputs);
    assert_eq!(computed.len(), row.outputs.len());
    let largest = |part: &dyn Fn(&Output) -> Vec<f64>| {
        row.outputs.iter().flat_map(part).fold(0.0_f64, |m, x| m.max(x.abs()))
    };
    let sizes = [
        largest(&|o| vec![o.value]),
        largest(&|o| o.first.clone()),
        largest(&|o| o.second.clone()),
    ];
    for (k, (got, want)) in computed.iter().zip(&row.outputs).enumerate() {
        let agree = |order: usize, got: f64, want: f64| {
            // References below the normal numbers are written as zeros.
            let allowed = limit * want.abs() + floor * sizes[order] + 1e-305;
            assert!(
                (got - want).abs() <= allowed,
                "{function}{:?}, output {k}, order {order}: {got:e} for {want:e}",
                row.inputs
            );
        };
        agree(0, got.0, want.value);
        for i in 0..n {
            agree(1, got.1[i], want.first[i]);
        }
        let mut second = want.second.iter();
        for i in 0..n {
            for j in i..n {
                agree(2, got.2[i][j], *second.next().unwrap());
            }
        }
    }
}

type Derivatives = (f64, Vec<f64>, Vec<Vec<f64>>);

/// Value, gradient and Hessian of every output, by hyper-dual numbers.
fn jets(function: &str, x: &[f64]) -> Vec<Derivatives> {
    type H = HyperDual<f64, 7>;
    let n = x.len();
    let x: Vec<H> = x.iter().enumerate().map(|(i, x)| H::variable(*x, i)).collect();
    let outputs = evaluate(function, &x).into_iter();
    outputs
        .map(|y| {
            let second = (0..n).map(|i| (0..n).map(|j| y.second_partial(i, j)).collect()).collect();
            (y.value, y.gradient()[..n].to_vec(), second)
        })
        .collect()
}

/// Each derivative to 1e-14 of itself, or to 1e-15 of the largest one of its order, as next to zeros.
#[test]
fn rotations_and_motions_match_the_references() {
    for row in rows() {
        check(row.function, &row, 1e-14, 1e-15);
        if row.function == "rotation_vector" {
            check("rotation_vector of a matrix", &row, 1e-14, 1e-15);
        }
    }
}

/// At tiny angles nothing is lost to larger neighbours: every entry to 1e-14 of itself.
#[test]
fn tiny_angles_keep_every_digit() {
    let tiny = |row: &&Row| {
        let rotation = matches!(row.function, "rotation" | "quaternion");
        rotation && row.inputs.iter().all(|x| x.abs() < 1e-7)
    };
    let rows = rows();
    assert_eq!(rows.iter().filter(tiny).count(), 30);
    rows.iter().filter(tiny).for_each(|row| check(row.function, row, 1e-14, 0.0));
}

/// Dual, BlockDual and nested numbers agree with HyperDual.
#[test]
fn all_kinds_agree() {
    for row in rows().iter().filter(|row| row.function != "angle_between") {
        let hyper = jets(row.function, &row.inputs);
        let n = row.inputs.len();
        type D = Dual<f64, 7>;
        let x: Vec<D> = row.inputs.iter().enumerate().map(|(i, x)| D::variable(*x, i)).collect();
        let dual = evaluate(row.function, &x);
        let plain = evaluate(row.function, &row.inputs);
        for ((dual, hyper), plain) in dual.iter().zip(&hyper).zip(&plain) {
            assert!(dual.value == *plain && hyper.0 == *plain, "{}{:?}", row.function, row.inputs);
            let largest = hyper.1.iter().fold(0.0_f64, |m, x| m.max(x.abs()));
            for i in 0..n {
                assert!((dual.partial(i) - hyper.1[i]).abs() <= 1e-15 * largest + 1e-300);
            }
        }
        // One mixed derivative, by rows and columns and by nesting.
        for (i, j) in [(0, 1), (1, 1), (n - 1, 0)] {
            type B = BlockDual<f64, 1, 1>;
            let seed = |k: usize, x: f64| {
                let [r, c] = [i, j].map(|v| f64::from(u8::from(v == k)));
                let derivatives = gradual::derivatives::BlockPartials::new([r], [c], [[0.0]]);
                B { value: x, derivatives }
            };
            let block: Vec<B> = row.inputs.iter().enumerate().map(|(k, x)| seed(k, *x)).collect();
            let nested: Vec<Dual<Dual>> = row
                .inputs
                .iter()
                .enumerate()
                .map(|(k, x)| {
                    let [r, c] = [i, j].map(|v| f64::from(u8::from(v == k)));
                    Dual::new(Dual::new(*x, [c]), [Dual::new(r, [0.0])])
                })
                .collect();
            let (block, nested) = (evaluate(row.function, &block), evaluate(row.function, &nested));
            let size = hyper.iter().flat_map(|h| h.2.iter().flatten());
            let size = size.fold(0.0_f64, |m, x| m.max(x.abs()));
            for ((b, n), h) in block.iter().zip(&nested).zip(&hyper) {
                let want = h.2[i][j];
                for got in [b.derivatives.mixed()[0][0], n.partial(0).partial(0)] {
                    assert!((got - want).abs() <= 2e-15 * size + 1e-300, "{}", row.function);
                }
            }
        }
    }
}

type Third = Dual<Dual<Dual>>;

fn third(x: f64) -> Third {
    let one = Dual::<Dual>::constant(Dual::constant(1.0));
    Third::new(Dual::new(Dual::new(x, [1.0]), [Dual::constant(1.0)]), [one])
}

/// Third derivatives, of a turn about a fixed axis: cos, sin and what they undo.
#[test]
fn third_derivatives_are_those_of_sine_and_cosine() {
    for angle in [0.0, 1e-300, 1e-5, 0.3, 1.0, 2.5, 3.1] {
        let t = third(angle);
        let zero = Third::constant(Dual::constant(Dual::constant(0.0)));
        let axis = Vector3::new(t * 0.6, zero, t * 0.8);
        let r = linalg::rotation(&axis);
        let close = |got: Third, want: f64| {
            let got = got.partial(0).partial(0).partial(0);
            assert!((got - want).abs() <= 1e-14, "{got} for {want} at {angle}");
        };
        close(r[(1, 1)], angle.sin());
        close(r[(1, 0)], -angle.cos() * 0.8);
        close(linalg::quaternion(&axis).coords[3], (angle / 2.0).sin() / 8.0);
        for back in
            [linalg::rotation_vector(&r), linalg::quaternion_vector(&linalg::quaternion(&axis))]
        {
            close(back[0], 0.0);
            close(linalg::norm(&(back + Vector3::new(zero, zero + 1.0, zero))), norm_third(angle));
        }
    }
}

/// The third derivative of √(1 + t²).
fn norm_third(t: f64) -> f64 {
    -3.0 * t * (1.0 + t * t).powf(-2.5)
}

fn close(a: f64, b: f64) {
    assert!((a - b).abs() <= 1e-14 * a.abs().max(b.abs()).max(1.0), "{a} and {b}");
}

/// The values are nalgebra's, up to rounding.
#[test]
fn plain_floats_match_nalgebra() {
    for v in [vector![0.3, -0.2, 0.9], vector![2.0, 1.0, -2.0], vector![0.0, 0.0, 0.0]] {
        let (r, q) = (Rotation3::new(v), UnitQuaternion::from_scaled_axis(v));
        assert!((linalg::rotation(&v).matrix() - r.matrix()).amax() < 1e-15);
        assert!((linalg::quaternion(&v).coords - q.coords).amax() < 1e-15);
        assert!((linalg::rotation_vector(&r) - r.scaled_axis()).amax() < 1e-14);
        assert!((linalg::quaternion_vector(&q) - q.scaled_axis()).amax() < 1e-14);
        // -q is the same rotation, and more than a half turn is less than one the other way
        let opposite = Unit::new_unchecked(-q.into_inner());
        assert!((linalg::quaternion_vector(&opposite) - q.scaled_axis()).amax() < 1e-14);
        let w = vector![1.0, -1.0, 0.4];
        let end = UnitQuaternion::from_scaled_axis(w);
        let between = linalg::slerp(&q, &end, 0.3);
        assert!((between.coords - q.slerp(&end, 0.3).coords).amax() < 1e-14);
        if v.norm() > 0.0 {
            let turn = linalg::rotation_between(&v, &w).unwrap();
            let expected = Rotation3::rotation_between(&v, &w).unwrap();
            assert!((turn.matrix() - expected.matrix()).amax() < 1e-14);
            let turn = linalg::quaternion_between(&v, &w).unwrap();
            assert!((turn.to_rotation_matrix().matrix() - expected.matrix()).amax() < 1e-14);
        }
        assert_eq!(linalg::norm(&v), v.norm());
        close(linalg::angle_between(&v, &w), v.angle(&w));
    }
}

/// R(v) turned back is v, to all orders: the derivative of the identity.
#[test]
fn logarithms_undo_exponentials() {
    type H = HyperDual<f64, 6>;
    for v in [[0.0; 3], [1e-9, 0.0, 0.0], [0.4, -0.1, 0.2], [-1.0, 2.0, 2.0], [1.8, 1.8, -1.8]] {
        let point = [0.5, -1.0, 2.0, v[0], v[1], v[2]];
        let twist = Vector6::from(H::variables(&point));
        let back = linalg::twist(&linalg::isometry(&twist));
        let turn = Vector3::new(twist[3], twist[4], twist[5]);
        let turned = linalg::rotation_vector(&linalg::rotation(&turn));
        for i in 0..6 {
            let identity = |got: H| {
                close(got.value, point[i]);
                for j in 0..6 {
                    close(got.partial(j), f64::from(u8::from(i == j)));
                    (0..6).for_each(|k| assert!(got.second_partial(j, k).abs() < 2e-14));
                }
            };
            identity(back[i]);
            if i >= 3 {
                identity(turned[i - 3]);
            }
        }
    }
}

/// slerp from q to q exp(v) is q exp(t v), smooth also where v = 0.
#[test]
fn slerp_is_smooth_where_its_ends_meet() {
    type H = HyperDual<f64, 4>;
    let start = UnitQuaternion::from_scaled_axis(vector![0.2, 0.5, -0.7]);
    for v in [[0.0; 3], [1e-200, 0.0, 0.0], [0.3, -0.4, 0.5], [-1.5, 1.0, 1.0]] {
        let [x, y, z, t] = H::variables(&[v[0], v[1], v[2], 0.25]);
        let v = Vector3::new(x, y, z);
        let lifted = start.map_lift();
        let end = lifted * linalg::quaternion(&v);
        let got = linalg::slerp(&lifted, &end, t);
        let want = lifted * linalg::quaternion(&(v * t));
        for (got, want) in got.coords.iter().zip(&want.coords) {
            close(got.value, want.value);
            for i in 0..4 {
                close(got.partial(i), want.partial(i));
                (0..4).for_each(|j| close(got.second_partial(i, j), want.second_partial(i, j)));
            }
        }
    }
}

trait MapLift<T> {
    fn map_lift(&self) -> UnitQuaternion<T>;
}

impl<T: Real<Scalar = f64>> MapLift<T> for UnitQuaternion<f64> {
    fn map_lift(&self) -> UnitQuaternion<T> {
        Unit::new_unchecked(Quaternion::from(self.coords.map(T::lift)))
    }
}

/// The rotation from z to a direction next to z, to -z and at right angles.
#[test]
fn rotation_between_directions() {
    type H = HyperDual<f64, 2>;
    let z = Vector3::z().map(H::constant);
    // to (x, y, √(1 - x² - y²)): I + [k]× + k kᵀ/(1 + c) with k = (-y, x, 0)
    for (point, sign) in
        [([0.0, 0.0], 1.0), ([1e-12, 0.0], 1.0), ([0.5, 0.3], 1.0), ([0.5, 0.3], -1.0)]
    {
        let [x, y] = H::variables(&point);
        let c = (-(x * x) - y * y + 1.0).sqrt() * sign;
        let r = linalg::rotation_between(&z, &Vector3::new(x, y, c)).unwrap();
        let q = linalg::quaternion_between(&z, &Vector3::new(x * 3.0, y * 3.0, c * 3.0)).unwrap();
        let scale = (c + 1.0).recip();
        for m in [r, linalg::rotation(&linalg::quaternion_vector(&q))] {
            let expected = [
                ((0, 0), -(x * x * scale) + 1.0),
                ((0, 1), -(x * y * scale)),
                ((0, 2), x),
                ((2, 1), -y),
                ((2, 2), c),
            ];
            for ((i, j), want) in expected {
                let got = m[(i, j)];
                close(got.value, want.value);
                for k in 0..2 {
                    let near = |a: f64, b: f64| {
                        assert!((a - b).abs() < 1e-13 * (1.0 + b.abs()), "{a} {b}")
                    };
                    near(got.partial(k), want.partial(k));
                    (0..2).for_each(|l| near(got.second_partial(k, l), want.second_partial(k, l)));
                }
            }
        }
    }
    let plain = Vector3::new(1.0, 2.0, 3.0);
    for opposite in [-plain, -plain * 3.0, Vector3::zeros()] {
        assert_eq!(linalg::rotation_between(&plain, &opposite), Err(LinalgError::Opposite));
        assert_eq!(linalg::quaternion_between(&opposite, &plain), Err(LinalgError::Opposite));
    }
    let bad = Vector3::new(1.0, f64::NAN, 0.0);
    assert_eq!(linalg::rotation_between(&plain, &bad), Err(LinalgError::NotFinite));
}

/// Norms at zero, at the ends of the range and of long vectors.
#[test]
fn norms_at_the_ends_of_the_range() {
    type H = HyperDual<f64, 2>;
    let zero = linalg::norm(&nalgebra::Vector2::from(H::variables(&[0.0, 0.0])));
    assert_eq!((zero.value, zero.gradient()), (0.0, [0.0, 0.0]));
    assert!(zero.second_partial(0, 0).is_nan());
    let constant = linalg::norm(&Vector3::zeros().map(H::constant));
    assert!(constant.all_zero());
    for scale in [1e-300, 1e-160, 1e160, 1e300] {
        let v = nalgebra::Vector2::from(H::variables(&[3.0 * scale, 4.0 * scale]));
        let norm = linalg::norm(&v);
        assert!((norm.value / scale - 5.0).abs() < 1e-15);
        close(norm.partial(0), 0.6);
        close(norm.second_partial(0, 0) * scale, 0.128);
        let unit = linalg::normalize(&v);
        close(unit[0].value, 0.6);
        close(unit[0].partial(1) * scale, -0.096);
    }
    assert!(linalg::normalize(&Vector3::zeros().map(H::constant)).iter().all(|x| x.value.is_nan()));
    // in 40 dimensions, against Pythagoras in jets
    let v = DVector::from_fn(40, |i, _| {
        H::variable((i as f64 * 0.7).sin(), 0) * 2.0 + H::variable((i as f64).cos(), 1)
    });
    let direct = v.iter().map(|x| *x * *x).sum::<H>().sqrt();
    let norm = linalg::norm(&v);
    close(norm.value, direct.value);
    close(norm.partial(0), direct.partial(0));
    close(norm.second_partial(0, 1), direct.second_partial(0, 1));
}

/// The angle has its conventions at 0 and π, and any dimension.
#[test]
fn angles_at_their_ends() {
    type D = Dual<f64, 3>;
    let a = Vector3::from(D::variables(&[1.0, 2.0, 3.0]));
    let c = |v: Vector3<D>| v.map(|x| D::constant(x.value));
    let same = linalg::angle_between(&a, &c(a));
    assert_eq!((same.value, same.gradient()), (0.0, [0.0; 3]));
    let opposite = linalg::angle_between(&a, &-c(a));
    assert_eq!((opposite.value, opposite.gradient()), (std::f64::consts::PI, [0.0; 3]));
    assert_eq!(linalg::angle_between(&Vector3::zeros(), &vector![1.0, 0.0, 0.0]), 0.0);
    let (p, q) = (Vector4::new(1.0, 2.0, -1.0, 0.5), Vector4::new(0.3, 1.0, 4.0, -2.0));
    close(linalg::angle_between(&p, &q), p.angle(&q));
    assert!(linalg::angle_between(&p, &(q * f64::NAN)).is_nan());
}

/// Next to half a turn about every axis, for each order of the axis's entries by size.
#[test]
fn half_turns_about_every_axis() {
    type D = Dual<f64, 3>;
    let shapes = [
        [1.0, 0.0, 0.0],
        [3.0, 2.0, 1.0],
        [3.0, 1.0, 2.0],
        [1.0, 1e-3, 0.0],
        [1e-3, 1.0, 0.0],
        [2.0, 2.0, 1.0],
    ];
    for (shape, turn) in shapes.iter().flat_map(|shape| (0..3).map(move |turn| (shape, turn))) {
        let axis = Vector3::from_fn(|i, _| shape[(i + turn) % 3]).normalize();
        for below in [1e-12, 1e-6, 0.1] {
            let v = axis * (std::f64::consts::PI - below);
            let point = Vector3::from(D::variables(&[v[0], v[1], v[2]]));
            let back = linalg::rotation_vector(&linalg::rotation(&point));
            for i in 0..3 {
                close(back[i].value, v[i]);
                (0..3).for_each(|j| close(back[i].partial(j), f64::from(u8::from(i == j))));
            }
        }
    }
}
