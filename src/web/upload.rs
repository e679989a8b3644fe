//! A form with files: bounded, with our token first. The files' names and kinds are the sender's word and are not used.
use actix_multipart::Multipart;
use actix_web::{FromRequest, HttpMessage, HttpRequest, dev::Payload};
use futures_util::StreamExt;
use futures_util::future::LocalBoxFuture;

use crate::error::{Error, Result};
use crate::web::fields::{TOKEN, check};
use crate::web::visitor::Visitor;

/// Largest file and how many at once; a larger one is told at its field, so one byte more than the limit is read.
const MOST: usize = (5 << 20) + 1;
const FILES: usize = 10;
const TEXT: usize = 4 * 1024;

/// The files of the fields `photos` and `file`, in the order sent; an empty one (nothing chosen) is left out.
pub struct Upload {
    pub files: Vec<Vec<u8>>,
}

impl FromRequest for Upload {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Upload>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let visitor = req.extensions().get::<Visitor>().cloned();
        let header = req.headers().get("x-token").and_then(|v| v.to_str().ok()).map(str::to_owned);
        let multipart = Multipart::from_request(req, payload);
        Box::pin(async move {
            let multipart = multipart.await.map_err(|_| Error::Unreadable("not a form with files"))?;
            read(multipart, &visitor, header).await
        })
    }
}

async fn read(mut form: Multipart, visitor: &Option<Visitor>, header: Option<String>) -> Result<Upload> {
    let mut ours = match header {
        Some(token) => check(visitor, &token).map(|()| true)?,
        None => false,
    };
    let mut files = Vec::new();
    while let Some(field) = form.next().await {
        let mut field = field.map_err(|_| Error::Unreadable("a broken form with files"))?;
        let name = field.name().unwrap_or_default().to_owned();
        let is_file = matches!(name.as_str(), "photos" | "file");
        let most = if is_file { MOST } else { TEXT };
        let mut bytes = Vec::new();
        while let Some(chunk) = field.next().await {
            let chunk = chunk.map_err(|_| Error::Unreadable("a file broke off"))?;
            // what is above the limit is read to the end of the field but not kept
            let room = most.saturating_sub(bytes.len()).min(chunk.len());
            bytes.extend_from_slice(chunk.get(..room).unwrap_or_default());
        }
        match name.as_str() {
            TOKEN => ours = check(visitor, &String::from_utf8_lossy(&bytes)).map(|()| true)?,
            _ if !is_file => {}
            // the token comes before the files: a stranger's are not even read
            _ if !ours => return Err(Error::NotOurForm),
            _ if bytes.is_empty() => {}
            _ if files.len() >= FILES => return Err(Error::TooLarge),
            _ => files.push(bytes),
        }
    }
    if ours { Ok(Upload { files }) } else { Err(Error::NotOurForm) }
}
