//! «Готовность к оплате у стола»: every probe is flipped by a lever, and back.
use serde_json::{Value, json};

use crate::support::panel::Panel;
use crate::support::screen::Screen;
use crate::support::tied::{Tied, requisites};

/// The tone of a probe's row.
fn tone(page: &Screen, probe: &str) -> String {
    page.attributes(&format!("li#{probe}"), "data-tone")
        .into_iter()
        .next()
        .unwrap_or_else(|| panic!("no {probe}"))
}

/// A venue where everything is ready.
async fn ready() -> Tied {
    let t = Tied::open().await;
    t.presses("").await.says("Применена");
    let page = t.owner.opens("/staff/iiko").await;
    let person = page.attributes(".take input[name=person]", "value")[0].clone();
    let phone = format!("phone.{person}");
    let fields = [("person", person.as_str()), (phone.as_str(), "+79160000001")];
    t.owner.sends("/staff/iiko", fields).await.says("Добавлен 1 сотрудник");
    let facts = requisites("1");
    let facts: Vec<(&str, &str)> = facts.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let contract = t.owner.posts("/contracts", facts).await.goes_to().unwrap();
    let day = [("signed_on", "2026-01-15")];
    t.owner.sends(&format!("{contract}/signing"), day).await.says("Договор подписан");
    t
}

async fn checks(t: &Tied) -> Screen {
    t.owner.sends("/readiness", []).await
}

#[actix_web::test]
async fn every_probe_is_flipped_by_its_lever_and_back() {
    let t = ready().await;
    t.owner.opens("/readiness").await.says("Ещё не проверяли");
    let page = checks(&t).await;
    page.says("Готово 12 из 12").says("Всё готово").says("8.6.2: оплату у стола можно проводить");
    let terminal = "Зал";
    let levers: Vec<(&str, &str, &str, &str, Value, Value)> = vec![
        (
            "terminal",
            "trouble",
            "sleep",
            "awake",
            json!({"terminal": terminal}),
            json!({"terminal": terminal}),
        ),
        (
            "terminal",
            "trouble",
            "alive-off",
            "alive-on",
            json!({"terminal": terminal}),
            json!({"terminal": terminal}),
        ),
        (
            "version",
            "wait",
            "version",
            "version",
            json!({"terminal": terminal, "version": "7.7.2"}),
            json!({"terminal": terminal, "version": "8.6.2"}),
        ),
        (
            "version",
            "trouble",
            "version",
            "version",
            json!({"terminal": terminal, "version": "7.1.7"}),
            json!({"terminal": terminal, "version": "8.6.2"}),
        ),
        (
            "menu_right",
            "trouble",
            "right-away",
            "right-back",
            json!({"right": "Data: menu"}),
            json!({"right": "Data: menu"}),
        ),
        (
            "seating_right",
            "trouble",
            "right-away",
            "right-back",
            json!({"right": "Orders: preparing"}),
            json!({"right": "Orders: preparing"}),
        ),
        ("seating_right", "trouble", "reserves-off", "reserves-on", json!({}), json!({})),
        (
            "payments_right",
            "trouble",
            "right-away",
            "right-back",
            json!({"right": "api/1/payment_types"}),
            json!({"right": "api/1/payment_types"}),
        ),
        (
            "staff_right",
            "trouble",
            "right-away",
            "right-back",
            json!({"right": "Drivers: dictionaries"}),
            json!({"right": "Drivers: dictionaries"}),
        ),
        (
            "payment_type",
            "trouble",
            "payment-edit",
            "payment-edit",
            json!({"payment": "EVVAP", "processing": "Internal"}),
            json!({"payment": "EVVAP", "processing": "Both"}),
        ),
    ];
    for (probe, expected, lever, back, fields, fields_back) in levers {
        t.pulls(lever, fields).await;
        let page = checks(&t).await;
        assert_eq!(tone(&page, probe), expected, "{probe} after {lever}");
        page.does_not_say("Готово 12 из 12");
        t.pulls(back, fields_back).await;
        assert_eq!(tone(&checks(&t).await, probe), "good", "{probe} after {back}");
    }
    t.pulls("key-off", json!({})).await;
    t.pulls("expire-tokens", json!({})).await;
    let page = checks(&t).await;
    assert_eq!((tone(&page, "key").as_str(), tone(&page, "terminal").as_str()), ("trouble", "neutral"));
    page.says("Проверить не получилось: сначала нужно то, что выше");
    t.pulls("key-on", json!({})).await;
    t.pulls("offline", json!({})).await;
    let page = checks(&t).await;
    assert_eq!(tone(&page, "key"), "neutral", "a till that is silent says nothing of the key");
    t.pulls("calm", json!({})).await;
    checks(&t).await.says("Готово 12 из 12");
    t.panel.close().await;
}

#[actix_web::test]
async fn what_is_ours_is_probed_too_and_the_integrator_gets_a_letter() {
    let t = Tied::open().await;
    t.presses("").await;
    let page = checks(&t).await;
    assert_eq!(tone(&page, "tables"), "good");
    assert_eq!(tone(&page, "staff"), "trouble");
    assert_eq!(tone(&page, "contract"), "trouble");
    page.says("Нет подписанного договора").says("Никто не работает");
    assert!(page.every("[data-copy]").is_empty(), "nothing of the integrator's: no letter");
    t.pulls("payment-edit", json!({"payment": "EVVAP", "deleted": "yes"})).await;
    t.pulls("right-away", json!({"right": "Drivers: dictionaries"})).await;
    let page = checks(&t).await;
    let letter = page.attributes("[data-copy]", "data-copy").into_iter().next().expect("a letter");
    assert!(letter.contains("EVVAP") && letter.contains("employees/couriers"), "{letter}");
    assert!(letter.contains("Восстановите его"), "what to do, not where to read it: {letter}");
    let halls = t.owner.opens("/seating").await.attributes("h2 a", "href");
    for hall in halls {
        t.owner.sends(&format!("{hall}/hiding"), [("shown", "no")]).await;
    }
    assert_eq!(tone(&checks(&t).await, "tables"), "trouble");
    let viewer = t.panel.viewer_of(t.owner.venue.unwrap()).await;
    viewer.opens("/readiness").await.answers(200).says("Готово").does_not_say("Проверить снова");
    viewer.posts("/readiness", []).await.answers(403);
    t.panel.close().await;
}

#[actix_web::test]
async fn the_overview_tells_each_room_and_what_waits() {
    let t = ready().await;
    let page = t.owner.opens("/overview").await;
    page.says("Ничего не ждёт вашего внимания").says("Ещё не проверяли").says("Основной: ООО «Рябина»");
    page.says("Гости видят: 11 столов").says("Работают: 1").says("EVVAP настроен верно");
    checks(&t).await;
    t.pulls("payment-edit", json!({"payment": "EVVAP", "kind": "Cash"})).await;
    t.pulls("drop", json!({"percent": 60})).await;
    t.presses("").await.says("Ждёт решения");
    let page = t.owner.opens("/overview").await;
    page.says("Готово 12 из 12").says("ждёт решения").says("1 строка ждёт вашего внимания");
    t.pulls("bring-all-back", json!({})).await;
    t.presses("").await.says("Применена");
    t.owner.opens("/overview").await.says("оплату у стола провести нельзя").says("1 строка ждёт");
    let other = t.panel.venue("Чужая").await;
    let stranger = t.panel.owner_of(other).await;
    stranger.opens("/overview").await.says("Никто не работает").does_not_say("ООО «Рябина»");
    t.panel.close().await;
}

#[actix_web::test]
async fn without_a_key_the_page_says_what_comes_first() {
    let panel = Panel::open().await;
    let venue = panel.venue("Рябина").await;
    let owner = panel.owner_of(venue).await;
    let page = owner.sends("/readiness", []).await;
    page.says("Ключа нет").says("Вставьте API-ключ").says("Готово 0 из 12");
    assert_eq!(tone(&page, "payment_type"), "neutral");
    panel.close().await;
}
