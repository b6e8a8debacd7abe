//! Peers in C++, which `build.rs` compiles where it finds what it needs: Ceres' Jet and derivatives by hand, by clang
//! and by g++. They work on the same data, and repeat a task by themselves, as a call from Rust is not part of it.

use std::ffi::{CStr, c_char};
use std::ptr;

use crate::peers::point;
use crate::problems::Problem;
use crate::speed::measure::{Candidate, Class};
use crate::speed::structured::{Fit, Scene, digest_fit, digest_scene};

include!(concat!(env!("OUT_DIR"), "/cpp.rs"));

/// The data of a task, as `cpp/abi.h` has it.
#[repr(C)]
struct Data {
    x: *const f64,
    rows: *const f64,
    list: *const usize,
    terms: usize,
}

/// One way to do a task, as `cpp/abi.h` has it.
#[repr(C)]
struct Entry {
    task: *const c_char,
    peer: *const c_char,
    run: unsafe extern "C" fn(*const Data, *mut f64, u32),
}

/// Says what ways a source of C++ has, and what it was compiled with.
type Library = unsafe extern "C" fn(*mut *const Entry, *mut *const c_char) -> usize;

/// What a task works on.
#[derive(Default)]
struct Input {
    x: Vec<f64>,
    rows: Vec<f64>,
    list: Vec<usize>,
    terms: usize,
}

fn text(literal: *const c_char) -> &'static str {
    // SAFETY: all texts of the libraries are literals.
    unsafe { CStr::from_ptr(literal) }.to_str().expect("ASCII")
}

fn contents(library: &Library) -> (&'static [Entry], &'static str) {
    let (mut entries, mut about) = (ptr::null(), ptr::null());
    // SAFETY: the tables are static, and as long as the library says.
    let entries = unsafe {
        let length = library(&mut entries, &mut about);
        std::slice::from_raw_parts(entries, length)
    };
    (entries, text(about))
}

/// What was compiled, and what not.
pub fn describe() -> String {
    let mut about: Vec<&str> = LIBRARIES.iter().map(|library| contents(library).1).collect();
    about.retain(|about| !about.is_empty());
    about.dedup();
    let mut lines = match LIBRARIES {
        [] => "Peers in C++: none.".to_owned(),
        _ => format!("Peers in C++: {}; {FLAGS}; {}.", VERSIONS.join("; "), about.join("; ")),
    };
    MISSING.iter().for_each(|why| lines += &format!(" Not compiled: {why}."));
    lines
}

/// All ways to do a task, which gives so many numbers.
fn candidates(
    task: &str,
    input: impl Fn() -> Input,
    length: usize,
    digest: impl Fn(&[f64]) -> Vec<f64> + Clone + 'static,
) -> Vec<Candidate> {
    let entries = LIBRARIES.iter().flat_map(|library| contents(library).0);
    let entries = entries.filter(|entry| text(entry.task) == task);
    entries
        .map(|entry| {
            let (name, run, input, digest) = (text(entry.peer), entry.run, input(), digest.clone());
            let class = if name.starts_with("by hand") { Class::Hand } else { Class::Abroad };
            let repeat = move |out: &mut Vec<f64>, times: u32| {
                let Input { x, rows, list, terms } = &input;
                let (x, rows, list) = (x.as_ptr(), rows.as_ptr(), list.as_ptr());
                let data = Data { x, rows, list, terms: *terms };
                // SAFETY: the task reads what it was given, and `out` has room for its results.
                unsafe { run(&data, out.as_mut_ptr(), times) }
            };
            Candidate::repeating(name, class, vec![0.0; length], repeat, move |out| digest(out))
        })
        .collect()
}

pub fn gradients<P: Problem, const N: usize>(problem: &P) -> Vec<Candidate> {
    let x = point::<P, N>(problem).to_vec();
    let input = || Input { x: x.clone(), ..Input::default() };
    candidates(&format!("{} {N}", P::NAME), input, 1 + N, <[f64]>::to_vec)
}

/// Residuals and Jacobian of a scene.
pub fn scene_jacobian(scene: &Scene) -> Vec<Candidate> {
    let input = || Input {
        x: scene.x.clone(),
        rows: scene.observed.as_flattened().to_vec(),
        list: scene.list.iter().flat_map(|&seen| scene.starts(seen)).collect(),
        terms: scene.list.len(),
    };
    let (m, scene) = (2 * scene.list.len(), scene.clone());
    candidates("bundle", input, 13 * m, move |out| digest_scene(&scene, &out[..m], &out[m..]))
}

/// Gauss and Newton's sums of a fit.
pub fn fit(fit: &Fit) -> Vec<Candidate> {
    let input = || Input {
        x: fit.x.to_vec(),
        rows: fit.rows.as_flattened().to_vec(),
        list: Vec::new(),
        terms: fit.rows.len(),
    };
    candidates("fit", input, 111, |out| {
        digest_fit(out[0], &out[1..11], |i, j| out[11 + 10 * i + j])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_library_knows_its_tasks_by_these_names() {
        let ceres: Vec<_> =
            LIBRARIES.iter().filter(|library| !contents(library).1.is_empty()).collect();
        assert_eq!(gradients::<_, 16>(&crate::problems::Rosenbrock(16)).len(), ceres.len());
        assert_eq!(gradients::<_, 8>(&crate::problems::Ackley(8)).len(), ceres.len());
        assert_eq!(gradients::<_, 8>(&crate::problems::Helmholtz::new(8)).len(), ceres.len());
        assert_eq!(gradients::<_, 24>(&crate::problems::LennardJones).len(), ceres.len());
        assert_eq!(scene_jacobian(&Scene::new(2, 5, 10)).len(), LIBRARIES.len());
        assert_eq!(fit(&Fit::new(5)).len(), LIBRARIES.len());
    }
}
