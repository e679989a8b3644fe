//! T20, and whose the photos are: what is kept is a picture of our making, or a sentence at the field.
use std::io::Cursor;

use image::{DynamicImage, ImageFormat, ImageReader, Limits, Rgba, RgbaImage};
use maitre::db::conn::Db;
use maitre::menu::photo::{NotAPhoto, PER_PRODUCT, picture};
use maitre::one;
use rand::{RngExt, SeedableRng};

use crate::support::fed::{Fed, dish, export, folder, tie};
use crate::support::panel::Panel;
use crate::support::person::Person;
use crate::support::screen::Screen;
use crate::support::serving::Serving;

const FORMATS: [ImageFormat; 3] = [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP];

/// A picture of noise, so many pixels a side.
pub fn photo(side: u32, format: ImageFormat) -> Vec<u8> {
    let image =
        RgbaImage::from_fn(side, side, |x, y| Rgba([(x * 7) as u8, (y * 5) as u8, (x ^ y) as u8, 255]));
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::ImageRgba8(image).to_rgb8().write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// A PNG that promises so many pixels a side, of so many bits and colours (2: three, 6: four), and brings hardly any.
fn bomb(side: u32, bits: u8, colours: u8) -> Vec<u8> {
    let mut bytes = photo(8, ImageFormat::Png);
    // width, height, depth and colours stand in the first chunk, its checksum right behind
    bytes[16..20].copy_from_slice(&side.to_be_bytes());
    bytes[20..24].copy_from_slice(&side.to_be_bytes());
    (bytes[24], bytes[25]) = (bits, colours);
    let sum = crc32(&bytes[12..29]);
    bytes[29..33].copy_from_slice(&sum.to_be_bytes());
    bytes
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| (sum >> 1) ^ (0xedb8_8320 * (sum & 1)))
    })
}

/// A panel with one dish on the menu, and the dish's page.
async fn with_a_dish() -> (Panel, Person, Fed, String) {
    let panel = Panel::open().await;
    let venue = panel.venue("Рябина").await;
    let anna = panel.manager_of(venue).await;
    tie(&panel.db, &panel.seal, venue, anna.id).await;
    let fed = Fed { db: panel.db.clone(), venue, by: anna.id };
    fed.sync(&menu(1, "Борщ")).await;
    let dish = fed.product(101).await;
    anna.opens("/menu").await;
    (panel, anna, fed, format!("/menu/products/{}", dish.id))
}

fn menu(revision: i64, name: &str) -> serde_json::Value {
    export(
        revision,
        &[folder(10, "Супы", None)],
        &[dish(101, name, Some(10), 420.0), dish(102, "Уха", Some(10), 500.0)],
    )
}

async fn photos(anna: &Person, page: &str) -> Vec<String> {
    anna.opens(page).await.attributes(".photos img", "src")
}

#[actix_web::test]
async fn a_photo_is_made_anew_kept_in_two_sizes_and_survives_every_sync() {
    let (panel, anna, fed, page) = with_a_dish().await;
    let mut files: Vec<Vec<u8>> = FORMATS.iter().map(|format| photo(400, *format)).collect();
    // a second file hidden behind the picture, and a text inside it
    files[0].extend(b"<script>canary-behind</script>PK\x03\x04canary-zip");
    anna.uploads(&format!("{page}/photos"), &files).await.answers(200).says("Добавлено 3 фото");
    let kept = photos(&anna, &page).await;
    assert_eq!(kept.len(), 3);
    for src in &kept {
        let large = anna.opens(&format!("/{src}")).await;
        assert_eq!(large.header("content-type"), "image/jpeg");
        assert_eq!(large.header("content-security-policy"), "default-src 'none'; sandbox");
        assert_eq!(image::guess_format(&large.bytes).unwrap(), ImageFormat::Jpeg);
        assert!(!large.bytes.windows(6).any(|window| window == b"canary"));
        let small = anna.opens(&format!("/{}", src.replace("/large", "/small"))).await;
        let small = image::load_from_memory(&small.bytes).unwrap();
        assert_eq!((small.width(), small.height()), (160, 160));
    }
    let third = kept[2].split('/').nth(4).unwrap();
    anna.sends(&format!("{page}/photos/{third}"), [("act", "first")]).await.answers(200);
    let ordered = photos(&anna, &page).await;
    assert_eq!(ordered, [kept[2].clone(), kept[0].clone(), kept[1].clone()]);
    // renamed, gone, and back: the photos and their order stay
    for (revision, products) in [(2, true), (3, false), (4, true)] {
        let mut body = menu(revision, "Борщ московский");
        if !products {
            body["products"].as_array_mut().unwrap().truncate(1);
            body["products"][0]["id"] = serde_json::json!("00000000-0000-0000-0000-000000000066");
        }
        fed.sync(&body).await;
        assert_eq!(photos(&anna, &page).await, ordered, "after revision {revision}");
    }
    panel.close().await;
}

#[actix_web::test]
async fn what_is_no_photo_is_told_at_its_field_and_nothing_is_kept() {
    let (panel, anna, _, page) = with_a_dish().await;
    let good = photo(300, ImageFormat::Jpeg);
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".to_vec();
    let gif = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;".to_vec();
    for (bytes, said) in [
        (svg, "не фотография"),
        (gif, "не фотография"),
        (b"hello".to_vec(), "не фотография"),
        (good[..100].to_vec(), "повреждён"),
        (photo(64, ImageFormat::Png)[..60].to_vec(), "повреждён"),
        (photo(64, ImageFormat::WebP)[..60].to_vec(), "повреждён"),
        (bomb(5_900, 8, 2), "повреждён"),
        (bomb(30_000, 8, 2), "слишком большой"),
        (bomb(5_999, 16, 6), "слишком большой"),
        ([good.clone(), vec![0; 5 << 20]].concat(), "слишком большой"),
    ] {
        let told = anna.uploads(&format!("{page}/photos"), &[good.clone(), bytes]).await;
        let problem = told.answers(422).problem("photos").unwrap_or_default();
        assert!(problem.contains("Файл № 2") && problem.contains(said), "{said}: {problem}");
    }
    let none = anna.uploads(&format!("{page}/photos"), &[]).await;
    assert_eq!(none.problem("photos").as_deref(), Some("Выберите файл с фотографией."));
    assert!(photos(&anna, &page).await.is_empty(), "all of them or none");
    let many = vec![photo(16, ImageFormat::Png); 10];
    anna.uploads(&format!("{page}/photos"), &many).await.answers(200);
    anna.uploads(&format!("{page}/photos"), &many[..1]).await.answers(409);
    assert_eq!(photos(&anna, &page).await.len() as i64, PER_PRODUCT);
    anna.uploads(&format!("{page}/photos"), &vec![photo(16, ImageFormat::Png); 11]).await.answers(413);
    panel.close().await;
}

/// The control: without its limits the same decoder takes what ours refuses.
#[actix_web::test]
async fn without_limits_the_bomb_is_believed() {
    let bytes = bomb(30_000, 8, 2);
    let mut reader = ImageReader::new(Cursor::new(&bytes)).with_guessed_format().unwrap();
    reader.limits(Limits::no_limits());
    let believed = reader.into_decoder().map(|decoder| image::ImageDecoder::total_bytes(&decoder)).unwrap();
    assert_eq!(picture(bomb(5_999, 16, 6)).await.unwrap().err(), Some(NotAPhoto::TooLarge));
    assert_eq!(picture(bomb(30_000, 8, 2)).await.unwrap().err(), Some(NotAPhoto::TooLarge));
    assert!(believed > 2 << 30, "{believed} bytes would be asked for");
}

async fn kept(db: &Db) -> i64 {
    one!(&mut db.read().await.unwrap(), (i64,), "SELECT count(*) FROM photos").unwrap().0
}

/// 200 spoiled files of each format and 50 at once, bombs among them: no failure of ours, and the process stays small.
#[actix_web::test]
async fn spoiled_files_by_the_hundred_do_no_harm() {
    let serving = Serving::open(&[9; 32], "http://127.0.0.1:9", &[("RUST_LOG", "warn")]).await;
    let (anna, _) = serving.owner("верная-лошадь-7").await;
    let new = anna.opens("/menu/products/new").await.answers(200).attributes("option", "value");
    assert!(new.is_empty() || anna.venue.is_some());
    let page = own_product(&anna).await;
    let before = serving.peak();
    let mut dice = rand::rngs::StdRng::seed_from_u64(20);
    let (mut fine, mut told) = (0, 0);
    for format in FORMATS {
        let good = photo(48, format);
        for n in 0..200 {
            let mut bytes = good.clone();
            for _ in 0..=n % 7 {
                let at = dice.random_range(0..bytes.len());
                bytes[at] = dice.random();
            }
            bytes.truncate(if n % 5 == 0 { dice.random_range(1..bytes.len()) } else { bytes.len() });
            let screen = anna.uploads(&format!("{page}/photos"), &[bytes]).await;
            match screen.status {
                200 => fine += clear(&anna, &page).await,
                422 => told += 1,
                other => panic!("{other}: {}", screen.text()),
            }
        }
    }
    assert!(fine > 50 && told > 100, "both kinds were met: {fine} pictures, {told} refusals");
    let bombs: Vec<Vec<u8>> =
        (0..50).map(|n| if n % 2 == 0 { bomb(5_990, 8, 2) } else { photo(900, FORMATS[n % 3]) }).collect();
    let path = format!("{page}/photos");
    let all = bombs.iter().map(|bytes| async { anna.uploads(&path, std::slice::from_ref(bytes)).await });
    let answers: Vec<Screen> = futures_util::future::join_all(all).await;
    assert!(answers.iter().all(|screen| [200, 409, 422].contains(&screen.status)));
    let grown = serving.peak() - before;
    println!("{fine} pictures, {told} refusals; the process grew by {} MiB", grown >> 20);
    assert!(grown < 200 << 20, "{} MiB", grown >> 20);
    let db = Db::connect(&serving.database, 2).await.unwrap().system();
    assert!(kept(&db).await <= PER_PRODUCT);
    db.close().await;
    serving.close().await;
}

/// Makes a product of the venue's own; its page.
async fn own_product(anna: &Person) -> String {
    anna.sends("/menu/sections", [("name", "Супы")]).await.answers(200);
    let new = anna.opens("/menu/products/new").await;
    let place =
        new.attributes("select[name=place] option", "value").into_iter().find(|value| !value.is_empty());
    let fields = [("name", "Борщ"), ("price", "420"), ("description", ""), ("place", &place.unwrap())];
    let made = anna.sends("/menu/products", fields).await;
    let (_, under) = made.answers(200).path.split_once("/menu/").unwrap();
    format!("/menu/{under}")
}

/// Removes the photos that were taken; how many.
async fn clear(anna: &Person, page: &str) -> usize {
    let all = photos(anna, page).await;
    for src in &all {
        let id = src.split('/').nth(4).unwrap();
        anna.sends(&format!("{page}/photos/{id}"), [("act", "remove")]).await.answers(200);
    }
    all.len()
}
