//! A press: what is allowed now is written down and goes to the till by itself.
use actix_web::web::Path;
use serde_json::json;
use uuid::Uuid;

use crate::accounts::audit;
use crate::acts::act::{self, New, What};
use crate::acts::pages::show::{LONGEST, Typed, again};
use crate::acts::{moves, work};
use crate::db::conn::Conn;
use crate::error::{Error, Result};
use crate::integrations::dictionary;
use crate::lang::Lang;
use crate::orders::order;
use crate::say;
use crate::staff::courier;
use crate::venues::guard::At;
use crate::venues::permission::Serve;
use crate::web::fields::Fields;
use crate::web::flash;
use crate::web::form::Problems;
use crate::web::reply::Reply;
use crate::web::shell::Tone;

/// `POST /v/{venue}/orders/{order}/acts`: `act`, and what it needs: `courier`, `cause` and `comment`.
pub async fn ask(at: At<Serve>, path: Path<(Uuid, Uuid)>, fields: Fields) -> Reply {
    let lang = at.lang();
    let what = What::of_word(&fields.text("act")).ok_or(Error::Unreadable("no such act"))?;
    let mut tx = at.db.begin().await?;
    let order = order::get(&mut tx, at.venue.id, path.1).await?;
    let mut problems = Problems::default();
    problems.unless(moves::allows(&order, what), "act", say!(lang, "acts-not-now"));
    let chosen = chosen(&mut tx, (at.venue.id, what), &fields, (&mut problems, lang)).await?;
    if problems.is_empty() {
        let comment = if what == What::Cancel { fields.text("comment") } else { String::new() };
        let (detail, said) = chosen.map_or((None, String::new()), |(id, name)| (Some(id), name));
        let new = New { order: order.id, what, detail, said: &said, comment: &comment };
        match act::ask(&mut tx, at.venue.id, &new, (at.person.id, at.now)).await {
            Ok(_) => {
                work::ask(&mut tx, at.venue.id).await?;
                let after = json!({ "act": what.word(), "detail": detail, "comment": comment });
                audit::note(&mut tx, at.deed("order.act").object(order.id).after(after)).await?;
                tx.commit().await?;
                let back = at.venue.path(&format!("/orders/{}", order.id));
                return Ok(flash::see(&back, Tone::Wait, &say!(lang, "acts-asked")));
            }
            Err(Error::Conflict(why)) => problems.add("act", lang.word(why)),
            Err(cause) => return Err(cause),
        }
    }
    drop(tx);
    let typed = Typed {
        courier: fields.text("courier"),
        cause: fields.text("cause"),
        comment: fields.text("comment"),
    };
    again(&at, &order, &problems, &typed).await
}

/// iiko's id and the name of what was chosen, where the act needs one.
async fn chosen(
    c: &mut Conn,
    (venue, what): (Uuid, What),
    fields: &Fields,
    (problems, lang): (&mut Problems, Lang),
) -> Result<Option<(Uuid, String)>> {
    match what {
        What::Courier => {
            let id = fields.read::<Uuid>("courier");
            let people = courier::of_venue(c, venue).await?;
            let found = people.into_iter().find(|one| Some(one.iiko_id) == id);
            problems.unless(found.is_some(), "courier", say!(lang, "acts-courier-untold"));
            Ok(found.map(|one| (one.iiko_id, one.name)))
        }
        What::Cancel => {
            let (id, comment) = (fields.read::<Uuid>("cause"), fields.text("comment"));
            let causes = dictionary::in_use(c, venue, "cancel_cause").await?;
            let none = causes.is_empty();
            let found = causes.into_iter().find(|one| Some(one.iiko_id) == id);
            problems.unless(none || found.is_some(), "cause", say!(lang, "acts-cause-untold"));
            problems.unless(!none || !comment.is_empty(), "comment", say!(lang, "acts-comment-untold"));
            let fits = comment.chars().count() <= LONGEST;
            problems.unless(fits, "comment", say!(lang, "acts-comment-long", n = LONGEST));
            Ok(found.map(|one| (one.iiko_id, one.name)))
        }
        _ => Ok(None),
    }
}
