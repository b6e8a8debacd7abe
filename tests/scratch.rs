use gradual::*;
use num_traits::Float;
fn rosen<T: Float>(x: T, y: T) -> T { let one = T::one(); let h = T::from(100.0).unwrap(); (one - x).powi(2) + h * (y - x * x).powi(2) }
fn r2<T: Real<Scalar = f64>>(x: T) -> T { (x * 2.0 + 1.0).sin() / 3.0 - x.powi(2) * T::PI() }
#[test] fn t() {
    let [x, y] = HyperDual::variables(&[1.0, 2.0]);
    println!("{}", rosen(x, y));
    println!("{}", 2.0 * x + x * 2.0 - 1.0 / y + x.max(0.0).powf(2.5) + x.hypot(Dual2::constant(4.0)));
    type Dual2 = HyperDual<f64, 2>;
    let v: Dual<f32> = Dual::variable(3.0, 0); let z = (2.0 * v).sin() * 2.0;
    println!("{:.3} {:e}", z, z);
    println!("{:?}", derivative(r2, 1.0));
    println!("{:?}", derivative(|x| 2.0 * x, 1.0f32));
    let n: Dual<Dual> = Dual::variable(Dual::variable(0.5, 0), 0);
    println!("{}", 2.0 * n.tanh() * 3.0);
    assert!(x < 2.0 && 2.0 > x && x == 1.0 && x * 2.0 > 1.0);
    let s: Dual<f64,2> = [1.0,2.0].iter().map(|&v| Dual::variable(v,0)).sum();
    println!("{s}");
    let f: fn(Dual, Dual) -> Dual = Dual::powf;
    println!("{}", f(Dual::variable(2.0,0), 3.0.into()));
    println!("{}", [Dual::<f64>::constant(1.0), Dual::constant(2.0)].into_iter().fold(Dual::constant(0.0), Dual::max));
}
fn real_field<T: nalgebra::RealField + Float + Copy>(x: T) -> T { num_traits::Float::sin(x) * T::pi() }
