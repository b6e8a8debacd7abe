//! A planet around the sun, for a hundred orbits: an integrator of order 25 on Taylor series, for any field that is
//! given as a generic function, beside the Dormand-Prince method 8(5,3) of the crate ode_solvers.
//!
//!     cargo run --release -p gradual-gallery --bin kepler

use std::array;
use std::cell::Cell;
use std::error::Error;
use std::f64::consts::TAU;
use std::process::ExitCode;
use std::time::Instant;

use gradual::derivatives::Taylor;
use gradual::{Jet, Real};
use gradual_gallery::plots::{BLUE, Drawn, INK, VERMILION, svg, write};
use gradual_gallery::save;
use ode_solvers::dop_shared::OutputType;
use ode_solvers::{Dop853, SVector, System};
use plotters::prelude::*;

/// A differential equation s' = F(s), for every number.
trait Field<const N: usize> {
    fn at<T: Real<Scalar = f64>>(&self, state: [T; N]) -> [T; N];
}

const ORDER: usize = 25;

/// The series of the solution: coefficient k of each coordinate.
type Series<const N: usize> = [[f64; N]; ORDER + 1];

/// The coefficients number `from` to `to` from those before: k c_k is coefficient k - 1 of F along the curve. The numbers
/// carry K of them, K + 1 >= `to`.
fn extend<const K: usize, const N: usize>(
    field: &impl Field<N>,
    series: &mut Series<N>,
    from: usize,
    to: usize,
) {
    for k in from..=to.min(ORDER) {
        let curve = array::from_fn(|i| Jet {
            value: series[0][i],
            derivatives: Taylor::<f64, K>(array::from_fn(|j| {
                if j + 1 < k { series[j + 1][i] } else { 0.0 }
            })),
        });
        let slopes = field.at(curve);
        let slope =
            |i: usize| if k == 1 { slopes[i].value } else { slopes[i].derivatives.0[k - 2] };
        series[k] = array::from_fn(|i| slope(i) / k as f64);
    }
}

/// The solution near a state. The shorter series are cheaper, and enough for the first coefficients.
fn expand<const N: usize>(field: &impl Field<N>, state: [f64; N]) -> Series<N> {
    let mut series = [state; ORDER + 1];
    extend::<5, N>(field, &mut series, 1, 6);
    extend::<10, N>(field, &mut series, 7, 11);
    extend::<15, N>(field, &mut series, 12, 16);
    extend::<20, N>(field, &mut series, 17, 21);
    extend::<24, N>(field, &mut series, 22, 25);
    series
}

/// Follows the solution from time 0 to `end`, step by step: as far as the last two terms stay below the last digit of
/// the state (Jorba and Zou, Experimental Mathematics 14, 2005, section 3.2). Sums are compensated: there are many steps.
fn integrate<const N: usize>(
    field: &impl Field<N>,
    mut state: [f64; N],
    end: f64,
    mut visit: impl FnMut(f64, &[f64; N]),
) {
    let largest = |c: &[f64; N]| c.iter().fold(0.0_f64, |m, x| m.max(x.abs()));
    let (mut time, mut late, mut rest) = (0.0, 0.0, [0.0; N]);
    while time < end {
        let series = expand(field, state);
        let reach = |k: usize| (1e-16 * largest(&state) / largest(&series[k])).powf(1.0 / k as f64);
        let step = reach(ORDER - 1).min(reach(ORDER)).min(end - time);
        for (i, (coordinate, lost)) in state.iter_mut().zip(&mut rest).enumerate() {
            let change = series[1..].iter().rev().fold(0.0, |sum, c| (sum + c[i]) * step);
            add(coordinate, lost, change);
        }
        add(&mut time, &mut late, step);
        visit(time, &state);
    }
}

/// Kahan's sum: what is lost to rounding is kept for the next time.
fn add(sum: &mut f64, lost: &mut f64, change: f64) {
    let change = change - *lost;
    let next = *sum + change;
    *lost = (next - *sum) - change;
    *sum = next;
}

/// Place and velocity in the plane, with the sun at the origin.
struct Kepler;

impl Field<4> for Kepler {
    fn at<T: Real<Scalar = f64>>(&self, [x, y, u, v]: [T; 4]) -> [T; 4] {
        let pull = -(x * x + y * y).powf(T::literal(-1.5));
        [u, v, x * pull, y * pull]
    }
}

/// The same field for ode_solvers, with its evaluations counted.
struct Counted<'a>(&'a Cell<usize>);

impl System<f64, SVector<f64, 4>> for Counted<'_> {
    fn system(&self, _: f64, state: &SVector<f64, 4>, slopes: &mut SVector<f64, 4>) {
        self.0.set(self.0.get() + 1);
        *slopes = Kepler.at(*state.as_ref()).into();
    }
}

/// Energy and angular momentum, which the motion keeps.
fn invariants([x, y, u, v]: [f64; 4]) -> (f64, f64) {
    (0.5 * (u * u + v * v) - 1.0 / x.hypot(y), x * v - y * u)
}

/// A way through the states, with what it took.
struct Journey {
    name: &'static str,
    states: Vec<(f64, [f64; 4])>,
    seconds: f64,
}

impl Journey {
    /// The largest relative errors of energy and angular momentum, and the distance from the start at the end.
    fn report(&self, start: [f64; 4], evaluations: &str) {
        let (energy, momentum) = invariants(start);
        let worst = |error: &dyn Fn((f64, f64)) -> f64| {
            self.states.iter().fold(0.0_f64, |m, (_, s)| m.max(error(invariants(*s)).abs()))
        };
        let last = self.states.last().expect("a step").1;
        println!(
            "  {:24} {:6} steps{evaluations:22} energy {:.1e}  momentum {:.1e}  place {:.1e}  {:.1} ms",
            self.name,
            self.states.len(),
            worst(&|(e, _)| e / energy - 1.0),
            worst(&|(_, l)| l / momentum - 1.0),
            (last[0] - start[0]).hypot(last[1] - start[1]),
            self.seconds * 1e3,
        );
    }
}

fn travel(eccentricity: f64, orbits: f64) -> Result<([f64; 4], [Journey; 2]), Box<dyn Error>> {
    // from the point nearest to the sun; the long half axis is 1 and an orbit takes 2π
    let e = eccentricity;
    let start = [1.0 - e, 0.0, 0.0, ((1.0 + e) / (1.0 - e)).sqrt()];
    let end = orbits * TAU;
    println!("eccentricity {e}, {orbits} orbits");

    let (mut states, clock) = (Vec::new(), Instant::now());
    integrate(&Kepler, start, end, |time, state| states.push((time, *state)));
    let seconds = clock.elapsed().as_secs_f64();
    let series = Journey { name: "Taylor series, order 25", states, seconds };
    series.report(start, "");

    let (calls, tolerance) = (Cell::new(0), 1e-15);
    let mut solver = Dop853::from_param(
        Counted(&calls),
        0.0,
        end,
        end,
        start.into(),
        tolerance,
        tolerance,
        0.9,
        0.0,
        0.333,
        6.0,
        end,
        0.0,
        1_000_000,
        u32::MAX,
        OutputType::Sparse,
    );
    let clock = Instant::now();
    solver.integrate().map_err(|error| error.to_string())?;
    let seconds = clock.elapsed().as_secs_f64();
    let states = solver.x_out().iter().zip(solver.y_out()).skip(1).map(|(t, s)| (*t, *s.as_ref()));
    let other = Journey { name: "Dormand-Prince 8(5,3)", states: states.collect(), seconds };
    other.report(start, &format!(", {} evaluations,", calls.get()));
    Ok((start, [series, other]))
}

/// The steps of one orbit, and the errors of the energy.
fn picture((start, journeys): &([f64; 4], [Journey; 2]), eccentricity: f64) -> Drawn<String> {
    svg((980, 460), |area| {
        let (left, right) = area.split_horizontally(430);
        let reach = 1.0 + eccentricity;
        let mut orbit = ChartBuilder::on(&left)
            .caption(format!("one orbit, e = {eccentricity}"), ("sans-serif", 20, &INK))
            .margin(14)
            .x_label_area_size(30)
            .y_label_area_size(40)
            .build_cartesian_2d(-reach - 0.1..1.1 - eccentricity + 0.4, -1.2..1.2)?;
        orbit.configure_mesh().disable_mesh().label_style(("sans-serif", 14, &INK)).draw()?;
        orbit.draw_series([Circle::new((0.0, 0.0), 6, RGBColor(230, 159, 0).filled())])?;
        let mut errors = ChartBuilder::on(&right)
            .caption("relative error of the energy", ("sans-serif", 20, &INK))
            .margin(14)
            .margin_right(36)
            .x_label_area_size(44)
            .y_label_area_size(64)
            .build_cartesian_2d(0.0..100.0, (1e-16..1e-11).log_scale())?;
        errors
            .configure_mesh()
            .x_desc("orbits")
            .y_label_formatter(&|y| format!("{y:.0e}"))
            .label_style(("sans-serif", 14, &INK))
            .axis_desc_style(("sans-serif", 15, &INK))
            .light_line_style(WHITE)
            .draw()?;
        let energy = invariants(*start).0;
        for (journey, colour) in journeys.iter().zip([BLUE, VERMILION]) {
            let once = journey.states.iter().filter(|(t, _)| *t < TAU);
            let size = if colour == BLUE { 4 } else { 2 };
            orbit
                .draw_series(once.map(|(_, s)| Circle::new((s[0], s[1]), size, colour.filled())))?;
            errors.draw_series(LineSeries::new(
                journey
                    .states
                    .iter()
                    .map(|(t, s)| (t / TAU, (invariants(*s).0 / energy - 1.0).abs().max(1e-16))),
                colour,
            ))?;
        }
        for (k, (journey, colour)) in journeys.iter().zip([BLUE, VERMILION]).enumerate() {
            let y = 60 + 22 * k as i32;
            right.draw(&Circle::new((110, y), 5, colour.filled()))?;
            write(&right, journey.name, (122, y), 15)?;
        }
        Ok(())
    })
}

fn run() -> Result<(), Box<dyn Error>> {
    for eccentricity in [0.6, 0.9] {
        let journeys = travel(eccentricity, 100.0)?;
        save(&picture(&journeys, eccentricity)?, &format!("kepler-{eccentricity}"))?;
    }
    Ok(())
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hundred_orbits_keep_energy_and_momentum() {
        for e in [0.6, 0.9] {
            let (start, [series, _]) = travel(e, 100.0).unwrap();
            let (energy, momentum) = invariants(start);
            for (_, state) in &series.states {
                let now = invariants(*state);
                assert!((now.0 / energy - 1.0).abs() < 1e-13, "{e}");
                assert!((now.1 / momentum - 1.0).abs() < 1e-13, "{e}");
            }
        }
    }
}
