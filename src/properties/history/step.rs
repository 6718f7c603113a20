//! Something that happens, and how.

use super::super::network::Fate;
use super::super::people::{Corrected, Further, Heard, Listed, Said, Undone};
use super::super::world::World;
use crate::case::CloseReason;
use crate::custody;
use crate::item::Item;
use crate::name::QuestionName;
use crate::organisation::Kind;
use proptest::sample::Index;

/// Something that happens.
#[derive(Clone, Debug)]
pub enum Step {
    /// Something that is to be done at another office, or a message on its way, meets its fate.
    Mail(Index, Fate),
    /// An organisation goes down and comes up.
    Crash(Kind),
    /// The operator confirms the person list.
    Confirm(Listed),
    /// The police bring what they have.
    Police,
    /// The prosecutor settles the flow.
    Settle,
    /// A desk takes up or answers a question.
    Desk(Index, Said),
    /// The adviser searches the own files.
    OwnFile(bool),
    /// The adviser weighs an item.
    Weigh(Item),
    /// The adviser signs.
    Sign,
    /// The adviser takes the advice back.
    WithdrawAdvice,
    /// The adviser warns of acute danger.
    Warn,
    /// The adviser has an item asked again.
    Retry(Item),
    /// The adviser notes what the source of an item says by telephone.
    Phone(Item, Heard),
    /// Someone confirms it: a colleague, or who noted it.
    ConfirmCall(bool),
    /// The source confirms what an adviser noted.
    ConfirmNote,
    /// The prosecutor decides.
    Decide,
    /// The prosecutor decides, and one office was phoned.
    DecideByTelephone(u8),
    /// The police correct what they registered.
    Amend(Corrected),
    /// The prosecutor closes the case.
    Close(CloseReason),
    /// The police record an act of custody.
    Custody(custody::Step),
    /// The police strike out what they recorded of it last.
    StrikeCustody,
    /// The operator notes a call.
    LogCall(Item),
    /// The prosecutor lets the dossier travel, or not.
    Permit(bool),
    /// The prosecutor stands by the end, whatever came after it.
    StandBy,
    /// The prosecutor opens the case again.
    Reopen,
    /// Someone speaks for another.
    Stranger(u8),
    /// The adviser asks something beside what is required.
    AskFurther(Further),
    /// The adviser lets go of a question: of one of his own, or of any.
    LetGo(Index, bool),
    /// The adviser signs the same anew over all that came in, rightly or not.
    Reaffirm(bool),
    /// An adviser keeps a draft in some words, or a colleague does.
    SaveDraft(u8, bool),
    /// A colleague takes the assignment over, or the adviser does.
    TakeOver(bool),
    /// Everybody does what is to be done.
    Everybody(Undone),
}

impl Step {
    /// Lets it happen.
    pub(super) fn happens(&self, world: &mut World) {
        match self {
            Step::Mail(at, fate) => mail(world, at, *fate),
            Step::Crash(kind) => {
                world.tale.say(|| format!("{} goes down, and comes up again", kind.slug()));
                world.crash(*kind);
            }
            Step::Confirm(what) => world.confirm(*what),
            Step::Police => world.record(),
            Step::Settle => world.settle_flow(),
            Step::Desk(at, what) => {
                let questions: Vec<QuestionName> = world.desks.keys().copied().collect();
                if !questions.is_empty() {
                    world.answer(questions[at.index(questions.len())], *what);
                }
            }
            Step::OwnFile(what) => world.search(*what),
            Step::Weigh(item) => world.weigh(*item),
            Step::Sign => world.sign(),
            Step::WithdrawAdvice => world.withdraw_advice(),
            Step::Warn => world.warn(),
            Step::Retry(item) => world.retry(*item),
            Step::Phone(item, heard) => world.phone(*item, *heard),
            Step::ConfirmCall(colleague) => world.confirm_call(*colleague),
            Step::ConfirmNote => world.confirm_note(),
            Step::Decide => world.decide(),
            Step::DecideByTelephone(silent) => world.decide_by_telephone(*silent),
            Step::Amend(corrected) => world.amend(*corrected),
            Step::Close(reason) => world.close(*reason),
            Step::Custody(step) => world.custody(*step),
            Step::StrikeCustody => world.strike_custody(),
            Step::LogCall(item) => world.log_call(*item),
            Step::Permit(travels) => world.permit(*travels),
            Step::StandBy => world.stand_by(),
            Step::Reopen => world.reopen(),
            Step::Stranger(what) => world.stranger(*what),
            Step::AskFurther(further) => world.ask_further(*further),
            Step::LetGo(at, own) => world.let_go(*at, *own),
            Step::Reaffirm(rightly) => world.reaffirm(*rightly),
            Step::SaveDraft(words, colleague) => world.save_draft(*words, *colleague),
            Step::TakeOver(colleague) => world.take_over(*colleague),
            Step::Everybody(but) => world.work(*but),
        }
    }
}

/// What is on its way stands before what is still to be sent.
fn mail(world: &mut World, at: &Index, fate: Fate) {
    let due = world.due();
    let all = world.network.len() + due.len();
    if all == 0 {
        return;
    }
    let at = at.index(all);
    match at.checked_sub(world.network.len()) {
        None => world.meets(at, fate),
        Some(at) => world.set_about(due[at].0, due[at].1, fate),
    }
}
