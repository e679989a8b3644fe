//! Menus of any size for measuring: the same `n` gives the same menu, entries as long as a large pizzeria's (about 3 KB a
//! dish with its choices, 1.1 KB a modifier; 1.9 KB on the average of a real answer of 1,085).
use uuid::Uuid;

use super::dish::{Group, GroupModifier, Modifier, Product};
use super::id;
use super::menu::Menu;
use super::record::Record;
use super::world::World;

/// Modifiers a group of them holds.
const CHOICES: usize = 8;
/// Dishes in a category.
const SHELF: usize = 24;
/// Categories in a section.
const SHELVES: usize = 12;

const FIRST: [&str; 8] =
    ["Домашний", "Печёный", "Деревенский", "Праздничный", "Пряный", "Нежный", "Лёгкий", "Сытный"];
const SECOND: [&str; 9] = ["борщ", "пирог", "судак", "салат", "кебаб", "рулет", "омлет", "плов", "гратен"];
const THIRD: [&str; 7] =
    ["с грибами", "с травами", "по-купечески", "с брусникой", "на углях", "с сыром", "в горшочке"];
const TEXT: &str =
    "Готовим из продуктов соседних хозяйств: мясо и рыба приходят утром, овощи моем и режем перед подачей. ";

impl World {
    /// `n` products: six dishes to four modifiers.
    pub fn generated(n: usize) -> World {
        let modifiers = n * 2 / 5;
        World::generated_of(n - modifiers, modifiers)
    }

    /// So many dishes and so many modifiers.
    pub fn generated_of(dishes: usize, modifiers: usize) -> World {
        let mut menu = Menu::new();
        (0..dishes.div_ceil(SHELF)).for_each(|shelf| folders(&mut menu, shelf));
        (0..modifiers).for_each(|at| modifier(&mut menu, at));
        (0..dishes).for_each(|at| dish(&mut menu, at, modifiers));
        menu.bump();
        World::empty().with_menu(menu)
    }
}

fn of(kind: &str, at: usize) -> Uuid {
    id::named(&format!("generated {kind} {at}"))
}

fn small(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

fn folders(menu: &mut Menu, shelf: usize) {
    let section = shelf / SHELVES;
    if shelf.is_multiple_of(SHELVES) {
        let top =
            Group::folder(of("section", section), &format!("Раздел {}", section + 1), None, small(section));
        menu.groups.extend(Record::of(&top));
    }
    let name = format!("Категория {}", shelf + 1);
    let group =
        Group::folder(of("category", shelf), &name, Some(of("section", section)), small(shelf % SHELVES));
    menu.groups.extend(Record::of(&group));
}

fn modifier(menu: &mut Menu, at: usize) {
    let group = at / CHOICES;
    if at.is_multiple_of(CHOICES) {
        menu.groups
            .extend(Record::of(&Group::of_modifiers(of("choice", group), &format!("Добавки {}", group + 1))));
    }
    let price = 20 + 10 * (id::stirred(at as u64) % 15);
    let mut modifier = Product::modifier(of("modifier", at), &format!("Добавка {}", at + 1), price.into());
    modifier.parent_group = Some(of("choice", group));
    modifier.group_id = modifier.parent_group;
    modifier.code = format!("M{at:05}");
    modifier.order = small(at % CHOICES);
    menu.products.extend(Record::of(&modifier));
}

fn dish(menu: &mut Menu, at: usize, modifiers: usize) {
    let roll = usize::try_from(id::stirred(at as u64) >> 1).unwrap_or(at);
    let word = |list: &[&'static str], by: usize| list.get(by % list.len()).copied().unwrap_or_default();
    let name = format!("{} {} {} №{}", word(&FIRST, at), word(&SECOND, at / 3), word(&THIRD, at / 7), at + 1);
    let mut dish = Product::dish(of("dish", at), &name, (150 + 10 * (roll % 120)).into());
    dish.parent_group = Some(of("category", at / SHELF));
    dish.group_id = Some(of("stock", at / SHELF));
    dish.code = format!("{at:06}");
    dish.order = small(at % SHELF);
    dish.description = Some(TEXT.repeat(1 + roll % 3));
    dish.image_links = vec![format!("https://images.example.invalid/{}.jpg", of("picture", at))];
    let groups = modifiers / CHOICES;
    if groups > 0 {
        // a third of the dishes has choices, up to four of them
        let choices = if at.is_multiple_of(3) { 1 + roll % 4 } else { 0 };
        dish.group_modifiers = (0..choices).map(|nth| choice((roll + nth) % groups, nth == 0)).collect();
    }
    menu.products.extend(Record::of(&dish));
}

fn choice(group: usize, required: bool) -> GroupModifier {
    let first = group * CHOICES;
    let children = (first..first + CHOICES).map(|at| Modifier::of(of("modifier", at), 0, 1, 0)).collect();
    GroupModifier::of(of("choice", group), i32::from(required), 3, children)
}
