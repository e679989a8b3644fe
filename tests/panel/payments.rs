//! «Способы оплаты»: the verdict follows iiko, each flaw with its sentence.
use maitre::all;
use maitre::queue::job;
use maitre::sync::beside::Beside;
use maitre::sync::run::{self, Scope};
use maitre::sync::work::{Work, digest};
use maitre::venues::part::Part;
use serde_json::{Value, json};

use crate::support::fed::Fed;
use crate::support::shared;
use crate::support::tied::Tied;

#[actix_web::test]
async fn every_lever_of_the_back_office_flips_the_verdict() {
    let t = Tied::open().await;
    t.owner.opens("/payment-methods").await.says("Способов оплаты пока нет");
    t.presses("").await;
    let good = t.owner.opens("/payment-methods").await;
    good.says("EVVAP настроен верно").says("Наличные").says("внешний и на стороне ресторана");
    let flaws = [
        (json!({"kind": "Cash"}), "Вид оплаты — «наличные»", json!({"kind": "Card"})),
        (
            json!({"processing": "Internal"}),
            "iiko не принимает этот тип оплаты извне",
            json!({"processing": "Both"}),
        ),
        (json!({"deleted": "yes"}), "Тип оплаты EVVAP удалён в iiko", json!({"deleted": "no"})),
        (json!({"at": "nowhere"}), "Вашей группы терминалов нет", json!({"at": "all"})),
        (json!({"code": "evvap"}), "строчные буквы вместо заглавных", json!({"code": "EVVAP"})),
        (json!({"code": "EVVAP "}), "лишний пробел или невидимый знак", json!({"code": "EVVAP"})),
        (json!({"code": "ЕVVАР"}), "«[Е]VV[А][Р]»", json!({"code": "EVVAP"})),
    ];
    let id = {
        let mut world = t.panel.till().world();
        let types = &world.first().payment_types;
        types.iter().find(|one| one["code"] == "EVVAP").unwrap()["id"].as_str().unwrap().to_owned()
    };
    for (mut lever, said, mut back) in flaws {
        (lever["payment"], back["payment"]) = (json!(id), json!(id));
        t.pulls("payment-edit", lever).await;
        t.presses("payments").await;
        let page = t.owner.opens("/payment-methods").await;
        page.says("оплату у стола провести нельзя")
            .says(said)
            .says("Чинит интегратор iiko")
            .says("Типы оплат");
        assert!(page.attributes("[data-copy]", "data-copy")[0].contains("EVVAP"), "a letter to copy");
        t.pulls("payment-edit", back).await;
        t.presses("payments").await;
        t.owner.opens("/payment-methods").await.says("EVVAP настроен верно");
    }
    t.pulls("payment-add", json!({"code": "EVVAP", "name": "Второй"})).await;
    t.presses("payments").await.says("Новые").says("Второй");
    t.owner.opens("/payment-methods").await.says("С кодом EVVAP сразу 2 типа оплаты");
    t.panel.close().await;
}

#[actix_web::test]
async fn the_code_is_a_setting_of_the_venue() {
    let t = Tied::open().await;
    t.presses("payments").await;
    let form = t.owner.opens("/payment-methods?change=code").await;
    assert_eq!(form.field("code").as_deref(), Some("EVVAP"));
    for (code, problem) in [("", "Укажите код"), (&"X".repeat(41), "не больше 40 знаков")]
    {
        let told = t.owner.posts("/payment-methods/code", [("code", code), ("was", "EVVAP")]).await;
        told.answers(422).says(problem);
        assert_eq!(told.field("code").as_deref(), Some(code));
    }
    t.owner
        .sends("/payment-methods/code", [("code", "SITE"), ("was", "EVVAP")])
        .await
        .says("SITE настроен верно");
    let late = t.owner.posts("/payment-methods/code", [("code", "CARD"), ("was", "EVVAP")]).await;
    late.answers(422).says("код уже сменили на «SITE»");
    let viewer = t.panel.viewer_of(t.owner.venue.unwrap()).await;
    viewer.opens("/payment-methods?change=code").await.answers(200).does_not_say("Сохранить");
    viewer.posts("/payment-methods/code", [("code", "CARD"), ("was", "SITE")]).await.answers(403);
    t.owner
        .sends("/payment-methods/code", [("code", "CARD"), ("was", "SITE")])
        .await
        .says("iiko не принимает");
    t.panel.close().await;
}

#[actix_web::test]
async fn captured_payment_types_are_read_as_they_are() {
    let folder = "iiko/samples/dictionaries";
    for (file, organization) in [
        ("payment-types-bar-2022.json", "2be1360a-93d0-4b17-82d4-5193a487bc3f"),
        ("payment-types-rolls-shop-2021.json", "01234567-89ab-cdef-0123-456789abcdef"),
    ] {
        let Some(path) = shared::file(&format!("{folder}/{file}")) else { return };
        let body: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        let fed = Fed::open().await;
        let sql = "UPDATE connections SET organization_id = $2 WHERE venue_id = $1";
        let id: uuid::Uuid = organization.parse().unwrap();
        let mut tx = fed.db.begin().await.unwrap();
        maitre::exec!(&mut tx, sql, fed.venue, id).unwrap();
        run::ask(&mut tx, fed.venue, fed.by, (Scope::Only(Part::Payments), None)).await.unwrap();
        tx.commit().await.unwrap();
        let lease = job::claim(&fed.db).await.unwrap().unwrap();
        let work = Work::of(&fed.db, lease).await.unwrap().unwrap();
        let beside = Beside { payments: Some(Ok(body.to_string().into_bytes())), ..Beside::default() };
        digest(&work, None, None, &beside).await.unwrap();
        let sql = "SELECT code, name, kind, processing, deleted FROM payment_methods WHERE venue_id = $1";
        let mut ours =
            all!(&mut fed.db.read().await.unwrap(), (String, String, String, String, bool), sql, fed.venue)
                .unwrap();
        let text = |one: &Value, key: &str| one[key].as_str().unwrap_or_default().trim().to_owned();
        let all = body["paymentTypes"].as_array().unwrap();
        let mut expected: Vec<_> = all
            .iter()
            .map(|one| {
                let (kind, processing) = (text(one, "paymentTypeKind"), text(one, "paymentProcessingType"));
                (text(one, "code"), text(one, "name"), kind, processing, one["isDeleted"] == true)
            })
            .collect();
        ours.sort();
        expected.sort();
        assert_eq!(ours, expected, "{file}");
    }
}
