//! Where derivatives go: the entries that one thread may write.

#[cfg(feature = "rayon")]
use super::data::MOST_PARTS;
use super::data::PlanData;
use crate::real::Real;
#[cfg(feature = "rayon")]
use rayon::{iter::ParallelIterator, slice::ParallelSliceMut};

/// Some entries of a result: all of them, or those of one part or two. What lies outside is somebody else's, and
/// no element that is evaluated here has it.
pub struct Window<'a, T> {
    entries: Range<'a, T>,
    /// Those of the second part.
    others: Range<'a, T>,
}

/// Consecutive entries of a result, from number `first` on.
struct Range<'a, T> {
    first: u32,
    entries: &'a mut [T],
}

impl<'a, T> Range<'a, T> {
    #[inline(always)]
    fn none() -> Self {
        Self { first: 0, entries: &mut [] }
    }

    #[cfg(feature = "rayon")]
    #[inline(always)]
    fn own(&mut self) -> Range<'_, T> {
        Range { first: self.first, entries: self.entries }
    }

    /// The entries before number `cut`, and those from it on.
    #[cfg(feature = "rayon")]
    fn split(self, cut: usize) -> (Self, Self) {
        let middle = (cut - self.first as usize).min(self.entries.len());
        let (left, right) = self.entries.split_at_mut(middle);
        (Self { first: self.first, entries: left }, Self { first: cut as u32, entries: right })
    }

    /// The `length` entries from `place` on, which are here together or not at all. A number before the first one
    /// becomes one far beyond the last, in 32 bits, so that the compiler knows that no length makes it overflow.
    #[inline(always)]
    fn get(&mut self, place: u32, length: usize) -> Option<&mut [T]> {
        let start = place.wrapping_sub(self.first) as usize;
        self.entries.get_mut(start..start + length)
    }
}

impl<'a, T: Real> Window<'a, T> {
    /// All entries of a result.
    pub(super) fn whole(entries: &'a mut [T]) -> Self {
        Self::of(Range { first: 0, entries })
    }

    #[inline(always)]
    fn of(entries: Range<'a, T>) -> Self {
        Self { entries, others: Range::none() }
    }

    /// The same entries, as variables of their own; without those of a second part, unless there are `pairs`.
    #[cfg(feature = "rayon")]
    #[inline(always)]
    fn own(&mut self, pairs: bool) -> Window<'_, T> {
        let others = if pairs { self.others.own() } else { Range::none() };
        Window { entries: self.entries.own(), others }
    }

    /// Adds to the entry at `place`, if it is here.
    #[inline(always)]
    pub(super) fn add(&mut self, place: u32, part: T) {
        let index = |first| place.wrapping_sub(first) as usize;
        if let Some(entry) = self.entries.entries.get_mut(index(self.entries.first)) {
            *entry += part;
        } else if let Some(entry) = self.others.entries.get_mut(index(self.others.first)) {
            *entry += part;
        }
    }

    /// Adds to the `length` entries from `place` on, which are here together or not at all.
    #[inline(always)]
    pub(super) fn add_run(&mut self, place: u32, length: usize, part: impl Fn(usize) -> T) {
        let entries = match self.entries.get(place, length) {
            Some(entries) => entries,
            None => match self.others.get(place, length) {
                Some(entries) => entries,
                None => return,
            },
        };
        for (r, entry) in entries.iter_mut().enumerate() {
            *entry += part(r);
        }
    }

    /// The entries, of a window that is whole.
    pub(super) fn entries(&mut self) -> &mut [T] {
        self.entries.entries
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
            self.gradient.entries().fill(T::zero());
            self.second.entries().fill(T::zero());
            self.stale = false;
        }
    }

    /// The same on all threads.
    #[cfg(feature = "rayon")]
    pub(super) fn begin_on_threads(&mut self) {
        /// So many are not worth to wake a thread.
        const FEW: usize = 1 << 15;
        if self.stale && self.gradient.entries().len() + self.second.entries().len() > FEW {
            for entries in [self.gradient.entries(), self.second.entries()] {
                entries.par_chunks_mut(FEW).for_each(|some| some.fill(T::zero()));
            }
            self.stale = false;
        }
        self.begin();
    }

    /// The results have been zeroed, each share by the thread that has it.
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
        let n = n.min(self.gradient.entries().len());
        Target {
            gradient: Window::whole(&mut self.gradient.entries()[..n]),
            second: Window::whole(self.second.entries()),
            ..*self
        }
    }

    /// The same results for one loop over elements, as variables of its own; `pairs`: may they be those of two
    /// parts? Where they may not, the compiler knows that there is one place to look.
    #[cfg(feature = "rayon")]
    #[inline(always)]
    pub(super) fn own(&mut self, pairs: bool) -> Target<'_, T> {
        let (gradient, second) = (self.gradient.own(pairs), self.second.own(pairs));
        Target { gradient, second, ..*self }
    }

    /// The results of each part.
    #[cfg(feature = "rayon")]
    pub(super) fn shares(&mut self, plan: &PlanData) -> [Option<Target<'_, T>>; MOST_PARTS] {
        let Self { entries, direction, held, stale, .. } = *self;
        let mut gradient = Range { first: 0, entries: self.gradient.entries() };
        let mut second = Range { first: 0, entries: self.second.entries() };
        let mut cuts = plan.cuts[1..].iter();
        core::array::from_fn(|_| {
            let &cut = cuts.next()?;
            let second_cut = match entries {
                SecondEntries::Variables => cut,
                SecondEntries::Pattern => plan.columns[cut],
            };
            let (of_part, rest) = core::mem::replace(&mut gradient, Range::none()).split(cut);
            gradient = rest;
            let (second_of_part, rest) =
                core::mem::replace(&mut second, Range::none()).split(second_cut);
            second = rest;
            let (gradient, second) = (Window::of(of_part), Window::of(second_of_part));
            Some(Target { gradient, second, entries, direction, held, stale })
        })
    }

    /// The results of one part or two, taken from those of each.
    #[cfg(feature = "rayon")]
    pub(super) fn of_parts(shares: &mut [Option<Self>; MOST_PARTS], parts: u32) -> Option<Self> {
        let [low, high] = [parts.trailing_zeros(), parts.ilog2()].map(|part| part as usize);
        let mut target = shares[low].take()?;
        if let Some(other) = shares[high].take() {
            target.gradient.others = other.gradient.entries;
            target.second.others = other.second.entries;
        }
        Some(target)
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
