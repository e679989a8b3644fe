//! The demo's people and venues, made through the rooms' own doors. Passwords and the sandbox till's key are random, made
//! at the first start and kept in the data folder for its owner alone.
use std::path::Path;

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::accounts::user::{self, NewUser};
use crate::accounts::{password, second_factor};
use crate::api::scope::SCOPES;
use crate::api::token;
use crate::clock;
use crate::db::conn::{Conn, Db};
use crate::error::{Error, Result};
use crate::lang::Lang;
use crate::secret::{Seal, random_token};
use crate::venues::member::{self, Role};
use crate::venues::venue;

/// One sign-in of the demo.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DemoPerson {
    pub role: String,
    pub email: String,
    pub password: String,
    /// The secret of the second factor, base32, for who must have one: a script makes codes of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub totp: Option<String>,
}

/// What the demo's data folder remembers.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Demo {
    pub people: Vec<DemoPerson>,
    pub api_key: String,
    /// Of the panel's own API, for the demo's venue, with every scope.
    #[serde(default)]
    pub api_token: String,
}

/// The demo's venue.
const OURS: &str = "Рябина на Покровке";

/// role, address, name
const CAST: [(&str, &str, &str); 8] = [
    ("owner", "owner@demo.maitre.example", "Сергей Рябинин"),
    ("manager", "manager@demo.maitre.example", "Марина Ковалёва"),
    ("lead", "lead@demo.maitre.example", "Павел Орлов"),
    ("accountant", "accountant@demo.maitre.example", "Вера Соколова"),
    ("content", "content@demo.maitre.example", "Дарья Белова"),
    ("viewer", "viewer@demo.maitre.example", "Алина Рожкова"),
    ("support", "support@demo.maitre.example", "Игорь Лапин"),
    ("stranger", "stranger@demo.maitre.example", "Тимур Хасанов"),
];

/// The demo of a data folder: read where it was made before, else made. Who has joined the cast since then is made, too.
pub async fn demo(db: &Db, seal: &Seal, folder: &Path) -> Result<Demo> {
    let file = folder.join("demo.json");
    let mut made = match std::fs::read_to_string(&file) {
        Ok(text) => serde_json::from_str(&text).map_err(|cause| Error::Internal(Box::new(cause)))?,
        Err(_) => Demo { people: Vec::new(), api_key: new_key(), api_token: String::new() },
    };
    let known = made.people.len();
    for (role, email, _) in CAST {
        if !made.people.iter().any(|person| person.role == role) {
            made.people.push(person(role, email));
        }
    }
    // the file comes first: whoever was killed in between finds the same words again
    if made.people.len() > known {
        keep(&file, &made)?;
    }
    people(db, &made).await?;
    let owner = made.people.first().map(|person| person.email.clone()).unwrap_or_default();
    if second_factors(db, seal, &mut made.people).await? {
        keep(&file, &made)?;
    }
    if made.api_token.is_empty() {
        made.api_token = token_of_ours(db, &owner).await?;
        keep(&file, &made)?;
    }
    Ok(made)
}

/// Staff of the demo get their second factor here; says whether one was made.
async fn second_factors(db: &Db, seal: &Seal, people: &mut [DemoPerson]) -> Result<bool> {
    let mut made = false;
    for person in people.iter_mut().filter(|person| person.role == "support") {
        let mut tx = db.begin().await?;
        let Some((user, _)) = user::by_email(&mut tx, &person.email).await? else { continue };
        if second_factor::has(&mut tx, user.id).await? && person.totp.is_some() {
            continue;
        }
        let secret = person.totp.clone().map_or_else(second_factor::new_secret, SecretString::from);
        second_factor::set(&mut tx, seal, user.id, (&secret, 0), clock::now()).await?;
        person.totp = Some(secret.expose_secret().to_owned());
        made = true;
        tx.commit().await?;
    }
    Ok(made)
}

fn new_key() -> String {
    format!("demo-{}", random_token().get(..27).unwrap_or_default())
}

fn keep(file: &Path, made: &Demo) -> Result<()> {
    let text = serde_json::to_string_pretty(made).map_err(|cause| Error::Internal(Box::new(cause)))?;
    crate::config::write_for_owner(file, &text)
}

/// A key of the panel's API: the demo's guest app and acquirer ask with it.
async fn token_of_ours(db: &Db, owner: &str) -> Result<String> {
    let mut tx = db.begin().await?;
    let (owner, _) = user::by_email(&mut tx, owner).await?.ok_or(Error::NotFound("user"))?;
    let ours = venue::named(&mut tx, OURS).await?;
    let ours = ours.first().copied().ok_or_else(|| Error::internal("the demo has no venue of its own"))?;
    let scopes = SCOPES.map(str::to_owned);
    let (_, token) = token::issue(&mut tx, ours, ("Demo", &scopes), (owner.id, clock::now())).await?;
    tx.commit().await?;
    Ok(token)
}

fn person(role: &str, email: &str) -> DemoPerson {
    let token = random_token();
    let password = format!("{}-{}", role, token.get(..12).unwrap_or_default());
    DemoPerson { role: role.to_owned(), email: email.to_owned(), password, totp: None }
}

/// Whoever of the cast is not there yet, in their venue.
async fn people(db: &Db, demo: &Demo) -> Result<()> {
    let mut absent = Vec::new();
    for person in &demo.people {
        if user::by_email(&mut db.read().await?, &person.email).await?.is_none() {
            absent.push((person, password::hash(person.password.clone()).await?));
        }
    }
    if absent.is_empty() {
        return Ok(());
    }
    let mut tx = db.begin().await?;
    let ours = made(&mut tx, (OURS, "Покровка, 17", "Europe/Moscow")).await?;
    let theirs = made(&mut tx, ("Чайхана Самарканд", "Ленина, 5", "Asia/Yekaterinburg")).await?;
    for (person, hash) in &absent {
        let name = CAST.iter().find(|(role, ..)| *role == person.role).map_or("", |(.., name)| *name);
        let staff = (person.role == "support").then_some("support");
        let new = NewUser { email: &person.email, name, password_hash: hash, staff, lang: Lang::Ru };
        let id = user::create(&mut tx, &new).await?;
        match (person.role.as_str(), Role::of_word(&person.role)) {
            (_, Some(role)) => member::add(&mut tx, ours, id, role).await?,
            ("stranger", None) => member::add(&mut tx, theirs, id, Role::Owner).await?,
            _ => {}
        }
    }
    tx.commit().await
}

/// The venue of this name, made where there is none.
async fn made(c: &mut Conn, (name, address, zone): (&str, &str, &str)) -> Result<Uuid> {
    match venue::named(c, name).await?.first() {
        Some(id) => Ok(*id),
        None => venue::create(c, name, address, zone).await,
    }
}

/// The demo's venue; it is made by [`demo`].
pub async fn venue(db: &Db) -> Result<Uuid> {
    let found = venue::named(&mut db.read().await?, OURS).await?;
    found.first().copied().ok_or_else(|| Error::internal("the demo has no venue of its own"))
}
