/// The last look before a signature: the bytes of a certificate that is about to be signed are read as a stranger
/// would read them, and held against every rule.
///
/// The issuing room comes in. It knows codec, and core's profiles; it must not know how the bytes were made.
@NullMarked
package io.muster.x509.lint;

import org.jspecify.annotations.NullMarked;
