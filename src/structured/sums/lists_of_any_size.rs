//! Lists of elements of any size, sorted into classes.

use core::ops::RangeInclusive;

use alloc::vec::Vec;

use super::any_size::{AnySize, Class, for_each_class, sorted_into_classes};
use super::builder::Builder;
use super::data::{NONE, RowVariables};
use super::error::PlanError;
use super::handles::Residuals;
use super::loss::Squares;

impl Builder {
    /// Elements of 1 to 32 single variables, whose function is an [`Element`](super::Element) of the shape
    /// [`UpTo`](crate::structured::shapes::UpTo) for any K; see [`Pass::add_any_size`](super::Pass::add_any_size).
    ///
    /// # Errors
    /// If there is no such variable, or an element has none, more than 32, or one twice.
    pub fn any_size(&mut self, lists: &[impl AsRef<[usize]>]) -> Result<AnySize, PlanError> {
        let mut sizes = lists.iter().map(|list| list.as_ref().len()).enumerate();
        if let Some((element, size)) = sizes.find(|&(_, size)| size == 0 || size > 32) {
            return Err(match size {
                0 => PlanError::Empty { element },
                _ => PlanError::TooManyLanes { element, size, lanes: 32 },
            });
        }
        u32::try_from(lists.len()).map_err(|_| PlanError::TooLarge)?;
        Ok(sorted_into_classes!(self.class(lists)))
    }

    /// The elements of those sizes.
    fn class<const K: usize>(
        &mut self,
        sizes: RangeInclusive<usize>,
        lists: &[impl AsRef<[usize]>],
    ) -> Result<Class<K>, PlanError> {
        let mine = || {
            let fits = |list: &(usize, &[usize])| sizes.contains(&list.1.len());
            lists.iter().map(AsRef::as_ref).enumerate().filter(fits)
        };
        let elements = self.up_to_of(mine())?;
        Ok(Class { elements, numbers: mine().map(|(e, _)| e as u32).collect() })
    }
}

impl AnySize {
    /// Gives the elements R residuals each; see [`Elements::residuals`](super::Elements::residuals).
    ///
    /// # Panics
    /// If the elements are of another builder.
    #[must_use]
    #[track_caller]
    pub fn residuals<const R: usize>(self, builder: &mut Builder) -> Residuals<Self, R> {
        let mut lists: Vec<Vec<u32>> = alloc::vec![Vec::new(); self.len()];
        for_each_class!(self, |class| {
            let list = builder.list(class.elements);
            let indices = list.index.chunks_exact(list.runs);
            for (&number, index) in class.numbers.iter().zip(indices) {
                let own = &mut lists[number as usize];
                own.extend(index.iter().filter(|&&i| i != NONE));
                own.sort_unstable();
            }
        });
        let ends = lists.iter().scan(0, |end, list| {
            *end += list.len();
            Some(*end)
        });
        let variables = RowVariables::Lists { ends: ends.collect(), variables: lists.concat() };
        let dependences = lists.iter().map(Vec::len).sum();
        let block = builder.push_rows((lists.len(), R), dependences, variables);
        Residuals { elements: self, block, loss: Squares }
    }
}
