//! Derivatives through defining equations, against closed forms, in Dual, HyperDual and nested jets.

use gradual::*;
use nalgebra::{Matrix2, Matrix3, RealField, SMatrix, SVector, SymmetricEigen, matrix, vector};

type H1 = HyperDual<f64, 1>;
type H2 = HyperDual<f64, 2>;

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-13 * a.abs().max(b.abs()).max(1.0)
}

/// The root of x = cos(p x): dx/dp = -x sin / (1 + p sin) with sin(p x).
#[test]
fn scalar_root() {
    let p = 1.2;
    let mut x = 0.7_f64;
    for _ in 0..100 {
        x -= (x - (p * x).cos()) / (1.0 + p * (p * x).sin());
    }
    let a = matrix![1.0 + p * (p * x).sin()];
    let slope = -x * (p * x).sin() / (1.0 + p * (p * x).sin());
    let dual = Dual::<f64>::variable(p, 0);
    let root =
        implicit::<Dual, _>(&vector![x], &a, |x| vector![x[0] - (dual * x[0]).cos()]).unwrap()[0];
    assert!(root.value == x && close(root.partial(0), slope));
    // second order, in both kinds that have it
    let hyper = HyperDual::<f64>::variable(p, 0);
    let hyper = implicit::<HyperDual, _>(&vector![x], &a, |x| vector![x[0] - (hyper * x[0]).cos()])
        .unwrap()[0];
    let nested = Dual::<Dual>::variable(Dual::variable(p, 0), 0);
    let nested =
        implicit::<Dual<Dual>, _>(&vector![x], &a, |x| vector![x[0] - (nested * x[0]).cos()])
            .unwrap()[0];
    assert!(close(hyper.partial(0), slope));
    assert!(close(hyper.second_partial(0, 0), nested.partial(0).partial(0)));
    // by differencing the first derivative in p
    let first = |p: f64| {
        let mut x = 0.7_f64;
        for _ in 0..100 {
            x -= (x - (p * x).cos()) / (1.0 + p * (p * x).sin());
        }
        -x * (p * x).sin() / (1.0 + p * (p * x).sin())
    };
    let difference = (first(p + 1e-5) - first(p - 1e-5)) / 2e-5;
    assert!((hyper.second_partial(0, 0) - difference).abs() < 1e-9);
}

/// A x = b whose first pivot column is exactly zero but for derivatives: elimination on jets that branches
/// on values exchanges rows and may lose the column's derivatives; the equation does not.
#[test]
fn linear_solve() {
    let [s, t] = H2::variables(&[0.0, 2.0]);
    let one = H2::constant(1.0);
    let a = Matrix2::new(s, one, t, one);
    let b = vector![one, one * 3.0];
    let plain = a.map(|entry| entry.value);
    let x = plain.lu().solve(&b.map(|entry| entry.value)).unwrap();
    let x = implicit::<H2, _>(&x, &plain, |x| a * x - b).unwrap();
    // x = (b₁ - b₂, a₁₁ b₂ - a₂₁ b₁) / (a₁₁ - a₂₁), by Cramer's rule
    let det = s - t;
    let expected = [(b[0] - b[1]) / det, (s * b[1] - t * b[0]) / det];
    for (got, expected) in x.iter().zip(expected) {
        assert_eq!(got.value, expected.value);
        for i in 0..2 {
            assert!(close(got.partial(i), expected.partial(i)));
            for j in 0..2 {
                assert!(close(got.second_partial(i, j), expected.second_partial(i, j)));
            }
        }
    }
}

/// A fixed point in two variables: x = M x + c.
#[test]
fn fixed_point() {
    let t = Dual::<f64>::variable(0.25, 0);
    let half = Dual::constant(0.5);
    let m = Matrix2::new(t, half, Dual::constant(0.0), t);
    let c = vector![Dual::constant(1.0), Dual::constant(2.0)];
    let plain = m.map(|entry| entry.value);
    let mut x = vector![0.0, 0.0];
    for _ in 0..200 {
        x = plain * x + vector![1.0, 2.0];
    }
    let y = implicit::<Dual, _>(&x, &(Matrix2::identity() - plain), |x| x - m * x - c).unwrap();
    // y₂ = 2/(1 - t), y₁ = (1 + y₂/2)/(1 - t)
    let second = Dual::constant(2.0) / (1.0 - t);
    let first = (1.0 + second / 2.0) / (1.0 - t);
    assert!(close(y[0].partial(0), first.partial(0)) && close(y[1].partial(0), second.partial(0)));
}

/// The equations of an eigenpair: A v = λ v, |v|² = 1; the unknowns are v and λ.
fn eigenpair<J: Real>(a: &Matrix3<J>, z: &SVector<J, 4>) -> SVector<J, 4> {
    let v = vector![z[0], z[1], z[2]];
    let r: SVector<J, 3> =
        SVector::from_fn(|i, _| (0..3).map(|j| a[(i, j)] * v[j]).sum::<J>() - z[3] * v[i]);
    let norm = v[0] * v[0] + v[1] * v[1] + v[2] * v[2];
    vector![r[0], r[1], r[2], (norm - J::literal(1.0)) * J::literal(0.5)]
}

/// All eigenpairs of a diagonal matrix perturbed off the diagonal: nalgebra's iteration skips the exact
/// zeros and with them the derivatives; perturbation theory gives λ'' = 2 Σ a_ij²/(λ_i - λ_j) and
/// v' = a_ij/(λ_i - λ_j).
#[test]
fn eigenpairs_of_a_perturbed_diagonal() {
    let diagonal = [1.0, 2.0, 4.0];
    let e = HyperDual::<f64>::variable(0.0, 0);
    let off = [[0.0, 0.3, -0.5], [0.3, 0.0, 0.7], [-0.5, 0.7, 0.0]];
    let a = Matrix3::from_fn(
        |i, j| {
            if i == j { HyperDual::constant(diagonal[i]) } else { e * off[i][j] }
        },
    );
    let plain = a.map(|entry| entry.value);
    for i in 0..3 {
        let mut z = SVector::<f64, 4>::zeros();
        z[i] = 1.0;
        z[3] = diagonal[i];
        let (r, jacobian) = jacobian(|z| eigenpair(&plain.map(Jet::constant), z), &z);
        assert_eq!(r, SVector::<f64, 4>::zeros());
        let z = implicit::<HyperDual, _>(&z, &jacobian, |z| eigenpair(&a, z)).unwrap();
        let mut second = 0.0;
        for j in (0..3).filter(|j| *j != i) {
            let gap = diagonal[i] - diagonal[j];
            assert!(close(z[j].partial(0), off[i][j] / gap), "eigenvector {i}");
            second += 2.0 * off[i][j] * off[i][j] / gap;
        }
        assert!(z[3].value == diagonal[i] && close(z[3].partial(0), 0.0));
        assert!(close(z[3].second_partial(0, 0), second), "eigenvalue {i}");
    }
    // what the iteration itself makes of it: the values only
    let direct = SymmetricEigen::new(a);
    let lost = direct.eigenvalues.iter().any(|l| {
        let i = diagonal.iter().position(|d| *d == l.value).unwrap();
        let second: f64 = (0..3)
            .filter(|j| *j != i)
            .map(|j| 2.0 * off[i][j] * off[i][j] / (diagonal[i] - diagonal[j]))
            .sum();
        !close(l.second_partial(0, 0), second)
    });
    assert!(lost, "nalgebra keeps these derivatives now: the documentation may say so");
}

/// A stationary point: the minimum of x²/2 + p x⁴/4 - x has p x³ + x = 1.
#[test]
fn stationary_point() {
    let p = 0.8;
    let found =
        critical_point(|x| x[0] * x[0] / 2.0 + x[0].powi(4) * (p / 4.0) - x[0], &vector![1.0])
            .unwrap();
    let q = HyperDual::<f64>::variable(p, 0);
    let x = implicit::<HyperDual, _>(&found.point, &found.hessian, |x| {
        vector![q * x[0].powi(3) + x[0] - 1.0]
    })
    .unwrap()[0];
    let v = found.point[0];
    let slope = -v.powi(3) / (3.0 * p * v * v + 1.0);
    assert!(close(x.partial(0), slope));
}

#[test]
fn singular_equations() {
    let p = Dual::<f64>::variable(0.0, 0);
    let result = implicit::<Dual, _>(&vector![0.0], &matrix![0.0], |x| vector![x[0] * x[0] - p]);
    assert!(result.unwrap_err().to_string().contains("singular"));
}

/// M x = b with b moving along the parameter: x' = M⁻¹ (1, ..., 1).
fn slopes<J: Real, const N: usize>(
    m: SMatrix<J::Scalar, N, N>,
    parameter: J,
) -> Result<SVector<J, N>, SingularJacobian>
where
    J::Scalar: RealField,
{
    let zero = SVector::<J::Scalar, N>::zeros();
    implicit::<J, _>(&zero, &m, |x| {
        SVector::from_fn(|i, _| (0..N).map(|j| x[j] * m[(i, j)]).sum::<J>() - parameter)
    })
}

/// Rank-deficient but for rounding: an inverse comes out, and every digit of it is noise.
#[test]
fn singular_up_to_rounding() {
    let p = Dual::<f64>::variable(0.0, 0);
    let two = matrix![1.0, 2.0; 2.0, 4.000000000000001];
    let three = matrix![0.1, 0.2, 0.3; 0.4, 0.5, 0.6; 0.7, 0.8, 0.9];
    let u = vector![0.1, 0.7, -1.3, 1.1];
    let rank_one = u * vector![0.3, -0.9, 1.7, 0.6].transpose();
    let rank_two =
        rank_one + vector![1.9, 0.2, 0.7, -0.3] * vector![0.7, 0.7, 0.1, -1.1].transpose();
    assert!(slopes(two, p).is_err());
    assert!(slopes(three, p).is_err());
    assert!(slopes(rank_one, p).is_err());
    assert!(slopes(rank_two, p).is_err());
    // whatever the units of equations and unknowns
    let rows = Matrix3::from_diagonal(&vector![1e150, 1.0, 1e-150]);
    let columns = Matrix3::from_diagonal(&vector![1.0, 1e-120, 1e120]);
    assert!(slopes(rows * three * columns, p).is_err());
    // in every number
    assert!(slopes(two, HyperDual::<f64>::variable(0.0, 0)).is_err());
    assert!(slopes(two, Dual::<Dual>::constant(p)).is_err());
    let single = matrix![1.0, 2.0; 2.0, 4.0000005_f32];
    assert!(slopes(single, Dual::<f32>::variable(0.0, 0)).is_err());
}

/// A double eigenvalue of a full matrix is not differentiable, and no pivot is exactly zero.
#[test]
fn double_eigenvalue() {
    let (s, c) = 0.7_f64.sin_cos();
    let turn = matrix![c, -s, 0.0; s, c, 0.0; 0.0, 0.0, 1.0]
        * matrix![1.0, 0.0, 0.0; 0.0, c, -s; 0.0, s, c];
    let a = turn * Matrix3::from_diagonal(&vector![1.0, 1.0, 3.0]) * turn.transpose();
    let v = turn.column(0);
    let z = vector![v[0], v[1], v[2], 1.0];
    let (_, jacobian) = jacobian(|z| eigenpair(&a.map(Jet::constant), z), &z);
    let a = a.map(Dual::<f64>::constant);
    assert!(implicit::<Dual, _>(&z, &jacobian, |z| eigenpair(&a, z)).is_err());
}

/// A bad choice of units is not singularity, and costs no digits.
#[test]
fn badly_scaled_equations() {
    let p = Dual::<f64>::variable(0.0, 0);
    let partials = |m: Matrix2<f64>| slopes(m, p).unwrap().map(|x| x.partial(0));
    for (a, b) in [(1e-200, 1e200), (1e-200, 1e-200), (1e200, 1e200), (1e-300, 3.0)] {
        let x = partials(Matrix2::from_diagonal(&vector![a, b]));
        assert!(close(x[0] * a, 1.0) && close(x[1] * b, 1.0), "{a} {b}: {x}");
    }
    let x = partials(matrix![1.0, 1e30; 0.0, 1.0]);
    assert!(close(x[0] * 1e-30, -1.0) && close(x[1], 1.0), "{x}");
    let single = Matrix2::from_diagonal(&vector![1e-30_f32, 1e-30]);
    let x = slopes(single, Dual::<f32>::variable(0.0, 0)).unwrap();
    assert!((x[0].partial(0) * 1e-30 - 1.0).abs() < 1e-6, "{x}");
    // elimination that takes the first equation for the better pivot, as it has the larger entry, loses all
    // digits of the first unknown
    let m = matrix![1e3, 1e20; 1.0, 1.0];
    let x = implicit::<Dual, _>(&vector![0.0, 0.0], &m, |x| {
        vector![x[0] * 1e3 + x[1] * 1e20 - p * 1e20, x[0] + x[1]]
    });
    let x = x.unwrap().map(|x| x.partial(0));
    assert!(close(x[0], -1.0) && close(x[1], 1.0), "{x}");
}

/// Ill-conditioned equations are solved as far as they determine the digits.
#[test]
fn ill_conditioned_equations() {
    let p = Dual::<f64>::variable(0.0, 0);
    for gap in [1e-4, 1e-8, 1e-12] {
        // the difference of the two equations is gap x₂ = 0
        let x = slopes(matrix![1.0, 1.0; 1.0, 1.0 + gap], p).unwrap();
        let error = (x[0].partial(0) - 1.0).abs().max(x[1].partial(0).abs());
        assert!(error < 4.0 * f64::EPSILON / gap, "{gap}: {error}");
    }
    let hilbert = SMatrix::<f64, 8, 8>::from_fn(|i, j| 1.0 / (i + j + 1) as f64);
    assert!(slopes(hilbert, p).is_ok());
}

/// A regular equation whose inverse leaves the range of the numbers while the solution does not.
#[test]
fn the_ends_of_the_range() {
    // 1e-310 x = 2e-310 p
    let p = HyperDual::<f64>::variable(1.0, 0);
    let x = implicit::<HyperDual, _>(&vector![2.0], &matrix![1e-310], |x| {
        vector![x[0] * 1e-310 - p * 2e-310]
    });
    let x = x.unwrap()[0];
    // the product 2e-310 p has 5 digits less than others
    assert!(x.value == 2.0 && (x.partial(0) - 2.0).abs() < 1e-9, "{x}");
    assert!(x.second_partial(0, 0).abs() < 1e-9, "{x}");
    // ... and one whose unknown is large: 1e-310 x = p
    let p = Dual::<f64>::variable(1e-10, 0);
    let x = implicit::<Dual, _>(&vector![1e300], &matrix![1e-310], |x| {
        vector![x[0] * 1e-310 - p * 1e-10]
    });
    assert!((x.unwrap()[0].partial(0) / 1e300 - 1.0).abs() < 1e-9);
    // a residual that is not quite zero is no trouble either
    let x = implicit::<Dual, _>(&vector![0.0], &matrix![1e-310], |x| {
        vector![x[0] * 1e-310 - p * 1e-300 + 0.5]
    });
    let x = x.unwrap()[0];
    assert!(x.value == 0.0 && (x.partial(0) / 1e10 - 1.0).abs() < 1e-9, "{x}");
    // both ends in one matrix
    let m = matrix![1e-310, 1.0; 0.0, 1e300];
    let x = implicit::<Dual, _>(&vector![0.0, 0.0], &m, |x| {
        vector![x[0] * 1e-310 + x[1] - p * 1e-300, x[1] * 1e300]
    });
    let x = x.unwrap().map(|x| x.partial(0));
    assert!((x[0] / 1e10 - 1.0).abs() < 1e-9 && x[1] == 0.0, "{x}");
}

/// No unknowns, no equations.
#[test]
fn an_empty_system() {
    let empty = nalgebra::DVector::<f64>::zeros(0);
    let x = implicit::<Dual, _>(&empty, &nalgebra::DMatrix::zeros(0, 0), |x| x.clone());
    assert_eq!(x.unwrap().len(), 0);
}

#[test]
fn not_a_number() {
    let p = Dual::<f64>::variable(0.0, 0);
    for bad in [f64::NAN, f64::INFINITY] {
        assert!(slopes(matrix![1.0, bad; 2.0, 1.0], p).is_err());
    }
    assert!(slopes(matrix![1.0, 0.0; 2.0, 0.0], p).is_err());
}

#[test]
#[should_panic(expected = "the Jacobian is 2 × 2 and the solution has 3 components")]
fn jacobian_of_another_size() {
    let x = nalgebra::dvector![1.0, 2.0, 3.0];
    let _ = implicit::<Dual, _>(&x, &nalgebra::DMatrix::identity(2, 2), |x| x.clone());
}

#[test]
#[should_panic(expected = "the residual has 1 components and the solution 2")]
fn residual_of_another_length() {
    let x = nalgebra::dvector![1.0, 2.0];
    let a = nalgebra::DMatrix::identity(2, 2);
    let _ = implicit::<Dual, _>(&x, &a, |x| nalgebra::dvector![Dual::<f64>::constant(1.0) + x[0]]);
}

/// In every container that is a point.
#[test]
fn containers() {
    // 2 x + sin y = p, y + x² = p²
    let p = HyperDual::<f64>::variable(0.6, 0);
    let residual = |x: H1, y: H1| [x * 2.0 + y.sin() - p, y + x * x - p * p];
    let (mut x, mut y) = (0.3_f64, 0.3_f64);
    let jacobian = |x: f64, y: f64| [[2.0, y.cos()], [2.0 * x, 1.0]];
    for _ in 0..20 {
        let [r, s] = residual(x.into(), y.into()).map(|r| r.value);
        let [[a, b], [c, d]] = jacobian(x, y);
        (x, y) = (x - (d * r - b * s) / (a * d - b * c), y - (a * s - c * r) / (a * d - b * c));
    }
    let a = jacobian(x, y);
    let array = implicit::<H1, _>([x, y], &a, |[x, y]| residual(x, y)).unwrap();
    let rows: Vec<Vec<f64>> = a.map(Vec::from).into();
    let slice = implicit::<H1, _>(&[x, y][..], &rows, |v| residual(v[0], v[1]).to_vec()).unwrap();
    let vec = implicit::<H1, _>(&vec![x, y], &a, |v| residual(v[0], v[1]).to_vec()).unwrap();
    let matrix = Matrix2::from(a).transpose();
    let vector = vector![x, y];
    let vector = implicit::<H1, _>(&vector, &matrix, |v| residual(v[0], v[1]).into()).unwrap();
    for k in 0..2 {
        assert!([slice[k], vec[k], vector[k]].iter().all(|other| other.all_eq(&array[k])));
    }
    // what is left of the equations in every order
    for left in residual(array[0], array[1]) {
        assert!(left.value.abs() < 1e-15 && left.partial(0).abs() < 1e-15);
        assert!(left.second_partial(0, 0).abs() < 1e-14);
    }
    let singular = implicit::<H1, _>([x, y], &[[1.0, 2.0], [2.0, 4.0]], |[x, y]| residual(x, y));
    assert!(singular.is_err());
}

/// A jet of matrices of f32 works as well.
#[test]
fn single_precision() {
    let p = Dual::<f32>::variable(4.0, 0);
    let x = implicit::<Dual<f32>, _>(&vector![2.0_f32], &matrix![4.0_f32], |x| {
        vector![x[0] * x[0] - p]
    })
    .unwrap();
    assert_eq!((x[0].value, x[0].partial(0)), (2.0, 0.25));
    let _: SMatrix<f32, 1, 1> = matrix![0.0];
}
