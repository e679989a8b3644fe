//! The scan of a contract: given, and sent back as a download that no browser runs.
use actix_web::HttpResponse;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY};
use actix_web::web::Path;
use uuid::Uuid;

use crate::accounts::audit;
use crate::contracts::contract;
use crate::contracts::file;
use crate::contracts::pages::show::again;
use crate::say;
use crate::venues::guard::At;
use crate::venues::permission::{Contracts, Money};
use crate::web::flash;
use crate::web::form::Problems;
use crate::web::reply::Reply;
use crate::web::shell::Tone;
use crate::web::upload::Upload;

/// `GET …/contracts/{contract}/file`: who may change contracts may read them; a scan holds signatures.
pub async fn download(at: At<Money>, path: Path<(Uuid, Uuid)>) -> Reply {
    let (kind, bytes) = file::bytes(&mut at.db.read().await?, at.venue.id, path.1).await?;
    let (media, ending) = match kind.as_str() {
        "pdf" => ("application/pdf", "pdf"),
        "jpeg" => ("image/jpeg", "jpg"),
        _ => ("image/png", "png"),
    };
    Ok(HttpResponse::Ok()
        .content_type(media)
        .insert_header((CACHE_CONTROL, "private, no-store"))
        .insert_header((CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"))
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"contract.{ending}\"")))
        .body(bytes))
}

/// `POST …/contracts/{contract}/file`.
pub async fn give(at: At<Contracts>, path: Path<(Uuid, Uuid)>, upload: Upload) -> Reply {
    let (id, lang) = (path.1, at.lang());
    contract::get(&mut at.db.read().await?, at.venue.id, id).await?;
    let mut problems = Problems::default();
    let bytes = upload.files.into_iter().next().unwrap_or_default();
    let kind = file::kind(&bytes);
    if bytes.is_empty() {
        problems.add("file", say!(lang, "contract-file-choose"));
    } else if bytes.len() > file::MOST {
        problems.add("file", say!(lang, "contract-file-large"));
    } else if kind.is_none() {
        problems.add("file", say!(lang, "contract-file-kind"));
    }
    let Some(kind) = kind.filter(|_| problems.is_empty()) else { return again(&at, id, &problems).await };
    let mut tx = at.db.begin().await?;
    file::keep(&mut tx, (at.venue.id, id), at.person.id, (kind, &bytes)).await?;
    audit::note(&mut tx, at.deed("contract.file_given").object(id)).await?;
    tx.commit().await?;
    let said = say!(lang, "contract-file-said");
    Ok(flash::see(&at.venue.path(&format!("/contracts/{id}")), Tone::Good, &said))
}
