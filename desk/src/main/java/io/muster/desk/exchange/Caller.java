package io.muster.desk.exchange;

import io.muster.core.access.Principal;
import java.util.Optional;

/// Who asks, from where, and the number of the request.
///
/// @param principal empty on the paths that are open to everybody
/// @param request stands in the answer's header `X-Request-Id`, in the log and in the audit
public record Caller(Optional<Principal> principal, String address, String request) {}
