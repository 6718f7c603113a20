//! The cases of a table that stand still: every open case is looked at, and every ended one that still waits for somebody.

use crate::law::{Cases, shelf};
use jiff::Timestamp;
use zsm::Region;
use zsm::case::{Case, stuck};
use zsm::term::Terms;
use zsm_clerk::{Clerk, No, page_size};
use zsm_journal::Listed;
use zsm_proto::instant;
use zsm_proto::pb::model::v1 as model;
use zsm_proto::pb::om::v1 as pb;

/// How many cases are looked at for one page: nobody waits for more than a few thousand.
const LOOKED_AT: usize = 2000;

/// Begins the token of a page among the ended cases.
const ENDED: &str = "ended/";

/// A page of the cases of a table that stand still.
///
/// # Errors
/// A page size that is none, and a journal that cannot be read.
pub(crate) async fn list(
    clerk: &Clerk<Cases>,
    region: &Region,
    terms: Terms,
    request: &pb::ListStuckCasesRequest,
) -> Result<pb::ListStuckCasesResponse, No> {
    let most = page_size(request.page_size)?;
    let now = clerk.now();
    let mut cases = Vec::new();
    let mut looked_at = 0;
    let mut place = Place::read(&request.page_token);
    loop {
        let Some(stream) = place.next(clerk, region, LOOKED_AT - looked_at).await? else {
            return Ok(pb::ListStuckCasesResponse { cases, next_page_token: String::new() });
        };
        let read = clerk.read(&stream).await?;
        cases.extend(read.state.as_deref().and_then(|case| shown(case, now, terms)));
        looked_at += 1;
        if cases.len() == most || looked_at == LOOKED_AT {
            return Ok(pb::ListStuckCasesResponse { cases, next_page_token: place.token() });
        }
    }
}

/// Where one is among the cases: first the open ones, then those that ended.
struct Place {
    ended: bool,
    after: String,
    ahead: std::vec::IntoIter<Listed>,
}

impl Place {
    fn read(token: &str) -> Self {
        let (ended, after) = token.strip_prefix(ENDED).map_or((false, token), |after| (true, after));
        Self { ended, after: after.to_owned(), ahead: Vec::new().into_iter() }
    }

    fn token(&self) -> String {
        format!("{}{}", if self.ended { ENDED } else { "" }, self.after)
    }

    /// The next case to look at. An open one may wait for nothing, and is found by that; an ended one that waits for
    /// nothing is at rest.
    async fn next(&mut self, clerk: &Clerk<Cases>, region: &Region, most: usize) -> Result<Option<String>, No> {
        loop {
            if let Some(listed) = self.ahead.next() {
                self.after.clone_from(&listed.stream);
                return Ok(Some(listed.stream));
            }
            let (journal, shelf) = (clerk.journal(), shelf(region, self.ended));
            let after = Some(self.after.as_str()).filter(|after| !after.is_empty());
            let listed = match self.ended {
                false => journal.list(&shelf, after, most).await?,
                true => journal.waiting(&shelf, after, most).await?,
            };
            match (listed.is_empty(), self.ended) {
                (false, _) => self.ahead = listed.into_iter(),
                (true, false) => (self.ended, self.after) = (true, String::new()),
                (true, true) => return Ok(None),
            }
        }
    }
}

fn shown(case: &Case, now: Timestamp, terms: Terms) -> Option<pb::StuckCase> {
    let stuck = stuck(case, now, terms)?;
    Some(pb::StuckCase {
        name: case.name.to_string(),
        bvh_number: case.facts.bvh_number.clone(),
        flow: model::Flow::from(&case.flow()).into(),
        lead: case.lead().as_ref().map(Into::into),
        ended: case.end.is_some(),
        reason: stuck.why.code(),
        sentence: stuck.why.sentence(),
        since: Some(instant(stuck.since)),
    })
}
