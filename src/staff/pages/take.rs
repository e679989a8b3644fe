//! «Сотрудники из iiko»: who iiko tells of, ticked, with phones; taken all together or, when one is wrong, none.
use std::collections::HashSet;

use askama::Template;
use serde_json::json;
use uuid::Uuid;

use crate::accounts::audit;
use crate::contact::Phone;
use crate::error::Result;
use crate::lang::Lang;
use crate::say;
use crate::staff::candidate::{self, Candidate};
use crate::staff::employee::{self, Facts};
use crate::staff::notice::NOTICES;
use crate::venues::guard::{At, Room};
use crate::venues::part::Part;
use crate::venues::permission::Staff;
use crate::venues::standing::{self, Head};
use crate::web::fields::Fields;
use crate::web::flash;
use crate::web::reply::{self, Reply};
use crate::web::shell::{Shell, Tone};

struct Row {
    candidate: Candidate,
    ticked: bool,
    phone: String,
    from_iiko: bool,
    problem: Option<String>,
}

#[derive(Template)]
#[template(path = "staff/take.html")]
struct TakePage {
    shell: Shell,
    base: String,
    head: Head,
    rows: Vec<Row>,
    /// How many rows are wrong.
    wrong: usize,
}

/// `GET /v/{venue}/staff/iiko`.
pub async fn show(at: At<Staff>) -> Reply {
    let candidates = candidate::of_venue(&mut at.db.read().await?, at.venue.id).await?;
    let rows = candidates.into_iter().map(|candidate| Row {
        ticked: false,
        phone: Phone::typed(&candidate.phone).map(|phone| phone.to_string()).unwrap_or_default(),
        from_iiko: !candidate.phone.is_empty(),
        problem: None,
        candidate,
    });
    reply::page(&page(&at, rows.collect()).await?)
}

async fn page(at: &At<Staff>, rows: Vec<Row>) -> Result<TakePage> {
    let lang = at.lang();
    let base = at.venue.path("/staff");
    Ok(TakePage {
        shell: at
            .shell(Room::Staff)
            .under(say!(lang, "nav-staff"), base.clone())
            .titled(say!(lang, "staff-from-iiko")),
        head: standing::head(at, Part::Staff).await?,
        wrong: rows.iter().filter(|row| row.problem.is_some()).count(),
        base,
        rows,
    })
}

/// `POST /v/{venue}/staff/iiko`: `person` is each ticked id, `phone.{id}` its phone.
pub async fn take(at: At<Staff>, fields: Fields) -> Reply {
    let lang = at.lang();
    let ticked: HashSet<Uuid> = fields.every("person").filter_map(|id| id.parse().ok()).collect();
    let mut tx = at.db.begin().await?;
    let candidates = candidate::of_venue(&mut tx, at.venue.id).await?;
    let mut rows = Vec::new();
    let mut taken: Vec<(Uuid, Facts)> = Vec::new();
    for candidate in candidates {
        let typed = fields.text(&format!("phone.{}", candidate.iiko_id));
        let is_ticked = ticked.contains(&candidate.iiko_id);
        let mut problem = None;
        if is_ticked {
            let others: Vec<&Facts> = taken.iter().map(|(_, facts)| facts).collect();
            match understood(&mut tx, at.venue.id, &candidate, &typed, (&others, lang)).await? {
                Ok(facts) => taken.push((candidate.iiko_id, facts)),
                Err(said) => problem = Some(said),
            }
        }
        let from_iiko = !candidate.phone.is_empty();
        rows.push(Row { candidate, ticked: is_ticked, phone: typed, from_iiko, problem });
    }
    if rows.iter().any(|row| row.problem.is_some()) {
        drop(tx);
        return reply::again(&page(&at, rows).await?);
    }
    if taken.is_empty() {
        let back = at.venue.path("/staff/iiko");
        return Ok(flash::see(&back, Tone::Trouble, &say!(lang, "staff-tick-first")));
    }
    let mut deeds = Vec::new();
    for (iiko_id, facts) in &taken {
        let id = employee::create(&mut tx, at.venue.id, Some(*iiko_id), facts).await?;
        let after = json!({ "name": facts.name, "iiko_id": iiko_id });
        deeds.push(at.deed("employee.taken").object(id).after(after));
    }
    for deed in deeds {
        audit::note(&mut tx, deed).await?;
    }
    tx.commit().await?;
    let said = say!(lang, "staff-taken-said", n = taken.len());
    Ok(flash::see(&at.venue.path("/staff"), Tone::Good, &said))
}

/// A ticked person as they are to be, or what is wrong with their phone.
async fn understood(
    c: &mut crate::db::conn::Conn,
    venue: Uuid,
    candidate: &Candidate,
    typed: &str,
    (others, lang): (&[&Facts], Lang),
) -> Result<Result<Facts, String>> {
    if typed.is_empty() {
        return Ok(Err(say!(lang, "staff-phone-empty")));
    }
    let Some(phone) = Phone::typed(typed) else { return Ok(Err(say!(lang, "staff-phone-wrong"))) };
    let here = employee::with_phone(c, venue, &phone, None).await?;
    let twin = others.iter().find(|other| other.phone == phone).map(|other| other.name.clone());
    if let Some(name) = here.or(twin) {
        return Ok(Err(say!(lang, "staff-phone-taken", name = name)));
    }
    let notices = NOTICES.map(str::to_owned).to_vec();
    let (name, role) = (candidate.name.clone(), "waiter".to_owned());
    Ok(Ok(Facts { name, role, phone, telegram_id: None, notices }))
}
