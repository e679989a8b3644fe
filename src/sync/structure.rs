//! Sections and categories a plan makes: iiko's folders copied by the first sync, and the two sections of our own.
use std::collections::HashMap;

use chrono::NaiveDate;
use uuid::Uuid;

use crate::menu::import::{NewCategory, NewSection};
use crate::sync::change::{Change, made};
use crate::sync::plan::Draft;
use crate::sync::reading::Dish;

impl<'a> Draft<'a, '_> {
    /// Folders that hold a dish become sections and categories, in iiko's order.
    pub(in crate::sync) fn copy_folders(&mut self, dishes: &[&Dish<'a>]) {
        let spots: Vec<_> = dishes.iter().map(|dish| self.theirs.folders.spot(dish.folder)).collect();
        let mut sections: Vec<Uuid> = spots.iter().filter_map(|spot| spot.section).collect();
        self.in_order(&mut sections);
        for folder in sections {
            self.copy_section(folder);
        }
        let pairs = spots.iter().filter_map(|spot| Some((spot.category?, spot.section?)));
        let parents: HashMap<Uuid, Uuid> = pairs.collect();
        let mut categories: Vec<Uuid> = parents.keys().copied().collect();
        self.in_order(&mut categories);
        for (position, folder) in (1..).zip(categories) {
            if let Some(section) = parents.get(&folder).and_then(|parent| self.copied.get(parent)).copied() {
                self.copy_category(folder, section, position);
            }
        }
    }

    fn in_order(&self, folders: &mut Vec<Uuid>) {
        let key =
            |id: &Uuid| self.theirs.folders.get(*id).map(|f| (f.order, f.name.clone().into_owned(), f.id));
        folders.sort_by_cached_key(key);
        folders.dedup();
    }

    fn copy_section(&mut self, folder: Uuid) {
        let Some(folder) = self.theirs.folders.get(folder) else { return };
        let section = NewSection {
            id: Uuid::now_v7(),
            name: folder.name.clone().into_owned(),
            origin: "iiko",
            iiko_group_id: Some(folder.id),
            sync_day: None,
            position: self.next_position,
            hidden: !folder.in_menu,
        };
        self.copied.insert(folder.id, section.id);
        let rule = if section.hidden { "folder_copied_hidden" } else { "folder_copied" };
        self.add_section(section, rule);
    }

    fn copy_category(&mut self, folder: Uuid, section_id: Uuid, position: i64) {
        let Some(folder) = self.theirs.folders.get(folder) else { return };
        let (id, name) = (Uuid::now_v7(), folder.name.clone().into_owned());
        self.copied.insert(folder.id, id);
        self.names.insert(id, name.clone());
        let place = self.names.get(&section_id).cloned().unwrap_or_default();
        let change =
            Change { iiko_id: Some(folder.id), place, ..made("category", id, name.clone(), "folder_copied") };
        self.plan.changes.push(change);
        self.plan.import.categories.push(NewCategory {
            id,
            section_id,
            name,
            iiko_group_id: folder.id,
            position,
        });
    }

    fn add_section(&mut self, section: NewSection, rule: &'static str) {
        self.next_position += 1;
        self.names.insert(section.id, section.name.clone());
        let change = made("section", section.id, section.name.clone(), rule);
        self.plan.changes.push(Change { iiko_id: section.iiko_group_id, ..change });
        self.plan.import.sections.push(section);
    }

    /// The section for what has no sound folder in iiko; made once.
    pub(in crate::sync) fn section_without_folder(&mut self) -> Uuid {
        if let Some(id) = self.no_folder {
            return id;
        }
        let id = self.local_section("Без папки в iiko".to_owned(), "no_folder", None);
        self.no_folder = Some(id);
        id
    }

    /// The section for what is new today; made once a day, only if there is something to put into it.
    pub(in crate::sync) fn section_of_day(&mut self, day: NaiveDate) -> Uuid {
        if let Some(id) = self.of_day {
            return id;
        }
        let name = format!("Синхронизация с iiko от {}", day.format("%d.%m.%Y"));
        let id = self.local_section(name, "sync_day", Some(day.to_string()));
        self.of_day = Some(id);
        id
    }

    fn local_section(&mut self, name: String, origin: &'static str, sync_day: Option<String>) -> Uuid {
        let id = Uuid::now_v7();
        let rule = if origin == "sync_day" { "section_of_day" } else { "section_no_folder" };
        let position = self.next_position;
        self.add_section(
            NewSection { id, name, origin, iiko_group_id: None, sync_day, position, hidden: false },
            rule,
        );
        id
    }
}
