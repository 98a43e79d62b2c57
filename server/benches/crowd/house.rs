//! The real program in a process of its own.

use std::{
    net::{Ipv4Addr, SocketAddr, TcpListener},
    process::{Child, Command, Stdio},
    time::Duration,
};
use tempfile::TempDir;

/// A house that answers on this machine.
pub struct House {
    /// Where.
    pub address: SocketAddr,
    program: Child,
    _folder: TempDir,
}

impl House {
    /// Opens the door on these books and waits until somebody answers.
    pub async fn open(url: &str) -> Self {
        let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = free.local_addr().unwrap();
        drop(free);
        let folder = tempfile::tempdir().unwrap();
        let program = Command::new(env!("CARGO_BIN_EXE_fifteen"))
            .args(["serve", "--db", url, "--listen", &address.to_string(), "--log-filter", "error"])
            .current_dir(folder.path())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let house = Self { address, program, _folder: folder };
        for _ in 0..200 {
            if tokio::net::TcpStream::connect(address).await.is_ok() {
                return house;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("nobody answers on {address}");
    }
}

/// Ends it; what it had answered is in the books.
impl Drop for House {
    fn drop(&mut self) {
        self.program.kill().ok();
        self.program.wait().ok();
    }
}
