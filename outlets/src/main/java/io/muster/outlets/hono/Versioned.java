package io.muster.outlets.hono;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/// A resource of the registry.
///
/// @param version its entity tag, where the registry gives one
record Versioned(JsonNode content, Optional<String> version) {}
