//! Candidates that compute the same thing, checked against each other, then timed in turns.

use std::hint::black_box;

use crate::speed::callgrind;
use crate::turns::{Effort, Task, least_times};

/// What a candidate is, which decides how it is checked and whether it counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Class {
    /// gradual in its scalar form: the one everything is compared with.
    Gradual,
    /// gradual in another form.
    Form,
    /// gradual into results that are used again: it returns the value only.
    Reused,
    /// Forward mode of a peer.
    Forward,
    /// Finite differences: approximate, so checked loosely.
    Differences,
    /// Forward mode in another language, by another compiler.
    Abroad,
    /// Reverse mode of a peer.
    Reverse,
    /// Derivatives by hand.
    Hand,
    /// The function alone, in plain floats.
    Plain,
}

impl Class {
    /// Does it take part where versions of gradual are compared?
    fn own(self) -> bool {
        matches!(self, Class::Gradual | Class::Form | Class::Reused | Class::Hand | Class::Plain)
    }
}

/// Leaves out the peers.
pub fn retain_own(candidates: &mut Vec<Candidate>) {
    candidates.retain(|candidate| candidate.class.own());
}

/// One way to compute a result.
pub struct Candidate {
    pub name: &'static str,
    pub class: Class,
    /// How many points one call does.
    points: f64,
    call: Box<dyn Call>,
}

impl Candidate {
    pub fn new<R: Flatten>(
        name: &'static str,
        class: Class,
        compute: impl FnMut() -> R + 'static,
    ) -> Self {
        Self { name, class, points: 1.0, call: Box::new(Returning(compute)) }
    }

    /// A way that works on memory of its own; `digest` says what the results amount to.
    pub fn with_memory<M: 'static>(
        name: &'static str,
        class: Class,
        memory: M,
        mut compute: impl FnMut(&mut M) + 'static,
        digest: impl FnMut(&mut M) -> Vec<f64> + 'static,
    ) -> Self {
        let repeat = move |memory: &mut M, times| {
            for _ in 0..times {
                compute(black_box(memory));
            }
        };
        Self::repeating(name, class, memory, repeat, digest)
    }

    /// The same for a way that does itself the rounds of a batch.
    pub fn repeating<M: 'static>(
        name: &'static str,
        class: Class,
        memory: M,
        repeat: impl FnMut(&mut M, u32) + 'static,
        digest: impl FnMut(&mut M) -> Vec<f64> + 'static,
    ) -> Self {
        Self { name, class, points: 1.0, call: Box::new(Repeating { memory, repeat, digest }) }
    }

    /// Its time is shared by so many points that one call does.
    pub fn of_points(self, points: u32) -> Self {
        Self { points: f64::from(points), ..self }
    }

    /// Value, then gradient or Jacobian, then Hessian, as one list.
    pub fn result(&mut self) -> Vec<f64> {
        self.call.result()
    }
}

trait Call: Task {
    fn result(&mut self) -> Vec<f64>;
}

struct Returning<F>(F);

impl<R: Flatten, F: FnMut() -> R> Task for Returning<F> {
    fn repeat(&mut self, times: u32) {
        for _ in 0..times {
            let result = (self.0)();
            // by reference: the result must exist in memory, but is not copied once more
            black_box(&result);
        }
    }
}

impl<R: Flatten, F: FnMut() -> R> Call for Returning<F> {
    fn result(&mut self) -> Vec<f64> {
        let mut list = Vec::new();
        (self.0)().flatten(&mut list);
        list
    }
}

struct Repeating<M, R, D> {
    memory: M,
    repeat: R,
    digest: D,
}

impl<M, R: FnMut(&mut M, u32), D> Task for Repeating<M, R, D> {
    fn repeat(&mut self, times: u32) {
        (self.repeat)(&mut self.memory, times);
    }
}

impl<M, R: FnMut(&mut M, u32), D: FnMut(&mut M) -> Vec<f64>> Call for Repeating<M, R, D> {
    fn result(&mut self) -> Vec<f64> {
        self.repeat(1);
        (self.digest)(&mut self.memory)
    }
}

/// Results in the many shapes that peers return them, as one list of numbers (matrices by rows).
pub trait Flatten {
    fn flatten(&self, list: &mut Vec<f64>);
}

impl Flatten for f64 {
    fn flatten(&self, list: &mut Vec<f64>) {
        list.push(*self);
    }
}

impl<T: Flatten, const N: usize> Flatten for [T; N] {
    fn flatten(&self, list: &mut Vec<f64>) {
        self.iter().for_each(|entry| entry.flatten(list));
    }
}

impl<T: Flatten> Flatten for Vec<T> {
    fn flatten(&self, list: &mut Vec<f64>) {
        self.iter().for_each(|entry| entry.flatten(list));
    }
}

impl<R: nalgebra::Dim, C: nalgebra::Dim, S: nalgebra::RawStorage<f64, R, C>> Flatten
    for nalgebra::Matrix<f64, R, C, S>
{
    fn flatten(&self, list: &mut Vec<f64>) {
        for i in 0..self.nrows() {
            (0..self.ncols()).for_each(|j| list.push(self[(i, j)]));
        }
    }
}

impl<A: Flatten, B: Flatten> Flatten for (A, B) {
    fn flatten(&self, list: &mut Vec<f64>) {
        self.0.flatten(list);
        self.1.flatten(list);
    }
}

impl<A: Flatten, B: Flatten, C: Flatten> Flatten for (A, B, C) {
    fn flatten(&self, list: &mut Vec<f64>) {
        self.0.flatten(list);
        self.1.flatten(list);
        self.2.flatten(list);
    }
}

/// Do all candidates compute the same? The first one that is not an approximation is the measure.
///
/// Entries are compared relative to their own size, or to a thousandth of the largest entry of
/// their kind (`blocks`: how many entries are value, gradient, Hessian) where they are small.
pub fn check(candidates: &mut [Candidate], blocks: &[usize]) -> Result<(), String> {
    let reference = candidates
        .iter_mut()
        .find(|c| !matches!(c.class, Class::Differences | Class::Plain | Class::Reused))
        .map(|c| (c.name, c.result()));
    let Some((reference_name, reference)) = reference else {
        return Ok(());
    };
    if reference.len() != blocks.iter().sum::<usize>() {
        return Err(format!("{reference_name} returns {} numbers", reference.len()));
    }
    for candidate in candidates {
        let result = candidate.result();
        let plain = matches!(candidate.class, Class::Plain | Class::Reused);
        if result.len() != if plain { blocks[0] } else { reference.len() } {
            return Err(format!("{} returns {} numbers", candidate.name, result.len()));
        }
        let mut start = 0;
        for (order, &length) in blocks.iter().enumerate().take(if plain { 1 } else { blocks.len() })
        {
            let tolerance = match (candidate.class, order) {
                (Class::Differences, 1) => 1e-5,
                (Class::Differences, 2) => 1e-2,
                _ => 1e-9,
            };
            let range = start..start + length;
            let largest = reference[range.clone()].iter().fold(0.0, |m: f64, x| m.max(x.abs()));
            let floor = if candidate.class == Class::Differences { 1.0 } else { 1e-3 };
            for k in range {
                let (got, expected) = (result[k], reference[k]);
                let error =
                    (got - expected).abs() / expected.abs().max(floor * largest).max(1e-300);
                if error.is_nan() || error > tolerance {
                    return Err(format!(
                        "entry {k}: {} gives {got:e}, {reference_name} gives {expected:e}",
                        candidate.name
                    ));
                }
            }
            start += length;
        }
    }
    Ok(())
}

/// Counts the instructions of one call of each candidate, under callgrind.
pub fn count(task: &str, candidates: &mut [Candidate]) {
    for candidate in candidates {
        let label = format!("{task}\t{}\t{}", candidate.name, candidate.points);
        callgrind::count(&label, || candidate.call.repeat(1));
    }
}

/// The least time of one point of each candidate, in seconds, the candidates taking turns.
pub fn measure(candidates: &mut [Candidate], effort: Effort) -> Vec<f64> {
    let points: Vec<f64> = candidates.iter().map(|candidate| candidate.points).collect();
    let mut tasks: Vec<&mut dyn Task> =
        candidates.iter_mut().map(|candidate| &mut *candidate.call as &mut dyn Task).collect();
    let calls = least_times(&mut tasks, effort);
    calls.iter().zip(points).map(|(seconds, points)| seconds / points).collect()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn candidate(class: Class, result: [f64; 3]) -> Candidate {
        Candidate::new("some", class, move || result)
    }

    #[test]
    fn agreement_is_relative_to_each_entry() {
        let mut same = [
            candidate(Class::Hand, [1.0, 1e6, 1.0]),
            candidate(Class::Forward, [1.0 + 1e-12, 1e6, 1.0]),
        ];
        assert!(check(&mut same, &[1, 2]).is_ok());
        let mut other = [
            candidate(Class::Hand, [1.0, 1.0, 0.5]),
            candidate(Class::Forward, [1.0, 1.0, 0.5 + 1e-8]),
        ];
        assert!(check(&mut other, &[1, 2]).unwrap_err().starts_with("entry 2"));
    }

    #[test]
    fn differences_are_checked_loosely_and_their_value_is_not() {
        let hand = || candidate(Class::Hand, [1.0, 2.0, 3.0]);
        let near = candidate(Class::Differences, [1.0, 2.0 + 1e-6, 3.0]);
        assert!(check(&mut [hand(), near], &[1, 2]).is_ok());
        let far = candidate(Class::Differences, [1.0, 2.0 + 1e-3, 3.0]);
        assert!(check(&mut [hand(), far], &[1, 2]).is_err());
        let wrong_value = candidate(Class::Differences, [1.0 + 1e-6, 2.0, 3.0]);
        assert!(check(&mut [hand(), wrong_value], &[1, 2]).is_err());
    }

    #[test]
    fn nan_and_wrong_lengths_are_refused() {
        let hand = || candidate(Class::Hand, [1.0, 2.0, 3.0]);
        let nan = candidate(Class::Forward, [1.0, f64::NAN, 3.0]);
        assert!(check(&mut [hand(), nan], &[1, 2]).is_err());
        let short = Candidate::new("short", Class::Forward, || [1.0, 2.0]);
        assert!(check(&mut [hand(), short], &[1, 2]).is_err());
        let plain = Candidate::new("plain", Class::Plain, || 1.0);
        assert!(check(&mut [hand(), plain], &[1, 2]).is_ok());
    }

    #[test]
    fn the_slower_of_two_takes_longer() {
        let work = |n: u32| move || (0..n).fold(0.0, |s, k| black_box(s + f64::from(k)));
        let mut two = [
            Candidate::new("short", Class::Forward, work(100)),
            Candidate::new("long", Class::Forward, work(1000)),
        ];
        let effort = Effort { batch: Duration::from_micros(20), rounds: 20, ..Effort::QUICK };
        let times = measure(&mut two, effort);
        assert!(times[1] > 2.0 * times[0], "{times:?}");
    }
}
