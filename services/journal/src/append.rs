//! How a batch is checked and written.

use rusqlite::Connection;

use crate::{Appended, Batch, Error, Standing, errand, key, receipt, stop, stream};

/// Why a batch may not be written, if so. A request that was answered before comes first: whoever asks again must
/// get the same answer, however far the stream has moved on.
pub(crate) fn refusal(connection: &Connection, batch: &Batch) -> rusqlite::Result<Option<Error>> {
    if let Some(receipt) = &batch.receipt
        && let Some(given) = receipt::find(connection, &receipt.key)?
    {
        return Ok(Some(Error::ReceiptExists(given)));
    }
    let actual = stream::version(connection, &batch.stream)?;
    if actual != batch.expected {
        return Ok(Some(Error::Conflict { actual }));
    }
    if let Some(stop) = &batch.stops
        && errand::find(connection, &stop.errand)?.is_none()
    {
        return Ok(Some(Error::NotOpen));
    }
    for key in &batch.keys {
        if let Some(holder) = key::holder(connection, key)?
            && holder != batch.stream
        {
            return Ok(Some(Error::KeyTaken { stream: holder }));
        }
    }
    Ok(None)
}

/// Writes a batch that is not refused.
pub(crate) fn write(connection: &Connection, batch: &Batch) -> rusqlite::Result<Appended> {
    let mut version = batch.expected;
    for fact in &batch.facts {
        version += 1;
        stream::record(connection, &batch.stream, version, batch.at, fact)?;
    }
    if !batch.facts.is_empty() || batch.shelf.is_some() {
        stream::stand(connection, batch, version)?;
    }
    for key in &batch.frees {
        key::free(connection, key, &batch.stream)?;
    }
    for key in &batch.keys {
        key::hold(connection, key, &batch.stream)?;
    }
    if let Some(receipt) = &batch.receipt {
        receipt::keep(connection, receipt, &batch.stream, batch.at)?;
    }
    for errand in &batch.errands {
        errand::put(connection, errand, batch)?;
    }
    for id in &batch.settles {
        errand::settle(connection, id)?;
    }
    if let Some(id) = &batch.gives_up {
        errand::rest(connection, id, Standing::GivenUp)?;
    }
    if let Some(stop) = &batch.stops {
        errand::rest(connection, &stop.errand, Standing::Stopped)?;
        stop::keep(connection, stop, batch.at)?;
    }
    if let Some(id) = &batch.revives {
        errand::revive(connection, id, batch.at)?;
    }
    Ok(Appended { version })
}

#[cfg(test)]
mod tests;
