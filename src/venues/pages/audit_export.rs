//! The journal of a search as a CSV file. It goes out as it is read, a thousand deeds at a time: nobody's memory holds all of it.
use actix_web::HttpResponse;
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::web::{Bytes, Query};
use chrono_tz::Tz;
use futures_util::stream;
use serde_json::json;
use uuid::Uuid;

use crate::accounts::audit;
use crate::accounts::audit_log::{self, EXPORTED, Filter, Line};
use crate::clock;
use crate::db::conn::Db;
use crate::error::{Error, Result};
use crate::lang::Lang;
use crate::venues::guard::At;
use crate::venues::pages::audit::Asked;
use crate::venues::pages::audit_diff::Differs;
use crate::venues::pages::audit_line::Told;
use crate::venues::permission::Audit;
use crate::web::reply::Reply;
use crate::web::sheet;

/// Deeds of a file; who needs more narrows the search.
const MOST: i64 = 50_000;
const BATCH: i64 = 1_000;

/// `GET /v/{venue}/audit/export`, see [`Asked`].
pub async fn csv(at: At<Audit>, asked: Query<Asked>) -> Reply {
    let (filter, _) = asked.understood(at.venue.zone());
    let mut tx = at.db.begin().await?;
    let narrowed = serde_json::to_value(&*asked).unwrap_or_default();
    audit::note(&mut tx, at.deed(EXPORTED).after(json!({ "filter": narrowed }))).await?;
    tx.commit().await?;
    let day = clock::day_at(at.now, at.venue.zone());
    let file = File { db: at.db.clone(), venue: at.venue.id, zone: at.venue.zone(), lang: at.lang(), filter };
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/csv; charset=utf-8"))
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"audit-{day}.csv\"")))
        .streaming(stream::try_unfold((file, Some((None, 0))), |(file, at)| async move {
            let Some((before, written)) = at else { return Ok::<_, Error>(None) };
            let (bytes, next) = file.piece(before, written).await?;
            Ok(Some((bytes, (file, next))))
        })))
}

struct File {
    db: Db,
    venue: Uuid,
    zone: Tz,
    lang: Lang,
    filter: Filter,
}

/// Where the piece before ended and how many deeds are written; none: that was all.
type Next = Option<(Option<i64>, i64)>;

impl File {
    async fn piece(&self, before: Option<i64>, written: i64) -> Result<(Bytes, Next)> {
        let mut c = self.db.read().await?;
        let lines = audit_log::page(&mut c, self.venue, &self.filter, (before, BATCH)).await?;
        drop(c);
        let mut bytes = Vec::new();
        if before.is_none() {
            bytes.extend(sheet::MARK.as_bytes());
            bytes.extend(sheet::rows([heads(self.lang)])?);
        }
        bytes.extend(sheet::rows(lines.iter().map(|line| self.cells(line)))?);
        let n = written + lines.len() as i64;
        let whole = lines.len() as i64 == BATCH && n < MOST;
        Ok((bytes.into(), lines.last().filter(|_| whole).map(|last| (Some(last.seq), n))))
    }

    fn cells(&self, line: &Line) -> Vec<String> {
        let told = Told::of(line, self.lang);
        let one = |d: &Differs| match &d.was {
            Some(was) => format!("{}: {was} → {}", d.field, d.is),
            None => format!("{}: {}", d.field, d.is),
        };
        vec![
            line.seq.to_string(),
            line.at.with_timezone(&self.zone).format("%d.%m.%Y %H:%M:%S").to_string(),
            told.who,
            told.for_whom.unwrap_or_default(),
            told.came.said(self.lang),
            told.what,
            told.name.unwrap_or_default(),
            told.differs.iter().map(one).collect::<Vec<_>>().join("; "),
            self.lang.word(&format!("audit-result-{}", line.result)),
            line.ip.clone().unwrap_or_default(),
            line.deed.clone(),
            line.object_id.map(|id| id.to_string()).unwrap_or_default(),
        ]
    }
}

fn heads(lang: Lang) -> Vec<String> {
    let keys = ["when", "who", "for", "came", "what", "name", "change", "result", "ip", "deed", "object"];
    std::iter::once("№".to_owned()).chain(keys.map(|key| lang.word(&format!("audit-csv-{key}")))).collect()
}
