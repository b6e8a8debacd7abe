//! Feature `serde`: what is written, and that it is read back to the bit.
#![cfg(feature = "serde")]

use gradual::derivatives::{BlockPartials, SecondPartials};
use gradual::{BlockDual, Dual, HyperDual, Jet, variables};
use serde::Serialize;
use serde::de::DeserializeOwned;

#[track_caller]
fn round_trip<N: Serialize + DeserializeOwned>(x: &N, text: &str, same: fn(&N, &N) -> bool) {
    assert_eq!(serde_json::to_string(x).unwrap(), text);
    assert!(same(&serde_json::from_str(text).unwrap(), x));
}

#[test]
fn duals() {
    let [x, y] = variables(&[3.0, 0.1]);
    round_trip(&(x * y), r#"{"value":0.30000000000000004,"derivatives":[0.1,3.0]}"#, Jet::all_eq);
    round_trip(&Dual::<f32>::variable(0.5, 0), r#"{"value":0.5,"derivatives":[1.0]}"#, Jet::all_eq);
    let long = Dual::<f64, 40>::variable(1.0, 39);
    let text = serde_json::to_string(&long).unwrap();
    assert!(serde_json::from_str::<Dual<f64, 40>>(&text).unwrap().all_eq(&long));
}

#[test]
fn hyper_duals() {
    let derivatives = SecondPartials::new([1.0, 2.0], [[3.0, 4.0], [4.0, 5.0]]);
    round_trip(
        &Jet { value: 0.5, derivatives },
        r#"{"value":0.5,"derivatives":{"gradient":[1.0,2.0],"hessian":[[3.0,4.0],[4.0,5.0]]}}"#,
        Jet::all_eq,
    );
}

#[test]
fn blocks_and_nested() {
    let derivatives = BlockPartials::new([1.0], [2.0, 3.0], [[4.0, 5.0]]);
    round_trip::<BlockDual<f64, 1, 2>>(
        &Jet { value: 0.5, derivatives },
        r#"{"value":0.5,"derivatives":{"rows":[1.0],"columns":[2.0,3.0],"mixed":[[4.0,5.0]]}}"#,
        Jet::all_eq,
    );
    let nested = Dual::<Dual>::variable(Dual::variable(2.0, 0), 0);
    round_trip(
        &(nested * nested),
        r#"{"value":{"value":4.0,"derivatives":[4.0]},"derivatives":[{"value":4.0,"derivatives":[2.0]}]}"#,
        Jet::all_eq,
    );
}

#[test]
fn bad_data_is_an_error() {
    let error = |text: &str| serde_json::from_str::<Dual<f64, 2>>(text).unwrap_err().to_string();
    assert!(error(r#"{"value":1.0,"derivatives":[1.0]}"#).contains("invalid length 1"));
    assert!(error(r#"{"value":1.0,"derivatives":[1.0,2.0,3.0]}"#).contains("trailing"));
    assert!(error(r#"{"value":1.0}"#).contains("missing field `derivatives`"));
    let text =
        r#"{"value":0.5,"derivatives":{"gradient":[1.0,2.0],"hessian":[[3.0,4.0],[4.5,5.0]]}}"#;
    let error = serde_json::from_str::<HyperDual<f64, 2>>(text).unwrap_err().to_string();
    assert!(error.contains("the Hessian is not symmetric at (0, 1)"), "{error}");
}
