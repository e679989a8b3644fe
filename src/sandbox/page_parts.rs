//! What the till's page shows of keys, tills, products, trouble and calls, worded in Russian or English.
use super::garble::Garble;
use super::key::restriction_group;
use super::menu::Menu;
use super::mischief::{Fault, Prank};
use super::record::Record;
use super::tape::Call;
use super::world::World;
use super::{clock, cloud, till_page};

/// The page's language. The sandbox has words of its own: it is another company's product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tongue {
    Ru,
    En,
}

impl Tongue {
    pub fn of(code: &str) -> Tongue {
        if code == "en" { Tongue::En } else { Tongue::Ru }
    }

    pub fn code(self) -> &'static str {
        self.say("ru", "en")
    }

    pub fn say<'a>(self, ru: &'a str, en: &'a str) -> &'a str {
        if self == Tongue::Ru { ru } else { en }
    }
}

/// A key with its rights.
pub struct Account {
    pub name: String,
    pub text: String,
    pub active: bool,
    pub v1: bool,
    pub v2: bool,
    /// restriction group, whether the key has it
    pub rights: Vec<(String, bool)>,
}

impl Account {
    pub fn all(world: &World) -> Vec<Account> {
        let mut groups: Vec<&str> = cloud::paths().into_iter().map(restriction_group).collect();
        groups.retain(|group| !group.is_empty());
        groups.sort_unstable();
        groups.dedup();
        let keys = world.keys.keys.iter();
        keys.map(|key| {
            let methods = key.lost.iter().filter(|lost| !groups.contains(&lost.as_str()));
            let rights = groups.iter().map(|group| ((*group).to_owned(), !key.lost.contains(*group)));
            Account {
                name: key.name.clone(),
                text: key.text.clone(),
                active: key.active,
                v1: key.v1,
                v2: key.v2,
                rights: rights.chain(methods.map(|method| (method.clone(), false))).collect(),
            }
        })
        .collect()
    }
}

/// An organization with its terminal groups.
pub struct Branch {
    pub name: String,
    pub id: String,
    pub tills: Vec<Till>,
}

pub struct Till {
    pub id: String,
    pub name: String,
    pub version: String,
    pub asleep: bool,
    pub alive: bool,
}

impl Branch {
    pub fn all(world: &World) -> Vec<Branch> {
        let branch = |one: &super::world::Organization| Branch {
            name: one.name.clone(),
            id: one.id.to_string(),
            tills: one.terminals.iter().map(Till::of).collect(),
        };
        world.organizations.iter().map(branch).collect()
    }
}

impl Till {
    fn of(terminal: &super::world::Terminal) -> Till {
        Till {
            id: terminal.id.to_string(),
            name: terminal.name.clone(),
            version: terminal.pos_version.clone().unwrap_or_default(),
            asleep: terminal.asleep,
            alive: terminal.alive,
        }
    }
}

/// A product's row.
pub struct Goods {
    pub id: String,
    pub name: String,
    pub code: String,
    pub kind: String,
    pub price: String,
    pub folder: String,
    pub folder_id: String,
}

impl Goods {
    pub fn of(menu: &Menu, product: &Record) -> Goods {
        let head = &product.head;
        Goods {
            id: head.id.clone().unwrap_or_default(),
            name: product.name().to_owned(),
            code: head.code.clone().unwrap_or_default(),
            kind: head.kind.clone().unwrap_or_default(),
            price: product.price().map(|price| shown(&price)).unwrap_or_default(),
            folder: menu.folder_name(head.parent_group.as_deref()).to_owned(),
            folder_id: head.parent_group.clone().unwrap_or_default(),
        }
    }

    /// Whether the searched text is in the name or the code; an empty search shows dishes first, so modifiers are left out.
    pub fn meets(product: &Record, searched: &str) -> bool {
        let searched = searched.trim().to_lowercase();
        if searched.is_empty() {
            return !product.is_modifier();
        }
        let code = product.head.code.as_deref().unwrap_or("");
        product.name().to_lowercase().contains(&searched) || code.contains(&searched)
    }
}

/// `690.5` as a person writes it: `690,50`.
pub fn shown(price: &str) -> String {
    match price.split_once('.') {
        None => price.to_owned(),
        Some((roubles, "0")) => roubles.to_owned(),
        Some((roubles, kopecks)) => format!("{roubles},{kopecks:0<2}"),
    }
}

/// A trouble that is ordered.
pub struct Ordered {
    pub what: String,
    pub path: String,
    pub left: Option<u32>,
}

impl Ordered {
    pub fn of(prank: &Prank, t: Tongue) -> Ordered {
        let what = match &prank.fault {
            Fault::Slow(time) => format!("{} {} {}", done("slow", t), time.as_millis(), t.say("мс", "ms")),
            other => done(other.name(), t).to_owned(),
        };
        Ordered { what, path: prank.path.clone().unwrap_or_default(), left: prank.left }
    }
}

/// A call's row.
pub struct Line {
    pub at: String,
    pub path: String,
    pub status: u16,
    pub took_ms: u128,
    pub size: String,
    pub fault: &'static str,
    pub request: String,
    pub answer: String,
}

impl Line {
    pub fn of(call: &Call) -> Line {
        let begin = |body: &[u8]| String::from_utf8_lossy(body).chars().take(600).collect();
        Line {
            at: clock::of_day(call.at_ms),
            path: call.path.clone(),
            status: call.status,
            took_ms: call.took_ms,
            size: format!("{} KB", call.answer_kb()),
            fault: call.fault.unwrap_or_default(),
            request: begin(&call.request),
            answer: begin(&call.answer),
        }
    }
}

/// What a lever has done, as a sentence.
pub fn done(lever: &str, t: Tongue) -> &'static str {
    let (ru, en) = match lever {
        "slow" => ("Ответ задерживается на", "The answer is late by"),
        "401" => ("401: токен не подходит", "401: the token is refused"),
        "429" => ("429: слишком часто", "429: too many requests"),
        "500" => ("500: ошибка на стороне iiko", "500: an error inside iiko"),
        "502" => ("502: страница прокси вместо JSON", "502: a proxy's page instead of JSON"),
        "truncated" => ("JSON обрезан посередине", "JSON cut in the middle"),
        "cut-off" => ("Связь рвётся посреди ответа", "The connection breaks in mid-answer"),
        "html" => ("200 и страница HTML", "200 with a page of HTML"),
        "empty-body" => ("200 и пустое тело", "200 with an empty body"),
        "ten-fold" => ("Ответ в десять раз больше", "An answer ten times as big"),
        "endless" => ("Ответ, который не кончается", "An answer that never ends"),
        "deep" => ("JSON глубиной 10 000", "JSON ten thousand levels deep"),
        "offline" => ("Касса бросает трубку", "The till hangs up"),
        "503" => ("503: сервис недоступен", "503: unavailable"),
        "403" => ("403: лицензия кончилась", "403: the license has expired"),
        "400" => ("400: запрос не принят", "400: the request is not taken"),
        "bomb" => ("Сжатая бомба: 100 МБ в половине мегабайта", "A packed bomb: 100 MB in half a megabyte"),
        "silent" => ("Касса молчит: ни байта в ответ", "The till is silent: not a byte comes back"),
        "stalled" => ("Половина ответа, потом тишина", "Half an answer, then silence"),
        "drip" => ("Ответ по байту в секунду", "An answer of a byte a second"),
        "calm" => ("Все неприятности отменены.", "All trouble is taken back."),
        "sleep" => ("Терминал уснул.", "The terminal group fell asleep."),
        "awake" => ("Терминал разбужен.", "The terminal group is awake."),
        "alive-off" => ("Терминал потерял связь.", "The terminal group lost its connection."),
        "alive-on" => ("Терминал снова на связи.", "The terminal group is connected again."),
        "version" => ("Версия iikoFront сменилась.", "The version of iikoFront changed."),
        "right-away" => ("Право отобрано.", "The right is taken away."),
        "right-back" => ("Право возвращено.", "The right is given back."),
        "key-off" => ("Ключ выключен.", "The key is switched off."),
        "key-on" => ("Ключ включён.", "The key is switched on."),
        "expire-tokens" => ("Все токены просрочены.", "All tokens have expired."),
        "remove" | "drop" => ("Товары сняты с выгрузки.", "Products are taken out of the export."),
        "stop" => ("Товар в стоп-листе: осталось ноль.", "The product is on the stop list: none is left."),
        "unstop" => ("Товар снят со стопа.", "The product is off the stop list."),
        "recreate" => {
            ("Товар пересоздан: то же имя, новый id.", "The product is re-created: same name, new id.")
        }
        "bring-back" | "bring-all-back" => {
            ("Товары вернулись в выгрузку.", "Products are back in the export.")
        }
        "table-add" | "table-edit" | "table-remove" | "table-back" | "table-move" | "section-remove" => {
            ("Посадочные места изменены.", "Seating is changed.")
        }
        "reserves-off" => {
            ("Резервы выключены: залы не выгружаются.", "Reserves are off: no hall is told of.")
        }
        "reserves-on" => ("Резервы включены.", "Reserves are on."),
        "discount-edit" => ("Справочник изменён.", "The dictionary is changed."),
        "person-edit" => ("Сотрудник изменён.", "The employee is changed."),
        "payment-add" | "payment-edit" => ("Типы оплаты изменены.", "Payment types are changed."),
        "empty" => ("Меню больше не выгружается.", "The menu is no longer exported."),
        "full" => ("Меню снова выгружается.", "The menu is exported again."),
        "turn-back" => ("Ревизия ушла на сутки назад.", "The revision went back by a day."),
        other => till_page::done(other)
            .or_else(|| Garble::ALL.into_iter().find(|one| one.name() == other).map(Garble::said))
            .unwrap_or(("Готово, у меню новая ревизия.", "Done, the menu has a new revision.")),
    };
    if t == Tongue::Ru { ru } else { en }
}
