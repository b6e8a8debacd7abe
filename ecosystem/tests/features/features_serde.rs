//! Feature `serde`: what is written, and that it is read back to the bit.

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
    let text = r#"{"value":1.0,"derivatives":"two"}"#;
    assert!(
        error(text).contains("invalid type: string \"two\", expected a sequence of 2 elements")
    );
    assert!(error(r#"{"value":1.0}"#).contains("missing field `derivatives`"));
    let text =
        r#"{"value":0.5,"derivatives":{"gradient":[1.0,2.0],"hessian":[[3.0,4.0],[4.5,5.0]]}}"#;
    let error = serde_json::from_str::<HyperDual<f64, 2>>(text).unwrap_err().to_string();
    assert!(error.contains("the Hessian is not symmetric at (0, 1)"), "{error}");
}

/// JSON has no NaN and no infinity: they are written as null, which is an error to read, and not
/// another number.
#[test]
fn json_knows_finite_numbers_only() {
    let y = Dual::<f64>::variable(0.0, 0).sqrt();
    let text = serde_json::to_string(&y).unwrap();
    assert_eq!(text, r#"{"value":0.0,"derivatives":[null]}"#);
    let error = serde_json::from_str::<Dual>(&text).unwrap_err().to_string();
    assert!(error.contains("invalid type: null, expected f64"), "{error}");
}

/// A format that keeps every float, in memory.
mod tree {
    use serde::de::value::{Error, MapDeserializer, SeqDeserializer};
    use serde::de::{Deserializer, IntoDeserializer, Visitor};

    #[derive(Clone)]
    pub enum Tree {
        Number(f64),
        List(Vec<Tree>),
        Map(Vec<(&'static str, Tree)>),
    }

    impl IntoDeserializer<'_, Error> for Tree {
        type Deserializer = Self;

        fn into_deserializer(self) -> Self {
            self
        }
    }

    impl<'de> Deserializer<'de> for Tree {
        type Error = Error;

        fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            match self {
                Self::Number(x) => visitor.visit_f64(x),
                Self::List(items) => visitor.visit_seq(SeqDeserializer::new(items.into_iter())),
                Self::Map(fields) => visitor.visit_map(MapDeserializer::new(fields.into_iter())),
            }
        }

        serde::forward_to_deserialize_any! {
            bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
            unit unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier
            ignored_any
        }
    }
}

/// Infinities and NaN come back from a format that has them. A NaN opposite a NaN is symmetric, one
/// opposite a number is not.
#[test]
fn undefined_parts() {
    use serde::Deserialize;
    use tree::Tree::{List, Map, Number};

    let jet = |hessian: [[f64; 2]; 2]| {
        let row = |row: [f64; 2]| List(row.map(Number).to_vec());
        let derivatives = Map(vec![
            ("gradient", row([f64::INFINITY, f64::NAN])),
            ("hessian", List(hessian.map(row).to_vec())),
        ]);
        HyperDual::<f64, 2>::deserialize(Map(vec![
            ("value", Number(f64::NEG_INFINITY)),
            ("derivatives", derivatives),
        ]))
    };
    let x = jet([[f64::INFINITY, f64::NAN], [f64::NAN, 3.0]]).unwrap();
    assert_eq!((x.value, x.partial(0)), (f64::NEG_INFINITY, f64::INFINITY));
    assert!(x.partial(1).is_nan() && x.second_partial(0, 1).is_nan());
    assert_eq!((x.second_partial(0, 0), x.second_partial(1, 1)), (f64::INFINITY, 3.0));
    for hessian in [[[1.0, f64::NAN], [2.0, 3.0]], [[1.0, 2.0], [f64::NAN, 3.0]]] {
        let error = jet(hessian).unwrap_err().to_string();
        assert!(error.contains("not symmetric at (0, 1)"), "{error}");
    }
}
