//! Real exports through the panel: what its menu shows is held against a second reading of the same file.
use std::collections::{BTreeMap, HashSet};

use maitre::sync::change::RULES;
use maitre::sync::gate::Held;
use maitre::{all, exec};
use scraper::{ElementRef, Html, Selector};
use serde_json::Value;
use uuid::Uuid;

use crate::support::fed::{Fed, tie};
use crate::support::panel::Panel;
use crate::support::reading::{Expected, Reading, read};
use crate::support::screen::Screen;
use crate::support::shared;

const NOMENCLATURE: &str = "iiko/samples/nomenclature";

fn sample(path: &str) -> Option<Value> {
    let file = shared::file(path)?;
    Some(serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap())
}

fn every_sample() -> Vec<String> {
    let Some(folder) = shared::file(NOMENCLATURE) else { return Vec::new() };
    let mut files: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| format!("{NOMENCLATURE}/{}", entry.unwrap().file_name().to_string_lossy()))
        .collect();
    files.push("iiko/samples/synthetic/nomenclature-awkward.json".to_owned());
    files.sort();
    assert!(files.len() > 7, "{files:?}");
    files
}

/// A product as the database has it.
type Kept = (Uuid, String, i64, String, String, bool, String, Option<String>, String, bool);

async fn kept(fed: &Fed) -> BTreeMap<String, (Expected, bool)> {
    let rows = all!(
        &mut fed.db.read().await.unwrap(),
        Kept,
        "SELECT p.iiko_id, p.name, p.price, p.description, p.code, p.on_sale, s.name, c.name, p.placed,
                p.vanished_at IS NOT NULL
         FROM products p JOIN sections s ON s.venue_id = p.venue_id AND s.id = p.section_id
         LEFT JOIN categories c ON c.venue_id = p.venue_id AND c.id = p.category_id WHERE p.venue_id = $1",
        fed.venue
    );
    let one = |row: Kept| {
        let (id, name, kopecks, description, code, on_sale, section, category, placed, gone) = row;
        let rule =
            RULES.iter().chain(&["manager"]).find(|rule| **rule == placed).expect("a rule of the list");
        let path = Vec::new();
        let is = Expected { name, kopecks, description, code, on_sale, section, category, rule, path };
        (id.to_string(), (is, gone))
    };
    rows.unwrap().into_iter().map(one).collect()
}

fn without_path(dish: &Expected) -> Expected {
    Expected { path: Vec::new(), ..dish.clone() }
}

/// What a person reads on the menu's page: section, category, name, kopecks; sorted.
type Line = (String, Option<String>, String, i64);

fn lines(screen: &Screen) -> Vec<Line> {
    let page = Html::parse_document(&screen.html);
    let css = |css: &str| Selector::parse(css).unwrap();
    let words = |element: ElementRef| folded(&element.text().collect::<String>());
    let title = |li: ElementRef| {
        let name = li.select(&css("summary .tree-name")).next().expect("a name");
        let count = name.select(&css(".num")).next().map(words).unwrap_or_default();
        words(name).trim_end_matches(&count).trim().to_owned()
    };
    let mut lines = Vec::new();
    for section in page.select(&css("li[id^='s-']")) {
        for dish in section.select(&css("li.dish")) {
            let category = dish
                .ancestors()
                .filter_map(ElementRef::wrap)
                .find(|e| e.attr("id").is_some_and(|id| id.starts_with("c-")));
            let name = words(dish.select(&css(".dish-name")).next().unwrap());
            let kopecks = dish.select(&css("data")).next().unwrap().attr("value").unwrap().parse().unwrap();
            lines.push((title(section), category.map(title), name, kopecks));
        }
    }
    lines.sort();
    lines
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn expected_lines(reading: &Reading) -> Vec<Line> {
    let line = |dish: &Expected| {
        (folded(&dish.section), dish.category.as_deref().map(folded), folded(&dish.name), dish.kopecks)
    };
    let mut lines: Vec<Line> = reading.dishes.values().map(line).collect();
    lines.sort();
    lines
}

#[actix_web::test]
async fn every_sample_shows_on_the_menu_as_a_second_reading_says() {
    for file in every_sample() {
        let export = sample(&file).unwrap();
        let reading = read(&export);
        let panel = Panel::open().await;
        let venue = panel.venue("Рябина").await;
        let owner = panel.owner_of(venue).await;
        tie(&panel.db, &panel.seal, venue, owner.id).await;
        let fed = Fed { db: panel.db.clone(), venue, by: owner.id };
        let run = fed.sync(&export).await;
        if reading.dishes.is_empty() {
            assert_eq!(run.fault.as_deref(), Some("nothing_exported"), "{file}");
            owner.opens(&format!("/sync/{}", run.id)).await.says("Выгрузка меню");
            panel.close().await;
            continue;
        }
        assert_eq!((run.state.as_str(), run.is_first), ("applied", true), "{file}");
        assert_eq!(lines(&owner.opens("/menu").await), expected_lines(&reading), "{file}");
        compare(&fed, &run, &reading, &file).await;
        let before = fed.everything().await;
        let again = fed.sync(&export).await;
        assert_eq!(
            (again.state.as_str(), again.tally.unchanged),
            ("unchanged", reading.dishes.len() as i64),
            "{file}"
        );
        assert_eq!(fed.everything().await, before, "{file}");
        panel.close().await;
    }
}

/// What the page does not show: descriptions, codes, rules, what was skipped, what arrived hidden.
async fn compare(fed: &Fed, run: &maitre::sync::run::Run, reading: &Reading, file: &str) {
    let kept = kept(fed).await;
    assert_eq!(kept.len(), reading.dishes.len(), "{file}");
    for (id, dish) in &reading.dishes {
        assert_eq!(kept[id], (without_path(dish), false), "{file} {id}");
    }
    let rows = fed.changes(run).await;
    let mut skipped: Vec<_> = rows
        .iter()
        .filter(|row| row.kind == "skipped")
        .map(|row| (row.rule.clone(), row.name.clone()))
        .collect();
    skipped.sort();
    assert_eq!(skipped, reading.skipped, "{file}");
    for row in rows.iter().filter(|row| row.kind == "added" && row.thing == "product") {
        let dish = &reading.dishes[&row.iiko_id.unwrap().to_string()];
        assert_eq!(
            (row.rule.as_str(), row.note.as_str()),
            (dish.rule, dish.path.join(" → ").as_str()),
            "{file}"
        );
    }
    let hidden = all!(
        &mut fed.db.read().await.unwrap(),
        (String,),
        "SELECT name FROM sections WHERE venue_id = $1 AND hidden_at IS NOT NULL",
        fed.venue
    );
    let hidden: HashSet<String> = hidden.unwrap().into_iter().map(|(name,)| name).collect();
    assert_eq!(hidden, reading.hidden, "{file}");
}

#[actix_web::test]
async fn a_pizzerias_two_moments_are_a_first_and_a_second_sync() {
    let (Some(then), Some(now)) = (
        sample(&format!("{NOMENCLATURE}/pizza-vl-2025-03.json")),
        sample(&format!("{NOMENCLATURE}/pizza-vl-2026-02.json")),
    ) else {
        return;
    };
    let (was, is) = (read(&then), read(&now));
    let fed = Fed::open().await;
    fed.sync(&then).await;
    let arranged = arrange(&fed).await;
    let gone: Vec<&String> = was.dishes.keys().filter(|id| !is.dishes.contains_key(*id)).collect();
    let both: Vec<&String> = was.dishes.keys().filter(|id| is.dishes.contains_key(*id)).collect();
    let held = fed.sync(&now).await;
    let repriced = both.iter().filter(|id| was.dishes[**id].kopecks != is.dishes[**id].kopecks).count();
    let told = Held::ManyRepriced { n: repriced as i64, of: both.len() as i64 };
    assert_eq!((held.state.as_str(), held.held.0.as_slice()), ("held", [told].as_slice()));
    assert_eq!(arrangement(&fed).await, arranged, "held: nothing is touched");
    let run = fed.sync_text(now.to_string().as_bytes(), held.plan_digest.as_deref()).await;
    assert_eq!(run.state, "applied");
    assert_eq!(run.tally.vanished, gone.len() as i64);
    assert_eq!(run.tally.added, (is.dishes.len() - both.len()) as i64);
    let rows = fed.changes(&run).await;
    let told = |field: &str| {
        rows.iter().filter(|row| row.thing == "product" && row.field.as_deref() == Some(field)).count()
    };
    let differ = |differ: fn(&Expected, &Expected) -> bool| {
        both.iter().filter(|id| differ(&was.dishes[**id], &is.dishes[**id])).count()
    };
    assert_eq!(told("price"), differ(|a, b| a.kopecks != b.kopecks));
    assert_eq!(told("name"), differ(|a, b| a.name != b.name));
    assert_eq!(told("description"), differ(|a, b| a.description != b.description));
    assert_eq!(told("iiko_path"), differ(|a, b| a.path != b.path));
    for (id, (kept, vanished)) in kept(&fed).await {
        assert_eq!(vanished, gone.contains(&&id), "{id}");
        let iikos = is.dishes.get(&id).unwrap_or_else(|| &was.dishes[&id]);
        assert_eq!(
            (&kept.name, kept.kopecks, &kept.description),
            (&iikos.name, iikos.kopecks, &iikos.description)
        );
        if !was.dishes.contains_key(&id) {
            assert!(
                kept.section.starts_with("Синхронизация с iiko от ") && kept.category.is_none(),
                "{kept:?}"
            );
        }
    }
    let after = arrangement(&fed).await;
    assert!(
        arranged.is_subset(&after),
        "what was arranged stands: {:?}",
        arranged.difference(&after).collect::<Vec<_>>()
    );
}

/// A manager at work: two products moved, one with an order of its own, a section hidden, photos on every third product.
async fn arrange(fed: &Fed) -> HashSet<String> {
    let menu = fed.menu().await;
    let mut tx = fed.db.begin().await.unwrap();
    let to = menu.sections[0].id;
    for (n, product) in menu.products.iter().enumerate() {
        if n % 40 == 0 {
            let sql = "UPDATE products SET section_id = $2, category_id = NULL, position = $3, placed = 'manager' WHERE id = $1";
            exec!(&mut tx, sql, product.id, to, n as i64).unwrap();
        }
        if n % 3 == 0 {
            let sql = "INSERT INTO photos (venue_id, id, product_id, position, width, height, created_by, created_at)
                       VALUES ($1, $2, $3, 1, 800, 600, $4, $5)";
            exec!(&mut tx, sql, fed.venue, Uuid::now_v7(), product.id, fed.by, maitre::clock::now()).unwrap();
        }
    }
    let hide =
        "UPDATE sections SET hidden_at = $2, hidden_by = $3, name = 'Архив', position = 99 WHERE id = $1";
    exec!(&mut tx, hide, menu.sections[1].id, maitre::clock::now(), fed.by).unwrap();
    tx.commit().await.unwrap();
    arrangement(fed).await
}

/// All that is the manager's, as comparable texts.
async fn arrangement(fed: &Fed) -> HashSet<String> {
    let mut c = fed.db.read().await.unwrap();
    let places = all!(
        &mut c,
        (Uuid, Uuid, Option<Uuid>, Option<i64>),
        "SELECT id, section_id, category_id, position FROM products WHERE venue_id = $1",
        fed.venue
    );
    let sections = all!(
        &mut c,
        (Uuid, String, i64, bool),
        "SELECT id, name, position, hidden_at IS NOT NULL FROM sections WHERE venue_id = $1",
        fed.venue
    );
    let categories = all!(
        &mut c,
        (Uuid, String, i64, Uuid),
        "SELECT id, name, position, section_id FROM categories WHERE venue_id = $1",
        fed.venue
    );
    let photos =
        all!(&mut c, (Uuid, Uuid), "SELECT id, product_id FROM photos WHERE venue_id = $1", fed.venue);
    let mut all: HashSet<String> = places.unwrap().iter().map(|row| format!("{row:?}")).collect();
    all.extend(sections.unwrap().iter().map(|row| format!("{row:?}")));
    all.extend(categories.unwrap().iter().map(|row| format!("{row:?}")));
    all.extend(photos.unwrap().iter().map(|row| format!("{row:?}")));
    all
}
