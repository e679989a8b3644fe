//! Photos of products: ours, re-encoded, kept beside their row. Whatever is uploaded, what is kept is a picture we made:
//! no place of taking, no second file hidden in the first.
use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};
use sqlx::FromRow;
use tokio::sync::Semaphore;
use uuid::Uuid;

use crate::clock;
use crate::db::conn::Conn;
use crate::error::{Error, Result};
use crate::menu::section::stepped;
use crate::{all, exec, one, opt};

/// Largest upload, bytes; largest picture, pixels a side; memory a decoder may take.
pub const MOST_BYTES: usize = 5 << 20;
const MOST_SIDE: u32 = 6_000;
const MOST_MEMORY: u64 = 128 << 20;
/// Photos of a product, and of a venue.
pub const PER_PRODUCT: i64 = 10;
const PER_VENUE: i64 = 2_000;

const LARGE: u32 = 1_600;
const SMALL: u32 = 160;

/// One at a time: decoding takes the most memory, and takes it once, however many uploads come together.
static DECODING: Semaphore = Semaphore::const_new(1);

#[derive(Clone, Debug, FromRow)]
pub struct Photo {
    pub id: Uuid,
    pub width: i64,
    pub height: i64,
}

/// A picture ready to be kept: two JPEGs of our making.
pub struct Picture {
    width: u32,
    height: u32,
    large: Vec<u8>,
    small: Vec<u8>,
}

/// Why an upload is no photo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAPhoto {
    /// Not JPEG, PNG or WebP by its content.
    Kind,
    TooLarge,
    Broken,
}

/// Decodes under limits and makes our two sizes, off the request threads, one at a time.
pub async fn picture(bytes: Vec<u8>) -> Result<Result<Picture, NotAPhoto>> {
    if bytes.len() > MOST_BYTES {
        return Ok(Err(NotAPhoto::TooLarge));
    }
    let _turn = DECODING.acquire().await.map_err(|_| Error::internal("decoding is closed"))?;
    let made = tokio::task::spawn_blocking(move || make(&bytes)).await;
    // a decoder that panics on somebody's file is that file's fault
    Ok(made.unwrap_or(Err(NotAPhoto::Broken)))
}

fn make(bytes: &[u8]) -> Result<Picture, NotAPhoto> {
    let mut reader =
        ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|_| NotAPhoto::Kind)?;
    if !matches!(reader.format(), Some(ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP)) {
        return Err(NotAPhoto::Kind);
    }
    let mut limits = Limits::default();
    (limits.max_image_width, limits.max_image_height) = (Some(MOST_SIDE), Some(MOST_SIDE));
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|cause| why(&cause))?;
    // the decoder's own limit counts its working memory, not the picture it hands over
    if decoder.total_bytes() > MOST_MEMORY {
        return Err(NotAPhoto::TooLarge);
    }
    let turned = decoder.orientation().unwrap_or(image::metadata::Orientation::NoTransforms);
    let mut image = DynamicImage::from_decoder(decoder).map_err(|cause| why(&cause))?;
    image.apply_orientation(turned);
    let large = if image.width().max(image.height()) > LARGE {
        image.resize(LARGE, LARGE, FilterType::Triangle)
    } else {
        image
    };
    let small = large.resize_to_fill(SMALL, SMALL, FilterType::Triangle);
    Ok(Picture { width: large.width(), height: large.height(), large: jpeg(&large)?, small: jpeg(&small)? })
}

fn why(cause: &image::ImageError) -> NotAPhoto {
    if matches!(cause, image::ImageError::Limits(_)) { NotAPhoto::TooLarge } else { NotAPhoto::Broken }
}

/// JPEG knows no transparency: what shows through becomes white.
fn jpeg(image: &DynamicImage) -> Result<Vec<u8>, NotAPhoto> {
    let mut flat = image::RgbImage::from_pixel(image.width(), image.height(), image::Rgb([255, 255, 255]));
    for (x, y, pixel) in image.to_rgba8().enumerate_pixels() {
        let [r, g, b, a] = pixel.0.map(u16::from);
        let over = |c: u16| u8::try_from((c * a + 255 * (255 - a)) / 255).unwrap_or(255);
        flat.put_pixel(x, y, image::Rgb([over(r), over(g), over(b)]));
    }
    let mut out = Vec::new();
    JpegEncoder::new_with_quality(&mut out, 85).encode_image(&flat).map_err(|_| NotAPhoto::Broken)?;
    Ok(out)
}

/// Keeps a photo as the product's last; [`Error::Conflict`] when there are too many.
pub async fn keep(c: &mut Conn, (venue, product): (Uuid, Uuid), by: Uuid, picture: &Picture) -> Result<Uuid> {
    let (here, all) = one!(
        c,
        (i64, i64),
        "SELECT count(*) FILTER (WHERE product_id = $2), count(*) FROM photos WHERE venue_id = $1",
        venue,
        product
    )?;
    if here >= PER_PRODUCT || all >= PER_VENUE {
        return Err(Error::Conflict("photo-too-many"));
    }
    let id = Uuid::now_v7();
    exec!(
        c,
        "INSERT INTO photos (venue_id, id, product_id, position, width, height, created_by, created_at)
         VALUES ($1, $2, $3, (SELECT COALESCE(max(position), 0) + 1 FROM photos WHERE venue_id = $1 AND product_id = $3),
           $4, $5, $6, $7)",
        venue,
        id,
        product,
        i64::from(picture.width),
        i64::from(picture.height),
        by,
        clock::now()
    )?;
    for (size, bytes) in [("large", &picture.large), ("small", &picture.small)] {
        let sql = "INSERT INTO photo_files (venue_id, photo_id, size, bytes) VALUES ($1, $2, $3, $4)";
        exec!(c, sql, venue, id, size, bytes.as_slice())?;
    }
    Ok(id)
}

/// A product's photos in their order.
pub async fn of_product(c: &mut Conn, venue: Uuid, product: Uuid) -> Result<Vec<Photo>> {
    let sql =
        "SELECT id, width, height FROM photos WHERE venue_id = $1 AND product_id = $2 ORDER BY position, id";
    Ok(all!(c, Photo, sql, venue, product)?)
}

/// The JPEG itself; `large` or `small`.
pub async fn bytes(c: &mut Conn, venue: Uuid, id: Uuid, size: &str) -> Result<Vec<u8>> {
    let sql = "SELECT bytes FROM photo_files WHERE venue_id = $1 AND photo_id = $2 AND size = $3";
    let row = opt!(c, (Vec<u8>,), sql, venue, id, size)?;
    row.map(|(bytes,)| bytes).ok_or(Error::NotFound("photo"))
}

/// Makes it the product's first; the others keep their order.
pub async fn first(c: &mut Conn, venue: Uuid, product: Uuid, id: Uuid) -> Result<()> {
    let mut ids: Vec<Uuid> = of_product(c, venue, product).await?.iter().map(|photo| photo.id).collect();
    if !ids.contains(&id) {
        return Err(Error::NotFound("photo"));
    }
    for _ in 0..ids.len() {
        ids = stepped(ids, id, true);
    }
    for (position, id) in (1_i64..).zip(ids) {
        exec!(c, "UPDATE photos SET position = $3 WHERE venue_id = $1 AND id = $2", venue, id, position)?;
    }
    Ok(())
}

pub async fn remove(c: &mut Conn, venue: Uuid, product: Uuid, id: Uuid) -> Result<()> {
    let of = "SELECT EXISTS (SELECT 1 FROM photos WHERE venue_id = $1 AND product_id = $2 AND id = $3)";
    if !one!(c, (bool,), of, venue, product, id)?.0 {
        return Err(Error::NotFound("photo"));
    }
    exec!(c, "DELETE FROM photo_files WHERE venue_id = $1 AND photo_id = $2", venue, id)?;
    exec!(c, "DELETE FROM photos WHERE venue_id = $1 AND id = $2", venue, id)?;
    Ok(())
}
