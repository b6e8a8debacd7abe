//! Special functions at zeros, poles, infinities and outside of their domains.

use gradual::derivatives::Derivatives;
use gradual::special::*;
use gradual::{Dual, HyperDual, derivative, hessian, second_derivative};

const INF: f64 = f64::INFINITY;

/// A function of one argument with derivatives of five orders.
type Deep = Dual<HyperDual<HyperDual<f64, 1>, 1>, 1>;

fn seed(x: f64) -> Deep {
    Dual::variable(HyperDual::variable(HyperDual::variable(x, 0), 0), 0)
}

fn every_part(y: Deep, test: impl Fn(f64) -> bool) -> bool {
    let two =
        |w: HyperDual<f64, 1>| test(w.gradient()[0]) && test(w.hessian()[0][0]) && test(w.value);
    let four = |z: HyperDual<HyperDual<f64, 1>, 1>| two(z.value) && z.derivatives.all(|w| two(*w));
    four(y.value) && y.derivatives.all(|z| four(*z))
}

#[test]
fn no_part_is_nan_where_a_function_has_a_limit() {
    type Named = (&'static str, fn(Deep) -> Deep, &'static [f64]);
    let functions: &[Named] = &[
        ("erf", erf, &[-INF, -1e200, -30.0, 0.0, 30.0, 1e200, INF]),
        ("erfc", erfc, &[-INF, -1e200, -30.0, 0.0, 30.0, 1e200, INF]),
        ("erfcx", erfcx, &[-20.0, 0.0, 1e200, INF]),
        ("erf_inv", erf_inv, &[-1.0, 0.0, 1.0]),
        ("erfc_inv", erfc_inv, &[0.0, 1e-320, 1.0, 2.0]),
        ("norm_pdf", norm_pdf, &[-INF, -1e200, -50.0, 0.0, 50.0, 1e200, INF]),
        ("norm_cdf", norm_cdf, &[-INF, -1e200, -50.0, 0.0, 50.0, 1e200, INF]),
        ("norm_ln_cdf", norm_ln_cdf, &[-INF, -1e150, -50.0, 0.0, 50.0, 1e200, INF]),
        ("norm_quantile", norm_quantile, &[0.0, 1e-320, 0.5, 1.0]),
        ("gamma", gamma, &[0.5, 100.0]),
        ("ln_gamma", ln_gamma, &[1.0, 2.0, 1e300]),
        ("digamma", digamma, &[1e300]),
        ("ln_factorial", ln_factorial, &[0.0, 1.0, 1e300]),
        ("bessel_j 0", |x| bessel_j(0, x), &[-1e300, 0.0, 1e-300, 1e300]),
        ("bessel_j 3", |x| bessel_j(3, x), &[-1e10, -0.0, 0.0, 1e-300, 1e10]),
        ("bessel_y 0", |x| bessel_y(0, x), &[0.0, 1e-300, 1e-100, 1e10]),
        ("bessel_y 2", |x| bessel_y(2, x), &[0.0, 1e-300, 1e-100, 1e10]),
        ("bessel_i 2", |x| bessel_i(2, x), &[-1000.0, -1.0, 0.0, 1e-300, 1000.0, INF]),
        ("bessel_i 1", |x| bessel_i(1, x), &[-1.0, 0.0, 1e-300, 700.0]),
        ("bessel_k 1", |x| bessel_k(1, x), &[0.0, 1e-300, 800.0, INF]),
        ("bessel_i_scaled 2", |x| bessel_i_scaled(2, x), &[-1e6, 0.0, 1e-300, 1e8]),
        ("bessel_k_scaled 1", |x| bessel_k_scaled(1, x), &[1e-8, 1e8]),
        ("spherical_j 2", |x| spherical_j(2, x), &[-1e8, 0.0, 1e-300, 1e8]),
        ("lambert_w0", lambert_w0, &[-1.0 / core::f64::consts::E, 0.0, 1e300, INF]),
        ("lambert_wm1", lambert_wm1, &[-1.0 / core::f64::consts::E, -1e-300, 0.0]),
        ("gamma_p", |x| gamma_p(0.5, x), &[0.0, 1e-300, 800.0, 1e300]),
        ("gamma_q", |x| gamma_q(3.0, x), &[0.0, 1e-300, 800.0, 1e300]),
        ("beta_reg", |x| beta_reg(0.5, 0.5, x), &[0.0, 1e-300, 1.0]),
        ("beta_reg", |x| beta_reg(3.0, 2.0, x), &[0.0, 1e-300, 1.0]),
    ];
    let mut wrong = Vec::new();
    for (name, f, points) in functions {
        for &x in *points {
            let y = f(seed(x));
            if !every_part(y, |part| !part.is_nan()) {
                wrong.push(format!("{name} at {x}: {y}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn outside_of_the_domain_is_nan_in_all_parts() {
    type Named = (&'static str, fn(Deep) -> Deep, &'static [f64]);
    let functions: &[Named] = &[
        ("erf_inv", erf_inv, &[-1.1, 1.1, f64::NAN]),
        ("erfc_inv", erfc_inv, &[-0.1, 2.1, f64::NAN]),
        ("norm_quantile", norm_quantile, &[-0.1, 1.1, f64::NAN]),
        ("norm_cdf", norm_cdf, &[f64::NAN]),
        ("norm_ln_cdf", norm_ln_cdf, &[f64::NAN]),
        ("bessel_y", |x| bessel_y(2, x), &[-1.0, f64::NAN]),
        ("bessel_k", |x| bessel_k(2, x), &[-1.0, f64::NAN]),
        ("bessel_k_scaled", |x| bessel_k_scaled(2, x), &[-1.0, f64::NAN]),
        ("lambert_w0", lambert_w0, &[-0.4, f64::NAN]),
        ("lambert_wm1", lambert_wm1, &[-0.4, 0.1, f64::NAN]),
        ("gamma_p", |x| gamma_p(2.0, x), &[f64::NAN]),
    ];
    for (name, f, points) in functions {
        for &x in *points {
            let y = f(seed(x));
            assert!(every_part(y, f64::is_nan), "{name} at {x}: {y}");
        }
    }
}

#[test]
fn limits_have_their_values() {
    assert_eq!(second_derivative(erf, INF), (1.0, 0.0, 0.0));
    assert_eq!(second_derivative(norm_ln_cdf, -INF), (-INF, INF, -1.0));
    assert_eq!(second_derivative(norm_quantile, 0.0), (-INF, INF, -INF));
    assert_eq!(second_derivative(norm_quantile, 1.0), (INF, INF, INF));
    assert_eq!(second_derivative(|x| bessel_j(0, x), 0.0), (1.0, 0.0, -0.5));
    assert_eq!(second_derivative(|x| bessel_j(2, x), 0.0), (0.0, 0.0, 0.25));
    assert_eq!(second_derivative(|x| spherical_j(0, x), 0.0), (1.0, 0.0, -1.0 / 3.0));
    assert_eq!(second_derivative(|x| bessel_y(0, x), 0.0), (-INF, INF, -INF));
    assert_eq!(second_derivative(|x| gamma_p(1.0, x), 0.0), (0.0, 1.0, -1.0));
    assert_eq!(second_derivative(|x| gamma_p(0.5, x), 0.0), (0.0, INF, -INF));
    assert_eq!(derivative(|x| beta_reg(1.0, 3.0, x), 0.0).1, 3.0);
    assert_eq!(second_derivative(|x| beta_reg(3.0, 1.0, x), 1.0), (1.0, 3.0, 6.0));
    let (w, first, second) = second_derivative(lambert_w0, -1.0 / core::f64::consts::E);
    assert_eq!((w, first, second), (-1.0, INF, -INF));
}

#[test]
fn constants_have_no_derivatives() {
    let c = HyperDual::<f64, 2>::constant;
    assert!(norm_quantile(c(0.0)).is_constant());
    assert!(erf_inv(c(1.0)).is_constant());
    assert!(ln_gamma(c(0.0)).is_constant());
    assert!(bessel_y(1, c(0.0)).is_constant());
    assert!(lambert_wm1(c(0.0)).is_constant());
    assert!(gamma_p(0.5, c(0.0)).is_constant());
    assert!(ln_beta(c(2.0), c(3.0)).is_constant());
}

#[test]
fn symmetries() {
    for x in [0.3, 1.7, 4.0, 11.0] {
        let (a, b) = (second_derivative(norm_cdf, x), second_derivative(norm_cdf, -x));
        assert_eq!((a.1, a.2), (b.1, -b.2));
        for n in 0..4 {
            let (a, b) = (
                second_derivative(|x| bessel_j(n, x), x),
                second_derivative(|x| bessel_j(n, x), -x),
            );
            let sign = if n % 2 == 0 { 1.0 } else { -1.0 };
            assert_eq!(a, (sign * b.0, -sign * b.1, sign * b.2));
        }
    }
}

/// Both arguments vary, and together: against ln Γ's own derivatives.
#[test]
fn functions_of_two_arguments() {
    let (_, g, h) = hessian(|[a, b]| ln_beta(a, b), [2.5_f64, 0.75]);
    let psi = |n, x: f64| polygamma(n, x);
    let close = |a: f64, b: f64| assert!((a - b).abs() <= 4e-15 * b.abs(), "{a} {b}");
    close(g[0], psi(0, 2.5) - psi(0, 3.25));
    close(g[1], psi(0, 0.75) - psi(0, 3.25));
    close(h[0][0], psi(1, 2.5) - psi(1, 3.25));
    close(h[1][1], psi(1, 0.75) - psi(1, 3.25));
    close(h[0][1], -psi(1, 3.25));
    let (y, first, second) = second_derivative(|x| ln_beta(x, x * 2.0), 1.5_f64);
    close(y, ln_gamma(1.5_f64) + ln_gamma(3.0) - ln_gamma(4.5));
    close(first, psi(0, 1.5) + 2.0 * psi(0, 3.0) - 3.0 * psi(0, 4.5));
    close(second, psi(1, 1.5) + 4.0 * psi(1, 3.0) - 9.0 * psi(1, 4.5));
    let (y, first, second) = second_derivative(|x| beta(x, x * 2.0), 1.5_f64);
    let log = second_derivative(|x| ln_beta(x, x * 2.0), 1.5_f64);
    close(y, log.0.exp());
    close(first, y * log.1);
    close(second, y * (log.2 + log.1 * log.1));
}

/// On the sphere, -l (l + 1) is the eigenvalue of the Laplacian.
#[test]
fn spherical_harmonics_are_eigenfunctions() {
    let (theta, phi) = (0.9_f64, -0.4);
    for l in 0..5_u32 {
        let mut power = 0.0;
        for m in -(l as i32)..=l as i32 {
            let (y, g, h) = hessian(|[t, p]| spherical_harmonic(l, m, t, p), [theta, phi]);
            let sin = theta.sin();
            let laplacian = h[0][0] + g[0] * theta.cos() / sin + h[1][1] / (sin * sin);
            let expected = -f64::from(l * (l + 1)) * y;
            assert!((laplacian - expected).abs() < 2e-13, "{l} {m}: {laplacian} {expected}");
            power += y * y;
        }
        // Unsöld's theorem: Σ Y² = (2l + 1)/4π
        assert!((power * 4.0 * std::f64::consts::PI - f64::from(2 * l + 1)).abs() < 1e-13);
    }
    assert_eq!(legendre_p(0, 0.3), 1.0);
}

#[test]
#[should_panic(expected = "the order 3 of a spherical harmonic of degree 2")]
fn an_order_above_the_degree_panics() {
    let _ = spherical_harmonic(2, 3, 0.1, 0.2);
}
