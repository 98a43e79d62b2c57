//! Whoever holds a connection open without saying what they want.

use axum::{Router, extract::ConnectInfo, routing::get};
use server::connections::{Bounds, answer};
use std::{future::pending, net::SocketAddr, time::Duration};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    time::timeout,
};

/// Much longer than anything here takes.
const LONG: Duration = Duration::from_secs(20);

/// A small house, until the test ends; says who asks.
async fn open(bounds: Bounds) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let who = |ConnectInfo(peer): ConnectInfo<SocketAddr>| async move { peer.ip().to_string() };
    let router = Router::new().route("/", get(who));
    tokio::spawn(answer(listener, router, bounds, pending()));
    address
}

async fn says(address: SocketAddr, words: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(words.as_bytes()).await.unwrap();
    stream
}

/// What comes until the other end closes.
async fn hears(mut stream: TcpStream) -> String {
    let mut answer = String::new();
    timeout(LONG, stream.read_to_string(&mut answer)).await.expect("closed in time").unwrap();
    answer
}

const ASKS: &str = "GET / HTTP/1.1\r\nhost: house\r\nconnection: close\r\n\r\n";

#[tokio::test]
async fn one_who_never_finishes_the_header_is_let_go() {
    let address = open(Bounds { header: Duration::from_millis(60), connections: 8 }).await;

    let half = says(address, "GET / HTTP/1.1\r\nhost: house\r\nx-slow: ").await;
    let nothing = says(address, "").await;
    // Answered, and then silent on the same connection.
    let silent = says(address, "GET / HTTP/1.1\r\nhost: house\r\n\r\n").await;

    assert!(!hears(half).await.contains("200 OK"));
    assert_eq!(hears(nothing).await, "");
    assert!(hears(silent).await.ends_with("127.0.0.1"));
}

#[tokio::test]
async fn who_is_past_the_last_place_waits_until_one_is_free() {
    let address = open(Bounds { header: Duration::from_millis(200), connections: 2 }).await;
    let mut crowd = vec![];
    for _ in 0..2 {
        crowd.push(says(address, "GET / HT").await);
    }

    let mut last = says(address, ASKS).await;
    let mut first_byte = [0];
    let early = timeout(Duration::from_millis(50), last.read_exact(&mut first_byte)).await;
    let answer = hears(last).await;

    assert!(early.is_err(), "there was no place");
    assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
}

#[tokio::test]
async fn it_keeps_a_line_for_the_next_question_and_knows_who_asks() {
    let address = open(Bounds::HOUSE).await;

    let both = says(address, &format!("GET / HTTP/1.1\r\nhost: house\r\n\r\n{ASKS}")).await;
    let answers = hears(both).await;

    assert_eq!(answers.matches("127.0.0.1").count(), 2, "{answers}");
}
