//! `maitre serve` as a process of its own: what it writes to its log and how much memory it takes is seen from outside.
use std::fs::File;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use uuid::Uuid;

use crate::support::home::Home;
use crate::support::person::Person;

pub struct Serving {
    pub url: String,
    pub database: String,
    child: Child,
    log: PathBuf,
    home: Home,
    settings: Vec<(String, String)>,
}

impl Serving {
    /// On a database and a port of its own; `master` seals, `iiko` is the till's address; `more` are further settings.
    pub async fn open(master: &[u8; 32], iiko: &str, more: &[(&str, &str)]) -> Serving {
        let (database, home) = Home::fresh().await;
        let log = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{}.log", Uuid::now_v7().simple()));
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let (key, listen) = (STANDARD.encode(master), format!("127.0.0.1:{port}"));
        let own = [
            ("MAITRE_DATABASE_URL", database.as_str()),
            ("MAITRE_MASTER_KEY", &key),
            ("MAITRE_LISTEN", &listen),
            ("MAITRE_IIKO_URL", iiko),
            ("RUST_LOG", "debug"),
        ];
        let settings: Vec<(String, String)> =
            own.iter().chain(more).map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let child = started(&settings, &log);
        let serving = Serving { url: format!("http://{listen}"), database, child, log, home, settings };
        serving.answering().await
    }

    /// Killed at once, as by a power cut, and started anew.
    pub async fn killed(mut self) -> Serving {
        let _ = self.child.kill();
        let _ = self.child.wait();
        self.child = started(&self.settings, &self.log);
        self.answering().await
    }

    async fn answering(self) -> Serving {
        let began = Instant::now();
        while reqwest_answers(&self.url).await.is_err() {
            assert!(began.elapsed() < Duration::from_secs(20), "{}", self.log());
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        self
    }

    /// Everything it has written to its log.
    pub fn log(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap()
    }

    /// The most memory it ever held, bytes.
    pub fn peak(&self) -> usize {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse::<usize>().unwrap() * 1024
    }

    /// `maitre user add` on its database; what it said.
    pub fn adds_user(&self, args: &[&str]) -> String {
        let made = Command::new(env!("CARGO_BIN_EXE_maitre"))
            .args(["user", "add"])
            .args(args)
            .env("MAITRE_DATABASE_URL", &self.database)
            .output()
            .unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        String::from_utf8(made.stdout).unwrap()
    }

    /// An owner of a new venue, come in by the invitation that `maitre user add` prints; and the invitation's token.
    pub async fn owner(&self, password: &str) -> (Person, String) {
        let (email, venue) = ("anna@example.com", "Рябина");
        let said = self.adds_user(&["--email", email, "--name", "Анна", "--role", "owner", "--venue", venue]);
        let invitation = said.trim().rsplit('/').next().unwrap().to_owned();
        let mut person = Person::nobody(self.url.clone()).await;
        let path = format!("/invite/{invitation}");
        person.opens(&path).await.answers(200);
        let inside = person.sends(&path, [("name", "Анна"), ("password", password)]).await;
        let venue = inside.path.split('/').nth(2).and_then(|id| id.parse().ok());
        person.venue = Some(venue.unwrap_or_else(|| panic!("{}: {}", inside.path, inside.text())));
        (person, invitation)
    }

    pub async fn close(mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_file(&self.log);
        self.home.clear().await;
    }
}

fn started(settings: &[(String, String)], log: &Path) -> Child {
    Command::new(env!("CARGO_BIN_EXE_maitre"))
        .arg("serve")
        .envs(settings.iter().map(|(name, value)| (name, value)))
        .stdout(Stdio::null())
        .stderr(File::create(log).unwrap())
        .spawn()
        .unwrap()
}

async fn reqwest_answers(url: &str) -> reqwest::Result<()> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::builder().no_proxy().build()?;
    client.get(format!("{url}/healthz")).send().await?.error_for_status().map(|_| ())
}
