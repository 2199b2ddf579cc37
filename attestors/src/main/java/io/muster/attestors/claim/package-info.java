/// Believes that a certificate which a claim created is its holder's: by the ownership token that went with it.
///
/// Only the house comes in. It must not know any other attestor, how tokens are sealed, or what a template is.
@NullMarked
package io.muster.attestors.claim;

import org.jspecify.annotations.NullMarked;
