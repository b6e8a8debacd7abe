//! The tape of a pass: what has been moved out of numbers, and the linear combinations of it.
//!
//! Entry k of the tape is c₁ (leaf k + what handle h₁ stands for) + c₂ (what h₂ stands for). Nearly always it
//! is the next term of a running sum, leaf k + entry k - 1: only the others are written down.

use core::cell::RefCell;
use core::sync::atomic::{AtomicU32, Ordering};

use alloc::vec::Vec;

use super::Local;

/// The most lanes with which a leaf has a place for each lane, used or not; with more lanes it has places
/// for the used ones.
pub(super) const FIXED: usize = 4;

/// The length of the longest leaf of fixed length: first partials and a triangle of second ones.
const LONGEST: usize = FIXED + FIXED * (FIXED + 1) / 2;

/// The number of a leaf's values: `lanes` first partials, and the triangle of the second ones if there are
/// any.
pub(super) const fn leaf_length(lanes: usize, second: bool) -> usize {
    if second { lanes + lanes * (lanes + 1) / 2 } else { lanes }
}

/// A handle on what has been moved to the tape: 0 for nothing, k for entry k (counted from 1).
pub(super) type Handle = u32;

/// The handle of a number that is lost: see [`Separable`](super::Separable).
pub(super) const LOST: Handle = Handle::MAX;

/// An entry that is not the next term of a running sum.
pub(super) struct Link {
    pub(super) entry: Handle,
    pub(super) handles: [Handle; 2],
    pub(super) weights: [f64; 2],
}

/// What the numbers of a pass have moved out of their lanes.
#[derive(Default)]
pub(in crate::structured) struct Tape {
    /// The serial number of the pass and its complement, as numbers carry it; 0 between passes.
    pub(super) stamp: u64,
    pub(super) entries: Handle,
    pub(super) links: Vec<Link>,
    pub(super) leaves: Leaves,
}

/// The leaves, one after the other.
#[derive(Default)]
pub(super) struct Leaves {
    /// The variables of each leaf's lanes, counted from 1; 0 where a lane is not used.
    pub(super) ids: Vec<u32>,
    /// Where each leaf's ids end, if leaves differ in length.
    pub(super) ends: Vec<u32>,
    /// For each leaf the first partials and, row by row, the lower triangle of the second ones.
    pub(super) values: Vec<f64>,
}

impl Leaves {
    fn clear(&mut self) {
        self.ids.clear();
        self.ends.clear();
        self.values.clear();
    }

    #[inline(always)]
    fn push<L: Local<Q>, const Q: usize>(&mut self, ids: &[u32; Q], local: &L) {
        let gradient = local.gradient();
        if Q <= FIXED {
            let mut leaf = [0.0; LONGEST];
            leaf[..Q].copy_from_slice(gradient);
            if L::SECOND {
                let mut at = Q;
                for a in 0..Q {
                    for b in 0..=a {
                        leaf[at] = local.second(a, b);
                        at += 1;
                    }
                }
            }
            self.ids.extend_from_slice(ids);
            self.values.extend_from_slice(&leaf[..leaf_length(Q, L::SECOND)]);
        } else {
            let used = (0..Q).filter(|&q| ids[q] != 0);
            self.ids.extend(used.clone().map(|q| ids[q]));
            self.values.extend(used.clone().map(|q| gradient[q]));
            if L::SECOND {
                for a in used.clone() {
                    let row = used.clone().take_while(|&b| b <= a);
                    self.values.extend(row.map(|b| local.second(a, b)));
                }
            }
            self.ends.push(self.ids.len() as u32);
        }
    }
}

impl Tape {
    fn clear(&mut self) {
        self.entries = 0;
        self.links.clear();
        self.leaves.clear();
    }

    /// A new entry: `weights[0]` times the leaf and what the first handle stands for, and `weights[1]` times
    /// what the second one stands for.
    #[inline(always)]
    fn push<L: Local<Q>, const Q: usize>(
        &mut self,
        ids: &[u32; Q],
        local: &L,
        handles: [Handle; 2],
        weights: [f64; 2],
    ) -> Handle {
        let [a, b] = handles;
        let next = a.max(b) == self.entries && a.min(b) == 0;
        if self.entries == LOST - 1 || self.leaves.ids.len() > (u32::MAX as usize) - Q {
            return LOST;
        }
        self.entries += 1;
        if !next || weights[0] != 1.0 || b != 0 && weights[1] != 1.0 {
            self.links.push(Link { entry: self.entries, handles, weights });
        }
        self.leaves.push(ids, local);
        self.entries
    }
}

std::thread_local! {
    static CURRENT: RefCell<Tape> = const {
        RefCell::new(Tape {
            stamp: 0,
            entries: 0,
            links: Vec::new(),
            leaves: Leaves { ids: Vec::new(), ends: Vec::new(), values: Vec::new() },
        })
    };
}

/// Moves the lanes of a number to the tape of its pass, if that is this thread's; the handle of the new
/// entry, see [`Tape::push`].
#[inline(never)]
pub(super) fn spill<L: Local<Q>, const Q: usize>(
    stamp: u64,
    ids: &[u32; Q],
    local: &L,
    handles: [Handle; 2],
    weights: [f64; 2],
) -> Handle {
    CURRENT.with_borrow_mut(|tape| {
        if tape.stamp == stamp { tape.push(ids, local, handles, weights) } else { LOST }
    })
}

static NEXT_SERIAL: AtomicU32 = AtomicU32::new(1);

/// A stamp that no other numbers have: a serial number, and its complement, so that two different stamps
/// show when they are united bit by bit.
pub(super) fn new_stamp() -> u64 {
    let serial = NEXT_SERIAL.fetch_add(1, Ordering::Relaxed);
    u64::from(serial) << 32 | u64::from(!serial)
}

/// A pass under way: its tape is the thread's, and the one before comes back at the end, also where the
/// program panics.
pub(super) struct Session {
    outer: Option<Tape>,
}

impl Session {
    pub(super) fn begin(mut tape: Tape, stamp: u64) -> Self {
        tape.clear();
        tape.stamp = stamp;
        Self { outer: Some(CURRENT.replace(tape)) }
    }

    /// The tape of the pass.
    pub(super) fn finish(mut self) -> Tape {
        let mut tape = CURRENT.replace(self.outer.take().unwrap_or_default());
        tape.stamp = 0;
        tape
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        if let Some(outer) = self.outer.take() {
            CURRENT.set(outer);
        }
    }
}
