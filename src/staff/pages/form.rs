//! One employee: name, role, phone, Telegram, what they want to be told of.
use actix_web::web::Path;
use askama::Template;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::accounts::audit;
use crate::contact::Phone;
use crate::error::Result;
use crate::lang::Lang;
use crate::say;
use crate::staff::employee::{self, Employee, Facts, ROLES};
use crate::staff::notice::NOTICES;
use crate::staff::pages::list::role_said;
use crate::venues::guard::{At, Room};
use crate::venues::permission::{Permission, Right, Staff, View};
use crate::web::fields::Fields;
use crate::web::flash;
use crate::web::form::{Choice, Field, Problems, Summary};
use crate::web::reply::{self, Reply};
use crate::web::shell::{Shell, Tone};

/// Longest name, characters.
pub const LONGEST: usize = 120;

struct Tick {
    word: &'static str,
    said: String,
    on: bool,
}

#[derive(Template)]
#[template(path = "staff/employee.html")]
struct EmployeePage {
    shell: Shell,
    action: String,
    back: String,
    may_change: bool,
    summary: Option<Summary>,
    employee: Option<Employee>,
    role_said: String,
    phone_said: String,
    elsewhere: Vec<String>,
    name: Field,
    role: Choice,
    phone: Field,
    telegram: Field,
    notices: Vec<Tick>,
}

/// What was typed, before it is understood.
#[derive(Clone, Debug)]
struct Typed {
    name: String,
    role: String,
    phone: String,
    telegram: String,
    notices: Vec<String>,
}

impl Typed {
    fn read(fields: &Fields) -> Typed {
        let text = |name| fields.text(name);
        Typed {
            name: text("name"),
            role: text("role"),
            phone: text("phone"),
            telegram: text("telegram_id"),
            notices: fields.every("notice").map(str::to_owned).collect(),
        }
    }

    fn of(employee: Option<&Employee>) -> Typed {
        let Some(employee) = employee else {
            let (name, phone, telegram) = (String::new(), String::new(), String::new());
            let notices = NOTICES.map(str::to_owned).to_vec();
            return Typed { name, role: "waiter".into(), phone, telegram, notices };
        };
        Typed {
            name: employee.name.clone(),
            role: employee.role.clone(),
            phone: employee.phone_said(true),
            telegram: employee.telegram_id.map(|id| id.to_string()).unwrap_or_default(),
            notices: employee.notices.0.clone(),
        }
    }

    /// What is meant, or what is wrong.
    fn understood(&self, lang: Lang) -> Result<Facts, Problems> {
        let mut problems = Problems::default();
        problems.unless(!self.name.is_empty(), "name", say!(lang, "staff-name-empty"));
        let fits = self.name.chars().count() <= LONGEST;
        problems.unless(fits, "name", say!(lang, "menu-name-long", n = LONGEST));
        problems.unless(ROLES.contains(&self.role.as_str()), "role", say!(lang, "staff-role-unknown"));
        let phone = phone(&self.phone, "phone", &mut problems, lang);
        let telegram_id = match self.telegram.as_str() {
            "" => None,
            text => {
                let id = text.parse::<i64>().ok().filter(|id| *id > 0);
                problems.unless(id.is_some(), "telegram_id", say!(lang, "staff-telegram-wrong"));
                id
            }
        };
        let known = |word: &&String| NOTICES.contains(&word.as_str());
        let notices = self.notices.iter().filter(known).cloned().collect();
        let (name, role) = (self.name.clone(), self.role.clone());
        match phone {
            Some(phone) if problems.is_empty() => Ok(Facts { name, role, phone, telegram_id, notices }),
            _ => Err(problems),
        }
    }
}

/// A phone, or the problem at its field.
pub fn phone(text: &str, field: &'static str, problems: &mut Problems, lang: Lang) -> Option<Phone> {
    let phone = Phone::typed(text);
    let said =
        if text.is_empty() { say!(lang, "staff-phone-empty") } else { say!(lang, "staff-phone-wrong") };
    problems.unless(phone.is_some(), field, said);
    phone
}

async fn page<R: Right>(
    at: &At<R>,
    employee: Option<Employee>,
    typed: &Typed,
    problems: &Problems,
) -> Result<EmployeePage> {
    let lang = at.lang();
    let back = at.venue.path("/staff");
    let elsewhere = match &employee {
        Some(one) => employee::elsewhere(&at.db, at.venue.id, &one.phone, at.person.id).await?,
        None => Vec::new(),
    };
    let shell = at.shell(Room::Staff).under(say!(lang, "nav-staff"), back.clone());
    let tick = |word: &'static str| Tick {
        word,
        said: lang.word(&format!("notice-{word}")),
        on: typed.notices.iter().any(|one| one == word),
    };
    Ok(EmployeePage {
        shell: match &employee {
            Some(one) => shell.titled(one.name.clone()),
            None => shell.titled(say!(lang, "staff-new")),
        },
        action: employee.as_ref().map_or_else(|| back.clone(), |one| format!("{back}/{}", one.id)),
        back,
        may_change: at.may(Permission::Staff),
        summary: problems.summary(lang),
        role_said: employee.as_ref().map(|one| role_said(&one.role, lang)).unwrap_or_default(),
        phone_said: employee
            .as_ref()
            .map(|one| one.phone_said(at.may(Permission::Staff)))
            .unwrap_or_default(),
        elsewhere,
        name: Field::text("name", say!(lang, "staff-name")).value(&typed.name).problem(problems),
        role: Choice {
            name: "role",
            label: say!(lang, "staff-role"),
            options: ROLES.iter().map(|role| ((*role).to_owned(), role_said(role, lang))).collect(),
            chosen: typed.role.clone(),
            problem: problems.at("role"),
            ..Choice::default()
        },
        phone: Field::text("phone", say!(lang, "staff-phone"))
            .kind("tel", "off")
            .hint(say!(lang, "staff-phone-hint"))
            .value(&typed.phone)
            .problem(problems),
        telegram: Field::text("telegram_id", "Telegram ID".to_owned())
            .hint(say!(lang, "staff-telegram-hint"))
            .value(&typed.telegram)
            .optional()
            .problem(problems),
        notices: NOTICES.into_iter().map(tick).collect(),
        employee,
    })
}

/// `GET /v/{venue}/staff/new`.
pub async fn new(at: At<Staff>) -> Reply {
    reply::page(&page(&at, None, &Typed::of(None), &Problems::default()).await?)
}

/// `POST /v/{venue}/staff`: somebody of the venue's own.
pub async fn create(at: At<Staff>, fields: Fields) -> Reply {
    let typed = Typed::read(&fields);
    let lang = at.lang();
    let facts = match typed.understood(lang) {
        Ok(facts) => facts,
        Err(problems) => return reply::again(&page(&at, None, &typed, &problems).await?),
    };
    let mut tx = at.db.begin().await?;
    if let Some(other) = employee::with_phone(&mut tx, at.venue.id, &facts.phone, None).await? {
        drop(tx);
        return reply::again(&page(&at, None, &typed, &taken(&other, lang)).await?);
    }
    let id = employee::create(&mut tx, at.venue.id, None, &facts).await?;
    audit::note(&mut tx, at.deed("employee.created").object(id).after(told(&facts))).await?;
    tx.commit().await?;
    Ok(flash::see(&at.venue.path(&format!("/staff/{id}")), Tone::Good, &say!(lang, "staff-made")))
}

fn taken(other: &str, lang: Lang) -> Problems {
    let mut problems = Problems::default();
    problems.add("phone", say!(lang, "staff-phone-taken", name = other));
    problems
}

/// `GET /v/{venue}/staff/{employee}`.
pub async fn show(at: At<View>, path: Path<(Uuid, Uuid)>) -> Reply {
    let employee = employee::get(&mut at.db.read().await?, at.venue.id, path.1).await?;
    let typed = Typed::of(Some(&employee));
    reply::page(&page(&at, Some(employee), &typed, &Problems::default()).await?)
}

/// `POST /v/{venue}/staff/{employee}`. `version` is the one the form was drawn from.
pub async fn change(at: At<Staff>, path: Path<(Uuid, Uuid)>, fields: Fields) -> Reply {
    let typed = Typed::read(&fields);
    let lang = at.lang();
    let mut tx = at.db.begin().await?;
    let before = employee::get(&mut tx, at.venue.id, path.1).await?;
    let facts = match typed.understood(lang) {
        Ok(facts) => facts,
        Err(problems) => {
            drop(tx);
            return reply::again(&page(&at, Some(before), &typed, &problems).await?);
        }
    };
    if let Some(other) = employee::with_phone(&mut tx, at.venue.id, &facts.phone, Some(before.id)).await? {
        drop(tx);
        return reply::again(&page(&at, Some(before), &typed, &taken(&other, lang)).await?);
    }
    let seen = (before.id, fields.read("version").unwrap_or(0));
    if !employee::change(&mut tx, at.venue.id, seen, &facts).await? {
        drop(tx);
        let problems = meanwhile(&before, &typed, lang);
        return reply::again(&page(&at, Some(before), &typed, &problems).await?);
    }
    let was = json!({ "name": before.name, "role": before.role, "notices": before.notices.0 });
    audit::note(&mut tx, at.deed("employee.changed").object(before.id).change(was, told(&facts))).await?;
    tx.commit().await?;
    let path = at.venue.path(&format!("/staff/{}", before.id));
    Ok(flash::see(&path, Tone::Good, &say!(lang, "saved")))
}

/// At each field that somebody else has changed: what they wrote; what was typed here stays in the form.
fn meanwhile(theirs: &Employee, ours: &Typed, lang: Lang) -> Problems {
    let saved = Typed::of(Some(theirs));
    let fields = [
        ("name", &saved.name, &ours.name),
        ("phone", &saved.phone, &ours.phone),
        ("telegram_id", &saved.telegram, &ours.telegram),
    ];
    let mut problems = Problems::default();
    for (name, theirs, _) in fields.into_iter().filter(|(_, theirs, ours)| theirs != ours) {
        problems.add(name, say!(lang, "contract-meanwhile", value = theirs.as_str()));
    }
    if saved.role != ours.role {
        problems.add("role", say!(lang, "contract-meanwhile", value = role_said(&saved.role, lang)));
    }
    if problems.is_empty() {
        problems.add("name", say!(lang, "staff-meanwhile-same"));
    }
    problems
}

/// For the audit: phones and Telegram ids are a person's own and are not repeated there.
fn told(facts: &Facts) -> Value {
    json!({ "name": facts.name, "role": facts.role, "notices": facts.notices })
}
