package io.muster.desk;

import io.muster.core.roster.AnchorReader;
import io.muster.core.roster.PossessionCheck;
import io.muster.core.roster.RegisteredAnchors;

/// What the desk asks about the certificates that operators register.
///
/// @param reader     reads them
/// @param registered those of authorities, by name
/// @param possession says who has an authority's key at hand
public record AnchorPorts(AnchorReader reader, RegisteredAnchors registered, PossessionCheck possession) {}
