//! The orders of a search as a CSV file, for a spreadsheet: semicolons and a byte-order mark, as Russian Excel expects.
use actix_web::HttpResponse;
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::web::Query;
use csv::WriterBuilder;

use crate::contact::Phone;
use crate::error::{Error, Result};
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

/// Orders of a file; who needs more narrows the search.
const MOST: i64 = 10_000;

/// `GET /v/{venue}/orders/export`, see [`Asked`]. Phones and addresses are whole for who may call guests.
pub async fn csv(at: At<Export>, asked: Query<Asked>) -> Reply {
    let (filter, _) = asked.understood(at.venue.zone(), at.may(Permission::Guests));
    let orders = list::page(&mut at.db.read().await?, at.venue.id, &filter, (None, MOST)).await?;
    let body = written(&at, &orders).map_err(|cause| Error::Internal(Box::new(cause)))?;
    let day = crate::clock::day_at(at.now, at.venue.zone());
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/csv; charset=utf-8"))
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"orders-{day}.csv\"")))
        .body(body))
}

fn written(at: &At<Export>, orders: &[Order]) -> Result<Vec<u8>, csv::Error> {
    let (lang, whole) = (at.lang(), at.may(Permission::Guests));
    // the mark that tells Excel the file is UTF-8
    let mut file = WriterBuilder::new().delimiter(b';').from_writer("\u{feff}".as_bytes().to_vec());
    file.write_record(heads(lang))?;
    for order in orders {
        let local = order.opened_at.with_timezone(&at.venue.zone());
        let phone = Phone::typed(&order.phone);
        let phone = phone.map(|phone| if whole { phone.to_string() } else { phone.masked() });
        let roubles = |sum: Kopecks| format!("{},{:02}", sum.0 / 100, (sum.0 % 100).abs());
        let row = [
            order.number.clone(),
            local.format("%d.%m.%Y %H:%M").to_string(),
            said_place(order, whole, lang),
            order.waiter.clone(),
            order.guest.clone(),
            phone.unwrap_or_default(),
            said_status(order.kind(), order.status(), lang),
            roubles(order.sum),
            order.paid.map(roubles).unwrap_or_default(),
        ];
        file.write_record(row.iter().map(|text| harmless(text)))?;
    }
    file.into_inner().map_err(|cause| csv::Error::from(cause.into_error()))
}

fn heads(lang: Lang) -> Vec<String> {
    let keys = ["opened", "where", "waiter", "guest", "phone", "status", "sum", "paid"];
    let said = keys.iter().map(|key| lang.word(&format!("orders-csv-{key}")));
    std::iter::once("№".to_owned()).chain(said).collect()
}

/// A text of the till is a stranger's: a spreadsheet must not take it for a formula. Phones and numbers stay as they are.
fn harmless(text: &str) -> String {
    let is_phone =
        text.starts_with('+') && text.chars().skip(1).all(|c| c.is_ascii_digit() || matches!(c, ' ' | '-'));
    match text.chars().next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r') if !is_phone => format!("'{text}"),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_formula_gets_out() {
        for hostile in ["=HYPERLINK(1)", "+cmd|' /C calc'!A0", "-1+2", "@SUM(A1)", "\t=1"] {
            assert!(harmless(hostile).starts_with('\''), "{hostile}");
        }
        assert!(harmless("+7 +HYPERLINK(\"http://a\")").starts_with('\''));
        assert_eq!(harmless("+7 916 123-45-67"), "+7 916 123-45-67");
        assert_eq!(harmless("Стол 5"), "Стол 5");
    }
}
