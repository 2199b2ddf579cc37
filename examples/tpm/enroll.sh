#!/bin/bash
# Enrolls a board by the TPM 2.0 on it: no secret from the factory, two requests to Muster, one certificate.
#   MUSTER=https://muster.example.com:8443 CA=server-ca.pem ID=gate-1 [TENANT=acme] ./enroll.sh
# Needs tpm2-tools, curl, jq, xxd and OpenSSL 3 with tpm2-openssl. Run again, it enrolls the same device again.
set -euo pipefail
: "${MUSTER:?the URL of the device port}" "${CA:?the file with the anchor of the server}" "${ID:?the registration id}"
CA=$(realpath "$CA"); out=$PWD/cert.pem; work=$(mktemp -d); trap 'rm -rf "$work"' EXIT; cd "$work"
export TPM2TOOLS_TCTI=${TPM2TOOLS_TCTI:-device:/dev/tpmrm0}; export TPM2OPENSSL_TCTI=$TPM2TOOLS_TCTI
EK=0x81010001 EK_CERTIFICATE=0x1c00002 AK=0x81010100 KEY=0x81000100   # handles; the first two are the TCG's for RSA

b64() { base64 -w0 "$1"; }
field() { jq -r ".$1" answer.json | base64 -d; }
post() { # sends its input; the answer goes to answer.json
  curl -sS --cacert "$CA" -H 'Content-Type: application/json' --data-binary @- -o answer.json "$MUSTER/enroll"
  jq -e --arg want "$1" '.status == $want' answer.json >/dev/null || { jq . answer.json >&2; exit 1; }
}
keep() { # keeps the key of $1 in the TPM under handle $2, and frees the TPM's few places for keys
  tpm2_evictcontrol -Q -C o -c "$1" "$2"; tpm2_flushcontext -t
}

# Three keys, each made once: the endorsement key proves the chip, the attestation key speaks for the chip, and the
# device key is the one to be certified. None of them ever leaves the TPM.
tpm2_readpublic -Q -c $EK -o ek.pub 2>/dev/null || { tpm2_createek -Q -c $EK -G rsa -u ek.pub; tpm2_flushcontext -t; }
tpm2_readpublic -Q -c $AK -o ak.pub 2>/dev/null || {
  tpm2_createak -Q -C $EK -c ak.ctx -G ecc -g sha256 -s ecdsa; tpm2_flushcontext -t
  keep ak.ctx $AK; tpm2_readpublic -Q -c $AK -o ak.pub; }
tpm2_readpublic -Q -c $KEY -o key.pub 2>/dev/null || {
  tpm2_createprimary -Q -C o -G ecc256 -c srk.ctx; tpm2_flushcontext -t
  tpm2_create -Q -C srk.ctx -G ecc256 -a 'fixedtpm|fixedparent|sensitivedataorigin|userwithauth|sign' -c key.ctx
  tpm2_flushcontext -t; keep key.ctx $KEY; tpm2_readpublic -Q -c $KEY -o key.pub; }
tpm2_nvread -Q -C o $EK_CERTIFICATE -o ek.der 2>/dev/null || : > ek.der    # a board whose TPM has none is enrolled by its EK

# First request: who we are. The answer is a challenge that only this chip can open, and only for this attestation key.
jq -n --arg id "$ID" --arg tenant "${TENANT:-}" --arg ek "$(b64 ek.pub)" --arg der "$(b64 ek.der)" --arg ak "$(b64 ak.pub)" \
  '{registrationId: $id, tenant: ($tenant | select(. != "") // null),
    tpm: {endorsementKey: $ek, endorsementCertificate: ($der | select(. != "") // null), attestationKey: $ak}}' > first.json
post challenge < first.json
{ printf badcc0de00000001 | xxd -r -p; field challenge.credentialBlob; field challenge.encryptedSecret; } > credential
tpm2_startauthsession --policy-session -S session; tpm2_policysecret -Q -S session -c e
tpm2_activatecredential -Q -c $AK -C $EK -i credential -o secret -P session:session; tpm2_flushcontext session

# TPM2_Certify: the attestation key signs that the device key lives beside it, over the server's nonce. tpm2_certify has
# no option for the nonce, so this is the command itself: code, two handles, twice the empty password, nonce, no scheme.
nonce=$(field challenge.nonce | xxd -p | tr -d '\n'); empty=400000090000000000
body=00000148${KEY#0x}${AK#0x}00000012$empty$empty$(printf %04x $((${#nonce} / 2)))${nonce}0010
printf '8002%08x%s' $((6 + ${#body} / 2)) "$body" | xxd -r -p | tpm2_send > certified
[ "$(xxd -p -s6 -l4 certified)" = 00000000 ] || { echo "the TPM does not certify: $(xxd -p certified)" >&2; exit 1; }
length=$((2 + 0x$(xxd -p -s14 -l2 certified))) total=$((0x$(xxd -p -s10 -l4 certified)))
tail -c +15 certified | head -c $length > attestation
tail -c +$((15 + length)) certified | head -c $((total - length)) > signature

# Second request: the same, the answer, and a certificate request signed by the device key.
openssl req -provider tpm2 -provider default -propquery '?provider=tpm2' -new -key handle:$KEY -subj "/CN=$ID" -out csr.pem
jq --slurpfile challenge answer.json --rawfile csr csr.pem --arg secret "$(b64 secret)" --arg key "$(b64 key.pub)" \
  --arg attestation "$(b64 attestation)" --arg signature "$(b64 signature)" '. + {csr: $csr,
    continuation: $challenge[0].continuation, answer: {secret: $secret,
    certifiedKey: {publicArea: $key, attestation: $attestation, signature: $signature}}}' first.json > second.json
post enrolled < second.json
jq -r .certificateChain answer.json > "$out"
jq -r '"enrolled as \(.deviceId), connect to \(.assignment.endpoint)"' answer.json
