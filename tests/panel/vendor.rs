//! The sandbox against the vendor's published document and captured answers.
use maitre::sandbox::menu::Menu;
use maitre::sandbox::tape::Call;
use maitre::sandbox::world::{API_KEY, World};
use serde_json::{Value, json};

use crate::support::schema::{check_tape, document};
use crate::support::shared;
use crate::support::till::Till;

/// Every method is asked the way its document says, and answers the way it says.
#[actix_web::test]
async fn every_answer_of_the_sandbox_is_as_the_vendor_publishes() {
    let till = Till::demo().await;
    till.sandbox.tape().keep_whole(64 << 20);
    let one = till.organization();
    let terminals: Vec<String> =
        till.sandbox.world().first().terminals.iter().map(|t| t.id.to_string()).collect();
    let of_one = json!({"organizationIds": [one]});
    let both = json!({"organizationIds": [one], "terminalGroupIds": terminals});
    for (path, body) in [
        ("/api/1/access_token", json!({"apiLogin": API_KEY})),
        ("/api/1/organizations", json!({})),
        ("/api/1/organizations", json!({"returnAdditionalInfo": true, "includeDisabled": true})),
        ("/api/1/terminal_groups", of_one.clone()),
        ("/api/1/terminal_groups/is_alive", both.clone()),
        ("/api/1/terminal_groups/awake", both),
        ("/api/1/nomenclature", till.menu_request(None)),
        ("/api/1/stop_lists", of_one.clone()),
        (
            "/api/1/reserve/available_restaurant_sections",
            json!({"terminalGroupIds": terminals, "returnSchema": true}),
        ),
        ("/api/1/payment_types", of_one.clone()),
        ("/api/1/employees/couriers", of_one.clone()),
        ("/api/1/deliveries/order_types", of_one.clone()),
        ("/api/1/discounts", of_one.clone()),
        ("/api/1/cancel_causes", of_one),
    ] {
        let said = till.asks(path, body).await;
        assert_eq!(said.status, 200, "{path}: {}", said.text);
    }
    // refusals have a shape too
    assert_eq!(till.asks("/api/1/access_token", json!({"apiLogin": "nobody"})).await.status, 401);
    assert_eq!(till.asks("/api/1/nomenclature", json!({})).await.status, 400);

    let tape = till.sandbox.tape();
    assert_eq!(tape.calls().filter(|call| call.is_whole()).count(), 17, "every call is compared");
    let Some(wrong) = check_tape(&tape) else { return };
    assert_eq!(wrong, Vec::<String>::new());
}

/// The checker's control: each of these is wrong and must be found.
#[actix_web::test]
async fn a_wrong_word_in_a_request_or_an_answer_is_found() {
    let till = Till::demo().await;
    till.asks("/api/1/organizations", json!({"organisationIds": []})).await;
    till.asks("/api/1/terminal_groups", json!({"organizationIds": [till.organization()], "sleeping": true}))
        .await;
    let Some(document) = document() else { return };
    let tape = till.sandbox.tape();
    let good: Call = tape.of("/api/v2/access_token").first().copied().unwrap().clone();
    assert_eq!(document.check(&good), Vec::<String>::new());
    let wrong = check_tape(&tape).unwrap();
    assert_eq!(wrong.len(), 2, "{wrong:?}");
    assert!(wrong[0].contains("organisationIds"), "{wrong:?}");

    let answered = |change: &dyn Fn(&mut Value)| {
        let mut call = tape.of("/api/1/terminal_groups")[0].clone();
        call.request = r#"{"organizationIds":[]}"#.into();
        let mut answer: Value = serde_json::from_slice(&call.answer).unwrap();
        change(&mut answer);
        call.answer = answer.to_string().into();
        document.check(&call)
    };
    assert_eq!(answered(&|_| ()), Vec::<String>::new());
    assert_eq!(
        answered(&|answer| answer["new"] = 1.into()),
        Vec::<String>::new(),
        "more than published is met"
    );
    assert_ne!(
        answered(&|answer| drop(answer.as_object_mut().unwrap().remove("terminalGroupsInSleep"))),
        [""; 0]
    );
    assert_ne!(answered(&|answer| answer["terminalGroups"] = Value::Null), [""; 0]);
    assert_ne!(answered(&|answer| answer["terminalGroups"][0]["items"][0]["id"] = "no id".into()), [""; 0]);
    assert_ne!(answered(&|answer| answer["terminalGroups"][0]["items"][0]["name"] = 7.into()), [""; 0]);
}

/// Every captured menu is loaded and given out again, letter by letter within each entry.
#[actix_web::test]
async fn a_captured_menu_is_answered_as_it_was_captured() {
    let Some(folder) = shared::file("iiko/samples") else { return };
    let mut files: Vec<_> =
        std::fs::read_dir(folder.join("nomenclature")).unwrap().map(|one| one.unwrap().path()).collect();
    files.push(folder.join("synthetic/nomenclature-awkward.json"));
    files.push(folder.join("synthetic/nomenclature-unchanged.json"));
    assert_eq!(files.len(), 9);
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let mut captured: Value = serde_json::from_str(&text).unwrap();
        let till = Till::open(World::of_text(&text).unwrap()).await;
        till.sandbox.tape().keep_whole(64 << 20);
        let mut answered = till.menu(None).await;
        captured["correlationId"] = Value::Null;
        answered["correlationId"] = Value::Null;
        assert!(answered == captured, "{} differs", file.display());
        // a till of 2020 left out fields that are promised today
        if let Some(wrong) = check_tape(&till.sandbox.tape())
            && !file.ends_with("tula-pizzeria-2020-06.json")
        {
            assert_eq!(wrong, Vec::<String>::new(), "{}", file.display());
        }

        let mut world = World::of_nomenclature(captured.clone()).unwrap();
        let read_again = Menu::read(&format!(
            "{{\"correlationId\":null{}",
            String::from_utf8_lossy(&world.menu().tail(None))
        ));
        assert_eq!(read_again.unwrap().products.len(), captured["products"].as_array().unwrap().len());

        let same = till.menu(captured["revision"].as_i64()).await;
        assert_eq!(same["revision"], captured["revision"]);
        assert!(
            same["products"].as_array().unwrap().is_empty()
                && same["productCategories"].as_array().unwrap().is_empty()
        );
    }
}
