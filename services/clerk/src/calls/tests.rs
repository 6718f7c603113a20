//! Who an office says it is when it calls.

use zsm::Role;
use zsm_chassis::caller::SERVICE_ROLE;

#[test]
fn the_machinery_and_the_law_know_a_service_by_the_same_name() {
    assert_eq!(SERVICE_ROLE, Role::Dienst.slug());
}
