//! The sweep back over a tape: the weight of each leaf in the result.

use super::tape::Tape;

/// A weight left the range of the floating-point numbers.
#[derive(Debug)]
pub(crate) struct OutOfRange;

/// The weight of an entry that nothing needs: the neutral element of addition. Weights that something
/// adds are never -0.
const NONE: f64 = -0.0;

fn is_none(weight: f64) -> bool {
    weight.to_bits() == NONE.to_bits()
}

/// The product of two weights.
///
/// A product that overflows or underflows would not give what a forward pass gives, in which the leaf's
/// values are multiplied first.
fn product(a: f64, b: f64) -> Result<f64, OutOfRange> {
    let product = a * b;
    if product.is_normal() || a == 0.0 && b.is_finite() || b == 0.0 && a.is_finite() {
        Ok(product + 0.0)
    } else {
        Err(OutOfRange)
    }
}

/// Calls `visit(k, weight)` for each leaf k from the last to the first, with the weight that it has in
/// entry `last`; `None` for a leaf that is not part of it.
#[inline(always)]
pub(crate) fn sweep(
    tape: &Tape,
    last: u32,
    weights: &mut alloc::vec::Vec<f64>,
    mut visit: impl FnMut(usize, Option<f64>),
) -> Result<(), OutOfRange> {
    weights.clear();
    weights.resize(tape.entries() as usize + 1, NONE);
    weights[last as usize] = 1.0;
    let mut links = tape.links.iter().rev();
    let mut link = links.next();
    // What the entry above passes on to this one.
    let mut passed = NONE;
    for entry in (1..=tape.entries()).rev() {
        let weight = weights[entry as usize] + passed;
        let mut leaf = weight;
        passed = weight;
        if let Some(this) = link.filter(|link| link.entry == entry) {
            link = links.next();
            passed = NONE;
            if !is_none(weight) {
                let [a, b] = this.entries;
                leaf = product(weight, this.weights[0])?;
                if a != 0 {
                    weights[a as usize] += leaf;
                }
                if b != 0 {
                    weights[b as usize] += product(weight, this.weights[1])?;
                }
            }
        }
        if !leaf.is_finite() {
            return Err(OutOfRange);
        }
        visit(entry as usize - 1, (!is_none(leaf)).then_some(leaf));
    }
    Ok(())
}
