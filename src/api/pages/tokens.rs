//! The keys of a venue's API: made, shown once, revoked.
use actix_web::web::Path;
use askama::Template;
use serde_json::json;
use uuid::Uuid;

use crate::accounts::audit;
use crate::api::scope::SCOPES;
use crate::api::token::{self, Token};
use crate::error::{Error, Result};
use crate::say;
use crate::venues::guard::{At, Room};
use crate::venues::permission::{Access, Keys, Permission, Right};
use crate::web::fields::Fields;
use crate::web::flash;
use crate::web::form::{Field, Problems, Summary};
use crate::web::reply::{self, Reply};
use crate::web::shell::{Shell, Tone};
use crate::web::when::When;

/// Longest name, characters.
const LONGEST: usize = 80;

struct Row {
    token: Token,
    scopes: String,
    made: When,
    used: Option<When>,
}

struct Tick {
    word: &'static str,
    said: String,
    on: bool,
}

#[derive(Template)]
#[template(path = "api/tokens.html")]
struct TokensPage {
    shell: Shell,
    base: String,
    may_make: bool,
    summary: Option<Summary>,
    /// The key just made: shown this once.
    fresh: Option<String>,
    name: Field,
    scopes: Vec<Tick>,
    scopes_problem: Option<String>,
    rows: Vec<Row>,
}

/// `GET /v/{venue}/api-keys`: who may manage sees which there are, the owner makes and revokes them.
pub async fn show(at: At<Keys>) -> Reply {
    let form = Form { name: String::new(), scopes: SCOPES.map(str::to_owned).to_vec() };
    reply::page(&page(&at, &form, &Problems::default()).await?)
}

/// What was typed.
struct Form {
    name: String,
    scopes: Vec<String>,
}

async fn page<R: Right>(at: &At<R>, form: &Form, problems: &Problems) -> Result<TokensPage> {
    let lang = at.lang();
    let tokens = token::of_venue(&mut at.db.read().await?, at.venue.id).await?;
    let rows = tokens.into_iter().map(|token| Row {
        scopes: token
            .scopes
            .iter()
            .map(|word| lang.word(&format!("api-scope-{word}")))
            .collect::<Vec<_>>()
            .join(", "),
        made: at.when(token.made_at),
        used: token.used_at.map(|when| at.when(when)),
        token,
    });
    let shell = at.shell(Room::Settings).under(say!(lang, "nav-settings"), at.venue.path("/settings"));
    Ok(TokensPage {
        shell: shell.titled(say!(lang, "api-keys-title")),
        base: at.venue.path("/api-keys"),
        may_make: at.may(Permission::Access),
        summary: problems.summary(lang),
        fresh: None,
        name: Field::text("name", say!(lang, "api-key-name"))
            .hint(say!(lang, "api-key-name-hint"))
            .value(&form.name)
            .problem(problems),
        scopes: SCOPES
            .into_iter()
            .map(|word| Tick {
                word,
                said: lang.word(&format!("api-scope-{word}")),
                on: form.scopes.iter().any(|one| one == word),
            })
            .collect(),
        scopes_problem: problems.at("scope"),
        rows: rows.collect(),
    })
}

/// `POST /v/{venue}/api-keys`: the key is on the answer and nowhere else.
pub async fn create(at: At<Access>, fields: Fields) -> Reply {
    let lang = at.lang();
    let form = Form { name: fields.text("name"), scopes: fields.every("scope").map(str::to_owned).collect() };
    let mut problems = Problems::default();
    problems.unless(!form.name.is_empty(), "name", say!(lang, "api-key-name-empty"));
    let fits = form.name.chars().count() <= LONGEST;
    problems.unless(fits, "name", say!(lang, "menu-name-long", n = LONGEST));
    let known = form.scopes.iter().all(|scope| SCOPES.contains(&scope.as_str()));
    problems.unless(known && !form.scopes.is_empty(), "scope", say!(lang, "api-key-scope-empty"));
    let open = token::of_venue(&mut at.db.read().await?, at.venue.id).await?.len();
    problems.unless(open < token::MOST, "name", say!(lang, "api-keys-too-many"));
    if !problems.is_empty() {
        return reply::again(&page(&at, &form, &problems).await?);
    }
    let mut tx = at.db.begin().await?;
    let made = token::issue(&mut tx, at.venue.id, (&form.name, &form.scopes), (at.person.id, at.now)).await?;
    let after = json!({ "name": form.name, "scopes": form.scopes });
    audit::note(&mut tx, at.deed("api_key.made").object(made.0).after(after)).await?;
    tx.commit().await?;
    let empty = Form { name: String::new(), scopes: SCOPES.map(str::to_owned).to_vec() };
    let page = page(&at, &empty, &Problems::default()).await?;
    reply::page(&TokensPage { fresh: Some(made.1), ..page })
}

/// `POST /v/{venue}/api-keys/{key}/revocation`: bites on the next request.
pub async fn revoke(at: At<Access>, path: Path<(Uuid, Uuid)>, _fields: Fields) -> Reply {
    let mut tx = at.db.begin().await?;
    if !token::revoke(&mut tx, at.venue.id, path.1, at.now).await? {
        return Err(Error::NotFound("key"));
    }
    audit::note(&mut tx, at.deed("api_key.revoked").object(path.1)).await?;
    tx.commit().await?;
    Ok(flash::see(&at.venue.path("/api-keys"), Tone::Good, &say!(at.lang(), "api-key-revoked")))
}
