//! Who is to be told of what: a row with the change itself, once however often it is told. The seam alone: sending is not
//! built.
use uuid::Uuid;

use crate::clock::Timestamp;
use crate::db::conn::Conn;
use crate::error::Result;
use crate::exec;
use crate::orders::kind::Kind;
use crate::orders::status::Status;

/// Of an order that came or changed its status: about, audience. A guest at a table sees for themselves; «Приготовлен» is a
/// pickup's; nobody is told that it is new, cooking or done but the staff of the first.
pub fn of_status(kind: Kind, status: Status, is_new: bool) -> Option<(&'static str, &'static str)> {
    match (kind, status) {
        (_, Status::New) if is_new => Some(("new", "staff")),
        (Kind::Table, _) => None,
        (_, Status::Confirmed) => Some(("confirmed", "guest")),
        (Kind::Pickup, Status::Cooked) => Some(("cooked", "guest")),
        (_, Status::Sent) => Some(("sent", "guest")),
        (_, Status::Cancelled) => Some(("cancelled", "guest")),
        _ => None,
    }
}

/// Writes it down, in the change's transaction.
pub async fn write(
    c: &mut Conn,
    (venue, order): (Uuid, Uuid),
    (about, audience): (&str, &str),
    now: Timestamp,
) -> Result<()> {
    exec!(
        c,
        "INSERT INTO order_notices (venue_id, id, order_id, about, audience, made_at) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (venue_id, order_id, about, audience) DO NOTHING",
        venue,
        Uuid::now_v7(),
        order,
        about,
        audience,
        now
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guest_is_told_of_four_things_and_of_no_others() {
        let told = |kind| -> Vec<&str> {
            let told = Status::ALL.into_iter().filter_map(|status| of_status(kind, status, false));
            told.map(|(about, _)| about).collect()
        };
        assert_eq!(told(Kind::Courier), ["confirmed", "sent", "cancelled"]);
        assert_eq!(told(Kind::Pickup), ["confirmed", "cooked", "sent", "cancelled"]);
        assert!(told(Kind::Table).is_empty());
        assert_eq!(of_status(Kind::Table, Status::New, true), Some(("new", "staff")));
    }
}
