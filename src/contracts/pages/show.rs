//! One contract: requisites, state and what may be done next, the scan, its products.
use actix_web::web::{Path, Query};
use askama::Template;
use serde::Deserialize;
use uuid::Uuid;

use crate::clock;
use crate::contracts::assignment::{self, Product, Section};
use crate::contracts::contract::{self, Contract};
use crate::contracts::file::{self, Scan};
use crate::contracts::pages::list::{Badge, days};
use crate::error::Result;
use crate::say;
use crate::venues::guard::{At, Room};
use crate::venues::permission::{Permission, Right, View};
use crate::web::form::{Field, Problems, Summary};
use crate::web::reply::{self, Reply};
use crate::web::shell::Shell;
use crate::web::when::When;

/// Products shown at once.
const MOST: i64 = 200;

/// `?q=борщ`: products to give to this contract.
#[derive(Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    q: String,
}

#[derive(Template)]
#[template(path = "contracts/show.html")]
struct ContractPage {
    shell: Shell,
    base: String,
    may_change: bool,
    /// The account whole, and the file.
    may_see_money: bool,
    summary: Option<Summary>,
    contract: Contract,
    badge: Badge,
    days: String,
    scan: Option<(Scan, When)>,
    file_problem: Option<String>,
    signed_on: Field,
    ended_on: Field,
    own: Vec<Product>,
    own_count: i64,
    /// How many products follow this contract because it is the primary one.
    following: i64,
    sections: Vec<Section>,
    q: String,
    found: Vec<Product>,
}

/// `GET /v/{venue}/contracts/{contract}?q=`.
pub async fn show(at: At<View>, path: Path<(Uuid, Uuid)>, asked: Query<Asked>) -> Reply {
    reply::page(&page(&at, path.1, &Problems::default(), asked.q.trim()).await?)
}

/// The page again with what is wrong, 422.
pub async fn again<R: Right>(at: &At<R>, id: Uuid, problems: &Problems) -> Reply {
    reply::again(&page(at, id, problems, "").await?)
}

async fn page<R: Right>(at: &At<R>, id: Uuid, problems: &Problems, q: &str) -> Result<ContractPage> {
    let lang = at.lang();
    let venue = at.venue.id;
    let mut c = at.db.snapshot().await?;
    let contract = contract::get(&mut c, venue, id).await?;
    let scan = file::of_contract(&mut c, venue, id).await?;
    let own = assignment::of_contract(&mut c, venue, id, MOST).await?;
    let own_count = assignment::count(&mut c, venue, id).await?;
    let following = if contract.is_primary { assignment::following_primary(&mut c, venue).await? } else { 0 };
    let found = if q.is_empty() { Vec::new() } else { assignment::found(&mut c, venue, q, MOST).await? };
    let sections = assignment::sections(&mut c, venue).await?;
    drop(c);
    let contracts = at.venue.path("/contracts");
    let today = clock::day_at(at.now, at.venue.zone()).to_string();
    let date =
        |name, label| Field::text(name, label).kind("date", "off").value(today.clone()).problem(problems);
    Ok(ContractPage {
        shell: at
            .shell(Room::Contracts)
            .under(say!(lang, "nav-contracts"), contracts.clone())
            .titled(contract.entity.clone()),
        base: format!("{contracts}/{id}"),
        may_change: at.may(Permission::Contracts),
        may_see_money: at.may(Permission::Money),
        summary: problems.summary(lang),
        badge: Badge::of(&contract, lang),
        days: days(&contract, lang),
        scan: scan.map(|scan| (scan.clone(), at.when(scan.given_at))),
        file_problem: problems.at("file"),
        signed_on: date("signed_on", say!(lang, "contract-signed-on")),
        ended_on: date("ended_on", say!(lang, "contract-ended-on")),
        own,
        own_count,
        following,
        sections,
        found,
        q: q.to_owned(),
        contract,
    })
}
