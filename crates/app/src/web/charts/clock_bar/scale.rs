//! Where an instant stands on the axis.

use super::{Clock, DETAIL_DAYS, LEFT};
use jiff::{SignedDuration, Timestamp};

/// From instants to positions: one straight scale, or three where the picture is long.
pub struct Scale {
    /// Instant and position of each end and joint, in order.
    pub joints: Vec<(Timestamp, i64)>,
    pub right: i64,
}

impl Scale {
    /// The scale of a drawing whose axis ends at `right`.
    pub fn of(clock: &Clock, right: i64) -> Self {
        let end = clock.end.max(clock.start + SignedDuration::from_hours(1));
        let days = end.duration_since(clock.start).as_hours() / 24;
        let mut joints = vec![(clock.start, LEFT)];
        if days > DETAIL_DAYS {
            let width = right - LEFT;
            let (from, to) = (clock.focus.0.max(clock.start), clock.focus.1.min(end));
            let mut x = LEFT;
            if from > clock.start {
                x += width / 6;
                joints.push((from, x));
            }
            if to > from && to < end {
                joints.push((to, right - width / 3));
            }
        }
        joints.push((end, right));
        Self { joints, right }
    }

    /// Where an instant stands.
    pub fn x(&self, at: Timestamp) -> i64 {
        let first = self.joints[0];
        if at <= first.0 {
            return first.1;
        }
        for pair in self.joints.windows(2) {
            let ((from, left), (to, right)) = (pair[0], pair[1]);
            if at <= to {
                let whole = to.duration_since(from).as_secs().max(1);
                let part = at.duration_since(from).as_secs();
                return left + (right - left) * part / whole;
            }
        }
        self.right
    }

    /// Whether a stretch is wide enough to be drawn.
    pub fn is_detailed(&self, from: Timestamp, to: Timestamp) -> bool {
        self.x(to) - self.x(from) >= 6
    }
}
