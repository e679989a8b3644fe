//! «Способы оплаты»: whether payments at the table can be posted, what to mend and where; then iiko's payment types.
use actix_web::web::Query;
use askama::Template;
use serde::Deserialize;
use serde_json::json;

use crate::accounts::audit;
use crate::error::Result;
use crate::lang::Lang;
use crate::payments::method::{self, Method, spelled};
use crate::payments::verdict::{Because, Flaw, LookAlike, Verdict, judge};
use crate::say;
use crate::venues::guard::{At, Room};
use crate::venues::part::Part;
use crate::venues::permission::{Contracts, Permission, Right, View};
use crate::venues::standing::{self, Head};
use crate::web::fields::Fields;
use crate::web::flash;
use crate::web::form::{Field, Problems, Summary};
use crate::web::reply::{self, Reply};
use crate::web::shell::{Shell, Tone};

/// Longest code, characters.
const LONGEST: usize = 40;

/// `?change=code` opens the form.
#[derive(Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    change: String,
}

struct Row {
    method: Method,
    code: String,
    kind: String,
    processing: String,
    terminals: String,
    is_ours: bool,
}

#[derive(Template)]
#[template(path = "payments/index.html")]
struct MethodsPage {
    shell: Shell,
    base: String,
    head: Head,
    may_manage: bool,
    summary: Option<Summary>,
    code: String,
    is_good: bool,
    /// What is wrong, what to do about it.
    flaws: Vec<(String, String)>,
    look_alikes: Vec<String>,
    /// To copy and send to the integrator; empty: nothing to mend.
    letter: String,
    rows: Vec<Row>,
    code_field: Option<Field>,
}

/// `GET /v/{venue}/payment-methods`.
pub async fn show(at: At<View>, asked: Query<Asked>) -> Reply {
    let typed = (asked.change == "code" && at.may(Permission::Contracts)).then_some(None);
    reply::page(&page(&at, &Problems::default(), typed).await?)
}

/// `typed`: the form of the code is open, with what stood in it.
async fn page<R: Right>(
    at: &At<R>,
    problems: &Problems,
    typed: Option<Option<String>>,
) -> Result<MethodsPage> {
    let lang = at.lang();
    let head = standing::head(at, Part::Payments).await?;
    let mut c = at.db.snapshot().await?;
    let methods = method::of_venue(&mut c, at.venue.id).await?;
    let code = method::code(&mut c, at.venue.id).await?;
    drop(c);
    let verdict = judge(&methods, &code, at.venue.terminal_group_id);
    let flaws: Vec<(String, String)> = verdict.flaws.iter().map(|flaw| said(flaw, &code, lang)).collect();
    let look_alikes: Vec<String> = verdict.look_alikes.iter().map(|one| said_alike(one, lang)).collect();
    let rows = methods.into_iter().map(|method| row(method, &verdict, lang)).collect();
    Ok(MethodsPage {
        shell: at.shell(Room::Payments).titled(say!(lang, "nav-payments")),
        base: at.venue.path("/payment-methods"),
        may_manage: at.may(Permission::Contracts),
        summary: problems.summary(lang),
        is_good: verdict.is_good(),
        letter: letter(&at.venue.name, &code, &flaws, lang),
        code_field: typed.map(|typed| {
            Field::text("code", say!(lang, "pay-code"))
                .hint(say!(lang, "pay-code-hint"))
                .value(typed.unwrap_or_else(|| code.clone()))
                .problem(problems)
        }),
        flaws,
        look_alikes,
        rows,
        code,
        head,
    })
}

fn row(method: Method, verdict: &Verdict, lang: Lang) -> Row {
    let word = |word: &str| {
        let key = format!("pay-{word}");
        if lang.has(&key) { lang.word(&key) } else { word.to_owned() }
    };
    let names: Vec<&str> = method.groups.iter().map(|group| group.name.as_str()).collect();
    Row {
        kind: word(&method.kind),
        processing: word(&method.processing),
        terminals: names.join(", "),
        code: spelled(&method.code),
        is_ours: verdict.method == Some(method.id),
        method,
    }
}

/// What is wrong, and what to do in iikoOffice.
fn said(flaw: &Flaw, code: &str, lang: Lang) -> (String, String) {
    match flaw {
        Flaw::Missing => {
            (say!(lang, "pay-missing", code = code), say!(lang, "pay-missing-todo", code = code))
        }
        Flaw::Deleted => (say!(lang, "pay-deleted", code = code), say!(lang, "pay-deleted-todo")),
        Flaw::NotACard(kind) => {
            let key = format!("pay-{kind}");
            let kind = if lang.has(&key) { lang.word(&key) } else { kind.clone() };
            (say!(lang, "pay-not-a-card", kind = kind), say!(lang, "pay-not-a-card-todo"))
        }
        Flaw::NotExternal(_) => (say!(lang, "pay-not-external"), say!(lang, "pay-not-external-todo")),
        Flaw::NotAtOurTill => (say!(lang, "pay-not-at-till"), say!(lang, "pay-not-at-till-todo")),
        Flaw::Several(n) => {
            let n: usize = *n;
            (say!(lang, "pay-several", n = n, code = code), say!(lang, "pay-several-todo"))
        }
    }
}

/// «evvap» («Оплата по QR»): строчные буквы.
fn said_alike(one: &LookAlike, lang: Lang) -> String {
    let because = match one.because {
        Because::Case => say!(lang, "pay-alike-case"),
        Because::Space => say!(lang, "pay-alike-space"),
        Because::Letters => say!(lang, "pay-alike-letters"),
        Because::Slip => say!(lang, "pay-alike-slip"),
    };
    say!(lang, "pay-alike", code = spelled(&one.code), name = one.name.as_str(), because = because)
}

fn letter(venue: &str, code: &str, flaws: &[(String, String)], lang: Lang) -> String {
    if flaws.is_empty() {
        return String::new();
    }
    let mut text = say!(lang, "pay-letter", venue = venue, code = code);
    for (what, todo) in flaws {
        text.push_str(&format!("\n— {what} {todo}"));
    }
    text
}

/// `POST …/payment-methods/code`. `was` is the code the form was drawn with.
pub async fn set_code(at: At<Contracts>, fields: Fields) -> Reply {
    let lang = at.lang();
    let code = fields.text("code");
    let mut problems = Problems::default();
    problems.unless(!code.is_empty(), "code", say!(lang, "pay-code-empty"));
    problems.unless(code.chars().count() <= LONGEST, "code", say!(lang, "pay-code-long", n = LONGEST));
    if !problems.is_empty() {
        return reply::again(&page(&at, &problems, Some(Some(code))).await?);
    }
    let mut tx = at.db.begin().await?;
    let before = method::code(&mut tx, at.venue.id).await?;
    if before != fields.text("was") {
        drop(tx);
        problems.add("code", say!(lang, "pay-code-meanwhile", code = before));
        return reply::again(&page(&at, &problems, Some(Some(code))).await?);
    }
    method::set_code(&mut tx, at.venue.id, &code).await?;
    let deed = at.deed("payment_code.changed");
    audit::note(&mut tx, deed.change(json!({ "payment_code": before }), json!({ "payment_code": code })))
        .await?;
    tx.commit().await?;
    Ok(flash::see(&at.venue.path("/payment-methods"), Tone::Good, &say!(lang, "saved")))
}
