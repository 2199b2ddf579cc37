package io.muster.core.template;

import io.muster.core.device.JsonPlace;
import io.muster.core.device.PolicyName;
import io.muster.core.device.RegistrationId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a template says about one device.
///
/// @param active              whether the certificate shall be active
/// @param policies            for the certificate, in the order of the template
/// @param deviceConfiguration for the device; flat, in the order of the template
public record Instance(
        Thing thing,
        boolean active,
        List<Policy> policies,
        Overrides overrides,
        Map<String, String> deviceConfiguration)
        implements Instantiation {

    public Instance {
        policies = List.copyOf(policies);
        deviceConfiguration = Collections.unmodifiableMap(new LinkedHashMap<>(deviceConfiguration));
    }

    /// The thing as the template describes it.
    ///
    /// @param attributes in the order of the template
    public record Thing(
            RegistrationId name,
            Map<String, String> attributes,
            Optional<String> type,
            List<String> groups,
            Optional<String> billingGroup) {
        public Thing {
            attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
            groups = List.copyOf(groups);
        }
    }

    /// A policy for the certificate.
    public sealed interface Policy {

        /// One of the tenant's.
        ///
        /// @param place where the template names it
        record Named(JsonPlace place, PolicyName name) implements Policy {}

        /// One that the template wrote.
        ///
        /// @param text the document, not yet read
        record Written(String text) implements Policy {}
    }
}
