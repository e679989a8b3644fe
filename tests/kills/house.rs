//! Venues tied to a till, in a database that processes of the panel come and go at.
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use maitre::accounts::user::{self, NewUser};
use maitre::config;
use maitre::db::conn::{Conn, Db};
use maitre::db::migrations::migrate;
use maitre::integrations::connection::{self, NewKey, Organization};
use maitre::lang::Lang;
use maitre::sandbox::key::Key;
use maitre::sandbox::serve::Sandbox;
use maitre::sandbox::world::API_KEY;
use maitre::sync::run::{self, Run, Scope};
use maitre::venues::venue;
use maitre::{exec, one};
use secrecy::SecretString;
use uuid::Uuid;

use crate::home::Home;

pub const MASTER: &str = "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=";

pub struct House {
    pub db: Db,
    pub url: String,
    home: Home,
    pub venues: Vec<Uuid>,
    pub by: Uuid,
    pub till: Sandbox,
}

/// A process that does not outlive its test.
pub struct Process(pub Child);

impl Process {
    pub fn killed(mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }

    /// It sleeps, or wakes: `STOP`, `CONT`.
    pub fn signal(&self, name: &str) {
        let told = Command::new("sh").args(["-c", &format!("kill -{name} {}", self.0.id())]).status();
        assert!(told.unwrap().success());
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl House {
    /// So many venues, all of one organization at the till.
    pub async fn of(venues: usize) -> House {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let (url, home) = Home::fresh().await;
        let db = Db::connect(&url, 4).await.unwrap().system();
        migrate(&db).await.unwrap();
        let till = Sandbox::open().await.unwrap();
        let mut tx = db.begin().await.unwrap();
        let new = NewUser {
            email: "a@example.com",
            name: "Анна",
            password_hash: "none",
            staff: None,
            lang: Lang::Ru,
        };
        let by = user::create(&mut tx, &new).await.unwrap();
        let mut tied = Vec::new();
        for no in 0..venues {
            tied.push(tie(&mut tx, &till, (by, no)).await);
        }
        tx.commit().await.unwrap();
        House { db, url, home, venues: tied, by, till }
    }

    pub async fn asks(&self, venue: Uuid, scope: Scope) -> Uuid {
        let mut tx = self.db.begin().await.unwrap();
        let (id, _) = run::ask(&mut tx, venue, self.by, (scope, None)).await.unwrap();
        tx.commit().await.unwrap();
        id
    }

    pub async fn run(&self, venue: Uuid, id: Uuid) -> Run {
        run::get(&mut self.db.read().await.unwrap(), venue, id).await.unwrap()
    }

    pub fn panel(&self) -> Process {
        let panel = Command::new(env!("CARGO_BIN_EXE_maitre"))
            .arg("serve")
            .env("MAITRE_DATABASE_URL", &self.url)
            .env("MAITRE_MASTER_KEY", MASTER)
            .env("MAITRE_LISTEN", "127.0.0.1:0")
            .env("MAITRE_IIKO_URL", self.till.url())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        Process(panel.unwrap())
    }

    pub async fn is_whole(&self) {
        if !self.db.is_postgres() {
            let mut c = self.db.read().await.unwrap();
            let (said,) = one!(&mut c, (String,), "PRAGMA integrity_check").unwrap();
            assert_eq!(said, "ok");
            let orphans =
                maitre::all!(&mut c, (String,), "SELECT \"table\" FROM pragma_foreign_key_check").unwrap();
            assert_eq!(orphans, Vec::<(String,)>::new());
        }
        let mut c = self.db.snapshot().await.unwrap();
        let (alone,) = one!(
            &mut c,
            (i64,),
            "SELECT count(*) FROM sync_runs r WHERE r.state IN ('queued', 'running') AND NOT EXISTS
               (SELECT 1 FROM jobs j WHERE j.id = r.job_id AND j.state IN ('queued', 'running'))"
        )
        .unwrap();
        assert_eq!(alone, 0, "a run without a job that would end it");
    }

    /// The dead worker's lease runs out at once, so that 200 kills do not wait 200 times half a minute.
    pub async fn time_passes(&self) {
        self.leases_run_out().await.unwrap();
    }

    async fn leases_run_out(&self) -> maitre::error::Result<()> {
        let mut tx = self.db.begin().await?;
        exec!(
            &mut tx,
            "UPDATE jobs SET lease_until = 0, run_after = 0 WHERE state IN ('queued', 'running')"
        )?;
        tx.commit().await?;
        Ok(())
    }

    /// The worker sleeps and its leases run out. One that fell asleep inside a transaction holds the rows it wrote,
    /// so nobody could take its work over: it wakes for a moment and falls asleep elsewhere.
    pub async fn sleeps(&self, worker: &Process) {
        for _ in 0..10 {
            worker.signal("STOP");
            if self.leases_run_out().await.is_ok() {
                return;
            }
            worker.signal("CONT");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("ten times asleep with the jobs in its hands");
    }

    pub async fn close(self) {
        self.db.close().await;
        self.home.clear().await;
    }
}

/// With a key of its own: iiko counts requests by the key.
async fn tie(c: &mut Conn, till: &Sandbox, (by, no): (Uuid, usize)) -> Uuid {
    let key = format!("{API_KEY}-{no}");
    let (organization, terminal) = {
        let mut world = till.world();
        let (organization, terminal) = (world.first().id, world.first().terminals[0].id);
        world.keys.keys.push(Key::new(&key, "Maitre", vec![organization]));
        (organization, terminal)
    };
    let venue = venue::create(c, "Рябина", "", "Europe/Moscow").await.unwrap();
    let key = SecretString::from(key);
    let key = NewKey { venue, key: &key, login: "v1", by, still: false };
    connection::set_key(c, &config::seal_of(MASTER).unwrap(), &key).await.unwrap();
    let chosen = Organization { id: organization, name: "Рябина", version: None };
    connection::choose_organization(c, venue, &chosen).await.unwrap();
    connection::choose_terminal(c, venue, terminal, "Зал", Some("8.6.2")).await.unwrap();
    venue
}
