package io.muster.x509.path;

import io.muster.x509.codec.Finding;
import java.time.Instant;
import java.util.List;

/// Why a chain is not taken. Certificates are named by their subjects, bounded and without control characters.
public sealed interface PathFinding {

    /// A stable word for this kind of finding, for programs.
    String code();

    /// What is wrong, for people.
    String says();

    record NoCertificate() implements PathFinding {
        @Override
        public String code() {
            return "no_certificate";
        }

        @Override
        public String says() {
            return "no certificate was presented";
        }
    }

    record TooManyCertificates(int count, int limit) implements PathFinding {
        @Override
        public String code() {
            return "too_many_certificates";
        }

        @Override
        public String says() {
            return count + " certificates were presented; at most " + limit + " are read";
        }
    }

    /// @param which which certificate, in words
    record Flawed(String which, Finding finding) implements PathFinding {
        @Override
        public String code() {
            return finding.code();
        }

        @Override
        public String says() {
            return which + ": " + finding.says();
        }
    }

    record ChainIncomplete(String stopsAt, List<String> held) implements PathFinding {
        @Override
        public String code() {
            return "chain_incomplete";
        }

        @Override
        public String says() {
            return "the chain stops at issuer \"" + stopsAt
                    + "\", whose certificate was not presented and is not held; held: " + Words.listed(held);
        }
    }

    record CaUnknown(String root, List<String> held) implements PathFinding {
        @Override
        public String code() {
            return "ca_unknown";
        }

        @Override
        public String says() {
            return "the chain ends at \"" + root + "\", which signed itself and is not held; held: "
                    + Words.listed(held);
        }
    }

    record CaKeyDiffers(String ca) implements PathFinding {
        @Override
        public String code() {
            return "ca_key_differs";
        }

        @Override
        public String says() {
            return "a CA named \"" + ca + "\" is held, but the chain was made with another key than that CA's";
        }
    }

    record BadSignature(String subject, String issuer) implements PathFinding {
        @Override
        public String code() {
            return "bad_signature";
        }

        @Override
        public String says() {
            return "the signature on \"" + subject + "\" was not made by \"" + issuer + "\"";
        }
    }

    record PathTooLong(int limit) implements PathFinding {
        @Override
        public String code() {
            return "path_too_long";
        }

        @Override
        public String says() {
            return "no path of at most " + limit + " certificates leads to a CA that is held";
        }
    }

    record TooMuchWork(int limit) implements PathFinding {
        @Override
        public String code() {
            return "too_much_work";
        }

        @Override
        public String says() {
            return "the presented certificates can be combined in so many ways that " + limit
                    + " tries were not enough";
        }
    }

    record CertificateExpired(String subject, Instant notAfter, Instant now) implements PathFinding {
        @Override
        public String code() {
            return "certificate_expired";
        }

        @Override
        public String says() {
            return "\"" + subject + "\" expired at " + notAfter + "; it is " + now + " now";
        }
    }

    record CertificateNotYetValid(String subject, Instant notBefore, Instant now) implements PathFinding {
        @Override
        public String code() {
            return "certificate_not_yet_valid";
        }

        @Override
        public String says() {
            return "\"" + subject + "\" is valid from " + notBefore + " on; it is " + now + " now";
        }
    }

    record NotACa(String subject, String why) implements PathFinding {
        @Override
        public String code() {
            return "not_a_ca";
        }

        @Override
        public String says() {
            return "\"" + subject + "\" may not issue certificates: " + why;
        }
    }

    record PathLengthExceeded(String ca, int allowed) implements PathFinding {
        @Override
        public String code() {
            return "path_length_exceeded";
        }

        @Override
        public String says() {
            return "\"" + ca + "\" allows " + allowed + " intermediate CAs below it; the chain has more";
        }
    }

    record NameConstraintViolated(String ca, String name) implements PathFinding {
        @Override
        public String code() {
            return "name_constraint_violated";
        }

        @Override
        public String says() {
            return "\"" + ca + "\" may not issue for the " + name;
        }
    }

    record PolicyMissing(String ca) implements PathFinding {
        @Override
        public String code() {
            return "policy_missing";
        }

        @Override
        public String says() {
            return "\"" + ca
                    + "\" demands a certificate policy that all certificates below it share, and they share none";
        }
    }

    record NotForClientAuth(String why) implements PathFinding {
        @Override
        public String code() {
            return "not_for_client_auth";
        }

        @Override
        public String says() {
            return "the device's certificate may not be used to prove itself as a TLS client: " + why;
        }
    }

    record NotForEndorsement(String why) implements PathFinding {
        @Override
        public String code() {
            return "not_for_endorsement";
        }

        @Override
        public String says() {
            return "the certificate is not one of a TPM's endorsement key: " + why;
        }
    }
}
