//! Derivatives that leave the range of the floats between two functions: value, slope and curvature are ordinary numbers,
//! while f'(x) or f''(x) of a function on the way overflows or underflows.
//!
//! The true values are Taylor coefficients that mpmath computed with 1200 digits.

use gradual::derivatives::BlockPartials;
use gradual::{BlockDual, Dual, HyperDual, Jet, Real, hessian};
use num_traits::{Float as _, ToPrimitive};

/// Points of f64: the program, the point, the derivatives of order 0 to 3, the size of the terms that those of order 1
/// to 3 are sums of.
const F64: &str = "
    softplus 400.0: 400.0 1.0 0.0 0.0; 1.0e+00 1.0e+00 1.0e+00
    softplus 700.0: 700.0 1.0 0.0 0.0; 1.0e+00 1.0e+00 1.0e+00
    log_logistic -300.0: -300.0 1.0 0.0 0.0; 1.0e+00 1.0e+00 1.0e+00
    log_logistic -400.0: -400.0 1.0 0.0 0.0; 1.0e+00 1.0e+00 1.0e+00
    log_logistic -700.0: -700.0 1.0 0.0 0.0; 1.0e+00 1.0e+00 1.0e+00
    logistic -250.0: 2.6691902155412764e-109 2.6691902155412764e-109 2.6691902155412764e-109 2.6691902155412764e-109; 2.7e-109 2.7e-109 2.7e-109
    logistic -700.0: 9.85967654375977e-305 9.85967654375977e-305 9.85967654375977e-305 9.85967654375977e-305; 9.9e-305 9.9e-305 9.9e-305
    log_gaussian 27.0: -364.5 -27.0 -1.0 0.0; 2.7e+01 7.3e+02 2.0e+04
    log_gaussian 37.0: -684.5 -37.0 -1.0 0.0; 3.7e+01 1.4e+03 5.1e+04
    length 1.3952482803738708e-104: 2.41664091078065e-104 1.7320508075688772 0.0 0.0; 2.0e+00 1.4e+104 2.1e+208
    recip_exp 400.0: 1.9151695967140057e-174 -1.9151695967140057e-174 1.9151695967140057e-174 -1.9151695967140057e-174; 1.9e-174 1.9e-174 1.9e-174
    recip_exp -400.0: 5.221469689764144e+173 -5.221469689764144e+173 5.221469689764144e+173 -5.221469689764144e+173; 5.2e+173 5.2e+173 5.2e+173
    powi_1 400.0: 1.9151695967140057e-174 -1.9151695967140057e-174 1.9151695967140057e-174 -1.9151695967140057e-174; 1.9e-174 1.9e-174 1.9e-174
    powi_1 -400.0: 5.221469689764144e+173 -5.221469689764144e+173 5.221469689764144e+173 -5.221469689764144e+173; 5.2e+173 5.2e+173 5.2e+173
    powf_1 400.0: 1.9151695967140057e-174 -1.9151695967140057e-174 1.9151695967140057e-174 -1.9151695967140057e-174; 1.9e-174 1.9e-174 1.9e-174
    powf_1 -400.0: 5.221469689764144e+173 -5.221469689764144e+173 5.221469689764144e+173 -5.221469689764144e+173; 5.2e+173 5.2e+173 5.2e+173
    powi_2 300.0: 2.6503965530043108e-261 -5.3007931060086215e-261 1.0601586212017243e-260 -2.1203172424034486e-260; 5.3e-261 1.1e-260 2.1e-260
    powi_2 -300.0: 3.7730203009299397e+260 -7.546040601859879e+260 1.5092081203719759e+261 -3.0184162407439517e+261; 7.5e+260 1.5e+261 3.0e+261
    powf_half 600.0: 5.148200222412013e-131 -2.5741001112060067e-131 1.2870500556030034e-131 -6.435250278015017e-132; 2.6e-131 1.3e-131 6.4e-132
    powf_half -600.0: 1.9424263952412558e+130 -9.712131976206279e+129 4.8560659881031396e+129 -2.4280329940515698e+129; 9.7e+129 4.9e+129 2.4e+129
    powf_eighth 600.0: 3.7332419967990015e+32 4.666552495998752e+31 5.83319061999844e+30 7.29148827499805e+29; 4.7e+31 5.8e+30 7.3e+29
    powf_eighth -600.0: 2.6786369618080778e-33 3.3482962022600973e-34 4.1853702528251216e-35 5.231712816031402e-36; 3.3e-34 4.2e-35 5.2e-36
    sqrt_exp 600.0: 1.9424263952412558e+130 9.712131976206279e+129 4.8560659881031396e+129 2.4280329940515698e+129; 9.7e+129 4.9e+129 2.4e+129
    sqrt_exp -600.0: 5.148200222412013e-131 2.5741001112060067e-131 1.2870500556030034e-131 6.435250278015017e-132; 2.6e-131 1.3e-131 6.4e-132
    cbrt_exp 600.0: 7.225973768125749e+86 2.4086579227085832e+86 8.028859742361943e+85 2.6762865807873144e+85; 2.4e+86 8.0e+85 2.7e+85
    cbrt_exp -600.0: 1.3838965267367376e-87 4.6129884224557915e-88 1.537662807485264e-88 5.1255426916175465e-89; 4.6e-88 1.5e-88 5.1e-89
    ln_exp 600.0: 600.0 1.0 0.0 0.0; 1.0e+00 1.0e+00 1.0e+00
    ln_exp -600.0: -600.0 1.0 0.0 0.0; 1.0e+00 1.0e+00 1.0e+00
    log2_exp 600.0: 865.6170245333781 1.4426950408889634 0.0 0.0; 1.4e+00 2.1e+00 3.0e+00
    log2_exp -600.0: -865.6170245333781 1.4426950408889634 0.0 0.0; 1.4e+00 2.1e+00 3.0e+00
    log10_exp 600.0: 260.5766891419511 0.4342944819032518 0.0 0.0; 1.0e+00 1.0e+00 1.0e+00
    log10_exp -600.0: -260.5766891419511 0.4342944819032518 0.0 0.0; 1.0e+00 1.0e+00 1.0e+00
    log_exp 600.0: 546.1435359761024 0.9102392266268374 0.0 0.0; 1.0e+00 1.0e+00 1.0e+00
    log_exp -600.0: -546.1435359761024 0.9102392266268374 0.0 0.0; 1.0e+00 1.0e+00 1.0e+00
    asinh_exp 400.0: 400.69314718055995 1.0 0.0 0.0; 1.0e+00 1.0e+00 1.0e+00
    asinh_minus_exp 400.0: -400.69314718055995 -1.0 0.0 0.0; 1.0e+00 1.0e+00 1.0e+00
    acosh_exp 400.0: 400.69314718055995 1.0 0.0 0.0; 1.0e+00 1.0e+00 1.0e+00
    atan_exp 400.0: 1.5707963267948966 1.9151695967140057e-174 -1.9151695967140057e-174 1.9151695967140057e-174; 1.9e-174 1.9e-174 1.9e-174
    atan_exp 700.0: 1.5707963267948966 9.85967654375977e-305 -9.85967654375977e-305 9.85967654375977e-305; 9.9e-305 9.9e-305 9.9e-305
    mixture 20.0: -401.3862943611199 -40.0 -2.0 0.0; 4.0e+01 1.6e+03 6.4e+04
";

/// Points of f32: the program, the point, the derivatives of order 0 to 3, the size of the terms that those of order 1
/// to 3 are sums of.
const F32: &str = "
    softplus 50.0: 50.0 1.0 1.9287498479639178e-22 -1.9287498479639178e-22; 1.0e+00 1.0e+00 1.0e+00
    softplus 80.0: 80.0 1.0 1.8048513878454153e-35 -1.8048513878454153e-35; 1.0e+00 1.0e+00 1.0e+00
    log_logistic -40.0: -40.0 1.0 -4.248354255291589e-18 -4.248354255291589e-18; 1.0e+00 1.0e+00 1.0e+00
    log_logistic -50.0: -50.0 1.0 -1.9287498479639178e-22 -1.9287498479639178e-22; 1.0e+00 1.0e+00 1.0e+00
    log_logistic -80.0: -80.0 1.0 -1.8048513878454153e-35 -1.8048513878454153e-35; 1.0e+00 1.0e+00 1.0e+00
    logistic -40.0: 4.248354255291589e-18 4.248354255291589e-18 4.248354255291589e-18 4.248354255291589e-18; 4.2e-18 4.2e-18 4.2e-18
    logistic -80.0: 1.8048513878454153e-35 1.8048513878454153e-35 1.8048513878454153e-35 1.8048513878454153e-35; 1.8e-35 1.8e-35 1.8e-35
    log_gaussian 9.0: -40.5 -9.0 -1.0 0.0; 9.0e+00 8.1e+01 7.3e+02
    log_gaussian 13.0: -84.5 -13.0 -1.0 0.0; 1.3e+01 1.7e+02 2.2e+03
    length 7.105427357601002e-15: 1.2306961192854808e-14 1.7320508075688772 0.0 0.0; 2.0e+00 2.8e+14 7.9e+28
    recip_exp 60.0: 8.75651076269652e-27 -8.75651076269652e-27 8.75651076269652e-27 -8.75651076269652e-27; 8.8e-27 8.8e-27 8.8e-27
    recip_exp -60.0: 1.1420073898156842e+26 -1.1420073898156842e+26 1.1420073898156842e+26 -1.1420073898156842e+26; 1.1e+26 1.1e+26 1.1e+26
    powi_1 60.0: 8.75651076269652e-27 -8.75651076269652e-27 8.75651076269652e-27 -8.75651076269652e-27; 8.8e-27 8.8e-27 8.8e-27
    powi_1 -60.0: 1.1420073898156842e+26 -1.1420073898156842e+26 1.1420073898156842e+26 -1.1420073898156842e+26; 1.1e+26 1.1e+26 1.1e+26
    powf_1 60.0: 8.75651076269652e-27 -8.75651076269652e-27 8.75651076269652e-27 -8.75651076269652e-27; 8.8e-27 8.8e-27 8.8e-27
    powf_1 -60.0: 1.1420073898156842e+26 -1.1420073898156842e+26 1.1420073898156842e+26 -1.1420073898156842e+26; 1.1e+26 1.1e+26 1.1e+26
    powi_2 40.0: 1.8048513878454153e-35 -3.6097027756908306e-35 7.219405551381661e-35 -1.4438811102763322e-34; 3.6e-35 7.2e-35 1.4e-34
    powi_2 -40.0: 5.54062238439351e+34 -1.108124476878702e+35 2.216248953757404e+35 -4.432497907514808e+35; 1.1e+35 2.2e+35 4.4e+35
    powf_half 80.0: 4.248354255291589e-18 -2.1241771276457944e-18 1.0620885638228972e-18 -5.310442819114486e-19; 2.1e-18 1.1e-18 5.3e-19
    powf_half -80.0: 2.3538526683702e+17 -1.1769263341851e+17 5.8846316709255e+16 -2.94231583546275e+16; 1.2e+17 5.9e+16 2.9e+16
    powf_eighth 80.0: 22026.465794806718 2753.3082243508397 344.16352804385497 43.02044100548187; 2.8e+03 3.4e+02 4.3e+01
    powf_eighth -80.0: 4.5399929762484854e-05 5.674991220310607e-06 7.093739025388258e-07 8.867173781735323e-08; 5.7e-06 7.1e-07 8.9e-08
    sqrt_exp 80.0: 2.3538526683702e+17 1.1769263341851e+17 5.8846316709255e+16 2.94231583546275e+16; 1.2e+17 5.9e+16 2.9e+16
    sqrt_exp -80.0: 4.248354255291589e-18 2.1241771276457944e-18 1.0620885638228972e-18 5.310442819114486e-19; 2.1e-18 1.1e-18 5.3e-19
    cbrt_exp 80.0: 381229223126.8855 127076407708.96184 42358802569.653946 14119600856.551315; 1.3e+11 4.2e+10 1.4e+10
    cbrt_exp -80.0: 2.623093769669298e-12 8.743645898897659e-13 2.914548632965887e-13 9.715162109886289e-14; 8.7e-13 2.9e-13 9.7e-14
    ln_exp 80.0: 80.0 1.0 0.0 0.0; 1.0e+00 1.0e+00 1.0e+00
    ln_exp -80.0: -80.0 1.0 0.0 0.0; 1.0e+00 1.0e+00 1.0e+00
    log2_exp 80.0: 115.41560327111708 1.4426950408889634 0.0 0.0; 1.4e+00 2.1e+00 3.0e+00
    log2_exp -80.0: -115.41560327111708 1.4426950408889634 0.0 0.0; 1.4e+00 2.1e+00 3.0e+00
    log10_exp 80.0: 34.74355855226015 0.4342944819032518 0.0 0.0; 1.0e+00 1.0e+00 1.0e+00
    log10_exp -80.0: -34.74355855226015 0.4342944819032518 0.0 0.0; 1.0e+00 1.0e+00 1.0e+00
    log_exp 80.0: 72.819138130147 0.9102392266268374 0.0 0.0; 1.0e+00 1.0e+00 1.0e+00
    log_exp -80.0: -72.819138130147 0.9102392266268374 0.0 0.0; 1.0e+00 1.0e+00 1.0e+00
    asinh_exp 60.0: 60.69314718055995 1.0 0.0 0.0; 1.0e+00 1.0e+00 1.0e+00
    asinh_minus_exp 60.0: -60.69314718055995 -1.0 0.0 0.0; 1.0e+00 1.0e+00 1.0e+00
    acosh_exp 60.0: 60.69314718055995 1.0 0.0 0.0; 1.0e+00 1.0e+00 1.0e+00
    atan_exp 60.0: 1.5707963267948966 8.75651076269652e-27 -8.75651076269652e-27 8.75651076269652e-27; 8.8e-27 8.8e-27 8.8e-27
    atan_exp 80.0: 1.5707963267948966 1.8048513878454153e-35 -1.8048513878454153e-35 1.8048513878454153e-35; 1.8e-35 1.8e-35 1.8e-35
    mixture 8.0: -65.3862943611199 -16.0 -2.0 -1.9245730686583654e-24; 1.6e+01 2.6e+02 4.1e+03
";

fn program<T: Real>(name: &str, x: T) -> T {
    let c = T::literal;
    match name {
        "softplus" => x.exp().ln_1p(),
        "log_logistic" => ((-x).exp() + c(1.0)).recip().ln(),
        "logistic" => ((-x).exp() + c(1.0)).recip(),
        "log_gaussian" => (-x * x * c(0.5)).exp().ln(),
        "length" => (x * x + x * x * c(2.0)).sqrt(),
        "recip_exp" => x.exp().recip(),
        "powi_1" => x.exp().powi(-1),
        "powf_1" => x.exp().powf(c(-1.0)),
        "powi_2" => x.exp().powi(-2),
        "powf_half" => x.exp().powf(c(-0.5)),
        "powf_eighth" => x.exp().powf(c(0.125)),
        "sqrt_exp" => x.exp().sqrt(),
        "cbrt_exp" => x.exp().cbrt(),
        "ln_exp" => x.exp().ln(),
        "log2_exp" => x.exp().log2(),
        "log10_exp" => x.exp().log10(),
        "log_exp" => x.exp().log(c(3.0)),
        "asinh_exp" => x.exp().asinh(),
        "asinh_minus_exp" => (-x.exp()).asinh(),
        "acosh_exp" => x.exp().acosh(),
        "atan_exp" => x.exp().atan(),
        "mixture" => ((-x * x).exp() * c(0.25) + (-x * x * c(2.0)).exp() * c(0.75)).ln(),
        _ => panic!("no program {name}"),
    }
}

/// A kind of number of one variable, with derivatives of order `ORDER`.
trait Kind: Real {
    fn variable(x: Self::Scalar) -> Self;
    fn derivative(&self, k: usize) -> Self::Scalar;
}

/// The kinds whose numbers a level above may carry.
macro_rules! plain {
    ($($t:ty)*) => {$(
        impl Kind for $t {
            fn variable(x: $t) -> $t {
                x
            }
            fn derivative(&self, _: usize) -> $t {
                *self
            }
        }
    )*};
}
plain! { f32 f64 }

impl<T: Kind> Kind for Dual<T, 1> {
    fn variable(x: T::Scalar) -> Self {
        Dual::variable(T::variable(x), 0)
    }
    fn derivative(&self, k: usize) -> T::Scalar {
        if k == 0 { self.primal() } else { self.partial(0).derivative(k - 1) }
    }
}

impl<T: Kind> Kind for HyperDual<T, 1> {
    fn variable(x: T::Scalar) -> Self {
        HyperDual::variable(T::variable(x), 0)
    }
    fn derivative(&self, k: usize) -> T::Scalar {
        match k {
            0 => self.primal(),
            1 => self.partial(0).primal(),
            _ => self.second_partial(0, 0).derivative(k - 2),
        }
    }
}

impl<T: Kind> Kind for BlockDual<T, 1, 1> {
    fn variable(x: T::Scalar) -> Self {
        let derivatives = BlockPartials::new([T::ONE], [T::ONE], [[T::ZERO]]);
        Jet { value: T::variable(x), derivatives }
    }
    fn derivative(&self, k: usize) -> T::Scalar {
        match k {
            0 => self.primal(),
            1 => self.row_partials()[0].primal(),
            _ => self.mixed_partials()[0][0].derivative(k - 2),
        }
    }
}

/// All cases of the table in a kind, within `limit` of the true values in units of the terms' size.
fn check<T: Kind>(kind: &str, table: &str, limit: f64) {
    let mut count = 0;
    for line in table.lines().filter(|line| !line.is_empty()) {
        let numbers = |text: &str| text.split_whitespace().map(|n| n.parse().unwrap()).collect();
        let (case, rest) = line.split_once(": ").unwrap();
        let (name, x) = case.trim().split_once(' ').unwrap();
        let (truth, sizes): (&str, &str) = rest.split_once(';').unwrap();
        let (truth, sizes): (Vec<f64>, Vec<f64>) = (numbers(truth), numbers(sizes));
        let y = program(name, T::variable(T::Scalar::literal(x.parse().unwrap())));
        for k in 0..=T::ORDER {
            let is = y.derivative(k).to_f64().unwrap();
            let size = if k == 0 { truth[0].abs() } else { sizes[k - 1] };
            // The third derivative of a few is no number of f32.
            if T::Scalar::literal(size).is_finite() {
                let error = (is - truth[k]).abs() / size;
                assert!(
                    error < limit,
                    "{kind}, {name} at {x}, order {k}: {is:e} for {:e}",
                    truth[k]
                );
                count += 1;
            }
        }
    }
    assert!(count > 60, "{kind}: {count} derivatives");
}

#[test]
fn derivatives_are_right_beyond_the_range_of_their_factors() {
    macro_rules! check {
        ($table:ident, $t:ident, $limit:expr) => {
            check::<Dual<$t, 1>>("Dual", $table, $limit);
            check::<HyperDual<$t, 1>>("HyperDual", $table, $limit);
            check::<BlockDual<$t, 1, 1>>("BlockDual", $table, $limit);
            check::<Dual<Dual<$t, 1>, 1>>("Dual<Dual>", $table, $limit);
            check::<Dual<HyperDual<$t, 1>, 1>>("Dual<HyperDual>", $table, $limit);
            check::<HyperDual<Dual<$t, 1>, 1>>("HyperDual<Dual>", $table, $limit);
            check::<Dual<BlockDual<$t, 1, 1>, 1>>("Dual<BlockDual>", $table, $limit);
            check::<Dual<Dual<Dual<$t, 1>, 1>, 1>>("Dual<Dual<Dual>>", $table, $limit);
        };
    }
    check!(F64, f64, 1e-13);
    check!(F32, f32, 5e-5);
}

/// f(x, y) in f64 and f32, against its gradient and Hessian.
macro_rules! check_two {
    ($name:literal, |$a:ident, $b:ident| $f:expr, $wide:expr, $narrow:expr, $truth:expr) => {
        check_two!(@ $name, f64, 1e-12, |$a, $b| $f, $wide, $truth);
        check_two!(@ $name, f32, 1e-4, |$a, $b| $f, $narrow, $truth);
    };
    (@ $name:literal, $t:ident, $limit:expr, |$a:ident, $b:ident| $f:expr, $at:expr, $truth:expr) => {{
        let at: [f64; 2] = $at;
        let (gradient, rows): ([f64; 2], [[f64; 2]; 2]) = $truth(at);
        let [$a, $b] = HyperDual::<$t, 2>::variables(&at.map(|x| x as $t));
        let y: HyperDual<$t, 2> = $f;
        let [$a, $b] = [0, 1].map(|i| {
            Dual::<Dual<$t, 2>, 2>::variable(Dual::variable(at[i] as $t, i), i)
        });
        let z: Dual<Dual<$t, 2>, 2> = $f;
        for i in 0..2 {
            for j in 0..2 {
                let size = rows[i][j].abs().max(gradient[i].abs() * gradient[j].abs()).max(1e-30);
                for second in [y.second_partial(i, j), z.partial(i).partial(j)] {
                    let error = (f64::from(second) - rows[i][j]).abs() / size;
                    assert!(error < $limit, "{} at {at:?}: {second:e} for {:e}", $name, rows[i][j]);
                }
            }
            let error = (f64::from(y.partial(i)) - gradient[i]).abs() / gradient[i].abs();
            assert!(error < $limit, "{} at {at:?}: {:e}", $name, y.partial(i));
        }
    }};
}

#[test]
fn functions_of_two_arguments_are_right_there_too() {
    // (eˣ)ʸ = eˣʸ
    let power = |[x, y]: [f64; 2]| {
        let f = (x * y).exp();
        ([y * f, x * f], [[y * y * f, (1.0 + x * y) * f], [(1.0 + x * y) * f, x * x * f]])
    };
    for (wide, narrow) in [([-600.0, 0.125], [-80.0, 0.125]), ([600.0, -0.5], [80.0, -0.5])] {
        check_two!("power", |a, b| a.exp().powf(b), wide, narrow, power);
    }
    // log of eˣ to the base eʸ = x/y
    let log = |[x, y]: [f64; 2]| {
        ([1.0 / y, -x / y / y], [[0.0, -1.0 / y / y], [-1.0 / y / y, 2.0 * x / y / y / y]])
    };
    for (wide, narrow) in [([-600.0, 2.0], [-80.0, 2.0]), ([600.0, -500.0], [80.0, -70.0])] {
        check_two!("log", |a, b| a.exp().log(b.exp()), wide, narrow, log);
    }
    // atan2(eˣ, eʸ) has the slope 1/(2 cosh(x - y)), hypot(eˣ, eʸ)² = e²ˣ + e²ʸ
    let angle = |[x, y]: [f64; 2]| {
        let (first, second) = (0.5 / (x - y).cosh(), -0.5 * (x - y).tanh() / (x - y).cosh());
        ([first, -first], [[second, -second], [-second, second]])
    };
    let length = |[x, y]: [f64; 2]| {
        let h = x.exp().hypot(y.exp());
        let (p, q) = ((x.exp() / h).powi(2), (y.exp() / h).powi(2));
        ([h * p, h * q], [[h * p * (2.0 - p), -h * p * q], [-h * p * q, h * q * (2.0 - q)]])
    };
    for (wide, narrow) in [([-600.0, -600.5], [-80.0, -80.5]), ([600.0, 600.5], [80.0, 80.5])] {
        check_two!("atan2", |a, b| a.exp().atan2(b.exp()), wide, narrow, angle);
        check_two!("hypot", |a, b| a.exp().hypot(b.exp()), wide, narrow, length);
    }
}

#[test]
fn losses_and_likelihoods_of_several_variables() {
    // -ln of a softmax share far behind: the Hessian is p (1 - p), the gradient (p - 1, 1 - p).
    let loss = |[a, b]: [HyperDual<f64, 2>; 2]| -(a.exp() / (a.exp() + b.exp())).ln();
    let (value, gradient, rows) = hessian(loss, [0.0, 356.0]);
    assert_eq!((value, gradient), (356.0, [-1.0, 1.0]));
    assert!(rows.as_flattened().iter().all(|entry| entry.abs() < 1e-13), "{rows:?}");

    // The logarithm of eight bell curves: curvature -8.
    let x = HyperDual::<f64, 1>::variable(0.0, 0);
    let likelihood = (0..8).map(|i| {
        let z = x - (9.0 + 0.25 * i as f64);
        (-z * z * 0.5).exp()
    });
    let y = likelihood.product::<HyperDual<f64, 1>>().ln();
    assert!(y.value < -300.0 && (y.second_partial(0, 0) + 8.0).abs() < 1e-9, "{y:?}");

    // The geometric mean of ten tiny numbers.
    let mean =
        |x: [HyperDual<f64, 10>; 10]| x.into_iter().product::<HyperDual<f64, 10>>().powf(0.1);
    let (_, gradient, rows) = hessian(mean, [1e-30; 10]);
    for (i, (slope, row)) in gradient.iter().zip(&rows).enumerate() {
        assert!((slope - 0.1).abs() < 1e-13);
        for (j, entry) in row.iter().enumerate() {
            let truth = if i == j { -0.09e30 } else { 0.01e30 };
            assert!((entry / truth - 1.0).abs() < 1e-12, "{entry:e}");
        }
    }
}

#[test]
fn at_the_largest_number_what_is_ordinary_stays() {
    let [x, y] = HyperDual::<f64, 2>::variables(&[f64::MAX, 1.0]);
    let power = x.powf(y);
    assert_eq!(power.partial(0), 1.0);
    assert!((power.second_partial(0, 1) - (f64::MAX.ln() + 1.0)).abs() < 1e-12);
}

/// x^y of x = v₁ and y = v₂, where x^y is ordinary while dx/x times a coefficient overflows: v₀ takes no part, and its
/// derivatives are zero beside infinite ones.
#[test]
fn zero_parts_stay_zero_where_relative_parts_overflow() {
    macro_rules! check {
        ($t:ident, $x:expr) => {{
            let infinite = $t::INFINITY;
            let power = |x: $t| {
                let y = HyperDual::<$t, 3>::variable(x, 1).powf(HyperDual::variable(-0.6, 2));
                y.hessian()
            };
            let nested = |x: $t| {
                let variable = |x, i| Dual::<Dual<$t, 3>, 3>::variable(Dual::variable(x, i), i);
                let y = variable(x, 1).powf(variable(-0.6, 2));
                y.gradient().map(|partial| partial.gradient())
            };
            for rows in [power($x), nested($x)] {
                assert_eq!(rows[0], [0.0; 3], "{rows:?}");
                assert_eq!(rows[1], [0.0, infinite, infinite], "{rows:?}");
                assert_eq!(rows[2][..2], [0.0, infinite], "{rows:?}");
                let (f, l) = ($x.powf(-0.6), $x.ln());
                assert!((rows[2][2] / (f * l * l) - 1.0).abs() < 8.0 * $t::EPSILON, "{rows:?}");
            }
        }};
    }
    check!(f64, 1e-200_f64);
    check!(f32, 1e-25_f32);
}

#[test]
fn a_constant_and_a_zero_stay_what_they_were() {
    let zero = HyperDual::<f64, 1>::constant(1e-200);
    assert!(zero.ln().is_constant() && zero.recip().is_constant());
    let x = HyperDual::<f64, 1>::variable(0.0, 0);
    assert_eq!((x.ln().partial(0), x.recip().partial(0)), (f64::INFINITY, f64::NEG_INFINITY));
    assert_eq!(HyperDual::<f64, 1>::variable(f64::INFINITY, 0).recip().partial(0), 0.0);
}

/// What random programs found at the ends of the range: a function of x and y, and these two with their slopes and
/// curvatures.
const FOUND: &[(&str, [f32; 3], [f32; 3])] = &[
    ("%", [3.747685e31, 0.0, 0.0], [-6.4139505e-16, 5.0259833e-16, 4.2686022e-16]),
    (
        "%",
        [-1.5089423e20, -7.808498e17, -1.1418704e20],
        [-6.6271134e-21, 3.429409e-23, 5.014618e-21],
    ),
    ("rem_euclid", [3.747685e31, 0.0, 0.0], [-6.4139505e-16, 5.0259833e-16, 4.2686022e-16]),
    ("log", [1.4915316e-16, 1.0, 0.0], [7.519162e-23, -4.448729e-23, -4.4220838e-23]),
    ("log", [2.6394351e-15, 1.0, 0.0], [2.0305375e27, -5.6607937e26, -1.4424288e27]),
    ("log", [1.654917e28, 4.2774965e27, 0.0], [3.6579386e-17, 1.0, 0.0]),
    ("log to 0.99957126", [4.0972486e-36, 3.4686586e-36, 0.0], [0.0, 0.0, 0.0]),
    ("powf", [1.8783555, 0.005746837, -7.604548e-5], [130.28632, 1.0, 0.0]),
    ("powf", [1.0, -1.3e-10, 2.9e-10], [2.0290083e24, -9.5820805e23, 6.9340345e23]),
    (
        "powf",
        [3.6634492e-29, -1.1847423e-29, -1.7433385e-29],
        [-0.31803918, 0.22430764, -0.25450212],
    ),
    ("powf", [8.5331346e35, -8.094063e35, 7.502802e35], [2.337836e-6, 0.0, 0.0]),
    ("powf", [1.0e35, 3.0e34, 2.0e34], [1.0000001, 0.0, 0.0]),
    ("powf", [9.0e37, 1.0e37, 0.0], [0.999, 1.0e-3, 0.0]),
    ("powi", [1.99, 1.0e-6, 0.0], [0.0, 0.0, 0.0]),
    (
        "atan2",
        [17710346000.0, 6.90108e24, -9.2521317e24],
        [2.5320195e-32, 1.0477576e-32, 3.7527374e-33],
    ),
    ("atan2", [7.162398e-24, 0.0, 0.0], [8.383932e-33, 4.577666e-33, -1.5860064e-33]),
    ("atan2", [5.016272e-35, 3.2861794e-35, 0.0], [1.9984358e-27, 0.0, 0.0]),
    (
        "atan2",
        [6.1481766e-30, 4.7104263e-30, -6.1481766e-30],
        [-4.4458604e-36, 3.5888458e-36, 1.7307578e-36],
    ),
    ("hypot", [2.159079e-15, 0.39471522, -173077180000000.0], [4.992579e29, -4.1348712e29, 0.0]),
    ("tanh", [-58.983967, 8.224664e17, -4.6888007e35], [0.0, 0.0, 0.0]),
    ("tanh", [49.498596, -306937800000000.0, 0.0], [0.0, 0.0, 0.0]),
    ("exp_m1", [-95.0, 1.0e10, 1.0e12], [0.0, 0.0, 0.0]),
];

fn found<T: Real>(name: &str, x: T, y: T) -> T {
    match name {
        "%" => x % y,
        "rem_euclid" => x.rem_euclid(&y),
        "log" => x.log(y),
        "log to 0.99957126" => x.log(T::literal(f64::from(0.99957126_f32))),
        "powf" => x.powf(y),
        "powi" => x.powi(127),
        "atan2" => x.atan2(y),
        "hypot" => x.hypot(y),
        "tanh" => x.tanh(),
        "exp_m1" => x.exp_m1(),
        _ => panic!("no function {name}"),
    }
}

/// The value, the slope and the curvature of a function on numbers that have these.
fn along<T: Kind>(name: &str, [x, y]: [[f32; 3]; 2]) -> Vec<f64> {
    let t = T::variable(T::Scalar::literal(0.0));
    let number = |[value, slope, curvature]: [f32; 3]| {
        let [value, slope, half] =
            [value, slope, 0.5 * curvature].map(|c| T::Scalar::literal(c.into()));
        t * t * half + t * slope + T::lift(value)
    };
    let z = found(name, number(x), number(y));
    (0..=T::ORDER.min(2)).map(|k| z.derivative(k).to_f64().unwrap()).collect()
}

/// In f64 all terms are ordinary numbers.
#[test]
fn what_random_programs_found_is_right_in_single_precision() {
    fn check<T: Kind<Scalar = f32>>(kind: &str) {
        for &(name, x, y) in FOUND {
            let truth = along::<HyperDual<f64, 1>>(name, [x, y]);
            let got = along::<T>(name, [x, y]);
            for (k, (got, truth)) in got.iter().zip(&truth).enumerate() {
                let error = (got - truth).abs() / truth.abs().max(f64::MIN_POSITIVE);
                assert!(
                    error < 1e-4,
                    "{kind}, {name} of {x:?}, {y:?}, order {k}: {got:e} for {truth:e}"
                );
            }
        }
    }
    check::<Dual<f32, 1>>("Dual");
    check::<HyperDual<f32, 1>>("HyperDual");
    check::<BlockDual<f32, 1, 1>>("BlockDual");
    check::<Dual<Dual<f32, 1>, 1>>("Dual<Dual>");
    check::<Dual<HyperDual<f32, 1>, 1>>("Dual<HyperDual>");
    check::<HyperDual<Dual<f32, 1>, 1>>("HyperDual<Dual>");
    check::<Dual<Dual<Dual<f32, 1>, 1>, 1>>("Dual<Dual<Dual>>");
}
