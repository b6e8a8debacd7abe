//! The one way to time here besides criterion: tasks that take turns in one process, and the least time of
//! each, so that what else the machine does cancels in the ratios.

// Each program takes what it needs.
#![allow(dead_code)]

use std::time::{Duration, Instant};

/// Something to time.
pub trait Task {
    /// Does it this many times.
    fn repeat(&mut self, times: u32);
}

// The loop is compiled with the closure in it: only a batch is called through a pointer.
impl<F: FnMut()> Task for F {
    fn repeat(&mut self, times: u32) {
        (0..times).for_each(|_| self());
    }
}

/// How long to measure.
#[derive(Clone, Copy)]
pub struct Effort {
    /// A turn lasts about as long as this, or one call.
    pub batch: Duration,
    pub rounds: u32,
    /// A slow task stops early when it has used this much, but not before three rounds.
    pub budget: Duration,
}

impl Effort {
    pub const FULL: Self =
        Self { batch: Duration::from_micros(500), rounds: 100, budget: Duration::from_secs(2) };
    pub const QUICK: Self =
        Self { batch: Duration::from_micros(150), rounds: 25, budget: Duration::from_millis(200) };

    /// `QUICK` if the program was called with `--quick`.
    pub fn from_arguments() -> Self {
        if std::env::args().any(|argument| argument == "--quick") {
            Self::QUICK
        } else {
            Self::FULL
        }
    }
}

/// The least time of each task in seconds.
pub fn least_times(tasks: &mut [&mut dyn Task], effort: Effort) -> Vec<f64> {
    let batches: Vec<u32> =
        tasks.iter_mut().map(|task| calibrate(&mut **task, effort.batch)).collect();
    let mut least = vec![f64::INFINITY; tasks.len()];
    let mut used = vec![Duration::ZERO; tasks.len()];
    for round in 0..effort.rounds {
        for (k, task) in tasks.iter_mut().enumerate() {
            if round >= 3 && used[k] > effort.budget {
                continue;
            }
            let time = time(&mut **task, batches[k]);
            used[k] += time;
            least[k] = least[k].min(time.as_secs_f64() / f64::from(batches[k]));
        }
    }
    least
}

/// [`least_times`] of tasks whose number is known.
pub fn compare<const N: usize>(mut tasks: [&mut dyn Task; N], effort: Effort) -> [f64; N] {
    let times = least_times(&mut tasks, effort);
    std::array::from_fn(|k| times[k])
}

fn time(task: &mut dyn Task, times: u32) -> Duration {
    let start = Instant::now();
    task.repeat(times);
    start.elapsed()
}

/// How many calls fill a batch; the first calls also warm up.
fn calibrate(task: &mut dyn Task, batch: Duration) -> u32 {
    let mut times = 1_u32;
    loop {
        let taken = time(task, times);
        if taken >= batch / 4 || times >= 1 << 24 {
            let calls = f64::from(times) * batch.as_secs_f64() / taken.as_secs_f64().max(1e-9);
            return (calls as u32).max(1);
        }
        times *= 2;
    }
}
