//! «Кому поступят деньги»: a basket put together here, line by line: which contract, by which rule, how much.
use std::collections::HashMap;

use actix_web::HttpRequest;
use askama::Template;
use uuid::Uuid;

use crate::contracts::assignment::{self, Product};
use crate::contracts::contract::{self, Contract};
use crate::contracts::split::{Line, Rule, route, split};
use crate::error::Result;
use crate::lang::Lang;
use crate::money::Kopecks;
use crate::say;
use crate::venues::guard::{At, Room};
use crate::venues::permission::Money;
use crate::web::form::{Field, Problems, Summary};
use crate::web::reply::{self, Reply};
use crate::web::shell::Shell;

/// Lines of a basket, pieces of a line, products found at once.
const LINES: usize = 50;
const PIECES: i64 = 999;
const FOUND: i64 = 20;

/// What the address says: `?n.{product}=2&discount=10&charge=&q=борщ&add={product}`.
#[derive(Default)]
struct Basket {
    pieces: Vec<(Uuid, i64)>,
    q: String,
    discount: String,
    charge: String,
}

impl Basket {
    fn read(query: &str) -> Basket {
        let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query).unwrap_or_default();
        let mut basket = Basket::default();
        for (name, value) in pairs {
            match name.as_str() {
                "q" => basket.q = value.trim().chars().take(100).collect(),
                "discount" => basket.discount = value.trim().chars().take(20).collect(),
                "charge" => basket.charge = value.trim().chars().take(20).collect(),
                "add" => basket.put(value.parse().ok(), 1),
                name => {
                    let product = name.strip_prefix("n.").and_then(|id| id.parse().ok());
                    basket.put(product, value.trim().parse().unwrap_or(0));
                }
            }
        }
        basket.pieces.retain(|(_, n)| *n > 0);
        basket
    }

    fn put(&mut self, product: Option<Uuid>, n: i64) {
        let Some(product) = product else { return };
        if let Some((_, pieces)) = self.pieces.iter_mut().find(|(id, _)| *id == product) {
            *pieces = pieces.saturating_add(n).clamp(0, PIECES);
        } else if self.pieces.len() < LINES {
            self.pieces.push((product, n.clamp(0, PIECES)));
        }
    }
}

struct Row {
    product: Product,
    pieces: i64,
    sum: Kopecks,
    paid: Kopecks,
    payee: Option<String>,
    why: String,
}

#[derive(Template)]
#[template(path = "contracts/payee.html")]
struct PayeePage {
    shell: Shell,
    base: String,
    contracts: String,
    summary: Option<Summary>,
    q: String,
    discount: Field,
    charge: Field,
    rows: Vec<Row>,
    totals: Vec<(String, Kopecks)>,
    total: Kopecks,
    found: Vec<Product>,
    nobody: bool,
}

/// `GET /v/{venue}/contracts/payee`.
pub async fn show(at: At<Money>, req: HttpRequest) -> Reply {
    let basket = Basket::read(req.query_string());
    let mut problems = Problems::default();
    let lang = at.lang();
    let discount = amount(&basket.discount, "discount", &mut problems, lang);
    let charge = amount(&basket.charge, "charge", &mut problems, lang);
    let page = page(&at, &basket, (discount, charge), &problems).await?;
    if problems.is_empty() { reply::page(&page) } else { reply::again(&page) }
}

fn amount(text: &str, name: &'static str, problems: &mut Problems, lang: Lang) -> Kopecks {
    if text.is_empty() {
        return Kopecks(0);
    }
    Kopecks::typed(text).unwrap_or_else(|_| {
        problems.add(name, say!(lang, "payee-not-an-amount"));
        Kopecks(0)
    })
}

async fn page(
    at: &At<Money>,
    basket: &Basket,
    (discount, charge): (Kopecks, Kopecks),
    problems: &Problems,
) -> Result<PayeePage> {
    let (lang, venue) = (at.lang(), at.venue.id);
    let ids: Vec<Uuid> = basket.pieces.iter().map(|(id, _)| *id).collect();
    let mut c = at.db.snapshot().await?;
    let contracts = contract::of_venue(&mut c, venue).await?;
    let products = assignment::by_ids(&mut c, venue, &ids).await?;
    let found = match basket.q.as_str() {
        "" => Vec::new(),
        words => assignment::found(&mut c, venue, words, FOUND).await?,
    };
    drop(c);
    let (rows, totals, total) = divided(products, basket, &contracts, (discount, charge), lang);
    let base = at.venue.path("/contracts");
    let field = |name, value: &str| {
        Field::text(name, lang.word(&format!("payee-{name}"))).value(value).optional().problem(problems)
    };
    Ok(PayeePage {
        shell: at
            .shell(Room::Contracts)
            .under(say!(lang, "nav-contracts"), base.clone())
            .titled(say!(lang, "payee-title")),
        base: format!("{base}/payee"),
        contracts: base,
        summary: problems.summary(lang),
        q: basket.q.clone(),
        discount: field("discount", &basket.discount),
        charge: field("charge", &basket.charge),
        nobody: contracts.iter().all(|contract| !contract.is_signed()),
        rows,
        totals,
        total,
        found,
    })
}

type Divided = (Vec<Row>, Vec<(String, Kopecks)>, Kopecks);

fn divided(
    products: Vec<Product>,
    basket: &Basket,
    contracts: &[Contract],
    (discount, charge): (Kopecks, Kopecks),
    lang: Lang,
) -> Divided {
    let by_id: HashMap<Uuid, &Contract> = contracts.iter().map(|one| (one.id, one)).collect();
    let primary = contracts.iter().find(|one| one.is_primary).map(|one| one.id);
    let name = |id: Option<Uuid>| id.and_then(|id| by_id.get(&id)).map(|one| one.entity.clone());
    let mut lines = Vec::new();
    let mut rules = Vec::new();
    for product in &products {
        let pieces = basket.pieces.iter().find(|(id, _)| *id == product.id).map_or(0, |(_, n)| *n);
        let own = product.contract_id.and_then(|id| by_id.get(&id)).map(|one| (one.id, one.is_signed()));
        let (contract, rule) = route(own, primary);
        lines.push(Line { sum: Kopecks(product.price.0.saturating_mul(pieces)), contract });
        rules.push((pieces, rule));
    }
    let split = split(&lines, discount, charge);
    let rows = products.into_iter().zip(&lines).zip(rules).zip(&split.lines);
    let rows = rows.map(|(((product, line), (pieces, rule)), paid)| Row {
        why: match rule {
            Rule::Own => say!(lang, "payee-own"),
            Rule::Primary => say!(lang, "payee-primary"),
            Rule::OwnNotSigned => say!(lang, "payee-own-not-signed"),
            Rule::Nowhere => say!(lang, "payee-nowhere-why"),
        },
        payee: name(line.contract),
        sum: line.sum,
        paid: *paid,
        pieces,
        product,
    });
    let rows = rows.collect();
    let totals = split
        .totals
        .iter()
        .map(|(contract, total)| (name(*contract).unwrap_or_else(|| say!(lang, "payee-nowhere")), *total));
    (rows, totals.collect(), split.total)
}
