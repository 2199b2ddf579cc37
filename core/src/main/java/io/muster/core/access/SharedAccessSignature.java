package io.muster.core.access;

import io.muster.core.device.Bytes;
import io.muster.core.device.Name;
import java.time.Instant;
import java.util.Optional;

/// What a service of Azure's DPS shows instead of a key: that it signed, with the key of a shared access policy, for
/// whom and until when.
///
/// @param policy    the name of the policy
/// @param tenant    whose policy it is; empty: it does not say
/// @param resource  the host that it was made for
/// @param expires   until when it is good
/// @param signed    the text under the signature, as it came
/// @param signature HMAC-SHA256 over the text in UTF-8
public record SharedAccessSignature(
        String policy, Optional<Name> tenant, String resource, Instant expires, String signed, Bytes signature) {}
