//! A loss as an aggregate function of DataFusion: `name(columns..., parameters)`.
//!
//! The parameters travel as a text of their bits, so that a query is plain SQL, the same for the embedded engine and for
//! executors elsewhere, which know the function by its name.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use datafusion::arrow::array::{Array, ArrayRef, AsArray, FixedSizeListArray, Float64Array};
use datafusion::arrow::datatypes::{DataType, Field, FieldRef, Float64Type};
use datafusion::common::{ScalarValue, exec_err};
use datafusion::error::Result;
use datafusion::logical_expr::function::{AccumulatorArgs, StateFieldsArgs};
use datafusion::logical_expr::{
    Accumulator, AggregateUDF, AggregateUDFImpl, Signature, Volatility,
};
use gradual::derivatives::{HessianSize, Size};

use crate::Loss;
use crate::sums::Sums;

/// The parameters as a text of their bits.
pub(crate) fn text<const N: usize>(p: &[f64; N]) -> String {
    p.map(|p| format!("{:016x}", p.to_bits())).concat()
}

fn parameters<const N: usize>(text: &str) -> Option<[f64; N]> {
    let digits = |i: usize| u64::from_str_radix(text.get(16 * i..16 * (i + 1))?, 16).ok();
    let bits: Option<Vec<u64>> = (0..N).map(digits).collect();
    let bits: [u64; N] = bits.filter(|_| text.len() == 16 * N)?.try_into().ok()?;
    Some(bits.map(f64::from_bits))
}

impl<const N: usize> Loss<N>
where
    Size<N>: HessianSize,
{
    /// The aggregate function of this name, to be registered with an engine.
    #[must_use]
    pub fn aggregate(&self) -> AggregateUDF {
        let columns = vec![DataType::Float64; self.columns().len()];
        let signature =
            Signature::exact([columns, vec![DataType::Utf8]].concat(), Volatility::Immutable);
        AggregateUDF::new_from_impl(Function { loss: self.clone(), signature })
    }
}

#[derive(Clone, Debug)]
struct Function<const N: usize> {
    loss: Loss<N>,
    signature: Signature,
}

// Functions are known by their names.
impl<const N: usize> PartialEq for Function<N> {
    fn eq(&self, other: &Self) -> bool {
        self.loss.name() == other.loss.name()
    }
}

impl<const N: usize> Eq for Function<N> {}

impl<const N: usize> Hash for Function<N> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.loss.name().hash(state);
    }
}

fn item() -> FieldRef {
    Arc::new(Field::new_list_field(DataType::Float64, false))
}

impl<const N: usize> Function<N>
where
    Size<N>: HessianSize,
{
    fn list(&self) -> DataType {
        DataType::FixedSizeList(item(), Sums::<N>::count(self.loss.columns().len()) as i32)
    }
}

impl<const N: usize> AggregateUDFImpl for Function<N>
where
    Size<N>: HessianSize,
{
    fn name(&self) -> &str {
        self.loss.name()
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(self.list())
    }

    fn state_fields(&self, _: StateFieldsArgs) -> Result<Vec<FieldRef>> {
        Ok(vec![Arc::new(Field::new("sums", self.list(), true))])
    }

    fn accumulator(&self, _: AccumulatorArgs) -> Result<Box<dyn Accumulator>> {
        Ok(Box::new(Rows { loss: self.loss.clone(), sums: Sums::new() }))
    }
}

/// The rows of one file that came so far.
#[derive(Debug)]
struct Rows<const N: usize> {
    loss: Loss<N>,
    sums: Sums<N>,
}

impl<const N: usize> Accumulator for Rows<N>
where
    Size<N>: HessianSize,
{
    fn update_batch(&mut self, values: &[ArrayRef]) -> Result<()> {
        let Some((text, columns)) = values.split_last().filter(|(text, _)| !text.is_empty()) else {
            return Ok(());
        };
        let Some(p) = parameters(text.as_string::<i32>().value(0)) else {
            return exec_err!("{:?} wants the bits of {N} parameters", self.loss);
        };
        let columns: Vec<&Float64Array> =
            columns.iter().map(|column| column.as_primitive()).collect();
        self.loss.add(&p, &columns, &mut self.sums);
        Ok(())
    }

    fn merge_batch(&mut self, states: &[ArrayRef]) -> Result<()> {
        for state in states[0].as_fixed_size_list().iter().flatten() {
            self.sums.merge(&Sums::from_numbers(state.as_primitive::<Float64Type>().values()));
        }
        Ok(())
    }

    fn state(&mut self) -> Result<Vec<ScalarValue>> {
        Ok(vec![self.evaluate()?])
    }

    fn evaluate(&mut self) -> Result<ScalarValue> {
        let numbers = self.sums.to_numbers(self.loss.columns().len());
        let length = numbers.len() as i32;
        let numbers = Arc::new(Float64Array::from(numbers));
        let list = FixedSizeListArray::try_new(item(), length, numbers, None)?;
        Ok(ScalarValue::FixedSizeList(Arc::new(list)))
    }

    fn size(&self) -> usize {
        size_of_val(self) + 8 * Sums::<N>::count(self.loss.columns().len())
    }
}
