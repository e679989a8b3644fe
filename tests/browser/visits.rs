//! Who comes in and who is seen: an invitation, the first sign-in, a second factor; then support on a visit, in one browser with
//! the owner beside it: two addresses of the same panel keep two people apart.
use std::time::{SystemTime, UNIX_EPOCH};

use thirtyfour::prelude::*;
use totp_rs::{Builder, Secret};

use crate::desk::{Desk, Window, at_desk};

/// What an app shows now, or `later` half minutes later: the panel takes the next one too, and each once.
#[allow(clippy::disallowed_methods)]
fn code(secret: &str, later: u64) -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let app =
        Builder::new().with_secret(Secret::try_from_base32(secret).unwrap()).with_skew(0).build().unwrap();
    app.generate(now + 30 * later).to_string()
}

impl Desk {
    async fn hands_over(&self) {
        self.goes("/profile").await;
        self.presses("Выйти").await;
        self.sees("Вход в панель").await;
    }

    /// The same panel by its other name: cookies of the one are not sent to the other.
    pub fn other_side(&self, path: &str) -> String {
        format!("{}{path}", self.text("panel").replace("127.0.0.1", "localhost"))
    }
}

async fn somebody_is_invited(desk: &Desk) {
    desk.signs_in("owner").await;
    let venue = desk.venue().await;
    let link = invitation(desk, &venue).await;
    desk.hands_over().await;

    desk.goes(&link).await;
    desk.sees("Приглашение в").await;
    desk.types("Как вас зовут", "Ольга Рябова").await;
    desk.types("Придумайте пароль", "кошка на подоконнике 7").await;
    desk.presses("Войти в заведение").await;
    desk.sees("Добро пожаловать").await;
    desk.goes(&link).await;
    desk.sees("Ссылка больше не действует").await;

    desk.goes("/profile/second-factor").await;
    let secret =
        desk.driver.find(By::Css(".secret code")).await.unwrap().text().await.unwrap().replace(' ', "");
    desk.types("Код", "000000").await;
    desk.presses("Включить").await;
    desk.sees("Код не подошёл").await;
    let secret = match desk.driver.find(By::Css(".secret code")).await {
        Ok(shown) => shown.text().await.unwrap().replace(' ', ""),
        Err(_) => secret,
    };
    desk.types("Код", &code(&secret, 0)).await;
    desk.presses("Включить").await;
    desk.sees("апасны").await;
    desk.hands_over().await;

    desk.types("Почта", "olga@example.com").await;
    desk.types("Пароль", "кошка на подоконнике 7").await;
    desk.presses("Войти").await;
    desk.sees("Второй шаг").await;
    desk.types("Код", &code(&secret, 1)).await;
    desk.presses("Войти").await;
    desk.sees("Меню").await;
    desk.hands_over().await;
}

/// The link of a new invitation.
pub async fn invitation(desk: &Desk, venue: &str) -> String {
    desk.goes(&format!("{venue}/users")).await;
    desk.types("Почта", "olga@example.com").await;
    desk.chooses("Роль", "старший смены").await;
    desk.presses("Сделать ссылку").await;
    desk.sees("olga@example.com").await;
    desk.driver.find(By::Css(".secret code")).await.unwrap().text().await.unwrap()
}

/// Support on a visit to the demo's venue, by the panel's other name.
pub async fn support_comes(desk: &Desk) {
    let people = desk.info["people"].as_array().unwrap();
    let helper = people.iter().find(|person| person["role"] == "support").unwrap();
    let secret = helper["totp"].as_str().unwrap();
    desk.goes(&desk.other_side("/login")).await;
    desk.types("Почта", helper["email"].as_str().unwrap()).await;
    desk.types("Пароль", helper["password"].as_str().unwrap()).await;
    desk.presses("Войти").await;
    desk.sees("Второй шаг").await;
    desk.types("Код", &code(secret, 0)).await;
    desk.presses("Войти").await;
    desk.sees("Все заведения").await;
    desk.presses("Войти: Рябина на Покровке").await;
    desk.chooses("О чём", "Товары").await;
    desk.types("Зачем", "не видно супов, обращение 2317").await;
    desk.types("Код из приложения", &code(secret, 1)).await;
    desk.presses("Войти").await;
    desk.sees("Визит поддержки: Игорь Лапин").await;
}

async fn support_is_seen(desk: &Desk) {
    desk.signs_in("owner").await;
    let venue = desk.venue().await;
    support_comes(desk).await;
    assert!(desk.driver.title().await.unwrap().starts_with("Визит · "));
    desk.presses("Меню").await;
    desk.sees("смотрит «Рябина на Покровке»").await;

    // the owner, in the same moment
    desk.goes(&format!("{venue}/menu")).await;
    desk.sees("Поддержка сейчас в вашей панели").await;
    desk.presses("Кто, зачем и что смотрели").await;
    desk.sees("не видно супов, обращение 2317").await;
    desk.presses("Игорь Лапин").await;
    desk.sees("ничего не изменено").await;
    desk.presses("Закончить визит").await;
    desk.sees("Визит закончен").await;

    desk.goes(&desk.other_side(&format!("{venue}/menu"))).await;
    desk.sees("Визит закончен: вышло время, или его закончил владелец").await;
    desk.goes(&desk.other_side("/support")).await;
    desk.sees("Все заведения").await;
}

#[tokio::test]
async fn who_is_invited_gets_a_second_factor_and_support_is_seen() {
    at_desk(Window::default(), async |desk| {
        somebody_is_invited(desk).await;
        support_is_seen(desk).await;
    })
    .await;
}

#[tokio::test]
async fn the_same_without_scripts_on_a_phone() {
    at_desk(Window { scripts: false, width: 390 }, async |desk| {
        somebody_is_invited(desk).await;
        support_is_seen(desk).await;
    })
    .await;
}
