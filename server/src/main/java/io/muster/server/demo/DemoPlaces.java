package io.muster.server.demo;

import java.net.URI;
import java.nio.file.Path;

/// Where things lie, for the lines that a newcomer pastes.
record DemoPlaces(
        Path data, Path keyring, String database, Path metersKey, Path gateToken, Path serverAnchor, URI devices) {

    String inWords() {
        return """
                  data      %s
                  keys      %s   (without them the database names no device)
                  database  %s""".formatted(data, keyring, database);
    }

    /// Lines that onboard a device of one's own, with nothing but openssl and curl.
    String paste(String tenant) {
        return """
                  ID=my-meter-1; SCOPE=%s; SE=$(($(date +%%s) + 3600))
                  GROUP=$(base64 -d < %s | od -An -v -tx1 | tr -d ' \\n')
                  KEY=$(printf %%s "$ID" | openssl dgst -sha256 -mac HMAC -macopt hexkey:$GROUP -binary | od -An -v -tx1 | tr -d ' \\n')
                  SIG=$(printf '%%s\\n%%s' "$SCOPE/registrations/$ID" $SE | openssl dgst -sha256 -mac HMAC -macopt hexkey:$KEY -binary | base64 | sed 's/+/%%2B/g; s,/,%%2F,g; s/=/%%3D/g')
                  curl --cacert %s -X PUT -H 'Content-Type: application/json' \\
                    -H "Authorization: SharedAccessSignature sr=$SCOPE/registrations/$ID&sig=$SIG&se=$SE&skn=" \\
                    -d "{\\"registrationId\\":\\"$ID\\"}" "%s/$SCOPE/registrations/$ID/register?api-version=2019-03-31"; echo
                  ./muster why my-meter-1 --tenant %s --data %s""".formatted(tenant, metersKey, serverAnchor, devices, tenant, data);
    }

    /// Lines that get a certificate for a device of one's own. The token was made for it and works once.
    String pasteEst(String tenant) {
        return """
                  openssl ecparam -name prime256v1 -genkey -noout -out my-gate-1.key
                  openssl req -new -key my-gate-1.key -subj /CN=my-gate-1 -outform DER | openssl base64 > my-gate-1.csr
                  curl --cacert %s -u "my-gate-1:$(cat %s)" -H 'Content-Type: application/pkcs10' --data-binary @my-gate-1.csr \\
                    %s/.well-known/est/%s.gates/simpleenroll | openssl base64 -d -A | openssl pkcs7 -inform DER -print_certs > my-gate-1.pem
                  openssl x509 -in my-gate-1.pem -noout -subject -issuer -dates -serial
                  ./muster cert list --registration-id my-gate-1 --tenant %s --data %s""".formatted(serverAnchor, gateToken, devices, tenant, tenant, data);
    }
}
