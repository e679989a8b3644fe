//! A running panel on a database of its own, thrown away at the end.
use std::net::TcpListener;

use actix_web::dev::ServerHandle;
use maitre::accounts::user::{self, NewUser};
use maitre::app::{self, Parts};
use maitre::clock;
use maitre::db::conn::Db;
use maitre::db::migrations::migrate;
use maitre::integrations::iiko_cloud::client::Gate;
use maitre::integrations::iiko_cloud::settings::{App, Pace, Settings as Iiko};
use maitre::lang::Lang;
use maitre::sandbox::serve::Sandbox;
use maitre::sandbox::world::{APP_ID, CLIENT_SECRET};
use maitre::secret::Seal;
use maitre::venues::{member, venue};
use maitre::web::settings::Settings;
use tokio::sync::watch;
use uuid::Uuid;

use crate::support::home::Home;
use crate::support::person::Person;

pub struct Panel {
    /// With every venue in it; the panel itself has to say whose rows it wants.
    pub db: Db,
    pub seal: Seal,
    pub url: String,
    /// The sandbox till beside it, where the panel was opened with one.
    pub till: Option<Sandbox>,
    server: ServerHandle,
    night: Option<watch::Sender<bool>>,
    home: Home,
}

/// A fresh, migrated database: SQLite, or Postgres where `MAITRE_TEST_PG` names a server.
pub async fn fresh_db() -> Db {
    fresh().await.0
}

async fn fresh() -> (Db, Home) {
    let (url, home) = Home::fresh().await;
    let db = Db::connect(&url, 8).await.unwrap();
    migrate(&db).await.unwrap();
    (db.system(), home)
}

fn plain() -> Settings {
    Settings { origin: None, secure: false, timing: true, client_ip_header: None }
}

impl Panel {
    /// A panel that knows no till: tests that sync bring their own answers.
    pub async fn open() -> Panel {
        Panel::at(Iiko::at("http://127.0.0.1:9"), plain()).await.0
    }

    /// A panel behind a proxy that speaks TLS, as it is deployed.
    pub async fn open_secure() -> Panel {
        let web = Settings { origin: Some("https://panel.example.com".into()), secure: true, ..plain() };
        Panel::at(Iiko::at("http://127.0.0.1:9"), web).await.0
    }

    /// A panel with the demo's sandbox till beside it and a worker that performs syncs.
    pub async fn open_with_till() -> Panel {
        let till = Sandbox::open().await.unwrap();
        let app = App { id: APP_ID.to_owned(), secret: CLIENT_SECRET.to_owned().into() };
        let iiko = Iiko { app: Some(app), pace: Pace::free(), ..Iiko::at(till.url()) };
        let (mut panel, parts) = Panel::at(iiko, plain()).await;
        let (night, told) = watch::channel(false);
        tokio::spawn(maitre::worker::payments(parts.clone(), told.clone()));
        tokio::spawn(maitre::worker::events(parts.clone(), told.clone()));
        tokio::spawn(maitre::worker::run(parts, told));
        (panel.till, panel.night) = (Some(till), Some(night));
        panel
    }

    async fn at(iiko: Iiko, web: Settings) -> (Panel, Parts) {
        let (db, home) = fresh().await;
        let seal = Seal::new(&[7; 32]);
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let parts = Parts { db: db.nowhere(), seal: seal.clone(), web, gate: Gate::new(iiko).unwrap() };
        let server = app::serve(parts.clone(), listener, 1).unwrap();
        let handle = server.handle();
        tokio::spawn(server);
        (Panel { db, seal, url, till: None, server: handle, night: None, home }, parts)
    }

    pub fn till(&self) -> &Sandbox {
        self.till.as_ref().expect("a panel opened with a till")
    }

    /// Nothing happens by itself any more.
    pub async fn ends_its_night(&self) {
        if let Some(night) = &self.night {
            let _ = night.send(true);
        }
        // who was at work had its grace: nobody holds a job any more
        for _ in 0..200 {
            let sql = "SELECT count(*) FROM jobs WHERE state = 'running'";
            let (running,) = maitre::one!(&mut self.db.read().await.unwrap(), (i64,), sql).unwrap();
            if running == 0 {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
        panic!("a job goes on");
    }

    /// A venue in Moscow.
    pub async fn venue(&self, name: &str) -> Uuid {
        let mut tx = self.db.begin().await.unwrap();
        let id = venue::create(&mut tx, name, "Покровка, 17", "Europe/Moscow").await.unwrap();
        tx.commit().await.unwrap();
        id
    }

    /// Somebody new, signed in, with a role in the venue.
    pub async fn person(&self, role: member::Role, venue: Uuid) -> Person {
        let mut person = self.stranger().await;
        let mut tx = self.db.begin().await.unwrap();
        member::add(&mut tx, venue, person.id, role).await.unwrap();
        tx.commit().await.unwrap();
        person.venue = Some(venue);
        person
    }

    pub async fn owner_of(&self, venue: Uuid) -> Person {
        self.person(member::Role::Owner, venue).await
    }

    pub async fn manager_of(&self, venue: Uuid) -> Person {
        self.person(member::Role::Manager, venue).await
    }

    pub async fn viewer_of(&self, venue: Uuid) -> Person {
        self.person(member::Role::Viewer, venue).await
    }

    /// Somebody signed in who belongs nowhere.
    pub async fn stranger(&self) -> Person {
        let email = format!("{}@example.com", Uuid::now_v7().simple());
        let mut tx = self.db.begin().await.unwrap();
        // no password is behind this text: the person is signed in by a session alone
        let new = NewUser {
            email: &email,
            name: "Марина Ковалёва",
            password_hash: "none",
            staff: None,
            lang: Lang::Ru,
        };
        user::create(&mut tx, &new).await.unwrap();
        let (user, _) = user::by_email(&mut tx, &email).await.unwrap().unwrap();
        let sid =
            maitre::accounts::session::open(&mut tx, &user, "Test", "127.0.0.1", clock::now()).await.unwrap();
        tx.commit().await.unwrap();
        Person::signed_in(self.url.clone(), user.id, email, sid).await
    }

    /// A browser nobody has signed in with.
    pub async fn nobody(&self) -> Person {
        Person::nobody(self.url.clone()).await
    }

    /// Lets the workers end: from here on nothing happens by itself.
    pub async fn rest(&self) {
        if let Some(night) = &self.night {
            let _ = night.send(true);
        }
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    }

    /// Stops the panel and throws its database away.
    pub async fn close(self) {
        if let Some(night) = &self.night {
            let _ = night.send(true);
        }
        self.server.stop(false).await;
        self.db.close().await;
        self.home.clear().await;
    }
}
