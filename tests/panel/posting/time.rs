//! The simulation's time: tokio's, standing still until everybody waits, or, beside a real database, a counter of its own.
use std::sync::Mutex;
use std::time::Duration;

use maitre::clock::Timestamp;
use tokio::time::Instant;

pub enum Time {
    Tokio(Instant),
    Own(Mutex<f64>),
}

impl Time {
    /// Seconds since the beginning.
    pub fn now(&self) -> f64 {
        match self {
            Time::Tokio(begun) => begun.elapsed().as_secs_f64(),
            Time::Own(now) => *now.lock().unwrap(),
        }
    }

    pub fn stamp(&self) -> Timestamp {
        let begun: Timestamp = "2026-03-01T12:00:00Z".parse().unwrap();
        begun + chrono::TimeDelta::microseconds((self.now() * 1e6) as i64)
    }

    pub async fn sleep(&self, seconds: f64) {
        let seconds = seconds.max(0.0);
        match self {
            Time::Tokio(_) => tokio::time::sleep(Duration::from_secs_f64(seconds)).await,
            Time::Own(now) => {
                *now.lock().unwrap() += seconds;
                tokio::task::yield_now().await;
            }
        }
    }

    pub async fn sleep_until(&self, at: Timestamp) {
        // a microsecond more: what is due is due
        let left = (at - self.stamp()).num_microseconds().unwrap().max(0) + 1;
        self.sleep(left as f64 / 1e6).await;
    }
}
