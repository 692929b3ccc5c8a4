//! What figures are taken from: CPU time as Linux counts it, memory, and a fleet made up in the
//! shape of a real one.

use std::time::{Duration, Instant};

/// CPU time of this thread, and of the database's process when one is named, with the time on the
/// clock beside it.
pub struct Watch {
    backend: Option<i64>,
    cpu: Duration,
    wall: Instant,
}

/// What something took.
#[derive(Clone, Copy, Default)]
pub struct Took {
    /// This thread's, and the database's if it is a process of its own.
    pub cpu: f64,
    pub wall: f64,
}

impl Watch {
    pub fn start(backend: Option<i64>) -> Self {
        Self {
            backend,
            cpu: cpu(backend),
            wall: Instant::now(),
        }
    }

    pub fn stop(&self) -> Took {
        Took {
            cpu: (cpu(self.backend) - self.cpu).as_secs_f64(),
            wall: self.wall.elapsed().as_secs_f64(),
        }
    }
}

impl std::ops::AddAssign for Took {
    fn add_assign(&mut self, more: Self) {
        self.cpu += more.cpu;
        self.wall += more.wall;
    }
}

fn cpu(backend: Option<i64>) -> Duration {
    let of = |path: &str| {
        let text = std::fs::read_to_string(path).unwrap_or_default();
        let nanos = text.split(' ').next().and_then(|n| n.parse().ok());
        Duration::from_nanos(nanos.unwrap_or(0))
    };
    let own = of("/proc/thread-self/schedstat");
    own + backend.map_or(Duration::ZERO, |pid| of(&format!("/proc/{pid}/schedstat")))
}

/// A line of `/proc/self/status` in megabytes: `VmHWM` (the most so far) or `VmRSS` (now).
pub fn memory_mb(line: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|found| found.starts_with(line));
    let kb = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok());
    kb.unwrap_or(0) / 1024
}

/// The value below which a share of the sorted values lies.
pub fn percentile(values: &mut [f64], share: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let at = (values.len() as f64 * share) as usize;
    values[at.min(values.len() - 1)]
}

/// Numbers that are the same in each run (SplitMix64).
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 to below 1.
    pub fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn below(&mut self, most: usize) -> usize {
        (self.unit() * most as f64) as usize
    }
}

/// Components of the median SBOM, the spread of the logarithm, and the largest: 3,142 real SBOMs.
const MEDIAN: f64 = 112.0;
const SPREAD: f64 = 0.985;
const LARGEST: usize = 2_142;
/// Of 100 components, so many are package versions that nobody had before.
const NEW_PERCENT: usize = 16;
/// Releases of a product family, and how many of 100 components each shares with the one before.
const FAMILY: usize = 20;
const SHARED_PERCENT: usize = 95;

/// Makes one SBOM after another.
pub struct Fleet {
    random: Random,
    /// Package versions made so far; the earlier, the more popular.
    pool: usize,
    /// Whether each second SBOM is a release of a family.
    has_families: bool,
    family: Vec<usize>,
    made: usize,
}

impl Fleet {
    pub fn new(has_families: bool) -> Self {
        Self {
            random: Random(2026),
            pool: 2_000,
            has_families,
            family: Vec::new(),
            made: 0,
        }
    }

    /// The purls of the next SBOM.
    pub fn next(&mut self) -> Vec<String> {
        self.made += 1;
        let mut parts = if self.has_families && self.made.is_multiple_of(2) {
            self.next_of_family()
        } else {
            self.fresh()
        };
        parts.sort_unstable();
        parts.dedup();
        parts.into_iter().map(purl).collect()
    }

    fn next_of_family(&mut self) -> Vec<usize> {
        if (self.made / 2).is_multiple_of(FAMILY) || self.family.is_empty() {
            self.family = self.fresh();
        } else {
            let mut family = std::mem::take(&mut self.family);
            for part in &mut family {
                if self.random.below(100) >= SHARED_PERCENT {
                    *part = self.part();
                }
            }
            self.family = family;
        }
        self.family.clone()
    }

    fn fresh(&mut self) -> Vec<usize> {
        // Two uniform numbers make a normal one (Box and Muller).
        let (a, b) = (self.random.unit().max(1e-12), self.random.unit());
        let normal = (-2.0 * a.ln()).sqrt() * (std::f64::consts::TAU * b).cos();
        let size = ((MEDIAN * (SPREAD * normal).exp()) as usize).clamp(1, LARGEST);
        (0..size).map(|_| self.part()).collect()
    }

    fn part(&mut self) -> usize {
        if self.random.below(100) < NEW_PERCENT {
            self.pool += 1;
            return self.pool - 1;
        }
        let unit = self.random.unit();
        (unit * unit * unit * self.pool as f64) as usize
    }
}

/// A package has about four versions.
fn purl(part: usize) -> String {
    format!("pkg:npm/%40fleet/component-{}@1.{}.0", part / 4, part % 4)
}
