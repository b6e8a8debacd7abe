//! k, over nalgebra 0.30's `RealField + SubsetOf<f64>` (feature `nalgebra-0-30`).

use gradual_ecosystem::case;
use k::nalgebra::{RealField, Translation3, Vector3};
use k::simba::scalar::SubsetOf;
use k::{JointType, NodeBuilder, SerialChain, connect};

fn c<T: RealField>(x: f64) -> T {
    k::nalgebra::convert(x)
}

/// An arm of three links whose second joint is at x.
fn arm<T: RealField + SubsetOf<f64> + Copy>(x: T) -> SerialChain<T> {
    let link = |name: &str, axis, length: f64| {
        NodeBuilder::new()
            .name(name)
            .joint_type(JointType::Rotational { axis })
            .translation(Translation3::new(c(0.0), c(0.1), c(length)))
            .into_node()
    };
    let (a, b, e) = (
        link("a", Vector3::z_axis(), 0.3),
        link("b", Vector3::y_axis(), 0.5),
        link("e", Vector3::x_axis(), 0.2),
    );
    connect![a => b => e];
    let chain = SerialChain::from_end(&e);
    chain.set_joint_positions_unchecked(&[c(0.3), x, x * x]);
    chain.update_transforms();
    chain
}

fn end_effector<T: RealField + SubsetOf<f64> + Copy>(x: T) -> T {
    let p = arm(x).end_transform().translation;
    p.x + p.y * c(2.0) + p.z * c(3.0)
}

/// An entry of k's own Jacobian.
fn jacobian<T: RealField + SubsetOf<f64> + Copy>(x: T) -> T {
    k::jacobian(&arm(x))[(2, 1)] + k::jacobian(&arm(x))[(0, 0)]
}

#[test]
fn robot_kinematics() {
    case!(end_effector).at(0.7);
    case!(jacobian).at(0.7);
}
