//! What the process says about itself: human lines on stderr.

use std::env;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::ParseError;

#[cfg(test)]
mod tests;

/// The variable that says what is logged.
const VARIABLE: &str = "RUST_LOG";

/// What is logged when no one says otherwise.
const DEFAULT: &str = "info";

/// The environment asks for something that is not a log filter.
#[derive(Debug, thiserror::Error)]
#[error("the environment variable RUST_LOG is not a log filter; something like `info,zsm=debug` is")]
pub struct Error(#[source] ParseError);

/// Logs to stderr what `RUST_LOG` asks for. Where logging was already set up it stays as it is.
pub fn init_logs() -> Result<(), Error> {
    let filter = filter(env::var(VARIABLE).ok().as_deref())?;
    // The only error is that someone was here before, which is fine.
    let _ = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).try_init();
    Ok(())
}

fn filter(asked: Option<&str>) -> Result<EnvFilter, Error> {
    let asked = asked.map(str::trim).filter(|asked| !asked.is_empty()).unwrap_or(DEFAULT);
    EnvFilter::try_new(asked).map_err(Error)
}
