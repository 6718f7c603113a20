//! What OM asks of the lead: the assignment, every new version of it, and its end. After a decision the lead and Veilig
//! Thuis hear of it, and who was phoned for it is asked again.

use crate::law::Cases;
use crate::look::LastLook;
use std::fmt::Display;
use std::sync::Arc;
use tonic::Status;
use tonic::transport::Channel;
use zsm::case::{Assigned, Case, Command, End, Errand, State};
use zsm::decision::{Decision, Notice};
use zsm::name::{QuestionName, derive};
use zsm::{Actor, Kind, Role};
use zsm_chassis::MESSAGE_LIMIT;
use zsm_clerk::{Calls, Carried, Carry, withdrawn_before_it_came};
use zsm_proto::pb::adviser::v1 as adviser;
use zsm_proto::pb::adviser::v1::adviser_service_client::AdviserServiceClient;
use zsm_proto::pb::source::v1 as source;
use zsm_proto::pb::source::v1::source_service_client::SourceServiceClient;

/// Who the service acts as: a rule, no person (E8).
pub(crate) const RULE: &str = "regel:zaak-1";

/// Carries errands to the lead and to sources.
#[derive(Debug)]
pub(crate) struct ToOthers {
    calls: Calls,
    rvdk: AdviserServiceClient<Channel>,
    reclassering: AdviserServiceClient<Channel>,
    veilig_thuis: SourceServiceClient<Channel>,
    look: LastLook,
}

impl ToOthers {
    pub(crate) fn new(calls: &Calls, look: LastLook) -> Self {
        let client = |kind| AdviserServiceClient::new(calls.channel(kind)).max_decoding_message_size(MESSAGE_LIMIT);
        Self {
            calls: calls.clone(),
            rvdk: client(Kind::Rvdk),
            reclassering: client(Kind::Reclassering),
            veilig_thuis: SourceServiceClient::new(calls.channel(Kind::VeiligThuis)),
            look,
        }
    }

    fn lead(&self, assigned: &Assigned) -> AdviserServiceClient<Channel> {
        match assigned.lead.kind {
            Kind::Reclassering => self.reclassering.clone(),
            _ => self.rvdk.clone(),
        }
    }

    /// Brings the current version; an earlier one that was still under way is covered by it.
    async fn brief(&self, case: &Case, assigned: &Assigned) -> Result<(), Status> {
        let Some(brief) = case.brief() else { return Ok(()) };
        let version = brief.version;
        let request_id = |act: &str| derive(&format!("{}/{act}/{version}", assigned.name)).to_string();
        let mut lead = self.lead(assigned);
        if assigned.delivered == 0 {
            let create = adviser::CreateAssignmentRequest {
                request_id: request_id("create"),
                name: assigned.name.to_string(),
                case: case.name.to_string(),
                earlier: assigned.earlier,
                lead: Some((&assigned.lead).into()),
                principal: Some((&case.principal()).into()),
                brief: Some((&brief).into()),
            };
            lead.create_assignment(self.calls.request(&case.principal(), create)?).await.map(drop)
        } else {
            let update = adviser::UpdateAssignmentRequest {
                request_id: request_id("update"),
                name: assigned.name.to_string(),
                brief: Some((&brief).into()),
            };
            lead.update_assignment(self.calls.request(&case.principal(), update)?).await.map(drop)
        }
    }

    async fn withdraw(&self, case: &Case, assigned: &Assigned, corrected: bool, tries: u32) -> Result<(), Status> {
        let act = if corrected { "recall" } else { "withdraw" };
        let withdrawal = adviser::WithdrawAssignmentRequest {
            request_id: derive(&format!("{}/{act}", assigned.name)).to_string(),
            name: assigned.name.to_string(),
            corrected,
        };
        let request = self.calls.request(&case.principal(), withdrawal)?;
        match self.lead(assigned).withdraw_assignment(request).await {
            Err(status) if status.code() == tonic::Code::NotFound && assigned.delivered == 0 => {
                withdrawn_before_it_came(tries)
            }
            other => other.map(drop),
        }
    }
}

impl ToOthers {
    async fn after_the_decision(&self, case: &Case, decision: &Decision, errand: Errand) -> Carried<Command> {
        let told = match (errand, &case.assignment) {
            (Errand::TellLead, Some(assigned)) => self.tell_lead(case, assigned, &decision.for_lead()).await,
            (Errand::TellSource { question }, _) => self.tell_source(case, question, &decision.for_source()).await,
            _ => return self.look_again(case, decision, errand).await,
        };
        told.map_or_else(Carried::Failed, |()| Carried::Done)
    }

    async fn after_it_was_reopened(&self, case: &Case, errand: Errand) -> Result<(), Status> {
        match (errand, case.lapse_behind(errand)) {
            (Errand::TellLeadReopened { number }, Some(lapse)) => {
                let Some(assigned) = case.assigned().find(|one| one.number() == number) else { return Ok(()) };
                self.tell_lead(case, assigned, &lapse).await
            }
            (Errand::TellSourceReopened { question }, Some(lapse)) => self.tell_source(case, question, &lapse).await,
            _ => Ok(()),
        }
    }

    async fn tell_lead(&self, case: &Case, assigned: &Assigned, notice: &Notice) -> Result<(), Status> {
        let request = adviser::NotifyDecisionRequest {
            request_id: request_id(&assigned.name, notice),
            name: assigned.name.to_string(),
            notice: Some(notice.into()),
        };
        let request = self.calls.request(&case.principal(), request)?;
        self.lead(assigned).notify_decision(request).await.map(drop)
    }

    async fn tell_source(&self, case: &Case, question: QuestionName, notice: &Notice) -> Result<(), Status> {
        let request = source::NotifyDecisionRequest {
            request_id: request_id(&question, notice),
            name: question.to_string(),
            notice: Some(notice.into()),
        };
        let request = self.calls.request(&case.principal(), request)?;
        self.veilig_thuis.clone().notify_decision(request).await.map(drop)
    }

    /// Who was phoned now says it itself.
    async fn look_again(&self, case: &Case, decision: &Decision, errand: Errand) -> Carried<Command> {
        let seen = decision.look.iter().find(|seen| Errand::again(&seen.matter) == errand);
        let Some(matter) = seen.map(|seen| &seen.matter) else { return Carried::Done };
        match self.look.ask(matter, &case.principal()).await {
            Ok(finding) => Carried::Replied(Command::NoteLookedAgain(matter.clone(), finding)),
            Err(status) => Carried::Failed(status),
        }
    }
}

/// Each of them is told once that it was decided, and once that it no longer stands.
fn request_id(name: &impl Display, notice: &Notice) -> String {
    let told = match notice.reopened_at {
        None => format!("{name}/decided/{}", notice.at),
        Some(at) => format!("{name}/reopened/{at}"),
    };
    derive(&told).to_string()
}

impl Carry<Cases> for ToOthers {
    async fn carry(&self, state: Arc<State>, _: u64, errand: Errand, tries: u32) -> Carried<Command> {
        let Some(case) = state.as_ref() else { return Carried::Done };
        if let Errand::WithdrawFormer { number } = errand {
            let Some(former) = case.former(number) else { return Carried::Done };
            let told = self.withdraw(case, &former.assigned, former.corrected, tries).await;
            return told.map_or_else(Carried::Failed, |()| Carried::Done);
        }
        if let Errand::TellLeadReopened { .. } | Errand::TellSourceReopened { .. } = errand {
            return self.after_it_was_reopened(case, errand).await.map_or_else(Carried::Failed, |()| Carried::Done);
        }
        let Some(assigned) = &case.assignment else { return Carried::Done };
        if errand.is_about_the_decision() {
            // A decision that no longer stands is nobody's news.
            let Some(decision) = case.decision_behind(errand) else { return Carried::Done };
            return self.after_the_decision(case, decision, errand).await;
        }
        let told = match (errand, &case.end) {
            (Errand::Brief { .. }, None) => {
                let noted = Command::NoteDelivered(assigned.version);
                return self.brief(case, assigned).await.map_or_else(Carried::Failed, |()| Carried::Replied(noted));
            }
            (Errand::Brief { .. }, Some(End::Decided(_))) => Ok(()),
            // Of a brief an earlier try may have brought it there all the same, after the end found nothing to withdraw.
            (Errand::Brief { .. } | Errand::Withdraw, Some(End::Closed(_))) => {
                self.withdraw(case, assigned, false, tries).await
            }
            // The case was opened again: its assignment of before has an errand of its own.
            _ => Ok(()),
        };
        told.map_or_else(Carried::Failed, |()| Carried::Done)
    }

    fn acts_as(&self, state: &State) -> Option<Actor> {
        let organisation = state.as_ref()?.principal();
        Some(Actor { organisation, role: Role::Dienst, person: RULE.into() })
    }
}
