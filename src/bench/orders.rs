//! The list of orders as a shift opens it: the processor time of a page, its size, how many a second, at a hundred thousand
//! orders and at a million.
use std::path::Path;
use std::time::Duration;

use uuid::Uuid;

use crate::bench::child::{Serving, internal};
use crate::bench::load::{self, Line};
use crate::bench::place;
use crate::clock;
use crate::error::Result;
use crate::past;

const TIME: Duration = Duration::from_secs(3);

/// Later than any order, microseconds: `after` it is the first page.
const LATER: u64 = 4_102_444_800_000_000;

/// The address of the nth page.
type Asked = Box<dyn Fn(u64) -> String + Send>;

pub async fn all(sizes: &[usize]) -> Result<()> {
    println!(
        "  orders   page                         cpu    gzipped   queries   pages a second with {} connections",
        load::CONNECTIONS
    );
    for &orders in sizes {
        let folder = std::env::temp_dir().join(format!("maitre-bench-{}", Uuid::now_v7().simple()));
        std::fs::create_dir_all(&folder).map_err(internal)?;
        let measured = one(orders, &folder).await;
        let _ = std::fs::remove_dir_all(&folder);
        measured?;
    }
    Ok(())
}

async fn one(orders: usize, folder: &Path) -> Result<()> {
    let (db, venue, _) = place::fresh(folder).await?;
    past::orders(&db, venue, orders, clock::now()).await?;
    db.close().await;
    let serving = Serving::open(folder)?;
    let who = (serving.address.as_str(), serving.sid.as_str());
    let base = format!("/v/{venue}/orders");
    let mut line = Line::open(&serving.address).await?;
    let (_, first) = line.asks(&get(who, &base, "identity")).await?;
    let first = String::from_utf8_lossy(&first).into_owned();
    let older = first.split("href=\"").filter(|part| part.contains("after=")).last();
    let older = older.and_then(|part| part.split('"').next()).unwrap_or_default().replace("&amp;", "&");
    let pages = [
        ("first", base.clone()),
        ("second", older),
        ("by number", format!("{base}?q={}", orders / 2)),
        ("by phone", format!("{base}?q=%2B79161234567")),
        ("cancelled", format!("{base}?status=cancelled")),
        ("pickup", format!("{base}?tab=pickup")),
        ("needs a person", format!("{base}?tab=trouble")),
    ];
    // the newest again, each time by another address: none of them is drawn already
    let anew: Asked = Box::new(move |nth| format!("{base}?after={}_{}", LATER + nth, Uuid::max()));
    let pages = pages.into_iter().map(|(name, path)| (name, Box::new(move |_| path.clone()) as Asked));
    for (name, path) in pages.chain([("first, drawn anew", anew)]) {
        let (head, body) = line.asks(&get(who, &path(0), "gzip")).await?;
        let queries = head.split("desc=\"").nth(1).and_then(|rest| rest.split(' ').next()).unwrap_or("?");
        let before = serving.cpu();
        let (address, sid) = (serving.address.clone(), serving.sid.clone());
        let request = move |nth| get((&address, &sid), &path(nth), "gzip");
        let (count, took) = load::answers(&serving.address, TIME, request).await?;
        println!(
            "{orders:>8}   {name:<22} {:>7.3} ms {:>7.1} KB {queries:>9} {:>9.0}",
            (serving.cpu() - before) * 1e3 / count as f64,
            body.len() as f64 / 1e3,
            count as f64 / took.as_secs_f64()
        );
    }
    Ok(())
}

/// `who` is where the panel listens and whose session it is.
fn get((address, sid): (&str, &str), path: &str, encoding: &str) -> Vec<u8> {
    let seed = "0".repeat(64);
    format!(
        "GET {path} HTTP/1.1\r\nHost: {address}\r\nAccept-Encoding: {encoding}\r\nCookie: maitre-sid={sid}; maitre-seed={seed}\r\n\r\n"
    )
    .into_bytes()
}
