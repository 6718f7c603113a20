//! What is noted beside the gate: custody (D26), calls (A16), and whether the dossier may travel (A34).

use super::super::world::World;
use crate::case::{Command, LoggedCall};
use crate::custody;
use crate::item::Item;
use crate::organisation::Kind;
use crate::permission::Permission;
use crate::telephone::Call;
use crate::testing::*;

impl World {
    /// The police record an act of custody.
    pub fn custody(&mut self, step: custody::Step) {
        let words = format!("record an act of custody: {}", step.words());
        self.at_om(&words, Command::RecordCustody(step, self.now), &police());
    }

    /// The police strike out the act of custody that they recorded last.
    pub fn strike_custody(&mut self) {
        let recorded = u32::try_from(self.case().custody.len()).unwrap_or(u32::MAX);
        let command = Command::StrikeCustody(recorded, text("vergissing"));
        self.at_om("strike out the latest act of custody", command, &police());
    }

    /// The operator notes a call about an item.
    pub fn log_call(&mut self, item: Item) {
        let call = Call { spoken_with: text("piket"), number: text("030"), at: self.now };
        let whom = service(Kind::VeiligThuis).organisation;
        let logged = LoggedCall { whom, item: Some(item), call, outcome: text("belt terug") };
        self.at_om(&format!("notes a call about the {item}"), Command::LogCall(Box::new(logged)), &operator());
    }

    /// The prosecutor lets the dossier travel, or keeps it at OM.
    pub fn permit(&mut self, travels: bool) {
        let (what, permission) = if travels {
            ("lets the dossier travel", Permission::Granted)
        } else {
            ("keeps the dossier at OM", Permission::Refused { because: text("belang") })
        };
        self.at_om(what, Command::DecidePermission(permission), &prosecutor());
    }
}
