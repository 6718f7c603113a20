//! What can happen in the small world.

use zsm::item::Item;
use zsm::name::QuestionName;
use zsm::organisation::Kind;
use zsm::properties::network::{Fate, Task};
use zsm::properties::people::{Listed, Said};

/// One thing that happens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Act {
    /// A task meets its fate.
    SetAbout(Task, u64, Fate),
    /// A message on its way arrives.
    Arrives(usize),
    /// An organisation goes down and comes up.
    Crash(Kind),
    /// A desk answers.
    Answer(QuestionName, Said),
    /// The operator confirms the person list.
    Confirm(Listed),
    /// The adviser searches the own files, and weighs them and the dossier.
    Own,
    /// The adviser weighs.
    Weigh(Item),
    /// The adviser signs.
    Sign,
    /// The adviser takes the advice back.
    WithdrawAdvice,
    /// The adviser has a question asked again.
    Retry(Item),
    /// The prosecutor decides.
    Decide,
    /// The prosecutor closes the case.
    Close,
    /// The prosecutor opens the case again.
    Reopen,
}
