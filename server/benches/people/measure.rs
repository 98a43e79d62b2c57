//! Times and memory.

use std::{fmt, fs, time::Duration};

/// The most that a page may take at the median, in milliseconds.
const MOST: f64 = 30.0;

/// The times of pages.
#[derive(Default)]
pub struct Table(Vec<(String, Vec<Duration>)>);

impl Table {
    /// Puts the times of a page in.
    pub fn add(&mut self, page: String, times: Vec<Duration>) {
        self.0.push((page, times));
    }

    /// How many pages take too long at the median.
    pub fn slow(&self) -> usize {
        self.0.iter().filter(|(_, times)| at(times, 0.5) > MOST).count()
    }
}

/// The time below which this share of all lies, in milliseconds.
fn at(times: &[Duration], share: f64) -> f64 {
    let mut sorted: Vec<f64> = times.iter().map(|time| time.as_secs_f64() * 1000.0).collect();
    sorted.sort_by(f64::total_cmp);
    let place = (sorted.len() as f64 * share) as usize;
    sorted.get(place.min(sorted.len().saturating_sub(1))).copied().unwrap_or(f64::NAN)
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "| page | median, ms | p95, ms | |\n|---|---|---|---|")?;
        for (page, times) in &self.0 {
            let (median, p95) = (at(times, 0.5), at(times, 0.95));
            let verdict = if median > MOST { "TOO SLOW" } else { "" };
            writeln!(f, "| {page} | {median:.1} | {p95:.1} | {verdict} |")?;
        }
        Ok(())
    }
}

/// The most memory that was in use since [`reset_peak`], in MB; Linux only.
pub fn peak_rss() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kb = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
    kb.map_or("?".to_owned(), |kb| (kb / 1024).to_string())
}

/// Begins to look for the most memory anew.
pub fn reset_peak() {
    // Elsewhere than on Linux the peak is not known anyway.
    let _ = fs::write("/proc/self/clear_refs", "5");
}
