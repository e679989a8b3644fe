//! What a person decides of a payment that the machine has left to them. «Post again» and «settled by hand» move money or
//! give it up: they ask for a tick.
use actix_web::web::{Data, Path};
use serde_json::json;
use uuid::Uuid;

use crate::accounts::audit;
use crate::error::{Error, Result};
use crate::integrations::iiko_cloud::client::Gate;
use crate::integrations::link::Link;
use crate::posting::case;
use crate::posting::decision::{self, Asked, Decision};
use crate::posting::iiko::Iiko;
use crate::posting::pages::show::{DECISIONS, again};
use crate::posting::till::{Bill, Till};
use crate::say;
use crate::secret::Seal;
use crate::venues::guard::At;
use crate::venues::permission::Repost;
use crate::web::fields::Fields;
use crate::web::flash;
use crate::web::form::Problems;
use crate::web::reply::Reply;
use crate::web::shell::Tone;

/// `POST /v/{venue}/payments/{payment}/decision`: `decision`, `version` as it was seen, `sure` where money may move.
pub async fn decide(
    at: At<Repost>,
    path: Path<(Uuid, Uuid)>,
    fields: Fields,
    (seal, gate): (Data<Seal>, Data<Gate>),
) -> Reply {
    let (lang, id) = (at.lang(), path.1);
    let word = fields.text("decision");
    let decision = DECISIONS.into_iter().find(|one| one.word() == word);
    let decision = decision.ok_or(Error::Unreadable("no such decision"))?;
    let mut problems = Problems::default();
    let sure = decision == Decision::OnTheBill || fields.text("sure") == "yes";
    problems.unless(sure, "sure", say!(lang, "posting-sure-first"));
    if !problems.is_empty() {
        return again(&at, id, &problems).await;
    }
    let bill = match decision {
        Decision::OnTheBill => Some(look(&at, id, &seal, &gate).await?),
        _ => None,
    };
    let asked =
        Asked { venue: at.venue.id, intent: id, version: fields.read("version").unwrap_or(0), at: at.now };
    match settle(&at, &asked, (decision, bill)).await {
        Ok(()) => {
            let said = lang.word(&format!("posting-decided-{word}"));
            Ok(flash::see(&at.venue.path(&format!("/payments/{id}")), Tone::Good, &said))
        }
        Err(Error::Conflict(why)) if lang.has(why) => {
            problems.add("decide", lang.word(why));
            again(&at, id, &problems).await
        }
        Err(cause) => Err(cause),
    }
}

async fn settle(
    at: &At<Repost>,
    asked: &Asked,
    (decision, bill): (Decision, Option<Option<Bill>>),
) -> Result<()> {
    let mut tx = at.db.begin().await?;
    match (decision, bill) {
        (Decision::OnTheBill, Some(Some(bill))) => decision::on_the_bill(&mut tx, asked, &bill, true).await?,
        (Decision::OnTheBill, _) => return Err(Error::Conflict("posting-no-look")),
        (Decision::PostAgain, _) => decision::post_again(&mut tx, asked).await?,
        (Decision::ByHand, _) => decision::by_hand(&mut tx, asked).await?,
    }
    let deed = at.deed("payment.decided").object(asked.intent);
    audit::note(&mut tx, deed.after(json!({ "decision": decision.word() }))).await?;
    tx.commit().await
}

/// The bill as the till shows it now; none: it does not answer.
async fn look(at: &At<Repost>, id: Uuid, seal: &Seal, gate: &Gate) -> Result<Option<Bill>> {
    let mut c = at.db.read().await?;
    let case = case::read(&mut c, at.venue.id, id).await?;
    let link = Link::open(&mut c, seal, gate, at.venue.id).await?.for_page();
    drop(c);
    let till = Iiko::open(&at.db, &link, at.venue.id).await?;
    let bill = till.look(&case.order).await.ok();
    link.keep(&at.db).await?;
    Ok(bill)
}
