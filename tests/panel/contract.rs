//! The real client against the sandbox till: both held against the vendor's document, and the client's promises kept under
//! every trouble the till can make.
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::future::join_all;
use maitre::integrations::iiko_cloud::client::{Call, Gate, Log, Till};
use maitre::integrations::iiko_cloud::fault::FaultKind;
use maitre::integrations::iiko_cloud::login::LoginKind;
use maitre::integrations::iiko_cloud::nomenclature::Nomenclature;
use maitre::integrations::iiko_cloud::settings::{App, Limits, Pace, Settings};
use maitre::integrations::iiko_cloud::{payment_types, restaurant_sections};
use maitre::sandbox::demo::NEW_KEY;
use maitre::sandbox::mischief::Fault;
use maitre::sandbox::serve::Sandbox;
use maitre::sandbox::world::{API_KEY, APP_ID, CLIENT_SECRET};
use secrecy::SecretString;
use uuid::Uuid;

use crate::support::schema::check_tape;

struct Asker {
    sandbox: Sandbox,
    till: Till,
    calls: Arc<Mutex<Vec<Call>>>,
}

async fn asker_with(key: &str, limits: Limits, app: bool) -> Asker {
    let sandbox = Sandbox::open().await.unwrap();
    let app = app.then(|| App { id: APP_ID.to_owned(), secret: CLIENT_SECRET.to_owned().into() });
    let settings = Settings { app, pace: Pace::free(), limits, ..Settings::at(sandbox.url()) };
    let calls: Arc<Mutex<Vec<Call>>> = Arc::default();
    let pile = calls.clone();
    let log: Log = Arc::new(move |call| pile.lock().unwrap().push(call));
    let till = Gate::new(settings).unwrap().open(Some(&SecretString::from(key.to_owned())), None, log);
    Asker { sandbox, till, calls }
}

async fn asker() -> Asker {
    asker_with(API_KEY, Limits::default(), true).await
}

impl Asker {
    async fn organization(&self) -> Uuid {
        self.till.organizations().await.unwrap()[0].id
    }

    async fn menu(&self, since: i64) -> Result<Vec<u8>, FaultKind> {
        let organization = self.organization().await;
        self.till.nomenclature(organization, since, &|_| ()).await.map_err(|fault| fault.kind)
    }

    fn asked(&self, path: &str) -> usize {
        self.sandbox.tape().of(path).len()
    }
}

#[actix_web::test]
async fn every_request_and_answer_is_as_the_vendors_document_says() {
    for app in [true, false] {
        let a = asker_with(API_KEY, Limits::default(), app).await;
        a.sandbox.tape().keep_whole(32 << 20);
        let kind = a.till.sign_in().await.unwrap();
        assert_eq!(kind, if app { LoginKind::V2 } else { LoginKind::V1 });
        let organization = a.organization().await;
        let groups = a.till.terminal_groups(organization).await.unwrap();
        assert_eq!(
            groups.iter().map(|g| (g.name.as_str(), g.asleep)).collect::<Vec<_>>(),
            [("Зал", false), ("Бар", true)]
        );
        let ids: Vec<Uuid> = groups.iter().map(|group| group.id).collect();
        assert!(a.till.are_alive(organization, &ids).await.unwrap().contains(&(ids[0], true)));
        assert!(a.till.awaken(organization, ids[1]).await.unwrap());
        let body = a.menu(0).await.unwrap();
        let revision = Nomenclature::read(&body).unwrap().revision;
        let empty = a.menu(revision).await.unwrap();
        assert!(Nomenclature::read(&empty).unwrap().products.is_empty());
        let halls = a.till.restaurant_sections(ids[0]).await.unwrap();
        assert_eq!(restaurant_sections::read(&halls).unwrap().restaurant_sections.len(), 3);
        let types = a.till.payment_types(organization).await.unwrap();
        assert_eq!(payment_types::read(&types).unwrap().payment_types.len(), 5);
        let types = a.till.order_types(organization).await.unwrap();
        assert_eq!((types.len(), types[1].note.as_str()), (3, "DeliveryPickUp"));
        assert_eq!(a.till.discounts(organization).await.unwrap().len(), 1);
        assert_eq!(a.till.cancel_causes(organization).await.unwrap().len(), 3);
        let staff = a.till.couriers(organization).await.unwrap();
        assert_eq!(
            staff.iter().filter(|one| !one.deleted).count(),
            3,
            "who lacks the right or a PIN is not told of"
        );
        let phone = a.till.employee_phone(organization, staff[0].id).await.unwrap();
        assert_eq!(phone.as_deref(), Some("8 (916) 204-11-32"));
        let Some(wrong) = check_tape(&a.sandbox.tape()) else { return };
        assert_eq!(wrong, Vec::<String>::new());
    }
}

#[actix_web::test]
async fn a_key_the_first_sign_in_refuses_is_taken_by_the_other() {
    let a = asker_with(NEW_KEY, Limits::default(), true).await;
    assert_eq!(a.till.sign_in().await.unwrap(), LoginKind::V2);
    let old = asker_with(NEW_KEY, Limits::default(), false).await;
    assert_eq!(old.till.sign_in().await.unwrap_err().kind, FaultKind::BadKey);
}

#[actix_web::test]
async fn fifty_at_once_ask_for_one_token() {
    let a = asker().await;
    let all = join_all((0..50).map(|_| a.till.organizations())).await;
    assert!(all.iter().all(Result::is_ok));
    assert_eq!(a.asked("/api/v2/access_token") + a.asked("/api/1/access_token"), 1);
}

#[actix_web::test]
async fn a_dead_token_is_renewed_once_and_a_missing_right_is_not_mistaken_for_it() {
    let a = asker().await;
    a.organization().await;
    a.sandbox.world().keys.expire_tokens();
    a.organization().await;
    assert_eq!(a.asked("/api/v2/access_token"), 2);
    a.sandbox.world().key().unwrap().lost.insert("api/1/nomenclature".to_owned());
    let refused = a.menu(0).await.unwrap_err();
    assert_eq!(refused, FaultKind::MissingRight { method: "api/1/nomenclature".to_owned() });
    assert_eq!(a.asked("/api/v2/access_token"), 2, "a permission answer renews nothing");
    a.sandbox.mischief().always(Fault::Unauthorized);
    assert_eq!(
        a.till.organizations().await.unwrap_err().kind,
        FaultKind::BadKey,
        "refused twice: the key is dead"
    );
}

#[actix_web::test]
async fn passing_trouble_is_outwaited_and_retry_after_obeyed() {
    let a = asker().await;
    a.organization().await;
    a.sandbox.mischief().next_times(2, Fault::ServerError);
    a.organization().await;
    a.sandbox.mischief().next(Fault::TooManyRequests(Some("1".to_owned())));
    let started = std::time::Instant::now();
    a.organization().await;
    assert!(started.elapsed() >= Duration::from_secs(1), "it waited as long as iiko asked");
    a.sandbox.mischief().next(Fault::TooManyRequests(Some("600".to_owned())));
    let fault = a.till.organizations().await.unwrap_err();
    assert_eq!(
        (fault.kind, fault.after),
        (FaultKind::RateLimited, Some(Duration::from_secs(600))),
        "too long to wait here"
    );
}

#[actix_web::test]
async fn every_wire_fault_has_its_kind_and_none_hangs_or_fills_memory() {
    let limits = Limits {
        total: Duration::from_secs(2),
        menu_total: Duration::from_secs(2),
        menu_body: 1 << 20,
        tries: 1,
        ..Limits::default()
    };
    let a = asker_with(API_KEY, limits, true).await;
    a.organization().await;
    let cases = [
        (Fault::ServerError, FaultKind::Down),
        (Fault::BadGateway, FaultKind::Down),
        (Fault::Html, FaultKind::NotJson),
        (Fault::Empty, FaultKind::NotJson),
        (Fault::CutOff, FaultKind::Truncated),
        (Fault::Endless, FaultKind::TooBig),
        (Fault::Deep, FaultKind::TooDeep),
        (Fault::Offline, FaultKind::Unreachable),
        (Fault::Slow(Duration::from_secs(30)), FaultKind::TimedOut),
    ];
    let organization = a.organization().await;
    for (fault, kind) in cases {
        a.sandbox.mischief().next(fault.clone());
        let outcome = a.till.nomenclature(organization, 0, &|_| ()).await;
        assert_eq!(outcome.map(|body| body.len()).map_err(|fault| fault.kind), Err(kind), "{fault:?}");
        a.sandbox.mischief().calm();
    }
    a.sandbox.mischief().next(Fault::Truncated);
    let body = a.till.nomenclature(organization, 0, &|_| ()).await.unwrap();
    assert_eq!(
        Nomenclature::read(&body).unwrap_err().kind,
        FaultKind::Truncated,
        "half an answer is told when it is read"
    );
    a.menu(0).await.unwrap();
}

#[actix_web::test]
async fn no_key_token_or_secret_is_ever_logged() {
    let a = asker().await;
    a.menu(0).await.unwrap();
    a.sandbox.mischief().next(Fault::ServerError);
    a.organization().await;
    a.sandbox.world().key().unwrap().active = false;
    a.sandbox.world().keys.expire_tokens();
    a.till.organizations().await.unwrap_err();
    let calls = a.calls.lock().unwrap();
    assert!(calls.len() >= 6);
    for call in calls.iter() {
        let text = format!("{call:?}");
        assert!(!text.contains(API_KEY) && !text.contains(CLIENT_SECRET), "{text}");
        assert!(!call.answer.contains("eyJ"), "a token is a secret too: {}", call.answer);
    }
    let signed_in = calls.iter().find(|call| call.path.ends_with("access_token")).unwrap();
    assert!(
        signed_in.request.contains("•••"),
        "the journal shows that a key was sent: {}",
        signed_in.request
    );
}
