//! Which sets of variables have met in curved operations on the way to a number.
//!
//! A number has a handle on its meetings, as it has one on its variables. What is computed and thrown away
//! leaves nothing behind in the result.

use alloc::vec;
use alloc::vec::Vec;

use super::cache::{CACHE, SetHandle, bucket};

/// The meetings of a number: 0 is none, the others are numbered as they are made.
pub(super) type MeetingHandle = u32;

#[derive(Clone, Copy)]
enum Meeting {
    /// Each variable of one set with each of the other.
    Of([SetHandle; 2]),
    /// The meetings of both.
    Both([MeetingHandle; 2]),
}

pub(super) struct Meetings {
    all: Vec<Meeting>,
    /// Recent pairs of sets, and the unions of meetings, each with its handle; 0 where there is none.
    recent_pairs: Vec<([SetHandle; 2], MeetingHandle)>,
    recent_unions: Vec<([MeetingHandle; 2], MeetingHandle)>,
}

impl Meetings {
    pub(super) fn new() -> Self {
        Self {
            all: Vec::new(),
            recent_pairs: vec![([0; 2], 0); CACHE],
            recent_unions: vec![([0; 2], 0); CACHE],
        }
    }

    /// # Panics
    /// Beyond 2³² meetings.
    fn push(&mut self, meeting: Meeting) -> MeetingHandle {
        self.all.push(meeting);
        u32::try_from(self.all.len()).expect("a trace of at most 2³² meetings of variables")
    }

    /// The meeting of two sets, neither of which is empty.
    pub(super) fn of(&mut self, a: SetHandle, b: SetHandle) -> MeetingHandle {
        let key = [a.min(b), a.max(b)];
        let (known, handle) = self.recent_pairs[bucket(key)];
        if known == key {
            return handle;
        }
        let handle = self.push(Meeting::Of(key));
        self.recent_pairs[bucket(key)] = (key, handle);
        handle
    }

    /// The meetings of both.
    pub(super) fn both(&mut self, a: MeetingHandle, b: MeetingHandle) -> MeetingHandle {
        if a == b || b == 0 {
            return a;
        }
        if a == 0 {
            return b;
        }
        let key = [a.min(b), a.max(b)];
        let (known, handle) = self.recent_unions[bucket(key)];
        if known == key {
            return handle;
        }
        let handle = self.push(Meeting::Both(key));
        self.recent_unions[bucket(key)] = (key, handle);
        handle
    }

    /// The pairs of sets that have met in these meetings, each once.
    pub(super) fn pairs(&self, handle: MeetingHandle) -> Vec<[SetHandle; 2]> {
        let (mut seen, mut stack) = (vec![false; self.all.len() + 1], vec![handle]);
        let mut pairs = Vec::new();
        seen[0] = true;
        while let Some(handle) = stack.pop() {
            if !core::mem::replace(&mut seen[handle as usize], true) {
                match self.all[handle as usize - 1] {
                    Meeting::Of(pair) => pairs.push(pair),
                    Meeting::Both(two) => stack.extend(two),
                }
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    }
}
