//! The rows of `reference.csv`, and how a function of them is evaluated in one precision or the other.

use gradual::{Dual, HyperDual, Real, special};

use super::ulps;

/// A function at a point, with its derivatives of the orders 0, 1, 2, 3 and 8.
pub struct Row {
    pub function: &'static str,
    pub is_ordinary: bool,
    pub x: f64,
    pub derivatives: [f64; 5],
    /// So many ulps do they change where x changes by one; 1 if it is less.
    pub conditions: [f64; 5],
}

pub const ORDERS: [usize; 5] = [0, 1, 2, 3, 8];

pub fn rows() -> impl Iterator<Item = Row> {
    include_str!("reference.csv").lines().skip(1).map(|line| {
        let mut fields = line.split(',');
        let mut next = || fields.next().expect("eight fields");
        let (function, kind) = (next(), next());
        let mut number = || next().parse().expect("a number");
        Row {
            function,
            is_ordinary: kind == "ord",
            x: number(),
            derivatives: std::array::from_fn(|_| number()),
            conditions: std::array::from_fn(|_| number()),
        }
    })
}

/// Calls a function by its name in the table.
pub fn call<T: Real<Scalar: special::Values>>(function: &str, x: T) -> T {
    let mut words = function.split(':');
    let name = words.next().expect("a name");
    let parameters: Vec<f64> = words.map(|p| p.parse().expect("a number")).collect();
    let order = || parameters[0] as u32;
    let plain = |i: usize| <T::Scalar as Real>::literal(parameters[i]);
    let constant = |i: usize| T::lift(plain(i));
    match name {
        "logistic" => special::logistic(x),
        "ln_logistic" => special::ln_logistic(x),
        "softplus" => special::softplus(x),
        "logit" => special::logit(x),
        "log1mexp" => special::log1mexp(x),
        "erf" => special::erf(x),
        "erfc" => special::erfc(x),
        "erfcx" => special::erfcx(x),
        "erf_inv" => special::erf_inv(x),
        "erfc_inv" => special::erfc_inv(x),
        "norm_pdf" => special::norm_pdf(x),
        "norm_cdf" => special::norm_cdf(x),
        "norm_ln_cdf" => special::norm_ln_cdf(x),
        "norm_quantile" => special::norm_quantile(x),
        "gamma" => special::gamma(x),
        "ln_gamma" => special::ln_gamma(x),
        "digamma" => special::digamma(x),
        "polygamma" => special::polygamma(order(), x),
        "ln_factorial" => special::ln_factorial(x),
        "beta" => special::beta(constant(0), x),
        "ln_beta" => special::ln_beta(x, constant(0)),
        "ln_binomial_n" => special::ln_binomial(x, constant(0)),
        "ln_binomial_k" => special::ln_binomial(constant(0), x),
        "gamma_p" => special::gamma_p(plain(0), x),
        "gamma_q" => special::gamma_q(plain(0), x),
        "beta_reg" => special::beta_reg(plain(0), plain(1), x),
        "bessel_j" => special::bessel_j(order(), x),
        "bessel_y" => special::bessel_y(order(), x),
        "bessel_i" => special::bessel_i(order(), x),
        "bessel_k" => special::bessel_k(order(), x),
        "bessel_i_scaled" => special::bessel_i_scaled(order(), x),
        "bessel_k_scaled" => special::bessel_k_scaled(order(), x),
        "spherical_j" => special::spherical_j(order(), x),
        "lambert_w0" => special::lambert_w0(x),
        "lambert_wm1" => special::lambert_wm1(x),
        "legendre_p" => special::legendre_p(order(), x),
        unknown => panic!("no function is called {unknown}"),
    }
}

/// The derivatives of the orders 0, 1, 2, 3 and 8, each from a number of that order.
macro_rules! derivatives {
    ($name:ident, $t:ty) => {
        pub fn $name(function: &str, x: $t) -> [f64; 5] {
            let first = call(function, Dual::<$t, 1>::variable(x, 0));
            let second = call(function, HyperDual::<$t, 1>::variable(x, 0));
            let third =
                call(function, Dual::<_, 1>::variable(HyperDual::<$t, 1>::variable(x, 0), 0));
            let one = HyperDual::<$t, 1>::variable(x, 0);
            let two = HyperDual::<_, 1>::variable(one, 0);
            let three = HyperDual::<_, 1>::variable(two, 0);
            let eighth = call(function, HyperDual::<_, 1>::variable(three, 0));
            assert_eq!(first.value.to_bits(), call(function, x).to_bits());
            assert_eq!(second.value.to_bits(), first.value.to_bits());
            assert_eq!(eighth.value.value.value.value.to_bits(), first.value.to_bits());
            let all = [
                first.value,
                first.partial(0),
                second.hessian()[0][0],
                third.partial(0).hessian()[0][0],
                eighth.hessian()[0][0].hessian()[0][0].hessian()[0][0].hessian()[0][0],
            ];
            all.map(f64::from)
        }
    };
}

derivatives! { double, f64 }
derivatives! { single, f32 }

/// The distance from the truth in ulps of it, for normal numbers; beside zero, subnormal or infinite truth 0 for what is
/// as small or as large, and infinity otherwise.
pub fn error(got: f64, truth: f64) -> f64 {
    if truth.is_normal() && truth.abs() > 1e-300 && truth.abs() < 1e300 {
        return (got - truth).abs() / ulps::ulp(truth);
    }
    let (small, large) =
        (got.abs() < 1e-299 && truth.abs() < 1.0, got.abs() > 1e299 && truth.abs() > 1.0);
    if small || large { 0.0 } else { f64::INFINITY }
}

/// The same in ulps of an f32.
pub fn error_f32(got: f64, truth: f64) -> f64 {
    if truth.abs() > 1e-37 && truth.abs() < 1e38 {
        return (got - truth).abs() / ulps::ulp_f32(truth);
    }
    let (small, large) =
        (got.abs() < 1e-36 && truth.abs() < 1.0, got.abs() > 1e37 && truth.abs() > 1.0);
    if small || large { 0.0 } else { f64::INFINITY }
}
