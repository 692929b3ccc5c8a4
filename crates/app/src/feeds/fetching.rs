//! Whether feeds are being fetched, and how often in a row nothing came: known to one process and
//! lost with it. A new process begins anew, and with an attempt.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

/// The state of fetching in this process, cheap to clone; clones share it.
#[derive(Debug, Clone, Default)]
pub struct Fetching {
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    running: AtomicBool,
    failed: AtomicI64,
}

/// Ends the run it stands for when it is dropped.
#[derive(Debug)]
pub struct Run(Fetching);

impl Fetching {
    /// Begins a run, if none is under way: two would only fight over the same files.
    pub fn begin(&self) -> Option<Run> {
        let was_running = self.shared.running.swap(true, Ordering::AcqRel);
        (!was_running).then(|| Run(self.clone()))
    }

    pub fn is_running(&self) -> bool {
        self.shared.running.load(Ordering::Acquire)
    }

    /// Nothing came; how often that had happened before, in a row.
    pub fn failed(&self) -> i64 {
        self.shared.failed.fetch_add(1, Ordering::AcqRel)
    }

    /// Something came, so the next failure is a first one.
    pub fn came(&self) {
        self.shared.failed.store(0, Ordering::Release);
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        self.0.shared.running.store(false, Ordering::Release);
    }
}
