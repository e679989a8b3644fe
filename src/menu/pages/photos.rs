//! Photos: upload, order, removal, and the pictures themselves.
use actix_web::HttpResponse;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY};
use actix_web::web::Path;
use uuid::Uuid;

use crate::accounts::audit;
use crate::menu::pages::product::again;
use crate::menu::photo::{self, NotAPhoto};
use crate::menu::product;
use crate::say;
use crate::venues::guard::At;
use crate::venues::permission::{Content, View};
use crate::web::fields::Fields;
use crate::web::flash;
use crate::web::form::Problems;
use crate::web::reply::Reply;
use crate::web::shell::Tone;
use crate::web::upload::Upload;

/// `GET /v/{venue}/photos/{photo}/{size}`: ours by making, and still given no right to do anything.
pub async fn show(at: At<View>, path: Path<(Uuid, Uuid, String)>) -> Reply {
    let (_, id, size) = path.into_inner();
    let bytes = photo::bytes(&mut at.db.read().await?, at.venue.id, id, &size).await?;
    Ok(HttpResponse::Ok()
        .content_type("image/jpeg")
        .insert_header((CACHE_CONTROL, "private, max-age=31536000, immutable"))
        .insert_header((CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"))
        .body(bytes))
}

/// `POST …/products/{product}/photos`: all of them or none.
pub async fn add(at: At<Content>, path: Path<(Uuid, Uuid)>, upload: Upload) -> Reply {
    let id = path.1;
    let lang = at.lang();
    product::get(&mut at.db.read().await?, at.venue.id, id).await?;
    let mut problems = Problems::default();
    problems.unless(!upload.files.is_empty(), "photos", say!(lang, "photo-choose"));
    let mut pictures = Vec::new();
    for (n, bytes) in (1..).zip(upload.files) {
        match photo::picture(bytes).await? {
            Ok(picture) => pictures.push(picture),
            Err(NotAPhoto::Kind) => problems.add("photos", say!(lang, "photo-not-a-kind", n = n)),
            Err(NotAPhoto::TooLarge) => problems.add("photos", say!(lang, "photo-too-large", n = n)),
            Err(NotAPhoto::Broken) => problems.add("photos", say!(lang, "photo-broken", n = n)),
        }
    }
    if !problems.is_empty() {
        return again(&at, id, &problems).await;
    }
    let mut tx = at.db.begin().await?;
    let mut deeds = Vec::new();
    for picture in &pictures {
        let kept = photo::keep(&mut tx, (at.venue.id, id), at.person.id, picture).await?;
        deeds.push(at.deed("product.photo_added").object(id).after(serde_json::json!({ "photo": kept })));
    }
    for deed in deeds {
        audit::note(&mut tx, deed).await?;
    }
    tx.commit().await?;
    let said = say!(lang, "photo-added", n = pictures.len());
    Ok(flash::see(&at.venue.path(&format!("/menu/products/{id}")), Tone::Good, &said))
}

/// `POST …/products/{product}/photos/{photo}`: `act` is first or remove.
pub async fn change(at: At<Content>, path: Path<(Uuid, Uuid, Uuid)>, fields: Fields) -> Reply {
    let (_, id, photo) = path.into_inner();
    let mut tx = at.db.begin().await?;
    let remove = fields.text("act") == "remove";
    if remove {
        photo::remove(&mut tx, at.venue.id, id, photo).await?;
    } else {
        photo::first(&mut tx, at.venue.id, id, photo).await?;
    }
    let deed = at.deed(if remove { "product.photo_removed" } else { "product.photo_first" });
    audit::note(&mut tx, deed.object(id).after(serde_json::json!({ "photo": photo }))).await?;
    tx.commit().await?;
    Ok(flash::see(&at.venue.path(&format!("/menu/products/{id}")), Tone::Good, &say!(at.lang(), "saved")))
}
