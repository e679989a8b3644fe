//! A table's QR code: its own token, and what was printed: the words beside it and where it leads. When the number, the
//! name, the hall or the address changes, what hangs on the table is stale; the token means the same table for ever.
use sqlx::FromRow;
use uuid::Uuid;

use crate::clock::{self, Timestamp};
use crate::db::conn::Conn;
use crate::error::{Error, Result};
use crate::{all, exec, opt};

#[derive(Clone, Debug, FromRow)]
pub struct Code {
    pub table_id: Uuid,
    pub token: String,
    /// None: never printed.
    pub printed_label: Option<String>,
    /// The address of the guest's menu it leads to.
    pub printed_url: Option<String>,
    pub printed_at: Option<Timestamp>,
}

/// How a printed code stands to its table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Print {
    Never,
    Fits,
    /// The words beside it are not the table's any more, or it leads elsewhere.
    Stale,
    /// Guests do not see the table any more: what is printed is to be taken away.
    Gone,
}

/// What is printed, or would be now: the words beside the code, the address it leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sheet<'a> {
    pub label: &'a str,
    pub url: &'a str,
}

/// Judges a code against what would be printed `now`; `is_shown`: whether guests see the table.
pub fn print(code: Option<&Code>, now: Sheet<'_>, is_shown: bool) -> Print {
    let Some((code, label)) = code.and_then(|code| Some((code, code.printed_label.as_deref()?))) else {
        return Print::Never;
    };
    let printed = Sheet { label, url: code.printed_url.as_deref().unwrap_or_default() };
    match printed == now {
        _ if !is_shown => Print::Gone,
        true => Print::Fits,
        false => Print::Stale,
    }
}

pub async fn of_venue(c: &mut Conn, venue: Uuid) -> Result<Vec<Code>> {
    let sql =
        "SELECT table_id, token, printed_label, printed_url, printed_at FROM table_codes WHERE venue_id = $1";
    Ok(all!(c, Code, sql, venue)?)
}

/// Gives a table its token, once.
pub async fn make(c: &mut Conn, venue: Uuid, table: Uuid) -> Result<()> {
    exec!(
        c,
        "INSERT INTO table_codes (venue_id, table_id, token) VALUES ($1, $2, $3) ON CONFLICT (venue_id, table_id) DO NOTHING",
        venue,
        table,
        Uuid::new_v4().simple().to_string()
    )?;
    Ok(())
}

/// It hangs on its table now, as the sheet had it.
pub async fn printed(c: &mut Conn, venue: Uuid, (table, sheet): (Uuid, Sheet<'_>), by: Uuid) -> Result<()> {
    let sql = "UPDATE table_codes SET printed_label = $3, printed_url = $4, printed_at = $5, printed_by = $6
               WHERE venue_id = $1 AND table_id = $2";
    if exec!(c, sql, venue, table, sheet.label, sheet.url, clock::now(), by)? == 0 {
        return Err(Error::NotFound("code"));
    }
    Ok(())
}

/// The address of the guest's menu; none: not set yet.
pub async fn guest_url(c: &mut Conn, venue: Uuid) -> Result<Option<String>> {
    let row = opt!(c, (String,), "SELECT guest_url FROM seating_settings WHERE venue_id = $1", venue)?;
    Ok(row.map(|(url,)| url))
}

/// Codes printed with another address lead elsewhere until they are printed anew.
pub async fn set_guest_url(c: &mut Conn, venue: Uuid, url: &str) -> Result<()> {
    exec!(
        c,
        "INSERT INTO seating_settings (venue_id, guest_url) VALUES ($1, $2)
         ON CONFLICT (venue_id) DO UPDATE SET guest_url = excluded.guest_url",
        venue,
        url
    )?;
    Ok(())
}

/// An address as typed, without a slash at its end; none: not one that guests could be sent to.
pub fn typed_url(text: &str) -> Option<String> {
    let url = text.trim().trim_end_matches('/');
    let host = url.strip_prefix("https://")?.split('/').next()?;
    let plain = url.len() <= 200 && url.bytes().all(|b| b.is_ascii_graphic() && !b"\"'<>\\#?@".contains(&b));
    (plain && host.contains('.') && !host.starts_with('.') && !host.ends_with('.')).then(|| url.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Sheet<'_> = Sheet { label: "Зал · Стол 5", url: "https://a.example" };

    fn code(printed: Option<(&str, &str)>) -> Code {
        let (label, url) = printed.unzip();
        Code {
            table_id: Uuid::nil(),
            token: "t".into(),
            printed_label: label.map(str::to_owned),
            printed_url: url.map(str::to_owned),
            printed_at: None,
        }
    }

    #[test]
    fn a_print_is_stale_when_its_words_or_its_address_are_not_the_tables_any_more() {
        let printed = code(Some(("Зал · Стол 5", "https://a.example")));
        assert_eq!(print(None, NOW, true), Print::Never);
        assert_eq!(print(Some(&code(None)), NOW, true), Print::Never);
        assert_eq!(print(Some(&printed), NOW, true), Print::Fits);
        assert_eq!(print(Some(&printed), Sheet { label: "Зал · Стол 6", ..NOW }, true), Print::Stale);
        assert_eq!(print(Some(&printed), Sheet { url: "https://b.example", ..NOW }, true), Print::Stale);
        assert_eq!(print(Some(&printed), NOW, false), Print::Gone);
    }

    #[test]
    fn an_address_is_one_that_guests_can_open() {
        assert_eq!(typed_url(" https://menu.example.com/ ").as_deref(), Some("https://menu.example.com"));
        assert_eq!(
            typed_url("https://menu.example.com/ryabina").as_deref(),
            Some("https://menu.example.com/ryabina")
        );
        for wrong in [
            "",
            "menu.example.com",
            "http://menu.example.com",
            "https://",
            "https://localhost",
            "https://a.b/?x=1",
            "https://a@b.c",
            "javascript:alert(1)",
            "https://a.b/\"><svg>",
        ] {
            assert_eq!(typed_url(wrong), None, "{wrong}");
        }
    }
}
