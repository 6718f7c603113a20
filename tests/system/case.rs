//! Drives one case from its registration to its end, one acknowledged act at a time.

use std::time::{Duration, Instant};
use tonic::Code;
use zsm::{Item, Kind};
use zsm_proto::pb::adviser::v1 as adviser;
use zsm_proto::pb::adviser::v1::answer_version::Content;
use zsm_proto::pb::model::v1 as model;
use zsm_proto::pb::model::v1::person_outcome::Outcome;
use zsm_proto::pb::om::v1 as om;
use zsm_proto::pb::source::v1 as source;

use crate::client::Client;
use crate::story::{Plot, Story, told};

/// How long what must follow by itself may take; longer than the pauses of a few failed errands.
const PATIENCE: Duration = Duration::from_secs(60);

/// What was acknowledged: it may never be lost.
#[derive(Clone, Debug, Default)]
pub(crate) struct Acknowledged {
    /// Name of the case.
    pub(crate) case: String,
    /// The person list was confirmed.
    pub(crate) household: bool,
    /// Name of the assignment at the lead.
    pub(crate) assignment: String,
    /// Offices of which somebody warned.
    pub(crate) warned: Vec<Kind>,
    /// Version of the own file.
    pub(crate) own_file: u32,
    /// Questions that a desk took up.
    pub(crate) taken_up: Vec<String>,
    /// Answers of desks: the office, the question, the version.
    pub(crate) answers: Vec<(Kind, String, u32)>,
    /// Weighings: item and version.
    pub(crate) weighings: Vec<(Item, u32)>,
    /// Version of the advice.
    pub(crate) advice: u32,
    /// How it ended.
    pub(crate) ended: Option<Ending>,
}

/// How a case ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    /// With a decision over an open gate.
    Decided,
    /// Without one (D25).
    Closed,
}

/// One case under way.
pub(crate) struct Drive<'a> {
    client: &'a Client,
    story: Story,
    /// What was acknowledged so far.
    pub(crate) acknowledged: Acknowledged,
}

/// What the adviser sees of one item.
struct Seen<'a> {
    item: Item,
    kind: model::ItemKind,
    progress: &'a model::ItemProgress,
    whole: &'a adviser::AssignmentItem,
}

impl<'a> Drive<'a> {
    /// A case that is still to be registered.
    pub(crate) fn new(client: &'a Client, story: Story) -> Self {
        Self { client, story, acknowledged: Acknowledged::default() }
    }

    /// A case that was driven up to here.
    pub(crate) fn resumed(client: &'a Client, story: Story, acknowledged: Acknowledged) -> Self {
        Self { client, story, acknowledged }
    }

    /// Drives it to its end.
    pub(crate) async fn finish(mut self) -> Acknowledged {
        while self.act().await {}
        self.acknowledged
    }

    /// Does the next act that someone must do, waiting for what must happen by itself first. Whether there was one.
    pub(crate) async fn act(&mut self) -> bool {
        let begun = Instant::now();
        loop {
            match self.try_to_act().await {
                Ok(done) => return done,
                Err(waits_for) => {
                    assert!(
                        begun.elapsed() < PATIENCE,
                        "{:?} waits for {waits_for}: {:?}",
                        self.story,
                        self.acknowledged
                    );
                    self.client.pause().await;
                }
            }
        }
    }

    /// The error is what it waits for.
    async fn try_to_act(&mut self) -> Result<bool, String> {
        match &self.acknowledged {
            done if done.case.is_empty() => self.register().await,
            done if done.ended.is_some() => Ok(false),
            _ if self.story.plot == Plot::Outside => self.close(om::CloseReason::BuitenReikwijdte).await,
            done if !done.household => self.confirm().await,
            _ if self.story.plot == Plot::DroppedAtOnce => self.close(om::CloseReason::IngetrokkenDoorPolitie).await,
            done if done.assignment.is_empty() => self.find_assignment().await,
            done if self.story.plot == Plot::Dropped && !done.taken_up.is_empty() => {
                self.close(om::CloseReason::IngetrokkenDoorPolitie).await
            }
            done if done.advice == 0 => self.advise().await,
            _ => self.decide().await,
        }
    }

    async fn register(&mut self) -> Result<bool, String> {
        let registered = self.client.ask(Kind::Om, "politie/politie", self.story.registration()).await;
        self.acknowledged.case = registered.unwrap_or_else(|status| panic!("register: {status:?}")).name;
        Ok(true)
    }

    async fn confirm(&mut self) -> Result<bool, String> {
        let confirm = om::ConfirmHouseholdRequest {
            request_id: self.story.request_id("confirm"),
            name: self.acknowledged.case.clone(),
            household: Some(self.story.household()),
            ..Default::default()
        };
        let confirmed = self.client.change(Kind::Om, "om/operator", confirm).await;
        let confirmed = confirmed.unwrap_or_else(|status| panic!("confirm: {status:?}"));
        assert_eq!(confirmed.household_version, 1);
        self.acknowledged.household = true;
        Ok(true)
    }

    async fn find_assignment(&mut self) -> Result<bool, String> {
        let asked = om::GetCaseRequest { name: self.acknowledged.case.clone() };
        let read = self.client.ask(Kind::Om, "om/operator", asked).await;
        let case = read.unwrap_or_else(|status| panic!("read: {status:?}")).case.unwrap();
        assert!(!case.assignment.is_empty(), "a confirmed case in a flow has an assignment");
        self.acknowledged.assignment = case.assignment;
        self.advise().await
    }

    async fn advise(&mut self) -> Result<bool, String> {
        let (lead, who) = self.story.lead();
        let asked = adviser::GetAssignmentRequest { name: self.acknowledged.assignment.clone() };
        let assignment = match self.client.ask(lead, who, asked).await {
            Ok(read) => read.assignment.unwrap(),
            Err(status) if status.code() == Code::NotFound => return Err("the brief".into()),
            Err(status) => panic!("read the assignment: {status:?}"),
        };
        let seen: Vec<Seen<'_>> = assignment.items.iter().map(Seen::of).collect();
        // What a desk said is on its way; an advice that is signed before it arrives would be stale at once.
        for (_, question, version) in &self.acknowledged.answers {
            let held = |one: &Seen<'_>| one.whole.question == *question && one.progress.latest >= *version;
            if !seen.iter().any(held) {
                return Err(format!("{question} at {version} to be delivered"));
            }
        }
        if self.must_warn(lead) {
            let warn = adviser::RaiseAcuteSignalRequest {
                request_id: self.story.request_id("adviser/warn"),
                name: self.acknowledged.assignment.clone(),
                warning: Some(self.story.warning()),
            };
            let warned = self.client.ask(lead, who, warn).await;
            warned.unwrap_or_else(|status| panic!("warn: {status:?}"));
            self.acknowledged.warned.push(lead);
            return Ok(true);
        }
        for one in &seen {
            if self.answer_at_desk(one, &seen).await?
                || self.record_own_file(one, &assignment).await
                || self.weigh(one).await?
            {
                return Ok(true);
            }
        }
        if let Some(open) = seen.iter().find(|one| one.state() != model::ItemState::Gewogen) {
            return Err(format!("{} that is {:?}", open.item, open.state()));
        }
        self.sign(&seen).await;
        Ok(true)
    }

    /// Takes a question up and answers it, where the story asks for a desk; a second answer once the first was weighed.
    async fn answer_at_desk(&mut self, one: &Seen<'_>, all: &[Seen<'_>]) -> Result<bool, String> {
        let Some((_, times)) = self.story.answers_of_desks().iter().find(|(item, _)| *item == one.item) else {
            return Ok(false);
        };
        let (source, who) = match one.item {
            Item::VeiligThuis => (Kind::VeiligThuis, "veilig-thuis/balie"),
            Item::Oudercheck => (Kind::Reclassering, "reclassering/balie"),
            _ => (Kind::Rvdk, "rvdk/balie"),
        };
        let question = one.whole.question.clone();
        let given = self.acknowledged.answers.iter().filter(|(_, name, _)| *name == question).count();
        let turn = u32::try_from(given).unwrap() + 1;
        let reconsidered = given == 0 || all.iter().all(|other| other.state() == model::ItemState::Gewogen);
        if turn > *times || !reconsidered {
            return Ok(false);
        }
        let asked = source::GetQuestionRequest { name: question.clone() };
        let enquiry = match self.client.ask(source, who, asked).await {
            Ok(read) => read.question.unwrap(),
            Err(status) if status.code() == Code::NotFound => {
                return Err(format!("{} to arrive at the desk", one.item));
            }
            Err(status) => panic!("read the question: {status:?}"),
        };
        let asked = enquiry.question.unwrap();
        let request_id = self.story.request_id(&format!("{question}/{turn}/take-up"));
        if turn == 1 && enquiry.answers.is_empty() && !self.acknowledged.taken_up.contains(&question) {
            let take_up = source::TakeUpQuestionRequest { request_id, name: question.clone(), ..Default::default() };
            let taken = self.client.change(source, who, take_up).await;
            taken.unwrap_or_else(|status| panic!("take up: {status:?}"));
            self.acknowledged.taken_up.push(question);
            return Ok(true);
        }
        if source == Kind::VeiligThuis && self.must_warn(source) {
            let warn = source::RaiseAcuteSignalRequest {
                request_id: self.story.request_id("desk/warn"),
                name: question,
                warning: Some(self.story.warning()),
            };
            let warned = self.client.ask(source, who, warn).await;
            warned.unwrap_or_else(|status| panic!("warn: {status:?}"));
            self.acknowledged.warned.push(source);
            return Ok(true);
        }
        let about: Vec<u32> = asked.subjects.iter().map(|subject| subject.person).collect();
        let answer = source::AnswerQuestionRequest {
            request_id: self.story.request_id(&format!("{question}/{turn}/answer")),
            name: question.clone(),
            etag: String::new(),
            answer: Some(self.story.desk_answer(one.item, &about, turn)),
            same_as: String::new(),
        };
        let answered = self.client.change(source, who, answer).await;
        let version = answered.unwrap_or_else(|status| panic!("answer {}: {status:?}", one.item)).version;
        self.acknowledged.answers.push((source, question, version));
        Ok(true)
    }

    async fn record_own_file(&mut self, one: &Seen<'_>, assignment: &adviser::Assignment) -> bool {
        if one.item != Item::EigenOnderzoek || self.acknowledged.own_file > 0 {
            return false;
        }
        let (lead, who) = self.story.lead();
        let required = assignment.brief.as_ref().and_then(|brief| brief.required.as_ref()).unwrap();
        let own = required.items.iter().find(|one| one.item() == model::ItemKind::EigenOnderzoek).unwrap();
        let about: Vec<u32> = own.subjects.iter().map(|asked| asked.person).collect();
        let record = adviser::RecordOwnFileRequest {
            request_id: self.story.request_id("own-file"),
            name: assignment.name.clone(),
            etag: String::new(),
            answer: Some(self.story.own_file(&about)),
        };
        let recorded = self.client.change(lead, who, record).await;
        self.acknowledged.own_file = recorded.unwrap_or_else(|status| panic!("own file: {status:?}")).version;
        true
    }

    async fn weigh(&mut self, one: &Seen<'_>) -> Result<bool, String> {
        if one.state() != model::ItemState::Ontvangen {
            return Ok(false);
        }
        let (lead, who) = self.story.lead();
        let version = one.progress.latest;
        let line = |person| model::WeighingLine { person, text: told("Weegt mee.") };
        let weigh = adviser::WeighAnswerRequest {
            request_id: self.story.request_id(&format!("weigh/{}/{version}", one.item)),
            name: self.acknowledged.assignment.clone(),
            etag: String::new(),
            item: one.kind.into(),
            version,
            reason: told("Gelezen en gewogen."),
            lines: one.known().into_iter().map(line).collect(),
        };
        match self.client.change(lead, who, weigh).await {
            Ok(_) => {
                self.acknowledged.weighings.push((one.item, version));
                Ok(true)
            }
            // A newer version arrived between reading and weighing.
            Err(status) if status.code() == Code::FailedPrecondition => Err(format!("{} to be read again", one.item)),
            Err(status) => panic!("weigh {}: {status:?}", one.item),
        }
    }

    async fn sign(&mut self, seen: &[Seen<'_>]) {
        let (lead, who) = self.story.lead();
        let at_vt = seen.iter().find(|one| one.item == Item::VeiligThuis).unwrap();
        let known_in: Vec<model::ItemKind> =
            seen.iter().filter(|one| !one.known().is_empty()).map(|one| one.kind).collect();
        let sign = adviser::SignAdviceRequest {
            request_id: self.story.request_id("sign"),
            name: self.acknowledged.assignment.clone(),
            etag: String::new(),
            content: Some(self.story.advice(at_vt.progress.latest, &known_in)),
        };
        let signed = self.client.change(lead, who, sign).await;
        self.acknowledged.advice = signed.unwrap_or_else(|status| panic!("sign: {status:?}")).version;
    }

    async fn decide(&mut self) -> Result<bool, String> {
        let asked = om::GetCaseGateRequest { name: self.acknowledged.case.clone() };
        let gate = self.client.ask(Kind::Om, "om/officier", asked).await;
        let gate = gate.unwrap_or_else(|status| panic!("gate: {status:?}"));
        if !gate.passable && !self.is_decided().await {
            return Err(format!(
                "the gate: {:?}",
                gate.open.iter().map(|one| (&one.subject, &one.reason)).collect::<Vec<_>>()
            ));
        }
        let decide = om::DecideCaseRequest {
            request_id: self.story.request_id("decide"),
            name: self.acknowledged.case.clone(),
            etag: String::new(),
            route: self.story.route().into(),
            motivation: told("Draagt bij aan de veiligheid."),
            advice_version: self.acknowledged.advice,
            stance: Some(om::decide_case_request::Stance::Follows(om::FollowsAdvice {})),
            phoned: Vec::new(),
        };
        match self.client.change(Kind::Om, "om/officier", decide).await {
            Ok(om::DecideCaseResponse { .. }) => {}
            // An office that has just come back is not reached at once by the last look (D28).
            Err(status) if status.code() == Code::FailedPrecondition => {
                return Err(format!("the last look: {status:?}"));
            }
            Err(status) => panic!("decide: {status:?}"),
        }
        self.acknowledged.ended = Some(Ending::Decided);
        Ok(true)
    }

    async fn close(&mut self, reason: om::CloseReason) -> Result<bool, String> {
        let close = om::CloseCaseRequest {
            request_id: self.story.request_id("close"),
            name: self.acknowledged.case.clone(),
            etag: String::new(),
            reason: reason.into(),
            explanation: "De zaak eindigt hier.".into(),
        };
        let closed = self.client.change(Kind::Om, "om/officier", close).await;
        closed.unwrap_or_else(|status| panic!("close: {status:?}"));
        self.acknowledged.ended = Some(Ending::Closed);
        Ok(true)
    }
}

impl Drive<'_> {
    /// Whether all that is left is the decision.
    pub(crate) fn must_decide(&self) -> bool {
        self.acknowledged.advice > 0 && self.acknowledged.ended.is_none()
    }

    fn must_warn(&self, office: Kind) -> bool {
        self.story.plot == Plot::Warned && !self.acknowledged.warned.contains(&office)
    }

    /// Whether it was decided before: then the same request gets the same reply.
    async fn is_decided(&self) -> bool {
        let asked = om::GetCaseRequest { name: self.acknowledged.case.clone() };
        let read = self.client.ask(Kind::Om, "om/officier", asked).await;
        read.unwrap_or_else(|status| panic!("read: {status:?}")).case.unwrap().state() == om::CaseState::Beslist
    }
}

impl<'a> Seen<'a> {
    fn of(whole: &'a adviser::AssignmentItem) -> Self {
        let progress = whole.progress.as_ref().unwrap();
        let kind = progress.item();
        let item = match kind {
            model::ItemKind::VeiligThuis => Item::VeiligThuis,
            model::ItemKind::Oudercheck => Item::Oudercheck,
            model::ItemKind::Kindcheck => Item::Kindcheck,
            model::ItemKind::EigenOnderzoek => Item::EigenOnderzoek,
            model::ItemKind::Politiedossier => Item::Politiedossier,
            model::ItemKind::Unspecified => panic!("an item without a kind"),
        };
        Self { item, kind, progress, whole }
    }

    fn state(&self) -> model::ItemState {
        self.progress.state()
    }

    /// Everyone who is known in the latest version.
    fn known(&self) -> Vec<u32> {
        let latest = self.whole.answers.last().and_then(|version| version.content.as_ref());
        let Some(Content::Answer(answer)) = latest else { return Vec::new() };
        let known = answer.outcomes.iter().filter(|one| {
            matches!(one.outcome, Some(Outcome::Known(_) | Outcome::Partly(_) | Outcome::TriageRunning(_)))
        });
        known.map(|one| one.person).collect()
    }
}
