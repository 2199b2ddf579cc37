package io.muster.core.template;

import io.muster.core.device.Json;
import io.muster.core.device.JsonPlace;
import io.muster.core.device.PolicyName;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A provisioning template in the grammar of AWS IoT, taken apart once. Whatever it refers to is there.
///
/// @param source              as it was read
/// @param deviceConfiguration in the order in which it is written
public record Template(
        Json source,
        Kind kind,
        Declarations declarations,
        Resources resources,
        Map<String, Property> deviceConfiguration) {

    /// The longest template, in characters.
    public static final int MAX_LENGTH = 10_240;

    /// The most policies of one certificate.
    public static final int MAX_POLICIES = 10;

    /// The most groups and attributes of one thing.
    public static final int MAX_GROUPS = 10;

    public static final int MAX_ATTRIBUTES = 50;

    /// What a template is applied to.
    public enum Kind {
        /// A certificate that was created for a device (`FLEET_PROVISIONING`).
        FLEET,
        /// A certificate of a registered authority that connects for the first time (`JITP`).
        JITP
    }

    /// What expressions may refer to.
    ///
    /// @param parameters in the order in which they are declared
    public record Declarations(Map<String, Parameter> parameters, Mappings mappings) {
        public Declarations {
            parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        }
    }

    public Template {
        deviceConfiguration = Collections.unmodifiableMap(new LinkedHashMap<>(deviceConfiguration));
        Soundness.fault(kind, declarations, resources, deviceConfiguration).ifPresent(fault -> {
            throw new IllegalArgumentException("not a sound template: " + fault.what());
        });
    }

    /// Checks what its JSON form alone does not promise: that names are declared, functions not too deep, and so on.
    public static TemplateReading of(
            Json source,
            Kind kind,
            Declarations declarations,
            Resources resources,
            Map<String, Property> deviceConfiguration) {
        Optional<Fault> fault = Soundness.fault(kind, declarations, resources, deviceConfiguration);
        return fault.isPresent()
                ? new TemplateReading.Unreadable(fault.get())
                : new TemplateReading.Read(new Template(source, kind, declarations, resources, deviceConfiguration));
    }

    /// The policies that it names without regard to any device, and where.
    public Map<PolicyName, JsonPlace> namedPolicies() {
        Map<PolicyName, JsonPlace> named = new LinkedHashMap<>();
        for (PolicyResource policy : resources.policies()) {
            if (policy instanceof PolicyResource.Named(Property(JsonPlace place, Expression.Literal(String text)))) {
                named.putIfAbsent(new PolicyName(text), place);
            }
        }
        return Collections.unmodifiableMap(named);
    }

    /// What this template says about one device. A fact of the certificate is never taken from `parameters`; a
    /// parameter that the template does not declare is ignored.
    ///
    /// @param parameters as the device gave them
    public Instantiation instantiate(Map<String, String> parameters, CertificateFacts certificate) {
        try {
            return new Assembly(this, Values.of(this, parameters, certificate)).instance();
        } catch (FaultFound found) {
            return new Impossible(found.fault());
        }
    }
}
