//! «Договоры»: who gets the money, and that there is exactly one primary contract whatever two people press at once.
use futures_util::future::join_all;
use maitre::contracts::{contract, requisites};
use maitre::{all, exec};
use uuid::Uuid;

use crate::support::fed::{Fed, dish, export, folder, tie};
use crate::support::panel::Panel;
use crate::support::person::Person;
use crate::support::screen::Screen;

const INN: &str = "7707083893";
const BIK: &str = "044525225";

/// An account of that bank, made to agree with it.
fn account(n: u64) -> String {
    let of = |key: u64| format!("40702810{key}{n:011}");
    (0..10).map(of).find(|one| requisites::account(one, BIK).is_ok()).expect("one key fits")
}

struct Scene {
    panel: Panel,
    owner: Person,
}

impl Scene {
    /// A venue with six dishes in two sections.
    async fn open() -> Scene {
        let panel = Panel::open().await;
        let venue = panel.venue("Рябина").await;
        let owner = panel.owner_of(venue).await;
        tie(&panel.db, &panel.seal, venue, owner.id).await;
        let fed = Fed { db: panel.db.clone(), venue, by: owner.id };
        let groups = [folder(10, "Кухня", None), folder(11, "Бар", None)];
        let dishes: Vec<_> = (0..6)
            .map(|n| dish(100 + n, &format!("Блюдо {n}"), Some(10 + n % 2), 100.0 * (n + 1) as f64))
            .collect();
        fed.sync(&export(5, &groups, &dishes)).await;
        Scene { panel, owner }
    }

    async fn writes(&self, entity: &str, n: u64) -> Screen {
        let account = account(n);
        let number = n.to_string();
        let fields = [
            ("entity", entity),
            ("inn", INN),
            ("kpp", "773601001"),
            ("bik", BIK),
            ("account", account.as_str()),
            ("number", number.as_str()),
        ];
        self.owner.posts("/contracts", fields).await
    }

    /// A contract's address.
    async fn contract(&self, entity: &str, n: u64) -> String {
        self.writes(entity, n).await.goes_to().expect("a contract is made")
    }

    async fn signed(&self, entity: &str, n: u64) -> String {
        let path = self.contract(entity, n).await;
        let day = [("signed_on", "2026-01-15")];
        self.owner.sends(&format!("{path}/signing"), day).await.says("Договор подписан");
        path
    }

    async fn primary_id(&self) -> String {
        let mut c = self.panel.db.read().await.unwrap();
        contract::primary(&mut c, self.owner.venue.unwrap()).await.unwrap().unwrap().to_string()
    }

    async fn primary(&self) -> Vec<String> {
        let sql = "SELECT entity FROM contracts WHERE venue_id = $1 AND is_primary";
        let mut c = self.panel.db.read().await.unwrap();
        let rows = all!(&mut c, (String,), sql, self.owner.venue.unwrap()).unwrap();
        rows.into_iter().map(|(entity,)| entity).collect()
    }
}

fn id(path: &str) -> String {
    path.rsplit('/').next().unwrap().to_owned()
}

#[actix_web::test]
async fn a_contract_is_written_signed_switched_and_ended() {
    let s = Scene::open().await;
    s.owner.opens("/contracts").await.says("Договоров пока нет");
    let first = s.contract("ООО «Рябина»", 1).await;
    s.owner.opens("/contracts").await.says("Черновик").says("Ни один договор не подписан");
    s.owner.opens("/contracts").await.does_not_say("Основной?");
    s.owner.sends(&format!("{first}/signing"), [("signed_on", "2026-01-15")]).await.says("15 января");
    assert_eq!(s.primary().await, ["ООО «Рябина»"], "the first signed is the primary one");
    s.owner.opens("/contracts").await.does_not_say("Основной?").says("и 6 без своего договора");

    // what is signed is not rewritten: the money would go elsewhere without a word
    let facts = crate::support::tied::requisites("7");
    let facts: Vec<(&str, &str)> = facts.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let page = s.owner.opens(&first).await;
    assert!(page.attributes("a.btn", "href").iter().all(|href| !href.ends_with("/edit")), "no «Изменить»");
    s.owner.opens(&format!("{first}/edit")).await.answers(409).says("Подписанный договор не переписывают");
    s.owner.posts(&first, facts).await.answers(409);

    let second = s.signed("ИП Рябинин", 2).await;
    assert_eq!(s.primary().await, ["ООО «Рябина»"]);
    s.owner.opens("/contracts").await.says("Основной?").says("Сделать основным");
    let section = s.owner.opens(&second).await.attributes("#section option", "value")[1].clone();
    let given = [("act", "section"), ("section", section.as_str())];
    s.owner.sends(&format!("{second}/products"), given).await.says("3 товара отданы этому договору");

    let ask = s.owner.opens(&format!("{second}/primacy")).await;
    ask.says("Деньги за 3 товара без своего договора пойдут новому получателю");
    let was = id(&first);
    s.owner
        .sends(&format!("{second}/primacy"), [("was", was.as_str())])
        .await
        .says("Основной договор сменился");
    assert_eq!(s.primary().await, ["ИП Рябинин"]);
    let late = s.owner.posts(&format!("{second}/primacy"), [("was", was.as_str())]).await;
    late.answers(422).says("Основной договор только что сменили");

    s.owner.posts(&format!("{second}/ending"), [("ended_on", "2026-02-01")]).await.answers(409);
    assert_eq!(s.primary().await, ["ИП Рябинин"], "the primary one ends last");
    let early = s.owner.posts(&format!("{first}/ending"), [("ended_on", "2026-01-01")]).await;
    early.answers(422).says("не может завершиться раньше, чем подписан");
    s.owner.sends(&format!("{first}/ending"), [("ended_on", "2026-02-01")]).await.says("Договор завершён");
    s.owner.opens(&format!("{first}/edit")).await.answers(409);
    s.owner.opens("/contracts").await.does_not_say("Основной?");
    s.owner.sends(&format!("{second}/ending"), [("ended_on", "2026-02-02")]).await.says("Договор завершён");
    assert!(s.primary().await.is_empty());
    s.panel.close().await;
}

#[actix_web::test]
async fn wrong_requisites_are_told_at_their_fields_and_nothing_is_lost() {
    let s = Scene::open().await;
    let good = account(7);
    let right = [
        ("entity", "ООО «Рябина»"),
        ("inn", INN),
        ("kpp", "773601001"),
        ("bik", BIK),
        ("account", good.as_str()),
        ("number", "7"),
    ];
    let wrong = [
        ("entity", "", "Укажите юридическое лицо"),
        ("inn", "7707083894", "ИНН не сходится"),
        ("inn", "770", "10 или 12 цифр"),
        ("inn", "", "Укажите ИНН"),
        ("kpp", "", "Укажите КПП"),
        ("kpp", "77", "В КПП 9 знаков"),
        ("bik", "04452522", "В БИК должно быть 9 цифр"),
        ("account", "40702810000000000000", "Счёт не сходится с БИК"),
        ("account", "40702810", "В счёте должно быть 20 цифр"),
        ("number", "", "Укажите номер договора"),
    ];
    for (name, value, said) in wrong {
        let fields = right.map(|(field, right)| (field, if field == name { value } else { right }));
        let told = s.owner.posts("/contracts", fields).await;
        told.answers(422);
        assert!(told.problem(name).is_some_and(|problem| problem.contains(said)), "{name}={value}");
        for (field, typed) in fields {
            assert_eq!(told.field(field).as_deref(), Some(typed), "what was typed stays");
        }
    }
    let person = [right[0], ("inn", "500100732259"), right[2], right[3], right[4], right[5]];
    s.owner.posts("/contracts", person).await.answers(422).says("У предпринимателя (ИНН из 12 цифр) КПП нет");
    s.owner.opens("/contracts").await.says("Договоров пока нет");
    let spaced = [right[0], ("inn", "7707 083893"), right[2], right[3], right[4], right[5]];
    let path = s.owner.posts("/contracts", spaced).await.goes_to().unwrap();
    s.owner.opens(&path).await.says(INN);
    for day in ["", "2999-01-01", "1812-09-07", "завтра"] {
        s.owner.posts(&format!("{path}/signing"), [("signed_on", day)]).await.answers(422);
    }
    s.panel.close().await;
}

#[actix_web::test]
async fn two_people_change_one_contract_and_the_second_sees_both_values() {
    let s = Scene::open().await;
    let path = s.contract("ООО «Рябина»", 1).await;
    let account = account(1);
    let fields = |entity: &'static str| {
        [
            ("entity", entity),
            ("inn", INN),
            ("kpp", "773601001"),
            ("bik", BIK),
            ("number", "1"),
            ("version", "1"),
        ]
    };
    let with = |entity| fields(entity).into_iter().chain([("account", account.as_str())]).collect::<Vec<_>>();
    s.owner.sends(&path, with("ООО «Рябина Групп»")).await.says("Сохранено");
    let told = s.owner.posts(&path, with("ООО «Калина»")).await;
    told.answers(422).says("здесь сохранили «ООО «Рябина Групп»»");
    assert_eq!(told.field("entity").as_deref(), Some("ООО «Калина»"));
    assert_eq!(told.field("version").as_deref(), Some("2"), "a second press keeps one's own");
    s.panel.close().await;
}

#[actix_web::test]
async fn exactly_one_is_primary_under_many_presses_at_once() {
    let s = Scene::open().await;
    let owner = &s.owner;
    let mut paths = Vec::new();
    for n in 1..=4 {
        paths.push(s.contract(&format!("ООО {n}"), n).await);
    }
    // four drafts signed at once: one of them is the primary one
    let press = paths.iter().map(|path| {
        let path = format!("{path}/signing");
        async move { owner.posts(&path, [("signed_on", "2026-01-15")]).await.status }
    });
    assert!(join_all(press).await.iter().all(|status| *status == 303));
    assert_eq!(s.primary().await.len(), 1);
    for _ in 0..5 {
        let was = s.primary_id().await;
        let press = paths.iter().map(|path| {
            let (path, was) = (format!("{path}/primacy"), was.clone());
            async move { owner.posts(&path, [("was", was.as_str())]).await.status }
        });
        let statuses = join_all(press).await;
        let won = statuses.iter().filter(|status| **status == 303).count();
        // who presses for the one that is primary already changes nothing, so another may win after
        assert!((1..=2).contains(&won), "{statuses:?}");
        assert_eq!(s.primary().await.len(), 1, "{statuses:?}");
    }
    // and by hand, past our code: the database itself refuses a second
    let venue = s.owner.venue.unwrap();
    let now = s.primary_id().await;
    let other = paths.iter().map(|path| id(path)).find(|one| *one != now).unwrap();
    let mut tx = s.panel.db.begin().await.unwrap();
    let sql = "UPDATE contracts SET is_primary = TRUE WHERE venue_id = $1 AND id = $2";
    assert!(exec!(&mut tx, sql, venue, other.parse::<Uuid>().unwrap()).is_err());
    drop(tx);
    let mut tx = s.panel.db.begin().await.unwrap();
    let sql = "UPDATE contracts SET state = 'ended' WHERE venue_id = $1 AND is_primary";
    assert!(exec!(&mut tx, sql, venue).is_err(), "a primary contract is a signed one");
    drop(tx);
    s.panel.close().await;
}

#[actix_web::test]
async fn whose_a_product_is_and_who_gets_the_money_for_any_basket() {
    let s = Scene::open().await;
    let first = s.signed("ООО «Рябина»", 1).await;
    let second = s.signed("ИП Рябинин", 2).await;
    let found = s.owner.opens(&format!("{second}?q=блюдо")).await;
    let products = found.attributes("#give ~ * input[name=product], .picks input[name=product]", "value");
    assert_eq!(products.len(), 6);
    let picks: Vec<(&str, &str)> = [("act", "assign")]
        .into_iter()
        .chain(products[..2].iter().map(|product| ("product", product.as_str())))
        .collect();
    s.owner.sends(&format!("{second}/products"), picks).await.says("2 товара отданы этому договору");
    s.owner.sends(&format!("{second}/products"), [("act", "assign")]).await.says("Сначала отметьте товары");

    // «Блюдо 0» 100 ₽ and «Блюдо 2» 300 ₽ with 10 ₽ off: 400 → 390
    let basket = format!("/contracts/payee?n.{}=1&n.{}=1&discount=10,01", products[0], products[2]);
    let page = s.owner.opens(&basket).await;
    page.says("по своему договору товара").says("своего договора нет — по основному");
    let rows: Vec<String> = page.every(".bill dd");
    assert_eq!(rows, ["97,50 ₽", "292,49 ₽", "389,99 ₽"]);
    s.owner.opens("/contracts/payee?discount=много").await.answers(422).says("Сумма вроде 150");
    s.owner.opens("/contracts/payee?q=блюдо").await.says("Блюдо 5");

    // the second ends: its products follow the primary one
    s.owner.sends(&format!("{second}/ending"), [("ended_on", "2026-02-01")]).await.says("Договор завершён");
    s.owner.opens(&basket).await.says("договор товара не подписан или завершён — по основному");
    s.owner.opens(&first).await.says("Ещё 6 товаров без своего подписанного договора");
    let release = [("act", "release"), ("product", products[0].as_str())];
    s.owner.sends(&format!("{second}/products"), release).await.says("1 товар теперь идёт по основному");
    s.owner.sends(&format!("{first}/ending"), [("ended_on", "2026-02-01")]).await;
    s.owner.opens(&basket).await.says("некуда").says("Ни один договор не подписан");
    s.panel.close().await;
}

#[actix_web::test]
async fn a_scan_is_known_by_its_bytes_and_comes_back_as_a_download() {
    let s = Scene::open().await;
    let path = s.contract("ООО «Рябина»", 1).await;
    let file = format!("{path}/file");
    s.owner.opens(&file).await.answers(404);
    let html = b"<html><script>alert(1)</script>".to_vec();
    for (bytes, said) in [
        (html, "не PDF, не JPEG и не PNG"),
        (b"%PDF-1.7\n".iter().copied().chain(std::iter::repeat_n(0, 5 << 20)).collect(), "больше 5 МБ"),
    ] {
        s.owner.uploads(&file, &[bytes]).await.answers(422).says(said);
    }
    let pdf = b"%PDF-1.7 contract".to_vec();
    s.owner.uploads(&file, &[pdf]).await;
    s.owner.opens(&path).await.says("Скачать скан (pdf)");
    let scan = s.owner.opens(&file).await;
    scan.answers(200);
    assert_eq!(scan.header("content-disposition"), "attachment; filename=\"contract.pdf\"");
    assert_eq!(scan.header("content-type"), "application/pdf");
    assert!(scan.header("content-security-policy").contains("sandbox"));
    let venue = s.owner.venue.unwrap();
    s.panel.viewer_of(venue).await.opens(&file).await.answers(403);
    s.panel.close().await;
}

#[actix_web::test]
async fn a_foreign_contract_is_nowhere_and_a_viewer_changes_nothing() {
    let s = Scene::open().await;
    let path = s.signed("ООО «Рябина»", 1).await;
    let venue = s.owner.venue.unwrap();
    let viewer = s.panel.viewer_of(venue).await;
    viewer
        .opens(&path)
        .await
        .answers(200)
        .says(INN)
        .does_not_say("Завершить договор")
        .does_not_say(&account(1))
        .says("••• ");
    let other = s.panel.venue("Чужая").await;
    let stranger = s.panel.owner_of(other).await;
    let theirs = format!("/contracts/{}", id(&path));
    for under in ["/signing", "/ending", "/removal", "/primacy", "/products", ""] {
        viewer.posts(&format!("{path}{under}"), []).await.answers(403);
        let status = stranger
            .posts(&format!("{theirs}{under}"), [("signed_on", "2026-01-01"), ("ended_on", "2026-01-01")])
            .await;
        status.answers(404);
    }
    for under in ["", "/edit", "/primacy", "/file"] {
        stranger.opens(&format!("{theirs}{under}")).await.answers(404);
    }
    // a product of another venue cannot be given to one's own contract
    let mut tx = s.panel.db.begin().await.unwrap();
    let facts = contract::Facts { entity: "Чужое".into(), ..contract::Facts::default() };
    let own = contract::create(&mut tx, other, &facts).await.unwrap();
    tx.commit().await.unwrap();
    let sql = "SELECT id FROM products WHERE venue_id = $1 LIMIT 1";
    let product = all!(&mut s.panel.db.read().await.unwrap(), (Uuid,), sql, venue).unwrap()[0].0.to_string();
    let fields = [("act", "assign"), ("product", product.as_str())];
    stranger.posts(&format!("/contracts/{own}/products"), fields).await.answers(404);
    s.panel.close().await;
}
