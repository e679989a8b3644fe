//! iiko's folders and where a product of theirs belongs with us: three levels, Раздел → категория → товар. What lies
//! deeper falls to the second level; what has no sound folder still gets a place, and the rule says why.
use std::borrow::Cow;
use std::collections::HashMap;

use uuid::Uuid;

use crate::integrations::iiko_cloud::nomenclature::Group;
use crate::sync::reading::clean;

#[derive(Clone, Debug)]
pub struct Folder<'a> {
    pub id: Uuid,
    pub name: Cow<'a, str>,
    parent: Option<Uuid>,
    pub order: i64,
    /// iiko `isIncludedInMenu`.
    pub in_menu: bool,
    deleted: bool,
}

/// Menu folders only: groups of modifiers are none.
#[derive(Clone, Debug, Default)]
pub struct Folders<'a>(HashMap<Uuid, Folder<'a>>);

/// Where a product of iiko's belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// Folder that becomes the section; none: the section of what has no folder.
    pub section: Option<Uuid>,
    /// Folder that becomes the category; none: directly in the section.
    pub category: Option<Uuid>,
    /// The rule that put it there.
    pub rule: &'static str,
    /// iiko's folders, «Кухня → Супы → Холодные».
    pub path: String,
}

/// Deeper than any real menu: what goes on longer is a loop or nonsense.
const DEEPEST: usize = 64;

impl<'a> Folders<'a> {
    pub fn of(groups: &'a [Group<'a>]) -> Folders<'a> {
        let menu = groups.iter().filter(|group| !group.is_group_modifier.0).map(|group| {
            let name = clean(group.name.as_str(), 300);
            let folder = Folder {
                id: group.id,
                name: if name.is_empty() { Cow::Borrowed("—") } else { name },
                parent: group.parent_group.0,
                order: group.order.0,
                in_menu: group.is_included_in_menu.0,
                deleted: group.is_deleted.0,
            };
            (group.id, folder)
        });
        Folders(menu.collect())
    }

    pub fn get(&self, id: Uuid) -> Option<&Folder<'a>> {
        self.0.get(&id)
    }

    /// Where a product whose `parentGroup` is `folder` belongs.
    pub fn spot(&self, folder: Option<Uuid>) -> Spot {
        let nowhere = |rule| Spot { section: None, category: None, rule, path: String::new() };
        let Some(leaf) = folder else { return nowhere("no_group") };
        if !self.0.contains_key(&leaf) {
            return nowhere("unknown_group");
        }
        let Some((mut trail, detached)) = self.trail(leaf) else { return nowhere("looped_group") };
        trail.reverse();
        if trail.iter().any(|folder| folder.deleted) {
            return nowhere("deleted_group");
        }
        let path = trail.iter().map(|folder| folder.name.as_ref()).collect::<Vec<_>>().join(" → ");
        let rule = match trail.len() {
            _ if detached => "detached_group",
            1 => "top_group",
            2 => "copied",
            _ => "flattened",
        };
        Spot { section: trail.first().map(|f| f.id), category: trail.get(1).map(|f| f.id), rule, path }
    }

    /// From the leaf up to the top, and whether the topmost folder names a parent that is not there. None: a loop.
    fn trail(&self, leaf: Uuid) -> Option<(Vec<&Folder<'a>>, bool)> {
        let mut trail = Vec::new();
        let mut next = Some(leaf);
        while let Some(id) = next {
            let Some(folder) = self.0.get(&id) else { return Some((trail, true)) };
            if trail.len() >= DEEPEST || trail.iter().any(|seen: &&Folder| seen.id == id) {
                return None;
            }
            trail.push(folder);
            next = folder.parent;
        }
        Some((trail, false))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::integrations::iiko_cloud::nomenclature::Nomenclature;

    fn id(n: u8) -> Uuid {
        Uuid::from_u128(u128::from(n))
    }

    fn spot(groups: &[(u8, Option<u8>, bool)], of: Option<u8>) -> Spot {
        let groups: Vec<_> = groups
            .iter()
            .map(|(n, parent, deleted)| {
                serde_json::json!({ "id": id(*n), "name": format!("п{n}"), "parentGroup": parent.map(id), "isDeleted": deleted })
            })
            .collect();
        let body = serde_json::json!({ "groups": groups, "products": [], "revision": 1 }).to_string();
        let read = Nomenclature::read(body.as_bytes()).unwrap();
        Folders::of(&read.groups).spot(of.map(id))
    }

    #[test]
    fn three_levels_and_deeper_ones_fall_to_the_second() {
        let tree = [(1, None, false), (2, Some(1), false), (3, Some(2), false), (4, Some(3), false)];
        let at = |n| {
            let spot = spot(&tree, Some(n));
            (spot.section, spot.category, spot.rule)
        };
        assert_eq!(at(1), (Some(id(1)), None, "top_group"));
        assert_eq!(at(2), (Some(id(1)), Some(id(2)), "copied"));
        assert_eq!(at(3), (Some(id(1)), Some(id(2)), "flattened"));
        assert_eq!(at(4), (Some(id(1)), Some(id(2)), "flattened"));
        assert_eq!(spot(&tree, Some(4)).path, "п1 → п2 → п3 → п4");
    }

    #[test]
    fn what_has_no_sound_folder_still_gets_a_place_and_says_why() {
        let tree = [(1, Some(2), false), (2, Some(1), false), (3, Some(9), false), (4, None, true)];
        assert_eq!(spot(&tree, Some(1)).rule, "looped_group");
        assert_eq!(spot(&tree, None).rule, "no_group");
        assert_eq!(spot(&tree, Some(77)).rule, "unknown_group");
        assert_eq!(spot(&tree, Some(4)).rule, "deleted_group");
        let detached = spot(&tree, Some(3));
        assert_eq!((detached.section, detached.rule), (Some(id(3)), "detached_group"));
    }
}
