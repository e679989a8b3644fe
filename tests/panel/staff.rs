//! «Персонал»: who iiko tells of is taken with a tick and a phone; who was dismissed there is taken off work by a yes.
use serde_json::json;

use crate::support::panel::Panel;
use crate::support::screen::Screen;
use crate::support::tied::Tied;

/// The address of an employee by name.
fn employee(page: &Screen, name: &str) -> String {
    let names = page.every(".is-key a");
    let at = names.iter().position(|one| one == name).unwrap_or_else(|| panic!("no {name} in {names:?}"));
    page.attributes(".is-key a", "href")[at].clone()
}

fn person<'a>(page: &Screen, name: &str, ids: &'a [String]) -> &'a str {
    let at = page.every(".take strong").iter().position(|one| one == name).expect(name);
    &ids[at]
}

#[actix_web::test]
async fn people_come_from_iiko_with_a_tick_and_a_phone() {
    let t = Tied::open().await;
    t.owner.opens("/staff").await.says("Сотрудников пока нет").says("D_DC0").says("PIN");
    t.presses("staff").await.says("Применена").says("iiko показывает этого человека");
    let page = t.owner.opens("/staff/iiko").await;
    page.says("Анна Белова").says("Даша Климова").does_not_say("Пётр Синицын").does_not_say("Марина Котова");
    let ids = page.attributes(".take input[name=person]", "value");
    let (anna, timur, dasha) = (
        person(&page, "Анна Белова", &ids),
        person(&page, "Тимур Ахметов", &ids),
        person(&page, "Даша Климова", &ids),
    );
    let field = |id: &str| format!("phone.{id}");
    let (anna_phone, timur_phone, dasha_phone) = (field(anna), field(timur), field(dasha));
    assert_eq!(page.field(&anna_phone).as_deref(), Some("+7 916 204-11-32"), "prefilled from iiko");
    assert_eq!(page.field(&dasha_phone).as_deref(), Some(""));

    t.owner.sends("/staff/iiko", []).await.says("Сначала отметьте сотрудников");
    // one phone is wrong and one repeats: nobody is taken, everything typed stays
    let wrong = t
        .owner
        .posts(
            "/staff/iiko",
            [
                ("person", anna),
                ("person", timur),
                ("person", dasha),
                (anna_phone.as_str(), "+7 916 204-11-32"),
                (timur_phone.as_str(), "8 916 204 11 32"),
                (dasha_phone.as_str(), "12345"),
            ],
        )
        .await;
    wrong.answers(422).says("Этот телефон уже у сотрудника").says("не похоже на телефон");
    assert_eq!(wrong.field(&dasha_phone).as_deref(), Some("12345"));
    assert_eq!(wrong.attributes("input[name=person][checked]", "value").len(), 3, "ticks stay");
    t.owner.opens("/staff").await.says("Сотрудников пока нет");

    let right = [
        ("person", anna),
        ("person", dasha),
        (anna_phone.as_str(), "+7 916 204-11-32"),
        (dasha_phone.as_str(), "8 (905) 111-22-33"),
    ];
    t.owner.sends("/staff/iiko", right).await.says("Добавлено 2 сотрудника").says("+7 905 111-22-33");
    t.owner.opens("/staff/iiko").await.says("Тимур Ахметов").does_not_say("Анна Белова");
    let again = [("person", anna), (anna_phone.as_str(), "+7 916 204-11-32")];
    t.owner.sends("/staff/iiko", again).await.says("Сначала отметьте сотрудников");
    t.panel.close().await;
}

#[actix_web::test]
async fn who_was_dismissed_or_lost_the_right_is_told_and_suspended_by_a_yes() {
    let t = Tied::open().await;
    t.presses("staff").await;
    let page = t.owner.opens("/staff/iiko").await;
    let ids = page.attributes(".take input[name=person]", "value");
    let phones = ["+79160000001", "+79160000002", "+79160000003"];
    let names: Vec<String> = ids.iter().map(|id| format!("phone.{id}")).collect();
    let mut fields: Vec<(&str, &str)> = ids.iter().map(|id| ("person", id.as_str())).collect();
    fields.extend(names.iter().map(String::as_str).zip(phones));
    t.owner.sends("/staff/iiko", fields).await.says("Добавлено 3 сотрудника");
    t.pulls("person-edit", json!({"person": "Анна Белова", "deleted": "yes"})).await;
    t.pulls("person-edit", json!({"person": "Тимур Ахметов", "pin": "no"})).await;
    t.pulls("person-edit", json!({"person": "Илья Орлов", "pin": "yes"})).await;
    t.presses("staff").await.says("Изменены").says("Исчезли").says("Новые").says("Илья Орлов");
    let list = t.owner.opens("/staff").await;
    list.says("уволен в iiko").says("не виден в iiko").says("Добавить из iiko: 1");
    let anna = employee(&list, "Анна Белова");
    t.owner.opens(&anna).await.says("У нас этот сотрудник пока работает");
    t.owner.sends(&format!("{anna}/suspension"), [("back", "no")]).await.says("Анна Белова: отстранён");
    t.owner.opens(&anna).await.does_not_say("У нас этот сотрудник пока работает");
    let found = |query: &str| format!("/staff?{query}");
    assert_eq!(t.owner.opens(&found("show=suspended")).await.every(".is-key a"), ["Анна Белова"]);
    assert_eq!(t.owner.opens(&found("show=active")).await.every(".is-key a").len(), 2);
    assert_eq!(t.owner.opens(&found("q=дАШ")).await.every(".is-key a"), ["Даша Климова"]);
    assert!(t.owner.opens(&found("role=courier")).await.every(".is-key a").is_empty());
    t.owner.sends(&format!("{anna}/suspension"), [("back", "yes")]).await.says("снова работает");
    t.pulls("person-edit", json!({"person": "Тимур Ахметов", "pin": "yes"})).await;
    t.presses("staff").await.says("Вернулись");
    t.presses("staff").await.says("Без изменений");
    t.panel.close().await;
}

#[actix_web::test]
async fn phones_are_asked_sparingly_and_refreshed_when_a_person_asks() {
    let t = Tied::open().await;
    let asked = || t.panel.till().tape().of("/api/1/employees/info").len();
    t.presses("").await.says("Применена");
    assert_eq!(asked(), 3, "each once");
    t.presses("").await;
    assert_eq!(asked(), 4, "only who has none yet");
    t.pulls("person-edit", json!({"person": "Тимур Ахметов", "phone": "+7 903 000-00-01"})).await;
    t.presses("staff").await.says("Изменены");
    assert_eq!(asked(), 7, "all, when they alone are asked for");
    let page = t.owner.opens("/staff/iiko").await;
    assert!(page.attributes(".take input[type=tel]", "value").contains(&"+7 903 000-00-01".to_owned()));
    {
        let mut world = t.panel.till().world();
        let one = world.first().staff[0].clone();
        for n in 0..40_u128 {
            let (id, name) = (uuid::Uuid::from_u128(n + 1), format!("Новый {n}"));
            world.first().staff.push(maitre::sandbox::world::Person { id, name, ..one.clone() });
        }
    }
    t.presses("").await.says("Применена");
    assert_eq!(asked(), 17, "ten at a time: the key's budget is small");
    t.panel.close().await;
}

#[actix_web::test]
async fn without_the_right_to_phones_people_come_and_phones_are_typed() {
    let t = Tied::open().await;
    t.presses("staff").await;
    t.pulls("right-away", json!({"right": "Employees: dictionaries"})).await;
    t.presses("staff").await.says("Без изменений");
    let page = t.owner.opens("/staff/iiko").await;
    page.says("из iiko");
    t.pulls("right-away", json!({"right": "Drivers: dictionaries"})).await;
    t.presses("staff").await.says("Не удалась").says("employees/couriers").says("Чинит интегратор iiko");
    t.owner.opens("/staff").await.says("В последний раз iiko их не прислал");
    // no phone of anybody is in the journal
    let journal = t.owner.opens("/settings/integrations/iiko/journal").await;
    journal.says("employees/info").does_not_say("204-11-32").does_not_say("2041132");
    t.panel.close().await;
}

#[actix_web::test]
async fn an_employee_of_ones_own_is_written_changed_and_told_apart() {
    let panel = Panel::open().await;
    let venue = panel.venue("Рябина").await;
    let owner = panel.owner_of(venue).await;
    let right = [
        ("name", "Ольга"),
        ("role", "waiter"),
        ("phone", "8 916 123-45-67"),
        ("telegram_id", "123456789"),
        ("notice", "tips"),
    ];
    for (name, value, said) in [
        ("name", "", "Укажите имя"),
        ("role", "king", "Выберите роль"),
        ("phone", "", "Укажите телефон"),
        ("phone", "12", "не похоже на телефон"),
        ("telegram_id", "@olga", "Telegram ID — это число"),
    ] {
        let fields = right.map(|(field, right)| (field, if field == name { value } else { right }));
        let told = owner.posts("/staff", fields).await;
        told.answers(422);
        assert!(told.problem(name).is_some_and(|problem| problem.contains(said)), "{name}={value}");
        assert_eq!(told.field("name").as_deref(), Some(fields[0].1), "what was typed stays");
    }
    let olga = owner.posts("/staff", right).await.goes_to().unwrap();
    let page = owner.opens(&olga).await;
    assert_eq!(page.field("phone").as_deref(), Some("+7 916 123-45-67"));
    assert_eq!(page.attributes("input[name=notice][checked]", "value"), ["tips"]);
    owner
        .posts("/staff", [right[0], right[1], ("phone", "+7 916 123 45 67")])
        .await
        .answers(422)
        .says("уже у сотрудника: Ольга");
    // two at once: the second sees what the first wrote
    let version = page.field("version").unwrap();
    let with = |name: &'static str, version: String| {
        let fields = [("name", name), ("role", "waiter"), ("phone", "+79161234567")];
        let own: Vec<(String, String)> =
            fields.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        own.into_iter().chain([("version".to_owned(), version)]).collect::<Vec<_>>()
    };
    let first = with("Ольга И.", version.clone());
    owner.sends(&olga, first.iter().map(|(k, v)| (k.as_str(), v.as_str()))).await.says("Сохранено");
    let second = with("Оля", version);
    let told = owner.posts(&olga, second.iter().map(|(k, v)| (k.as_str(), v.as_str()))).await;
    told.answers(422).says("здесь сохранили «Ольга И.»");
    assert_eq!(told.field("name").as_deref(), Some("Оля"));

    // the same person in another venue: told to who belongs to both, and to nobody else
    let other = panel.venue("Калина").await;
    let there = panel.owner_of(other).await;
    there.sends("/staff", right).await.says("Сотрудник добавлен").does_not_say("Рябина");
    owner.opens(&olga).await.does_not_say("Калина");
    let mut tx = panel.db.begin().await.unwrap();
    maitre::venues::member::add(&mut tx, other, owner.id, maitre::venues::member::Role::Viewer)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    owner.opens(&olga).await.says("Работает также: Калина");
    let viewer = panel.viewer_of(venue).await;
    viewer.opens(&olga).await.answers(200).says("••• 67").does_not_say("123-45").does_not_say("Отстранить");
    viewer.opens("/staff").await.answers(200).says("••• 67").does_not_say("123-45");
    viewer.opens("/staff?q=9161234567").await.says("Ничего не нашлось");
    viewer.opens("/users").await.answers(200).says("телефоны, адреса и счета скрыты");
    viewer.posts(&olga, right).await.answers(403);
    viewer.opens("/staff/iiko").await.answers(403);
    there.opens(&olga).await.answers(404);
    there.posts(&format!("/staff/{}/suspension", olga.rsplit('/').next().unwrap()), []).await.answers(404);
    panel.close().await;
}
