//! Sets of variables, named by handles, in an arena of the thread.
//!
//! Small sets are kept sorted, and are found again by a cache of recent unions: a program that combines the same few
//! variables a thousand times makes one set, or a few. The cache forgets, so that it stays in the processor's own. A table of sets
//! by their members would cost as much as making them, and hardly any program comes back to a set much later; for those that do
//! there is one, once there are too many sets.
//!
//! A set that grows beyond [`SMALL`] becomes a union of two handles, eight bytes, which is expanded only if
//! somebody asks: a running sum of n terms costs n unions and not n²/2 numbers.

use core::cell::RefCell;
use core::mem::ManuallyDrop;
use core::ops::Range;
use core::sync::atomic::{AtomicU32, Ordering};

use alloc::vec;
use alloc::vec::Vec;

use super::cache::{Cache, SetHandle, mix};
use super::meetings::{MeetingHandle, Meetings};

/// Sets of at most so many variables are kept as they are. More than these do not fit in the lanes
/// of a number either.
const SMALL: usize = 32;

/// With so many sets for each variable and each entry of the table of sets, the program keeps making sets that it has made
/// before: there is a larger table from there on.
const CROWD: usize = 16;

/// As many entries the table counts for as long as there is none.
const TABLE: usize = 1 << 12;

/// The number of sets with which there are too many.
fn crowd(variables: u32, table: usize) -> usize {
    CROWD * (variables as usize + table.max(TABLE))
}

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
    /// By handle.
    sets: Vec<Set>,
    /// The members of small sets as far as it is used, and behind them room for one set more.
    pool: Vec<u32>,
    used: usize,
    /// Recent unions and what they are.
    recent: Cache,
    /// Small sets by their members, each with the lower half of its hash; 0 where there is none. Empty until there are too
    /// many sets.
    known: Vec<(u32, SetHandle)>,
    crowd: usize,
    /// What met in curved operations, if anybody asks.
    meetings: Option<Meetings>,
}

/// What the union of two small sets can have, at most.
const ROOM: usize = 2 * SMALL;

/// The union of two small sorted sets, none empty, goes to `result`; the number of its members. Where it is one of the two,
/// `result` need not have it.
#[inline]
fn merge(a: &[u32], b: &[u32], result: &mut [u32; ROOM]) -> usize {
    // Nearly always one more variable comes to what there is; where it belongs no branch can foretell.
    if let ([one], many) | (many, [one]) = (a, b) {
        let many = &many[..many.len().min(SMALL)];
        let mut place = 0;
        for (i, &member) in many.iter().enumerate() {
            let before = usize::from(member < *one);
            result[i + 1 - before] = member;
            place += before;
        }
        result[place] = *one;
        return many.len() + usize::from(many.get(place) != Some(one));
    }
    let (mut i, mut j, mut size) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        let (left, right) = (a[i], b[j]);
        result[size] = left.min(right);
        i += usize::from(left <= right);
        j += usize::from(right <= left);
        size += 1;
    }
    for &member in a[i..].iter().chain(&b[j..]) {
        result[size] = member;
        size += 1;
    }
    size
}

impl Arena {
    fn new(serial: u32, variables: u32, second: bool) -> Self {
        let one = |i| Set::Small { start: i, end: i + 1 };
        let mut sets = Vec::with_capacity(4 * variables as usize + 1);
        sets.push(Set::Small { start: 0, end: 0 });
        sets.extend((0..variables).map(one));
        let mut pool = Vec::with_capacity(4 * variables as usize + ROOM);
        pool.extend(0..variables);
        pool.resize(variables as usize + ROOM, 0);
        Self {
            serial,
            variables,
            sets,
            pool,
            used: variables as usize,
            recent: Cache::new(variables),
            known: Vec::new(),
            crowd: crowd(variables, 0),
            meetings: second.then(|| Meetings::new(variables)),
        }
    }

    /// The range of a small set's members in the pool.
    #[inline]
    fn range(&self, handle: SetHandle) -> Option<Range<usize>> {
        match self.sets[handle as usize] {
            Set::Small { start, end } => Some(start as usize..end as usize),
            Set::Union(_) => None,
        }
    }

    /// The members of a small set, variables counted from 0.
    #[inline]
    fn small(&self, handle: SetHandle) -> Option<&[u32]> {
        self.range(handle).map(|range| &self.pool[range])
    }

    /// The handle of the next set.
    ///
    /// # Panics
    /// Beyond 2³² sets.
    #[inline]
    fn push(&mut self, set: Set) -> SetHandle {
        let handle =
            u32::try_from(self.sets.len()).expect("a trace of at most 2³² sets of variables");
        self.sets.push(set);
        handle
    }

    fn union(&mut self, a: SetHandle, b: SetHandle) -> SetHandle {
        if a == b || b == 0 {
            return a;
        }
        if a == 0 {
            return b;
        }
        let two = [a.min(b), a.max(b)];
        let place = self.recent.place(two);
        if let Some(handle) = self.recent.at(place, two) {
            return handle;
        }
        if self.sets.len() > self.crowd {
            self.grow_table();
        }
        let handle = self.new_union(two);
        self.recent.put(place, two, handle);
        handle
    }

    /// From here on sets are looked up by their members.
    #[cold]
    fn grow_table(&mut self) {
        self.known = vec![(0, 0); (2 * self.sets.len()).next_power_of_two()];
        self.crowd = crowd(self.variables, self.known.len());
    }

    fn new_union(&mut self, [a, b]: [SetHandle; 2]) -> SetHandle {
        let (Some(x), Some(y)) = (self.range(a), self.range(b)) else {
            return self.push(Set::Union([a, b]));
        };
        let (pool, room) = self.pool.split_at_mut(self.used);
        let (x, y) = (&pool[x], &pool[y]);
        match merge(x, y, room.first_chunk_mut().expect("room for a set")) {
            size if size == x.len() => a,
            size if size == y.len() => b,
            size if size > SMALL => self.push(Set::Union([a, b])),
            size => self.push_small(size),
        }
    }

    /// The handle of the set of so many members that stands behind the pool's used part.
    fn push_small(&mut self, size: usize) -> SetHandle {
        let mut entry = None;
        if !self.known.is_empty() {
            let set = &self.pool[self.used..self.used + size];
            let hash = set.iter().fold(0, |hash, &i| mix(hash, u64::from(i)));
            let place = (hash >> (64 - self.known.len().trailing_zeros())) as usize;
            let (low, known) = self.known[place];
            if low == hash as u32 && known != 0 && self.small(known) == Some(set) {
                return known;
            }
            entry = Some((place, hash as u32));
        }
        let end = u32::try_from(self.used + size).expect("a trace of at most 2³² members of sets");
        let handle = self.push(Set::Small { start: self.used as u32, end });
        self.used += size;
        if self.pool.len() < self.used + ROOM {
            self.pool.resize(2 * self.used + ROOM, 0);
        }
        if let Some((place, low)) = entry {
            self.known[place] = (low, handle);
        }
        handle
    }

    /// What both have; where the operation is curved, their variables may have second derivatives with each other, and neither
    /// is without any.
    #[inline(never)]
    fn combine(&mut self, a: Holds, b: Holds, curved: bool) -> Holds {
        let mut meetings = 0;
        if let Some(all) = &mut self.meetings {
            meetings = all.both(a.meetings, b.meetings);
            if curved {
                let here = all.of(a.set, b.set);
                meetings = all.both(meetings, here);
            }
        }
        Holds { set: self.union(a.set, b.set), meetings }
    }

    /// The pairs of sets that met in curved operations on the way to a number, each once.
    pub(super) fn pairs(&self, number: Stamped) -> Vec<[SetHandle; 2]> {
        let pairs = |all: &Meetings| all.pairs(number.holds.meetings, self.sets.len());
        self.meetings.as_ref().map_or_else(Vec::new, pairs)
    }
}

/// Expands handles of a finished trace to sorted sets of variables.
pub(crate) struct Expander<'a> {
    arena: &'a Arena,
    /// The round in which a set was met last; made when the first large one is.
    seen: Vec<u32>,
    round: u32,
    stack: Vec<SetHandle>,
    expanded: Vec<u32>,
}

impl<'a> Expander<'a> {
    pub(crate) fn new(arena: &'a Arena) -> Self {
        Self { arena, seen: Vec::new(), round: 0, stack: Vec::new(), expanded: Vec::new() }
    }

    /// The variables of `handle`, sorted.
    #[inline]
    pub(crate) fn expand(&mut self, handle: SetHandle) -> &[u32] {
        match self.arena.small(handle) {
            Some(set) => set,
            None => self.expand_union(handle),
        }
    }

    fn expand_union(&mut self, handle: SetHandle) -> &[u32] {
        let Self { arena, seen, round, stack, expanded } = self;
        seen.resize(arena.sets.len(), 0);
        expanded.clear();
        *round += 1;
        stack.push(handle);
        while let Some(handle) = stack.pop() {
            if core::mem::replace(&mut seen[handle as usize], *round) == *round {
                continue;
            }
            match arena.sets[handle as usize] {
                Set::Union(two) => stack.extend(two),
                Set::Small { start, end } => {
                    for &i in &arena.pool[start as usize..end as usize] {
                        // The set of this variable alone is met by its members.
                        let seen = &mut seen[i as usize + 1];
                        if end - start == 1 || core::mem::replace(seen, *round) != *round {
                            expanded.push(i);
                        }
                    }
                }
            }
        }
        expanded.sort_unstable();
        expanded
    }
}

static NEXT_SERIAL: AtomicU32 = AtomicU32::new(1);

std::thread_local! {
    // Sessions empty it again, so that the thread need not: without a destructor the way to it is shorter.
    static CURRENT: RefCell<ManuallyDrop<Option<Arena>>> =
        const { RefCell::new(ManuallyDrop::new(None)) };
}

fn replace_current(arena: Option<Arena>) -> Option<Arena> {
    ManuallyDrop::into_inner(CURRENT.replace(ManuallyDrop::new(arena)))
}

/// The variables of a number, and what has met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Holds {
    pub(super) set: SetHandle,
    pub(super) meetings: MeetingHandle,
}

/// The same with the serial number of the trace that they belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamped {
    pub(super) holds: Holds,
    pub(super) serial: u32,
}

impl Stamped {
    /// What a constant has.
    pub(super) const EMPTY: Self = Self { holds: Holds { set: 0, meetings: 0 }, serial: 0 };

    #[inline]
    pub(super) fn is_empty(self) -> bool {
        self.holds.set == 0
    }

    /// Works in the arena that both sets belong to; neither is empty.
    #[track_caller]
    fn combine(self, other: Self, curved: bool) -> Self {
        // What is lent here is in line, as `with_borrow_mut` is not.
        let combined = CURRENT.try_with(|arena| match &mut **arena.borrow_mut() {
            Some(arena) if arena.serial == self.serial && arena.serial == other.serial => {
                Some(arena.combine(self.holds, other.holds, curved))
            }
            _ => None,
        });
        match combined {
            Ok(Some(holds)) => Self { holds, serial: self.serial },
            _ => panic!(
                "a traced number was used outside its own trace: on another thread, after the trace, or in a trace \
                 inside it"
            ),
        }
    }

    /// Of a linear operation.
    #[inline]
    pub(super) fn union(self, other: Self) -> Self {
        if self == other || other.is_empty() {
            self
        } else if self.is_empty() {
            other
        } else {
            self.combine(other, false)
        }
    }

    /// Of a curved operation.
    #[inline]
    pub(super) fn curved(self, other: Self) -> Self {
        if self.is_empty() || other.is_empty() {
            return self.union(other);
        }
        self.combine(other, true)
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
        Self { outer: replace_current(Some(arena)), serial }
    }

    /// The arena that the trace has filled.
    pub(super) fn finish(self) -> Arena {
        replace_current(None).expect("the arena that `begin` made")
    }
}

impl Drop for TraceSession {
    fn drop(&mut self) {
        drop(replace_current(self.outer.take()));
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
                        assert_eq!(arena.small(triple), Some(&[i - 1, j - 1, k - 1][..]));
                    }
                }
            }
            arena.sets.len()
        };
        let first = sweep(&mut arena);
        let sizes: Vec<usize> = (0..8).map(|_| sweep(&mut arena)).collect();
        // 85,320 sets. Those that share a place in the cache are made again in each sweep.
        assert!(arena.known.len() > TABLE);
        assert!(sizes[7] - sizes[6] < first / 2, "{first} {sizes:?}");
        assert!(sizes[7] < 6 * first, "{first} {sizes:?}");
    }
}
