//! Who a payment goes to, kept as it was when it was reported.
use uuid::Uuid;

use crate::db::conn::Conn;
use crate::error::Result;
use crate::orders::order;
use crate::orders::payees::{self, Payee};
use crate::posting::intent::Intent;
use crate::{all, fill};

pub async fn of_intent(c: &mut Conn, venue: Uuid, intent: Uuid) -> Result<Vec<Payee>> {
    let sql = "SELECT contract_id, entity, amount FROM payment_shares WHERE venue_id = $1 AND intent_id = $2 ORDER BY position";
    Ok(all!(c, Payee, sql, venue, intent)?)
}

/// Keeps the shares of a payment by the bill as it is known; told of the payment again they stay as they are.
pub async fn keep(c: &mut Conn, venue: Uuid, intent: &Intent) -> Result<()> {
    if !of_intent(c, venue, intent.id).await?.is_empty() {
        return Ok(());
    }
    let (bill, _) = order::bill(c, venue, intent.order_id).await?;
    let payees = payees::of(c, venue, &bill, intent.amount).await?;
    let rows: Vec<(i64, Payee)> = (0..).zip(payees).collect();
    fill!(
        c,
        "INSERT INTO payment_shares (venue_id, intent_id, position, contract_id, entity, amount) ",
        " ON CONFLICT DO NOTHING",
        rows,
        |row, b| {
            let (position, payee) = row;
            b.push_bind(venue)
                .push_bind(intent.id)
                .push_bind(position)
                .push_bind(payee.contract_id)
                .push_bind(&payee.entity)
                .push_bind(payee.amount);
        }
    )?;
    Ok(())
}
