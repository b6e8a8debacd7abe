//! The checks that users run on their own functions: derivatives beside differences, and the branch watch.
#![cfg(feature = "std")]

mod branch_watch;
mod check;
mod planted;
