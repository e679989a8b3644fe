//! A manager connects iiko and syncs, by the pages alone, against the sandbox till.
use std::time::Duration;

use maitre::sandbox::demo::NEW_KEY;
use maitre::sandbox::mischief::Fault;
use maitre::sandbox::world::API_KEY;
use uuid::Uuid;

use crate::support::panel::Panel;
use crate::support::person::Person;
use crate::support::screen::Screen;

const IIKO: &str = "/settings/integrations/iiko";

async fn opened() -> (Panel, Person) {
    let panel = Panel::open_with_till().await;
    let venue = panel.venue("Рябина").await;
    let anna = panel.manager_of(venue).await;
    (panel, anna)
}

/// The value of the option of a select whose words hold `text`.
fn option(screen: &Screen, name: &str, text: &str) -> String {
    let words = screen.every(&format!("select[name='{name}'] option"));
    let values = screen.attributes(&format!("select[name='{name}'] option"), "value");
    let at = words
        .iter()
        .position(|word| word.contains(text))
        .unwrap_or_else(|| panic!("{words:?} hold no {text}"));
    values[at].clone()
}

/// Steps 1 to 3.
async fn connected(anna: &Person) {
    let page = anna.sends(&format!("{IIKO}/key"), [("api_key", API_KEY)]).await;
    page.says("Ключ подошёл: ему доступны 2 заведения");
    let organization = option(&page, "organization", "Покровка");
    let page = anna.sends(&format!("{IIKO}/organization"), [("organization", organization.as_str())]).await;
    let terminal = option(&page, "terminal", "Зал");
    anna.sends(&format!("{IIKO}/terminal"), [("terminal", terminal.as_str())])
        .await
        .says("Можно синхронизировать меню");
}

/// Presses «Синхронизировать» and waits for the end.
async fn synced(anna: &Person) -> Screen {
    let mut page = anna.sends("/sync", []).await;
    let path = format!("/{}", page.path.clone());
    for _ in 0..300 {
        if !page.text().contains("Идёт синхронизация") {
            return page;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
        page = anna.opens(&path).await;
    }
    panic!("the sync does not end: {}", page.text());
}

#[actix_web::test]
async fn five_steps_from_a_key_to_the_menu_and_only_differences_after() {
    let (panel, anna) = opened().await;
    anna.opens(IIKO).await.does_not_say("Синхронизировать меню").says("Появится, когда iiko примет ключ");
    connected(&anna).await;
    let page = anna.opens(IIKO).await;
    assert!(page.buttons().iter().any(|button| button == "Синхронизировать"));
    let first = synced(&anna).await;
    first.says("Применена").says("Новые 73");
    anna.opens("/menu").await.says("Борщ с говядиной и салом").says("Кухня");
    synced(&anna).await.says("Меню уже такое, как в iiko");

    let borscht = panel.till().world().menu().id_of("Борщ с говядиной и салом").unwrap();
    panel.till().world().menu().reprice(&borscht, 499.into()).unwrap();
    let second = synced(&anna).await;
    second.says("Применена").says("499,00").says("цена").does_not_say("Оливье");
    panel.close().await;
}

#[actix_web::test]
async fn a_second_press_joins_the_running_sync() {
    let (panel, anna) = opened().await;
    connected(&anna).await;
    panel.till().mischief().always(Fault::Slow(Duration::from_millis(1_500)));
    let (one, two) = (anna.posts("/sync", []).await, anna.posts("/sync", []).await);
    assert_eq!(one.goes_to(), two.goes_to());
    anna.opens("/menu").await.says("идёт синхронизация");
    panel.till().mischief().calm();
    synced(&anna).await.says("Применена");
    panel.close().await;
}

#[actix_web::test]
async fn a_running_sync_is_stopped_and_leaves_the_menu_as_it_was() {
    let (panel, anna) = opened().await;
    connected(&anna).await;
    synced(&anna).await;
    panel.till().world().menu().reprice_all(10.0);
    panel.till().mischief().always(Fault::Slow(Duration::from_secs(20)));
    let run = anna.posts("/sync", []).await.goes_to().unwrap();
    tokio::time::sleep(Duration::from_millis(800)).await;
    anna.sends(&format!("/{run}/cancellation"), []).await;
    for _ in 0..100 {
        tokio::time::sleep(Duration::from_millis(100)).await;
        if anna.opens(&format!("/{run}")).await.text().contains("Остановлена") {
            anna.opens("/menu").await.does_not_say("462 ,00").says("420 ,00 ₽");
            return panel.close().await;
        }
    }
    panic!("the sync does not stop");
}

#[actix_web::test]
async fn keys_are_not_tried_without_end() {
    let panel = Panel::open().await;
    let anna = panel.manager_of(panel.venue("Рябина").await).await;
    for n in 0..5 {
        let key = format!("guess-{n:08}");
        anna.posts(&format!("{IIKO}/key"), [("api_key", key.as_str())]).await.answers(422);
    }
    let page = anna.posts(&format!("{IIKO}/key"), [("api_key", "guess-00000005")]).await;
    page.answers(429).says("Слишком много попыток подряд").says("Подождите");
    panel.close().await;
}

#[actix_web::test]
async fn a_wrong_key_is_a_sentence_at_its_field_and_is_not_kept() {
    let (panel, anna) = opened().await;
    let page = anna.sends(&format!("{IIKO}/key"), [("api_key", "wrong-key-000000")]).await;
    page.answers(422).says("iiko не принял ключ").says("Чините вы");
    assert!(!page.html.contains("wrong-key-000000"), "what was typed here is a secret");
    assert_eq!(page.problem("api_key").as_deref(), Some("iiko не принял ключ"));
    let empty = anna.sends(&format!("{IIKO}/key"), [("api_key", "  ")]).await;
    assert_eq!(
        empty.answers(422).problem("api_key").as_deref(),
        Some("Вставьте ключ из iikoWeb → «API интеграции».")
    );
    let odd = anna.sends(&format!("{IIKO}/key"), [("api_key", "ключ-от-кассы")]).await;
    assert!(odd.problem("api_key").unwrap().contains("не похоже на ключ"));
    connected(&anna).await;
    let replaced = anna.sends(&format!("{IIKO}/key"), [("api_key", "wrong-key-000000")]).await;
    replaced.answers(422);
    synced(&anna).await.says("Применена");
    panel.close().await;
}

#[actix_web::test]
async fn both_of_iikos_sign_ins_work_and_the_one_that_did_is_remembered() {
    let (panel, anna) = opened().await;
    let page = anna.sends(&format!("{IIKO}/key"), [("api_key", NEW_KEY)]).await;
    page.says("Ключ подошёл").says("приложение и ключ");
    panel.close().await;
}

#[actix_web::test]
async fn only_what_iiko_returned_can_be_chosen() {
    let (panel, anna) = opened().await;
    anna.sends(&format!("{IIKO}/key"), [("api_key", API_KEY)]).await;
    let foreign = Uuid::now_v7().to_string();
    let page = anna.sends(&format!("{IIKO}/organization"), [("organization", foreign.as_str())]).await;
    assert!(page.answers(422).problem("organization").unwrap().contains("только те, что вернул iiko"));
    anna.posts(&format!("{IIKO}/terminal"), [("terminal", foreign.as_str())]).await.answers(409);
    anna.posts("/sync", []).await.answers(409).says("Сначала подключите iiko");
    panel.close().await;
}

#[actix_web::test]
async fn a_sleeping_terminal_is_told_and_woken() {
    let (panel, anna) = opened().await;
    let page = anna.sends(&format!("{IIKO}/key"), [("api_key", API_KEY)]).await;
    let organization = option(&page, "organization", "Покровка");
    let page = anna.sends(&format!("{IIKO}/organization"), [("organization", organization.as_str())]).await;
    page.says("Бар · спит").says("Зал · на связи · iikoFront 8.6.2");
    let bar = option(&page, "terminal", "Бар");
    let page = anna.sends(&format!("{IIKO}/awakening"), [("terminal", bar.as_str())]).await;
    page.says("Терминал разбужен").does_not_say("Бар · спит");
    panel.close().await;
}

#[actix_web::test]
async fn every_failure_has_a_cause_an_owner_and_a_next_step() {
    let (panel, anna) = opened().await;
    connected(&anna).await;
    synced(&anna).await;
    let cases = [
        (Fault::ServerError, "У iiko сбой на сервере", "Обычно проходит за несколько минут"),
        (Fault::Html, "Вместо данных iiko прислал что-то другое", "Поможет поддержка."),
        (Fault::Truncated, "Ответ iiko оборвался", "половину ответа мы не применяем"),
        (Fault::Deep, "слишком много вложенных уровней", "Меню не тронуто"),
        (Fault::Offline, "До iiko не дозвониться", "От вас нужно только подождать."),
    ];
    panel.till().world().menu().reprice_all(10.0);
    for (fault, cause, step) in cases {
        panel.till().mischief().always(fault);
        synced(&anna)
            .await
            .says("Не удалась")
            .says(cause)
            .says(step)
            .says("Меню не тронуто: гости видят прежнее");
        anna.opens("/menu").await.says("420 ,00 ₽").says("iiko: нужно ваше внимание");
        panel.till().mischief().calm();
    }
    panel.till().world().key().unwrap().lost.insert("api/1/nomenclature".to_owned());
    synced(&anna).await.says("У ключа нет права").says("api/1/nomenclature").says("Чинит интегратор iiko.");
    anna.opens(&format!("{IIKO}/journal?show=trouble")).await.says("У ключа нет права").says("correlationId");
    panel.close().await;
}

#[actix_web::test]
async fn a_held_sync_is_left_or_applied() {
    let (panel, anna) = opened().await;
    connected(&anna).await;
    synced(&anna).await;
    panel.till().world().menu().drop_share(60);
    let held = synced(&anna).await;
    held.says("Ждёт вашего решения")
        .says("больше 30 %")
        .says("Применить всё равно")
        .says("Оставить как есть");
    anna.opens("/menu").await.says("73 товара");
    let forms = held.forms();
    let discard = forms.iter().find(|form| form.ends_with("/discard")).unwrap();
    anna.sends(&format!("/{discard}"), []).await.says("Оставлено как есть");
    anna.posts(&format!("/{discard}"), []).await.answers(409);
    let held = synced(&anna).await;
    let forms = held.forms();
    let approval = forms.iter().find(|form| form.ends_with("/approval")).unwrap();
    anna.sends(&format!("/{approval}"), []).await;
    for _ in 0..300 {
        tokio::time::sleep(Duration::from_millis(100)).await;
        if anna.opens("/sync").await.text().matches("Применена").count() == 2 {
            break;
        }
    }
    anna.opens("/menu").await.does_not_say("73 товара").says("Исчезли из iiko");
    panel.close().await;
}

#[actix_web::test]
async fn disconnecting_keeps_the_menu_and_forgets_the_key() {
    let (panel, anna) = opened().await;
    connected(&anna).await;
    synced(&anna).await;
    anna.opens(&format!("{IIKO}/disconnection")).await.says("забудет ключ");
    anna.sends(&format!("{IIKO}/disconnection"), []).await.says("iiko отключён");
    anna.opens("/menu").await.says("Борщ").says("Добавить товар");
    connected(&anna).await;
    synced(&anna).await.says("Меню уже такое, как в iiko");
    panel.close().await;
}
