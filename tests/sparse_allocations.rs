//! What the calls of plans for black boxes allocate: nothing, once a plan has been used.

#![cfg(feature = "std")]

mod problems;

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

use gradual::structured::{ScalarBlackBox, VectorBlackBox};

use problems::{Bratu, Rosenbrock};

/// The system's allocator, counting on each thread what it is asked for.
struct Counting;

thread_local! {
    static ALLOCATIONS: Cell<usize> = const { Cell::new(0) };
}

// SAFETY: every call is passed on unchanged to the system's allocator.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // A thread that is being torn down has nothing left to count in.
        let _ = ALLOCATIONS.try_with(|count| count.set(count.get() + 1));
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

#[test]
fn plans_that_have_been_used_do_not_allocate() {
    let bratu = Bratu::new(8);
    let u = vec![0.5; 64];
    let plan = bratu.jacobian_plan(&u);
    let (mut r, mut values) = (vec![0.0; 64], vec![0.0; plan.nnz()]);
    let hessian = Rosenbrock.hessian_plan(&u).unwrap();
    let (mut g, mut h) = (vec![0.0; 64], vec![0.0; hessian.nnz()]);
    let mut calls = || {
        let before = ALLOCATIONS.get();
        plan.jacobian(&bratu, &u, &mut r, &mut values).unwrap();
        let between = ALLOCATIONS.get();
        hessian.hessian(&Rosenbrock, &u, &mut g, &mut h).unwrap();
        hessian.gradient(&Rosenbrock, &u, &mut g).unwrap();
        (between - before, ALLOCATIONS.get() - between)
    };
    let first = calls();
    assert!(first.0 > 0 && first.1 > 0);
    // Debug builds check Jacobians, which takes the point, the outputs and the products.
    let check = if cfg!(debug_assertions) { 8 } else { 0 };
    let (jacobian, hessian) = calls();
    assert!(jacobian <= check, "{jacobian}");
    assert_eq!(hessian, 0);
}
