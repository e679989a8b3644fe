//! The acts of an order: those allowed now as forms, those asked for with how they stand.
use actix_web::web::{Path, Query};
use askama::Template;
use serde::Deserialize;
use uuid::Uuid;

use crate::acts::act::{self, Act, State, What};
use crate::acts::moves;
use crate::db::conn::Conn;
use crate::error::Result;
use crate::integrations::connection;
use crate::integrations::dictionary;
use crate::integrations::iiko_cloud::version::{TAKES_COMMENTS, is_at_least};
use crate::integrations::trouble::refusal;
use crate::lang::Lang;
use crate::orders::order::{self, Order};
use crate::orders::pages::list::said_number;
use crate::part;
use crate::say;
use crate::staff::courier;
use crate::venues::guard::{At, Room};
use crate::venues::permission::{Permission, Right, View};
use crate::web::form::{Choice, Field, Problems};
use crate::web::reply::{self, Reply};
use crate::web::shell::{Shell, Tone};
use crate::web::when::When;

/// Longest comment of a cancellation, characters.
pub const LONGEST: usize = 500;

struct Line {
    tone: Tone,
    title: String,
    who: String,
    when: When,
    state: String,
    /// What it means, why it was refused, who mends that.
    notes: Vec<String>,
}

#[derive(Template)]
#[template(path = "acts/_acts.html")]
struct Acts {
    lang: Lang,
    token: String,
    base: String,
    problem: Option<String>,
    /// Acts that need nothing but a press.
    presses: Vec<(&'static str, String)>,
    courier: Option<Choice>,
    cancel: bool,
    /// What was typed for it is wrong.
    cancel_open: bool,
    cause: Option<Choice>,
    comment: Field,
    why_none: String,
    lines: Vec<Line>,
    /// One is under way: looked at again by itself.
    open: bool,
}
part!(Acts);

#[derive(Template)]
#[template(path = "acts/show.html")]
struct ActsPage {
    shell: Shell,
    acts: Acts,
}

/// What was typed, to be shown again.
#[derive(Default)]
pub struct Typed {
    pub courier: String,
    pub cause: String,
    pub comment: String,
}

#[derive(Default, Deserialize)]
pub struct Asked {
    /// Something was under way when the part was drawn: once it is not, the whole page is to be drawn anew.
    #[serde(default)]
    open: bool,
}

/// `GET /v/{venue}/orders/{order}/acts`: the page; the part for htmx.
pub async fn show(at: At<View>, path: Path<(Uuid, Uuid)>, asked: Query<Asked>) -> Reply {
    let mut c = at.db.snapshot().await?;
    let order = order::get(&mut c, at.venue.id, path.1).await?;
    let acts = drawn(&at, &mut c, &order, (&Problems::default(), &Typed::default())).await?;
    drop(c);
    if !at.visitor.wants_part {
        return reply::page(&page(&at, &order, acts));
    }
    let is_over = asked.open && !acts.open;
    let mut answer = reply::page(&acts)?;
    if is_over {
        let name = actix_web::http::header::HeaderName::from_static("hx-refresh");
        answer.headers_mut().insert(name, actix_web::http::header::HeaderValue::from_static("true"));
    }
    Ok(answer)
}

/// The page again with what is wrong, 422.
pub async fn again<R: Right>(at: &At<R>, order: &Order, problems: &Problems, typed: &Typed) -> Reply {
    let mut c = at.db.snapshot().await?;
    let acts = drawn(at, &mut c, order, (problems, typed)).await?;
    drop(c);
    reply::again(&page(at, order, acts))
}

fn page<R: Right>(at: &At<R>, order: &Order, acts: Acts) -> ActsPage {
    let lang = at.lang();
    let shell = at
        .shell(Room::Orders)
        .under(say!(lang, "nav-orders"), at.venue.path("/orders"))
        .under(said_number(&order.number, lang), at.venue.path(&format!("/orders/{}", order.id)));
    ActsPage { shell: shell.titled(say!(lang, "acts-title")), acts }
}

async fn drawn<R: Right>(
    at: &At<R>,
    c: &mut Conn,
    order: &Order,
    (problems, typed): (&Problems, &Typed),
) -> Result<Acts> {
    let (lang, venue) = (at.lang(), at.venue.id);
    let acts = act::of_order(c, venue, order.id).await?;
    let open = acts.iter().any(|act| act.state().is_open());
    let may = at.may(Permission::Serve) && !open;
    let allowed = if may { moves::allowed(order) } else { Vec::new() };
    let plain = |what: &&What| !matches!(what, What::Courier | What::Cancel);
    let courier = match allowed.contains(&What::Courier) {
        true => Some(Choice { chosen: typed.courier.clone(), ..couriers(c, venue, lang, problems).await? }),
        false => None,
    };
    let cause = match allowed.contains(&What::Cancel) {
        true => causes(c, venue, lang, (problems, &typed.cause)).await?,
        false => None,
    };
    let told = connection::of_venue(c, venue).await?.and_then(|one| one.pos_version);
    let comment_hint = match is_at_least(told.as_deref(), TAKES_COMMENTS) {
        true => String::new(),
        false => say!(lang, "acts-comment-here", version = TAKES_COMMENTS.to_string()),
    };
    let nothing = at.may(Permission::Serve) && allowed.is_empty() && !open;
    Ok(Acts {
        lang,
        token: at.visitor.token.clone(),
        base: at.venue.path(&format!("/orders/{}/acts", order.id)),
        problem: problems.at("act"),
        presses: allowed.iter().filter(plain).map(|what| (what.word(), said_what(*what, lang))).collect(),
        courier,
        cancel: allowed.contains(&What::Cancel),
        cancel_open: problems.at("cause").or(problems.at("comment")).is_some(),
        cause,
        comment: Field::text("comment", say!(lang, "acts-comment"))
            .optional()
            .value(&typed.comment)
            .hint(comment_hint)
            .problem(problems),
        why_none: if nothing {
            lang.word(&format!("acts-none-{}", moves::why_none(order)))
        } else {
            String::new()
        },
        lines: acts.iter().map(|act| line(at, act)).collect(),
        open,
    })
}

async fn couriers(c: &mut Conn, venue: Uuid, lang: Lang, problems: &Problems) -> Result<Choice> {
    let people = courier::of_venue(c, venue).await?;
    let hint = if people.is_empty() { say!(lang, "acts-courier-none") } else { String::new() };
    Ok(Choice {
        name: "courier",
        label: say!(lang, "acts-courier"),
        options: people.into_iter().map(|one| (one.iiko_id.to_string(), one.name)).collect(),
        hint,
        problem: problems.at("courier"),
        placeholder: say!(lang, "acts-courier-choose"),
        ..Choice::default()
    })
}

/// None: iiko told of no causes, so a comment has to do.
async fn causes(
    c: &mut Conn,
    venue: Uuid,
    lang: Lang,
    (problems, chosen): (&Problems, &str),
) -> Result<Option<Choice>> {
    let entries = dictionary::of_venue(c, venue).await?;
    let causes =
        entries.into_iter().filter(|one| one.kind == "cancel_cause" && !one.deleted && !one.vanished);
    let options: Vec<(String, String)> = causes.map(|one| (one.iiko_id.to_string(), one.name)).collect();
    Ok((!options.is_empty()).then(|| Choice {
        name: "cause",
        label: say!(lang, "acts-cause"),
        options,
        problem: problems.at("cause"),
        placeholder: say!(lang, "acts-cause-choose"),
        chosen: chosen.to_owned(),
        ..Choice::default()
    }))
}

fn said_what(what: What, lang: Lang) -> String {
    lang.word(&format!("acts-what-{}", what.word()))
}

fn line<R: Right>(at: &At<R>, act: &Act) -> Line {
    let (lang, state) = (at.lang(), act.state());
    let mut title = lang.word(&format!("acts-did-{}", act.what));
    if !act.said.is_empty() {
        title = format!("{title}: {}", act.said);
    }
    let mut notes = Vec::new();
    match state {
        State::Asked if !act.code.is_empty() => notes.push(say!(lang, "acts-state-asked-sub")),
        State::Sent => notes.push(say!(lang, "acts-state-sent-sub")),
        State::Unknown => notes.push(say!(lang, "acts-state-unknown-sub")),
        State::Refused => notes.extend(refusal(&act.code, &act.message, lang)),
        _ => {}
    }
    if !act.comment.is_empty() {
        notes.push(act.comment.clone());
    }
    Line {
        tone: match state {
            State::Done => Tone::Good,
            State::Refused | State::Unknown => Tone::Trouble,
            _ => Tone::Wait,
        },
        title,
        who: act.asked_by_name.clone(),
        when: at.when(act.asked_at),
        state: lang.word(&format!("acts-state-{}", state.word())),
        notes,
    }
}
