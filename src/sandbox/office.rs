//! What the back office does to halls, tables, staff and payment types: levers on the first organization's own
//! JSON, and what the page shows of it.
use serde_json::{Value, json};

use super::id;
use super::lever_form::{Fields, Refused};
use super::world::{Organization, World};

type Pulled = Result<Option<Value>, Refused>;

/// None: no lever of that name here.
pub fn pull(world: &mut World, name: &str, fields: &Fields) -> Pulled {
    let one = world.first();
    let facts = match name {
        "table-add" => add_table(one, fields)?,
        "table-edit" | "table-remove" | "table-back" | "table-move" => change_table(one, name, fields)?,
        "section-remove" => remove_section(one, fields)?,
        "reserves-off" => {
            one.reserves_off = true;
            json!({})
        }
        "reserves-on" => {
            one.reserves_off = false;
            json!({})
        }
        "discount-edit" => edit_discount(one, fields)?,
        "person-edit" => edit_person(one, fields)?,
        "payment-add" => add_payment(one, fields)?,
        "payment-edit" => edit_payment(one, fields)?,
        _ => return Ok(None),
    };
    one.sections_revision += 1;
    Ok(Some(facts))
}

fn list<'a>(of: &'a mut Value, key: &str) -> Option<&'a mut Vec<Value>> {
    of.get_mut(key).and_then(Value::as_array_mut)
}

/// By id or name.
fn section<'a>(one: &'a mut Organization, wanted: &str) -> Result<&'a mut Value, Refused> {
    let found = one.sections.iter_mut().find(|section| section["id"] == wanted || section["name"] == wanted);
    found.ok_or_else(|| Refused(format!("no section «{wanted}»")))
}

fn add_table(one: &mut Organization, fields: &Fields) -> Result<Value, Refused> {
    let number = fields.whole("number", 1)?;
    let table = json!({"id": id::fresh(), "number": number, "name": fields.text("name").unwrap_or(""),
        "seatingCapacity": fields.whole("seats", 2)?, "revision": 1_778_000_000_000_i64, "isDeleted": false,
        "posId": id::fresh()});
    let facts = json!({"table": table["id"]});
    if let Some(tables) = list(section(one, fields.must("section")?)?, "tables") {
        tables.push(table);
    }
    Ok(facts)
}

/// `table`: its id, or its number (the first of that number).
fn change_table(one: &mut Organization, name: &str, fields: &Fields) -> Result<Value, Refused> {
    let wanted = fields.must("table")?;
    let number: Option<i64> = wanted.parse().ok();
    let is =
        |table: &Value| table["id"] == wanted || (number.is_some() && table["number"].as_i64() == number);
    let place = one
        .sections
        .iter()
        .enumerate()
        .find_map(|(s, section)| section["tables"].as_array()?.iter().position(is).map(|t| (s, t)));
    let (s, t) = place.ok_or_else(|| Refused(format!("no table «{wanted}»")))?;
    let mut table = one.sections[s]["tables"][t].clone();
    match name {
        "table-remove" => table["isDeleted"] = true.into(),
        "table-back" => table["isDeleted"] = false.into(),
        "table-edit" => {
            if let Some(new) = fields.text("name") {
                table["name"] = new.into();
            }
            table["number"] = fields.whole("number", table["number"].as_u64().unwrap_or(1))?.into();
            table["seatingCapacity"] =
                fields.whole("seats", table["seatingCapacity"].as_u64().unwrap_or(0))?.into();
        }
        _ => {
            let to = fields.must("section")?;
            section(one, to)?;
            if let Some(tables) = list(&mut one.sections[s], "tables") {
                tables.remove(t);
            }
            if let Some(tables) = list(section(one, to)?, "tables") {
                tables.push(table.clone());
            }
            return Ok(json!({"table": table["id"]}));
        }
    }
    let facts = json!({"table": table["id"]});
    one.sections[s]["tables"][t] = table;
    Ok(facts)
}

fn remove_section(one: &mut Organization, fields: &Fields) -> Result<Value, Refused> {
    let gone = section(one, fields.must("section")?)?["id"].clone();
    one.sections.retain(|section| section["id"] != gone);
    Ok(json!({"section": gone}))
}

/// `discount`: id or name; `name`, `deleted`: yes or no, `gone`: yes takes it out of the answer.
fn edit_discount(one: &mut Organization, fields: &Fields) -> Result<Value, Refused> {
    let wanted = fields.must("discount")?;
    let at = one.discounts.iter().position(|one| one["id"] == wanted || one["name"] == wanted);
    let at = at.ok_or_else(|| Refused(format!("no discount «{wanted}»")))?;
    let facts = json!({"discount": one.discounts[at]["id"]});
    if let Some(name) = fields.text("name") {
        one.discounts[at]["name"] = name.into();
    }
    if let Some(deleted) = fields.text("deleted") {
        one.discounts[at]["isDeleted"] = (deleted == "yes").into();
    }
    if fields.text("gone") == Some("yes") {
        one.discounts.remove(at);
    }
    Ok(facts)
}

/// `person`: id, code or name. `courier`, `pin`, `deleted`: yes or no.
fn edit_person(one: &mut Organization, fields: &Fields) -> Result<Value, Refused> {
    let wanted = fields.must("person")?;
    let is = |person: &&mut super::world::Person| {
        person.id.to_string() == wanted || person.code == wanted || person.name == wanted
    };
    let person = one.staff.iter_mut().find(is).ok_or_else(|| Refused(format!("no person «{wanted}»")))?;
    if let Some(phone) = fields.text("phone") {
        person.phone = phone.to_owned();
    }
    if let Some(name) = fields.text("name") {
        person.name = name.to_owned();
    }
    for (field, flag) in
        [("courier", &mut person.courier), ("pin", &mut person.pin), ("deleted", &mut person.deleted)]
    {
        if let Some(value) = fields.text(field) {
            *flag = value == "yes";
        }
    }
    Ok(json!({"person": person.id}))
}

fn add_payment(one: &mut Organization, fields: &Fields) -> Result<Value, Refused> {
    let mut payment = json!({"id": id::fresh(), "comment": "", "combinable": true, "externalRevision": 1,
        "applicableMarketingCampaigns": [], "isDeleted": false, "printCheque": true});
    // a code keeps its spaces: they are what a look-alike is made of
    payment["code"] = fields.must("code")?.into();
    payment["name"] = fields.text("name").unwrap_or("Оплата по QR-коду").into();
    payment["paymentTypeKind"] = fields.text("kind").unwrap_or("Card").into();
    payment["paymentProcessingType"] = fields.text("processing").unwrap_or("Both").into();
    let facts = json!({"payment": payment["id"]});
    one.payment_types.push(payment);
    Ok(facts)
}

/// `payment`: id or code. `at`: `all`, or `nowhere`.
fn edit_payment(one: &mut Organization, fields: &Fields) -> Result<Value, Refused> {
    let wanted = fields.must("payment")?;
    let found = one.payment_types.iter_mut().find(|one| one["id"] == wanted || one["code"] == wanted);
    let payment = found.ok_or_else(|| Refused(format!("no payment type «{wanted}»")))?;
    for (field, key) in [
        ("code", "code"),
        ("name", "name"),
        ("kind", "paymentTypeKind"),
        ("processing", "paymentProcessingType"),
    ] {
        if let Some(value) = fields.text(field) {
            payment[key] = value.into();
        }
    }
    if let Some(deleted) = fields.text("deleted") {
        payment["isDeleted"] = (deleted == "yes").into();
    }
    match fields.text("at") {
        Some("nowhere") => {
            let stranger = json!({"id": id::named("another till"), "organizationId": one.id, "name": "Склад",
                "address": ""});
            payment["terminalGroups"] = json!([stranger]);
        }
        Some(_) => drop(payment.as_object_mut().and_then(|fields| fields.remove("terminalGroups"))),
        None => (),
    }
    Ok(json!({"payment": payment["id"]}))
}

/// A hall with its tables, or a payment type: the till's own JSON, read for the page.
pub struct Hall {
    pub id: String,
    pub name: String,
    pub tables: Vec<Table>,
}

pub struct Table {
    pub id: String,
    pub number: String,
    pub name: String,
    pub seats: String,
    pub deleted: bool,
}

pub struct Payment {
    pub id: String,
    pub code: String,
    pub name: String,
    pub kind: String,
    pub processing: String,
    pub deleted: bool,
    pub elsewhere: bool,
}

fn text(of: &Value, key: &str) -> String {
    match &of[key] {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

impl Hall {
    /// Of the first organization.
    pub fn all(world: &mut World) -> Vec<Hall> {
        let table = |one: &Value| Table {
            id: text(one, "id"),
            number: text(one, "number"),
            name: text(one, "name"),
            seats: text(one, "seatingCapacity"),
            deleted: one["isDeleted"] == true,
        };
        let tables = |one: &Value| one["tables"].as_array().into_iter().flatten().map(table).collect();
        let hall = |one: &Value| Hall { id: text(one, "id"), name: text(one, "name"), tables: tables(one) };
        world.first().sections.iter().map(hall).collect()
    }
}

impl Payment {
    pub fn all(world: &mut World) -> Vec<Payment> {
        let payment = |one: &Value| Payment {
            id: text(one, "id"),
            code: text(one, "code"),
            name: text(one, "name"),
            kind: text(one, "paymentTypeKind"),
            processing: text(one, "paymentProcessingType"),
            deleted: one["isDeleted"] == true,
            elsewhere: one.get("terminalGroups").is_some(),
        };
        world.first().payment_types.iter().map(payment).collect()
    }
}
