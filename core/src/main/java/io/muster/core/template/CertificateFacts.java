package io.muster.core.template;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a template may ask about the certificate that it is applied to.
///
/// @param id      the certificate's id
/// @param subject the parts that its subject has
public record CertificateFacts(String id, Map<Part, String> subject) {

    /// What comes before a fact's name where it stands as a parameter.
    public static final String PREFIX = "AWS::IoT::Certificate::";

    /// The parameter that is the certificate's id: the only one that a fleet template knows.
    public static final String ID = PREFIX + "Id";

    /// A part of the subject that a just-in-time template knows.
    public enum Part {
        COUNTRY("Country"),
        ORGANIZATION("Organization"),
        ORGANIZATIONAL_UNIT("OrganizationalUnit"),
        DISTINGUISHED_NAME_QUALIFIER("DistinguishedNameQualifier"),
        STATE_NAME("StateName"),
        COMMON_NAME("CommonName"),
        SERIAL_NUMBER("SerialNumber");

        private final String word;

        Part(String word) {
            this.word = word;
        }

        /// Its name where it stands as a parameter.
        public String parameter() {
            return PREFIX + word;
        }
    }

    public CertificateFacts {
        Map<Part, String> ordered = new EnumMap<>(Part.class);
        ordered.putAll(subject);
        subject = Map.copyOf(ordered);
    }

    /// Of a certificate that we issue: its subject says nothing that the device did not ask for.
    public static CertificateFacts ofId(String id) {
        return new CertificateFacts(id, Map.of());
    }

    /// The facts under the names of parameters.
    Map<String, String> parameters() {
        Map<String, String> named = new LinkedHashMap<>();
        subject.forEach((part, value) -> named.put(part.parameter(), value));
        named.put(ID, id);
        return named;
    }
}
