//! The orders of a search as a CSV file, for a spreadsheet.
use actix_web::HttpResponse;
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::web::Query;

use crate::contact::Phone;
use crate::error::Result;
use crate::lang::Lang;
use crate::money::Kopecks;
use crate::orders::list;
use crate::orders::order::Order;
use crate::orders::pages::badge::said_status;
use crate::orders::pages::list::said_place;
use crate::orders::pages::search::Asked;
use crate::venues::guard::At;
use crate::venues::permission::{Export, Permission};
use crate::web::reply::Reply;
use crate::web::sheet;

/// Orders of a file; who needs more narrows the search.
const MOST: i64 = 10_000;

/// `GET /v/{venue}/orders/export`, see [`Asked`]. Phones and addresses are whole for who may call guests.
pub async fn csv(at: At<Export>, asked: Query<Asked>) -> Reply {
    let (filter, _) = asked.understood(at.venue.zone(), at.may(Permission::Guests));
    let orders = list::page(&mut at.db.read().await?, at.venue.id, &filter, (None, MOST)).await?;
    let body = [sheet::MARK.as_bytes(), &written(&at, &orders)?].concat();
    let day = crate::clock::day_at(at.now, at.venue.zone());
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/csv; charset=utf-8"))
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"orders-{day}.csv\"")))
        .body(body))
}

fn written(at: &At<Export>, orders: &[Order]) -> Result<Vec<u8>> {
    let (lang, whole) = (at.lang(), at.may(Permission::Guests));
    let row = |order: &Order| {
        let local = order.opened_at.with_timezone(&at.venue.zone());
        let phone = Phone::typed(&order.phone);
        let phone = phone.map(|phone| if whole { phone.to_string() } else { phone.masked() });
        let roubles = |sum: Kopecks| format!("{},{:02}", sum.0 / 100, (sum.0 % 100).abs());
        vec![
            order.number.clone(),
            local.format("%d.%m.%Y %H:%M").to_string(),
            said_place(order, whole, lang),
            order.waiter.clone(),
            order.guest.clone(),
            phone.unwrap_or_default(),
            said_status(order.kind(), order.status(), lang),
            roubles(order.sum),
            order.paid.map(roubles).unwrap_or_default(),
        ]
    };
    sheet::rows(std::iter::once(heads(lang)).chain(orders.iter().map(row)))
}

fn heads(lang: Lang) -> Vec<String> {
    let keys = ["opened", "where", "waiter", "guest", "phone", "status", "sum", "paid"];
    let said = keys.iter().map(|key| lang.word(&format!("orders-csv-{key}")));
    std::iter::once("№".to_owned()).chain(said).collect()
}
