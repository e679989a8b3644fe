//! «Проверить снова».
use actix_web::web::Data;

use crate::accounts::audit;
use crate::clock;
use crate::integrations::iiko_cloud::client::Gate;
use crate::readiness::check::{Desk, check};
use crate::readiness::finding;
use crate::secret::Seal;
use crate::venues::guard::At;
use crate::venues::permission::Manage;
use crate::web::fields::Fields;
use crate::web::reply::{self, Reply};

/// `POST /v/{venue}/readiness`: asks every probe and keeps what they said.
pub async fn again(at: At<Manage>, _fields: Fields, seal: Data<Seal>, gate: Data<Gate>) -> Reply {
    let desk = Desk { db: &at.db, seal: &seal, gate: &gate };
    let findings = check(&desk, &at.venue).await?;
    let mut tx = at.db.begin().await?;
    finding::keep(&mut tx, at.venue.id, (at.person.id, clock::now()), &findings).await?;
    audit::note(&mut tx, at.deed("readiness.checked")).await?;
    tx.commit().await?;
    Ok(reply::see(&at.venue.path("/readiness")))
}
