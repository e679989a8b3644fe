//! «Обновить» over the orders: a look at iiko, asked for by hand.
use crate::error::{Error, Result};
use crate::say;
use crate::sync::watch;
use crate::venues::guard::At;
use crate::venues::permission::Serve;
use crate::web::fields::Fields;
use crate::web::flash;
use crate::web::reply::Reply;
use crate::web::shell::Tone;

/// `POST /v/{venue}/orders/look`: a look that waits is joined, one that runs is followed by another.
pub async fn ask(at: At<Serve>, _fields: Fields) -> Reply {
    iiko_is_on(&at)?;
    let mut tx = at.db.begin().await?;
    watch::ask(&mut tx, at.venue.id).await?;
    tx.commit().await?;
    Ok(flash::see(&at.venue.path("/orders"), Tone::Good, &say!(at.lang(), "orders-look-asked")))
}

fn iiko_is_on(at: &At<Serve>) -> Result<()> {
    if at.venue.iiko_is_on() { Ok(()) } else { Err(Error::Conflict("iiko-no-key")) }
}
