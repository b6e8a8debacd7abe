//! Which variable each lane of a number is used for.

/// The largest number of a variable.
pub(crate) const LARGEST: u64 = (1 << 31) - 1;

/// Where the complement of a variable stands in its word.
const COMPLEMENT: u32 = 32;

/// The mark of a number that has, or had, a handle: in the first lane's variable and in its complement.
const MARK: u64 = 1 << 31 | 1 << 63;

/// For each lane the variable that it is used for.
///
/// A variable is kept with its complement in one word; an unused lane is zero. So the union of two numbers is a bitwise
/// *or*, and a variable that meets another's complement shows that two variables claim one lane. The mark
/// shows in the same way. Neither is ever lost in a union.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lanes<const Q: usize>([u64; Q]);

impl<const Q: usize> Lanes<Q> {
    pub(crate) const NONE: Self = Self([0; Q]);

    /// One variable, between 1 and [`LARGEST`], in one lane.
    pub(crate) fn one(lane: usize, id: u64) -> Self {
        let mut lanes = Self::NONE;
        lanes.0[lane] = id | (id ^ LARGEST) << COMPLEMENT;
        lanes
    }

    #[inline(always)]
    pub(crate) fn union(&self, other: &Self) -> Self {
        let mut union = *self;
        for q in 0..Q {
            union.0[q] |= other.0[q];
        }
        union
    }

    #[inline(always)]
    fn disagreement(&self) -> u64 {
        self.0.iter().fold(0, |all, word| all | word & word >> COMPLEMENT)
    }

    /// Is there no mark, and no lane that two variables claim?
    #[inline(always)]
    pub(crate) fn agree(&self) -> bool {
        self.disagreement() == 0
    }

    /// Do two variables claim one lane?
    #[inline(always)]
    pub(crate) fn clash(&self) -> bool {
        self.disagreement() & LARGEST != 0
    }

    #[inline(always)]
    pub(crate) fn is_marked(&self) -> bool {
        self.0[0] & MARK != 0
    }

    #[inline(always)]
    pub(crate) fn marked(mut self) -> Self {
        self.0[0] |= MARK;
        self
    }

    /// Is no lane used, and no mark set?
    #[inline(always)]
    pub(crate) fn is_empty(&self) -> bool {
        self.0.iter().fold(0, |all, word| all | word) == 0
    }

    /// The words of the lanes, of which [`variable`] makes the variables.
    #[inline(always)]
    pub(crate) fn words(&self) -> &[u64; Q] {
        &self.0
    }
}

/// The variable in a word; 0 where the lane is not used.
#[inline(always)]
pub(crate) fn variable(word: u64) -> u64 {
    word & LARGEST
}
