//! What derivatives of feos' PC-SAFT cost on gradual's numbers beside num-dual's: ratios within one run.
//!
//!     cargo run --release -p gradual-ecosystem-heavy --example feos_times

use feos::pcsaft::{PcSaft, PcSaftAssociationRecord, PcSaftParameters, PcSaftRecord};
use feos_core::parameter::PureRecord;
use feos_core::{ResidualDyn, StateHD};
use gradual::derivatives::{HessianSize, Size};
use nalgebra::{DVector, SMatrix, SVector};
use num_dual_0_14::DualNum;
use std::hint::black_box;
use std::time::Instant;

/// The residual Helmholtz energy over k of the molecules n_i in the volume V (Å³) at the temperature T, at (T, V, n_1, ...).
fn helmholtz<D: DualNum<f64> + Copy>(model: &PcSaft, x: &[D]) -> D {
    let (t, v) = (x[0], x[1]);
    let n = DVector::from_column_slice(&x[2..]);
    let state = StateHD::new(t, v, &n);
    let contributions = model.reduced_helmholtz_energy_density_contributions(&state);
    contributions.into_iter().fold(D::zero(), |sum, (_, a)| sum + a) * t * v
}

/// Parameters without association of Gross and Sadowski, Perturbed-Chain SAFT, Industrial & Engineering Chemistry Research
/// 40, 2001.
fn model(substances: &[[f64; 3]]) -> PcSaft {
    let records = substances.iter().map(|&[m, sigma, epsilon]| {
        let record = PcSaftRecord::new(m, sigma, epsilon, 0.0, 0.0, None, None, None);
        PureRecord::<_, PcSaftAssociationRecord>::new(Default::default(), 0.0, record)
    });
    PcSaft::new(PcSaftParameters::new(records.collect(), vec![]).unwrap())
}

fn keep<T>(result: T) {
    black_box(result);
}

/// A way by its name.
type Way<'a> = (&'a str, Box<dyn FnMut() + 'a>);

/// The least time of each way over that of the first one and of the second one, of rounds in which each has its turn.
fn table(title: &str, mut ways: Vec<Way>) {
    const CALLS: u32 = 50;
    let mut least = vec![f64::INFINITY; ways.len()];
    for _ in 0..2000 {
        for (least, (_, way)) in least.iter_mut().zip(&mut ways) {
            let start = Instant::now();
            (0..CALLS).for_each(|_| way());
            *least = least.min(start.elapsed().as_secs_f64() / f64::from(CALLS));
        }
    }
    for ((name, _), time) in ways.iter().zip(&least) {
        println!("| {title} | {name} | {:.2} | {:.2} |", time / least[0], time / least[1]);
    }
}

fn measure<const N: usize>(title: &str, model: &PcSaft, x: [f64; N])
where
    Size<N>: HessianSize,
{
    let vector = SVector::from(x);
    let dynamic = DVector::from_column_slice(&x);
    let gradient = |x| gradual::gradient(|x: [_; N]| helmholtz(model, &x), x);
    let hessian = |x| gradual::hessian(|x: [_; N]| helmholtz(model, &x), x);
    let gradient_of_vector =
        |x: &DVector<f64>| gradual::gradient(|x: &DVector<_>| helmholtz(model, x.as_slice()), x);
    let hessian_of_vector =
        |x: &DVector<f64>| gradual::hessian(|x: &DVector<_>| helmholtz(model, x.as_slice()), x);
    let gradient_of_num_dual = |x: &SVector<f64, N>| {
        num_dual_0_14::gradient(|x: SVector<_, N>| helmholtz(model, x.as_slice()), x)
    };
    let hessian_of_num_dual = |x: &SVector<f64, N>| {
        num_dual_0_14::hessian(|x: SVector<_, N>| helmholtz(model, x.as_slice()), x)
    };

    // the results first: each entry in units of its variables
    let plain = helmholtz(model, &x);
    let (v, g) = gradient(x);
    let (_, g_vector) = gradient_of_vector(&dynamic);
    let (known_v, known_g): (f64, SVector<f64, N>) = gradient_of_num_dual(&vector);
    let (_, _, h) = hessian(x);
    let (_, _, h_vector) = hessian_of_vector(&dynamic);
    let (_, _, known_h): (f64, SVector<f64, N>, SMatrix<f64, N, N>) = hessian_of_num_dual(&vector);
    assert!(v == plain && ((known_v - plain) / plain).abs() < 1e-14);
    let mut worst = 0.0_f64;
    for i in 0..N {
        let unit = x[i] / plain;
        worst = worst.max(((g[i] - known_g[i]) * unit).abs());
        worst = worst.max(((g_vector[i] - known_g[i]) * unit).abs());
        for j in 0..N {
            let unit = unit * x[j];
            worst = worst.max(((h[i][j] - known_h[(i, j)]) * unit).abs());
            worst = worst.max(((h_vector[(i, j)] - known_h[(i, j)]) * unit).abs());
        }
    }
    assert!(worst < 1e-12, "{title}: results are apart by {worst:e}");

    let f64s = || keep(helmholtz(model, black_box(&x)));
    table(
        &format!("{title}, gradient"),
        vec![
            ("plain f64", Box::new(f64s)),
            ("gradual", Box::new(|| keep(gradient(black_box(x))))),
            ("gradual, `DVector`", Box::new(|| keep(gradient_of_vector(black_box(&dynamic))))),
            ("num-dual", Box::new(|| keep(gradient_of_num_dual(black_box(&vector))))),
        ],
    );
    table(
        &format!("{title}, Hessian"),
        vec![
            ("plain f64", Box::new(f64s)),
            ("gradual", Box::new(|| keep(hessian(black_box(x))))),
            ("gradual, `DVector`", Box::new(|| keep(hessian_of_vector(black_box(&dynamic))))),
            ("num-dual", Box::new(|| keep(hessian_of_num_dual(black_box(&vector))))),
        ],
    );
}

fn main() {
    // methane to pentane
    let alkanes = [
        [1.0, 3.7039, 150.03],
        [1.6069, 3.5206, 191.42],
        [2.0020, 3.6184, 208.11],
        [2.3316, 3.7086, 222.88],
        [2.6896, 3.7729, 231.20],
    ];
    println!("| task | way | plain evaluations | times gradual |\n|---|---|---:|---:|");
    measure("propane, n = 3", &model(&alkanes[2..3]), [300.0, 150.0 * 100.0, 100.0]);
    let x = [300.0, 150.0 * 100.0, 10.0, 15.0, 20.0, 25.0, 30.0];
    measure("five alkanes, n = 7", &model(&alkanes), x);
}
