//! T27: whoever reads the menu during a sync reads the old one or the new one, never a mix.
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use maitre::all;
use maitre::db::conn::Db;
use reqwest::Method;
use uuid::Uuid;

use crate::support::fed::{Fed, dish, export, folder, tie};
use crate::support::panel::Panel;
use crate::support::person::Person;

const DISHES: u128 = 120;

/// Every name is of one moment; a fifth of the dishes is in A alone, so the counts tell the moments apart too.
fn menu(revision: i64) -> serde_json::Value {
    let letter = if revision % 2 == 0 { 'A' } else { 'B' };
    let dishes: Vec<_> = (0..DISHES)
        .filter(|n| letter == 'A' || n % 5 != 0)
        .map(|n| dish(1_000 + n, &format!("Блюдо {n} {letter}"), Some(10 + n % 6), 300.0))
        .collect();
    let folders: Vec<_> = (10..16).map(|n| folder(n, &format!("Раздел {n}"), None)).collect();
    export(revision, &folders, &dishes)
}

/// Whether names of both moments are among these; what vanished keeps its old one.
fn is_mixed(names: &[String]) -> bool {
    let number = |name: &str| name.split(' ').nth(1).and_then(|n| n.parse::<u128>().ok()).unwrap();
    let there: Vec<&String> = names.iter().filter(|name| number(name) % 5 != 0).collect();
    there.iter().any(|name| name.ends_with('A')) && there.iter().any(|name| name.ends_with('B'))
}

/// The dishes' names on the page and the number its heading tells; without building a tree of the page: the reader should
/// be quick.
async fn read(anna: &Person) -> (Vec<String>, usize) {
    let answer = anna.request(Method::GET, "/menu").send().await.unwrap().error_for_status().unwrap();
    let page = answer.text().await.unwrap();
    let found = page
        .match_indices("Блюдо ")
        .map(|(at, _)| page[at..].split(['<', '"', ',']).next().unwrap_or_default().trim().to_owned());
    let (heading, _) = page.split_once("товар").unwrap();
    let told = heading.trim_end().rsplit(|c: char| !c.is_ascii_digit()).next().unwrap().parse();
    (found.collect(), told.unwrap_or_else(|_| panic!("{}", &heading[heading.len() - 100..])))
}

/// Reads as nobody should: the first half in one statement, the second in another, without a snapshot.
async fn carelessly(db: &Db, venue: Uuid) -> Vec<String> {
    let mut names = Vec::new();
    let mut c = db.read().await.unwrap();
    for from in [0, 60] {
        let sql = "SELECT name FROM products WHERE venue_id = $1 ORDER BY iiko_id LIMIT 60 OFFSET $2";
        let half = all!(&mut c, (String,), sql, venue, i64::from(from)).unwrap();
        names.extend(half.into_iter().map(|(name,)| name));
        tokio::time::sleep(std::time::Duration::from_millis(3)).await;
    }
    names
}

#[actix_web::test]
async fn two_hundred_syncs_show_no_reader_a_mix() {
    let panel = Panel::open().await;
    let venue = panel.venue("Рябина").await;
    let anna = panel.manager_of(venue).await;
    tie(&panel.db, &panel.seal, venue, anna.id).await;
    let fed = Fed { db: panel.db.clone(), venue, by: anna.id };
    fed.sync(&menu(1)).await;
    let anna = Arc::new(anna);
    let over = Arc::new(AtomicBool::new(false));
    let [pages, mixed, careless]: [Arc<AtomicUsize>; 3] = Default::default();
    let mut readers = Vec::new();
    for _ in 0..3 {
        let (anna, over, pages, mixed) = (anna.clone(), over.clone(), pages.clone(), mixed.clone());
        readers.push(actix_web::rt::spawn(async move {
            while !over.load(Ordering::Relaxed) {
                let (names, told) = read(&anna).await;
                let fits = told == if names.iter().any(|name| name == "Блюдо 1 A") { 120 } else { 96 };
                pages.fetch_add(1, Ordering::Relaxed);
                mixed.fetch_add(usize::from(is_mixed(&names) || !fits), Ordering::Relaxed);
            }
        }));
    }
    let (db, ended, caught) = (panel.db.clone(), over.clone(), careless.clone());
    readers.push(actix_web::rt::spawn(async move {
        while !ended.load(Ordering::Relaxed) {
            caught.fetch_add(usize::from(is_mixed(&carelessly(&db, venue).await)), Ordering::Relaxed);
        }
    }));
    for revision in 2..=201 {
        assert_eq!(fed.sync(&menu(revision)).await.state, "applied");
    }
    over.store(true, Ordering::Relaxed);
    for reader in readers {
        reader.await.unwrap();
    }
    let [pages, mixed, careless] = [pages, mixed, careless].map(|count| count.load(Ordering::Relaxed));
    println!("{pages} pages during 200 syncs, {mixed} mixed; read carelessly: {careless} mixed");
    assert!(pages > 50, "{pages} pages");
    assert_eq!(mixed, 0);
    assert!(careless > 0, "the control reads mixes");
    panel.close().await;
}
