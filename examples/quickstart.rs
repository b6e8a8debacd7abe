//! Partial derivatives, gradient, Hessian and Jacobian: cargo run --example quickstart
use gradual::{derivative, gradient, hessian, jacobian, partial};
use nalgebra::vector;
use num_traits::Float;

/// Any function over num-traits floats; nothing in it knows about derivatives.
fn f<T: Float>(x: T, y: T) -> T {
    x.powi(2) * y + y.sin()
}

fn main() {
    if let Some(argument) = std::env::args().nth(1) {
        eprintln!("quickstart shows derivatives; it takes no arguments");
        std::process::exit(if argument == "--help" { 0 } else { 1 });
    }
    // one variable: value and slope
    let (value, slope) = derivative(|x| x.exp() * 2.0, 0.0);
    println!("2 exp(x) at 0:         {value}, slope {slope}");

    // one partial derivative of a function of two variables, then all of them
    let point = vector![3.0, 2.0];
    let (_, df_dx) = partial(|v| f(v[0], v[1]), &point, 0);
    let (_, g) = gradient(|v| f(v[0], v[1]), &point);
    println!("∂f/∂x at (3, 2):       {df_dx}");
    println!("gradient:              [{:.4}, {:.4}]", g[0], g[1]);

    // and all second ones, in one pass
    let (value, _, h) = hessian(|v| f(v[0], v[1]), &point);
    println!("value and Hessian:     {value:.4} {h:.4}");

    // a vector function: polar to cartesian coordinates
    let polar = vector![2.0, 0.0];
    let (_, j) = jacobian(|p| vector![p[0] * p[1].cos(), p[0] * p[1].sin()], &polar);
    println!("Jacobian at r=2, φ=0:  {j}");
}
