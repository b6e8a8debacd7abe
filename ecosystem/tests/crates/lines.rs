//! A crate is a line here: the bound that it asks for, a function of one variable that goes through it, and where it is
//! checked. What needs more than a line has a file of its own.

use gradual_ecosystem::crates;
use num_traits::{Float, FloatConst, FromPrimitive, NumAssign, NumCast};

fn c<T: NumCast>(x: f64) -> T {
    T::from(x).unwrap()
}

crates! {
    ahrs: [nalgebra_0_34::RealField + Copy] |x| {
        use ahrs::{Ahrs, Madgwick};
        use nalgebra_0_34::Vector3;
        let k = |x: f64| nalgebra_0_34::convert::<f64, T>(x);
        let mut filter = Madgwick::new(k(0.01), x);
        for i in 0..5 {
            let turn = Vector3::new(k(0.3), k((i as f64).sin()), x);
            filter.update_imu(&turn, &Vector3::new(k(0.1), x, k(0.9))).unwrap();
        }
        let (roll, pitch, yaw) =
            filter.update(&Vector3::zeros(), &Vector3::new(k(0.1), k(0.2), k(0.3)), &Vector3::new(k(0.5), x, k(0.7)))
                .unwrap().euler_angles();
        roll + pitch + yaw
    }, at 0.4, values_within(1e-14);
    angular_units: [Float] |x| {
        use angular_units::{Angle, Deg, Interpolate, Rad};
        let degrees: Deg<T> = Rad(x).into();
        degrees.interpolate(&Deg(c::<T>(80.0)), c(0.25)).sin() + Rad(x * x).normalize().cos()
    }, at 0.7;
    bvh: [bvh::bounding_hierarchy::BHValue + nalgebra::ComplexField] |x| {
        use bvh::ray::Ray;
        use nalgebra::{Point3, Vector3};
        let k = |x: f64| T::from_f64(x).unwrap();
        // where a ray meets a triangle
        let ray = Ray::new(Point3::new(x, k(0.1), k(-1.0)), Vector3::new(k(0.1), x, k(1.0)));
        let corners = [[-3.0, -2.0, 1.0], [3.0, -2.0, 1.5], [0.0, 4.0, 1.2]];
        let [a, b, c] = corners.map(|[x, y, z]| Point3::new(k(x), k(y), k(z)));
        let hit = ray.intersects_triangle(&a, &c, &b);
        hit.distance + hit.u * hit.v
    }, at 0.4;
    chfft: [Float + FloatConst + NumAssign] |x| {
        use num_complex::Complex;
        let signal: Vec<_> = (0..12).map(|i| Complex::new((x * c(i as f64)).sin(), x)).collect();
        chfft::CFft1D::with_len(12).forward(&signal)[3].norm_sqr()
    }, at 0.7;
    compensated_summation: [Float + std::ops::AddAssign] |x| {
        let mut sum = compensated_summation::KahanBabuskaNeumaier::<T>::new();
        (1..20).for_each(|i| sum += (x * c(i as f64)).cos() / c(i as f64));
        sum.total() * x
    }, at 0.7;
    discrete_pid: [num_traits::float::FloatCore + FloatConst] |x| {
        use discrete_pid::{pid, time};
        let settings = pid::PidConfigBuilder::default()
            .kp(c::<T>(2.0)).ki(x).kd(c(0.01)).filter_tc(c(0.1))
            .sample_time(core::time::Duration::from_millis(100));
        let controller = pid::FuncPidController::new(settings.build().unwrap());
        let (mut state, mut plant) = (pid::PidContext::new_uninit(), T::zero());
        for i in 0..8 {
            let (push, next) = controller.compute(state, plant, T::one(), time::Millis(100 * i), None);
            (state, plant) = (next, plant + push * c(0.1) - plant * c(0.05));
        }
        plant
    }, at 1.5;
    finitediff: [Float + FromPrimitive] |x| {
        let f = |v: &Vec<T>| Ok(v[0].sin() * v[1]);
        // differences of a function, differentiated: the slope of (f(v + h) - f(v - h)) / 2h
        finitediff::vec::central_diff(&f)(&vec![x, x * x]).unwrap()[0]
    }, at 0.7, within(1e-6);
    hdbscan: [Float + FromPrimitive + core::fmt::Debug + Send + Sync] |x| {
        let points: Vec<Vec<T>> = [[1.5, 2.2], [1.0, 1.1], [1.2, 1.4], [0.8, 1.0], [1.1, 1.0],
            [3.7, 4.0], [3.9, 3.9], [3.6, 4.1], [3.8, 3.9], [4.0, 4.1], [10.0, 10.0]]
            .iter().map(|p| p.iter().map(|v| c::<T>(*v) * x).collect()).collect();
        let clusters = hdbscan::Hdbscan::default_hyper_params(&points);
        let labels = clusters.cluster().unwrap();
        let centers = clusters.calc_centers(hdbscan::Center::Centroid, &labels).unwrap();
        centers[0][0] * centers[1][1]
    }, at 1.3;
    interp1d: [Float + core::fmt::Display + num_traits::NumRef] |x| {
        let nodes = vec![c::<T>(0.0), x * c::<T>(0.5), c(1.0), c(2.0)];
        let table = interp1d::Interp1d::<T, T>::new_sorted(nodes, vec![c(1.0), x * x, c(3.0), c(2.0)]).unwrap();
        table.interpolate_checked(x).unwrap()
    }, at 0.7;
    interpn: [Float] |x| {
        let values: Vec<T> = (0..16).map(|i| (x * c(i as f64)).sin()).collect();
        let mut out = [T::zero()];
        let (starts, steps) = ([c::<T>(0.0), c(0.0)], [c::<T>(1.0), c(1.0)]);
        interpn::multicubic::regular::interpn(
            &[4, 4], &starts, &steps, &values, false, &[&[x + T::one()], &[x * x]], &mut out,
        ).unwrap();
        out[0]
    }, at 0.7;
    kahan: [Float] |x| {
        let mut sum = kahan::KahanSum::<T>::new();
        (1..20).for_each(|i| sum += (x * c(i as f64)).sin() / c(i as f64));
        sum.sum()
    }, at 0.7;
    kernel_density_estimation: [kernel_density_estimation::float::KDEFloat] |x| {
        use kernel_density_estimation::prelude::*;
        let sample: Vec<T> = [0.1, 0.5, 0.9, 1.7].iter().map(|v| c::<T>(*v) * x).collect();
        KernelDensityEstimator::new(sample, Silverman, Normal).pdf(&[x * x])[0]
    }, at 0.7;
    kfilter: [nalgebra_0_34::RealField + Copy] |x| {
        use kfilter::{Kalman1M, KalmanFilter, KalmanPredict};
        use nalgebra_0_34::{Matrix1, Matrix1x2, Matrix2, SMatrix};
        let k = |x: f64| nalgebra_0_34::convert::<f64, T>(x);
        let mut filter = Kalman1M::new(
            Matrix2::new(k(1.0), k(0.1), k(0.0), k(1.0)), SMatrix::identity() * x,
            Matrix1x2::new(k(1.0), k(0.0)), SMatrix::identity(), SMatrix::zeros(),
        );
        for i in 0..6 {
            filter.predict().unwrap();
            filter.update(Matrix1::new(k((i as f64).sin()))).unwrap();
        }
        filter.state()[0] + filter.state()[1]
    }, at 0.7;
    lerp: [Float] |x| {
        lerp::Lerp::lerp_bounded(x.exp(), c::<T>(3.0), x * x)
    }, at 0.7;
    linreg: [num_traits::float::FloatCore + std::iter::Sum] |x| {
        let (xs, ys) = ([c::<T>(1.0), c(2.0), x, c(4.0)], [c::<T>(2.5), x * x, c(6.6), c(8.5)]);
        let (slope, intercept): (T, T) = linreg::linear_regression(&xs, &ys).unwrap();
        slope + intercept
    }, at 3.3;
    lstsq: [nalgebra::RealField + Copy] |x| {
        use nalgebra::{DVector, Dyn, OMatrix, U2, convert};
        let k = |x: f64| convert::<f64, T>(x);
        let a = OMatrix::<T, Dyn, U2>::from_row_slice(&[k(1.0), k(1.0), x, k(1.0), k(3.0), k(1.0), k(4.0), k(1.0)]);
        let b = DVector::from_row_slice(&[k(2.5), k(4.4), k(6.6), x * x]);
        let fit = lstsq::lstsq(&a, &b, k(1e-12)).unwrap();
        fit.solution[0] + fit.residuals
    }, at 2.2;
    nalgebra_mvn: [nalgebra::RealField + Copy] |x| {
        use nalgebra::{Matrix2, RowVector2, Vector2, convert};
        let k = |x: f64| convert::<f64, T>(x);
        let normal = nalgebra_mvn::MultivariateNormal::from_mean_and_covariance(
            &Vector2::new(x, k(1.0)), &Matrix2::new(x * x + k(1.0), k(0.3), k(0.3), k(2.0)),
        ).unwrap();
        normal.logpdf(&RowVector2::new(k(0.5), x))[0]
    }, at 0.7;
    ndarray_0_16: [ndarray_0_16::NdFloat] |x| {
        let a = ndarray_0_16::array![x, x * x, c(2.0)];
        (&a * x).dot(&a) + a.mapv(T::sin).sum()
    }, at 0.7;
    ndarray_of_today: [ndarray::NdFloat] |x| {
        let a = ndarray::array![[x, x * x], [c(2.0), x]];
        (a.dot(&a) * x).sum() + a.mapv(T::exp).sum()
    }, at 0.7;
    ninterp: [Float + num_traits::Euclid + std::fmt::Debug] |x| {
        use ndarray::array;
        use ninterp::prelude::*;
        let table = Interp2D::new(
            array![c::<T>(0.0), x * c(0.5), c(1.0)], array![c::<T>(0.0), c(1.0)],
            array![[c::<T>(0.0), c(1.0)], [x * x, c(2.0)], [c(2.0), c(4.0)]],
            strategy::Linear, Extrapolate::Error,
        ).unwrap();
        table.interpolate(&[x, x * x]).unwrap()
    }, at 0.7;
    opencv_ros_camera: [nalgebra::RealField + Copy] |x| {
        use nalgebra::{RowVector2, Vector5, convert};
        use opencv_ros_camera::{Distortion, RosOpenCvIntrinsics, UndistortedPixels};
        let k = |x: f64| convert::<f64, T>(x);
        let lens = Distortion::from_opencv_vec(Vector5::new(k(-0.2), k(0.1), k(0.01), x * k(0.01), k(0.05)));
        let camera = RosOpenCvIntrinsics::from_params_with_distortion(k(800.0), k(0.0), k(790.0) + x, k(320.0), k(240.0), lens);
        let pixels = UndistortedPixels { data: RowVector2::new(k(500.0) * x, k(300.0)) };
        camera.distort(&pixels).data[(0, 0)] * k(0.01)
    }, at 0.7;
    polynomial: [Float] |x| {
        let (xs, ys) = ([c::<T>(0.0), x, c(2.0)], [c::<T>(1.0), x.exp(), x * x]);
        polynomial::Polynomial::lagrange(&xs, &ys).unwrap().eval(c(1.3))
    }, at 0.7;
    rolling_stats: [Float + std::ops::AddAssign + FromPrimitive + core::fmt::Debug] |x| {
        let mut stats = rolling_stats::Stats::new();
        [x, x * x, c(0.5), c(2.0)].into_iter().for_each(|v| stats.update(v));
        stats.std_dev + stats.mean * c(2.0)
    }, at 0.7;
    rulinalg: [Float + FromPrimitive + std::any::Any] |x| {
        use rulinalg::matrix::Matrix;
        let m = Matrix::new(3, 3, vec![x, c(1.0), c(0.5), c(1.0), x * x, c(0.2), c(0.5), c(0.2), c(4.0)]);
        let solution = m.clone().solve(rulinalg::vector::Vector::new(vec![c(1.0), x, c(2.0)])).unwrap();
        solution[0] + m.det()
    }, at 2.2;
    rustdct: [rustdct::DctNum + Float] |x| {
        let mut signal: Vec<T> = (0..6).map(|i| (x * c(i as f64)).sin()).collect();
        rustdct::DctPlanner::new().plan_dct2(6).process_dct2(&mut signal);
        signal[1] * signal[4]
    }, at 0.7;
    simple_si_units: [simple_si_units::NumLike + NumCast] |x| {
        use simple_si_units::base::{Distance, Time};
        let time = Time::from_s(c::<T>(2.0) + x.clone());
        let velocity = Distance::from_m(x.clone()) / time.clone();
        (velocity * time).to_m() * x
    }, at 0.7;
    simplers_optimization: [Float + num_traits::float::FloatCore] |x| {
        // the value of the best of thirty points, by a parameter of the function
        let f = |v: &[T]| (v[0] - x) * (v[0] - x) + v[1] * x;
        let bounds = [(c::<T>(-1.0), c::<T>(2.0)), (c(0.5), c(1.0))];
        simplers_optimization::Optimizer::minimize(f, &bounds, 30).0
    }, at 0.7, step(1.0 / 16384.0), within(1e-8);
    sphrs: [sphrs::SphrsFloat] |x| {
        use sphrs::{Coordinates, RealSH, SHEval};
        RealSH::Spherical.eval(3, 2, &Coordinates::cartesian(x, c::<T>(0.2), x * x))
    }, at 0.7;
    sprs: [Float + NumAssign + Default + Send + Sync + sprs::MulAcc] |x| {
        let a = sprs::CsMat::new_csc((3, 3), vec![0, 2, 3, 5], vec![0, 2, 1, 1, 2], vec![x, c(1.0), x * x, c(0.5), x.exp()]);
        let product = &a * &a;
        product.iter().fold(T::zero(), |sum, (v, (i, j))| sum + *v * c((i + 2 * j) as f64))
    }, at 0.7;
    totsu_core: [Float + std::fmt::Debug + std::fmt::LowerExp] |x| {
        use totsu_core::solver::Solver;
        use totsu_core::{ConeRPos, FloatGeneric, MatOp, MatType::General};
        // the least y with y >= x²
        let (one, bound) = ([T::one()], [-x * x]);
        let (cost, a, b) = (MatOp::new(General(1, 1), &one), [-T::one()], MatOp::new(General(1, 1), &bound));
        let mut work = vec![T::zero(); Solver::<FloatGeneric<T>>::query_worklen((1, 1))];
        Solver::<FloatGeneric<T>>::new()
            .par(|settings| settings.eps_acc = c(1e-9))
            .solve((cost, MatOp::new(General(1, 1), &a), b, ConeRPos::new(), &mut work))
            .unwrap().0[0]
    }, at 0.7, slope(|x| 2.0 * x), within(1e-6), first_order_only();
    varpro: [nalgebra_0_34::RealField + Float + FromPrimitive + num_traits::float::TotalOrder] |x| {
        use nalgebra_0_34::DVector;
        use varpro::{prelude::*, problem::SeparableProblemBuilder, solvers::levmar::LevMarSolver};
        // the time of a decay, fitted to exact data with the time x
        let times = DVector::from_fn(6, |i, _| c::<T>(0.3 * i as f64));
        let data = times.map(|t| c::<T>(2.0) * Float::exp(-t / x));
        let model = SeparableModelBuilder::<T>::new(["time"])
            .function(["time"], |t: &DVector<T>, tau: T| t.map(|t| Float::exp(-t / tau)))
            .partial_deriv("time", |t: &DVector<T>, tau: T| t.map(|t| Float::exp(-t / tau) * t / (tau * tau)))
            .independent_variable(times)
            .initial_parameters(vec![c(1.0)])
            .build().unwrap();
        let problem = SeparableProblemBuilder::new(model).observations(data).build().unwrap();
        LevMarSolver::default().solve(problem).unwrap().nonlinear_parameters()[0]
    }, at 0.7, slope(|_| 1.0), within(1e-6), first_order_only();
    vecmat: [Float] |x| {
        use vecmat::Matrix;
        let m = Matrix::<T, 3, 3>::from([[x, c(1.0), c(0.5)], [c(1.0), x * x, c(0.2)], [c(0.5), c(0.2), c(4.0)]]);
        m.inv()[(0, 1)] + m.det()
    }, at 2.2;
}
