package io.muster.core.template;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The resource of type `AWS::IoT::Thing`.
public record ThingResource(
        Property name,
        Map<String, Property> attributes,
        Optional<Property> type,
        Optional<Expression.Listed> groups,
        Optional<Property> billingGroup) {

    public ThingResource {
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }
}
