//! JAX, compiled, on many points at once: a process of its own, which takes its turns as the others do.

use std::cell::RefCell;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::rc::Rc;

use crate::problems::Problem;
use crate::speed::measure::{Candidate, Class};
use crate::speed::report::Order;

/// How many points a call does. A call by itself takes some microseconds, whatever it does.
const POINTS: u32 = 4096;

/// A process that answers each line with a line.
struct Session {
    _process: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
}

impl Session {
    fn ask(&mut self, line: &str) -> String {
        writeln!(self.to, "{line}").expect("the process listens");
        self.answer().expect("the process answers; its last words are above")
    }

    fn answer(&mut self) -> Option<String> {
        let mut line = String::new();
        self.from.read_line(&mut line).ok().filter(|&length| length > 0)?;
        Some(line.trim().to_owned())
    }
}

/// JAX in a process of its own.
#[derive(Clone)]
pub struct Jax(Rc<RefCell<Session>>);

impl Jax {
    /// Starts this Python, which has JAX; with what JAX says of itself.
    pub fn start(python: &str) -> Result<(Self, String), String> {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/jax_points.py");
        let mut command = Command::new(python);
        command.arg(script).arg(POINTS.to_string()).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut process = command.spawn().map_err(|why| format!("{python}: {why}"))?;
        let (to, from) = (process.stdin.take(), process.stdout.take());
        let to = to.expect("a pipe");
        let from = BufReader::new(from.expect("a pipe"));
        let mut session = Session { _process: process, to, from };
        let hello = session.answer().ok_or(format!("{python} has no JAX"))?;
        Ok((Self(Rc::new(RefCell::new(session))), hello))
    }

    /// Its forward mode, and its reverse mode (for a Hessian forward over reverse), of a function that the script has.
    pub fn candidates<P: Problem>(&self, problem: &P, order: Order) -> Vec<Candidate> {
        let modes =
            [("JAX forward", "forward", Class::Abroad), ("JAX reverse", "reverse", Class::Reverse)];
        let candidate = |(name, mode, class)| {
            let order = if order == Order::Hessian { 2 } else { 1 };
            let point = problem.point().iter().map(|x| format!(" {x:?}")).collect::<String>();
            let function = P::NAME.replace(' ', "_");
            let task = self.0.borrow_mut().ask(&format!("task {mode} {order} {function}{point}"));
            if task == "none" {
                return None;
            }
            let numbers = format!("numbers {task}");
            let repeat = move |jax: &mut Jax, times: u32| {
                jax.0.borrow_mut().ask(&format!("run {task} {times}"));
            };
            let digest = move |jax: &mut Jax| {
                let answer = jax.0.borrow_mut().ask(&numbers);
                answer.split(' ').map(|number| number.parse().unwrap_or(f64::NAN)).collect()
            };
            let candidate = Candidate::repeating(name, class, self.clone(), repeat, digest);
            Some(candidate.of_points(POINTS))
        };
        modes.into_iter().filter_map(candidate).collect()
    }
}
