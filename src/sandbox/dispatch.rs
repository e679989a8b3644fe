//! What is done with deliveries: taken by phone at the till or sent by the API, and moved on by staff or by commands.
use serde_json::{Value, json};
use uuid::Uuid;

use super::bill::{Bill, Extra};
use super::commands::{Outcome, Refusal};
use super::delivery::{Birth, Cancelled, Delivery};
use super::lever_form::Refused;
use super::pay::{self, Wanted};
use super::world::Organization;
use super::{clock, id, sums};

/// From taking to handing over, where nobody names a time.
const USUAL_MS: i64 = 3_600_000;

/// What a command asks of a delivery.
#[derive(Clone, Debug)]
pub enum Errand {
    Create {
        items: Vec<Item>,
        payments: Vec<Wanted>,
    },
    Confirm,
    Cancel {
        cause: Option<Uuid>,
        comment: Option<String>,
    },
    /// Waiting, OnWay or Delivered
    Status(&'static str),
    Close,
    Courier(Uuid),
}

/// A line of a request. `price`: kopecks.
#[derive(Clone, Debug)]
pub struct Item {
    pub product: Uuid,
    pub amount: i64,
    pub price: Option<i64>,
    pub size: Option<Uuid>,
    /// product, of one dish, kopecks each
    pub extras: Vec<(Uuid, i64, Option<i64>)>,
}

/// A delivery taken by phone; what is not said is made up.
#[derive(Clone, Debug, Default)]
pub struct Call<'a> {
    pub by_courier: bool,
    /// names, codes or ids; none: two dishes of the menu
    pub items: Vec<&'a str>,
    pub name: Option<&'a str>,
    pub phone: Option<&'a str>,
    pub address: Option<&'a str>,
}

impl Organization {
    /// Answers the cloud's id of the delivery, which the cloud knows at once.
    pub fn take_delivery(&mut self, call: &Call) -> Result<Uuid, Refused> {
        let terminal = self.terminals.first().map(|one| one.id).unwrap_or_default();
        let mut delivery = self.blank_delivery(id::fresh(), terminal);
        delivery.by_courier = call.by_courier;
        delivery.name = call.name.unwrap_or("Ольга").to_owned();
        delivery.phone = call.phone.unwrap_or("+79161234567").to_owned();
        let line = call.address.unwrap_or("Москва, ул. Покровка, 14, кв. 7");
        delivery.address = call.by_courier.then(|| address(&json!({"line1": line})));
        let usual = if call.items.is_empty() { self.menu.two_dishes(delivery.number) } else { Vec::new() };
        for item in call.items.iter().copied().chain(usual.iter().map(String::as_str)) {
            delivery.bill.lines.push(self.line(item, sums::ONE, terminal)?);
        }
        let id = delivery.id;
        self.put_delivery(delivery);
        Ok(id)
    }

    /// Any status, as staff may set it.
    pub fn turn_delivery(&mut self, wanted: &str, status: &'static str) -> Result<(), Refused> {
        let cause = self.cancel_causes.first().cloned().unwrap_or_default();
        let found = self.deliveries.iter_mut().find(|one| one.is(wanted));
        let delivery = found.ok_or_else(|| Refused(format!("no delivery «{wanted}»")))?;
        if status == "Cancelled" {
            delivery.cancelled = Some(Cancelled { cause, comment: None, at_ms: clock::now_ms() });
        }
        delivery.turn(status);
        Ok(())
    }

    pub fn blank_delivery(&self, id: Uuid, terminal: Uuid) -> Delivery {
        let now = clock::now_ms();
        Delivery {
            id,
            pos_id: id::fresh(),
            number: i64::try_from(self.deliveries.len()).unwrap_or(i64::MAX).saturating_add(1),
            terminal,
            status: "Unconfirmed",
            complete_before: clock::written_at(now + USUAL_MS, self.zone(terminal)),
            created_ms: now,
            ..Delivery::default()
        }
    }

    pub fn put_delivery(&mut self, delivery: Delivery) {
        self.deliveries.push(delivery);
        self.copy_delivery(self.deliveries.len() - 1);
    }

    /// What the terminal makes of an errand.
    pub fn run_errand(&mut self, order: Uuid, errand: &Errand) -> Outcome {
        let found = self.deliveries.iter().position(|one| one.id == order);
        let at =
            found.ok_or_else(|| Refusal::of("OrderNotFound", &format!("Order {order} is not found.")))?;
        let done = match errand {
            Errand::Create { items, payments } => self.create(at, items, payments),
            Errand::Courier(person) => self.send_courier(at, *person),
            Errand::Cancel { cause, comment } => self.cancel(at, *cause, comment.clone()),
            Errand::Close if self.shift_closed => {
                Err(Refusal::of("CafeSessionNotFound", "Cafe session is not opened."))
            }
            Errand::Confirm | Errand::Status(_) | Errand::Close => moved(&mut self.deliveries[at], errand),
        };
        self.copy_delivery(at);
        done
    }

    fn create(&mut self, at: usize, items: &[Item], payments: &[Wanted]) -> Outcome {
        let terminal = self.deliveries[at].terminal;
        let made = self.bill_of(items, payments, terminal);
        let delivery = &mut self.deliveries[at];
        delivery.copy.touch();
        match made {
            Ok(bill) => {
                (delivery.bill, delivery.birth) = (bill, Birth::Done);
                Ok(())
            }
            Err(refusal) => {
                delivery.birth = Birth::Refused(refusal.clone());
                Err(refusal)
            }
        }
    }

    /// The terminal never took it.
    pub fn refuse_birth(&mut self, order: Uuid, refusal: &Refusal) {
        let Some(at) = self.deliveries.iter().position(|one| one.id == order) else { return };
        self.deliveries[at].birth = Birth::Refused(refusal.clone());
        self.deliveries[at].copy.touch();
        self.copy_delivery(at);
    }

    fn bill_of(&self, items: &[Item], payments: &[Wanted], terminal: Uuid) -> Result<Bill, Refusal> {
        let mut bill = Bill::default();
        for item in items {
            let line = self.line(&item.product.to_string(), item.amount, terminal);
            let unknown =
                |_| Refusal::of("ProductNotFound", &format!("Product {} is not found.", item.product));
            let mut line = line.map_err(unknown)?;
            line.price = item.price.unwrap_or(line.price);
            line.size = item.size.map(|size| self.size(size)).transpose()?;
            for (product, amount, price) in &item.extras {
                line.extras.push(self.extra(*product, *amount, *price)?);
            }
            bill.lines.push(line);
        }
        bill.payments = pay::made(self, terminal, payments, true)?;
        Ok(bill)
    }

    fn size(&self, id: Uuid) -> Result<(Uuid, String), Refusal> {
        let known = self.menu.sizes.iter().find(|size| size.is(&id.to_string()));
        let name = known.map(|size| size.name().to_owned());
        let none = || Refusal::of("ProductSizeNotFound", &format!("Size {id} is not found."));
        Ok((id, name.ok_or_else(none)?))
    }

    fn extra(&self, id: Uuid, amount: i64, price: Option<i64>) -> Result<Extra, Refusal> {
        let none = || Refusal::of("ProductNotFound", &format!("Modifier {id} is not found."));
        let product = self.menu.product(&id.to_string()).ok_or_else(none)?;
        let usual = product.price().and_then(|price| sums::kopecks(&price)).unwrap_or(0);
        Ok(Extra { product: id, name: product.name().to_owned(), price: price.unwrap_or(usual), amount })
    }

    fn send_courier(&mut self, at: usize, person: Uuid) -> Outcome {
        let may = |one: &&super::world::Person| one.id == person && one.courier && one.pin && !one.deleted;
        let found = self.staff.iter().find(may).map(|one| (one.id, one.name.clone()));
        let courier = found.ok_or_else(|| Refusal::of("CourierIdDoesNotExist", "Courier is not found."))?;
        let delivery = &mut self.deliveries[at];
        if !delivery.is_open() || !delivery.by_courier {
            return Err(Refusal::of(
                "CanNotAssignCourierToOrder",
                "Courier can not be assigned to the order.",
            ));
        }
        delivery.courier = Some(courier);
        delivery.copy.touch();
        Ok(())
    }

    fn cancel(&mut self, at: usize, cause: Option<Uuid>, comment: Option<String>) -> Outcome {
        let known = |one: &&Value| cause.is_none_or(|cause| one["id"] == cause.to_string());
        let cause = self.cancel_causes.iter().find(known).cloned().unwrap_or_default();
        let delivery = &mut self.deliveries[at];
        if !delivery.is_open() {
            return Err(wrong(delivery));
        }
        delivery.cancelled = Some(Cancelled { cause, comment, at_ms: clock::now_ms() });
        delivery.turn("Cancelled");
        Ok(())
    }
}

fn moved(delivery: &mut Delivery, errand: &Errand) -> Outcome {
    let now = delivery.status;
    let next = match errand {
        Errand::Confirm if now == "Unconfirmed" => Some("WaitCooking"),
        // only switched between these three
        Errand::Status(next) if matches!(now, "Waiting" | "OnWay" | "Delivered") => Some(*next),
        Errand::Close if delivery.by_courier => matches!(now, "OnWay" | "Delivered").then_some("Closed"),
        Errand::Close => delivery.is_open().then_some("Closed"),
        _ => None,
    };
    delivery.turn(next.ok_or_else(|| wrong(delivery))?);
    Ok(())
}

fn wrong(delivery: &Delivery) -> Refusal {
    Refusal::of("WrongDeliveryStatus", &format!("Delivery is in status {}.", delivery.status))
}

/// An address as orders repeat it, out of a request's one («legacy»: a street; «city»: a line).
pub fn address(asked: &Value) -> Value {
    let street = asked["street"]["name"].as_str().map(|name| {
        let city = asked["street"]["city"].as_str().unwrap_or("Москва");
        json!({"id": id::named(name), "name": name, "city": {"id": id::named(city), "name": city}})
    });
    json!({"street": street, "index": null, "house": asked["house"], "building": asked["building"],
        "flat": asked["flat"], "entrance": asked["entrance"], "floor": asked["floor"],
        "doorphone": asked["doorphone"], "region": null, "line1": asked["line1"]})
}
