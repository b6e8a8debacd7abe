//! The switches for speed: which way an operation takes, by the size of its numbers. None of them changes what users can rely
//! on; each was set by measurement, on the default target (`docs/experiments.md` says more of each).
//!
//! Instructions, by callgrind, where nothing else is said: so many times those without the switch. G are gradients, H Hessians,
//! of Ackley's, Helmholtz' and Rosenbrock's functions, of a cluster of eight atoms and of a network, at n coordinates.
//!
//! | switch | brought |
//! |---|---|
//! | [`is_masked`] | G Ackley 2: 0.96, H Ackley 2: 0.92, nested: 0.87 |
//! | [`is_mended_in_line`] | the bundle's Jacobian: equal and unseeded parts left out; G Ackley 4, Helmholtz 8: 1.02 |
//! | [`is_applied_in_line`] | the bundle's Jacobian: 0.81, with lifted constants 0.71, at nalgebra's vector 0.84 |
//! | [`is_left_in_line`] | G network 33: 0.84 |
//! | [`is_divided_in_line`] | beside 12 parts: the same; not in line at all: nested 1.01 |
//! | [`is_unit_from_table`] | G atoms 24: 0.71, Rosenbrock 100 in chunks: 0.95, Rosenbrock 16: 1.08; for 8: 1.10 |
//! | [`is_seeded_one_by_one`] | G Helmholtz 8: 0.85, H Rosenbrock 4: 0.98 |
//! | [`is_apart_as_integer`] | with native, G Helmholtz 4, 8, 16: 0.85, 0.83, 0.85, Ackley 16: 0.86, Rosenbrock 4: 1.03 |
//! | [`is_changed_in_place`] | H Ackley 10: 0.90 |
//! | [`is_out_of_line`] | smaller programs; the same instructions |
//! | [`is_listed`] | H Rosenbrock 4: 0.99; at n = 6 to 8 0.9 of the time |
//! | [`whole_diagonals`] | H Rosenbrock 6: 0.64 of the time, 8: 0.88; at n = 2 halves take 1.3 times as long |
//! | [`hessians`]: aligned rows | H Rosenbrock 8: 0.87 of the time |
//! | [`hessians`]: notes | H Rosenbrock 10: 0.62 of the time; in blocks, at 30: 0.42, at 100: 0.24 |
//! | [`hessians`]: blocks | H at 16, of the time: Rosenbrock 0.5, Helmholtz 0.9, Ackley 1.4 |
//! | [`CHUNK`] | beside 8: G Ackley 50, network 33: 0.77, Rosenbrock 100: 1.07 |
//! | [`BLOCK`] | beside 8: H Rosenbrock 40: 0.21, atoms 24: 0.45, network 33: 0.71, Helmholtz 20: 0.79 |
//! | [`ALONG_IN_ONE`] | products with a Hessian at n = 4: 0.95 of the time; at 8 it would be 1.07 |
//! | [`FUSED`] | one instruction for two, where the target has it |
//! | [`LANES_IN_LINE`] | at 32 lanes 2 seconds to compile a function, not 15 |

/// Up to so many partial derivatives of a plain float, the chain rule masks zero parts in each product; beyond, it asks
/// before whether the factors are finite.
pub(crate) const fn is_masked(depth: usize, parts: usize) -> bool {
    depth == 0 && parts <= 2
}

/// Are the first partials of a plain float in registers, about? Then the answer to a guard that is hardly ever taken is
/// written out where it stands: a call would keep the compiler from seeing which parts are equal, as those of unseeded
/// variables are.
pub(crate) const fn is_mended_in_line(depth: usize, parts: usize) -> bool {
    depth == 0 && parts <= 12
}

/// Is a function with its answers to guards in line always? A call, which the compiler would make of a reciprocal of twelve
/// parts, makes it forget the same.
pub(crate) const fn is_applied_in_line(depth: usize, parts: usize) -> bool {
    is_mended_in_line(depth, parts)
}

/// As [`is_mended_in_line`], where a function leaves its window: up to a chunk, as a call takes a copy of the parts on the hot path, too.
pub(crate) const fn is_left_in_line(depth: usize, parts: usize) -> bool {
    depth == 0 && parts <= CHUNK
}

/// As [`is_mended_in_line`], for quotients, whose answer has a division with a branch for each part: with more of them, the operator would
/// not be inlined any more.
pub(crate) const fn is_divided_in_line(depth: usize, parts: usize) -> bool {
    depth == 0 && parts <= 4
}

/// Are the parts of a result made by `array::from_fn`? It gives better vectors where a loop over the parts is not unrolled.
pub(crate) const fn is_made_by_the_library(parts: usize) -> bool {
    parts > 16
}

/// Is the derivative of a variable copied from a table? Few parts are best known to the compiler one by one.
pub(crate) const fn is_unit_from_table(parts: usize) -> bool {
    parts > 8
}

/// Are the coordinates of an array seeded one by one, so that the compiler knows the seeds? Others are seeded by a loop.
pub(crate) const fn is_seeded_one_by_one(coordinates: usize) -> bool {
    matches!(coordinates, 4..=8)
}

/// Goes the value through memory as an integer, to be apart from so many first derivatives? As a float it is taken into a
/// vector of four with the first three of them all the same; into one of two it is not.
pub(crate) const fn is_apart_as_integer(parts: usize) -> bool {
    cfg!(target_feature = "avx") && parts > 2
}

/// The bytes that the target's vector registers hold, about.
const REGISTERS: usize = if cfg!(target_feature = "avx512f") {
    2048
} else if cfg!(target_feature = "avx") {
    1024
} else {
    512
};

/// Are second partials changed where they are? Smaller results are made beside their operands, in registers.
pub(crate) const fn is_changed_in_place(bytes: usize) -> bool {
    bytes > REGISTERS
}

/// Is an operation on second partials a function of its own, so that a program with many of them stays small?
pub(crate) const fn is_out_of_line(bytes: usize) -> bool {
    bytes > 2048
}

/// Are the wrapped diagonals of a Hessian read off one after the other? Others are asked entry by entry.
pub(crate) const fn is_listed(variables: usize) -> bool {
    matches!(variables, 4..=8)
}

/// How many wrapped diagonals are whole. Of an even number the last one is half; for n = 2 that would be a single number, of
/// which the compiler makes pairs with the value.
pub(crate) const fn whole_diagonals(variables: usize) -> usize {
    if variables == 2 { 2 } else { variables.div_ceil(2) }
}

/// How the second partials of n variables are kept, and what a Hessian at such a point is evaluated with; beside each n
/// stand the numbers of its whole diagonals, which are written out.
///
/// - `in_registers`, as far as they go;
/// - `in_rows` of whole vectors, where the rows are aligned;
/// - `in_place`, with a note of what is zero, where a number is larger than the registers;
/// - `in_blocks`, where these fit without rest, or always beyond 16.
macro_rules! hessians {
    ($then:ident) => {
        $then! {
            in_registers: {
                1: [0];
                2 3: [0 1];
                5: [0 1 2];
                7: [0 1 2 3];
            }
            in_rows: {
                4: [0 1];
                6: [0 1 2];
                8: [0 1 2 3];
            }
            in_place: {
                9 10: [0 1 2 3 4];
                11: [0 1 2 3 4 5];
                13 14: [0 1 2 3 4 5 6];
                15: [0 1 2 3 4 5 6 7];
            }
            in_blocks: {
                12: [0 1 2 3 4 5];
                16: [0 1 2 3 4 5 6 7];
                17 18: [0 1 2 3 4 5 6 7 8];
                19 20: [0 1 2 3 4 5 6 7 8 9];
                21 22: [0 1 2 3 4 5 6 7 8 9 10];
                23 24: [0 1 2 3 4 5 6 7 8 9 10 11];
                25 26: [0 1 2 3 4 5 6 7 8 9 10 11 12];
                27 28: [0 1 2 3 4 5 6 7 8 9 10 11 12 13];
                29 30: [0 1 2 3 4 5 6 7 8 9 10 11 12 13 14];
                31 32: [0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15];
            }
        }
    };
}
pub(crate) use hessians;

/// How many variables one evaluation differentiates when the dimension is known at run time only.
///
/// Chosen by measurement: the cost per variable of a long gradient falls until the partials fill the
/// vector registers, and a short one wastes what is left of its last chunk (`docs/performance.md`
/// has the table). A `Workspace` takes any other number.
pub const CHUNK: usize = 16;

/// The edge of the block of the Hessian that one evaluation yields when the dimension is known at
/// run time only, or is static and 12, 16 or more.
///
/// Chosen by measurement: 4 × 4 blocks stay in registers, and larger ones pay only where elementary
/// functions dominate. A `Workspace` takes any other shape.
pub const BLOCK: usize = 4;

/// The most coordinates of which a product with the Hessian is done in one evaluation, without a loop.
pub(crate) const ALONG_IN_ONE: usize = 4;

/// Does the target have an instruction for a b + c, rounded once?
pub(crate) const FUSED: bool =
    cfg!(all(feature = "std", any(target_feature = "fma", target_arch = "aarch64")));

/// The blocks of a Hessian that a thread takes at a time.
#[cfg(feature = "rayon")]
pub(crate) const BLOCKS_AT_A_TIME: usize = 32;

/// The most lanes of numbers that trace a sum on which an operation is in line.
#[cfg(feature = "std")]
pub(crate) const LANES_IN_LINE: usize = 8;

/// The most lanes with which a leaf of a traced sum has a place for each lane, used or not, and for each pair of lanes. With
/// more lanes it has places for the used ones, and for half of the pairs.
#[cfg(feature = "std")]
pub(crate) const LANES_FIXED: usize = 4;

/// The most rows for which a singular determinant's derivatives are eliminated in jets.
#[cfg(feature = "nalgebra")]
pub(crate) const ELIMINATED_ROWS: usize = 20;
