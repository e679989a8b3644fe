//! Takes an order of the app: checked, written among the orders, and on its way to the till, in one transaction.
use uuid::Uuid;

use crate::clock::Timestamp;
use crate::db::conn::Conn;
use crate::error::{Error, Result};
use crate::integrations::iiko_cloud::new_delivery::{self, NewDelivery};
use crate::money::Kopecks;
use crate::orders::bill::Bill;
use crate::orders::kind::Kind;
use crate::orders::order::{self, Source, Told, Took};
use crate::orders::status::Status;
use crate::placing::card::Card;
use crate::placing::draft::{Address, Draft, Service, Wrong};
use crate::placing::placement::{self, New};
use crate::placing::reckon::{Reckoned, reckon};
use crate::placing::work;
use crate::secret::digest;
use crate::venues::venue::Venue;

/// What became of it: the order's id, or what is wrong with it.
pub type Placed = Result<Uuid, Wrong>;

/// The same number with the same words is the same order. A venue without a till takes none: [`Error::Conflict`]
/// `iiko-no-key`.
pub async fn place(c: &mut Conn, venue: &Venue, draft: Draft, now: Timestamp) -> Result<Placed> {
    let said = serde_json::to_string(&draft).map_err(|cause| Error::Internal(Box::new(cause)))?;
    let digest = digest(&said);
    if let Some(known) = placement::by_number(c, venue.id, draft.external_number.trim()).await? {
        let same = known.digest == digest;
        return Ok(if same { Ok(known.id) } else { Err(Wrong::Number) });
    }
    if !venue.iiko_is_on() {
        return Err(Error::Conflict("iiko-no-key"));
    }
    let draft = match draft.checked(now) {
        Ok(draft) => draft,
        Err(wrong) => return Ok(Err(wrong)),
    };
    let card = Card::of(c, venue.id, &draft).await?;
    let reckoned = match reckon(&draft, &card) {
        Ok(reckoned) => reckoned,
        Err(wrong) => return Ok(Err(wrong)),
    };
    let iiko_id = Uuid::now_v7();
    let body = body(&draft, &reckoned, venue);
    let told = told(iiko_id, &draft, reckoned, now);
    let Took::New(id) = order::take(c, venue.id, &told, (Source::Us, now)).await? else {
        return Err(Error::internal("a fresh id was taken"));
    };
    let new = New { id, iiko_id, digest: &digest, body: &body };
    if !placement::make(c, venue.id, &new, now).await? {
        // the app has told it twice at once, and the other was faster: told again, it is found
        return Err(Error::Busy("the same number is being placed".into()));
    }
    work::ask(c, venue.id).await?;
    Ok(Ok(id))
}

fn body(draft: &Draft, reckoned: &Reckoned, venue: &Venue) -> NewDelivery {
    NewDelivery {
        is_courier: draft.kind == Service::Courier,
        name: draft.name.clone(),
        phone: draft.phone.clone(),
        address: draft.address.clone().map(address),
        due: draft.due_at.map(|due| due.with_timezone(&venue.zone()).naive_local()),
        guests: draft.guests,
        comment: draft.comment.clone(),
        external_number: draft.external_number.clone(),
        items: reckoned.items.clone(),
    }
}

fn address(of: Address) -> new_delivery::Address {
    let Address { line, city, street, house, flat, entrance, floor, doorphone, comment } = of;
    new_delivery::Address { line, city, street, house, flat, entrance, floor, doorphone, comment }
}

/// How it stands among the orders until iiko tells of it: whatever iiko tells is later than version 0.
fn told(iiko_id: Uuid, draft: &Draft, reckoned: Reckoned, now: Timestamp) -> Told {
    let bill = Bill { lines: reckoned.lines, comment: draft.comment.clone(), ..Bill::default() };
    Told {
        iiko_id,
        pos_id: None,
        kind: if draft.kind == Service::Courier { Kind::Courier } else { Kind::Pickup },
        status: Status::New,
        iiko_status: String::new(),
        creation: "in_progress",
        number: String::new(),
        version: 0,
        table_id: None,
        place: draft.address.as_ref().map(Address::said).unwrap_or_default(),
        waiter: String::new(),
        guest: draft.name.clone(),
        phone: draft.phone.clone(),
        sum: reckoned.sum,
        paid: Some(Kopecks(0)),
        opened_at: Some(now),
        closed_at: None,
        due_at: draft.due_at,
        trouble: "",
        bill,
        raw: String::new(),
    }
}
