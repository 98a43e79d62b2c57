//! A folder in memory for what tests write and throw away. On a disk every commit of theirs waits for
//! it, which is a fifth of the time of the tests that use SQLite.

use crate::tools::{output, read};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Where Linux keeps files in memory.
const IN_MEMORY: &str = "/dev/shm";

/// What has to be free there, and in the machine, in KiB: the tests use less than a tenth of it.
const ROOM: u64 = 6 << 20;

/// The folder, or none where there is no room for one; gone when dropped.
pub struct Scratch(Option<PathBuf>);

impl Scratch {
    /// Makes one if the machine has the memory.
    pub fn new() -> Scratch {
        let folder = Path::new(IN_MEMORY).join(format!("fifteen-test-{}", std::process::id()));
        let made = room_there() && room_in_the_machine() && fs::create_dir(&folder).is_ok();
        Scratch(made.then_some(folder))
    }

    /// Where to put what is thrown away.
    pub fn folder(&self) -> PathBuf {
        self.0.clone().unwrap_or_else(std::env::temp_dir)
    }

    /// Has a program put there what it throws away.
    pub fn serves(&self, command: &mut Command) {
        command.env("TMPDIR", self.folder());
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if let Some(folder) = &self.0 {
            fs::remove_dir_all(folder).ok();
        }
    }
}

fn room_there() -> bool {
    let table = output(Command::new("df").args(["-P", "-k", IN_MEMORY]));
    table.is_ok_and(|table| free_in(&table) >= ROOM)
}

fn room_in_the_machine() -> bool {
    let about = read(Path::new("/proc/meminfo"));
    about.is_ok_and(|about| available_in(&about) >= ROOM)
}

/// The fourth column of the second line of `df -P -k`.
fn free_in(table: &str) -> u64 {
    let line = table.lines().nth(1).unwrap_or_default();
    line.split_whitespace().nth(3).and_then(|free| free.parse().ok()).unwrap_or(0)
}

fn available_in(about: &str) -> u64 {
    let line = about.lines().find_map(|line| line.strip_prefix("MemAvailable:"));
    line.and_then(|rest| rest.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_free_is_read_from_the_table() {
        let table = "Filesystem     1024-blocks   Used Available Capacity Mounted on\n\
                     tmpfs             12300000 300000  12000000       3% /dev/shm\n";

        assert_eq!(free_in(table), 12_000_000);
        assert_eq!(free_in("df: /dev/shm: No such file or directory"), 0);
        assert_eq!(available_in("MemTotal: 3 kB\nMemAvailable:   23456 kB\n"), 23_456);
        assert_eq!(available_in(""), 0);
    }

    #[test]
    fn a_folder_goes_with_its_owner() {
        let folder = std::env::temp_dir().join(format!("xtask-scratch-{}", std::process::id()));
        fs::create_dir(&folder).expect("a folder");
        let scratch = Scratch(Some(folder.clone()));

        assert_eq!(scratch.folder(), folder);
        drop(scratch);

        assert!(!folder.exists());
    }
}
