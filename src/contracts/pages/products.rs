//! Whose a product is: given to a contract one by one, many at once, by a whole section, or taken back.
use actix_web::web::Path;
use serde_json::json;
use uuid::Uuid;

use crate::accounts::audit;
use crate::contracts::assignment;
use crate::contracts::contract;
use crate::error::Error;
use crate::say;
use crate::venues::guard::At;
use crate::venues::permission::Contracts;
use crate::web::fields::Fields;
use crate::web::flash;
use crate::web::reply::Reply;
use crate::web::shell::Tone;

/// Products in one press, at most.
const MOST: usize = 500;

/// `POST …/contracts/{contract}/products`: `act` is assign, release or section.
pub async fn change(at: At<Contracts>, path: Path<(Uuid, Uuid)>, fields: Fields) -> Reply {
    let (venue, id, lang) = (at.venue.id, path.1, at.lang());
    let back = at.venue.path(&format!("/contracts/{id}"));
    let products: Vec<Uuid> = fields.every("product").filter_map(|id| id.parse().ok()).take(MOST).collect();
    let act = fields.text("act");
    let mut tx = at.db.begin().await?;
    let contract = contract::get(&mut tx, venue, id).await?;
    if contract.state == "ended" && act != "release" {
        return Err(Error::Conflict("contract-is-ended"));
    }
    if act != "section" && products.is_empty() {
        return Ok(flash::see(&back, Tone::Trouble, &say!(lang, "contract-pick-first")));
    }
    let (n, deed) = match act.as_str() {
        "release" => {
            (assignment::release(&mut tx, venue, id, &products).await?, "contract.products_released")
        }
        "section" => {
            let section: Uuid = fields.read("section").ok_or(Error::NotFound("section"))?;
            let n = assignment::assign_section(&mut tx, venue, id, section).await?;
            (n, "contract.section_assigned")
        }
        _ => (assignment::assign(&mut tx, venue, id, &products).await?, "contract.products_assigned"),
    };
    let after = json!({ "products": products, "section": fields.read::<Uuid>("section"), "n": n });
    audit::note(&mut tx, at.deed(deed).object(id).after(after)).await?;
    tx.commit().await?;
    let n = usize::try_from(n).unwrap_or(usize::MAX);
    let said = if act == "release" {
        say!(lang, "contract-released-said", n = n)
    } else {
        say!(lang, "contract-assigned-said", n = n)
    };
    Ok(flash::see(&back, Tone::Good, &said))
}
