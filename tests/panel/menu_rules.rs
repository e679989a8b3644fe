//! The menu's rules, each a test: what comes from iiko, what is the manager's, and what a sync never touches.
use maitre::money::Kopecks;
use maitre::sync::gate::Held;
use maitre::{exec, one};
use serde_json::{Value, json};

use crate::support::fed::{Fed, dish, export, folder, id};

fn kitchen() -> Vec<Value> {
    vec![
        folder(10, "Кухня", None),
        folder(11, "Супы", Some(10)),
        folder(12, "Холодные", Some(11)),
        folder(20, "Бар", None),
    ]
}

fn four_dishes() -> Vec<Value> {
    vec![
        dish(101, "Борщ", Some(11), 420.0),
        dish(102, "Окрошка", Some(12), 380.5),
        dish(103, "Хлеб", Some(10), 60.0),
        dish(104, "Морс", Some(20), 150.0),
    ]
}

async fn place_of(fed: &Fed, n: u128) -> (String, Option<String>, String) {
    let product = fed.product(n).await;
    let menu = fed.menu().await;
    let section = menu.sections.iter().find(|s| s.id == product.section_id).unwrap().name.clone();
    let category =
        product.category_id.map(|id| menu.categories.iter().find(|c| c.id == id).unwrap().name.clone());
    (section, category, product.placed)
}

fn spot(section: &str, category: Option<&str>, rule: &str) -> (String, Option<String>, String) {
    (section.to_owned(), category.map(str::to_owned), rule.to_owned())
}

#[actix_web::test]
async fn the_first_sync_copies_three_levels_and_deeper_ones_rise() {
    let fed = Fed::open().await;
    let run = fed.sync(&export(5, &kitchen(), &four_dishes())).await;
    assert_eq!((run.state.as_str(), run.is_first, run.tally.added), ("applied", true, 4));
    assert_eq!(place_of(&fed, 101).await, spot("Кухня", Some("Супы"), "copied"));
    assert_eq!(place_of(&fed, 102).await, spot("Кухня", Some("Супы"), "flattened"));
    assert_eq!(place_of(&fed, 103).await, spot("Кухня", None, "top_group"));
    assert_eq!(place_of(&fed, 104).await, spot("Бар", None, "top_group"));
    assert_eq!(fed.product(102).await.price, Kopecks(38_050));
}

#[actix_web::test]
async fn what_has_no_sound_folder_stands_somewhere_and_says_why() {
    let fed = Fed::open().await;
    let mut loops = folder(30, "Круг", Some(31));
    loops["order"] = json!(1);
    let mut deleted = folder(40, "Удалённая", None);
    deleted["isDeleted"] = json!(true);
    let groups =
        [kitchen(), vec![loops, folder(31, "Круг 2", Some(30)), deleted, folder(50, "Сирота", Some(99))]]
            .concat();
    let dishes = [
        dish(101, "Без папки", None, 1.0),
        dish(102, "В неизвестной", Some(77), 1.0),
        dish(103, "В круге", Some(30), 1.0),
        dish(104, "В удалённой", Some(40), 1.0),
        dish(105, "У сироты", Some(50), 1.0),
    ];
    fed.sync(&export(5, &groups, &dishes)).await;
    for (n, rule) in
        [(101, "no_group"), (102, "unknown_group"), (103, "looped_group"), (104, "deleted_group")]
    {
        assert_eq!(place_of(&fed, n).await, spot("Без папки в iiko", None, rule));
    }
    assert_eq!(place_of(&fed, 105).await, spot("Сирота", None, "detached_group"));
}

#[actix_web::test]
async fn later_syncs_never_move_rename_or_add_folders() {
    let fed = Fed::open().await;
    fed.sync(&export(5, &kitchen(), &four_dishes())).await;
    let (sections, categories) = {
        let m = fed.menu().await;
        (m.sections.len(), m.categories.len())
    };
    let mut groups = kitchen();
    groups[1]["name"] = json!("Первые блюда");
    groups.push(folder(60, "Лето", None));
    let mut dishes = four_dishes();
    dishes[3]["parentGroup"] = json!(id(60));
    let run = fed.sync(&export(6, &groups, &dishes)).await;
    assert_eq!((run.tally.moved, run.tally.added), (3, 0), "a renamed folder and a moved dish are told");
    assert_eq!(place_of(&fed, 101).await, spot("Кухня", Some("Супы"), "copied"));
    assert_eq!(place_of(&fed, 104).await, spot("Бар", None, "top_group"));
    let menu = fed.menu().await;
    assert_eq!((menu.sections.len(), menu.categories.len()), (sections, categories));
}

#[actix_web::test]
async fn new_products_wait_in_the_section_of_the_day_made_once_and_only_for_them() {
    let fed = Fed::open().await;
    fed.sync(&export(5, &kitchen(), &four_dishes())).await;
    let mut dishes = four_dishes();
    dishes[0]["sizePrices"][0]["price"]["currentPrice"] = json!(450);
    fed.sync(&export(6, &kitchen(), &dishes)).await;
    let of_day =
        |menu: &maitre::menu::import::Ours| menu.sections.iter().filter(|s| s.origin == "sync_day").count();
    assert_eq!(of_day(&fed.menu().await), 0, "nothing new, no section");
    dishes.push(dish(201, "Свекольник", Some(11), 390.0));
    fed.sync(&export(7, &kitchen(), &dishes)).await;
    dishes.push(dish(202, "Ботвинья", Some(20), 410.0));
    let run = fed.sync(&export(8, &kitchen(), &dishes)).await;
    assert_eq!(run.tally.added, 1);
    let menu = fed.menu().await;
    assert_eq!(of_day(&menu), 1, "one a day");
    let section = menu.sections.iter().find(|s| s.origin == "sync_day").unwrap();
    let today = maitre::clock::day_at(maitre::clock::now(), maitre::clock::zone("Europe/Moscow"));
    assert_eq!(section.name, format!("Синхронизация с iiko от {}", today.format("%d.%m.%Y")));
    for n in [201, 202] {
        let product = fed.product(n).await;
        assert_eq!(
            (product.section_id, product.category_id, product.placed.as_str()),
            (section.id, None, "new_after_first")
        );
    }
}

#[actix_web::test]
async fn known_products_change_in_iikos_fields_alone() {
    let fed = Fed::open().await;
    fed.sync(&export(5, &kitchen(), &four_dishes())).await;
    let borscht = fed.product(101).await;
    let mut tx = fed.db.begin().await.unwrap();
    let bar = fed.product(104).await.section_id;
    exec!(
        &mut tx,
        "UPDATE products SET section_id = $2, category_id = NULL, position = 3, placed = 'manager' WHERE id = $1",
        borscht.id,
        bar
    )
    .unwrap();
    exec!(
        &mut tx,
        "UPDATE sections SET hidden_at = $2, name = 'Напитки' WHERE id = $1",
        bar,
        maitre::clock::now()
    )
    .unwrap();
    tx.commit().await.unwrap();
    let mut dishes = four_dishes();
    dishes[0]["name"] = json!("Борщ с говядиной");
    dishes[0]["sizePrices"][0]["price"]["currentPrice"] = json!(440);
    dishes[0]["seoDescription"] = json!("Со сметаной");
    dishes[0]["description"] = json!("служебное");
    let run = fed.sync(&export(6, &kitchen(), &dishes)).await;
    assert_eq!((run.state.as_str(), run.tally.changed, run.tally.unchanged), ("applied", 1, 3));
    let after = fed.product(101).await;
    assert_eq!(
        (after.name.as_str(), after.price, after.description.as_str()),
        ("Борщ с говядиной", Kopecks(44_000), "Со сметаной")
    );
    assert_eq!((after.id, after.section_id, after.placed.as_str()), (borscht.id, bar, "manager"));
    let (position, hidden, name) = one!(
        &mut fed.db.read().await.unwrap(),
        (Option<i64>, bool, String),
        "SELECT p.position, s.hidden_at IS NOT NULL, s.name FROM products p JOIN sections s ON s.venue_id = p.venue_id AND s.id = p.section_id WHERE p.id = $1",
        borscht.id
    )
    .unwrap();
    assert_eq!((position, hidden, name.as_str()), (Some(3), true, "Напитки"));
    let fields: Vec<_> =
        fed.changes(&run).await.into_iter().filter_map(|c| Some((c.field?, c.was?, c.became?))).collect();
    assert!(fields.contains(&("price".into(), "42000".into(), "44000".into())));
    assert!(fields.contains(&("name".into(), "Борщ".into(), "Борщ с говядиной".into())));
}

#[actix_web::test]
async fn the_description_is_the_one_for_guests_else_the_plain_one() {
    let fed = Fed::open().await;
    let mut dishes = four_dishes();
    (dishes[0]["seoDescription"], dishes[0]["description"]) = (json!("для гостей"), json!("обычное"));
    (dishes[1]["seoDescription"], dishes[1]["description"]) = (json!("  "), json!("обычное"));
    fed.sync(&export(5, &kitchen(), &dishes)).await;
    assert_eq!(fed.product(101).await.description, "для гостей");
    assert_eq!(fed.product(102).await.description, "обычное");
}

#[actix_web::test]
async fn what_vanished_is_hidden_and_kept_and_comes_back_to_its_place() {
    let fed = Fed::open().await;
    fed.sync(&export(5, &kitchen(), &four_dishes())).await;
    let before = fed.product(104).await;
    let run = fed.sync(&export(6, &kitchen(), &four_dishes()[..3])).await;
    assert_eq!((run.state.as_str(), run.tally.vanished), ("applied", 1));
    assert!(fed.product(104).await.vanished);
    let run = fed.sync(&export(7, &kitchen(), &four_dishes())).await;
    assert_eq!((run.tally.returned, run.tally.added), (1, 0));
    let after = fed.product(104).await;
    assert_eq!((after.id, after.section_id, after.vanished), (before.id, before.section_id, false));
    let mut dishes = four_dishes();
    dishes[3]["isDeleted"] = json!(true);
    let run = fed.sync(&export(8, &kitchen(), &dishes)).await;
    assert_eq!(run.tally.vanished, 1);
    assert!(fed.changes(&run).await.iter().any(|c| c.kind == "vanished" && c.rule == "deleted_in_iiko"));
}

#[actix_web::test]
async fn services_and_modifiers_are_no_dishes_but_options_are_kept() {
    let fed = Fed::open().await;
    let mut groups = kitchen();
    let mut sauces = folder(70, "Соус на выбор", None);
    sauces["isGroupModifier"] = json!(true);
    groups.push(sauces);
    let mut dishes = four_dishes();
    let mut service = dish(301, "Доставка", Some(10), 99.0);
    service["type"] = json!("Service");
    let mut sauce = dish(302, "Сметана", Some(70), 40.0);
    sauce["type"] = json!("Modifier");
    sauce["sizePrices"][0]["price"]["isIncludedInMenu"] = json!(false);
    dishes[0]["groupModifiers"] = json!([{ "id": id(70), "minAmount": 1, "maxAmount": 1, "required": true,
        "childModifiersHaveMinMaxRestrictions": false, "childModifiers": [{ "id": id(302), "minAmount": 0, "maxAmount": 0 }] }]);
    dishes[1]["sizePrices"] = json!([
        { "sizeId": id(81), "price": { "currentPrice": 690, "isIncludedInMenu": true } },
        { "sizeId": id(82), "price": { "currentPrice": 450, "isIncludedInMenu": true } },
        { "sizeId": id(83), "price": { "currentPrice": 10, "isIncludedInMenu": false } } ]);
    dishes.extend([service, sauce]);
    let mut body = export(5, &groups, &dishes);
    body["sizes"] = json!([{ "id": id(81), "name": "40 см" }, { "id": id(82), "name": "30 см" }, { "id": id(83), "name": "20 см" }]);
    let run = fed.sync(&body).await;
    assert_eq!((run.tally.added, run.tally.skipped, run.tally.options), (4, 1, 5));
    assert!(
        fed.changes(&run)
            .await
            .iter()
            .any(|c| c.kind == "skipped" && c.rule == "service" && c.name == "Доставка")
    );
    let menu = fed.menu().await;
    let names: Vec<_> = menu.options.iter().map(|o| (o.kind.as_str(), o.name.as_str(), o.price)).collect();
    assert!(names.contains(&("modifier", "Сметана", Kopecks(4_000))));
    assert!(names.contains(&("modifier_group", "Соус на выбор", Kopecks(0))));
    let group = &fed.product(101).await.options.groups[0];
    assert_eq!(
        (group.min, group.max, group.required, group.own_limits, group.modifiers.len()),
        (1, 1, true, false, 1)
    );
    let sized = fed.product(102).await;
    assert_eq!(
        (sized.price, sized.options.sizes.len()),
        (Kopecks(45_000), 3),
        "the lowest price that is on the menu"
    );
}

#[actix_web::test]
async fn a_broken_price_keeps_the_old_one_and_says_so() {
    let fed = Fed::open().await;
    fed.sync(&export(5, &kitchen(), &four_dishes())).await;
    let mut dishes = four_dishes();
    dishes[0]["sizePrices"][0]["price"]["currentPrice"] = json!(-5);
    let run = fed.sync(&export(6, &kitchen(), &dishes)).await;
    assert_eq!((run.tally.skipped, run.tally.vanished), (1, 0));
    let borscht = fed.product(101).await;
    assert_eq!((borscht.price, borscht.vanished), (Kopecks(42_000), false));
}

#[actix_web::test]
async fn the_same_answer_twice_changes_no_row() {
    let fed = Fed::open().await;
    fed.sync(&export(5, &kitchen(), &four_dishes())).await;
    let before = fed.everything().await;
    let run = fed.sync(&export(6, &kitchen(), &four_dishes())).await;
    assert_eq!((run.state.as_str(), run.tally.unchanged), ("unchanged", 4));
    assert_eq!(fed.everything().await, before);
}

// T31: F31–F35 of the catalogue. F36 (the till away for hours) is in `iiko_trouble`.

#[actix_web::test]
async fn an_empty_answer_with_the_same_revision_changes_nothing() {
    let fed = Fed::open().await;
    fed.sync(&export(5, &kitchen(), &four_dishes())).await;
    let before = fed.everything().await;
    let run = fed.sync(&export(5, &[], &[])).await;
    assert_eq!((run.state.as_str(), run.held.is_empty()), ("unchanged", true));
    assert_eq!(fed.everything().await, before);
}

#[actix_web::test]
async fn an_empty_answer_with_a_new_revision_is_held() {
    let fed = Fed::open().await;
    fed.sync(&export(5, &kitchen(), &four_dishes())).await;
    let before = fed.everything().await;
    let run = fed.sync(&export(6, &[], &[])).await;
    assert_eq!((run.state.as_str(), run.held.0.clone()), ("held", vec![Held::Empty { of: 4 }]));
    assert_eq!(fed.everything().await, before, "nothing is touched");
    assert_eq!(fed.changes(&run).await.len(), 4, "the difference is kept to be looked at");
}

#[actix_web::test]
async fn too_many_gone_or_repriced_and_a_revision_backwards_are_held() {
    let fed = Fed::open().await;
    fed.sync(&export(5, &kitchen(), &four_dishes())).await;
    let before = fed.everything().await;
    let run = fed.sync(&export(6, &kitchen(), &four_dishes()[..2])).await;
    assert_eq!(run.held.0, [Held::ManyVanished { n: 2, of: 4 }]);
    let mut dishes = four_dishes();
    for dish in &mut dishes[..3] {
        dish["sizePrices"][0]["price"]["currentPrice"] = json!(1);
    }
    let run = fed.sync(&export(7, &kitchen(), &dishes)).await;
    assert_eq!(run.held.0, [Held::ManyRepriced { n: 3, of: 4 }]);
    let run = fed.sync(&export(4, &kitchen(), &four_dishes())).await;
    assert_eq!(run.held.0, [Held::RevisionBack { was: 5, now: 4 }]);
    assert_eq!(fed.everything().await, before);
}

#[actix_web::test]
async fn duplicates_and_deep_folders_do_not_harm() {
    let fed = Fed::open().await;
    let mut groups = kitchen();
    for n in 0..7 {
        groups.push(folder(90 + n, &format!("Уровень {n}"), Some(if n == 0 { 12 } else { 89 + n })));
    }
    let mut dishes = four_dishes();
    dishes.push(dish(101, "Борщ ещё раз", Some(20), 1.0));
    dishes.push(dish(105, "На дне", Some(96), 5.0));
    let run = fed.sync(&export(5, &groups, &dishes)).await;
    assert_eq!((run.state.as_str(), run.tally.added, run.tally.skipped), ("applied", 5, 1));
    assert_eq!(fed.product(101).await.name, "Борщ");
    assert_eq!(place_of(&fed, 105).await, spot("Кухня", Some("Супы"), "flattened"));
}

#[actix_web::test]
async fn an_approval_is_for_exactly_the_difference_that_was_shown() {
    let fed = Fed::open().await;
    fed.sync(&export(5, &kitchen(), &four_dishes())).await;
    let held = fed.sync(&export(6, &kitchen(), &four_dishes()[..2])).await;
    let digest = held.plan_digest.clone().unwrap();
    let other = export(7, &kitchen(), &four_dishes()[..1]).to_string();
    let run = fed.sync_text(other.as_bytes(), Some(&digest)).await;
    assert_eq!(run.state, "held", "meanwhile another dish vanished");
    assert!(run.held.contains(&Held::ChangedMeanwhile));
    let same = export(8, &kitchen(), &four_dishes()[..2]).to_string();
    let run = fed.sync_text(same.as_bytes(), Some(&digest)).await;
    assert_eq!((run.state.as_str(), run.tally.vanished), ("applied", 2));
    assert!(fed.product(104).await.vanished);
}

#[actix_web::test]
async fn nothing_exported_yet_says_what_to_press_in_iiko() {
    let fed = Fed::open().await;
    let run = fed.sync(&export(5, &[], &[])).await;
    assert_eq!((run.state.as_str(), run.fault.as_deref()), ("failed", Some("nothing_exported")));
    assert!(fed.everything().await.is_empty());
}

#[actix_web::test]
async fn a_folder_that_is_not_in_iikos_menu_arrives_hidden_once() {
    let fed = Fed::open().await;
    let mut groups = kitchen();
    groups[3]["isIncludedInMenu"] = json!(false);
    fed.sync(&export(5, &groups, &four_dishes())).await;
    let bar = fed.product(104).await.section_id;
    let hidden = || async {
        let mut c = fed.db.read().await.unwrap();
        one!(&mut c, (bool,), "SELECT hidden_at IS NOT NULL FROM sections WHERE id = $1", bar).unwrap().0
    };
    assert!(hidden().await);
    let mut tx = fed.db.begin().await.unwrap();
    exec!(&mut tx, "UPDATE sections SET hidden_at = NULL WHERE id = $1", bar).unwrap();
    tx.commit().await.unwrap();
    let mut dishes = four_dishes();
    dishes[3]["name"] = json!("Морс клюквенный");
    fed.sync(&export(6, &groups, &dishes)).await;
    assert!(!hidden().await, "whether it is shown is the manager's from then on");
}
