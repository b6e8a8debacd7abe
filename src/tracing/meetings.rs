//! Which sets of variables have met in curved operations on the way to a number.
//!
//! A number has a handle on its meetings, as it has one on its variables. What is computed and thrown away
//! leaves nothing behind in the result.

use alloc::vec;
use alloc::vec::Vec;

use super::cache::{Cache, SetHandle};

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
    /// Recent pairs of sets, and the unions of meetings.
    recent_pairs: Cache,
    recent_unions: Cache,
}

impl Meetings {
    /// For a program of so many variables.
    pub(super) fn new(variables: u32) -> Self {
        let [recent_pairs, recent_unions] = [variables; 2].map(Cache::new);
        Self { all: Vec::new(), recent_pairs, recent_unions }
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
        let place = self.recent_pairs.place(key);
        if let Some(handle) = self.recent_pairs.at(place, key) {
            return handle;
        }
        let handle = self.push(Meeting::Of(key));
        self.recent_pairs.put(place, key, handle);
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
        let place = self.recent_unions.place(key);
        if let Some(handle) = self.recent_unions.at(place, key) {
            return handle;
        }
        let handle = self.push(Meeting::Both(key));
        self.recent_unions.put(place, key, handle);
        handle
    }

    /// The pairs of sets that have met in these meetings. Those that the cache has forgotten may come twice, unless there
    /// are more pairs than so many sets.
    pub(super) fn pairs(&self, handle: MeetingHandle, sets: usize) -> Vec<[SetHandle; 2]> {
        let mut wanted = vec![false; handle as usize + 1];
        wanted[handle as usize] = true;
        let mut pairs = Vec::new();
        // What meetings are made of has been made before them.
        for handle in (1..=handle as usize).rev() {
            if wanted[handle] {
                match self.all[handle - 1] {
                    Meeting::Of(pair) => pairs.push(pair),
                    Meeting::Both(two) => two.iter().for_each(|&part| wanted[part as usize] = true),
                }
            }
        }
        if pairs.len() > sets {
            pairs.sort_unstable();
            pairs.dedup();
        }
        pairs
    }
}
