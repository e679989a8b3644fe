//! `/api/1/deliveries/create` with an id of our own: sent again it is the same order (`DuplicatedOrderId`). Terminal-local
//! times, roubles and pieces as iiko's JSON writes them.
use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::integrations::iiko_cloud::client::Till;
use crate::integrations::iiko_cloud::commands;
use crate::integrations::iiko_cloud::fault::Fault;
use crate::integrations::iiko_cloud::methods::CREATE_DELIVERY;
use crate::money::Kopecks;

/// Seconds the terminal is given to take it; then iiko calls it off by itself.
const TAKING: u64 = 40;
/// Who made it, for iiko's reports (`sourceKey`).
const SOURCE: &str = "maitre";

/// An order for delivery or pickup, as it is sent; iiko's ids throughout.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewDelivery {
    pub is_courier: bool,
    pub name: String,
    /// `+79161234567`.
    pub phone: String,
    pub address: Option<Address>,
    /// Terminal-local; none: as soon as possible.
    pub due: Option<NaiveDateTime>,
    pub guests: i64,
    pub comment: String,
    pub external_number: String,
    pub items: Vec<Item>,
}

/// A street of iiko's («Legacy») or one line («City»): which of them, the organization's settings in iiko say.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    pub line: String,
    pub city: String,
    pub street: String,
    pub house: String,
    pub flat: String,
    pub entrance: String,
    pub floor: String,
    pub doorphone: String,
    pub comment: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    pub product: Uuid,
    pub size: Option<Uuid>,
    /// Pieces.
    pub amount: i64,
    pub price: Kopecks,
    pub modifiers: Vec<Extra>,
    pub comment: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extra {
    pub modifier: Uuid,
    pub group: Option<Uuid>,
    /// Of one piece.
    pub amount: i64,
    pub price: Kopecks,
}

impl Till {
    /// Answers the command's correlation id. `takes_numbers`: iikoFront knows `externalNumber` (8.0.6).
    pub async fn create_delivery(
        &self,
        (organization, group): (Uuid, Uuid),
        (id, new): (Uuid, &NewDelivery),
        takes_numbers: bool,
    ) -> Result<String, Fault> {
        let body = json!({
            "organizationId": organization,
            "terminalGroupId": group,
            "createOrderSettings": { "transportToFrontTimeout": TAKING, "checkStopList": true },
            "order": new.told(id, takes_numbers),
        });
        commands::accepted(CREATE_DELIVERY, &self.command(CREATE_DELIVERY, body).await?)
    }
}

impl NewDelivery {
    fn told(&self, id: Uuid, takes_numbers: bool) -> Value {
        let due = self.due.map(|due| due.format("%Y-%m-%d %H:%M:%S%.3f").to_string());
        let mut order = json!({
            "id": id,
            "phone": self.phone,
            // one that iiko keeps no record of: nobody has asked the guest for that
            "customer": { "type": "one-time", "name": self.name },
            "orderServiceType": if self.is_courier { "DeliveryByCourier" } else { "DeliveryByClient" },
            "completeBefore": due,
            "guests": { "count": self.guests, "splitBetweenPersons": false },
            "items": self.items.iter().map(Item::told).collect::<Vec<_>>(),
            "sourceKey": SOURCE,
        });
        put(&mut order, "comment", &self.comment);
        if takes_numbers {
            put(&mut order, "externalNumber", &self.external_number);
        }
        if let (Some(address), Some(order)) = (&self.address, order.as_object_mut()) {
            order.insert("deliveryPoint".to_owned(), address.told());
        }
        order
    }
}

impl Address {
    fn told(&self) -> Value {
        let mut address = if self.line.is_empty() {
            let street = json!({ "name": self.street, "city": self.city });
            json!({ "type": "legacy", "street": street, "house": self.house })
        } else {
            json!({ "type": "city", "line1": self.line })
        };
        put(&mut address, "flat", &self.flat);
        put(&mut address, "entrance", &self.entrance);
        put(&mut address, "floor", &self.floor);
        put(&mut address, "doorphone", &self.doorphone);
        let mut point = json!({ "address": address });
        put(&mut point, "comment", &self.comment);
        point
    }
}

impl Item {
    fn told(&self) -> Value {
        let mut item = json!({
            "type": "Product",
            "productId": self.product,
            "amount": self.amount,
            "price": self.price.as_number(),
            "modifiers": self.modifiers.iter().map(Extra::told).collect::<Vec<_>>(),
        });
        if let (Some(size), Some(item)) = (self.size, item.as_object_mut()) {
            item.insert("productSizeId".to_owned(), json!(size));
        }
        put(&mut item, "comment", &self.comment);
        item
    }
}

impl Extra {
    fn told(&self) -> Value {
        let mut extra =
            json!({ "productId": self.modifier, "amount": self.amount, "price": self.price.as_number() });
        if let (Some(group), Some(extra)) = (self.group, extra.as_object_mut()) {
            extra.insert("productGroupId".to_owned(), json!(group));
        }
        extra
    }
}

/// What is empty is not said.
fn put(of: &mut Value, key: &str, said: &str) {
    if let Some(map) = of.as_object_mut().filter(|_| !said.is_empty()) {
        map.insert(key.to_owned(), json!(said));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_is_written_as_iiko_reads_it() {
        let id = Uuid::from_u128(1);
        let extra = Extra { modifier: id, group: Some(id), amount: 2, price: Kopecks(7_050) };
        let item = Item {
            product: id,
            size: None,
            amount: 3,
            price: Kopecks(42_000),
            modifiers: vec![extra],
            comment: String::new(),
        };
        let address = Address { street: "Покровка".into(), house: "14".into(), ..Address::default() };
        let due = chrono::NaiveDate::from_ymd_opt(2026, 3, 1).and_then(|day| day.and_hms_opt(18, 30, 0));
        let new = NewDelivery {
            is_courier: true,
            name: "Анна".into(),
            phone: "+79161234567".into(),
            address: Some(address),
            due,
            guests: 2,
            comment: String::new(),
            external_number: "А-1".into(),
            items: vec![item],
        };
        let told = new.told(id, false);
        assert_eq!(told["completeBefore"], "2026-03-01 18:30:00.000");
        assert_eq!(told["items"][0]["price"].to_string(), "420.0");
        assert_eq!(told["items"][0]["modifiers"][0]["price"].to_string(), "70.5");
        assert_eq!(told["items"][0]["modifiers"][0]["productGroupId"], id.to_string());
        assert_eq!(told["deliveryPoint"]["address"]["street"]["name"], "Покровка");
        let absent = |key: &str| told.get(key).is_none();
        assert!(absent("externalNumber") && absent("comment"), "{told}");
        assert_eq!(new.told(id, true)["externalNumber"], "А-1");
    }
}
