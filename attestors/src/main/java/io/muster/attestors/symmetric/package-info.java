/// Devices that prove themselves with a shared access signature: a token signed with their symmetric key, which for a
/// group is derived from the group's key and the registration id.
///
/// The token's text is read here, strictly and in bounds. The assembly comes in to hand this attestor to core. It knows
/// no other attestor and no protocol, and it prints no key.
@NullMarked
package io.muster.attestors.symmetric;

import org.jspecify.annotations.NullMarked;
