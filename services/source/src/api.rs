//! `zsm.source.v1.SourceService`: each RPC straight down — permit, read, command, reply.

use crate::incident;
use crate::law::{Enquiries, shelf};
use crate::register::{self, Candidate};
use std::collections::BTreeSet;
use tonic::{Request, Response, Status};
use zsm::authority::{Act, Permit};
use zsm::decision::Notice;
use zsm::enquiry::{Command, Enquiry, Given, Telephoned, confirm};
use zsm::name::QuestionName;
use zsm::question::Question;
use zsm::refusal::{Forbidden, Refusal};
use zsm::register::Lookup;
use zsm::signal::Warning;
use zsm::telephone::Note;
use zsm::term::Terms;
use zsm::{Kind, Problem, Region, Sensitive};
use zsm_clerk::{Clerk, Law, No, Page, Performed, etag, parse, permit};
use zsm_proto::pb::model::v1 as model;
use zsm_proto::pb::source::v1 as pb;
use zsm_proto::pb::source::v1::source_service_server::SourceService;
use zsm_proto::{Answering, instant};

/// The service of one office.
#[derive(Debug)]
pub(crate) struct Api {
    kind: Kind,
    clerk: Clerk<Enquiries>,
    terms: Terms,
    regions: BTreeSet<Region>,
}

type State = <Enquiries as Law>::State;

impl Api {
    pub(crate) fn new(kind: Kind, clerk: Clerk<Enquiries>, terms: Terms, regions: BTreeSet<Region>) -> Self {
        Self { kind, clerk, terms, regions }
    }

    /// A question of the caller's own desk (D19).
    async fn own(&self, permit: &Permit, name: QuestionName) -> Result<Performed<State>, No> {
        let read = self.clerk.read(&name.to_string()).await?;
        let enquiry = read.state.as_ref().as_ref().ok_or(Refusal::NotFound)?;
        if permit.actor().is_of(&enquiry.question.addressee) {
            Ok(read)
        } else {
            Err(Refusal::Forbidden(Forbidden::Organisation).into())
        }
    }

    /// An open question with who in the register may be meant. They are sought when they are shown and kept nowhere:
    /// most of them have nothing to do with the case.
    async fn with_candidates(&self, enquiry: &Enquiry) -> Result<pb::Enquiry, No> {
        let shown = pb::Enquiry { related: self.related(enquiry).await?, ..shown(enquiry, self.terms) };
        if !enquiry.is_open() {
            return Ok(shown);
        }
        let found = register::candidates(self.clerk.journal(), &enquiry.question).await?;
        let candidates = found.listed.into_iter().map(candidate).collect();
        Ok(pb::Enquiry { candidates, more_candidates: found.more, ..shown })
    }

    /// Other questions of the same incident for the same item, to the same desk (A12).
    async fn related(&self, enquiry: &Enquiry) -> Result<Vec<pb::RelatedQuestion>, No> {
        let others = incident::others(&self.clerk, enquiry).await?;
        let shown = others.iter().map(|other| pb::RelatedQuestion {
            name: other.question.name.to_string(),
            state: zsm_proto::pb::adviser::v1::QuestionState::from(other.stage()).into(),
            version: other.latest().map_or(0, |given| given.version),
        });
        Ok(shown.collect())
    }

    /// What a desk answers; where it is the same as another answer, with that.
    async fn answering(&self, answering: Answering) -> Result<Command, No> {
        match answering {
            Answering::With(answer) => Ok(Command::Answer(answer)),
            Answering::SameAs(other) => {
                let read = self.clerk.read(&other.to_string()).await?;
                Ok(Command::AnswerAlike(read.state.as_ref().clone()))
            }
        }
    }

    async fn list(&self, permit: &Permit, request: &pb::ListQuestionsRequest) -> Result<pb::ListQuestionsResponse, No> {
        let shelf = shelf(&permit.actor().organisation, request.ended);
        let page = Page::of(self.clerk.journal(), &shelf, request.page_size, &request.page_token).await?;
        let mut questions = Vec::with_capacity(page.streams.len());
        for stream in page.streams {
            let read = self.clerk.read(&stream).await?;
            questions.extend(read.state.as_deref().map(|enquiry| shown(enquiry, self.terms)));
        }
        Ok(pb::ListQuestionsResponse { questions, next_page_token: page.next })
    }
}

#[tonic::async_trait]
impl SourceService for Api {
    async fn list_questions(
        &self,
        request: Request<pb::ListQuestionsRequest>,
    ) -> Result<Response<pb::ListQuestionsResponse>, Status> {
        let permit = permit(&request, Act::ListQuestions)?;
        let reply = self.list(&permit, request.get_ref()).await;
        reply.map(Response::new).map_err(|no| no.status(""))
    }

    async fn get_question(
        &self,
        request: Request<pb::GetQuestionRequest>,
    ) -> Result<Response<pb::GetQuestionResponse>, Status> {
        let permit = permit(&request, Act::GetQuestion)?;
        let (name, _): (QuestionName, _) = parse(request.into_inner())?;
        let refused = |no: No| no.status(&name.to_string());
        let read = self.own(&permit, name).await.map_err(refused)?;
        let question = match read.state.as_deref() {
            Some(enquiry) => Some(self.with_candidates(enquiry).await.map_err(refused)?),
            None => None,
        };
        Ok(Response::new(pb::GetQuestionResponse { question, etag: etag(Enquiries::revision(&read.state)) }))
    }

    async fn take_up_question(
        &self,
        request: Request<pb::TakeUpQuestionRequest>,
    ) -> Result<Response<pb::TakeUpQuestionResponse>, Status> {
        let permit = permit(&request, Act::TakeUpQuestion)?;
        let request = request.into_inner();
        let ((name, put_down), faults): ((QuestionName, bool), _) = parse(request.clone())?;
        let command = if put_down { Command::PutDown } else { Command::TakeUp };
        let reply =
            |done: &Performed<State>| pb::TakeUpQuestionResponse { etag: etag(Enquiries::revision(&done.state)) };
        self.clerk.reply(&request, &permit, name, (command, faults), reply).await
    }

    async fn answer_question(
        &self,
        request: Request<pb::AnswerQuestionRequest>,
    ) -> Result<Response<pb::AnswerQuestionResponse>, Status> {
        let permit = permit(&request, Act::AnswerQuestion)?;
        let request = request.into_inner();
        let ((name, answering), faults): ((QuestionName, Answering), _) = parse(request.clone())?;
        let command = self.answering(answering).await.map_err(|no| no.status(&name.to_string()))?;
        let reply = |done: &Performed<State>| pb::AnswerQuestionResponse {
            etag: etag(Enquiries::revision(&done.state)),
            version: done.state.as_ref().as_ref().and_then(|one| one.latest()).map_or(0, |given| given.version),
        };
        self.clerk.reply(&request, &permit, name, (command, faults), reply).await
    }

    async fn retract_answer(
        &self,
        request: Request<pb::RetractAnswerRequest>,
    ) -> Result<Response<pb::RetractAnswerResponse>, Status> {
        let permit = permit(&request, Act::RetractAnswer)?;
        let request = request.into_inner();
        let ((name, version, reason), faults): ((QuestionName, u32, Sensitive<String>), _) = parse(request.clone())?;
        let reply = |done: &Performed<State>| pb::RetractAnswerResponse {
            etag: etag(Enquiries::revision(&done.state)),
            version: done.state.as_ref().as_ref().map_or(0, |one| one.latest_version()),
        };
        let command = Command::Retract { version, reason };
        self.clerk.reply(&request, &permit, name, (command, faults), reply).await
    }

    async fn confirm_telephone_answer(
        &self,
        request: Request<pb::ConfirmTelephoneAnswerRequest>,
    ) -> Result<Response<pb::ConfirmTelephoneAnswerResponse>, Status> {
        let permit = permit(&request, Act::ConfirmTelephoneAnswerAtSource)?;
        let request = request.into_inner();
        let ((name, number), faults): ((QuestionName, u32), _) = parse(request.clone())?;
        let reply = |done: &Performed<State>| pb::ConfirmTelephoneAnswerResponse {
            etag: etag(Enquiries::revision(&done.state)),
            version: done.state.as_ref().as_ref().map_or(0, |one| one.latest_version()),
        };
        let command = Command::ConfirmTelephoneAnswer { number };
        self.clerk.reply(&request, &permit, name, (command, faults), reply).await
    }

    async fn raise_acute_signal(
        &self,
        request: Request<pb::RaiseAcuteSignalRequest>,
    ) -> Result<Response<pb::RaiseAcuteSignalResponse>, Status> {
        let permit = permit(&request, Act::RaiseAcuteSignalAtSource)?;
        let request = request.into_inner();
        let ((name, warning), faults): ((QuestionName, Warning), _) = parse(request.clone())?;
        let reply = |done: &Performed<State>| {
            let signals = done.state.iter().flat_map(|enquiry| &enquiry.signals);
            let signal = signals.last().map(|signal| signal.name.to_string()).unwrap_or_default();
            pb::RaiseAcuteSignalResponse { etag: etag(Enquiries::revision(&done.state)), signal }
        };
        self.clerk.reply(&request, &permit, name, (Command::RaiseSignal(warning), faults), reply).await
    }

    async fn ask_question(
        &self,
        request: Request<pb::AskQuestionRequest>,
    ) -> Result<Response<pb::AskQuestionResponse>, Status> {
        let permit = permit(&request, Act::AskQuestion)?;
        let request = request.into_inner();
        let (question, mut faults): (Question, _) = parse(request.clone())?;
        let region = &question.addressee.region;
        faults.require(self.regions.contains(region), "question.addressee.region", Problem::Unknown);
        let name = question.name;
        let lookup = register::lookup(self.clerk.journal(), &question).await;
        let lookup = lookup.map_err(|error| No::from(error).status(&name.to_string()))?;
        let tellable = |lookup: &Lookup| register::is_tellable(&question, lookup, self.terms, self.clerk.now());
        let lookup = lookup.filter(tellable);
        let command = Command::Receive(Box::new(question), self.kind, lookup, self.terms);
        let done = self.clerk.write_and_read(&request, &permit, name.to_string(), (command, faults)).await;
        let done = done.map_err(|no| no.status(&name.to_string()))?;
        Ok(Response::new(reply_to_ask(&done.state)))
    }

    async fn withdraw_question(
        &self,
        request: Request<pb::WithdrawQuestionRequest>,
    ) -> Result<Response<pb::WithdrawQuestionResponse>, Status> {
        let permit = permit(&request, Act::WithdrawQuestion)?;
        let request = request.into_inner();
        let (name, faults): (QuestionName, _) = parse(request.clone())?;
        let reply = |_: &Performed<State>| pb::WithdrawQuestionResponse {};
        self.clerk.reply(&request, &permit, name, (Command::Withdraw, faults), reply).await
    }

    async fn note_telephone_answer(
        &self,
        request: Request<pb::NoteTelephoneAnswerRequest>,
    ) -> Result<Response<pb::NoteTelephoneAnswerResponse>, Status> {
        let permit = permit(&request, Act::NoteTelephoneAnswer)?;
        let request = request.into_inner();
        let ((name, note), faults): ((QuestionName, Note), _) = parse(request.clone())?;
        let command = Command::NoteTelephoneAnswer(Box::new(note));
        self.clerk.reply(&request, &permit, name, (command, faults), |_| pb::NoteTelephoneAnswerResponse {}).await
    }

    async fn notify_decision(
        &self,
        request: Request<pb::NotifyDecisionRequest>,
    ) -> Result<Response<pb::NotifyDecisionResponse>, Status> {
        let permit = permit(&request, Act::NotifyDecisionAtSource)?;
        let request = request.into_inner();
        let ((name, notice), faults): ((QuestionName, Notice), _) = parse(request.clone())?;
        let command = Command::NoteDecision(notice);
        self.clerk.reply(&request, &permit, name, (command, faults), |_| pb::NotifyDecisionResponse {}).await
    }

    async fn confirm_answer_current(
        &self,
        request: Request<pb::ConfirmAnswerCurrentRequest>,
    ) -> Result<Response<pb::ConfirmAnswerCurrentResponse>, Status> {
        let permit = permit(&request, Act::ConfirmAnswerCurrent)?;
        let ((name, version), faults): ((QuestionName, u32), _) = parse(request.into_inner())?;
        let refused = |refusal: Refusal| No::from(refusal).status(&name.to_string());
        faults.or(()).map_err(|faults| refused(faults.into()))?;
        let read = self.clerk.read(&name.to_string()).await.map_err(|no| no.status(&name.to_string()))?;
        let finding = confirm(&read.state, version, permit.actor()).map_err(refused)?;
        Ok(Response::new(pb::ConfirmAnswerCurrentResponse { finding: model::Finding::from(finding).into() }))
    }
}

/// The first answer: what the register gave travels in no other way, and every later version is delivered. A repeated ask
/// whose first reply was lost must not leave it out, unless it was taken back since.
fn reply_to_ask(state: &State) -> pb::AskQuestionResponse {
    use pb::ask_question_response::Reply;
    let first =
        state.as_ref().and_then(|enquiry| enquiry.answers.first().filter(|given| !enquiry.is_retracted(given.version)));
    let reply = match first {
        Some(given) => {
            Reply::Answered(pb::AnsweredReply { version: given.version, answer: Some((&given.answer).into()) })
        }
        None => Reply::Pending(pb::PendingReply {}),
    };
    pb::AskQuestionResponse { reply: Some(reply) }
}

fn shown(enquiry: &Enquiry, terms: Terms) -> pb::Enquiry {
    let due = terms.answer_due(enquiry.received_at, enquiry.question.arrested);
    pb::Enquiry {
        question: Some((&enquiry.question).into()),
        state: zsm_proto::pb::adviser::v1::QuestionState::from(enquiry.stage()).into(),
        received_at: Some(instant(enquiry.received_at)),
        due: Some(instant(due)),
        taken_up_by: enquiry.taken_up_by.as_ref().map(Into::into),
        answers: enquiry.answers.iter().map(|given| answer(enquiry, given)).collect(),
        taken_back: enquiry.retractions.iter().map(Into::into).collect(),
        telephoned: enquiry.telephoned.iter().map(|noted| telephoned(enquiry, noted)).collect(),
        etag: etag(enquiry.revision),
        decision: enquiry.decision().map(Into::into),
        supplement_by: enquiry.supplement_by.as_ref().map(Into::into),
        undelivered: enquiry.troubles.iter().map(|trouble| (*trouble).into()).collect(),
        candidates: Vec::new(),
        more_candidates: false,
        signals: enquiry.signals.iter().map(Into::into).collect(),
        related: Vec::new(),
    }
}

fn candidate(candidate: Candidate) -> pb::Candidate {
    let Candidate { person, record, deviations } = candidate;
    pb::Candidate {
        person,
        register_key: record.key(),
        deviations: deviations.into_iter().map(|one| pb::Deviation::from(one).into()).collect(),
        surname: record.surname,
        first_names: record.first_names,
        birth_date: record.birth_date,
    }
}

/// An answer as it may be read: of one that was taken back no more than that it was given.
fn answer(enquiry: &Enquiry, given: &Given) -> pb::GivenAnswer {
    let shown = pb::GivenAnswer::from(given);
    if enquiry.is_retracted(given.version) { pb::GivenAnswer { answer: None, retracted: true, ..shown } } else { shown }
}

/// What was noted of a call, as it may be read: not any more once it was taken back.
fn telephoned(enquiry: &Enquiry, noted: &Telephoned) -> pb::TelephonedAnswer {
    let mut shown = pb::TelephonedAnswer::from(noted);
    if noted.confirmed_by.is_none() && enquiry.has_overtaken(&noted.note) {
        shown.state = zsm_proto::pb::adviser::v1::TelephoneAnswerState::Achterhaald.into();
    }
    let closed = enquiry.is_note_retracted(&noted.note);
    shown.note = shown.note.map(|note| pb::TelephoneNote { answer: note.answer.filter(|_| !closed), ..note });
    shown
}
