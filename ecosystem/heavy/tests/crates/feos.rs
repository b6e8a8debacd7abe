//! feos 0.10, over num-dual 0.14's `DualNum` (feature `num-dual-0-14`): equations of state by PC-SAFT.

use feos::pcsaft::{PcSaft, PcSaftAssociationRecord, PcSaftParameters, PcSaftPure, PcSaftRecord};
use feos_core::parameter::{AssociationRecord, PureRecord};
use feos_core::{PhaseEquilibrium, ReferenceSystem, ResidualDyn, SolverOptions, StateHD};
use gradual::derivatives::{HessianSize, Size};
use gradual::{Dual, HyperDual, gradient};
use nalgebra::{DVector, SMatrix, SVector};
use num_dual_0_14::DualNum;
use quantity_0_14::Temperature;

/// The Helmholtz energy over k of the molecules n_i in the volume V (Å³) at the temperature T, at (T, V, n_1, ...).
fn helmholtz<D: DualNum<f64> + Copy>(model: &PcSaft, x: &[D]) -> D {
    let (t, v) = (x[0], x[1]);
    let n = DVector::from_column_slice(&x[2..]);
    let state = StateHD::new(t, v, &n);
    let contributions = model.reduced_helmholtz_energy_density_contributions(&state);
    contributions.into_iter().fold(D::zero(), |sum, (_, a)| sum + a) * t * v
}

/// The value is feos' own to the bit; gradient and Hessian are those of num-dual to 1e-12 of the largest entry, and those of
/// the dynamic call, too.
fn compare<const N: usize>(
    records: Vec<PureRecord<PcSaftRecord, PcSaftAssociationRecord>>,
    x: [f64; N],
) where
    Size<N>: HessianSize,
{
    let model = &PcSaft::new(PcSaftParameters::new(records, vec![]).unwrap());
    let plain = helmholtz(model, &x);
    let first = helmholtz(model, &Dual::<f64, N>::variables(&x));
    let second = helmholtz(model, &HyperDual::<f64, N>::variables(&x));
    assert_eq!(first.value.to_bits(), plain.to_bits());
    assert_eq!(second.value.to_bits(), plain.to_bits());

    let (_, g, h): (f64, SVector<f64, N>, SMatrix<f64, N, N>) = num_dual_0_14::hessian(
        |x: SVector<_, N>| helmholtz(model, x.as_slice()),
        &SVector::from(x),
    );
    // each entry in units of its variables
    let scaled = |i: usize, d: f64| d * x[i] / plain;
    let (_, g_dynamic, h_dynamic) = gradual::hessian(
        |x: &DVector<_>| helmholtz(model, x.as_slice()),
        &DVector::from_column_slice(&x),
    );
    for i in 0..N {
        for found in [first.partial(i), second.partial(i), g_dynamic[i]] {
            let error = scaled(i, found - g[i]).abs();
            assert!(error < 1e-12, "slope {i}: {found} {}, {error:e}", g[i]);
        }
        for j in 0..N {
            for found in [second.second_partial(i, j), h_dynamic[(i, j)]] {
                let error = (scaled(i, found - h[(i, j)]) * x[j]).abs();
                assert!(error < 1e-12, "curvature {i} {j}: {found} {}, {error:e}", h[(i, j)]);
            }
        }
    }
}

fn without_association(
    m: f64,
    sigma: f64,
    epsilon: f64,
) -> PureRecord<PcSaftRecord, PcSaftAssociationRecord> {
    let record = PcSaftRecord::new(m, sigma, epsilon, 0.0, 0.0, None, None, None);
    PureRecord::new(Default::default(), 0.0, record)
}

fn with_association(
    [m, sigma, epsilon, kappa, epsilon_ab]: [f64; 5],
) -> PureRecord<PcSaftRecord, PcSaftAssociationRecord> {
    let record = PcSaftRecord::new(m, sigma, epsilon, 0.0, 0.0, None, None, None);
    let sites = AssociationRecord::new(
        Some(PcSaftAssociationRecord::new(kappa, epsilon_ab)),
        1.0,
        1.0,
        0.0,
    );
    PureRecord::with_association(Default::default(), 0.0, record, vec![sites])
}

/// Methane to pentane (Gross and Sadowski, Perturbed-Chain SAFT, Industrial & Engineering Chemistry Research 40, 2001).
fn alkanes() -> Vec<PureRecord<PcSaftRecord, PcSaftAssociationRecord>> {
    [
        [1.0, 3.7039, 150.03],
        [1.6069, 3.5206, 191.42],
        [2.0020, 3.6184, 208.11],
        [2.3316, 3.7086, 222.88],
        [2.6896, 3.7729, 231.20],
    ]
    .map(|[m, sigma, epsilon]| without_association(m, sigma, epsilon))
    .into()
}

#[test]
fn propane_liquid_and_vapour() {
    compare(alkanes()[2..3].to_vec(), [300.0, 150.0 * 100.0, 100.0]);
    compare(alkanes()[2..3].to_vec(), [300.0, 4e6, 100.0]);
}

#[test]
fn five_components() {
    compare(alkanes(), [300.0, 150.0 * 100.0, 10.0, 15.0, 20.0, 25.0, 30.0]);
}

/// Water and methanol (Gross and Sadowski, the same journal 41, 2002): feos finds the bonded fractions by an iteration.
#[test]
fn association() {
    let water = [1.0656, 3.0007, 366.51, 0.034868, 2500.7];
    let methanol = [1.5255, 3.23, 188.9, 0.035176, 2899.5];
    compare(vec![with_association(water)], [350.0, 35.0 * 100.0, 100.0]);
    compare(
        vec![with_association(water), with_association(methanol)],
        [350.0, 45.0 * 100.0, 60.0, 40.0],
    );
}

/// The vapour pressure in feos' reduced units, through feos' own solver, at the parameters and the temperature.
fn vapour_pressure<D: DualNum<f64> + Copy>(x: [D; 5]) -> D {
    let [m, sigma, epsilon, mu, t] = x;
    let model = PcSaftPure([m, sigma, epsilon, mu]);
    let temperature = Temperature::from_reduced(t);
    let (pressure, _) =
        PhaseEquilibrium::<_, 2, _, _>::pure_t(&model, temperature, None, SolverOptions::default())
            .unwrap();
    pressure.into_reduced()
}

#[test]
fn gradient_of_the_vapour_pressure() {
    let x = [2.002, 3.6184, 208.11, 0.5, 280.0];
    let (p, g) = gradient(vapour_pressure, x);
    let (known_p, known): (f64, SVector<f64, 5>) =
        num_dual_0_14::gradient(|x: SVector<_, 5>| vapour_pressure(x.into()), &SVector::from(x));
    assert!(((p - known_p) / known_p).abs() < 1e-14, "{p} {known_p}");
    for i in 0..5 {
        let error = ((g[i] - known[i]) / known[i]).abs();
        assert!(error < 1e-12, "{i}: {} {}, {error:e}", g[i], known[i]);
    }
}
