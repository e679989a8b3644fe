//! A process of its own: run to its end, or a panel that serves while it is measured.
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::error::{Error, Result};

/// What one process does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Part {
    /// First sync, repeat, and the menu page.
    Sync,
    /// `serde_json` and an upsert, nothing else.
    Floor,
    /// Serves until it is killed.
    Panel,
}

impl Part {
    fn word(self) -> &'static str {
        match self {
            Part::Sync => "sync",
            Part::Floor => "floor",
            Part::Panel => "panel",
        }
    }
}

pub fn internal(cause: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::Internal(Box::new(cause))
}

fn command(part: Part, folder: &Path) -> Result<Command> {
    let mut command = Command::new(std::env::current_exe().map_err(internal)?);
    command.args(["bench", "--part", part.word(), "--folder"]).arg(folder);
    Ok(command)
}

/// What a process wrote before it ended.
pub fn finished(part: Part, folder: &Path) -> Result<String> {
    let done = command(part, folder)?.output().map_err(internal)?;
    if !done.status.success() {
        return Err(Error::internal(String::from_utf8_lossy(&done.stderr).into_owned()));
    }
    Ok(String::from_utf8_lossy(&done.stdout).into_owned())
}

/// `first=12.3` of a child's lines; milliseconds, or megabytes of `peak`.
pub fn read(lines: &str, key: &str) -> f64 {
    let value = lines.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix('='));
    value.and_then(|value| value.parse().ok()).unwrap_or(f64::NAN)
}

/// A panel in a process of its own; killed when dropped.
pub struct Serving {
    child: Child,
    /// `127.0.0.1:…`
    pub address: String,
    /// The session of the venue's owner.
    pub sid: String,
}

impl Serving {
    pub fn open(folder: &Path) -> Result<Serving> {
        let mut child = command(Part::Panel, folder)?.stdout(Stdio::piped()).spawn().map_err(internal)?;
        let out = child.stdout.take().ok_or_else(|| Error::internal("the panel says nothing"))?;
        let mut lines = BufReader::new(out).lines();
        let mut line = || lines.next().and_then(|line| line.ok()).unwrap_or_default();
        let (address, sid) = (line(), line());
        Ok(Serving { child, address, sid })
    }

    /// Processor time it has used, seconds: `/proc/<pid>/stat`, in hundredths.
    pub fn cpu(&self) -> f64 {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).unwrap_or_default();
        let after = stat.rsplit_once(')').map(|(_, rest)| rest).unwrap_or_default();
        let ticks = after.split_whitespace().skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok());
        ticks.sum::<f64>() / 100.0
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A line of `/proc/self/status`, megabytes; 0 where there is no such file.
pub fn memory(key: &str) -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(key));
    line.and_then(|kb| kb.trim().trim_end_matches(" kB").parse::<f64>().ok()).unwrap_or(0.0) / 1_000.0
}
