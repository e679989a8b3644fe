//! What a waiter does at the till: opens a check, adds and removes dishes, takes money, closes. The cloud learns of it later.
use serde_json::Value;
use uuid::Uuid;

use super::bill::{Discount, Line, Payment};
use super::lever_form::Refused;
use super::menu::Menu;
use super::order::{Check, Copied, Status};
use super::record::Record;
use super::world::Organization;
use super::{clock, id, sums};

type Done = Result<(), Refused>;

/// A check to be opened. `table`: number or id; `section`: name or id; no `items`: two dishes of the menu.
#[derive(Clone, Debug, Default)]
pub struct Opening<'a> {
    pub table: &'a str,
    pub section: Option<&'a str>,
    /// names, codes or ids
    pub items: Vec<&'a str>,
    /// name, code or id of somebody of the staff
    pub waiter: Option<&'a str>,
}

impl Organization {
    /// Answers the cloud's id of the check, which the cloud does not know yet.
    pub fn open_check(&mut self, opening: &Opening) -> Result<Uuid, Refused> {
        let (section, table) = self.table(opening.table, opening.section)?;
        let (terminal, table_id) = (uuid_of(&section["terminalGroupId"]), uuid_of(&table["id"]));
        let table_number = table["number"].to_string();
        let waiter = opening.waiter.map(|wanted| self.waiter(wanted)).transpose()?;
        let number = i64::try_from(self.orders.len()).unwrap_or(i64::MAX).saturating_add(1);
        let mut check = Check {
            id: id::fresh(),
            pos_id: id::fresh(),
            number,
            table: table_id,
            table_number,
            terminal,
            waiter,
            status: Status::New,
            bill: Default::default(),
            created_ms: clock::now_ms(),
            billed_ms: None,
            closed_ms: None,
            copy: Copied::default(),
        };
        let usual = if opening.items.is_empty() { self.menu.two_dishes(number) } else { Vec::new() };
        for item in opening.items.iter().copied().chain(usual.iter().map(String::as_str)) {
            check.bill.lines.push(self.line(item, sums::ONE, terminal)?);
        }
        let id = check.id;
        self.orders.push(check);
        Ok(id)
    }

    /// `amount`: thousandths of a piece.
    pub fn add_item(&mut self, check: &str, item: &str, amount: i64) -> Done {
        let terminal = self.open(check)?.terminal;
        let line = self.line(item, amount, terminal)?;
        let check = self.open(check)?;
        check.bill.lines.push(line);
        (check.status, check.billed_ms) = (Status::New, None);
        check.copy.touch();
        Ok(())
    }

    /// The last line of that name, product or position is marked deleted; it stays in the list.
    pub fn remove_item(&mut self, check: &str, item: &str) -> Done {
        let check = self.open(check)?;
        let id: Option<Uuid> = item.parse().ok();
        let is = |line: &&mut Line| {
            !line.deleted
                && (line.name == item || id.is_some_and(|id| line.product == id || line.position == id))
        };
        let line = check.bill.lines.iter_mut().rev().find(is);
        line.ok_or_else(|| Refused(format!("no «{item}» on the check")))?.deleted = true;
        check.copy.touch();
        Ok(())
    }

    /// The guest's bill is printed.
    pub fn print_bill(&mut self, check: &str) -> Done {
        let check = self.open(check)?;
        (check.status, check.billed_ms) = (Status::Bill, Some(clock::now_ms()));
        check.copy.touch();
        Ok(())
    }

    /// A discount of `percent` on the whole check, under the dictionary's first name.
    pub fn discount(&mut self, check: &str, percent: i64) -> Done {
        let known = self.discounts.first();
        let known = known.ok_or_else(|| Refused("the dictionary has no discount".into()))?;
        let name = known["name"].as_str().unwrap_or_default().to_owned();
        let discount = Discount { type_id: uuid_of(&known["id"]), name, percent: percent.clamp(0, 100) };
        let check = self.open(check)?;
        check.bill.discount = Some(discount);
        check.copy.touch();
        Ok(())
    }

    /// Money is taken at the till, or (not `processed`) only typed in. `payment`: code or id of a type; `sum`: kopecks,
    /// none: the rest.
    pub fn pay_check(&mut self, check: &str, payment: &str, sum: Option<i64>, processed: bool) -> Done {
        let known = self.payment_types.iter().find(|one| one["code"] == payment || one["id"] == payment);
        let known = known.ok_or_else(|| Refused(format!("no payment type «{payment}»")))?;
        let text = |key: &str| known[key].as_str().unwrap_or_default().to_owned();
        let mut paid = Payment {
            type_id: uuid_of(&known["id"]),
            name: text("name"),
            kind: text("paymentTypeKind"),
            sum: 0,
            processed,
            external: false,
            taken_outside: false,
            fiscalized_outside: false,
            prepay: false,
        };
        let check = self.open(check)?;
        paid.sum = sum.unwrap_or_else(|| check.bill.rest());
        if paid.sum <= 0 {
            return Err(Refused("nothing is left to be paid".into()));
        }
        check.bill.payments.push(paid);
        check.copy.touch();
        Ok(())
    }

    /// The last payment is taken back.
    pub fn unpay_check(&mut self, check: &str) -> Done {
        let check = self.open(check)?;
        check.bill.payments.pop().ok_or_else(|| Refused("there is no payment on the check".into()))?;
        check.copy.touch();
        Ok(())
    }

    pub fn close_check(&mut self, check: &str) -> Done {
        if self.shift_closed {
            return Err(Refused("the cash shift is closed".into()));
        }
        let check = self.open(check)?;
        if check.bill.rest() > 0 {
            return Err(Refused("the check is not paid".into()));
        }
        check.close();
        Ok(())
    }

    /// A check closed by mistake is worked on again, as the till allows while the cash shift is open.
    pub fn reopen_check(&mut self, check: &str) -> Done {
        if self.shift_closed {
            return Err(Refused("the cash shift is closed".into()));
        }
        let found = self.check_mut(check).filter(|found| found.status == Status::Closed);
        let found = found.ok_or_else(|| Refused(format!("no closed check «{check}»")))?;
        (found.status, found.closed_ms) = (Status::New, None);
        found.copy.touch();
        Ok(())
    }

    pub fn delete_check(&mut self, check: &str) -> Done {
        let check = self.open(check)?;
        check.status = Status::Deleted;
        check.copy.touch();
        Ok(())
    }

    fn open(&mut self, wanted: &str) -> Result<&mut Check, Refused> {
        let found = self.check_mut(wanted).ok_or_else(|| Refused(format!("no check «{wanted}»")))?;
        if found.is_open() { Ok(found) } else { Err(Refused(format!("the check «{wanted}» is not open"))) }
    }

    /// One dish as it goes on a bill, printed to the kitchen now.
    pub fn line(&self, item: &str, amount: i64, terminal: Uuid) -> Result<Line, Refused> {
        let of = self.menu.id_of(item);
        let product = self.menu.product(of.as_deref().unwrap_or(item));
        let product = product.ok_or_else(|| Refused(format!("no product «{item}»")))?;
        Ok(Line {
            position: id::fresh(),
            product: product.head.id.as_deref().and_then(|id| id.parse().ok()).unwrap_or_default(),
            name: product.name().to_owned(),
            price: product.price().and_then(|price| sums::kopecks(&price)).unwrap_or(0),
            amount,
            size: None,
            extras: Vec::new(),
            deleted: false,
            printed: clock::written_at(clock::now_ms(), self.zone(terminal)),
        })
    }

    /// The section and the table of it.
    fn table(&self, wanted: &str, hall: Option<&str>) -> Result<(&Value, &Value), Refused> {
        let number: Option<i64> = wanted.trim().parse().ok();
        let is = |table: &&Value| {
            let counts = number.is_some() && table["number"].as_i64() == number;
            table["isDeleted"] != true && (counts || table["id"] == wanted)
        };
        for section in &self.sections {
            let here = hall.is_none_or(|hall| section["name"] == hall || section["id"] == hall);
            let mut tables = section["tables"].as_array().into_iter().flatten().filter(|_| here);
            if let Some(table) = tables.find(is) {
                return Ok((section, table));
            }
        }
        Err(Refused(format!("no table «{wanted}»")))
    }

    fn waiter(&self, wanted: &str) -> Result<(Uuid, String), Refused> {
        let is = |one: &&super::world::Person| {
            one.name == wanted || one.code == wanted || one.id.to_string() == wanted
        };
        let found = self.staff.iter().find(is).map(|one| (one.id, one.name.clone()));
        found.ok_or_else(|| Refused(format!("no person «{wanted}»")))
    }
}

impl Check {
    /// Everything typed in is taken for good and the check is closed.
    pub fn close(&mut self) {
        self.bill.payments.iter_mut().for_each(|payment| payment.processed = true);
        (self.status, self.closed_ms) = (Status::Closed, Some(clock::now_ms()));
        self.copy.touch();
    }
}

impl Menu {
    /// Ids of two priced dishes, others for every number.
    pub fn two_dishes(&self, number: i64) -> Vec<String> {
        let priced = |one: &&Record| {
            !one.is_modifier()
                && one.price().and_then(|price| sums::kopecks(&price)).is_some_and(|sum| sum > 0)
        };
        let dishes: Vec<&Record> = self.products.iter().filter(priced).collect();
        let start = usize::try_from(number).unwrap_or(0).wrapping_mul(2);
        let taken = dishes.iter().cycle().skip(start % dishes.len().max(1)).take(dishes.len().min(2));
        taken.filter_map(|one| one.head.id.clone()).collect()
    }
}

fn uuid_of(value: &Value) -> Uuid {
    value.as_str().and_then(|text| text.parse().ok()).unwrap_or_default()
}
