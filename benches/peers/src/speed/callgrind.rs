//! Instructions in place of seconds, where the program runs under valgrind's callgrind.

use std::ffi::CString;

/// What callgrind is asked for, by the numbers of its header `callgrind.h`.
#[derive(Clone, Copy)]
enum Request {
    Zero = 1,
    DumpAt = 3,
    Start = 4,
    Stop = 5,
}

/// Counts the instructions of `call`, as one more of the files that callgrind writes, named `label`.
pub fn count(label: &str, mut call: impl FnMut()) {
    let label = CString::new(label).expect("a name without zeros");
    request(Request::Start, 0);
    call();
    request(Request::Zero, 0);
    call();
    request(Request::DumpAt, label.as_ptr() as usize);
    request(Request::Stop, 0);
}

/// Does nothing outside of valgrind: the rotations add up to a whole turn.
#[cfg(target_arch = "x86_64")]
fn request(what: Request, argument: usize) {
    const CALLGRIND: usize = (b'C' as usize) << 24 | (b'T' as usize) << 16;
    let arguments = [CALLGRIND + what as usize, argument, 0, 0, 0, 0];
    // SAFETY: the sequence that valgrind knows leaves all registers but rdx and rdi as they are; what it reads is here.
    unsafe {
        std::arch::asm!(
            "rol rdi, 3", "rol rdi, 13", "rol rdi, 61", "rol rdi, 51", "xchg rbx, rbx",
            inout("rdi") 0usize => _, in("rax") arguments.as_ptr(), inout("rdx") 0usize => _,
        );
    }
}

#[cfg(not(target_arch = "x86_64"))]
fn request(_: Request, _: usize) {
    panic!("instructions are counted on x86-64 only")
}
