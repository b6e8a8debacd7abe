//! serde: a jet is a map of its value and its derivatives, and partials are sequences.
//!
//! `{"value": 125.0, "derivatives": [75.0]}` for a `Dual`, and for a `HyperDual`
//! `{"value": 125.0, "derivatives": {"gradient": [75.0], "hessian": [[30.0]]}}`. Plain floats are written as
//! the format writes them: JSON has `null` for NaN and ±∞, which serde_json does not read back.

use core::fmt;
use core::marker::PhantomData;

use serde::de::{Error, SeqAccess, Visitor};
use serde::ser::SerializeTuple;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::derivatives::{BlockPartials, Derivatives, HessianSize, Partials, SecondPartials, Size};
use crate::jet::Jet;
use crate::real::Real;

/// An array of any length; serde's own implementations know no generic length.
#[derive(Clone, Copy)]
struct Array<T, const N: usize>([T; N]);

/// A matrix, as a sequence of its rows.
type Matrix<T, const M: usize, const N: usize> = Array<Array<T, N>, M>;

impl<T: Copy + Default, const N: usize> Default for Array<T, N> {
    fn default() -> Self {
        Self([T::default(); N])
    }
}

impl<T: Serialize, const N: usize> Serialize for Array<T, N> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut tuple = serializer.serialize_tuple(N)?;
        for element in &self.0 {
            tuple.serialize_element(element)?;
        }
        tuple.end()
    }
}

impl<'de, T: Deserialize<'de> + Copy + Default, const N: usize> Deserialize<'de> for Array<T, N> {
    fn deserialize<S: Deserializer<'de>>(deserializer: S) -> Result<Self, S::Error> {
        deserializer.deserialize_tuple(N, Elements(PhantomData))
    }
}

struct Elements<T, const N: usize>(PhantomData<T>);

impl<'de, T: Deserialize<'de> + Copy + Default, const N: usize> Visitor<'de> for Elements<T, N> {
    type Value = Array<T, N>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a sequence of {N} elements")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Self::Value, A::Error> {
        let mut array = Array::default();
        for (i, element) in array.0.iter_mut().enumerate() {
            *element = sequence.next_element()?.ok_or_else(|| Error::invalid_length(i, &self))?;
        }
        Ok(array)
    }
}

/// The form of a type in the data: a structure with the same fields and serde's derived traits.
macro_rules! forms {
    ($($(#[$doc:meta])* $form:ident<$($parameter:ident),*> as $name:literal { $($field:ident: $ty:ty),* })*) => {$(
        $(#[$doc])*
        #[derive(Serialize, Deserialize)]
        #[serde(rename = $name)]
        struct $form<$($parameter),*> {
            $($field: $ty),*
        }
    )*};
}

forms! {
    JetForm<T, K> as "Jet" { value: T, derivatives: K }
    SecondForm<G, H> as "SecondPartials" { gradient: G, hessian: H }
    BlockForm<R, C, H> as "BlockPartials" { rows: R, columns: C, mixed: H }
}

impl<T: Real + Serialize, K: Derivatives<T> + Serialize> Serialize for Jet<T, K> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        JetForm { value: self.value, derivatives: self.derivatives }.serialize(serializer)
    }
}

impl<'de, T, K> Deserialize<'de> for Jet<T, K>
where
    T: Real + Deserialize<'de>,
    K: Derivatives<T> + Deserialize<'de>,
{
    fn deserialize<S: Deserializer<'de>>(deserializer: S) -> Result<Self, S::Error> {
        let JetForm { value, derivatives } = Deserialize::deserialize(deserializer)?;
        Ok(Self { value, derivatives })
    }
}

impl<T: Real + Serialize, const N: usize> Serialize for Partials<T, N> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Array(self.0).serialize(serializer)
    }
}

impl<'de, T: Real + Deserialize<'de>, const N: usize> Deserialize<'de> for Partials<T, N> {
    fn deserialize<S: Deserializer<'de>>(deserializer: S) -> Result<Self, S::Error> {
        Array::deserialize(deserializer).map(|array| Self(array.0))
    }
}

impl<T: Real + Serialize, const N: usize> Serialize for SecondPartials<T, N>
where
    Size<N>: HessianSize,
{
    /// The gradient and the whole Hessian.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let gradient = Array(*crate::derivatives::Gradient::gradient(self));
        let hessian: Matrix<T, N, N> = Array(self.hessian().map(Array));
        SecondForm { gradient, hessian }.serialize(serializer)
    }
}

impl<'de, T: Real + Deserialize<'de>, const N: usize> Deserialize<'de> for SecondPartials<T, N>
where
    Size<N>: HessianSize,
{
    /// # Errors
    /// If the Hessian is not symmetric.
    fn deserialize<S: Deserializer<'de>>(deserializer: S) -> Result<Self, S::Error> {
        let form = SecondForm::<Array<T, N>, Matrix<T, N, N>>::deserialize(deserializer)?;
        let hessian = form.hessian.0.map(|row| row.0);
        for (i, row) in hessian.iter().enumerate() {
            for (j, entry) in row.iter().enumerate().skip(i + 1) {
                let mirrored = &hessian[j][i];
                // A NaN equals nothing, itself included.
                let (nan, mirrored_nan) = (!entry.all_eq(entry), !mirrored.all_eq(mirrored));
                if !(entry.all_eq(mirrored) || (nan && mirrored_nan)) {
                    let message = format_args!("the Hessian is not symmetric at ({i}, {j})");
                    return Err(Error::custom(message));
                }
            }
        }
        Ok(Self::new(form.gradient.0, hessian))
    }
}

impl<T: Real + Serialize, const M: usize, const N: usize> Serialize for BlockPartials<T, M, N> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mixed: Matrix<T, M, N> = Array(self.mixed().map(Array));
        let form = BlockForm { rows: Array(*self.rows()), columns: Array(*self.columns()), mixed };
        form.serialize(serializer)
    }
}

impl<'de, T, const M: usize, const N: usize> Deserialize<'de> for BlockPartials<T, M, N>
where
    T: Real + Deserialize<'de>,
{
    fn deserialize<S: Deserializer<'de>>(deserializer: S) -> Result<Self, S::Error> {
        let form =
            BlockForm::<Array<T, M>, Array<T, N>, Matrix<T, M, N>>::deserialize(deserializer)?;
        let mixed = form.mixed.0.map(|row| row.0);
        Ok(Self::new(form.rows.0, form.columns.0, mixed))
    }
}
