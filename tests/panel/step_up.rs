//! What decides much asks once more who it is, and loses nothing that was typed.
use actix_web::HttpResponse;
use actix_web::web::post;
use chrono::TimeDelta;
use maitre::accounts::guard::Proved;
use maitre::accounts::session;
use maitre::accounts::user;
use maitre::secret::Seal;
use maitre::web::fields::Fields;
use maitre::web::reply::Reply;
use maitre::web::upload::Upload;
use maitre::{clock, exec, one};
use reqwest::Method;

use crate::accounts::{PASSWORD, known};
use crate::support::annex::Annex;
use crate::support::panel::Panel;
use crate::support::person::Person;

/// The panel with one more room, whose form decides much.
struct House {
    panel: Panel,
    annex: Annex,
}

/// Says back what it was sent.
async fn decide(at: Proved, fields: Fields) -> Reply {
    let said = format!(
        "{}: {} {:?}",
        at.0.person.email,
        fields.text("key"),
        fields.every("tick").collect::<Vec<_>>()
    );
    Ok(HttpResponse::Ok().body(said))
}

async fn take(_: Proved, upload: Upload) -> Reply {
    Ok(HttpResponse::Ok().body(format!("{} files", upload.files.len())))
}

impl House {
    async fn open() -> House {
        let panel = Panel::open().await;
        let annex = Annex::of(&panel, |rooms| {
            rooms.route("/decide/{what}", post().to(decide)).route("/files", post().to(take));
        });
        House { panel, annex }
    }

    /// Somebody with a password, signed in so many minutes ago.
    async fn anna(&self, minutes: i64) -> Person {
        let id = known(&self.panel.db, "anna@example.com").await;
        let mut tx = self.panel.db.begin().await.unwrap();
        let (user, _) = user::by_email(&mut tx, "anna@example.com").await.unwrap().unwrap();
        let sid = session::open(&mut tx, &user, "Test", "127.0.0.1", clock::now()).await.unwrap();
        tx.commit().await.unwrap();
        self.ages(minutes).await;
        Person::signed_in(self.annex.url.clone(), id, "anna@example.com".to_owned(), sid).await
    }

    async fn ages(&self, minutes: i64) {
        let mut tx = self.panel.db.begin().await.unwrap();
        let then = clock::now() - TimeDelta::minutes(minutes);
        exec!(&mut tx, "UPDATE sessions SET proved_at = $1", then).unwrap();
        tx.commit().await.unwrap();
    }

    async fn close(self) {
        self.annex.close().await;
        self.panel.close().await;
    }
}

const KEY: &str = "ключ от кассы & ещё=одно";

#[actix_web::test]
async fn a_proof_of_ten_minutes_ago_is_asked_for_again_and_the_form_goes_on_with_what_was_typed() {
    let house = House::open().await;
    let anna = house.anna(9).await;
    let form = [("key", KEY), ("tick", "a"), ("tick", "б")];
    anna.posts("/decide/1", form).await.answers(200).says(KEY);

    house.ages(10).await;
    let asked = anna.posts("/decide/1", form).await;
    asked.answers(401).says("Подтвердите, что это вы");
    assert_eq!(asked.field("to").as_deref(), Some("/decide/1"));
    assert!(!asked.html.contains("касс"), "what was typed stands in the page in clear");

    let wrong = anna.proves(&asked, "password", "щи с пампушками").await;
    assert!(wrong.answers(422).problem("password").unwrap().contains("не подошёл"));
    assert_eq!(wrong.field("kept"), asked.field("kept"), "a wrong password loses the form");

    let done = anna.proves(&wrong, "password", PASSWORD).await;
    done.answers(200).says(&format!("anna@example.com: {KEY} [\"a\", \"б\"]"));
    anna.posts("/decide/1", form).await.answers(200);
    let (proofs,) = one!(
        &mut house.panel.db.read().await.unwrap(),
        (i64,),
        "SELECT count(*) FROM audit WHERE deed = 'session.proved'"
    )
    .unwrap();
    assert_eq!(proofs, 1);
    house.close().await;
}

#[actix_web::test]
async fn a_kept_form_opens_at_its_own_address_in_its_own_session_for_ten_minutes() {
    let house = House::open().await;
    let anna = house.anna(11).await;
    let asked = anna.posts("/decide/1", [("key", KEY)]).await;
    let kept = asked.field("kept").unwrap();
    house.ages(0).await;
    anna.posts("/decide/1", [("kept", kept.as_str())]).await.answers(200).says(KEY);
    anna.posts("/decide/2", [("kept", kept.as_str())]).await.answers(409).does_not_say(KEY);
    anna.posts("/decide/1", [("kept", &kept[1..])]).await.answers(409);
    anna.posts("/decide/1", [("kept", "ключ")]).await.answers(409).says("больше 10 минут");

    let sid = anna.cookie("maitre-sid").unwrap();
    let mut tx = house.panel.db.begin().await.unwrap();
    let (user, _) = user::by_email(&mut tx, "anna@example.com").await.unwrap().unwrap();
    let other = session::open(&mut tx, &user, "Test", "127.0.0.1", clock::now()).await.unwrap();
    tx.commit().await.unwrap();
    anna.set_cookie("maitre-sid", &other);
    anna.posts("/decide/1", [("kept", kept.as_str())]).await.answers(409);
    anna.set_cookie("maitre-sid", &sid);

    // sealed by us for the very place, but eleven minutes ago
    let place = place_of("/decide/1", &sid);
    let sealed = |minutes: i64| {
        let at = (clock::now() - TimeDelta::minutes(minutes)).timestamp();
        let text = format!("{at}\nkey=old").into();
        base64::Engine::encode(
            &base64::engine::general_purpose::URL_SAFE_NO_PAD,
            house.panel.seal.close(place, &text).unwrap(),
        )
    };
    anna.posts("/decide/1", [("kept", sealed(9).as_str())]).await.answers(200).says("old");
    anna.posts("/decide/1", [("kept", sealed(11).as_str())]).await.answers(409);
    house.close().await;
}

fn place_of(path: &str, sid: &str) -> maitre::secret::Place {
    let name = |text: &str| uuid::Uuid::from_slice(&maitre::secret::digest(text)[..16]).unwrap();
    maitre::secret::Place { table: "forms", column: "kept", venue: name(path), row: name(sid) }
}

#[actix_web::test]
async fn a_form_of_sixty_four_kilobytes_is_kept_and_a_larger_one_is_refused_as_ever() {
    let house = House::open().await;
    let anna = house.anna(11).await;
    let long = "я".repeat(10_000);
    let asked = anna.posts("/decide/1", [("key", long.as_str())]).await;
    asked.answers(401);
    anna.proves(&asked, "password", PASSWORD).await.answers(200).says(&long);
    anna.posts("/decide/1", [("key", "я".repeat(11_000).as_str())]).await.answers(413);
    anna.posts("/decide/1", [("key", "я".repeat(30_000).as_str())]).await.answers(413);
    house.close().await;
}

#[actix_web::test]
async fn a_form_that_is_not_ours_is_not_kept_and_a_part_or_a_file_leads_back_to_its_page() {
    let house = House::open().await;
    let anna = house.anna(11).await;
    let post = |path| anna.request(Method::POST, path).header("sec-fetch-site", "same-origin");
    anna.go(post("/decide/1").form(&[("token", "чужой"), ("key", KEY)])).await.answers(403);

    let part = post("/decide/1")
        .header("hx-request", "true")
        .header("hx-current-url", format!("{}/venues", house.annex.url));
    let part = anna.go(part.form(&[("token", anna.token())])).await;
    assert_eq!(part.answers(401).header("hx-redirect"), "/prove?next=%2Fvenues");
    let page = anna.opens("/prove?next=%2Fprofile").await;
    assert_eq!(anna.proves(&page, "password", PASSWORD).await.answers(200).heading(), "Профиль");

    house.ages(11).await;
    let files = anna.uploads("/files", &[vec![1, 2, 3]]).await;
    files.answers(401).says("выберите его на странице ещё раз");
    assert_eq!(files.field("kept"), None);
    anna.proves(&files, "password", PASSWORD).await;
    anna.uploads("/files", &[vec![1, 2, 3]]).await.answers(200).says("1 files");
    house.close().await;
}

#[actix_web::test]
async fn the_way_on_never_leads_to_another_site_and_guessing_is_limited() {
    let house = House::open().await;
    let anna = house.anna(11).await;
    for evil in ["https://evil.example/", "//evil.example", "/\\evil.example"] {
        let on = anna.posts("/prove", [("to", evil), ("password", PASSWORD)]).await;
        assert_eq!(on.goes_to().as_deref(), Some("/"), "{evil}");
    }
    house.ages(11).await;
    let mut asked = anna.posts("/decide/1", [("key", KEY)]).await;
    for _ in 0..10 {
        asked = anna.proves(&asked, "password", "мимо").await;
        asked.answers(422);
    }
    let waits = anna.proves(&asked, "password", PASSWORD).await;
    assert!(waits.answers(429).problem("password").unwrap().contains("30 минут"));
    assert!(waits.field("kept").is_some(), "the form is lost");
    house.close().await;
}

/// Another installation's seal opens nothing.
#[actix_web::test]
async fn a_kept_form_of_another_installation_stays_shut() {
    let house = House::open().await;
    let anna = house.anna(0).await;
    let place = place_of("/decide/1", &anna.cookie("maitre-sid").unwrap());
    let text = format!("{}\nkey=theirs", clock::now().timestamp()).into();
    let blob = Seal::new(&[8; 32]).close(place, &text).unwrap();
    let kept = base64::Engine::encode(&base64::engine::general_purpose::URL_SAFE_NO_PAD, blob);
    anna.posts("/decide/1", [("kept", kept.as_str())]).await.answers(409);
    house.close().await;
}
