//! Which variable each lane of a number is used for.

/// The mark of a number that has, or had, a handle: in the first lane's variable and in its complement.
const MARK: u64 = 1 << 63;

/// For each lane the variable that it is used for.
///
/// A variable is a number that no other plan's variables have, and is kept with its complement; an unused
/// lane is two zeros. So the union of two numbers is a bitwise *or*, and a variable that meets another's
/// complement shows that two variables claim one lane. The mark shows in the same way. Neither is ever
/// lost in a union.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lanes<const Q: usize> {
    ids: [u64; Q],
    complements: [u64; Q],
}

impl<const Q: usize> Lanes<Q> {
    pub(super) const NONE: Self = Self { ids: [0; Q], complements: [0; Q] };

    /// One variable, between 1 and 2⁶³ - 1, in one lane.
    pub(super) fn one(lane: usize, id: u64) -> Self {
        let mut lanes = Self::NONE;
        lanes.ids[lane] = id;
        lanes.complements[lane] = !id & !MARK;
        lanes
    }

    #[inline(always)]
    pub(super) fn union(&self, other: &Self) -> Self {
        let mut union = *self;
        for q in 0..Q {
            union.ids[q] |= other.ids[q];
            union.complements[q] |= other.complements[q];
        }
        union
    }

    #[inline(always)]
    fn disagreement(&self) -> u64 {
        (0..Q).fold(0, |all, q| all | self.ids[q] & self.complements[q])
    }

    /// Is there no mark, and no lane that two variables claim?
    #[inline(always)]
    pub(super) fn agree(&self) -> bool {
        self.disagreement() == 0
    }

    /// Do two variables claim one lane?
    #[inline(always)]
    pub(super) fn clash(&self) -> bool {
        self.disagreement() & !MARK != 0
    }

    #[inline(always)]
    pub(super) fn is_marked(&self) -> bool {
        self.ids[0] & MARK != 0
    }

    #[inline(always)]
    pub(super) fn marked(mut self) -> Self {
        self.ids[0] |= MARK;
        self.complements[0] |= MARK;
        self
    }

    /// Is no lane used, and no mark set?
    #[inline(always)]
    pub(super) fn is_empty(&self) -> bool {
        self.ids.iter().fold(0, |all, id| all | id) == 0
    }

    /// The variables, 0 in unused lanes; the first may have the mark, see [`plain`].
    #[inline(always)]
    pub(super) fn ids(&self) -> &[u64; Q] {
        &self.ids
    }
}

/// A variable without the mark.
#[inline(always)]
pub(super) fn plain(id: u64) -> u64 {
    id & !MARK
}
