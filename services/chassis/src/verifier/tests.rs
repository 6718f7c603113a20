//! Every way in which a token is refused.

use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::{Algorithm, EncodingKey, Header};

use super::{AUDIENCE, Claims, ISSUER, Rejected};
use crate::clock::Clock;
use crate::issuer::DevelopmentIssuer;
use crate::issuer::tests::adviser;

const HOUR: SignedDuration = SignedDuration::from_hours(1);

fn noon() -> Timestamp {
    "2026-03-02T12:00:00Z".parse().unwrap()
}

fn claims() -> Claims {
    let caller = adviser();
    Claims {
        iss: ISSUER.into(),
        aud: AUDIENCE.into(),
        sub: caller.person,
        org: caller.organisation,
        region: caller.region,
        role: caller.role,
        iat: noon().as_second(),
        exp: (noon() + HOUR).as_second(),
        jti: "1".into(),
    }
}

/// The verdict on a token that is well signed but claims something else.
#[track_caller]
fn check(change: impl FnOnce(&mut Claims), then: Result<(), Rejected>) {
    let issuer = DevelopmentIssuer::ephemeral().unwrap();
    let mut claims = claims();
    change(&mut claims);
    let token = issuer.sign(&claims).unwrap();
    assert_eq!(issuer.verifier().verify(&token, noon()).map(drop), then);
}

#[test]
fn a_token_says_who_shows_it() {
    let issuer = DevelopmentIssuer::ephemeral().unwrap();
    let token = issuer.issue(&adviser(), noon(), HOUR).unwrap();
    assert_eq!(issuer.verifier().verify(&token, noon()), Ok(adviser()));
}

#[test]
fn a_token_that_was_good_is_no_good_with_another_ending() {
    let issuer = DevelopmentIssuer::ephemeral().unwrap();
    let verifier = issuer.verifier();
    let token = issuer.issue(&adviser(), noon(), HOUR).unwrap();
    assert!(verifier.verify(&token, noon()).is_ok());
    let (signed, signature) = token.rsplit_once('.').unwrap();
    let other = issuer.issue(&adviser(), noon(), HOUR).unwrap();
    let (_, foreign) = other.rsplit_once('.').unwrap();
    assert_ne!(signature, foreign);
    assert_eq!(verifier.verify(&format!("{signed}.{foreign}"), noon()), Err(Rejected::Signature));
    assert!(verifier.verify(&token, noon()).is_ok());
}

#[test]
fn a_caller_of_a_region_that_is_not_known_here_is_let_in_nowhere() {
    let issuer = DevelopmentIssuer::ephemeral().unwrap();
    let token = issuer.issue(&adviser(), noon(), HOUR).unwrap();
    let verdict = |regions: [&str; 2]| issuer.verifier().within(regions.map(str::to_owned)).verify(&token, noon());
    assert_eq!(verdict([&adviser().region, "elders"]), Ok(adviser()));
    assert_eq!(verdict(["hier", "elders"]), Err(Rejected::Region));
    assert_eq!(tonic::Status::from(Rejected::Region).code(), tonic::Code::PermissionDenied);
}

#[test]
fn a_token_expires_in_law_time() {
    let issuer = DevelopmentIssuer::ephemeral().unwrap();
    let clock = Clock::driven(noon());
    let token = issuer.issue(&adviser(), clock.now(), HOUR).unwrap();
    clock.advance(HOUR - SignedDuration::from_secs(1));
    assert!(issuer.verifier().verify(&token, clock.now()).is_ok());
    clock.advance(SignedDuration::from_secs(1));
    assert_eq!(issuer.verifier().verify(&token, clock.now()), Err(Rejected::Expired));
}

#[test]
fn claims_that_are_not_for_us_are_refused() {
    check(|_| {}, Ok(()));
    check(|claims| claims.aud = "elders".into(), Err(Rejected::Audience));
    check(|claims| claims.iss = "elders".into(), Err(Rejected::Issuer));
    check(|claims| claims.iat += 60, Ok(()));
    check(|claims| claims.iat += 61, Err(Rejected::NotYet));
    check(|claims| claims.exp = claims.iat, Err(Rejected::Expired));
    check(|claims| claims.exp = i64::MIN, Err(Rejected::Expired));
}

#[test]
fn a_token_of_another_key_is_refused() {
    let [ours, theirs] = [(); 2].map(|()| DevelopmentIssuer::ephemeral().unwrap());
    let token = theirs.issue(&adviser(), noon(), HOUR).unwrap();
    assert_eq!(ours.verifier().verify(&token, noon()), Err(Rejected::Signature));
}

#[test]
fn a_changed_claim_breaks_the_signature() {
    let issuer = DevelopmentIssuer::ephemeral().unwrap();
    let (own, mut better) = (claims(), claims());
    better.role = "officier".into();
    let (own, better) = (issuer.sign(&own).unwrap(), issuer.sign(&better).unwrap());
    let (_, signature) = own.rsplit_once('.').unwrap();
    let (body, _) = better.rsplit_once('.').unwrap();
    let forged = format!("{body}.{signature}");
    assert_eq!(issuer.verifier().verify(&forged, noon()), Err(Rejected::Signature));
}

#[test]
fn a_token_signed_another_way_is_refused() {
    let issuer = DevelopmentIssuer::ephemeral().unwrap();
    let key = EncodingKey::from_secret(b"guessed");
    let token = jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims(), &key).unwrap();
    assert_eq!(issuer.verifier().verify(&token, noon()), Err(Rejected::Signature));
}

#[test]
fn garbage_is_malformed() {
    let verifier = DevelopmentIssuer::ephemeral().unwrap().verifier();
    // The last one claims the algorithm `none` and carries no signature.
    for garbage in ["", "x", "a.b.c", "..", "é.é.é", "eyJhbGciOiJub25lIn0.e30."] {
        assert_eq!(verifier.verify(garbage, noon()), Err(Rejected::Malformed), "{garbage}");
    }
}
