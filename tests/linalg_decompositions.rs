//! Decompositions of jets against the equations that define them, closed forms, `implicit` and differences:
//! at dense, diagonal, block, repeated, singular and zero matrices, in every kind and to third order.
#![cfg(feature = "nalgebra")]

#[path = "common/kinds.rs"]
mod kinds;

use gradual::linalg::{self, LinalgError};
use gradual::{BlockDual, Dual, HyperDual, Real, implicit};
use kinds::{Kind, Parts};
use nalgebra::{
    Complex, DMatrix, DVector, Dim, Matrix2, Matrix3, Matrix4, Matrix4x2, OMatrix, SMatrix,
    Vector2, Vector4,
};

type D = Dual<f64, 2>;
type H = HyperDual<f64, 2>;
type B = BlockDual<f64, 2, 2>;
type Third = Dual<Dual<Dual<f64, 2>, 2>, 2>;

/// Runs a generic check in every kind.
macro_rules! every_kind {
    ($check:ident($($argument:expr),*)) => {{
        $check::<f64>($($argument),*);
        $check::<D>($($argument),*);
        $check::<H>($($argument),*);
        $check::<B>($($argument),*);
        $check::<Dual<D, 2>>($($argument),*);
        $check::<Third>($($argument),*);
    }};
}

const DENSE: [[f64; 4]; 4] =
    [[4.0, 1.0, 0.5, -0.3], [1.0, 5.0, -0.7, 0.2], [0.5, -0.7, 6.0, 0.9], [-0.3, 0.2, 0.9, 7.0]];

const OTHER: [[f64; 4]; 4] =
    [[0.4, -1.0, 0.2, 0.3], [-1.0, 0.5, 0.8, 0.7], [0.2, 0.8, -0.6, 1.1], [0.3, 0.7, 1.1, 0.9]];

/// Where the entries of a matrix are that vanish at the point, but for their derivatives.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Family {
    Dense,
    Diagonal,
    Blocks,
    /// Eigenvalues 4, 4, 6 and 7.
    Repeated,
    /// 5 I.
    Isotropic,
    ZeroPivot,
    /// Singular: a column that is zero.
    ZeroColumn,
    /// Rank two: two columns that are zero.
    TwoZeroColumns,
    Zero,
}

use Family::{
    Blocks, Dense, Diagonal, Isotropic, Repeated, TwoZeroColumns, Zero, ZeroColumn, ZeroPivot,
};

impl Family {
    /// The matrix at x = y = 0, plus x and y times dense matrices, and x y and x² times some more.
    fn at<T: Real<Scalar = f64>>(self, [x, y]: [T; 2], symmetric: bool) -> Matrix4<T> {
        Matrix4::from_fn(|i, j| {
            let base = match self {
                Dense => DENSE[i][j],
                Diagonal if i == j => DENSE[i][j],
                Blocks if (i < 2) == (j < 2) => DENSE[i][j],
                Repeated if i == j => [4.0, 4.0, 6.0, 7.0][i],
                Isotropic if i == j => 5.0,
                ZeroPivot if i + j > 0 => DENSE[i][j],
                ZeroColumn if j > 0 && (i > 0 || !symmetric) => DENSE[i][j],
                TwoZeroColumns if j > 1 && (i > 1 || !symmetric) => DENSE[i][j],
                _ => 0.0,
            };
            let skew = if symmetric { 0.0 } else { 0.3 * (i as f64 - j as f64) };
            let (p, q) = (OTHER[i][j] + skew, OTHER[3 - i][3 - j] - 0.5 * skew);
            x * p + y * q + (x * y) * (p * q) + x * x * DENSE[i][j] * 0.1 + (base + skew * base)
        })
    }
}

const ORIGIN: [f64; 2] = [0.0, 0.0];

#[track_caller]
fn vanishes<T: Parts, R: Dim, C: Dim>(m: &OMatrix<T, R, C>, limit: f64, what: &str)
where
    nalgebra::DefaultAllocator: nalgebra::allocator::Allocator<R, C>,
{
    // Rounding grows with each order.
    let limit = limit * 5.0_f64.powi(T::ORDER as i32);
    for (k, x) in m.iter().enumerate() {
        assert!(x.within(limit), "{what}, entry {k}: {x:e}");
    }
}

/// The product that a test trusts: nalgebra's formula without shortcuts.
fn times<T: Real, const R: usize, const M: usize, const C: usize>(
    a: &SMatrix<T, R, M>,
    b: &SMatrix<T, M, C>,
) -> SMatrix<T, R, C> {
    SMatrix::from_fn(|i, j| (0..M).map(|k| a[(i, k)] * b[(k, j)]).sum())
}

fn plain<T: Real<Scalar = f64>, const R: usize, const C: usize>(
    m: &SMatrix<T, R, C>,
) -> SMatrix<f64, R, C> {
    m.map(|x| x.primal())
}

fn symmetric_eigen_solves<T: Kind>(family: Family) {
    let a = family.at(T::variables(ORIGIN), true);
    let eigen = linalg::symmetric_eigen(&a).unwrap();
    let (v, values) = (eigen.eigenvectors, eigen.eigenvalues);
    vanishes(&(times(&a, &v) - times(&v, &Matrix4::from_diagonal(&values))), 2e-13, "A V - V Λ");
    vanishes(&(times(&v.transpose(), &v) - Matrix4::identity()), 1e-13, "VᵀV - I");
    let reference = plain(&a).symmetric_eigen();
    assert_eq!(values.map(|x| x.primal()), reference.eigenvalues);
    assert_eq!(plain(&v), reference.eigenvectors);
    vanishes(&(linalg::symmetric_eigenvalues(&a).unwrap() - values), 1e-13, "values alone");
}

#[test]
fn eigenpairs_solve_their_equation() {
    for family in [Dense, Diagonal, Blocks, ZeroColumn, ZeroPivot] {
        every_kind!(symmetric_eigen_solves(family));
    }
}

/// [x y; y z] in closed form: (x + z)/2 ± √((x - z)²/4 + y²).
#[test]
fn two_by_two_eigenvalues_in_closed_form() {
    type J = HyperDual<f64, 3>;
    for point in [[1.0, 0.0, 3.0], [2.0, 0.0, -2.0], [1.0, 0.5, 1.0], [0.0, 1e-3, 0.0]] {
        let [x, y, z] = J::variables(&point);
        let mut values: Vec<J> = linalg::symmetric_eigenvalues(&Matrix2::new(x, y, y, z))
            .unwrap()
            .iter()
            .copied()
            .collect();
        values.sort_by(|a, b| a.value.total_cmp(&b.value));
        let root = ((x - z) * 0.5).hypot(y);
        for (got, want) in values.iter().zip([(x + z) * 0.5 - root, (x + z) * 0.5 + root]) {
            let near =
                |a: f64, b: f64| assert!((a - b).abs() <= 4e-15 * b.abs().max(1.0), "{a} {b}");
            let size = want.hessian().as_flattened().iter().fold(0.0_f64, |m, x| m.max(x.abs()));
            near(got.value, want.value);
            for i in 0..3 {
                near(got.partial(i), want.partial(i));
                for j in 0..3 {
                    let (a, b) = (got.second_partial(i, j), want.second_partial(i, j));
                    assert!((a - b).abs() <= 1e-14 * size, "{a} {b}");
                }
            }
        }
    }
}

/// Where eigenvalues repeat, each alone is an error, and their mean and projector are right.
fn clusters_are_right<T: Kind>(family: Family, members: [usize; 2]) {
    let a = family.at(T::variables(ORIGIN), true);
    if T::ORDER > 0 {
        let error = LinalgError::Repeated { first: members[0], second: members[1] };
        assert_eq!(linalg::symmetric_eigen(&a).unwrap_err(), error);
        assert_eq!(linalg::symmetric_eigenvalues(&a).unwrap_err(), error);
    }
    let clusters = linalg::symmetric_clusters(&a, 1e-3).unwrap();
    let trace = a.diagonal().sum();
    let sum: T = clusters.iter().map(|c| c.mean * c.members.len() as f64).sum();
    assert!((sum - trace).within(1e-13));
    let mut identity = Matrix4::zeros();
    for cluster in &clusters {
        let p = cluster.projector;
        vanishes(&(times(&p, &p) - p), 1e-12, "P² - P");
        vanishes(&(times(&a, &p) - times(&p, &a)), 1e-12, "A P - P A");
        assert!(
            (times(&a, &p).trace() - cluster.mean * cluster.members.len() as f64).within(1e-12)
        );
        assert!((p.trace() - cluster.members.len() as f64).within(1e-13));
        identity += p;
    }
    vanishes(&(identity - Matrix4::identity()), 1e-12, "Σ P - I");
}

#[test]
fn repeated_eigenvalues_are_an_error_and_their_clusters_are_not() {
    every_kind!(clusters_are_right(Repeated, [0, 1]));
    every_kind!(clusters_are_right(Isotropic, [0, 1]));
    // close ones are a cluster of their own only as far as the caller says
    let a = Matrix3::from_diagonal(&nalgebra::vector![1.0, 1.0 + 1e-9, 2.0]);
    assert_eq!(linalg::symmetric_clusters(&a, 1e-6).unwrap().len(), 2);
    assert_eq!(linalg::symmetric_clusters(&a, 0.0).unwrap().len(), 3);
    assert_eq!(linalg::symmetric_clusters(&a, 2.0).unwrap().len(), 1);
}

/// Constants have derivatives zero, whatever repeats.
#[test]
fn constants_stay_constants() {
    let identity = Matrix4::<H>::identity();
    let eigen = linalg::symmetric_eigen(&identity).unwrap();
    assert!(eigen.eigenvalues.iter().chain(&eigen.eigenvectors).all(|x| x.is_constant()));
    let svd = linalg::svd(&identity).unwrap();
    assert!(svd.singular_values.iter().chain(&svd.u).all(|x| x.is_constant()));
    assert!(linalg::eigenvalues(&identity).unwrap().iter().all(|z| z.re.is_constant()));
}

fn svd_solves<T: Kind>(family: Family) {
    let a = family.at(T::variables(ORIGIN), false);
    let svd = linalg::svd(&a).unwrap();
    vanishes(&(svd.recompose() - a), 2e-13, "U Σ Vᵀ - A");
    vanishes(&(times(&svd.u.transpose(), &svd.u) - Matrix4::identity()), 1e-12, "UᵀU - I");
    vanishes(&(times(&svd.v_t, &svd.v_t.transpose()) - Matrix4::identity()), 1e-12, "VᵀV - I");
    let reference = plain(&a).svd(true, true);
    assert_eq!(svd.singular_values.map(|x| x.primal()), reference.singular_values);
    assert_eq!(plain(&svd.u), reference.u.unwrap());
    assert_eq!(plain(&svd.v_t), reference.v_t.unwrap());
    vanishes(&(linalg::singular_values(&a).unwrap() - svd.singular_values), 1e-12, "values alone");
    // tall and wide
    let tall: Matrix4x2<T> = a.fixed_columns::<2>(0).into_owned();
    let thin = linalg::svd(&tall).unwrap();
    vanishes(&(thin.recompose() - tall), 2e-13, "tall");
    vanishes(&(times(&thin.u.transpose(), &thin.u) - Matrix2::identity()), 1e-12, "tall UᵀU");
    let wide = linalg::svd(&tall.transpose()).unwrap();
    vanishes(&(wide.recompose() - tall.transpose()), 2e-13, "wide");
    vanishes(&(times(&wide.v_t, &wide.v_t.transpose()) - Matrix2::identity()), 1e-12, "wide VᵀV");
    vanishes(&(wide.singular_values - thin.singular_values), 2e-13, "tall and wide");
    // the squares are the eigenvalues of AᵀA
    let squares = linalg::symmetric_eigenvalues(&times(&tall.transpose(), &tall)).unwrap();
    let sum: T = thin.singular_values.iter().map(|s| s.powi(4)).sum();
    assert!((sum - squares.iter().map(|s| *s * *s).sum::<T>()).within(1e-9));
}

#[test]
fn singular_vectors_solve_their_equations() {
    for family in [Dense, Diagonal, Blocks, ZeroPivot] {
        every_kind!(svd_solves(family));
    }
}

#[test]
fn singular_values_without_derivatives_are_errors() {
    let zero = linalg::singular_values(&ZeroColumn.at(H::variables(&ORIGIN), false)).unwrap_err();
    assert_eq!(zero, LinalgError::ZeroSingularValue { position: 3 });
    let repeated = linalg::svd(&Isotropic.at(H::variables(&ORIGIN), true)).unwrap_err();
    assert_eq!(repeated, LinalgError::Repeated { first: 0, second: 1 });
}

/// The power sums Σ λᵏ = tr Aᵏ for k up to n determine the eigenvalues.
fn eigenvalues_have_the_right_power_sums<T: Kind>(family: Family, symmetric: bool) {
    let mut a = family.at(T::variables(ORIGIN), symmetric);
    if !symmetric {
        // pairs that are not real
        a[(0, 1)] += T::literal(6.0);
        a[(1, 0)] -= T::literal(6.0);
    }
    let values = linalg::eigenvalues(&a).unwrap();
    let reference = plain(&a).complex_eigenvalues();
    assert_eq!(values.map(|z| Complex::new(z.re.primal(), z.im.primal())), reference);
    assert_eq!(symmetric, values.iter().all(|z| z.im.all_zero()));
    let mut powers = values.map(|_| Complex::new(T::one(), T::zero()));
    let mut power = Matrix4::identity();
    for k in 1..=4 {
        power = times(&power, &a);
        powers.iter_mut().zip(&values).for_each(|(p, z)| *p *= *z);
        let sum = powers.iter().fold(Complex::new(T::zero(), T::zero()), |sum, p| sum + p);
        assert!((sum.re - power.trace()).within(1e-10), "{family:?}, {k}: {sum} {}", power.trace());
        assert!(sum.im.within(1e-10));
    }
}

#[test]
fn general_eigenvalues_have_the_right_power_sums() {
    for family in [Dense, Diagonal, Blocks] {
        every_kind!(eigenvalues_have_the_right_power_sums(family, true));
        every_kind!(eigenvalues_have_the_right_power_sums(family, false));
    }
}

#[test]
fn defective_eigenvalues_are_an_error() {
    let x = Dual::<f64>::variable(0.0, 0);
    let c = Dual::<f64>::constant;
    let jordan = Matrix2::new(c(1.0), c(1.0), x, c(1.0)); // 1 ± √x
    assert!(matches!(linalg::eigenvalues(&jordan), Err(LinalgError::Repeated { .. })));
    // turned, so that rounding parts the two
    let turn = nalgebra::Rotation3::new(nalgebra::vector![0.3, 0.4, -0.5]);
    let jordan = Matrix3::new(1.0, 1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 2.0);
    let turned = turn.matrix() * jordan * turn.matrix().transpose();
    let turned = turned.map_with_location(|i, _, m| if i == 0 { x + m } else { c(m) });
    assert!(matches!(linalg::eigenvalues(&turned), Err(LinalgError::Repeated { .. })));
}

fn linear_routines_solve<T: Kind>(family: Family, symmetric: bool) {
    let [x, y] = T::variables(ORIGIN);
    let a = family.at([x, y], symmetric);
    let b = Vector4::new(x + 1.0, y * x - 2.0, y + 0.5, -x * 3.0);
    let solution = linalg::solve(&a, &b).unwrap();
    vanishes(&(times(&a, &solution) - b), 5e-13, "A x - b");
    assert_eq!(plain(&solution), plain(&a).lu().solve(&plain(&b)).unwrap());
    let inverse = linalg::inverse(&a).unwrap();
    vanishes(&(times(&a, &inverse) - Matrix4::identity()), 5e-13, "A A⁻¹ - I");
    vanishes(&(times(&inverse, &b) - solution), 5e-13, "A⁻¹ b - x");
    let several = SMatrix::<T, 4, 2>::from_columns(&[b, b * x]);
    vanishes(&(times(&a, &linalg::solve(&a, &several).unwrap()) - several), 5e-13, "A X - B");
    let ln = linalg::ln_determinant(&a).unwrap();
    assert!((ln.exp() / linalg::determinant(&a).abs() - 1.0).within(1e-12));
}

#[test]
fn linear_systems_are_solved() {
    for family in [Dense, Diagonal, Blocks, Repeated, ZeroPivot] {
        every_kind!(linear_routines_solve(family, true));
        every_kind!(linear_routines_solve(family, false));
    }
}

fn cholesky_factors<T: Kind>(family: Family) {
    let a = family.at(T::variables(ORIGIN), true);
    let l = linalg::cholesky(&a).unwrap();
    vanishes(&(times(&l, &l.transpose()) - a), 1e-13, "L Lᵀ - A");
    assert!((0..4).all(|i| (i + 1..4).all(|j| l[(i, j)].all_zero())));
    assert_eq!(plain(&l), plain(&a).cholesky().unwrap().l());
}

#[test]
fn cholesky_factors_definite_matrices() {
    for family in [Dense, Diagonal, Blocks, Repeated, Isotropic] {
        every_kind!(cholesky_factors(family));
    }
    for family in [ZeroColumn, Zero, ZeroPivot] {
        let singular = linalg::cholesky(&family.at(D::variables(&ORIGIN), true));
        assert_eq!(singular.unwrap_err(), LinalgError::NotPositive);
    }
}

/// The determinant by expansion along the first row, on slices of rows and columns.
fn expansion<T: Real>(m: &Matrix4<T>, row: usize, columns: &[usize]) -> T {
    if columns.is_empty() {
        return T::one();
    }
    (0..columns.len())
        .map(|k| {
            let others: Vec<usize> =
                columns.iter().copied().filter(|column| *column != columns[k]).collect();
            let term = m[(row, columns[k])] * expansion(m, row + 1, &others);
            if k % 2 == 0 { term } else { -term }
        })
        .sum()
}

fn determinant_is_its_expansion<T: Kind>(family: Family, symmetric: bool) {
    let a = family.at(T::variables(ORIGIN), symmetric);
    let got = linalg::determinant(&a);
    let want = expansion(&a, 0, &[0, 1, 2, 3]);
    assert!((got - want).within(2e-12), "{family:?}: {got} for {want}");
    assert_eq!(got.primal(), plain(&a).determinant());
    let three: Matrix3<T> = a.fixed_view::<3, 3>(0, 0).into_owned();
    let minor = linalg::determinant(&three);
    assert_eq!(minor.primal(), plain(&three).determinant());
}

#[test]
fn determinants_are_their_expansions() {
    for family in
        [Dense, Diagonal, Blocks, Repeated, ZeroPivot, ZeroColumn, TwoZeroColumns, Zero, Isotropic]
    {
        every_kind!(determinant_is_its_expansion(family, true));
        every_kind!(determinant_is_its_expansion(family, false));
    }
}

/// Rows and columns in different units change nothing.
#[test]
fn badly_scaled_determinants() {
    let a = Dense.at(H::variables(&ORIGIN), false);
    let (r, c) = ([1e10, 1.0, 1e-12, 3e4], [1e-9, 2e7, 1.0, 1e5]);
    let scaled = a.map_with_location(|i, j, x| x * r[i] * c[j]);
    let factor: f64 = r.iter().chain(&c).product();
    assert!((linalg::determinant(&scaled) / factor - linalg::determinant(&a)).within(1e-10));
}

fn functions_invert_each_other<T: Kind>(family: Family) {
    let a = family.at(T::variables(ORIGIN), true);
    let root = linalg::symmetric_sqrt(&a).unwrap();
    vanishes(&(times(&root, &root) - a), 2e-13, "(√A)² - A");
    let ln = linalg::symmetric_ln(&a).unwrap();
    vanishes(&(linalg::symmetric_exp(&ln).unwrap() - a), 2e-12, "exp ln A - A");
    let reciprocal = |k: usize, x: f64| (1..=k).fold(x.recip(), |d, k| -d * k as f64 / x);
    let inverse = linalg::matrix_function(reciprocal, &a).unwrap();
    vanishes(&(times(&inverse, &a) - Matrix4::identity()), 1e-12, "A⁻¹ A - I");
    // the power series
    let tenth = a * T::literal(0.1);
    let mut term = Matrix4::<T>::identity();
    let mut series = term;
    for k in 1..30 {
        term = times(&term, &tenth) / T::literal(f64::from(k));
        series += term;
    }
    vanishes(&(linalg::symmetric_exp(&tenth).unwrap() - series), 1e-13, "exp");
}

#[test]
fn matrix_functions_invert_each_other() {
    for family in [Dense, Diagonal, Blocks, Repeated, Isotropic] {
        every_kind!(functions_invert_each_other(family));
    }
}

/// Eigenvalues next to each other, where quotients of differences have no digits left.
#[test]
fn matrix_functions_at_close_eigenvalues() {
    for gap in [1e-15, 1e-12, 1e-9, 1e-6, 1e-3] {
        let [x, y] = Dual::<D, 2>::variables(&D::variables(&ORIGIN));
        let mut a = Repeated.at([x, y], true);
        a[(1, 1)] += gap;
        a[(2, 2)] += -2.0 + 3.0 * gap;
        let root = linalg::symmetric_sqrt(&a).unwrap();
        vanishes(&(times(&root, &root) - a), 5e-14, "(√A)² - A");
        let ln = linalg::symmetric_ln(&a).unwrap();
        vanishes(&(linalg::symmetric_exp(&ln).unwrap() - a), 2e-13, "exp ln A - A");
        // around zero, and of a function with a short wavelength
        let small = a - Matrix4::identity() * Dual::constant(D::constant(4.0));
        let sine = |k: usize, x: f64| {
            30.0_f64.powi(k as i32) * (30.0 * x + k as f64 * std::f64::consts::FRAC_PI_2).sin()
        };
        let cosine = |k: usize, x: f64| sine(k + 1, x) / 30.0;
        let sin = linalg::matrix_function(sine, &small).unwrap();
        let cos = linalg::matrix_function(cosine, &small).unwrap();
        let one = times(&sin, &sin) + times(&cos, &cos);
        vanishes(&(one - Matrix4::identity()), 3e-11, "sin² + cos² - I");
    }
}

#[test]
fn square_roots_of_singular_matrices() {
    let root = linalg::symmetric_sqrt(&Matrix2::new(0.0, 0.0, 0.0, 4.0)).unwrap();
    assert_eq!(root, Matrix2::new(0.0, 0.0, 0.0, 2.0));
    let x = Dual::<f64>::variable(0.0, 0);
    let c = Dual::<f64>::constant;
    // √x has an infinite slope, and the constant beside it none
    let root = linalg::symmetric_sqrt(&Matrix2::new(x, c(0.0), c(0.0), c(4.0))).unwrap();
    assert_eq!((root[(0, 0)].partial(0), root[(1, 1)].partial(0)), (f64::INFINITY, 0.0));
    let negative = linalg::symmetric_sqrt(&Matrix2::new(-1.0, 0.0, 0.0, 4.0));
    assert_eq!(negative.unwrap_err(), LinalgError::NotPositive);
    let singular = linalg::symmetric_ln(&Matrix2::new(0.0, 0.0, 0.0, 4.0));
    assert_eq!(singular.unwrap_err(), LinalgError::NotPositive);
}

/// A small generator of numbers in (-1, 1).
fn random(seed: u64) -> impl FnMut() -> f64 {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) as f64 / (1_u64 << 52) as f64 - 1.0
    }
}

/// Dynamic random matrices: eigenpairs against `implicit`, and everything against differences.
#[test]
fn random_matrices_agree_with_implicit_and_differences() {
    for (seed, n) in [(1, 3), (2, 5), (3, 8), (4, 12)] {
        let mut next = random(seed);
        let base = DMatrix::from_fn(n, n, |_, _| next());
        let base = &base + base.transpose();
        let change = DMatrix::from_fn(n, n, |_, _| next());
        let change = &change + change.transpose();
        let at = |t: HyperDual| base.zip_map(&change, |a, b| t * b + t * t * a * b + a);
        let t = HyperDual::<f64>::variable(0.0, 0);
        let eigen = linalg::symmetric_eigen(&at(t)).unwrap();
        let reference = base.clone().symmetric_eigen();
        for k in 0..n {
            let (v, value) = (reference.eigenvectors.column(k), reference.eigenvalues[k]);
            let solution = DVector::from_fn(n + 1, |i, _| if i < n { v[i] } else { value });
            let jacobian = DMatrix::from_fn(n + 1, n + 1, |i, j| match (i < n, j < n) {
                (true, true) => base[(i, j)] - if i == j { value } else { 0.0 },
                (true, false) => -v[i],
                (false, true) => v[j],
                (false, false) => 0.0,
            });
            let a = at(t);
            let pair = implicit::<HyperDual, _>(&solution, &jacobian, |x| {
                let v = x.rows(0, n).into_owned();
                let norm = (v.dot(&v) - 1.0) * 0.5;
                let r = &a * &v - &v * x[n];
                DVector::from_fn(n + 1, |i, _| if i < n { r[i] } else { norm })
            })
            .unwrap();
            let near = |got: HyperDual, want: HyperDual| {
                let gap = (0..n).filter(|j| *j != k).fold(f64::INFINITY, |gap, j| {
                    gap.min((reference.eigenvalues[j] - value).abs())
                });
                let limit = 1e-13 / gap / gap / gap.min(1.0);
                assert!((got.partial(0) - want.partial(0)).abs() < limit);
                let (got, want) = (got.second_partial(0, 0), want.second_partial(0, 0));
                assert!((got - want).abs() < 100.0 * limit, "{got} {want}");
            };
            near(eigen.eigenvalues[k], pair[n]);
            (0..n).for_each(|i| near(eigen.eigenvectors[(i, k)], pair[i]));
        }
        agrees_with_differences(&base, &change);
    }
}

/// First derivatives along a line, against central differences of order four of the plain routines.
fn agrees_with_differences(base: &DMatrix<f64>, change: &DMatrix<f64>) {
    let n = base.nrows();
    let positive = base * base.transpose() + DMatrix::identity(n, n) * 0.5;
    let line = |from: &DMatrix<f64>, t: f64| from + change * t;
    let jets =
        |from: &DMatrix<f64>| from.zip_map(change, |a, b| Dual::<f64>::variable(0.0, 0) * b + a);
    let compare = |name: &str, from: &DMatrix<f64>, f: &dyn Fn(&DMatrix<f64>) -> f64, got: Dual| {
        let h = 1e-4;
        let at = |k: f64| f(&line(from, k * h));
        let slope = (8.0 * (at(1.0) - at(-1.0)) - (at(2.0) - at(-2.0))) / (12.0 * h);
        let limit = 1e-7 * (1.0 + slope.abs() + got.value.abs());
        assert!((got.partial(0) - slope).abs() < limit, "{name}: {} for {slope}", got.partial(0));
        assert!((got.value - at(0.0)).abs() <= 1e-12 * (1.0 + got.value.abs()), "{name}");
    };
    let weights = DVector::from_fn(n, |i, _| 1.0 / (1.0 + i as f64));
    let lifted = weights.map(Dual::<f64>::constant);
    compare("determinant", base, &|m| m.determinant(), linalg::determinant(&jets(base)));
    let ln = linalg::ln_determinant(&jets(base)).unwrap();
    compare("ln_determinant", base, &|m| m.determinant().abs().ln(), ln);
    let solution = linalg::solve(&jets(base), &lifted).unwrap().dot(&lifted);
    compare("solve", base, &|m| m.clone().lu().solve(&weights).unwrap().dot(&weights), solution);
    let inverse = linalg::inverse(&jets(base)).unwrap()[(0, n - 1)];
    compare("inverse", base, &|m| m.clone().try_inverse().unwrap()[(0, n - 1)], inverse);
    let factor = linalg::cholesky(&jets(&positive)).unwrap()[(n - 1, 1)];
    compare("cholesky", &positive, &|m| m.clone().cholesky().unwrap().l()[(n - 1, 1)], factor);
    let largest = linalg::singular_values(&jets(base)).unwrap()[0];
    compare("singular value", base, &|m| m.singular_values().max(), largest);
    let imaginary = |m: &DMatrix<f64>| {
        m.complex_eigenvalues().iter().map(|z| z.re * z.re - 2.0 * z.im * z.im).sum()
    };
    let skewed = base.map_with_location(|i, j, a| if i < j { a } else { -a });
    let values = linalg::eigenvalues(&jets(&skewed)).unwrap();
    let sum: Dual = values.iter().map(|z| z.re * z.re - z.im * z.im * 2.0).sum();
    compare("eigenvalues", &skewed, &imaginary, sum);
    let eigen = |m: &DMatrix<f64>| {
        let e = m.clone().symmetric_eigen();
        &e.eigenvectors
            * DMatrix::from_diagonal(&e.eigenvalues.map(f64::sqrt))
            * e.eigenvectors.transpose()
    };
    let root = linalg::symmetric_sqrt(&jets(&positive)).unwrap()[(0, 1)];
    compare("square root", &positive, &|m| eigen(m)[(0, 1)], root);
}

/// Single precision, and jets of it.
#[test]
fn single_precision() {
    let x = HyperDual::<f32>::variable(0.0, 0);
    let c = HyperDual::<f32>::constant;
    let values = linalg::symmetric_eigenvalues(&Matrix2::new(c(1.0), x, x, c(3.0))).unwrap();
    assert!((values[0].second_partial(0, 0) + 1.0).abs() < 1e-6); // 2 - √(1 + x²)
    let solution =
        linalg::solve(&Matrix2::new(x, c(1.0), c(1.0), c(2.0)), &Vector2::new(c(1.0), c(0.0)));
    // (-2, 1)/(1 - 2x)
    let solution = solution.unwrap();
    assert!((solution[0].partial(0) + 4.0).abs() < 1e-6);
    assert!((solution[1].second_partial(0, 0) - 8.0).abs() < 1e-5);
}
