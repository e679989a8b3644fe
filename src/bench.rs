//! `maitre bench`: how long a sync and a menu page take, and how much memory, against a floor: plain `serde_json` and a
//! plain upsert of the same rows. Each measurement runs in a process of its own, so that its peak memory is its own.
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use serde::Deserialize;
use uuid::Uuid;

use crate::accounts::user::{self, NewUser};
use crate::app::{self, Parts};
use crate::db::conn::Db;
use crate::db::migrations::migrate;
use crate::error::{Error, Result};
use crate::integrations::connection::{self, NewKey, Organization};
use crate::integrations::iiko_cloud::client::Gate;
use crate::integrations::iiko_cloud::settings::Settings as Iiko;
use crate::lang::Lang;
use crate::queue::job;
use crate::sandbox::world::World;
use crate::secret::Seal;
use crate::sync::beside::Beside;
use crate::sync::run::{self, Scope};
use crate::sync::work::{Work, digest};
use crate::venues::member::{self, Role};
use crate::venues::venue;
use crate::web::settings::Settings;
use crate::{exec, fill};

/// What one process measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Part {
    /// First sync, repeat, and the menu page.
    Sync,
    /// `serde_json` and an upsert, nothing else.
    Floor,
}

/// Runs every size, each part in a child process, and prints a table.
pub async fn all(sizes: &[usize]) -> Result<()> {
    println!(
        "products      body   floor first  floor repeat   sync first  sync repeat   first/floor   peak memory   menu page"
    );
    for &products in sizes {
        let folder = std::env::temp_dir().join(format!("maitre-bench-{}", Uuid::now_v7().simple()));
        std::fs::create_dir_all(&folder).map_err(internal)?;
        let body = [br#"{"correlationId":"bench""#.as_slice(), &World::generated(products).menu().tail(None)]
            .concat();
        std::fs::write(folder.join("body.json"), &body).map_err(internal)?;
        let megabytes = body.len() as f64 / 1e6;
        drop(body);
        let floor = child(Part::Floor, &folder)?;
        let ours = child(Part::Sync, &folder)?;
        let (of, our) = (|key| read(&floor, key), |key| read(&ours, key));
        println!(
            "{products:>8} {megabytes:>6.1} MB {:>9.0} ms {:>10.0} ms {:>9.0} ms {:>9.0} ms {:>12.2}× {:>8.1}× body {:>8.2} ms",
            of("first"),
            of("repeat"),
            our("first"),
            our("repeat"),
            our("first") / of("first"),
            our("peak") / megabytes,
            our("page"),
        );
        let _ = std::fs::remove_dir_all(&folder);
    }
    Ok(())
}

fn internal(cause: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::Internal(Box::new(cause))
}

fn child(part: Part, folder: &Path) -> Result<String> {
    let me = std::env::current_exe().map_err(internal)?;
    let part = if part == Part::Sync { "sync" } else { "floor" };
    let done = Command::new(me)
        .args(["bench", "--part", part, "--folder"])
        .arg(folder)
        .output()
        .map_err(internal)?;
    if !done.status.success() {
        return Err(Error::internal(String::from_utf8_lossy(&done.stderr).into_owned()));
    }
    Ok(String::from_utf8_lossy(&done.stdout).into_owned())
}

/// `first=12.3` of a child's lines; milliseconds, or megabytes of `peak`.
fn read(lines: &str, key: &str) -> f64 {
    let value = lines.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix('='));
    value.and_then(|value| value.parse().ok()).unwrap_or(f64::NAN)
}

/// One part, in this process; prints `key=value` lines.
pub async fn one(part: Part, folder: PathBuf) -> Result<()> {
    match part {
        Part::Floor => floor(&folder).await,
        Part::Sync => ours(&folder).await,
    }
}

async fn ours(folder: &Path) -> Result<()> {
    let db = database(folder, "ours.db").await?;
    migrate(&db).await?;
    let seal = Seal::new(&[7; 32]);
    let (venue, by) = venue_on(&db, &seal).await?;
    let before = memory("VmRSS:");
    let body = std::fs::read(folder.join("body.json")).map_err(internal)?;
    println!("first={}", sync(&db, (venue, by), &body).await?.as_secs_f64() * 1e3);
    println!("peak={}", memory("VmHWM:") - before);
    let mut again = String::from_utf8(body).map_err(internal)?;
    bump_revision(&mut again);
    println!("repeat={}", sync(&db, (venue, by), again.as_bytes()).await?.as_secs_f64() * 1e3);
    println!("page={}", menu_page(&db, seal, (venue, by)).await?);
    Ok(())
}

/// The same menu under a newer revision: the whole picture is read and compared.
fn bump_revision(body: &mut String) {
    if let Some(at) = body.rfind("\"revision\":") {
        body.insert(at + "\"revision\":".len(), '9');
    }
}

async fn database(folder: &Path, name: &str) -> Result<Db> {
    Db::connect(&format!("sqlite://{}", folder.join(name).display()), 4).await
}

async fn venue_on(db: &Db, seal: &Seal) -> Result<(Uuid, Uuid)> {
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

/// From an answer in memory to the committed menu with its history: what the job does after the network.
async fn sync(db: &Db, (venue, by): (Uuid, Uuid), body: &[u8]) -> Result<Duration> {
    let mut tx = db.begin().await?;
    let (run, _) = run::ask(&mut tx, venue, by, (Scope::All, None)).await?;
    tx.commit().await?;
    let lease = job::claim(db).await?.ok_or_else(|| Error::internal("no job to measure"))?;
    let work = Work::of(db, lease).await?.ok_or_else(|| Error::internal("no run to measure"))?;
    let started = Instant::now();
    digest(&work, None, Some(body), &Beside::default()).await?;
    let took = started.elapsed();
    let ended = run::get(&mut db.read().await?, venue, run).await?;
    if matches!(ended.state.as_str(), "applied" | "unchanged") {
        Ok(took)
    } else {
        Err(Error::internal(format!("the measured sync ended {}", ended.state)))
    }
}

/// The menu page's own time on the server (`Server-Timing`), milliseconds: the median of 50 over HTTP.
async fn menu_page(db: &Db, seal: Seal, (venue, by): (Uuid, Uuid)) -> Result<f64> {
    let mut tx = db.begin().await?;
    let (user, _) = user::by_email(&mut tx, "bench@example.com").await?.ok_or(Error::NotFound("user"))?;
    debug_assert_eq!(user.id, by);
    let sid =
        crate::accounts::session::open(&mut tx, &user, "bench", "127.0.0.1", crate::clock::now()).await?;
    tx.commit().await?;
    let web = Settings { origin: None, secure: false, timing: true, client_ip_header: None };
    let gate = Gate::new(Iiko::at("http://127.0.0.1:9")).map_err(internal)?;
    let listener = std::net::TcpListener::bind("127.0.0.1:0").map_err(internal)?;
    let url = format!("http://{}/v/{venue}/menu", listener.local_addr().map_err(internal)?);
    let server = app::serve(Parts { db: db.clone(), seal, web, gate }, listener, 1)?;
    let handle = server.handle();
    actix_web::rt::spawn(server);
    let client = reqwest::Client::builder().no_proxy().build().map_err(internal)?;
    let mut times = Vec::new();
    for _ in 0..50 {
        let answer =
            client.get(&url).header("cookie", format!("maitre-sid={sid}")).send().await.map_err(internal)?;
        let timing = answer.headers().get("server-timing").and_then(|v| v.to_str().ok()).unwrap_or_default();
        let total = timing.rsplit_once("total;dur=").and_then(|(_, ms)| ms.parse::<f64>().ok());
        times.push(
            total.ok_or_else(|| Error::internal(format!("the menu page answered {}", answer.status())))?,
        );
    }
    handle.stop(false).await;
    times.sort_by(f64::total_cmp);
    Ok(times.get(times.len() / 2).copied().unwrap_or_default())
}

/// A line of `/proc/self/status`, megabytes; 0 where there is no such file.
fn memory(key: &str) -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(key));
    line.and_then(|kb| kb.trim().trim_end_matches(" kB").parse::<f64>().ok()).unwrap_or(0.0) / 1_000.0
}

/// The menu as anybody would read it: owned texts, binary floats.
#[derive(Deserialize)]
struct PlainMenu {
    products: Vec<PlainProduct>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PlainProduct {
    id: Uuid,
    name: String,
    code: Option<String>,
    r#type: Option<String>,
    description: Option<String>,
    seo_description: Option<String>,
    order: i64,
    weight: Option<f64>,
    measure_unit: Option<String>,
    size_prices: Vec<serde_json::Value>,
    modifiers: Vec<serde_json::Value>,
    group_modifiers: Vec<serde_json::Value>,
}

async fn floor(folder: &Path) -> Result<()> {
    let db = database(folder, "floor.db").await?;
    let mut tx = db.begin().await?;
    exec!(
        &mut tx,
        "CREATE TABLE plain (id UUID NOT NULL PRIMARY KEY, kind TEXT, code TEXT, name TEXT, description TEXT, price BIGINT,
           sort_order BIGINT, weight TEXT, unit TEXT, options TEXT)"
    )?;
    tx.commit().await?;
    for key in ["first", "repeat"] {
        let body = std::fs::read(folder.join("body.json")).map_err(internal)?;
        let started = Instant::now();
        plain(&db, &body).await?;
        println!("{key}={}", started.elapsed().as_secs_f64() * 1e3);
    }
    Ok(())
}

async fn plain(db: &Db, body: &[u8]) -> Result<()> {
    let menu: PlainMenu = serde_json::from_slice(body).map_err(internal)?;
    let mut tx = db.begin().await?;
    fill!(
        &mut tx,
        "INSERT INTO plain (id, kind, code, name, description, price, sort_order, weight, unit, options) ",
        " ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, code = excluded.code, name = excluded.name,
           description = excluded.description, price = excluded.price, sort_order = excluded.sort_order,
           weight = excluded.weight, unit = excluded.unit, options = excluded.options",
        menu.products,
        |p, b| {
            let price = p
                .size_prices
                .first()
                .and_then(|row| row.pointer("/price/currentPrice")?.as_f64())
                .unwrap_or(0.0);
            let options = serde_json::to_string(&(&p.size_prices, &p.modifiers, &p.group_modifiers))
                .unwrap_or_default();
            b.push_bind(p.id)
                .push_bind(&p.r#type)
                .push_bind(&p.code)
                .push_bind(&p.name)
                .push_bind(p.seo_description.as_ref().or(p.description.as_ref()))
                .push_bind((price * 100.0).round() as i64)
                .push_bind(p.order)
                .push_bind(p.weight.map(|w| w.to_string()))
                .push_bind(&p.measure_unit)
                .push_bind(options);
        }
    )?;
    tx.commit().await
}
