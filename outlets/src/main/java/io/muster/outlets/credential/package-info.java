/// What an outlet shows and whom it trusts when it meets another system: secrets and trust anchors, from files.
///
/// Outlets come in. It must not know what they are shown to.
@NullMarked
package io.muster.outlets.credential;

import org.jspecify.annotations.NullMarked;
