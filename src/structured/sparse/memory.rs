//! Memory that a plan keeps from one call to the next, so that calls need not allocate.

use core::any::Any;
use core::fmt;

use alloc::boxed::Box;
use std::sync::Mutex;

/// A place for the buffers of the last call, whatever their type. Calls on several threads at once do not
/// wait for each other: the one that finds the place empty makes new buffers.
#[derive(Default)]
pub(super) struct Memory(Mutex<Option<Box<dyn Any + Send>>>);

impl Memory {
    /// The buffers of the last call, or new ones.
    pub(super) fn take<B: Any + Send>(&self, new: impl FnOnce() -> B) -> Box<B> {
        let last = self.0.lock().ok().and_then(|mut place| place.take());
        last.and_then(|buffers| buffers.downcast().ok()).unwrap_or_else(|| Box::new(new()))
    }

    /// Leaves the buffers to the next call.
    pub(super) fn put(&self, buffers: Box<dyn Any + Send>) {
        if let Ok(mut place) = self.0.lock() {
            *place = Some(buffers);
        }
    }
}

/// Buffers are not copied: a clone makes its own.
impl Clone for Memory {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl fmt::Debug for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Memory")
    }
}
