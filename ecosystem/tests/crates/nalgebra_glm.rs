//! nalgebra-glm, over its blanket `RealNumber`.

use gradual_ecosystem::case;
use nalgebra_glm as glm;
use nalgebra_glm::RealNumber;

fn c<T: RealNumber>(x: f64) -> T {
    nalgebra::convert(x)
}

fn camera<T: RealNumber>(x: T) -> T {
    let view = glm::look_at(
        &glm::vec3(x, c(2.0), c(5.0)),
        &glm::vec3(c(0.0), x, c(0.0)),
        &glm::vec3(c(0.0), c(1.0), c(0.0)),
    );
    let m = glm::perspective(c(1.5), x, c(0.1), c(50.0)) * glm::rotate_x(&view, x);
    let clip = m * glm::vec4(c(0.4), x, c(0.3), c(1.0));
    clip.x / clip.w
}

fn functions<T: RealNumber>(x: T) -> T {
    let (a, b) = (glm::vec2(x, c(1.0)), glm::vec2(c(2.0), x * x));
    glm::smoothstep(c(0.0), c(1.0), x) + glm::length(&glm::mix(&a, &b, x)) + glm::dot(&a, &b)
}

fn quaternions<T: RealNumber>(x: T) -> T {
    let a = glm::quat_angle_axis(x, &glm::vec3(c(1.0), c(0.0), c(0.0)));
    let b = glm::quat_angle_axis(x * x, &glm::vec3(c(0.0), c(1.0), c(0.0)));
    glm::quat_angle(&glm::quat_slerp(&a, &b, c(0.3)))
}

#[test]
fn graphics() {
    case!(camera).at(0.7);
    case!(functions).at(0.7);
    case!(quaternions).at(0.7);
}
