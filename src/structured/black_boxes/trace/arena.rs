//! Sets of variables, named by handles, in an arena of the thread.
//!
//! Small sets are kept once each, sorted: a program that combines the same few variables a thousand times
//! makes one set, and two handles are equal where the sets are. A set that grows beyond [`SMALL`]
//! becomes a union of two handles, eight bytes, which is expanded only if somebody asks: a running
//! sum of n terms costs n unions and not n²/2 numbers.

use core::cell::RefCell;
use core::sync::atomic::{AtomicU32, Ordering};

use alloc::vec;
use alloc::vec::Vec;

/// Sets of at most so many variables are kept as they are. More than these do not fit in the lanes
/// of a number either: see `HessianPlan`.
pub(in crate::structured::black_boxes) const SMALL: usize = 32;

/// The entries of the direct-mapped caches.
const CACHE: usize = 1 << 12;

/// A set: 0 is the empty one, i + 1 holds variable i alone, the others are numbered as they are made.
pub(in crate::structured::black_boxes) type Handle = u32;

#[derive(Clone, Copy)]
enum Set {
    /// The variables in this range of the pool.
    Small { start: u32, end: u32 },
    /// The variables of both.
    Union([Handle; 2]),
}

pub(in crate::structured::black_boxes) struct Arena {
    serial: u32,
    variables: u32,
    sets: Vec<Set>,
    pool: Vec<u32>,
    /// A hash table of the small sets, with open addressing: the handles, 0 where it is free.
    table: Vec<Handle>,
    small: usize,
    /// Recent unions and what they are.
    recent: Vec<([Handle; 2], Handle)>,
    /// Pairs of sets that met in a curved operation, and those that did last.
    pairs: Option<Vec<[Handle; 2]>>,
    recent_pairs: Vec<[Handle; 2]>,
}

fn mix(hash: u64, word: u64) -> u64 {
    (hash.rotate_left(5) ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

fn bucket([a, b]: [Handle; 2]) -> usize {
    (mix(u64::from(a), u64::from(b)) >> (64 - CACHE.trailing_zeros())) as usize
}

/// The union of two sorted sets.
fn merge(a: &[u32], b: &[u32], result: &mut Vec<u32>) {
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
            table: vec![0; 1024],
            small: 0,
            recent: vec![([0; 2], 0); CACHE],
            pairs: second.then(Vec::new),
            recent_pairs: vec![[0; 2]; if second { CACHE } else { 0 }],
        }
    }

    /// The variables of a small set, counted from 0; `single` lends the place for one.
    fn small<'a>(&'a self, handle: Handle, single: &'a mut [u32; 1]) -> Option<&'a [u32]> {
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
    fn push(&mut self, set: Set) -> Handle {
        self.sets.push(set);
        u32::try_from(self.sets.len())
            .ok()
            .and_then(|count| count.checked_add(self.variables))
            .expect("a trace of at most 2³² sets of variables")
    }

    fn union(&mut self, a: Handle, b: Handle) -> Handle {
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

    fn new_union(&mut self, [a, b]: [Handle; 2]) -> Handle {
        let (mut first, mut second) = ([0], [0]);
        let merged = match (self.small(a, &mut first), self.small(b, &mut second)) {
            (Some(x), Some(y)) => {
                let mut merged = Vec::with_capacity(2 * SMALL);
                merge(x, y, &mut merged);
                if merged.len() == x.len() {
                    return a;
                }
                if merged.len() == y.len() {
                    return b;
                }
                merged
            }
            _ => return self.push(Set::Union([a, b])),
        };
        if merged.len() > SMALL { self.push(Set::Union([a, b])) } else { self.intern(&merged) }
    }

    /// The one handle of a small set of two or more variables.
    fn intern(&mut self, set: &[u32]) -> Handle {
        if 2 * self.small >= self.table.len() {
            self.grow();
        }
        let mut place = self.place(set);
        while self.table[place] != 0 {
            if self.small(self.table[place], &mut [0]) == Some(set) {
                return self.table[place];
            }
            place = (place + 1) % self.table.len();
        }
        let start = self.pool.len();
        self.pool.extend_from_slice(set);
        let end = u32::try_from(self.pool.len()).expect("a trace of at most 2³² members of sets");
        let handle = self.push(Set::Small { start: start as u32, end });
        self.table[place] = handle;
        self.small += 1;
        handle
    }

    fn place(&self, set: &[u32]) -> usize {
        let hash = set.iter().fold(0, |hash, &i| mix(hash, u64::from(i)));
        (hash >> (64 - self.table.len().trailing_zeros())) as usize
    }

    fn grow(&mut self) {
        let handles = core::mem::take(&mut self.table);
        self.table = vec![0; 2 * handles.len()];
        for handle in handles.into_iter().filter(|&handle| handle != 0) {
            let mut single = [0];
            let set = self.small(handle, &mut single).unwrap_or_default();
            let mut place = self.place(set);
            while self.table[place] != 0 {
                place = (place + 1) % self.table.len();
            }
            self.table[place] = handle;
        }
    }

    /// Notes that the variables of `a` may have second derivatives with those of `b`.
    fn meet(&mut self, a: Handle, b: Handle) {
        let Some(pairs) = &mut self.pairs else { return };
        if a != 0 && b != 0 {
            let key = [a.min(b), a.max(b)];
            let recent = &mut self.recent_pairs[bucket(key)];
            if *recent != key {
                *recent = key;
                pairs.push(key);
            }
        }
    }

    /// The pairs of sets that met in curved operations, each once.
    pub(in crate::structured::black_boxes) fn take_pairs(&mut self) -> Vec<[Handle; 2]> {
        let mut pairs = self.pairs.take().unwrap_or_default();
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    }
}

/// Expands handles of a finished trace to sorted sets of variables.
pub(in crate::structured::black_boxes) struct Expander<'a> {
    arena: &'a Arena,
    /// The round in which a variable or a union was met last.
    seen: Vec<u32>,
    round: u32,
    stack: Vec<Handle>,
}

impl<'a> Expander<'a> {
    pub(in crate::structured::black_boxes) fn new(arena: &'a Arena) -> Self {
        let handles = arena.variables as usize + arena.sets.len() + 1;
        Self { arena, seen: vec![0; handles], round: 0, stack: Vec::new() }
    }

    /// Adds the variables of `handle` to `result`, sorted.
    pub(in crate::structured::black_boxes) fn expand(
        &mut self,
        handle: Handle,
        result: &mut Vec<u32>,
    ) {
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

/// A set with the serial number of the trace that it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamped {
    pub(super) handle: Handle,
    pub(super) serial: u32,
}

impl Stamped {
    pub(super) const EMPTY: Self = Self { handle: 0, serial: 0 };

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

    pub(super) fn union(self, other: Self) -> Self {
        if self == other || other.handle == 0 {
            self
        } else if self.handle == 0 {
            other
        } else {
            let handle = self.in_arena(other, |arena| arena.union(self.handle, other.handle));
            Self { handle, ..self }
        }
    }

    /// Notes that the two met in a curved operation; neither is empty.
    pub(super) fn meet(self, other: Self) {
        self.in_arena(other, |arena| arena.meet(self.handle, other.handle));
    }
}

/// A trace under way: makes its arena the thread's, and gives the one before back at the end, also
/// where the program panics.
pub(super) struct Session {
    outer: Option<Arena>,
    pub(super) serial: u32,
}

impl Session {
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

impl Drop for Session {
    fn drop(&mut self) {
        CURRENT.set(self.outer.take());
    }
}
