//! Variables held constant.

use alloc::vec;
use alloc::vec::Vec;

use super::data::Held;
use super::error::PlanError;
use super::plan::Plan;

impl Plan {
    /// Holds these variables constant, and no others; none at all gives all of them free again.
    ///
    /// Nothing depends on a variable that is held: its entries of the gradient and of the Jacobian are
    /// zero. Its row and column of the Hessian (and of JᵀJ) are those of the unit matrix, so that the
    /// matrix stays regular and the step of a solver is zero there; products with the Hessian agree with
    /// that. The pattern stays as it is.
    ///
    /// ```
    /// use gradual::structured::Builder;
    ///
    /// let mut builder = Builder::new(2);
    /// let product = builder.elements([[0, 1]])?;
    /// let mut plan = builder.build()?;
    /// plan.hold([0])?;
    /// let (mut g, mut h) = ([0.0; 2], [0.0; 3]);
    /// let f = plan.hessian(&[3.0, 5.0], &mut g, &mut h).add(product, |_, [x, y]| x * y * y).value();
    /// assert_eq!((f, g, h), (75.0, [0.0, 30.0], [1.0, 0.0, 6.0]));
    /// # Ok::<(), gradual::structured::PlanError>(())
    /// ```
    ///
    /// # Errors
    /// If there is no such variable; what was held before stays so.
    pub fn hold(&mut self, variables: impl IntoIterator<Item = usize>) -> Result<(), PlanError> {
        let n = self.variables();
        let mut is_held = vec![false; n];
        for (element, index) in variables.into_iter().enumerate() {
            *is_held.get_mut(index).ok_or(PlanError::OutOfRange { element, index, count: n })? =
                true;
        }
        let variables: Vec<u32> = (0..n).filter(|&i| is_held[i]).map(|i| i as u32).collect();
        if variables.is_empty() {
            self.data.held = None;
            return Ok(());
        }
        let mut slots = Vec::new();
        for j in 0..n {
            let column = self.data.columns[j]..self.data.columns[j + 1];
            let held = column.filter(|&slot| is_held[j] || is_held[self.data.rows[slot]]);
            slots.extend(held.map(|slot| slot as u32));
        }
        let (mut of_jacobian, mut place) = (Vec::new(), 0);
        self.data.jacobian_rows(|row| {
            of_jacobian.extend((0..row.len()).filter(|&k| is_held[row[k]]).map(|k| place + k));
            place += row.len();
        });
        self.data.held = Some(Held { is_held, variables, slots, of_jacobian });
        Ok(())
    }
}
