//! Where derivatives go: the entries that one thread may write.

#[cfg(feature = "rayon")]
use core::ops::Range;

use super::data::PlanData;
use crate::real::Real;

/// A range of the entries of a result, which starts at entry number `first`. What lies outside is
/// somebody else's: the bounds check is the test for ownership.
pub struct Window<'a, T> {
    first: usize,
    entries: &'a mut [T],
}

impl<'a, T: Real> Window<'a, T> {
    /// All entries of a result.
    pub(super) fn whole(entries: &'a mut [T]) -> Self {
        Self { first: 0, entries }
    }

    /// Adds to the entry at `place`, if it is here.
    #[inline(always)]
    pub(super) fn add(&mut self, place: u32, part: T) {
        if let Some(entry) = self.entries.get_mut((place as usize).wrapping_sub(self.first)) {
            *entry += part;
        }
    }

    /// Adds to the `length` entries from `place` on, which are here together or not at all.
    #[inline(always)]
    pub(super) fn add_run(&mut self, place: u32, length: usize, part: impl Fn(usize) -> T) {
        let start = (place as usize).wrapping_sub(self.first);
        if let Some(entries) = self.entries.get_mut(start..start.wrapping_add(length)) {
            for (r, entry) in entries.iter_mut().enumerate() {
                *entry += part(r);
            }
        }
    }

    /// The entries, of a window that is whole.
    pub(super) fn entries(&mut self) -> &mut [T] {
        self.entries
    }

    /// The entries before number `cut`, and those from it on.
    #[cfg(feature = "rayon")]
    fn split(&mut self, cut: usize) -> (Window<'_, T>, Window<'_, T>) {
        let middle = (cut - self.first).min(self.entries.len());
        let (left, right) = self.entries.split_at_mut(middle);
        (Window { first: self.first, entries: left }, Window { first: cut, entries: right })
    }
}

/// What the second slice of results holds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum SecondEntries {
    /// One entry for each variable.
    Variables,
    /// One entry for each place in the pattern.
    Pattern,
}

/// The results of a pass, or a part's share of them.
pub struct Target<'a, T> {
    pub(super) gradient: Window<'a, T>,
    pub(super) second: Window<'a, T>,
    pub(super) entries: SecondEntries,
    /// The direction of a product, and which of its coordinates count as zero.
    pub(super) direction: &'a [T],
    pub(super) held: &'a [bool],
    /// Still to be zeroed: by the first loop over elements, in which each thread zeroes its own share.
    stale: bool,
}

impl<'a, T: Real> Target<'a, T> {
    /// Results that hold anything.
    pub(super) fn new(gradient: &'a mut [T], second: &'a mut [T], entries: SecondEntries) -> Self {
        let (gradient, second) = (Window::whole(gradient), Window::whole(second));
        Self { gradient, second, entries, direction: &[], held: &[], stale: true }
    }

    /// Results that are zero.
    #[inline(always)]
    pub(super) fn of(gradient: &'a mut [T], second: &'a mut [T], entries: SecondEntries) -> Self {
        Self { stale: false, ..Self::new(gradient, second, entries) }
    }

    /// Zeroes the results, unless that has been done.
    pub(super) fn begin(&mut self) {
        if self.stale {
            self.gradient.entries.fill(T::zero());
            self.second.entries.fill(T::zero());
            self.stale = false;
        }
    }

    /// The threads have zeroed their shares.
    #[cfg(feature = "rayon")]
    pub(super) fn begun(&mut self) {
        self.stale = false;
    }

    /// The results for one loop over elements, as variables of its own: they are in registers, with nothing
    /// to subtract, and the gradient has as many entries as the point of `n` variables, so that an index
    /// that was in range there is known to be so here.
    #[inline(always)]
    pub(super) fn whole(&mut self, n: usize) -> Target<'_, T> {
        self.begin();
        let n = n.min(self.gradient.entries.len());
        Target {
            gradient: Window::whole(&mut self.gradient.entries[..n]),
            second: Window::whole(self.second.entries),
            ..*self
        }
    }

    /// The share of the variables before `cut`, and of those from it on.
    #[cfg(feature = "rayon")]
    pub(super) fn split(&mut self, plan: &PlanData, cut: usize) -> (Target<'_, T>, Target<'_, T>) {
        let Self { entries, direction, held, stale, .. } = *self;
        let (gradient, other_gradient) = self.gradient.split(cut);
        let (second, other_second) = self.second.split(match entries {
            SecondEntries::Variables => cut,
            SecondEntries::Pattern => plan.columns[cut],
        });
        (
            Target { gradient, second, entries, direction, held, stale },
            Target {
                gradient: other_gradient,
                second: other_second,
                entries,
                direction,
                held,
                stale,
            },
        )
    }

    /// Gives the results of held variables what [`Plan::hold`](super::Plan::hold) promises.
    pub(super) fn finish(&mut self, plan: &PlanData) {
        self.begin();
        let Some(held) = &plan.held else { return };
        let gradient = self.gradient.entries();
        if gradient.is_empty() {
            return;
        }
        held.variables.iter().for_each(|&i| gradient[i as usize] = T::zero());
        let second = self.second.entries();
        if second.is_empty() {
            return;
        }
        match self.entries {
            SecondEntries::Variables => {
                held.variables
                    .iter()
                    .for_each(|&i| second[i as usize] = self.direction[i as usize]);
            }
            SecondEntries::Pattern => {
                held.slots.iter().for_each(|&slot| second[slot as usize] = T::zero());
                let diagonal = held.variables.iter().map(|&i| plan.columns[i as usize]);
                diagonal.for_each(|slot| second[slot] = T::one());
            }
        }
    }
}

/// Is the variable in that range?
#[cfg(feature = "rayon")]
#[inline(always)]
pub(super) fn owns(range: &Range<u32>, variable: u32) -> bool {
    variable.wrapping_sub(range.start) < range.end - range.start
}
