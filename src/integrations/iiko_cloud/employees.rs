//! Employees, in iiko's words: those it counts as couriers, and one's phone.
use serde::Deserialize;
use uuid::Uuid;

use crate::integrations::iiko_cloud::client::parsed;
use crate::integrations::iiko_cloud::fault::Fault;
use crate::integrations::iiko_cloud::lenient::{Flag, MaybeId, Text, list};
use crate::integrations::iiko_cloud::methods::{COURIERS, EMPLOYEE_INFO};

/// An employee iiko tells of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Employee {
    pub id: Uuid,
    /// The display name, else first and last name; may be empty.
    pub name: String,
    pub code: String,
    /// iiko `isDeleted`: dismissed.
    pub deleted: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer<'a> {
    #[serde(borrow, deserialize_with = "list")]
    employees: Vec<OfOrganization<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct OfOrganization<'a> {
    #[serde(default)]
    organization_id: MaybeId,
    #[serde(borrow, default, deserialize_with = "list")]
    items: Vec<Raw<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Raw<'a> {
    #[serde(default)]
    id: MaybeId,
    #[serde(borrow, default)]
    first_name: Text<'a>,
    #[serde(borrow, default)]
    last_name: Text<'a>,
    #[serde(borrow, default)]
    display_name: Text<'a>,
    #[serde(borrow, default)]
    code: Text<'a>,
    #[serde(default)]
    is_deleted: Flag,
}

impl Raw<'_> {
    fn name(&self) -> String {
        let display = self.display_name.as_str().trim();
        if !display.is_empty() {
            return display.to_owned();
        }
        format!("{} {}", self.first_name.as_str().trim(), self.last_name.as_str().trim()).trim().to_owned()
    }
}

/// Reads an answer of `/api/1/employees/couriers`; who has no id is left out.
pub fn couriers(body: &[u8], organization: Uuid) -> Result<Vec<Employee>, Fault> {
    let answer: Answer = parsed(COURIERS, serde_json::from_slice(body))?;
    let ours = answer.employees.iter().filter(|of| of.organization_id.0.is_none_or(|id| id == organization));
    let rows = ours.flat_map(|of| &of.items).filter_map(|raw| {
        let code = raw.code.as_str().trim().to_owned();
        Some(Employee { id: raw.id.0?, name: raw.name(), code, deleted: raw.is_deleted.0 })
    });
    Ok(rows.collect())
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct InfoAnswer<'a> {
    #[serde(borrow)]
    employee_info: Info<'a>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Info<'a> {
    #[serde(borrow, default)]
    phone: Text<'a>,
    #[serde(borrow, default)]
    cell_phone: Text<'a>,
}

/// Reads an answer of `/api/1/employees/info`: the cell phone before the other one.
pub fn phone(body: &[u8]) -> Result<Option<String>, Fault> {
    let answer: InfoAnswer = parsed(EMPLOYEE_INFO, serde_json::from_slice(body))?;
    let info = answer.employee_info;
    let said = [info.cell_phone.as_str().trim(), info.phone.as_str().trim()];
    Ok(said.into_iter().find(|phone| !phone.is_empty()).map(str::to_owned))
}
