//! The tape of a pass: what has been moved out of numbers, and the linear combinations of it.
//!
//! Entry k of the tape is c₁ (leaf k + what handle h₁ stands for) + c₂ (what h₂ stands for). Nearly always it
//! is the next term of a running sum, leaf k + entry k - 1: only the others are written down.

use core::cell::RefCell;
use core::sync::atomic::{AtomicU32, Ordering};

use alloc::vec::Vec;

use super::local::{LocalPartials, wide};
use crate::switches::LANES_FIXED;

/// A handle on what has been moved to a tape: the serial number of the pass, and in the lower half the
/// number of the entry, counted from 1; 0 for nothing.
pub(crate) type TapeHandle = u64;

/// The `next` handle where there is none: between passes, and after the last one that a tape can have.
const NONE: TapeHandle = u32::MAX as TapeHandle;

/// An entry that is not the next term of a running sum.
pub(crate) struct Link {
    pub(crate) entry: u32,
    /// Other entries, or 0.
    pub(crate) entries: [u32; 2],
    pub(crate) weights: [f64; 2],
}

/// What the numbers of a pass have moved out of their lanes.
pub(crate) struct Tape {
    last: TapeHandle,
    next: TapeHandle,
    pub(crate) links: Vec<Link>,
    pub(crate) leaves: Leaves,
}

/// The leaves, one after the other.
#[derive(Default)]
pub(crate) struct Leaves {
    /// The words of each leaf's lanes, see [`Lanes`](super::lanes::Lanes).
    pub(crate) words: Vec<u64>,
    /// Where each leaf's words end, if leaves differ in length.
    pub(crate) ends: Vec<usize>,
    /// For each leaf the first partials and, row by row, the second ones.
    pub(crate) values: Vec<f64>,
}

impl Leaves {
    const NONE: Self = Self { words: Vec::new(), ends: Vec::new(), values: Vec::new() };

    #[inline(always)]
    fn push<L: LocalPartials<Q>, const Q: usize>(&mut self, words: &[u64; Q], local: &L) {
        if Q <= LANES_FIXED {
            self.words.extend_from_slice(words);
            self.values.extend_from_slice(&local.gradient().map(wide));
            if L::SECOND {
                self.values
                    .extend_from_slice(local.square().map(|row| row.map(wide)).as_flattened());
            }
        } else {
            let used = (0..Q).filter(|&q| words[q] != 0);
            self.words.extend(used.clone().map(|q| words[q]));
            self.values.extend(used.clone().map(|q| wide(local.gradient()[q])));
            if L::SECOND {
                for a in used.clone() {
                    let row = used.clone().take_while(|&b| b <= a);
                    self.values.extend(row.map(|b| wide(local.second(a, b))));
                }
            }
            self.ends.push(self.words.len());
        }
    }
}

impl Tape {
    pub(crate) const NEW: Self =
        Self { last: 0, next: NONE, links: Vec::new(), leaves: Leaves::NONE };

    /// The number of entries, which is that of the leaves.
    pub(crate) fn entries(&self) -> u32 {
        self.last as u32
    }

    /// The number of the entry that a handle of this tape stands for.
    pub(crate) fn entry(&self, handle: TapeHandle) -> Option<u32> {
        (handle == 0 || handle >> 32 == self.next >> 32).then_some(handle as u32)
    }

    /// A new entry: `weights[0]` times the leaf and what the first handle stands for, and `weights[1]` times
    /// what the second one stands for. 0 if that cannot be.
    ///
    /// Out of line, so that the way to the tape is inlined.
    #[inline(never)]
    fn push<L: LocalPartials<Q>, const Q: usize>(
        &mut self,
        words: &[u64; Q],
        local: &L,
        [a, b]: [TapeHandle; 2],
        weights: [f64; 2],
    ) -> TapeHandle {
        if self.next as u32 as TapeHandle == NONE {
            return 0;
        }
        let next_term = a == self.last && b == 0 || a == 0 && b == self.last;
        if !(next_term && weights[0] == 1.0 && (b == 0 || weights[1] == 1.0)) {
            let (Some(a), Some(b)) = (self.entry(a), self.entry(b)) else { return 0 };
            self.links.push(Link { entry: self.next as u32, entries: [a, b], weights });
        }
        self.leaves.push(words, local);
        self.last = self.next;
        self.next += 1;
        self.last
    }
}

std::thread_local! {
    static CURRENT: RefCell<Tape> = const { RefCell::new(Tape::NEW) };
}

/// Moves the lanes of a number to the tape of the pass that this thread is in; the handle of the new entry,
/// see [`Tape::push`].
#[inline]
pub(crate) fn spill<L: LocalPartials<Q>, const Q: usize>(
    words: &[u64; Q],
    local: &L,
    handles: [TapeHandle; 2],
    weights: [f64; 2],
) -> TapeHandle {
    CURRENT.with_borrow_mut(|tape| tape.push(words, local, handles, weights))
}

/// A pass under way: its tape is the thread's, and the one before comes back at the end, also where the
/// program panics.
pub(crate) struct TapeSession {
    outer: Option<Tape>,
}

impl TapeSession {
    pub(crate) fn begin(mut tape: Tape) -> Self {
        // A handle that somebody has kept from another pass is none of this one.
        static SERIAL: AtomicU32 = AtomicU32::new(1);
        let serial = SERIAL.fetch_add(1, Ordering::Relaxed).max(1);
        tape.last = 0;
        tape.next = u64::from(serial) << 32 | 1;
        tape.links.clear();
        tape.leaves.words.clear();
        tape.leaves.ends.clear();
        tape.leaves.values.clear();
        Self { outer: Some(CURRENT.replace(tape)) }
    }

    /// The tape of the pass.
    pub(crate) fn finish(mut self) -> Tape {
        CURRENT.replace(self.outer.take().unwrap_or(Tape::NEW))
    }
}

impl Drop for TapeSession {
    fn drop(&mut self) {
        if let Some(outer) = self.outer.take() {
            CURRENT.set(outer);
        }
    }
}
