//! A line between the panel and a till, which can be cut as no server can cut itself.
use std::net::SocketAddr;
use std::sync::Mutex;
use std::time::Duration;

use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

/// How the line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    Fine,
    /// Nobody listens.
    Refused,
    /// Connections are neither taken nor refused.
    Blackhole,
}

pub struct Wire {
    here: SocketAddr,
    there: String,
    work: Mutex<Option<JoinHandle<()>>>,
}

impl Wire {
    /// A fine line to this address (`http://127.0.0.1:port`).
    pub async fn to(url: &str) -> Wire {
        let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let here = free.local_addr().unwrap();
        drop(free);
        let there = url.trim_start_matches("http://").to_owned();
        let wire = Wire { here, there, work: Mutex::default() };
        wire.turns(Line::Fine).await;
        wire
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.here)
    }

    /// What was under way is broken off.
    pub async fn turns(&self, line: Line) {
        let before = self.work.lock().unwrap().take();
        if let Some(before) = before {
            before.abort();
            let _ = before.await;
        }
        let work = match line {
            Line::Refused => return,
            Line::Fine => tokio::spawn(relayed(self.listener(128), self.there.clone())),
            Line::Blackhole => {
                let (listener, here) = (self.listener(0), self.here);
                // the queue of those who wait to be taken is full before anybody of ours comes
                let mut waiting = Vec::new();
                for _ in 0..32 {
                    let knock = tokio::time::timeout(Duration::from_millis(150), TcpStream::connect(here));
                    match knock.await {
                        Ok(taken) => waiting.push(taken),
                        Err(_) => break,
                    }
                }
                tokio::spawn(async move {
                    let _held = (listener, waiting);
                    std::future::pending::<()>().await;
                })
            }
        };
        *self.work.lock().unwrap() = Some(work);
    }

    fn listener(&self, backlog: u32) -> TcpListener {
        let socket = TcpSocket::new_v4().unwrap();
        socket.set_reuseaddr(true).unwrap();
        socket.bind(self.here).unwrap();
        socket.listen(backlog).unwrap()
    }
}

async fn relayed(listener: TcpListener, there: String) {
    let mut relays = JoinSet::new();
    loop {
        let Ok((mut ours, _)) = listener.accept().await else { return };
        while relays.try_join_next().is_some() {}
        let there = there.clone();
        relays.spawn(async move {
            if let Ok(mut theirs) = TcpStream::connect(there).await {
                let _ = tokio::io::copy_bidirectional(&mut ours, &mut theirs).await;
            }
        });
    }
}
