//! One plain HTTP/1.1 request, enough to weigh a page.

use crate::tools::Outcome;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// What came back, the body as sent (still compressed).
#[derive(Debug)]
pub struct Answer {
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Answer {
    /// The value of a header, its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// Gets a page as a browser that reads brotli would; anything but 200 is an error.
pub fn get(address: &str, path: &str) -> Outcome<Answer> {
    let fault = |error: std::io::Error| format!("GET {path} from {address}: {error}");
    let mut stream = TcpStream::connect(address).map_err(fault)?;
    stream.set_read_timeout(Some(Duration::from_secs(30))).map_err(fault)?;
    let request = format!(
        "GET {path} HTTP/1.1\r\nHost: {address}\r\nAccept: text/html\r\nAccept-Encoding: br\r\nAccept-Language: zh-CN\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).map_err(fault)?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).map_err(fault)?;
    read(&bytes).map_err(|why| format!("GET {path} from {address}: {why}"))
}

fn read(bytes: &[u8]) -> Outcome<Answer> {
    let end = find(bytes, b"\r\n\r\n").ok_or("the answer has no end of headers")?;
    let head = String::from_utf8_lossy(&bytes[..end]);
    let mut lines = head.lines();
    let status = lines.next().unwrap_or_default();
    if status.split(' ').nth(1) != Some("200") {
        return Err(format!("the answer is `{status}`"));
    }
    let headers = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(key, value)| (key.to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    let mut answer = Answer { headers, body: bytes[end + 4..].to_vec() };
    if answer.header("transfer-encoding") == Some("chunked") {
        answer.body = unchunk(&answer.body).ok_or("the answer breaks off")?;
    }
    Ok(answer)
}

fn unchunk(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let line = find(rest, b"\r\n")?;
        let size = std::str::from_utf8(&rest[..line]).ok()?.split(';').next()?;
        let size = usize::from_str_radix(size.trim(), 16).ok()?;
        if size == 0 {
            return Some(body);
        }
        rest = &rest[line + 2..];
        body.extend_from_slice(rest.get(..size)?);
        rest = rest.get(size + 2..)?;
    }
}

fn find(bytes: &[u8], part: &[u8]) -> Option<usize> {
    bytes.windows(part.len()).position(|window| window == part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_are_put_together() {
        let bytes = b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nA;x=y\r\n0123456789\r\n0\r\n\r\n";

        let answer = read(bytes).expect("an answer");

        assert_eq!(answer.body, b"abc0123456789");
        assert_eq!(answer.header("content-encoding"), Some("br"));
    }

    #[test]
    fn a_body_that_breaks_off_and_a_page_that_moved_are_errors() {
        let cut = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n9\r\nabc";
        let moved = b"HTTP/1.1 303 See Other\r\nlocation: /in\r\n\r\n";

        assert!(read(cut).is_err());
        assert!(read(moved).is_err_and(|why| why.contains("303")));
    }
}
