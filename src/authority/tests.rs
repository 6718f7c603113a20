//! The table as a whole: every act, every kind and role, against D31 written out once more.

use super::*;
use crate::organisation::{Organisation, Region};

fn may(act: Act) -> Vec<String> {
    let mut who = Vec::new();
    for kind in Kind::ALL {
        for role in Role::ALL {
            let actor = Actor { organisation: Organisation::new(kind, Region::midden()), role, person: "p".into() };
            if permit(actor, act).is_ok() {
                who.push(format!("{}/{}", kind.slug(), role.slug()));
            }
        }
    }
    who
}

#[test]
fn every_act_has_exactly_its_callers() {
    use Act::*;
    const POLICE: &[&str] = &["politie/politie"];
    const PROSECUTORS: &[&str] = &["om/officier", "om/parketsecretaris"];
    const ADVISERS: &[&str] = &["rvdk/adviseur", "reclassering/adviseur"];
    const LEADS: &[&str] = &["rvdk/dienst", "reclassering/dienst"];
    const SOURCES: &[&str] = &["rvdk/dienst", "reclassering/dienst", "veilig-thuis/dienst"];
    const DESKS: &[&str] = &["rvdk/balie", "reclassering/balie", "veilig-thuis/balie"];
    const TABLE: &[&str] = &["politie/politie", "om/operator", "om/officier", "om/parketsecretaris"];
    const ADMINISTRATORS: &[&str] =
        &["om/beheerder", "rvdk/beheerder", "reclassering/beheerder", "veilig-thuis/beheerder"];
    for act in Act::ALL {
        let expected: &[&str] = match act {
            RegisterCase | AmendCase | RecordPoliceReport => POLICE,
            ConfirmHousehold | RecordCall => &["om/operator"],
            RecordCustodyEvent | StrikeCustodyEvent => &["politie/politie", "om/operator"],
            AnswerAlert | DecideDossierPermission => &["om/officier"],
            SettleFlow | DecideCase | CloseCase | ReopenCase | GetCaseGate => PROSECUTORS,
            ListStuckCases => &["om/operator", "om/officier", "om/parketsecretaris"],
            GetCase | GetCaseTimeline | ListCases => TABLE,
            ReportProgress | SubmitAdvice | AskQuestion | WithdrawQuestion | NoteTelephoneAnswer => LEADS,
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
            | ConfirmTelephoneAnswer => ADVISERS,
            CreateAssignment
            | UpdateAssignment
            | WithdrawAssignment
            | ConfirmAdviceCurrent
            | ConfirmAnswerCurrent
            | NotifyDecision
            | NotifyDecisionAtSource => &["om/dienst"],
            ReportQuestionState | DeliverAnswer => SOURCES,
            ListQuestions
            | GetQuestion
            | TakeUpQuestion
            | AnswerQuestion
            | RetractAnswer
            | ConfirmTelephoneAnswerAtSource => DESKS,
            RaiseAcuteSignal => ADVISERS,
            RaiseAcuteSignalAtSource => DESKS,
            ReceiveAcuteSignal => SOURCES,
            ListErrands | RetryErrand | StopErrand => ADMINISTRATORS,
        };
        assert_eq!(may(act), expected, "{act:?}");
    }
}

#[test]
fn an_administrator_keeps_errands_going_and_may_do_nothing_else() {
    for act in Act::ALL {
        let upkeep = matches!(act, Act::ListErrands | Act::RetryErrand | Act::StopErrand);
        let (who, purpose) = act.rule();
        assert_eq!(who.iter().any(|(_, role)| *role == Role::Beheerder), upkeep, "{act:?}");
        assert_eq!(purpose == Purpose::Upkeep, upkeep, "{act:?}");
    }
}

#[test]
fn all_lists_every_act_once() {
    let mut acts = Act::ALL.to_vec();
    acts.sort();
    acts.dedup();
    assert_eq!(acts.len(), Act::ALL.len());
}
