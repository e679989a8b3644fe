//! Connections that never rest: each sends the next request as soon as it has the answer to the one before.
use std::cell::Cell;
use std::time::{Duration, Instant};

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::bench::child::internal;
use crate::error::{Error, Result};

pub const CONNECTIONS: usize = 16;

/// Asks for so long; how many answers came, in what time. `request` makes the nth request, whole. All on one thread of its own:
/// what asks should take as little as it can of what is measured.
pub async fn answers<F>(address: &str, time: Duration, request: F) -> Result<(u64, Duration)>
where
    F: Fn(u64) -> Vec<u8> + Send + 'static,
{
    let address = address.to_owned();
    let asking = tokio::task::spawn_blocking(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(internal)?;
        runtime.block_on(asked(&address, time, &request))
    });
    asking.await.map_err(internal)?
}

async fn asked(address: &str, time: Duration, request: &impl Fn(u64) -> Vec<u8>) -> Result<(u64, Duration)> {
    let (nth, began) = (Cell::new(0), Instant::now());
    let line = async || {
        let mut line = Line::open(address).await?;
        let mut count = 0;
        while began.elapsed() < time {
            line.asks(&request(nth.replace(nth.get() + 1))).await?;
            count += 1;
        }
        Ok::<u64, Error>(count)
    };
    let mut lines: FuturesUnordered<_> = (0..CONNECTIONS).map(|_| line()).collect();
    let mut count = 0;
    while let Some(one) = lines.next().await {
        count += one?;
    }
    Ok((count, began.elapsed()))
}

/// A connection that is kept.
pub struct Line {
    stream: TcpStream,
    held: Vec<u8>,
}

impl Line {
    pub async fn open(address: &str) -> Result<Line> {
        let stream = TcpStream::connect(address).await.map_err(internal)?;
        stream.set_nodelay(true).map_err(internal)?;
        Ok(Line { stream, held: Vec::with_capacity(64 * 1024) })
    }

    /// One request; the head of the answer and its body as it came. Whatever is not 200 is an error.
    pub async fn asks(&mut self, request: &[u8]) -> Result<(String, Vec<u8>)> {
        self.stream.write_all(request).await.map_err(internal)?;
        self.held.clear();
        loop {
            if self.stream.read_buf(&mut self.held).await.map_err(internal)? == 0 {
                return Err(Error::internal("the panel hung up"));
            }
            if let Some((head, body)) = whole(&self.held) {
                let head = String::from_utf8_lossy(head).into_owned();
                if !head.starts_with("HTTP/1.1 200") {
                    return Err(Error::internal(head));
                }
                return Ok((head, body.to_vec()));
            }
        }
    }
}

/// The head and the body, once all of it is here.
fn whole(held: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = held.windows(4).position(|four| four == b"\r\n\r\n")?;
    let (head, body) = held.split_at_checked(end + 4)?;
    let text = String::from_utf8_lossy(head).to_lowercase();
    let length = text.split("content-length: ").nth(1).and_then(|rest| rest.split("\r\n").next());
    match length.and_then(|length| length.parse::<usize>().ok()) {
        Some(length) => (body.len() >= length).then_some((head, body)),
        None => body.ends_with(b"0\r\n\r\n").then_some((head, body)),
    }
}
