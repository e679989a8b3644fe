//! Off work and back. Who was dismissed in iiko is taken off work here by this button alone.
use actix_web::web::Path;
use uuid::Uuid;

use crate::accounts::audit;
use crate::say;
use crate::staff::employee;
use crate::venues::guard::At;
use crate::venues::permission::Staff;
use crate::web::fields::Fields;
use crate::web::flash;
use crate::web::reply::Reply;
use crate::web::shell::Tone;

/// `POST …/staff/{employee}/suspension`: `back=yes` takes them back.
pub async fn change(at: At<Staff>, path: Path<(Uuid, Uuid)>, fields: Fields) -> Reply {
    let back = fields.text("back") == "yes";
    let mut tx = at.db.begin().await?;
    let employee = employee::get(&mut tx, at.venue.id, path.1).await?;
    employee::suspend(&mut tx, at.venue.id, employee.id, (!back).then_some(at.person.id)).await?;
    let deed = if back { "employee.taken_back" } else { "employee.suspended" };
    audit::note(&mut tx, at.deed(deed).object(employee.id)).await?;
    tx.commit().await?;
    let lang = at.lang();
    let name = employee.name.as_str();
    let said = if back {
        say!(lang, "staff-back-said", name = name)
    } else {
        say!(lang, "staff-suspended-said", name = name)
    };
    Ok(flash::see(&at.venue.path(&format!("/staff/{}", employee.id)), Tone::Good, &said))
}
