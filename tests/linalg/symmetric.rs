//! Eigenvalues and eigenvectors of symmetric matrices, also where they repeat.

use crate::families::{
    Blocks, Dense, Diagonal, Family, H, Isotropic, ORIGIN, Repeated, ZeroColumn, ZeroPivot,
    every_kind, plain, times, vanishes,
};
use crate::kinds::Kind;
use gradual::linalg::{self, LinalgError};
use gradual::{Dual, HyperDual};
use nalgebra::{Matrix2, Matrix3, Matrix4};

fn symmetric_eigen_solves<T: Kind>(family: Family) {
    let a = family.at(T::variables(ORIGIN), true);
    let eigen = linalg::symmetric_eigen(&a).unwrap();
    let (v, values) = (eigen.eigenvectors, eigen.eigenvalues);
    vanishes(&(times(&a, &v) - times(&v, &Matrix4::from_diagonal(&values))), 2e-13, "A V - V Λ");
    vanishes(&(times(&v.transpose(), &v) - Matrix4::identity()), 1e-13, "VᵀV - I");
    let reference = plain(&a).symmetric_eigen();
    assert_eq!(values.map(|x| x.primal()), reference.eigenvalues);
    assert_eq!(plain(&v), reference.eigenvectors);
    assert_eq!(linalg::symmetric_eigenvalues(&plain(&a)).unwrap(), reference.eigenvalues);
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

/// An infinite slope of one entry, of √x at 0, is no derivative of what does not depend on it.
#[test]
fn infinite_slopes_stay_where_they_are() {
    let c = Dual::<f64>::constant;
    let root = Dual::<f64>::variable(0.0, 0).sqrt();
    let eigen = linalg::symmetric_eigen(&Matrix2::new(root, c(0.0), c(0.0), c(4.0))).unwrap();
    assert_eq!(eigen.eigenvalues.map(|x| x.partial(0)), nalgebra::vector![f64::INFINITY, 0.0]);
    assert!(eigen.eigenvectors.iter().all(|x| x.partial(0) == 0.0), "{}", eigen.eigenvectors);
    // beside the diagonal it turns the eigenvectors, and leaves the eigenvalues
    let eigen = linalg::symmetric_eigen(&Matrix2::new(c(1.0), root, root, c(4.0))).unwrap();
    assert_eq!(eigen.eigenvalues.map(|x| x.partial(0)), nalgebra::vector![0.0, 0.0]);
    let slopes = eigen.eigenvectors.map(|x| x.partial(0).abs());
    assert_eq!(slopes, Matrix2::new(0.0, f64::INFINITY, f64::INFINITY, 0.0));
}
