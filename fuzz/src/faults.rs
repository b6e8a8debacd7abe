//! The faults at the ends of the range: which functions have them, how many, and how many there may be.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::record::grouped;

/// A function that is known to have faults.
struct Known {
    name: &'static str,
    /// Where.
    place: &'static str,
    /// In so many of a million programs at most.
    in_a_million: u64,
}

/// The functions that are known to have faults. One of any other fails the run where derivatives are promised.
const KNOWN: &[Known] = &[
    Known { name: "%", place: REMAINDER, in_a_million: 600 },
    Known { name: "% plain", place: REMAINDER, in_a_million: 150 },
    Known { name: "rem_euclid", place: REMAINDER, in_a_million: 600 },
    Known {
        name: "log",
        place: "kinds of third order: its third coefficients overflow",
        in_a_million: 200,
    },
    Known { name: "log plain", place: "next to the base 1", in_a_million: 5 },
    Known {
        name: "powf",
        place: "y x^(y-1) underflows, or overflows times ln x",
        in_a_million: 40,
    },
    Known { name: "atan2", place: NEXT_TO_AN_AXIS, in_a_million: 80 },
    Known { name: "atan2 plain", place: NEXT_TO_AN_AXIS, in_a_million: 20 },
    Known { name: "hypot", place: NEXT_TO_AN_AXIS, in_a_million: 15 },
    Known { name: "hypot plain", place: NEXT_TO_AN_AXIS, in_a_million: 5 },
    Known { name: "powi", place: "n (n - 1) times a value next to the largest", in_a_million: 1 },
    Known { name: "/", place: QUOTIENT, in_a_million: 5 },
    Known { name: "/ plain", place: QUOTIENT, in_a_million: 5 },
    Known { name: "tanh", place: EXPONENTIAL, in_a_million: 10 },
    Known { name: "exp", place: EXPONENTIAL, in_a_million: 5 },
    Known { name: "exp2", place: EXPONENTIAL, in_a_million: 5 },
    Known { name: "exp_m1", place: EXPONENTIAL, in_a_million: 5 },
];

const REMAINDER: &str = "the quotient a/b overflows";
const NEXT_TO_AN_AXIS: &str = "next to an axis, a product underflows";
const QUOTIENT: &str = "q = c/x, dq dx leaves the range before it is divided by x";
const EXPONENTIAL: &str = "f' underflows beside a huge part: exponentials have no relative parts";

fn known(name: &str) -> Option<&'static Known> {
    KNOWN.iter().find(|known| known.name == name)
}

/// So many programs in a million may have a fault of another function, beyond what is promised.
const OTHERS_IN_A_MILLION: u64 = 50;

/// The faults of one function: those that `guarantees` rules out, and those beyond.
#[derive(Clone, Debug, Default)]
struct Faults {
    /// Finite numbers that are wrong, which nobody would notice; infinities and NaN.
    promised: [u64; 2],
    /// The same beyond what is promised.
    beyond: [u64; 2],
    example: String,
}

/// What was compared, and what is wrong.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// Programs that were begun.
    pub programs: u64,
    /// Operations that were compared.
    pub operations: u64,
    /// Programs that ended at a derivative that is no ordinary number of f32.
    pub ended: u64,
    faults: BTreeMap<&'static str, Faults>,
}

impl Tally {
    /// How many faults there are of those that are promised away, and of those that are not.
    fn faults(&self) -> [u64; 2] {
        let sum = |of: fn(&Faults) -> [u64; 2]| {
            self.faults.values().map(|faults| of(faults).iter().sum::<u64>()).sum()
        };
        [sum(|faults| faults.promised), sum(|faults| faults.beyond)]
    }

    /// A fault of a function: is its derivative promised, and what came a finite number?
    pub fn fault(
        &mut self,
        name: &'static str,
        promised: bool,
        finite: bool,
        example: impl FnOnce() -> String,
    ) {
        let faults = self.faults.entry(name).or_default();
        let counts = if promised { &mut faults.promised } else { &mut faults.beyond };
        counts[usize::from(!finite)] += 1;
        // What is known needs no example.
        if promised && known(name).is_none() && faults.example.is_empty() {
            faults.example = example();
        }
    }

    /// What is beyond the known faults. (A few more may meet in a short run.)
    pub fn complaints(&self) -> Vec<String> {
        let limit = |in_a_million| self.programs * in_a_million / 1_000_000 + 5;
        let (mut complaints, mut others) = (Vec::new(), 0);
        for (name, Faults { promised, beyond, .. }) in &self.faults {
            let (promised, beyond): (u64, u64) = (promised.iter().sum(), beyond.iter().sum());
            if let Some(known) = known(name) {
                let (count, limit) = (promised + beyond, limit(known.in_a_million));
                if count > limit {
                    complaints.push(format!("{count} faults of `{name}`, {limit} are allowed"));
                }
            } else {
                others += beyond;
                if promised > 0 {
                    complaints.push(format!("`{name}` has {promised} faults, none are known"));
                }
            }
        }
        let limit = limit(OTHERS_IN_A_MILLION);
        if others > limit {
            complaints.push(format!("{others} faults of other functions, {limit} are allowed"));
        }
        complaints
    }

    /// Adds another tally.
    pub fn merge(&mut self, other: Self) {
        self.programs += other.programs;
        self.operations += other.operations;
        self.ended += other.ended;
        for (name, other) in other.faults {
            let faults = self.faults.entry(name).or_default();
            for i in 0..2 {
                faults.promised[i] += other.promised[i];
                faults.beyond[i] += other.beyond[i];
            }
            if faults.example.is_empty() {
                faults.example = other.example;
            }
        }
    }

    /// The tally as a section of markdown.
    pub fn markdown(&self) -> String {
        let mut page = String::new();
        let mut line = |text: String| writeln!(page, "{text}").expect("a string takes all");
        line("\n| at the ends of the range, f32 against f64 | count |\n|---|---:|".into());
        line(format!("| programs | {} |", grouped(self.programs)));
        line(format!("| operations, each in every kind | {} |", grouped(self.operations)));
        line(format!("| ended at a derivative that f32 does not hold | {} |", grouped(self.ended)));
        let whats = ["faults where derivatives are promised", "faults beyond that"];
        for (count, what) in self.faults().into_iter().zip(whats) {
            let percent = 100.0 * count as f64 / self.programs.max(1) as f64;
            line(format!("| **{what}** | **{}** ({percent:.4} % of programs) |", grouped(count)));
        }
        if !self.faults.is_empty() {
            line("\n| function | finite | NaN, ∞ | beyond: finite | NaN, ∞ | known |".into());
            line("|---|---:|---:|---:|---:|---|".into());
        }
        for (name, Faults { promised, beyond, .. }) in &self.faults {
            let counts = promised.iter().chain(beyond).map(|&count| grouped(count));
            let counts = counts.collect::<Vec<_>>().join(" | ");
            let place = match known(name) {
                Some(known) => known.place,
                None if *promised == [0; 2] => "",
                None => "**no**",
            };
            line(format!("| `{name}` | {counts} | {place} |"));
        }
        for (name, faults) in &self.faults {
            if !faults.example.is_empty() {
                line(format!("\n`{name}`: {}", faults.example));
            }
        }
        page
    }
}
