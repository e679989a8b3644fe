//! A first sync, a repeat and the menu page, against a floor: plain `serde_json` and a plain upsert of the same rows.
use std::path::Path;
use std::time::{Duration, Instant};

use serde::Deserialize;
use uuid::Uuid;

use crate::bench::child::{Part, finished, internal, memory, read};
use crate::bench::place::{database, panel, tied};
use crate::db::conn::Db;
use crate::db::migrations::migrate;
use crate::error::{Error, Result};
use crate::queue::job;
use crate::sandbox::world::World;
use crate::secret::Seal;
use crate::sync::beside::Beside;
use crate::sync::run::{self, Scope};
use crate::sync::work::{Work, digest};
use crate::{exec, fill};

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
        let floor = finished(Part::Floor, &folder)?;
        let ours = finished(Part::Sync, &folder)?;
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

pub async fn ours(folder: &Path) -> Result<()> {
    let db = database(folder, "ours.db").await?;
    migrate(&db).await?;
    let seal = Seal::new(&[7; 32]);
    let (venue, by) = tied(&db, &seal).await?;
    let before = memory("VmRSS:");
    let body = std::fs::read(folder.join("body.json")).map_err(internal)?;
    println!("first={}", sync(&db, (venue, by), &body).await?.as_secs_f64() * 1e3);
    println!("peak={}", memory("VmHWM:") - before);
    let mut again = String::from_utf8(body).map_err(internal)?;
    bump_revision(&mut again);
    println!("repeat={}", sync(&db, (venue, by), again.as_bytes()).await?.as_secs_f64() * 1e3);
    println!("page={}", menu_page(&db, seal, venue).await?);
    Ok(())
}

/// The same menu under a newer revision: the whole picture is read and compared.
fn bump_revision(body: &mut String) {
    if let Some(at) = body.rfind("\"revision\":") {
        body.insert(at + "\"revision\":".len(), '9');
    }
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
async fn menu_page(db: &Db, seal: Seal, venue: Uuid) -> Result<f64> {
    let (server, address, sid) = panel(db, seal, 1).await?;
    let url = format!("http://{address}/v/{venue}/menu");
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

pub async fn floor(folder: &Path) -> Result<()> {
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
