//! Sets of variables, named by handles, in an arena of the thread.
//!
//! Small sets are kept sorted, and are found again by two caches: one of unions, one of sets. A program that combines
//! the same few variables a thousand times makes one set, or a few. The caches forget, so that they
//! stay in the processor's own; a table of all sets costs more than everything else once there are
//! thousands of them, as hardly any program comes back to a set much later. For those that do, the
//! cache of sets grows.
//!
//! A set that grows beyond [`SMALL`] becomes a union of two handles, eight bytes, which is expanded only if
//! somebody asks: a running sum of n terms costs n unions and not n²/2 numbers.

use core::cell::RefCell;
use core::sync::atomic::{AtomicU32, Ordering};

use alloc::vec;
use alloc::vec::Vec;

use super::cache::{CACHE, SetHandle, bucket, mix};
use super::meetings::{MeetingHandle, Meetings};

/// Sets of at most so many variables are kept as they are. More than these do not fit in the lanes
/// of a number either.
const SMALL: usize = 32;

/// With so many sets for each variable and each entry of the cache of sets, the program keeps making sets that it has
/// made before, and the cache grows.
const CROWD: usize = 16;

#[derive(Clone, Copy)]
enum Set {
    /// The variables in this range of the pool.
    Small { start: u32, end: u32 },
    /// The variables of both.
    Union([SetHandle; 2]),
}

pub(crate) struct Arena {
    serial: u32,
    variables: u32,
    sets: Vec<Set>,
    pool: Vec<u32>,
    /// Recent small sets by their members, each with the lower half of its hash; 0 where there is none.
    known: Vec<(u32, SetHandle)>,
    /// The set that is being made.
    merged: Vec<u32>,
    /// Recent unions and what they are.
    recent: Vec<([SetHandle; 2], SetHandle)>,
    /// What met in curved operations, if anybody asks.
    meetings: Option<Meetings>,
}

/// The union of two sorted sets in place of `result`.
fn merge(a: &[u32], b: &[u32], result: &mut Vec<u32>) {
    result.clear();
    // Nearly always one more variable comes to what there is; where it belongs no branch can foretell.
    if let ([one], many) | (many, [one]) = (a, b) {
        result.resize(many.len() + 1, *one);
        let mut repeated = false;
        for (i, &member) in many.iter().enumerate() {
            result[i + usize::from(member > *one)] = member;
            repeated |= member == *one;
        }
        let place = many.iter().filter(|&member| member < one).count();
        result[place] = *one;
        if repeated {
            result.clear();
            result.extend_from_slice(many);
        }
        return;
    }
    let (mut i, mut j) = (0, 0);
    while i < a.len() && j < b.len() {
        result.push(a[i].min(b[j]));
        let (left, right) = (a[i] <= b[j], b[j] <= a[i]);
        i += usize::from(left);
        j += usize::from(right);
    }
    result.extend_from_slice(&a[i..]);
    result.extend_from_slice(&b[j..]);
}

impl Arena {
    fn new(serial: u32, variables: u32, second: bool) -> Self {
        Self {
            serial,
            variables,
            sets: Vec::new(),
            pool: Vec::new(),
            known: vec![(0, 0); CACHE],
            merged: Vec::with_capacity(2 * SMALL),
            recent: vec![([0; 2], 0); CACHE],
            meetings: second.then(Meetings::new),
        }
    }

    /// The variables of a small set, counted from 0; `single` lends the place for one.
    fn small<'a>(&'a self, handle: SetHandle, single: &'a mut [u32; 1]) -> Option<&'a [u32]> {
        if handle == 0 {
            return Some(&[]);
        }
        match handle.checked_sub(self.variables + 1) {
            None => {
                single[0] = handle - 1;
                Some(single)
            }
            Some(k) => match self.sets[k as usize] {
                Set::Small { start, end } => Some(&self.pool[start as usize..end as usize]),
                Set::Union(_) => None,
            },
        }
    }

    /// The handle of the next set.
    ///
    /// # Panics
    /// Beyond 2³² sets.
    fn push(&mut self, set: Set) -> SetHandle {
        self.sets.push(set);
        u32::try_from(self.sets.len())
            .ok()
            .and_then(|count| count.checked_add(self.variables))
            .expect("a trace of at most 2³² sets of variables")
    }

    fn union(&mut self, a: SetHandle, b: SetHandle) -> SetHandle {
        if a == b || b == 0 {
            return a;
        }
        if a == 0 {
            return b;
        }
        let key = [a.min(b), a.max(b)];
        let (cached, handle) = self.recent[bucket(key)];
        if cached == key {
            return handle;
        }
        let handle = self.new_union(key);
        self.recent[bucket(key)] = (key, handle);
        handle
    }

    fn new_union(&mut self, [a, b]: [SetHandle; 2]) -> SetHandle {
        let mut merged = core::mem::take(&mut self.merged);
        let (mut first, mut second) = ([0], [0]);
        let handle = match (self.small(a, &mut first), self.small(b, &mut second)) {
            (Some(x), Some(y)) => {
                merge(x, y, &mut merged);
                match merged.len() {
                    size if size == x.len() => a,
                    size if size == y.len() => b,
                    size if size > SMALL => self.push(Set::Union([a, b])),
                    _ => self.intern(&merged),
                }
            }
            _ => self.push(Set::Union([a, b])),
        };
        self.merged = merged;
        handle
    }

    /// The handle of a small set of two or more variables.
    fn intern(&mut self, set: &[u32]) -> SetHandle {
        if self.sets.len() > CROWD * (self.variables as usize + self.known.len()) {
            self.known = vec![(0, 0); (2 * self.sets.len()).next_power_of_two()];
        }
        let hash = set.iter().fold(0, |hash, &i| mix(hash, u64::from(i)));
        let place = (hash >> (64 - self.known.len().trailing_zeros())) as usize;
        let (low, known) = self.known[place];
        if low == hash as u32 && known != 0 && self.small(known, &mut [0]) == Some(set) {
            return known;
        }
        let start = self.pool.len();
        self.pool.extend_from_slice(set);
        let end = u32::try_from(self.pool.len()).expect("a trace of at most 2³² members of sets");
        let handle = self.push(Set::Small { start: start as u32, end });
        self.known[place] = (hash as u32, handle);
        handle
    }

    /// The variables of both, which may have second derivatives with each other; neither is empty.
    fn curved(&mut self, a: Stamped, b: Stamped) -> Stamped {
        let Stamped { handle, meetings, serial } = self.linear(a, b);
        let meetings = match &mut self.meetings {
            Some(all) => {
                let here = all.of(a.handle, b.handle);
                all.both(meetings, here)
            }
            None => 0,
        };
        Stamped { handle, meetings, serial }
    }

    /// The variables of both.
    fn linear(&mut self, a: Stamped, b: Stamped) -> Stamped {
        let meetings = match &mut self.meetings {
            Some(all) => all.both(a.meetings, b.meetings),
            None => 0,
        };
        Stamped { handle: self.union(a.handle, b.handle), meetings, serial: a.serial }
    }

    /// The pairs of sets that met in curved operations on the way to a number, each once.
    pub(super) fn pairs(&self, number: Stamped) -> Vec<[SetHandle; 2]> {
        self.meetings.as_ref().map_or_else(Vec::new, |all| all.pairs(number.meetings))
    }
}

/// Expands handles of a finished trace to sorted sets of variables.
pub(crate) struct Expander<'a> {
    arena: &'a Arena,
    /// The round in which a variable or a union was met last.
    seen: Vec<u32>,
    round: u32,
    stack: Vec<SetHandle>,
}

impl<'a> Expander<'a> {
    pub(crate) fn new(arena: &'a Arena) -> Self {
        let handles = arena.variables as usize + arena.sets.len() + 1;
        Self { arena, seen: vec![0; handles], round: 0, stack: Vec::new() }
    }

    /// Adds the variables of `handle` to `result`, sorted.
    pub(crate) fn expand(&mut self, handle: SetHandle, result: &mut Vec<u32>) {
        if let Some(set) = self.arena.small(handle, &mut [0]) {
            result.extend_from_slice(set);
            return;
        }
        let first = result.len();
        self.round += 1;
        self.stack.push(handle);
        while let Some(handle) = self.stack.pop() {
            if core::mem::replace(&mut self.seen[handle as usize], self.round) == self.round {
                continue;
            }
            if let Some(set) = self.arena.small(handle, &mut [0]) {
                for &i in set {
                    let seen = &mut self.seen[i as usize + 1];
                    if set.len() == 1 || core::mem::replace(seen, self.round) != self.round {
                        result.push(i);
                    }
                }
            } else if let Set::Union(two) =
                self.arena.sets[(handle - self.arena.variables - 1) as usize]
            {
                self.stack.extend(two);
            }
        }
        result[first..].sort_unstable();
    }
}

static NEXT_SERIAL: AtomicU32 = AtomicU32::new(1);

std::thread_local! {
    static CURRENT: RefCell<Option<Arena>> = const { RefCell::new(None) };
}

/// A set, and what has met, with the serial number of the trace that they belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamped {
    pub(super) handle: SetHandle,
    pub(super) meetings: MeetingHandle,
    pub(super) serial: u32,
}

impl Stamped {
    /// What a constant has.
    pub(super) const EMPTY: Self = Self { handle: 0, meetings: 0, serial: 0 };

    /// Works in the arena that both sets belong to; neither is empty.
    #[track_caller]
    fn in_arena<R>(self, other: Self, work: impl FnOnce(&mut Arena) -> R) -> R {
        CURRENT.with_borrow_mut(|arena| match arena {
            Some(arena) if arena.serial == self.serial && arena.serial == other.serial => work(arena),
            _ => panic!(
                "a traced number was used outside its own trace: on another thread, after the trace, or in a trace \
                 inside it"
            ),
        })
    }

    /// Of a linear operation.
    pub(super) fn union(self, other: Self) -> Self {
        if self == other || other.handle == 0 {
            self
        } else if self.handle == 0 {
            other
        } else {
            self.in_arena(other, |arena| arena.linear(self, other))
        }
    }

    /// Of a curved operation.
    pub(super) fn curved(self, other: Self) -> Self {
        if self.handle == 0 || other.handle == 0 {
            return self.union(other);
        }
        self.in_arena(other, |arena| arena.curved(self, other))
    }
}

/// A trace under way: makes its arena the thread's, and gives the one before back at the end, also
/// where the program panics.
pub(super) struct TraceSession {
    outer: Option<Arena>,
    pub(super) serial: u32,
}

impl TraceSession {
    /// `second`: note what meets in curved operations.
    pub(super) fn begin(variables: u32, second: bool) -> Self {
        let serial = NEXT_SERIAL.fetch_add(1, Ordering::Relaxed);
        let arena = Arena::new(serial, variables, second);
        Self { outer: CURRENT.replace(Some(arena)), serial }
    }

    /// The arena that the trace has filled.
    pub(super) fn finish(self) -> Arena {
        CURRENT.take().expect("the arena that `begin` made")
    }
}

impl Drop for TraceSession {
    fn drop(&mut self) {
        CURRENT.set(self.outer.take());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_sets_than_the_cache_holds_are_found_again_once_it_has_grown() {
        let n = 80;
        let mut arena = Arena::new(0, n, false);
        let sweep = |arena: &mut Arena| {
            for i in 1..=n {
                for j in i + 1..=n {
                    let pair = arena.union(j, i);
                    for k in j + 1..=n {
                        let triple = arena.union(k, pair);
                        assert_eq!(arena.small(triple, &mut [0]), Some(&[i - 1, j - 1, k - 1][..]));
                    }
                }
            }
            arena.sets.len()
        };
        let first = sweep(&mut arena);
        let sizes: Vec<usize> = (0..8).map(|_| sweep(&mut arena)).collect();
        // 85,320 sets. Those that share a place in the cache are made again in each sweep.
        assert!(arena.known.len() > CACHE);
        assert!(sizes[7] - sizes[6] < first / 2, "{first} {sizes:?}");
        assert!(sizes[7] < 6 * first, "{first} {sizes:?}");
    }
}
