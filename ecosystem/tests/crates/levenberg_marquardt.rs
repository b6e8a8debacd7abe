//! levenberg-marquardt, over nalgebra 0.34's `RealField + Float + Copy` (feature `nalgebra-0-34`).

use gradual_ecosystem::case;
use levenberg_marquardt::{LeastSquaresProblem, LevenbergMarquardt};
use nalgebra_0_34::storage::Owned;
use nalgebra_0_34::{Matrix, OMatrix, OVector, RealField, U2, U4, Vector2};
use num_traits::Float;

/// y = a exp(b t) through four points.
struct Decay<T> {
    parameters: Vector2<T>,
    data: [T; 4],
}

impl<T: RealField + Float> Decay<T> {
    fn times() -> [T; 4] {
        [0.0, 1.0, 2.0, 3.0].map(|t| nalgebra_0_34::convert(t))
    }
}

impl<T: RealField + Float> LeastSquaresProblem<T, U4, U2> for Decay<T> {
    type ResidualStorage = Owned<T, U4>;
    type JacobianStorage = Owned<T, U4, U2>;
    type ParameterStorage = Owned<T, U2>;

    fn set_params(&mut self, x: &Vector2<T>) {
        self.parameters = *x;
    }

    fn params(&self) -> Vector2<T> {
        self.parameters
    }

    fn residuals(&self) -> Option<OVector<T, U4>> {
        let (a, b) = (self.parameters[0], self.parameters[1]);
        Some(OVector::<T, U4>::from_fn(|i, _| a * Float::exp(b * Self::times()[i]) - self.data[i]))
    }

    fn jacobian(&self) -> Option<Matrix<T, U4, U2, Self::JacobianStorage>> {
        let (a, b) = (self.parameters[0], self.parameters[1]);
        Some(OMatrix::<T, U4, U2>::from_fn(|i, j| {
            let t = Self::times()[i];
            let e = Float::exp(b * t);
            if j == 0 { e } else { a * t * e }
        }))
    }
}

/// The fitted rate, by one of the measurements.
fn fitted_rate<T: RealField + Float>(x: T) -> T {
    let c = |v: f64| nalgebra_0_34::convert::<f64, T>(v);
    let problem =
        Decay { parameters: Vector2::new(c(1.0), c(-1.0)), data: [c(2.0), x, c(0.7), c(0.45)] };
    let (solved, report) = LevenbergMarquardt::new().minimize(problem);
    assert!(report.termination.was_successful());
    solved.parameters[1]
}

#[test]
fn least_squares() {
    case!(fitted_rate).within(1e-6).first_order_only().at(1.2);
}
