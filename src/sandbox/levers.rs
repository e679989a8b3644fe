//! Levers by HTTP: `POST /levers/<name>`, form or JSON. A browser is sent back to the page, a program gets JSON.
use actix_web::http::header;
use actix_web::web::{Bytes, Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use serde_json::{Value, json};

use super::check_levers;
use super::edit::Change;
use super::lever_form::{Fields, Refused};
use super::menu::Menu;
use super::mischief::{Fault, Prank};
use super::office;
use super::page::Asked;
use super::serve::Sandbox;
use super::stops;
use super::world::World;

type Pulled = Result<Value, Refused>;

pub async fn pull(
    sandbox: Data<Sandbox>,
    name: Path<String>,
    asked: HttpRequest,
    body: Bytes,
) -> HttpResponse {
    let fields = Fields::read(&body);
    let pulled = if *name == "load" { load(&sandbox, &body) } else { pulled(&sandbox, &name, &fields) };
    let wants = asked.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if wants.contains("text/html") {
        let back = Query::<Asked>::from_query(fields.text("back").unwrap_or_default());
        let place = back.map(Query::into_inner).unwrap_or_default().after(&name, pulled.is_ok());
        return HttpResponse::SeeOther().insert_header((header::LOCATION, place)).finish();
    }
    match pulled {
        Ok(facts) => HttpResponse::Ok().json(facts),
        Err(Refused(why)) => HttpResponse::BadRequest().json(json!({"ok": false, "why": why})),
    }
}

/// Levers of the wire, then of the world; what each gives back goes into the JSON.
fn pulled(sandbox: &Sandbox, name: &str, fields: &Fields) -> Pulled {
    if name == "calm" {
        sandbox.mischief().calm();
        sandbox.world().hooks.calm();
        return Ok(json!({"ok": true}));
    }
    if let Some(fault) =
        Fault::named(name, fields.whole("ms", usual_ms(name))?, fields.text("after").map(str::to_owned))
    {
        return order(sandbox, fault, fields);
    }
    let mut world = sandbox.world();
    world.settle();
    let mut facts = match name {
        "sleep" | "awake" | "alive-off" | "alive-on" | "till-away" | "till-back" | "version" => {
            terminal(&mut world, name, fields)?
        }
        "right-away" | "right-back" | "key-off" | "key-on" | "expire-tokens" => {
            key(&mut world, name, fields)?
        }
        _ => of_restaurant(&mut world, name, fields)?,
    };
    facts["ok"] = true.into();
    facts["revision"] = world.menu().revision.into();
    Ok(facts)
}

/// Milliseconds where the lever's form names none: an answer is late by two seconds, a command is not.
fn usual_ms(name: &str) -> u64 {
    if matches!(name, "slow" | "late") { 2000 } else { 0 }
}

fn order(sandbox: &Sandbox, fault: Fault, fields: &Fields) -> Pulled {
    let left = match fields.whole("times", 0)? {
        0 => None,
        times => Some(u32::try_from(times).unwrap_or(u32::MAX)),
    };
    sandbox.mischief().order(Prank {
        fault,
        left,
        path: fields.text("path").map(str::to_owned),
        key: fields.text("key").map(str::to_owned),
    });
    Ok(json!({"ok": true, "times": left}))
}

fn load(sandbox: &Sandbox, body: &Bytes) -> Pulled {
    let menu = Menu::read(&String::from_utf8_lossy(body)).map_err(|cause| Refused(cause.to_string()))?;
    let (revision, products) = (menu.revision, menu.products.len());
    sandbox.world().menu().replace(menu);
    Ok(json!({"ok": true, "revision": revision, "products": products}))
}

/// Levers of orders, of the back office and of the menu.
fn of_restaurant(world: &mut World, name: &str, fields: &Fields) -> Pulled {
    if let Some(facts) = check_levers::pull(world, name, fields)? {
        return Ok(facts);
    }
    if let Some(facts) = office::pull(world, name, fields)? {
        return Ok(facts);
    }
    if let Some(facts) = stops::pull(world.first(), name, fields)? {
        return Ok(facts);
    }
    match one_product(world.menu(), name, fields)? {
        Some(facts) => Ok(facts),
        None => whole_menu(world.menu(), name, fields),
    }
}

/// `terminal`: id or name; «till-away» and «till-back» mean the first one when it is absent.
fn terminal(world: &mut World, name: &str, fields: &Fields) -> Pulled {
    let first = world.first().terminals.first().map(|terminal| terminal.id.to_string());
    let wanted = match fields.text("terminal") {
        None if name.starts_with("till-") => first.as_deref().unwrap_or_default(),
        _ => fields.must("terminal")?,
    };
    let mut all = world.organizations.iter_mut().flat_map(|one| &mut one.terminals);
    let found =
        all.find(|terminal| terminal.id.to_string().eq_ignore_ascii_case(wanted) || terminal.name == wanted);
    let terminal = found.ok_or_else(|| Refused(format!("no terminal group «{wanted}»")))?;
    match name {
        "sleep" => (terminal.asleep, terminal.alive) = (true, false),
        "awake" => (terminal.asleep, terminal.alive) = (false, true),
        "version" => terminal.pos_version = Some(fields.must("version")?.to_owned()),
        other => terminal.alive = matches!(other, "alive-on" | "till-back"),
    }
    Ok(json!({"terminal": terminal.id}))
}

/// `key`: its text, the first one when absent. `right`: a restriction group or a method.
fn key(world: &mut World, name: &str, fields: &Fields) -> Pulled {
    if name == "expire-tokens" {
        return Ok(json!({"expired": world.keys.expire_tokens()}));
    }
    let found = match fields.text("key") {
        Some(text) => world.keys.find_mut(text),
        None => world.keys.keys.first_mut(),
    };
    let key = found.ok_or_else(|| Refused("no such key".into()))?;
    match name {
        "key-off" => key.active = false,
        "key-on" => key.active = true,
        "right-away" => drop(key.lost.insert(fields.must("right")?.trim_matches('/').to_owned())),
        _ => drop(key.lost.remove(fields.must("right")?.trim_matches('/'))),
    }
    Ok(json!({"lost": key.lost}))
}

/// Levers of one product, named by `product`: id, code or name. None: no lever of that name here.
fn one_product(menu: &mut Menu, name: &str, fields: &Fields) -> Result<Option<Value>, Refused> {
    if !matches!(name, "edit" | "rename" | "reprice" | "move" | "remove" | "bring-back" | "recreate") {
        return Ok(None);
    }
    let wanted = fields.must("product")?;
    let mut id = menu.id_of(wanted).unwrap_or_else(|| wanted.to_owned());
    let done = match name {
        "edit" | "rename" | "reprice" | "move" => {
            let change = change(menu, name, fields)?;
            menu.edit(&id, &change)
        }
        "remove" => menu.remove(&id),
        "bring-back" => menu.bring_back(&id),
        _ => menu.recreate(&id).map(|new| id = new),
    };
    done.ok_or_else(|| Refused(format!("no product «{wanted}»")))?;
    Ok(Some(json!({"product": id})))
}

fn change(menu: &Menu, name: &str, fields: &Fields) -> Result<Change, Refused> {
    let text = |field: &str| fields.text(field).map(str::to_owned);
    match name {
        "rename" => drop(fields.must("name")?),
        "reprice" => drop(fields.must("price")?),
        "move" => drop(fields.must("folder")?),
        _ => (),
    }
    Ok(Change {
        name: text("name"),
        description: text("description"),
        price: fields.roubles("price")?,
        folder: folder(menu, fields)?,
    })
}

/// `folder`: id or name.
fn folder(menu: &Menu, fields: &Fields) -> Result<Option<String>, Refused> {
    let Some(wanted) = fields.text("folder") else { return Ok(None) };
    let known = menu.groups.iter().find(|group| group.is(wanted)).and_then(|group| group.head.id.clone());
    let known = known.or_else(|| menu.folder_of(wanted));
    known.map(Some).ok_or_else(|| Refused(format!("no folder «{wanted}»")))
}

fn whole_menu(menu: &mut Menu, name: &str, fields: &Fields) -> Pulled {
    match name {
        "add-product" => {
            let price = fields.roubles("price")?.unwrap_or_else(|| 0.into());
            let folder = folder(menu, fields)?;
            let id = menu.add_dish(fields.must("name")?, price, folder.as_deref());
            return Ok(json!({"product": id}));
        }
        "add-folder" => {
            let parent = folder(menu, fields)?.and_then(|parent| parent.parse().ok());
            let group = super::dish::Group::folder(super::id::fresh(), fields.must("name")?, parent, 99);
            return Ok(json!({"folder": menu.add_folder(&group)}));
        }
        "reprice-all" => return Ok(json!({"repriced": menu.reprice_all(fields.real("percent")?)})),
        "drop" => {
            let percent = usize::try_from(fields.whole("percent", 60)?).unwrap_or(100);
            return Ok(json!({"dropped": menu.drop_share(percent)}));
        }
        "bring-all-back" => return Ok(json!({"back": menu.bring_all_back()})),
        "empty" => menu.export(false),
        "full" => menu.export(true),
        "turn-back" => menu.turn_back(),
        "touch" => menu.bump(),
        _ => return Err(Refused(format!("no lever «{name}»"))),
    }
    Ok(json!({}))
}
