//! The journal of a search as a CSV file. It goes out as it is read, a thousand deeds at a time: nobody's memory holds all of it.
use actix_web::HttpResponse;
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::web::{Bytes, Query};
use futures_util::{Stream, stream};
use serde_json::json;
use uuid::Uuid;

use crate::accounts::audit;
use crate::accounts::audit_log::{self, EXPORTED, Filter, Line};
use crate::clock;
use crate::db::conn::Db;
use crate::error::Result;
use crate::lang::Lang;
use crate::say;
use crate::venues::guard::At;
use crate::venues::names::Names;
use crate::venues::pages::audit::Asked;
use crate::venues::pages::audit_diff::{Differs, Reader};
use crate::venues::pages::audit_line::{Told, things};
use crate::venues::permission::Audit;
use crate::web::reply::Reply;
use crate::web::sheet;

/// Deeds of a file; who needs more narrows the search.
const MOST: i64 = 50_000;
/// … and of a piece of it.
const BATCH: i64 = 1_000;

/// `GET /v/{venue}/audit/export`, see [`Asked`].
pub async fn csv(at: At<Audit>, asked: Query<Asked>) -> Reply {
    let (filter, _) = asked.understood(at.venue.zone());
    let mut tx = at.db.begin().await?;
    let narrowed = serde_json::to_value(&*asked).unwrap_or_default();
    audit::note(&mut tx, at.deed(EXPORTED).after(json!({ "filter": narrowed }))).await?;
    tx.commit().await?;
    let day = clock::day_at(at.now, at.venue.zone());
    let reader = Reader { lang: at.lang(), zone: at.venue.zone() };
    let file = File { db: at.db.clone(), venue: at.venue.id, reader, filter, most: MOST };
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/csv; charset=utf-8"))
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"audit-{day}.csv\"")))
        .streaming(file.pieces()))
}

/// What goes into a file, and for whom.
pub struct File {
    pub db: Db,
    pub venue: Uuid,
    pub reader: Reader,
    pub filter: Filter,
    /// Deeds at most; where there are more, the last row says so.
    pub most: i64,
}

/// Where the piece before ended and how many deeds are written; none: that was all.
type Next = Option<(Option<i64>, i64)>;

impl File {
    pub fn pieces(self) -> impl Stream<Item = Result<Bytes>> + 'static {
        stream::try_unfold((self, Some((None, 0))), |(file, next)| async move {
            let Some((before, written)) = next else { return Ok(None) };
            let (bytes, next) = file.piece(before, written).await?;
            Ok(Some((bytes, (file, next))))
        })
    }

    async fn piece(&self, before: Option<i64>, written: i64) -> Result<(Bytes, Next)> {
        let size = BATCH.min(self.most - written);
        let mut c = self.db.read().await?;
        let mut lines = audit_log::page(&mut c, self.venue, &self.filter, (before, size + 1)).await?;
        let more = lines.len() as i64 > size;
        lines.truncate(size as usize);
        let names = Names::of(&mut c, self.venue, &things(&lines)).await?;
        drop(c);
        let mut bytes = Vec::new();
        if before.is_none() {
            bytes.extend(sheet::MARK.as_bytes());
            bytes.extend(sheet::rows([heads(self.reader.lang)])?);
        }
        bytes.extend(sheet::rows(lines.iter().map(|line| self.cells(line, &names)))?);
        let n = written + lines.len() as i64;
        if more && n == self.most {
            bytes.extend(sheet::rows([cut(n, self.reader.lang)])?);
        }
        let last = lines.last().filter(|_| more && n < self.most);
        Ok((bytes.into(), last.map(|last| (Some(last.seq), n))))
    }

    fn cells(&self, line: &Line, names: &Names) -> Vec<String> {
        let told = Told::of(line, names, self.reader);
        let one = |d: &Differs| match &d.was {
            Some(was) => format!("{}: {was} → {}", d.field, d.is),
            None => format!("{}: {}", d.field, d.is),
        };
        vec![
            line.seq.to_string(),
            line.at.with_timezone(&self.reader.zone).format("%d.%m.%Y %H:%M:%S").to_string(),
            told.who,
            told.for_whom.unwrap_or_default(),
            told.came.said(self.reader.lang),
            told.what,
            told.name.unwrap_or_default(),
            told.differs.iter().map(one).collect::<Vec<_>>().join("; "),
            self.reader.lang.word(&format!("audit-result-{}", line.result)),
            line.ip.clone().unwrap_or_default(),
            line.deed.clone(),
            line.object_id.map(|id| id.to_string()).unwrap_or_default(),
        ]
    }
}

/// Columns after the number.
const HEADS: [&str; 11] =
    ["when", "who", "for", "came", "what", "name", "change", "result", "ip", "deed", "object"];

fn heads(lang: Lang) -> Vec<String> {
    std::iter::once("№".to_owned()).chain(HEADS.map(|key| lang.word(&format!("audit-csv-{key}")))).collect()
}

/// A row as wide as the others: what it says must not be taken for the end of the journal.
fn cut(n: i64, lang: Lang) -> Vec<String> {
    std::iter::once(say!(lang, "audit-csv-cut", n = n)).chain(HEADS.map(|_| String::new())).collect()
}
