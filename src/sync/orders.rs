//! iiko's orders into ours: statuses, places, times of the till in the venue's zone, sums to the kopeck or not at all.
use std::collections::{HashMap, HashSet};

use chrono::{LocalResult, NaiveDateTime, TimeZone, Utc};
use chrono_tz::Tz;
use serde_json::value::RawValue;
use uuid::Uuid;

use crate::clock::Timestamp;
use crate::contact::Phone;
use crate::db::conn::Conn;
use crate::error::Result;
use crate::integrations::iiko_cloud::lenient::{MaybeId, Text};
use crate::integrations::iiko_cloud::orders::{self as wire, Item, OrderInfo, decimal};
use crate::menu::product;
use crate::money::Kopecks;
use crate::orders::bill::{Bill, Line, Off, Paid};
use crate::orders::kind::Kind;
use crate::orders::order::Told;
use crate::orders::status::Status;
use crate::seating::{hall, table};
use crate::sync::reading::clean;
use crate::venues::venue::Venue;

/// What of the venue an order is read against.
pub struct Ground {
    zone: Tz,
    /// iiko's table → ours and its words.
    tables: HashMap<Uuid, (Uuid, String)>,
    /// iiko's products that the export brought.
    products: HashSet<Uuid>,
}

impl Ground {
    pub fn zone(&self) -> Tz {
        self.zone
    }

    pub async fn of(c: &mut Conn, venue: &Venue) -> Result<Ground> {
        let halls: HashMap<Uuid, String> = hall::of_venue(c, venue.id)
            .await?
            .into_iter()
            .map(|hall| (hall.id, hall.label().to_owned()))
            .collect();
        let tables = table::of_venue(c, venue.id).await?.into_iter().map(|table| {
            let hall = halls.get(&table.hall_id).map(String::as_str).unwrap_or_default();
            let said = table.named().map_or_else(|| format!("№ {}", table.number), str::to_owned);
            (table.iiko_id, (table.id, format!("{said} · {hall}")))
        });
        Ok(Ground {
            zone: venue.zone(),
            tables: tables.collect(),
            products: product::iiko_ids(c, venue.id).await?.into_iter().collect(),
        })
    }

    /// Terminal-local time without a zone: where the clocks are set back the first of two, where they are set forward the
    /// moment after the gap. None: nothing or nonsense.
    fn time(&self, text: &Text<'_>) -> Option<Timestamp> {
        let local = NaiveDateTime::parse_from_str(text.as_str().trim(), "%Y-%m-%d %H:%M:%S%.f").ok()?;
        let at = match self.zone.from_local_datetime(&local) {
            LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => at,
            LocalResult::None => {
                self.zone.from_local_datetime(&(local + chrono::TimeDelta::hours(1))).earliest()?
            }
        };
        Some(at.with_timezone(&Utc))
    }
}

/// Why an order cannot be taken: its JSON, or a sum that is no exact number of kopecks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreadable;

/// What a look tells, ready to be taken. `kind` is what the caller asked for: an order without its inside does not say.
pub fn told(info: &OrderInfo<'_>, ground: &Ground, is_delivery: bool) -> Result<Told, Unreadable> {
    let order = info.order().map_err(|_| Unreadable)?.unwrap_or_default();
    let kind = match &order.order_type {
        _ if !is_delivery => Kind::Table,
        // the dictionary says `DeliveryPickUp`, orders say `DeliveryByClient`
        Some(kind) if matches!(kind.order_service_type.as_str(), "DeliveryByClient" | "DeliveryPickUp") => {
            Kind::Pickup
        }
        _ => Kind::Courier,
    };
    let creation = match info.creation_status.as_str() {
        "Success" => "success",
        "Error" => "error",
        _ => "in_progress",
    };
    let bill = bill(&order, info, ground)?;
    let iiko_status = clean(order.status.as_str(), 60).into_owned();
    let status = match creation {
        // the till refused it: there is nothing to cook or to pay
        "error" => Status::Cancelled,
        _ => Status::of_iiko(kind, &iiko_status),
    };
    let trouble = match creation {
        "error" => "creation_error",
        _ if !status.is_over() && bill.lines.iter().any(|line| line.unexported && !line.removed) => {
            "unexported"
        }
        _ => "",
    };
    let (table_id, place) = place(&order, kind, ground);
    let person = order.waiter.or(order.courier_info.and_then(|info| info.courier));
    let guest = order.customer.map(|one| format!("{} {}", one.name.as_str(), one.surname.as_str()));
    Ok(Told {
        iiko_id: info.id,
        pos_id: info.pos_id.0,
        kind,
        status,
        iiko_status,
        creation,
        number: clean(&order.number, 40).into_owned(),
        version: info.timestamp.0,
        table_id,
        place,
        waiter: person.map(|one| clean(one.name.as_str(), 120).into_owned()).unwrap_or_default(),
        guest: clean(&guest.unwrap_or_default(), 120).into_owned(),
        phone: Phone::typed(order.phone.as_str()).map(|phone| phone.as_str().to_owned()).unwrap_or_default(),
        sum: kopecks(order.sum)?.unwrap_or_default(),
        paid: kopecks(order.processed_payments_sum)?,
        opened_at: ground.time(&order.when_created),
        closed_at: ground.time(&order.when_closed),
        due_at: ground.time(&order.complete_before),
        trouble,
        bill,
        raw: info.order.map(|raw| raw.get().replace('\0', "")).unwrap_or_default(),
    })
}

/// A sum exactly; none where iiko says none.
fn kopecks(raw: Option<&RawValue>) -> Result<Option<Kopecks>, Unreadable> {
    decimal(raw).map(|text| Kopecks::parse(text).map_err(|_| Unreadable)).transpose()
}

/// A line's or a discount's sum, to be shown and not reckoned with: iiko spreads discounts in doubles, and a surcharge is a
/// discount below nothing.
fn about(raw: Option<&RawValue>) -> Kopecks {
    let roubles = decimal(raw).and_then(|text| text.parse::<f64>().ok()).filter(|sum| sum.abs() < 1e12);
    Kopecks((roubles.unwrap_or_default() * 100.0).round() as i64)
}

fn place(order: &wire::Order<'_>, kind: Kind, ground: &Ground) -> (Option<Uuid>, String) {
    let known = |id: &MaybeId| ground.tables.get(&id.0?);
    if kind == Kind::Table {
        let tables: Vec<_> = order.table_ids.iter().filter_map(known).collect();
        let said = tables.iter().map(|(_, said)| said.as_str()).collect::<Vec<_>>().join(", ");
        return (tables.first().map(|(id, _)| *id), said);
    }
    let Some(point) = &order.delivery_point else { return (None, String::new()) };
    let address = point.address.as_ref().map(|one| {
        let street = one.street.as_ref().map(|street| street.name.as_str()).unwrap_or_default();
        let parts = [one.line1.as_str(), street, one.house.as_str(), one.flat.as_str()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    });
    (None, clean(&address.unwrap_or_default(), 300).into_owned())
}

fn bill(order: &wire::Order<'_>, info: &OrderInfo<'_>, ground: &Ground) -> Result<Bill, Unreadable> {
    let payments = order.payments.iter().map(|payment| {
        let kind = payment.payment_type.as_ref();
        Ok(Paid {
            name: kind.map(|kind| clean(kind.name.as_str(), 120).into_owned()).unwrap_or_default(),
            method: kind.and_then(|kind| kind.id.0),
            // an unknown sum is no zero: whoever counts payments must not miss one
            sum: kopecks(payment.sum)?.ok_or(Unreadable)?,
            preliminary: payment.is_preliminary.0,
            external: payment.is_external.0 || payment.is_processed_externally.0,
        })
    });
    let discounts = order.discounts.iter().map(|off| {
        let name = off.discount_type.as_ref().map(|kind| clean(kind.name.as_str(), 120).into_owned());
        Off { name: name.unwrap_or_default(), sum: about(off.sum) }
    });
    let cancelled = order.cancel_info.as_ref().map(|info| {
        let cause = info.cause.as_ref().map(|cause| cause.name.as_str()).unwrap_or_default();
        [cause, info.comment.as_str()]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(": ")
    });
    let refused = info.error_info.as_ref().map(|error| {
        let said = [error.description.as_str(), error.message.as_str(), error.code.as_str()];
        said.into_iter().find(|said| !said.is_empty()).unwrap_or_default().to_owned()
    });
    let code = info.error_info.as_ref().map(|error| clean(error.code.as_str(), 100).into_owned());
    Ok(Bill {
        code: code.unwrap_or_default(),
        lines: order.items.iter().map(|item| line(item, ground)).collect::<Result<_, _>>()?,
        payments: payments.collect::<Result<_, _>>()?,
        discounts: discounts.collect(),
        comment: clean(order.comment.as_str(), 1_000).into_owned(),
        cause: clean(&refused.or(cancelled).unwrap_or_default(), 300).into_owned(),
    })
}

fn line(item: &Item<'_>, ground: &Ground) -> Result<Line, Unreadable> {
    let half = |part: &Option<wire::Component<'_>>| {
        part.as_ref().and_then(|part| part.product.as_ref()).map(|one| one.name.as_str().to_owned())
    };
    let halves: Vec<String> =
        [half(&item.primary_component), half(&item.secondary_component)].into_iter().flatten().collect();
    let named = item.product.as_ref().or(item.service.as_ref());
    let name = named.map_or_else(|| halves.join(" / "), |one| one.name.as_str().to_owned());
    let size = item.size.as_ref().map(|size| size.name.as_str()).filter(|size| !size.is_empty());
    let name = size.map_or_else(|| name.clone(), |size| format!("{name}, {size}"));
    let product = item.product.as_ref().and_then(|one| one.id.0);
    let extra = item.modifiers.iter().filter(|one| one.deleted.is_none()).map(|one| {
        let name = one.product.as_ref().map(|one| one.name.as_str()).unwrap_or_default();
        let amount = decimal(one.amount).unwrap_or("1");
        let said = if amount == "1" { name.to_owned() } else { format!("{name} × {amount}") };
        clean(&said, 200).into_owned()
    });
    Ok(Line {
        name: clean(&name, 300).into_owned(),
        product,
        amount: clean(decimal(item.amount).unwrap_or("1"), 20).into_owned(),
        sum: about(item.result_sum.or(item.cost)),
        status: clean(item.status.as_str(), 60).into_owned(),
        modifiers: extra.collect(),
        comment: clean(item.comment.as_str(), 300).into_owned(),
        removed: item.deleted.is_some(),
        unexported: product.is_some_and(|id| !ground.products.contains(&id)),
    })
}
