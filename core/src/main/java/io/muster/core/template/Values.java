package io.muster.core.template;

import io.muster.core.device.JsonPlace;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What each name in a template stands for, for one device.
record Values(Map<String, String> byName) {

    Values {
        byName = Map.copyOf(byName);
    }

    /// Every declared parameter has a value afterwards.
    static Values of(Template template, Map<String, String> given, CertificateFacts certificate) throws FaultFound {
        Map<String, String> facts = certificate.parameters();
        Map<String, String> values = new HashMap<>(facts);
        for (Map.Entry<String, Parameter> declared :
                template.declarations().parameters().entrySet()) {
            String name = declared.getKey();
            Optional<String> sent =
                    Optional.ofNullable(name.startsWith(CertificateFacts.PREFIX) ? facts.get(name) : given.get(name));
            values.put(name, bounded(name, sent.or(declared.getValue()::standard)));
        }
        return new Values(values);
    }

    private static String bounded(String name, Optional<String> value) throws FaultFound {
        JsonPlace place = JsonPlace.WHOLE.member("Parameters").member(name);
        if (value.isEmpty()) {
            throw name.startsWith(CertificateFacts.PREFIX)
                    ? new FaultFound(
                            place,
                            "The certificate has no " + name.substring(CertificateFacts.PREFIX.length()),
                            "Issue certificates whose subject has it, or give the parameter a Default")
                    : new FaultFound(
                            place,
                            "The parameter " + name + " was not given",
                            "Let the device send it, or give the parameter a Default");
        }
        if (value.get().length() > Parameter.MAX_VALUE) {
            throw new FaultFound(
                    place,
                    "The value of " + name + " is longer than " + Parameter.MAX_VALUE + " characters",
                    "Let the device send a shorter value");
        }
        return value.get();
    }
}
