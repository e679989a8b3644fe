//! T11, T12: secrets stay where they belong, and a sealed value opens nowhere else.
use chacha20poly1305::aead::{Aead, KeyInit};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use maitre::db::conn::Db;
use maitre::sandbox::serve::Sandbox;
use maitre::sandbox::world::{APP_ID, World};
use maitre::secret::{Place, Seal};
use maitre::{all, clock, exec, one};
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use crate::second_factor::code_at;
use crate::support::fed::tie;
use crate::support::map::routes;
use crate::support::panel::Panel;
use crate::support::person::Person;
use crate::support::serving::Serving;

const API_KEY: &str = "canarykey-5d1f0c77e2b94a";
const WRONG_KEY: &str = "canarywrong-77aa01c9d3e5";
const CLIENT_SECRET: &str = "canaryclient-91be27f0ac48";
const MASTER: [u8; 32] = *b"canary-master-of-thirty-two-byte";
const PASSWORD: &str = "канарейка-спит-до-17";
const NEW_PASSWORD: &str = "канарейка-поёт-29-раз";

/// Everything a database holds, as bytes: the file with its log, or every table as text.
async fn raw(database: &str) -> Vec<u8> {
    if let Some(file) = database.strip_prefix("sqlite://") {
        let all = ["", "-wal"].map(|suffix| std::fs::read(format!("{file}{suffix}")).unwrap_or_default());
        return all.concat();
    }
    let pool = sqlx::PgPool::connect(database).await.unwrap();
    let sql = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'";
    let tables: Vec<(String,)> = sqlx::query_as(sql).fetch_all(&pool).await.unwrap();
    let mut bytes = Vec::new();
    for (table,) in tables {
        let sql = AssertSqlSafe(format!("SELECT convert_to(t::text, 'UTF8') FROM {table} t"));
        let rows: Vec<(Vec<u8>,)> = sqlx::query_as(sql).fetch_all(&pool).await.unwrap();
        rows.iter().for_each(|(row,)| bytes.extend_from_slice(row));
    }
    pool.close().await;
    bytes
}

fn holds(hay: &[u8], needle: &str) -> bool {
    hay.windows(needle.len()).any(|window| window == needle.as_bytes())
}

async fn pulls(till: &Sandbox, lever: &str) {
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let url = format!("{}/levers/{lever}", till.url());
    assert!(client.post(url).json(&json!({ "times": 1 })).send().await.unwrap().status().is_success());
}

/// Sets every secret and uses everything; all the HTML it was given.
async fn uses_everything(anna: &Person, till: &Sandbox) -> String {
    let mut html = String::new();
    const IIKO: &str = "/settings/integrations/iiko";
    for key in [WRONG_KEY, API_KEY] {
        html += &anna.sends(&format!("{IIKO}/key"), [("api_key", key)]).await.html;
    }
    let (organization, terminal) = {
        let mut world = till.world();
        let first = world.first();
        (first.id.to_string(), first.terminals[0].id.to_string())
    };
    html +=
        &anna.sends(&format!("{IIKO}/organization"), [("organization", organization.as_str())]).await.html;
    html += &anna.sends(&format!("{IIKO}/terminal"), [("terminal", terminal.as_str())]).await.html;
    // four turns at the menu: as many as one key has at once
    for trouble in ["500", "401"] {
        pulls(till, trouble).await;
        html += &anna.sends("/sync", []).await.html;
        for _ in 0..600 {
            let page = anna.opens("/sync").await;
            if !page.text().contains("Идёт") {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
    }
    html += &anna.sends(&format!("{IIKO}/key"), [("api_key", WRONG_KEY)]).await.html;
    for route in routes().iter().filter(|route| route.method == "GET" && !route.path.contains("static")) {
        let path = route.filled(|name| match name {
            "venue" => anna.venue.unwrap().to_string(),
            _ => Uuid::now_v7().to_string(),
        });
        html += &anna.opens(&format!("/{path}")).await.html;
    }
    html
}

/// Sets up the second factor; its secret and the recovery codes, as they are typed and as they are kept by an app.
async fn arms(anna: &Person) -> (String, Vec<String>) {
    let page = anna.opens("//profile/second-factor").await;
    let secret = page.every(".secret code").remove(0).replace(' ', "");
    let (offer, code) = (page.field("offer").unwrap(), code_at(&secret, clock::now()));
    let set = anna.posts("//profile/second-factor", [("offer", offer.as_str()), ("code", &code)]).await;
    let codes = set.answers(200).every(".recovery code");
    let bare: Vec<String> = codes.iter().map(|code| code.replace('-', "")).collect();
    (secret, [codes, bare].concat())
}

#[actix_web::test]
async fn no_secret_is_in_a_page_a_log_or_the_raw_database() {
    let mut world = World::demo().with_key(API_KEY);
    world.keys.applications[0].client_secret = CLIENT_SECRET.into();
    let till = Sandbox::open_with(world).await.unwrap();
    let app = [("MAITRE_IIKO_APP_ID", APP_ID), ("MAITRE_IIKO_CLIENT_SECRET", CLIENT_SECRET)];
    let serving = Serving::open(&MASTER, &till.url(), &app).await;
    let (anna, used) = serving.owner(PASSWORD).await;
    let mut html = uses_everything(&anna, &till).await;
    let invited =
        anna.sends("/users/invitations", [("email", "oleg@example.com"), ("role", "manager")]).await;
    let link = invited.every("code, output, input").into_iter().chain(invited.attributes("input", "value"));
    let link = link.into_iter().find(|text| text.contains("/invite/")).expect("an invitation's link");
    let invitation = link.rsplit('/').next().unwrap().to_owned();
    let change = [("current", PASSWORD), ("new", NEW_PASSWORD), ("again", NEW_PASSWORD)];
    html += &anna.sends("//profile/password", change).await.html;
    let (totp, recovery) = arms(&anna).await;
    for path in [
        "//profile",
        "//profile/second-factor",
        "/settings/integrations/iiko",
        "/settings/integrations/iiko/journal",
        "/users",
        "/sync",
        "/menu",
    ] {
        html += &anna.opens(path).await.html;
    }
    let sid = anna.cookie("maitre-sid").unwrap();
    let tokens: Vec<String> = till.world().keys.alive_tokens().map(str::to_owned).collect();
    assert!(!tokens.is_empty(), "iiko gave tokens");
    let mut canaries =
        vec![API_KEY, WRONG_KEY, CLIENT_SECRET, PASSWORD, NEW_PASSWORD, &sid, &used, &invitation];
    canaries.push(std::str::from_utf8(&MASTER).unwrap());
    canaries.extend(tokens.iter().map(String::as_str));
    canaries.push(&totp);
    canaries.extend(recovery.iter().map(String::as_str));
    let (log, base) = (serving.log(), raw(&serving.database).await);
    assert!(log.len() > 5_000, "the log was on: {} bytes", log.len());
    assert!(
        holds(&base, "oleg@example.com") && html.contains("••••"),
        "the places looked at are the right ones"
    );
    for canary in &canaries {
        assert!(!html.contains(canary), "a page shows {canary}");
        assert!(!log.contains(canary), "the log tells {canary}");
        assert!(!holds(&base, canary), "the database keeps {canary}");
    }
    // the control: the same look finds a key that somebody kept as it is
    let db = Db::connect(&serving.database, 2).await.unwrap();
    let mut tx = db.begin().await.unwrap();
    exec!(&mut tx, "UPDATE venues SET address = $1", API_KEY).unwrap();
    tx.commit().await.unwrap();
    assert!(holds(&raw(&serving.database).await, API_KEY));
    db.close().await;
    serving.close().await;
}

#[actix_web::test]
async fn a_sealed_value_opens_in_its_own_place_alone() {
    let seal = Seal::new(&[3; 32]);
    let (venue, row) = (Uuid::from_u128(1), Uuid::from_u128(2));
    let place = Place { table: "connections", column: "api_key", venue, row };
    let mut refused = 0;
    for n in 0..100_u8 {
        let secret = SecretString::from(format!("key-{n}-0123456789"));
        let blob = seal.close(place, &secret).unwrap();
        assert_eq!(seal.open(place, &blob).unwrap().expose_secret(), secret.expose_secret());
        for elsewhere in [
            Place { venue: Uuid::from_u128(9), ..place },
            Place { row: Uuid::from_u128(9), ..place },
            Place { column: "front_token", ..place },
            Place { table: "webhooks", ..place },
        ] {
            assert!(seal.open(elsewhere, &blob).is_err(), "{elsewhere:?}");
        }
        for at in 0..blob.len() {
            let mut changed = blob.clone();
            changed[at] ^= 1 << (n % 8);
            assert!(seal.open(place, &changed).is_err(), "byte {at} of blob {n}");
            refused += 1;
        }
        assert!((0..blob.len()).all(|cut| seal.open(place, &blob[..cut]).is_err()));
        assert!(Seal::new(&[4; 32]).open(place, &blob).is_err(), "another installation's key");
    }
    assert!(refused > 4_000, "{refused}");
    // the control: sealed without its place, the same blob opens anywhere
    let cipher = XChaCha20Poly1305::new(&Key::from([3; 32]));
    let nonce = XNonce::from([5; 24]);
    let anywhere = cipher.encrypt(&nonce, b"key".as_slice()).unwrap();
    assert_eq!(cipher.decrypt(&nonce, anywhere.as_slice()).unwrap(), b"key");
}

/// Two venues' keys change places in the database: neither venue may ask iiko with the other's.
#[actix_web::test]
async fn keys_swapped_between_venues_open_for_neither_and_the_page_says_what_to_do() {
    let panel = Panel::open_with_till().await;
    let (ours, theirs) = (panel.venue("Рябина").await, panel.venue("Заря").await);
    let anna = panel.owner_of(ours).await;
    for venue in [ours, theirs] {
        tie(&panel.db, &panel.seal, venue, anna.id).await;
    }
    let mut tx = panel.db.begin().await.unwrap();
    let blobs = all!(&mut tx, (Uuid, Vec<u8>), "SELECT venue_id, api_key FROM connections").unwrap();
    for (venue, blob) in &blobs {
        let other = if *venue == ours { theirs } else { ours };
        exec!(&mut tx, "UPDATE connections SET api_key = $2 WHERE venue_id = $1", other, blob.as_slice())
            .unwrap();
    }
    tx.commit().await.unwrap();
    anna.sends("/sync", []).await;
    let mut c = panel.db.read().await.unwrap();
    let sql =
        "SELECT count(*) FROM sync_runs WHERE venue_id = $1 AND state = 'failed' AND fault = 'sealed_key'";
    for _ in 0..600 {
        if one!(&mut c, (i64,), sql, ours).unwrap().0 == 1 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    drop(c);
    assert!(panel.till().tape().calls().next().is_none(), "iiko was not asked with somebody's key");
    let page = anna.opens("/settings/integrations/iiko?change=terminal").await;
    page.answers(200).says("Сохранённый ключ не открывается").says("Вставьте ключ iiko заново");
    // and the way on works
    let again =
        anna.sends("/settings/integrations/iiko/key", [("api_key", maitre::sandbox::world::API_KEY)]).await;
    again.says("Ключ подошёл");
    panel.close().await;
}
