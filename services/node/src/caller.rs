//! Callers as they are written: `ORG[@REGION]/ROLE[:PERSON]`, as in `rvdk/adviseur` or `om@midden/officier:ovj-2`.

use zsm::{Kind, Region, Role};
use zsm_chassis::Caller;

/// Reads a caller. One that names no region is of `default`, one without a person gets an id made from the rest.
///
/// # Errors
/// A sentence (Dutch) that says what is wrong.
pub fn parse(text: &str, default: &Region) -> Result<Caller, String> {
    let (organisation, rest) = text
        .split_once('/')
        .ok_or_else(|| format!("`{text}` is geen aanroeper; schrijf ORG[@REGIO]/ROL[:PERSOON], zoals rvdk/adviseur"))?;
    let (kind, region) = organisation.split_once('@').unwrap_or((organisation, default.as_str()));
    let (role, person) = match rest.split_once(':') {
        Some((role, person)) => (role, Some(person)),
        None => (rest, None),
    };
    let kind = Kind::parse(kind)
        .ok_or_else(|| format!("`{kind}` is geen organisatie; kies uit {}", list(Kind::ALL.map(Kind::slug))))?;
    let region = Region::parse(region)
        .ok_or_else(|| format!("`{region}` is geen regio; gebruik kleine letters, cijfers en streepjes"))?;
    let role = Role::parse(role)
        .ok_or_else(|| format!("`{role}` is geen rol; kies uit {}", list(Role::ALL.map(Role::slug))))?;
    let person = match person {
        Some("") => return Err(format!("in `{text}` ontbreekt de persoon na de dubbele punt")),
        Some(person) => person.to_owned(),
        None => format!("{}-{}-1", kind.slug(), role.slug()),
    };
    Ok(Caller { organisation: kind.slug().into(), region: region.as_str().into(), role: role.slug().into(), person })
}

fn list<const N: usize>(names: [&'static str; N]) -> String {
    names.join(", ")
}

#[cfg(test)]
mod tests;
