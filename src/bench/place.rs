//! A venue to measure on, and the panel that shows it.
use std::net::TcpListener;
use std::path::Path;

use actix_web::dev::Server;
use uuid::Uuid;

use crate::accounts::session;
use crate::accounts::user::{self, NewUser};
use crate::app::{self, Parts};
use crate::bench::child::internal;
use crate::clock;
use crate::db::conn::Db;
use crate::db::migrations::migrate;
use crate::error::{Error, Result};
use crate::integrations::connection::{self, NewKey, Organization};
use crate::integrations::iiko_cloud::client::Gate;
use crate::integrations::iiko_cloud::settings::Settings as Iiko;
use crate::lang::Lang;
use crate::secret::Seal;
use crate::venues::member::{self, Role};
use crate::venues::venue;
use crate::web::settings::Settings;

/// The panel's database in a folder, with the venue on it.
pub const FILE: &str = "ours.db";

pub async fn database(folder: &Path, name: &str) -> Result<Db> {
    Db::connect(&format!("sqlite://{}", folder.join(name).display()), app::CONNECTIONS).await
}

/// A fresh database with a venue on it; the venue and its owner.
pub async fn fresh(folder: &Path) -> Result<(Db, Uuid, Uuid)> {
    let db = database(folder, FILE).await?;
    migrate(&db).await?;
    let (venue, by) = tied(&db, &Seal::new(&[7; 32])).await?;
    Ok((db, venue, by))
}

/// A venue tied to an iiko that nobody asks; the venue and its owner.
pub async fn tied(db: &Db, seal: &Seal) -> Result<(Uuid, Uuid)> {
    let mut tx = db.begin().await?;
    let new = NewUser {
        email: "bench@example.com",
        name: "Bench",
        password_hash: "none",
        staff: None,
        lang: Lang::Ru,
    };
    let by = user::create(&mut tx, &new).await?;
    let venue = venue::create(&mut tx, "Bench", "", "Europe/Moscow").await?;
    member::add(&mut tx, venue, by, Role::Owner).await?;
    let key = secrecy::SecretString::from("bench-key-0123456789");
    connection::set_key(&mut tx, seal, &NewKey { venue, key: &key, login: "v1", by, still: false }).await?;
    let organization = Organization { id: Uuid::from_u128(7), name: "Bench", version: None };
    connection::choose_organization(&mut tx, venue, &organization).await?;
    connection::choose_terminal(&mut tx, venue, Uuid::from_u128(8), "Bench", None).await?;
    tx.commit().await?;
    Ok((venue, by))
}

/// A panel that listens, where, and the owner's session.
pub async fn panel(db: &Db, seal: Seal, workers: usize) -> Result<(Server, String, String)> {
    let mut tx = db.begin().await?;
    let (user, _) = user::by_email(&mut tx, "bench@example.com").await?.ok_or(Error::NotFound("user"))?;
    let sid = session::open(&mut tx, &user, "bench", "127.0.0.1", clock::now()).await?;
    tx.commit().await?;
    let web = Settings { origin: None, secure: false, timing: true, client_ip_header: None };
    let gate = Gate::new(Iiko::at("http://127.0.0.1:9")).map_err(internal)?;
    let listener = TcpListener::bind("127.0.0.1:0").map_err(internal)?;
    let address = listener.local_addr().map_err(internal)?.to_string();
    Ok((app::serve(Parts { db: db.clone(), seal, web, gate }, listener, workers)?, address, sid))
}

/// Says where it listens and whose session to use, and serves until it is killed.
pub async fn serve(folder: &Path) -> Result<()> {
    let db = database(folder, FILE).await?;
    let (server, address, sid) = panel(&db, Seal::new(&[7; 32]), 2).await?;
    println!("{address}\n{sid}");
    server.await.map_err(internal)
}
