#!/bin/bash
# Prints the password of a device at the hub: a shared access signature, made with its symmetric key.
#   KEY=base64 ./token.sh TENANT/devices/DEVICE [SECONDS]                                   plain MQTT
#   KEY=base64 ./token.sh HOST/devices/DEVICE [SECONDS]                                     as Azure's SDKs have it
#   GROUP_KEY=base64 REGISTRATION_ID=meter-1 ./token.sh TENANT/devices/DEVICE [SECONDS]     a device of a group
# Needs OpenSSL. It lives SECONDS, an hour if nothing is said; the connection ends with it.
set -euo pipefail
resource=${1:?what it is for, such as acme/devices/meter-1} seconds=${2:-3600}

hmac() { # of its input, with the key $1 in base64
  openssl dgst -sha256 -mac HMAC -macopt "hexkey:$(base64 -d <<<"$1" | od -An -v -tx1 | tr -d ' \n')" -binary | base64 -w0
}
encoded() { sed 's/%/%25/g; s/+/%2B/g; s#/#%2F#g; s/=/%3D/g; s/:/%3A/g'; }

key=${KEY:-$(printf %s "${REGISTRATION_ID:?the registration id}" | hmac "${GROUP_KEY:?KEY, or GROUP_KEY}")}
sr=$(printf %s "$resource" | encoded) se=$(($(date +%s) + seconds))
sig=$(printf '%s\n%s' "$sr" "$se" | hmac "$key" | encoded)
printf 'SharedAccessSignature sr=%s&sig=%s&se=%s\n' "$sr" "$sig" "$se"
