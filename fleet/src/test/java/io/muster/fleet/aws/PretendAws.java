package io.muster.fleet.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import io.muster.fleet.est.PretendAuthority;
import io.muster.fleet.mqtt.PretendBroker;
import io.muster.fleet.mqtt.PretendBroker.Reaction;
import io.muster.fleet.mqtt.PretendBroker.Script;
import io.muster.fleet.mqtt.PretendBroker.Seen;
import java.io.StringReader;
import java.io.StringWriter;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.jspecify.annotations.Nullable;

/// What AWS IoT does for devices with a claim: certificates, and things named after their serial number.
public final class PretendAws implements Script {

    private static final String TOKEN = "token of ";

    private final PretendAuthority authority = new PretendAuthority();
    private final ObjectMapper json = new ObjectMapper();
    private final ObjectMapper cbor = new ObjectMapper(new CBORFactory());
    private @Nullable KeyPair madeKey;

    @Override
    public List<Reaction> reactTo(Seen seen) throws Exception {
        return seen.is("PUBLISH") && seen.topic().startsWith("$aws/")
                ? List.of(new Reaction.Usual(), accept(seen, answer(seen)))
                : PretendBroker.usual();
    }

    /// The fields of the usual answer.
    public Map<String, Object> answer(Seen seen) throws Exception {
        if (seen.topic().startsWith("$aws/certificates/create/")) {
            return keysAndCertificate(seen.guest().clientId());
        }
        JsonNode request = mapper(seen).readTree(seen.payload());
        if (seen.topic().startsWith("$aws/certificates/create-from-csr/")) {
            return certificate(request.path("certificateSigningRequest").asText());
        }
        return thing(request);
    }

    public Reaction accept(Seen seen, Map<String, ?> fields) throws Exception {
        return new Reaction.Say(seen.topic() + "/accepted", mapper(seen).writeValueAsBytes(fields), 1, false);
    }

    public Reaction reject(Seen seen, Map<String, ?> fields) throws Exception {
        return new Reaction.Say(seen.topic() + "/rejected", mapper(seen).writeValueAsBytes(fields), 1, false);
    }

    private ObjectMapper mapper(Seen seen) {
        return seen.topic().endsWith("/cbor") ? cbor : json;
    }

    private Map<String, Object> certificate(String csrPem) throws Exception {
        try (PEMParser parser = new PEMParser(new StringReader(csrPem))) {
            return certificate(authority.certify((PKCS10CertificationRequest) parser.readObject()));
        }
    }

    private static Map<String, Object> certificate(X509CertificateHolder certificate) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
        String id = HexFormat.of().formatHex(digest);
        return new TreeMap<>(Map.of(
                "certificateId", id, "certificatePem", pem(certificate), "certificateOwnershipToken", TOKEN + id));
    }

    /// The key is always the same: a new one takes a second of this machine.
    private Map<String, Object> keysAndCertificate(String name) throws Exception {
        KeyPair key = madeKey;
        if (key == null) {
            key = KeyPairGenerator.getInstance("RSA").generateKeyPair();
            madeKey = key;
        }
        Map<String, Object> answer = certificate(authority.certify(
                new X500Name("CN=" + name),
                SubjectPublicKeyInfo.getInstance(key.getPublic().getEncoded())));
        answer.put("privateKey", pem(key.getPrivate()));
        return answer;
    }

    private static Map<String, Object> thing(JsonNode request) {
        if (!request.path("certificateOwnershipToken").asText().startsWith(TOKEN)) {
            throw new IllegalArgumentException("no such token");
        }
        String serial = request.at("/parameters/SerialNumber").asText();
        return new TreeMap<>(Map.of("thingName", "thing-" + serial, "deviceConfiguration", Map.of("interval", "60")));
    }

    static String pem(Object thing) throws Exception {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(thing);
        }
        return text.toString();
    }
}
