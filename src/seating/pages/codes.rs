//! QR codes of tables: which hang where, which are stale, the sheet to print.
use std::collections::HashMap;

use actix_web::web::Query;
use askama::Template;
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

use crate::accounts::audit;
use crate::db::conn::Conn;
use crate::error::{Error, Result};
use crate::lang::Lang;
use crate::say;
use crate::seating::code::{self, Code, Print, Sheet};
use crate::seating::hall;
use crate::seating::table::{self, Table};
use crate::venues::guard::{At, Room};
use crate::venues::permission::{Manage, Permission, Right, View};
use crate::web::fields::Fields;
use crate::web::flash;
use crate::web::form::{Choice, Field, Problems, Summary};
use crate::web::qr::{self, Drawn};
use crate::web::reply::{self, Reply};
use crate::web::shell::{Shell, Tone};

/// Longest words beside a code, characters: a hall's name, a table's name, a number.
const LONGEST_LABEL: usize = 500;

/// A table with its code.
struct Row {
    id: Uuid,
    /// What is printed beside the code: «Основной зал · № 5».
    label: String,
    print: Print,
    tone: Tone,
    said: String,
    /// What hangs there now, where it is not the same.
    was: String,
    token: String,
}

impl Row {
    /// It is to be printed: new, or stale.
    fn is_due(&self) -> bool {
        matches!(self.print, Print::Never | Print::Stale)
    }
}

/// Tables that guests see, and those whose print still hangs though they do not.
async fn rows(c: &mut Conn, venue: Uuid, lang: Lang) -> Result<Vec<Row>> {
    let halls = hall::of_venue(c, venue).await?;
    let url = code::guest_url(c, venue).await?.unwrap_or_default();
    let codes = code::of_venue(c, venue).await?;
    let codes: HashMap<Uuid, &Code> = codes.iter().map(|code| (code.table_id, code)).collect();
    let mut rows = Vec::new();
    for table in table::of_venue(c, venue).await? {
        let Some(hall) = halls.iter().find(|hall| hall.id == table.hall_id) else { continue };
        let code = codes.get(&table.id).copied();
        let label = printed_label(hall.label(), &table);
        let print =
            code::print(code, Sheet { label: &label, url: &url }, table.is_shown() && hall.is_shown());
        if print == Print::Never && !(table.is_shown() && hall.is_shown()) {
            continue;
        }
        let (tone, said) = match print {
            Print::Never => (Tone::Neutral, say!(lang, "codes-never")),
            Print::Fits => (Tone::Good, say!(lang, "codes-fits")),
            Print::Stale => (Tone::Wait, say!(lang, "codes-stale")),
            Print::Gone => (Tone::Trouble, say!(lang, "codes-gone")),
        };
        let printed = code.and_then(|code| {
            let was = |printed: &Option<String>, now: &str| printed.clone().filter(|was| was != now);
            was(&code.printed_label, &label).or_else(|| was(&code.printed_url, &url))
        });
        rows.push(Row {
            id: table.id,
            was: printed.map(|was| say!(lang, "codes-was", label = was)).unwrap_or_default(),
            token: code.map(|code| code.token.clone()).unwrap_or_default(),
            label,
            print,
            tone,
            said,
        });
    }
    Ok(rows)
}

/// What is printed beside a code, the same in every language: whoever looks, a print is stale for its words alone.
fn printed_label(hall: &str, table: &Table) -> String {
    let number = format!("{hall} · № {}", table.number);
    table.named().map(|name| format!("{number} · {name}")).unwrap_or(number)
}

#[derive(Template)]
#[template(path = "seating/codes.html")]
struct CodesPage {
    shell: Shell,
    base: String,
    seating: String,
    may_manage: bool,
    summary: Option<Summary>,
    has_address: bool,
    address: Field,
    what: Choice,
    rows: Vec<Row>,
}

/// `GET /v/{venue}/seating/codes`.
pub async fn show(at: At<View>) -> Reply {
    reply::page(&page(&at, &Problems::default(), None).await?)
}

async fn page<R: Right>(at: &At<R>, problems: &Problems, typed: Option<String>) -> Result<CodesPage> {
    let lang = at.lang();
    let mut c = at.db.snapshot().await?;
    let url = code::guest_url(&mut c, at.venue.id).await?;
    let rows = rows(&mut c, at.venue.id, lang).await?;
    drop(c);
    let seating = at.venue.path("/seating");
    let hint = say!(lang, "codes-address-hint");
    let hint = if url.is_some() { format!("{hint} {}", say!(lang, "codes-address-changes")) } else { hint };
    let whats = [("due", say!(lang, "codes-only-needed")), ("all", say!(lang, "codes-all"))];
    Ok(CodesPage {
        shell: at
            .shell(Room::Seating)
            .under(say!(lang, "nav-seating"), seating.clone())
            .titled(say!(lang, "codes-title")),
        base: format!("{seating}/codes"),
        seating,
        may_manage: at.may(Permission::Manage),
        summary: problems.summary(lang),
        has_address: url.is_some(),
        address: Field::text("guest_url", say!(lang, "codes-address"))
            .kind("url", "off")
            .hint(hint)
            .value(typed.or(url).unwrap_or_default())
            .problem(problems),
        what: Choice {
            name: "what",
            label: say!(lang, "codes-what"),
            options: whats.map(|(word, said)| (word.to_owned(), said)).into(),
            chosen: "due".to_owned(),
            hide_label: true,
            ..Choice::default()
        },
        rows,
    })
}

/// `POST …/codes/address`: where codes lead.
pub async fn set_address(at: At<Manage>, fields: Fields) -> Reply {
    let lang = at.lang();
    let typed = fields.text("guest_url");
    let Some(url) = code::typed_url(&typed) else {
        let mut problems = Problems::default();
        problems.add("guest_url", say!(lang, "codes-address-wrong"));
        return reply::again(&page(&at, &problems, Some(typed)).await?);
    };
    let mut tx = at.db.begin().await?;
    let before = code::guest_url(&mut tx, at.venue.id).await?;
    code::set_guest_url(&mut tx, at.venue.id, &url).await?;
    let deed = at.deed("guest_url.changed");
    audit::note(&mut tx, deed.change(json!({ "url": before }), json!({ "url": url }))).await?;
    tx.commit().await?;
    Ok(flash::see(&at.venue.path("/seating/codes"), Tone::Good, &say!(lang, "saved")))
}

/// `POST …/codes`: gives the tables their tokens and opens the sheet. `what` is due or all.
pub async fn make(at: At<Manage>, fields: Fields) -> Reply {
    let lang = at.lang();
    let back = at.venue.path("/seating/codes");
    let mut tx = at.db.begin().await?;
    if code::guest_url(&mut tx, at.venue.id).await?.is_none() {
        return Ok(flash::see(&back, Tone::Trouble, &say!(lang, "codes-address-first")));
    }
    let all = fields.text("what") == "all";
    let rows = rows(&mut tx, at.venue.id, lang).await?;
    let due: Vec<&Row> =
        rows.iter().filter(|row| row.is_due() || (all && row.print == Print::Fits)).collect();
    if due.is_empty() {
        return Ok(flash::see(&back, Tone::Good, &say!(lang, "codes-none")));
    }
    for row in &due {
        code::make(&mut tx, at.venue.id, row.id).await?;
    }
    audit::note(&mut tx, at.deed("table_codes.prepared").after(json!({ "n": due.len() }))).await?;
    tx.commit().await?;
    Ok(reply::see(&format!("{back}/sheet?what={}", if all { "all" } else { "due" })))
}

#[derive(Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    what: String,
}

struct Card {
    id: Uuid,
    label: String,
    address: String,
    drawn: Drawn,
}

#[derive(Template)]
#[template(path = "seating/sheet.html")]
struct SheetPage {
    shell: Shell,
    base: String,
    venue: String,
    url: String,
    cards: Vec<Card>,
}

/// `GET …/codes/sheet?what=due`: tables that have their tokens; nothing is changed by looking.
pub async fn sheet(at: At<Manage>, asked: Query<Asked>) -> Reply {
    let lang = at.lang();
    let mut c = at.db.snapshot().await?;
    let url = code::guest_url(&mut c, at.venue.id).await?;
    let rows = rows(&mut c, at.venue.id, lang).await?;
    drop(c);
    let base = at.venue.path("/seating/codes");
    let Some(url) = url else { return Ok(reply::see(&base)) };
    let wanted = |row: &Row| row.is_due() || (asked.what == "all" && row.print == Print::Fits);
    let leads = url.clone();
    let cards = rows.into_iter().filter(|row| wanted(row) && !row.token.is_empty()).filter_map(|row| {
        let address = format!("{leads}/t/{}", row.token);
        Some(Card { id: row.id, drawn: qr::drawn(&address)?, label: row.label, address })
    });
    reply::page(&SheetPage {
        shell: at
            .shell(Room::Seating)
            .under(say!(lang, "nav-seating"), at.venue.path("/seating"))
            .under(say!(lang, "codes-title"), base.clone())
            .titled(say!(lang, "codes-sheet")),
        venue: at.venue.name.clone(),
        cards: cards.collect(),
        url,
        base,
    })
}

/// `POST …/codes/printed`: `table` is each printed one, `label.{table}` and `url` what its sheet said: that hangs there
/// now, whatever the table is called by this moment.
pub async fn printed(at: At<Manage>, fields: Fields) -> Reply {
    let lang = at.lang();
    let tables: Vec<Uuid> = fields.every("table").filter_map(|id| id.parse().ok()).take(1_000).collect();
    let url =
        code::typed_url(&fields.text("url")).ok_or(Error::Unreadable("no address of the guest's menu"))?;
    let mut tx = at.db.begin().await?;
    let codes = code::of_venue(&mut tx, at.venue.id).await?;
    let mut n = 0_usize;
    for table in codes.iter().map(|code| code.table_id).filter(|id| tables.contains(id)) {
        let label: String = fields.text(&format!("label.{table}")).chars().take(LONGEST_LABEL).collect();
        if !label.is_empty() {
            code::printed(&mut tx, at.venue.id, (table, Sheet { label: &label, url: &url }), at.person.id)
                .await?;
            n += 1;
        }
    }
    audit::note(&mut tx, at.deed("table_codes.printed").after(json!({ "n": n }))).await?;
    tx.commit().await?;
    let said = say!(lang, "codes-printed-said", n = n);
    Ok(flash::see(&at.venue.path("/seating/codes"), Tone::Good, &said))
}
