//! adskalman, over `RealField`: the Kalman filter.

use adskalman::{
    KalmanFilterNoControl, ObservationModel, StateAndCovariance, TransitionModelLinearNoControl,
};
use gradual_ecosystem::case;
use nalgebra::{OMatrix, RealField, U1, U2, Vector1, Vector2, convert};

/// A body of constant velocity whose position is measured.
struct Motion<T: RealField> {
    step: OMatrix<T, U2, U2>,
    transposed: OMatrix<T, U2, U2>,
    noise: OMatrix<T, U2, U2>,
}

impl<T: RealField> TransitionModelLinearNoControl<T, U2> for Motion<T> {
    fn F(&self) -> &OMatrix<T, U2, U2> {
        &self.step
    }
    fn FT(&self) -> &OMatrix<T, U2, U2> {
        &self.transposed
    }
    fn Q(&self) -> &OMatrix<T, U2, U2> {
        &self.noise
    }
}

struct Position<T: RealField> {
    observe: OMatrix<T, U1, U2>,
    transposed: OMatrix<T, U2, U1>,
    noise: OMatrix<T, U1, U1>,
}

impl<T: RealField> ObservationModel<T, U2, U1> for Position<T> {
    fn H(&self) -> &OMatrix<T, U1, U2> {
        &self.observe
    }
    fn HT(&self) -> &OMatrix<T, U2, U1> {
        &self.transposed
    }
    fn R(&self) -> &OMatrix<T, U1, U1> {
        &self.noise
    }
}

/// The filtered velocity by the process noise.
fn filtered<T: RealField + Copy>(noise: T) -> T {
    let c = |v: f64| convert::<f64, T>(v);
    let step = OMatrix::<T, U2, U2>::new(c(1.0), c(0.1), c(0.0), c(1.0));
    let motion = Motion {
        step,
        transposed: step.transpose(),
        noise: OMatrix::<T, U2, U2>::new(noise * c(0.01), c(0.0), c(0.0), noise),
    };
    let observe = OMatrix::<T, U1, U2>::new(c(1.0), c(0.0));
    let position = Position {
        observe,
        transposed: observe.transpose(),
        noise: OMatrix::<T, U1, U1>::new(c(0.2)),
    };
    let filter = KalmanFilterNoControl::new(&motion, &position);
    let mut estimate =
        StateAndCovariance::new(Vector2::new(c(0.0), c(0.0)), OMatrix::<T, U2, U2>::identity());
    for measured in [0.1, 0.25, 0.4, 0.3, 0.7] {
        estimate = filter.step(&estimate, &Vector1::new(c(measured))).unwrap();
    }
    estimate.state()[1]
}

#[test]
fn kalman_filter() {
    case!(filtered).at(0.3);
}
