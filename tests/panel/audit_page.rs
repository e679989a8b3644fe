//! «Журнал действий»: who did what in the venue, told in words; narrowed, paged, taken away as a file; looking is noted too.
use futures_util::TryStreamExt;
use maitre::accounts::actor::Actor;
use maitre::accounts::audit::{self, Entry};
use maitre::accounts::audit_log::{Filter, Line};
use maitre::integrations::iiko_cloud::webhooks::ticks;
use maitre::lang::Lang;
use maitre::venues::pages::audit_diff::Reader;
use maitre::venues::pages::audit_export::File;
use maitre::venues::pages::audit_line::{place, said_deed};
use maitre::{all, clock, exec, one};
use serde_json::json;
use uuid::Uuid;

use crate::fuzzed::{staffed, synced, told};
use crate::support::map::routes;
use crate::support::panel::Panel;
use crate::words::all_deeds;

async fn noted(panel: &Panel, entry: Entry) {
    let mut tx = panel.db.begin().await.unwrap();
    audit::note(&mut tx, entry).await.unwrap();
    tx.commit().await.unwrap();
}

async fn deeds(panel: &Panel, deed: &str) -> i64 {
    let sql = "SELECT count(*) FROM audit WHERE deed = $1";
    one!(&mut panel.db.read().await.unwrap(), (i64,), sql, deed).unwrap().0
}

#[actix_web::test]
async fn the_journal_says_who_did_what() {
    let panel = Panel::open().await;
    let venue = panel.venue("Рябина").await;
    let (anna, oleg) = (panel.owner_of(venue).await, panel.manager_of(venue).await);
    let mut tx = panel.db.begin().await.unwrap();
    exec!(&mut tx, "UPDATE users SET name = 'Олег Седов' WHERE id = $1", oleg.id).unwrap();
    tx.commit().await.unwrap();
    // the owner changes the venue's name, on the page
    anna.opens("/settings").await.says("Журнал действий");
    let seen = anna.opens("/settings").await.field("seen").unwrap();
    let form = [
        ("name", "Рябинка"),
        ("address", "Покровка, 17"),
        ("time_zone", "Europe/Moscow"),
        ("seen", seen.as_str()),
    ];
    anna.sends("/settings", form).await.answers(200);
    let page = oleg.opens("/audit").await;
    page.says("Журнал действий").says("Изменены сведения о заведении: Рябинка").says("Марина Ковалёва");
    page.says("название: Рябина → Рябинка").says("127.0.0.1").does_not_say("адрес:");
    assert_eq!(page.attributes(".list .aside a", "href"), [format!("/v/{venue}/settings")]);
    // support acts for the owner; a job by itself; a request is refused; a deed nobody has words for
    let support = Actor { by: oleg.id, on_behalf_of: Some(anna.id), visit: Some(Uuid::now_v7()) };
    let product = Uuid::now_v7();
    let moved = Entry::of(support, venue, "product.changed").object(product);
    noted(
        &panel,
        moved.change(json!({ "price": 42_000, "phone": "+79161234567" }), json!({ "price": 45_050 })),
    )
    .await;
    noted(&panel, Entry::by_itself(Some(venue), "payment.confirmed").object(product)).await;
    noted(&panel, Entry::of(support, venue, "contract.removed").refused()).await;
    noted(&panel, Entry::by_itself(Some(venue), "moon.landed")).await;
    let page = anna.opens("/audit").await;
    page.says("Олег Седов от имени: Марина Ковалёва · поддержка")
        .says("→ 450,50")
        .says("••• 67")
        .does_not_say("916");
    page.says("Оплата подтверждена в чеке").says("отказано").says("moon.landed");
    assert!(page.html.contains(&format!("/menu/products/{product}")), "the way to the product");
    // only support; by itself; one person; a kind; days
    let support = anna.opens("/audit?support=yes").await;
    support.says("Товар изменён").says("Договор удалён").does_not_say("Оплата подтверждена");
    anna.opens("/audit?who=itself").await.says("Оплата подтверждена").does_not_say("Товар изменён");
    anna.opens(&format!("/audit?who={}", anna.id)).await.says("Рябинка").does_not_say("Товар изменён");
    anna.opens("/audit?kind=menu").await.says("Товар изменён").does_not_say("Договор удалён");
    anna.opens("/audit?from=2020-01-01&to=2020-12-31").await.says("Ничего не нашлось").says("Сбросить");
    anna.opens("/audit?from=2020-01-01").await.says("Товар изменён");
    anna.opens("/audit?from=вчера").await.says("Первый день не читается").says("Товар изменён");
    // in English, and nobody's page but of those who run the venue
    let mut tx = panel.db.begin().await.unwrap();
    exec!(&mut tx, "UPDATE users SET lang = 'en' WHERE id = $1", anna.id).unwrap();
    tx.commit().await.unwrap();
    anna.opens("/audit").await.says("Activity log").says("on behalf of").says("Product changed");
    panel.viewer_of(venue).await.opens("/audit").await.answers(403);
    panel.stranger().await.opens(&format!("/v/{venue}/audit")).await.answers(404);
    panel.close().await;
}

/// Of every noun that a field tells by its id: the field, and what stands behind it.
const FIELDS: [(&str, &str); 7] = [
    ("section", "SELECT id, name FROM sections WHERE venue_id = $1"),
    ("category", "SELECT id, name FROM categories WHERE venue_id = $1"),
    ("products", "SELECT id, name FROM products WHERE venue_id = $1"),
    ("waiter", "SELECT id, name FROM employees WHERE venue_id = $1"),
    ("primary", "SELECT id, entity FROM contracts WHERE venue_id = $1"),
    ("detail", "SELECT iiko_id, name FROM iiko_people WHERE venue_id = $1"),
    ("detail", "SELECT iiko_id, name FROM dictionary_entries WHERE venue_id = $1 AND kind = 'cancel_cause'"),
];

/// A deed done to a thing without a word of its name, and what the thing is called.
const OBJECTS: [(&str, &str); 9] = [
    ("section.hidden", "SELECT id, name FROM sections WHERE venue_id = $1"),
    ("category.ordered", "SELECT id, name FROM categories WHERE venue_id = $1"),
    ("product.moved", "SELECT id, name FROM products WHERE venue_id = $1"),
    ("hall.hidden", "SELECT id, name FROM halls WHERE venue_id = $1"),
    ("table.hidden", "SELECT id, CAST(number AS TEXT) FROM tables WHERE venue_id = $1 AND name = ''"),
    ("employee.suspended", "SELECT id, name FROM employees WHERE venue_id = $1"),
    ("contract.signed", "SELECT id, entity FROM contracts WHERE venue_id = $1"),
    ("order.act", "SELECT id, number FROM orders WHERE venue_id = $1"),
    (
        "member.removed",
        "SELECT u.id, u.name FROM users u JOIN members m ON m.user_id = u.id WHERE m.venue_id = $1",
    ),
];

async fn first(panel: &Panel, sql: &'static str, venue: Uuid) -> (Uuid, String) {
    let mut c = panel.db.read().await.unwrap();
    all!(&mut c, (Uuid, String), sql, venue)
        .unwrap()
        .into_iter()
        .next()
        .unwrap_or_else(|| panic!("none: {sql}"))
}

#[actix_web::test]
async fn things_are_told_by_their_names() {
    let panel = Panel::open_with_till().await;
    let venue = panel.venue("Рябина").await;
    let owner = panel.owner_of(venue).await;
    owner.opens("/staff").await.answers(200);
    synced(&panel, &owner).await;
    staffed(&owner).await;
    maitre::past::orders(&panel.db, venue, 1, clock::now()).await.unwrap();
    let actor = Actor::person(owner.id);
    let (mut changes, mut heads) = (Vec::new(), Vec::new());
    for (field, sql) in FIELDS {
        let (id, name) = first(&panel, sql, venue).await;
        let after = if field == "products" { json!({ field: [id] }) } else { json!({ field: id }) };
        noted(&panel, Entry::of(actor, venue, "moon.landed").after(after)).await;
        changes.push(format!("{}: {name}", Lang::Ru.word(&format!("audit-field-{field}"))));
    }
    for (deed, sql) in OBJECTS {
        let (id, name) = first(&panel, sql, venue).await;
        noted(&panel, Entry::of(actor, venue, deed).object(id)).await;
        heads.push(format!("{}: {name}", said_deed(deed, Lang::Ru)));
    }
    let (page, file) = (owner.opens("/audit").await, owner.opens("/audit/export").await);
    for (said, css) in [(changes, ".change"), (heads, ".list h3")] {
        for one in &said {
            assert!(page.every(css).contains(one), "no {one} in {:?}", page.every(css));
            let name = one.split_once(": ").unwrap().1;
            assert!(file.html.contains(&name.replace('"', "\"\"")), "no {name} in the file");
        }
    }
    panel.close().await;
}

/// … as the venue itself has them: what is gone, and what is another's, by the end of its id.
#[actix_web::test]
async fn what_is_gone_is_told_by_the_end_of_its_id() {
    let panel = Panel::open().await;
    let (venue, theirs) = (panel.venue("Рябина").await, panel.venue("Облепиха").await);
    let (anna, boris) = (panel.owner_of(venue).await, panel.owner_of(theirs).await);
    let oleg = panel.manager_of(venue).await;
    oleg.sends("/menu/sections", [("name", "Закуски")]).await.answers(200);
    boris.sends("/menu/sections", [("name", "Чужие супы")]).await.answers(200);
    let made = anna.sends("/menu/sections", [("name", "Супы")]).await.path.clone();
    let other = anna.sends("/menu/sections", [("name", "Бар")]).await.path.clone();
    anna.sends(&format!("/{made}/categories"), [("category", "Горячие")]).await.answers(200);
    let sql = "SELECT id, name FROM categories WHERE venue_id = $1";
    let (category, _) = first(&panel, sql, venue).await;
    let to = other.rsplit('/').next().unwrap();
    let moves = [("act", "move"), ("section", to)];
    anna.sends(&format!("/menu/categories/{category}"), moves).await.answers(200);
    anna.sends(&format!("/{made}/hiding"), []).await.answers(200);
    let page = anna.opens("/audit?kind=menu").await;
    page.says("Раздел скрыт: Супы").says("раздел: Супы → Бар");
    anna.sends(&format!("/{made}/removal"), []).await.answers(200);
    let gone = made.rsplit('/').next().unwrap();
    let foreign = first(&panel, "SELECT id, name FROM sections WHERE venue_id = $1", theirs).await.0;
    let moved = Entry::of(Actor::person(anna.id), venue, "product.moved").object(foreign);
    noted(&panel, moved.after(json!({ "section": foreign }))).await;
    let page = anna.opens("/audit?kind=menu").await;
    page.says(&format!("раздел: …{} → Бар", &gone[28..])).says("Раздел удалён: Супы");
    page.says(&format!("раздел: …{}", &foreign.to_string()[28..])).does_not_say("Чужие");
    // nobody learns a stranger's name by looking for what they did; of who has left it is still told
    let mut tx = panel.db.begin().await.unwrap();
    exec!(&mut tx, "UPDATE users SET name = 'Борис Чужой' WHERE id = $1", boris.id).unwrap();
    exec!(&mut tx, "UPDATE users SET name = 'Олег Седов' WHERE id = $1", oleg.id).unwrap();
    exec!(&mut tx, "DELETE FROM members WHERE user_id = $1", oleg.id).unwrap();
    tx.commit().await.unwrap();
    for one in [&boris, &oleg] {
        anna.opens(&format!("/audit/export?who={}", one.id)).await.answers(200);
    }
    let page = anna.opens("/audit?kind=audit").await;
    page.says("кто Олег Седов").says(&format!("кто …{}", &boris.id.to_string()[28..]));
    page.does_not_say("Борис");
    panel.close().await;
}

/// The ticks of iiko's form are told as the form itself does.
#[actix_web::test]
async fn ticks_are_told_in_words() {
    let panel = Panel::open_with_till().await;
    let venue = panel.venue("Рябина").await;
    let owner = panel.owner_of(venue).await;
    owner.opens("/staff").await.answers(200);
    synced(&panel, &owner).await;
    told(&panel.db, &owner, venue).await;
    owner.opens("/audit").await.says("отмечено: Заказ на стол: Новый").does_not_say("table-status");
    let every: Vec<String> = ticks().collect();
    let saved = Entry::of(Actor::person(owner.id), venue, "webhooks.saved");
    noted(&panel, saved.after(json!({ "boxes": every }))).await;
    let mut tx = panel.db.begin().await.unwrap();
    exec!(&mut tx, "UPDATE users SET lang = 'en' WHERE id = $1", owner.id).unwrap();
    tx.commit().await.unwrap();
    let form = owner.opens("/settings/integrations/iiko/webhooks").await;
    let page = owner.opens("/audit").await;
    let line = page.every(".change").into_iter().find(|line| line.contains("Delivery")).unwrap();
    for group in form.every("form.stack section h2").into_iter().chain(form.every("form.stack .picks span")) {
        assert!(line.contains(&group), "no {group} in {line}");
    }
    assert!(every.iter().all(|tick| !page.text().contains(tick.as_str())), "{line}");
    panel.close().await;
}

#[actix_web::test]
async fn looking_is_noted_and_does_not_drown_the_rest() {
    let panel = Panel::open().await;
    let venue = panel.venue("Рябина").await;
    let anna = panel.owner_of(venue).await;
    let actor = Actor::person(anna.id);
    for n in 0..120 {
        let name = json!({ "name": format!("Раздел {n}.") });
        noted(&panel, Entry::of(actor, venue, "section.created").after(name)).await;
    }
    let first = anna.opens("/audit").await;
    first.says("Раздел 119.").says("Раздел 70.").does_not_say("Раздел 69.").does_not_say("Журнал просмотрен");
    let second = anna.opens(&first.attributes(".pager a", "href")[0]).await;
    second.says("Раздел 69.").says("Раздел 20.").does_not_say("Раздел 70.");
    let third = anna.opens(&second.attributes(".pager a", "href")[1]).await;
    third.says("Раздел 19.").says("Раздел 0.").says("К самым новым");
    assert_eq!(third.attributes(".pager a", "href").len(), 1, "no older ones");
    assert_eq!(deeds(&panel, "audit.read").await, 1, "once an hour and person");
    panel.manager_of(venue).await.opens("/audit").await;
    assert_eq!(deeds(&panel, "audit.read").await, 2);
    anna.opens("/audit?kind=audit").await.says("Журнал просмотрен").does_not_say("Раздел");
    // the file has all of it, and no cell that a spreadsheet would run
    let hostile = json!({ "name": "=HYPERLINK(\"http://a\")" });
    noted(&panel, Entry::of(actor, venue, "section.renamed").after(hostile)).await;
    let file = anna.opens("/audit/export?kind=menu").await;
    file.answers(200);
    assert!(file.header("content-disposition").contains("audit-"));
    assert!(
        file.html.starts_with('\u{feff}') && file.html.lines().count() == 122,
        "{}",
        file.html.lines().count()
    );
    assert!(file.html.contains("'=HYPERLINK") && file.html.contains("Раздел 0."));
    assert_eq!(deeds(&panel, "audit.exported").await, 1);
    anna.opens("/audit/export?from=2020-01-01&to=2020-01-02").await.answers(200);
    assert_eq!(deeds(&panel, "audit.exported").await, 2);
    panel.close().await;
}

/// A file longer than a piece of it goes out whole.
#[actix_web::test]
async fn a_long_file_goes_out_piece_by_piece() {
    let panel = Panel::open().await;
    let venue = panel.venue("Рябина").await;
    let anna = panel.owner_of(venue).await;
    let mut tx = panel.db.begin().await.unwrap();
    for n in 0..2_300 {
        let after = json!({ "name": format!("Зал {n}.") });
        audit::note(&mut tx, Entry::by_itself(Some(venue), "hall.renamed").after(after)).await.unwrap();
    }
    tx.commit().await.unwrap();
    let file = anna.opens("/audit/export").await;
    for n in [0, 1, 999, 1_000, 1_300, 2_299] {
        assert_eq!(file.html.matches(&format!("Зал {n}.")).count(), 1, "{n}");
    }
    assert_eq!(file.html.lines().count(), 2_301);
    panel.close().await;
}

/// Whoever takes a part for the whole is told that it is one.
#[actix_web::test]
async fn a_file_that_is_cut_says_so() {
    let panel = Panel::open().await;
    let venue = panel.venue("Рябина").await;
    for n in 0..4 {
        let after = json!({ "name": format!("Зал {n}.") });
        noted(&panel, Entry::by_itself(Some(venue), "hall.renamed").after(after)).await;
    }
    for (lang, most, said) in
        [(Lang::Ru, 3, "Дальше файл обрезан"), (Lang::En, 3, "The file is cut"), (Lang::Ru, 4, "")]
    {
        let reader = Reader { lang, zone: chrono_tz::Europe::Moscow };
        let file = File { db: panel.db.of(venue), venue, reader, filter: Filter::default(), most };
        let pieces: Vec<_> = file.pieces().try_collect().await.unwrap();
        let text = String::from_utf8(pieces.concat()).unwrap();
        let rows: Vec<&str> = text.lines().collect();
        let last = rows[rows.len() - 1];
        assert_eq!(text.contains("Зал 0."), most == 4, "{text}");
        match most {
            3 => assert!(rows.len() == 5 && last.contains(said) && last.contains('3'), "{text}"),
            _ => assert!(rows.len() == 5 && last.contains("Зал 0."), "{text}"),
        }
        assert_eq!(last.matches(';').count(), rows[0].matches(';').count(), "as wide as the others");
    }
    panel.close().await;
}

/// A way that leads nowhere is worse than none.
#[test]
fn every_place_a_deed_leads_to_is_a_page() {
    let routes = routes();
    let mut led = 0;
    for deed in all_deeds() {
        let line = Line {
            seq: 1,
            at: clock::now(),
            object_id: Some(Uuid::now_v7()),
            actor_id: None,
            by: None,
            for_whom: None,
            visit_id: None,
            ip: None,
            result: audit::DONE.to_owned(),
            before: None,
            after: None,
            deed,
        };
        let Some(under) = place(&line) else { continue };
        led += 1;
        let path = format!("/v/{}{under}", Uuid::now_v7());
        assert!(
            routes.iter().any(|route| route.method == "GET" && route.is(&path)),
            "{}: {under}",
            line.deed
        );
    }
    assert!(led > 40, "{led}");
}
