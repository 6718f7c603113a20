//! Who may do what: one table (D31). Whose case, assignment or question it is, is checked where that is known (D19).

use crate::organisation::{Actor, Kind, Role};
use crate::refusal::Forbidden;

macro_rules! acts {
    ($($act:ident),+ $(,)?) => {
        /// Every act of the contract, one for each RPC; `…AtSource` where leads and sources have one of the same name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[expect(missing_docs, reason = "each is the RPC of that name")]
        pub enum Act {
            $($act),+
        }

        impl Act {
            /// Every act.
            pub const ALL: [Act; [$(stringify!($act)),+].len()] = [$(Act::$act),+];
        }
    };
}

acts! {
    RegisterCase,
    AmendCase,
    RecordPoliceReport,
    ConfirmHousehold,
    SettleFlow,
    GetCase,
    ListCases,
    ListStuckCases,
    GetCaseGate,
    GetCaseTimeline,
    DecideCase,
    CloseCase,
    RecordCall,
    RecordCustodyEvent,
    StrikeCustodyEvent,
    DecideDossierPermission,
    ReopenCase,
    AnswerAlert,
    ReportProgress,
    SubmitAdvice,
    ReceiveAcuteSignal,
    GetAssignment,
    ListAssignments,
    RecordOwnFile,
    WeighAnswer,
    SignAdvice,
    WithdrawAdvice,
    ReaffirmAdvice,
    SaveAdviceDraft,
    TakeOverAssignment,
    RaiseAcuteSignal,
    RetryQuestion,
    AskFurther,
    LetGoQuestion,
    RecordTelephoneAnswer,
    ConfirmTelephoneAnswer,
    CreateAssignment,
    UpdateAssignment,
    WithdrawAssignment,
    ReportQuestionState,
    DeliverAnswer,
    ConfirmAdviceCurrent,
    NotifyDecision,
    ListQuestions,
    GetQuestion,
    TakeUpQuestion,
    AnswerQuestion,
    RetractAnswer,
    ConfirmTelephoneAnswerAtSource,
    RaiseAcuteSignalAtSource,
    AskQuestion,
    WithdrawQuestion,
    NoteTelephoneAnswer,
    ConfirmAnswerCurrent,
    NotifyDecisionAtSource,
    ListErrands,
    RetryErrand,
    StopErrand,
}

/// For what personal data are used; follows from the act, not from what a caller says (D31, P6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// To bring a case to the table.
    Registration,
    /// To collect what the partners know.
    Collection,
    /// To weigh it and advise.
    Advice,
    /// To decide.
    Decision,
    /// To warn of acute danger.
    Safety,
    /// To see how far a case is.
    Overview,
    /// To keep the calls between offices going; no personal data are used.
    Upkeep,
}

/// Proof that a caller may do an act; only [`permit`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Permit {
    actor: Actor,
    act: Act,
}

impl Act {
    /// Who may, and for what.
    pub fn rule(self) -> (&'static [(Kind, Role)], Purpose) {
        use Act::*;
        match self {
            RegisterCase | AmendCase | RecordPoliceReport => (&[(Kind::Politie, Role::Politie)], Purpose::Registration),
            ConfirmHousehold | RecordCall => (&[(Kind::Om, Role::Operator)], Purpose::Registration),
            RecordCustodyEvent | StrikeCustodyEvent => {
                (&[(Kind::Politie, Role::Politie), (Kind::Om, Role::Operator)], Purpose::Registration)
            }
            AnswerAlert | DecideDossierPermission => (&[(Kind::Om, Role::Officier)], Purpose::Decision),
            SettleFlow | DecideCase | CloseCase | ReopenCase | GetCaseGate => (PROSECUTION, Purpose::Decision),
            GetCase | GetCaseTimeline | ListCases => (TABLE, Purpose::Overview),
            ListStuckCases => (AT_OM, Purpose::Overview),
            ReportProgress | SubmitAdvice => (LEAD_SERVICES, Purpose::Advice),
            GetAssignment
            | ListAssignments
            | RecordOwnFile
            | WeighAnswer
            | SignAdvice
            | WithdrawAdvice
            | ReaffirmAdvice
            | SaveAdviceDraft
            | TakeOverAssignment
            | RetryQuestion
            | AskFurther
            | LetGoQuestion
            | RecordTelephoneAnswer
            | ConfirmTelephoneAnswer => (LEAD_ADVISERS, Purpose::Advice),
            CreateAssignment | UpdateAssignment | WithdrawAssignment => {
                (&[(Kind::Om, Role::Dienst)], Purpose::Collection)
            }
            ConfirmAdviceCurrent | ConfirmAnswerCurrent | NotifyDecision | NotifyDecisionAtSource => {
                (&[(Kind::Om, Role::Dienst)], Purpose::Decision)
            }
            ReportQuestionState | DeliverAnswer => (SOURCE_SERVICES, Purpose::Collection),
            ListQuestions
            | GetQuestion
            | TakeUpQuestion
            | AnswerQuestion
            | RetractAnswer
            | ConfirmTelephoneAnswerAtSource => (DESKS, Purpose::Collection),
            RaiseAcuteSignal => (LEAD_ADVISERS, Purpose::Safety),
            RaiseAcuteSignalAtSource => (DESKS, Purpose::Safety),
            ReceiveAcuteSignal => (SOURCE_SERVICES, Purpose::Safety),
            AskQuestion | WithdrawQuestion | NoteTelephoneAnswer => (LEAD_SERVICES, Purpose::Collection),
            ListErrands | RetryErrand | StopErrand => (ADMINISTRATORS, Purpose::Upkeep),
        }
    }
}

const PROSECUTION: &[(Kind, Role)] = &[(Kind::Om, Role::Officier), (Kind::Om, Role::Parketsecretaris)];
const TABLE: &[(Kind, Role)] = &[
    (Kind::Politie, Role::Politie),
    (Kind::Om, Role::Operator),
    (Kind::Om, Role::Officier),
    (Kind::Om, Role::Parketsecretaris),
];
const AT_OM: &[(Kind, Role)] =
    &[(Kind::Om, Role::Operator), (Kind::Om, Role::Officier), (Kind::Om, Role::Parketsecretaris)];
const LEAD_ADVISERS: &[(Kind, Role)] = &[(Kind::Rvdk, Role::Adviseur), (Kind::Reclassering, Role::Adviseur)];
const LEAD_SERVICES: &[(Kind, Role)] = &[(Kind::Rvdk, Role::Dienst), (Kind::Reclassering, Role::Dienst)];
const SOURCE_SERVICES: &[(Kind, Role)] =
    &[(Kind::VeiligThuis, Role::Dienst), (Kind::Rvdk, Role::Dienst), (Kind::Reclassering, Role::Dienst)];
const DESKS: &[(Kind, Role)] =
    &[(Kind::VeiligThuis, Role::Balie), (Kind::Rvdk, Role::Balie), (Kind::Reclassering, Role::Balie)];
const ADMINISTRATORS: &[(Kind, Role)] = &[
    (Kind::Om, Role::Beheerder),
    (Kind::Rvdk, Role::Beheerder),
    (Kind::Reclassering, Role::Beheerder),
    (Kind::VeiligThuis, Role::Beheerder),
];

/// May this caller do this act? What only a person may do is checked again where it is done (invariant 8).
///
/// # Errors
/// [`Forbidden::Role`] when the table has no row for it.
pub fn may(actor: &Actor, act: Act) -> Result<(), Forbidden> {
    let (who, _) = act.rule();
    if who.contains(&(actor.organisation.kind, actor.role)) { Ok(()) } else { Err(Forbidden::Role) }
}

/// A parketsecretaris stands in for the prosecutor only under a mandate that holds on the day (D31).
///
/// # Errors
/// [`Forbidden::Mandate`] when there is none.
pub fn in_place_of_the_prosecutor(actor: &Actor, mandate: Option<&str>) -> Result<(), Forbidden> {
    if actor.role == Role::Parketsecretaris && mandate.is_none() { Err(Forbidden::Mandate) } else { Ok(()) }
}

/// Proof that this caller may do this act.
///
/// # Errors
/// [`Forbidden::Role`] when the table has no row for it.
pub fn permit(actor: Actor, act: Act) -> Result<Permit, Forbidden> {
    may(&actor, act)?;
    Ok(Permit { actor, act })
}

impl Permit {
    /// Who acts.
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// What is done.
    pub fn act(&self) -> Act {
        self.act
    }

    /// For what.
    pub fn purpose(&self) -> Purpose {
        self.act.rule().1
    }
}

#[cfg(test)]
mod tests;
