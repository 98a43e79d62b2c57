//! The program itself, started as a process.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpStream},
    path::Path,
    process::{Child, ChildStdout, Command, Output, Stdio},
    thread::{self, JoinHandle},
    time::Duration,
};
use tempfile::TempDir;

const PROGRAM: &str = env!("CARGO_BIN_EXE_fifteen");

pub fn fifteen(folder: &Path, words: &[&str]) -> Command {
    let mut command = Command::new(PROGRAM);
    command.current_dir(folder).args(words);
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("FIFTEEN_")) {
        command.env_remove(name);
    }
    command
}

pub fn said(folder: &Path, words: &[&str]) -> Output {
    fifteen(folder, words).output().unwrap()
}

pub fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A program that serves, killed at the end of a test that failed.
pub struct Serving {
    child: Child,
    out: BufReader<ChildStdout>,
    /// Reads the log all the while: a full pipe would hold the program up.
    log: Option<JoinHandle<String>>,
    pub address: SocketAddr,
}

impl Serving {
    pub fn start(folder: &Path, words: &[&str]) -> Self {
        let mut child = fifteen(folder, &[&["serve", "--listen", "127.0.0.1:0"], words].concat())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut err = child.stderr.take().unwrap();
        let log = thread::spawn(move || {
            let mut log = vec![];
            err.read_to_end(&mut log).unwrap();
            text(&log)
        });
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        let Some(address) = line.trim().strip_prefix("open: http://") else {
            panic!("did not open: {line} {}", log.join().unwrap())
        };
        Self { address: address.parse().unwrap(), child, out, log: Some(log) }
    }

    pub fn line(&mut self) -> String {
        let mut line = String::new();
        self.out.read_line(&mut line).unwrap();
        line.trim().to_owned()
    }

    pub fn ask(&self, head: &str, body: &str) -> TcpStream {
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        write!(stream, "{head}\r\nhost: {}\r\n\r\n{body}", self.address).unwrap();
        stream
    }

    pub fn get(&self, path: &str) -> String {
        read(self.ask(&format!("GET {path} HTTP/1.1\r\nconnection: close"), ""))
    }

    pub fn post(&self, path: &str, form: &str) -> String {
        self.post_as("", path, form)
    }

    /// The same with a cookie, as the browser that was given it.
    pub fn post_as(&self, cookie: &str, path: &str, form: &str) -> String {
        let head = format!(
            "POST {path} HTTP/1.1\r\nconnection: close\r\naccept: application/json\r\n\
             cookie: {cookie}\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: {}",
            form.len()
        );
        read(self.ask(&head, form))
    }

    pub fn tell(&self, signal: &str) {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args([signal, &pid]).status().unwrap().success());
    }

    pub fn end(mut self) -> (Option<i32>, String) {
        let status = self.child.wait().unwrap();
        let log = self.log.take().unwrap().join().unwrap();
        (status.code(), log)
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub fn read(mut stream: TcpStream) -> String {
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    text(&answer)
}

pub fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}
