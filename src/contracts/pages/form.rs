//! A contract's facts: the form of a new one and of a change. Digits are checked before anything is kept.
use actix_web::web::Path;
use askama::Template;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::accounts::audit;
use crate::contracts::contract::{self, Contract, Facts};
use crate::contracts::requisites::{self, Wrong};
use crate::error::Error;
use crate::lang::Lang;
use crate::say;
use crate::venues::guard::{At, Room};
use crate::venues::permission::Contracts;
use crate::web::fields::Fields;
use crate::web::flash;
use crate::web::form::{Field, Problems, Summary};
use crate::web::reply::{self, Reply};
use crate::web::shell::{Shell, Tone};

/// Longest name and number, characters.
const LONGEST: usize = 200;

#[derive(Template)]
#[template(path = "contracts/form.html")]
struct FormPage {
    shell: Shell,
    action: String,
    back: String,
    summary: Option<Summary>,
    /// The version the form is drawn from; 0: a new contract.
    version: i64,
    fields: Vec<Field>,
}

/// What was typed, digits without spaces.
fn typed(fields: &Fields) -> Facts {
    let digits = |name| requisites::digits(&fields.text(name));
    Facts {
        entity: fields.text("entity"),
        inn: digits("inn"),
        kpp: digits("kpp").to_uppercase(),
        account: digits("account"),
        bik: digits("bik"),
        number: fields.text("number"),
    }
}

fn problems(facts: &Facts, lang: Lang) -> Problems {
    let mut problems = Problems::default();
    problems.unless(!facts.entity.is_empty(), "entity", say!(lang, "contract-entity-empty"));
    for (name, text) in [("entity", &facts.entity), ("number", &facts.number)] {
        let fits = text.chars().count() <= LONGEST;
        problems.unless(fits, name, say!(lang, "menu-name-long", n = LONGEST));
    }
    let checks = [
        ("inn", requisites::inn(&facts.inn)),
        ("kpp", requisites::kpp(&facts.kpp, &facts.inn)),
        ("bik", requisites::bik(&facts.bik)),
        ("account", requisites::account(&facts.account, &facts.bik)),
    ];
    for (name, check) in checks {
        if let Err(wrong) = check {
            let word = match wrong {
                Wrong::Missing => "missing",
                Wrong::Length => "length",
                Wrong::Check => "check",
                Wrong::NotForPerson => "person",
            };
            problems.add(name, lang.word(&format!("contract-{name}-{word}")));
        }
    }
    problems.unless(!facts.number.is_empty(), "number", say!(lang, "contract-number-empty"));
    problems
}

fn page(at: &At<Contracts>, known: Option<&Contract>, facts: &Facts, problems: &Problems) -> FormPage {
    let lang = at.lang();
    let base = at.venue.path("/contracts");
    let field = |name, value: &str| {
        let field = Field::text(name, lang.word(&format!("contract-{name}"))).value(value).problem(problems);
        let hint = format!("contract-{name}-hint");
        if lang.has(&hint) { field.hint(lang.word(&hint)) } else { field }
    };
    let shell = at.shell(Room::Contracts).under(say!(lang, "nav-contracts"), base.clone());
    let action = known.map_or_else(|| base.clone(), |known| format!("{base}/{}", known.id));
    FormPage {
        shell: match known {
            Some(known) => shell.under(known.entity.clone(), action.clone()).titled(say!(lang, "change")),
            None => shell.titled(say!(lang, "contract-new")),
        },
        back: action.clone(),
        action,
        summary: problems.summary(lang),
        version: known.map_or(0, |known| known.version),
        fields: vec![
            field("entity", &facts.entity),
            field("inn", &facts.inn),
            field("kpp", &facts.kpp).optional(),
            field("bik", &facts.bik),
            field("account", &facts.account),
            field("number", &facts.number),
        ],
    }
}

/// `GET /v/{venue}/contracts/new`.
pub async fn new(at: At<Contracts>) -> Reply {
    reply::page(&page(&at, None, &Facts::default(), &Problems::default()))
}

/// `POST /v/{venue}/contracts`.
pub async fn create(at: At<Contracts>, fields: Fields) -> Reply {
    let facts = typed(&fields);
    let problems = problems(&facts, at.lang());
    if !problems.is_empty() {
        return reply::again(&page(&at, None, &facts, &problems));
    }
    let mut tx = at.db.begin().await?;
    let id = contract::create(&mut tx, at.venue.id, &facts).await?;
    audit::note(&mut tx, at.deed("contract.created").object(id).after(told(&facts))).await?;
    tx.commit().await?;
    let said = say!(at.lang(), "contract-made");
    Ok(flash::see(&at.venue.path(&format!("/contracts/{id}")), Tone::Good, &said))
}

/// `GET /v/{venue}/contracts/{contract}/edit`.
pub async fn edit(at: At<Contracts>, path: Path<(Uuid, Uuid)>) -> Reply {
    let contract = contract::get(&mut at.db.read().await?, at.venue.id, path.1).await?;
    if contract.state != "draft" {
        return Err(Error::Conflict("contract-is-signed"));
    }
    reply::page(&page(&at, Some(&contract), &contract.facts(), &Problems::default()))
}

/// `POST /v/{venue}/contracts/{contract}`. `version` is the one the form was drawn from.
pub async fn change(at: At<Contracts>, path: Path<(Uuid, Uuid)>, fields: Fields) -> Reply {
    let facts = typed(&fields);
    let lang = at.lang();
    let mut problems = problems(&facts, lang);
    let mut tx = at.db.begin().await?;
    let before = contract::get(&mut tx, at.venue.id, path.1).await?;
    if before.state != "draft" {
        return Err(Error::Conflict("contract-is-signed"));
    }
    if problems.is_empty() {
        let seen = (before.id, fields.read("version").unwrap_or(0));
        if contract::change(&mut tx, at.venue.id, seen, &facts).await? {
            let deed = at.deed("contract.changed").object(before.id);
            audit::note(&mut tx, deed.change(told(&before.facts()), told(&facts))).await?;
            tx.commit().await?;
            let path = at.venue.path(&format!("/contracts/{}", before.id));
            return Ok(flash::see(&path, Tone::Good, &say!(lang, "saved")));
        }
        meanwhile(&mut problems, &before.facts(), &facts, lang);
    }
    drop(tx);
    reply::again(&page(&at, Some(&before), &facts, &problems))
}

/// At each field that somebody else has changed: what they wrote; what was typed here stays in the form.
fn meanwhile(problems: &mut Problems, theirs: &Facts, ours: &Facts, lang: Lang) {
    let fields = [
        ("entity", &theirs.entity, &ours.entity),
        ("inn", &theirs.inn, &ours.inn),
        ("kpp", &theirs.kpp, &ours.kpp),
        ("bik", &theirs.bik, &ours.bik),
        ("account", &theirs.account, &ours.account),
        ("number", &theirs.number, &ours.number),
    ];
    let others: Vec<_> = fields.into_iter().filter(|(_, theirs, ours)| theirs != ours).collect();
    for (name, theirs, _) in &others {
        problems.add(name, say!(lang, "contract-meanwhile", value = theirs.as_str()));
    }
    if others.is_empty() {
        // the state was changed, or the same was written: nothing to choose between, but a look is due
        problems.add("entity", say!(lang, "contract-meanwhile-same"));
    }
}

fn told(facts: &Facts) -> Value {
    json!({ "entity": facts.entity, "inn": facts.inn, "kpp": facts.kpp, "bik": facts.bik,
            "account": facts.account, "number": facts.number })
}
