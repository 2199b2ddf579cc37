#!/bin/bash
# A board whose TPM is played by swtpm, for a look at TPM enrollment without hardware.
#   ./simulated-board.sh maker DIR      founds a maker of TPMs in DIR; DIR/manufacturers.pem is what an enrollment trusts
#   MUSTER=https://localhost:8443 CA=server-ca.pem ID=board-1 [TENANT=acme] ./simulated-board.sh enroll DIR
#                                       lets that maker make a TPM, and enrolls the board; its chip stays in DIR/$ID
# Needs swtpm and swtpm-tools, and what enroll.sh needs. Nothing of the system is touched.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd -P)
[ $# = 2 ] || { sed -n 's/^# \{0,1\}//; 2,6p' "$0" >&2; exit 2; }
mkdir -p "$2"; maker=$(cd "$2" && pwd -P)

manufacture() { # makes a TPM in folder $1, with certificates of its endorsement keys
  mkdir -p "$1"
  swtpm_setup --tpm2 --tpmstate "$1" --create-ek-cert --lock-nvram --vmid "$(basename "$1")" \
    --config "$maker/setup.conf" > "$1/setup.log" 2>&1 || { cat "$1/setup.log" >&2; exit 1; }
}

found() { # writes down how the maker works, and lets it make a first chip, with which it makes its authorities
  mkdir -p "$maker/authority"
  printf '%s\n' "statedir = $maker/authority" "signingkey = $maker/authority/key.pem" \
    "issuercert = $maker/authority/issuer.pem" "certserial = $maker/authority/serial" > "$maker/authority.conf"
  printf '%s\n' '--platform-manufacturer Simulated' '--platform-version 1.0' '--platform-model Board' > "$maker/options"
  printf '%s\n' 'create_certs_tool = swtpm_localca' "create_certs_tool_config = $maker/authority.conf" \
    "create_certs_tool_options = $maker/options" > "$maker/setup.conf"
  manufacture "$maker/first-chip"
  cat "$maker/authority/swtpm-localca-rootca-cert.pem" "$maker/authority/issuer.pem" > "$maker/manufacturers.pem"
}

power_up() { # starts the chip of folder $1 and waits until it listens
  sockets=$(mktemp -d)
  swtpm socket --tpm2 --tpmstate dir="$1" --server type=unixio,path="$sockets/tpm" \
    --ctrl type=unixio,path="$sockets/tpm.ctrl" --flags not-need-init,startup-clear > "$1/chip.log" 2>&1 & chip=$!
  trap 'kill $chip 2> /dev/null; wait $chip 2> /dev/null; rm -rf "$sockets"' EXIT
  for _ in $(seq 100); do [ -S "$sockets/tpm" ] && return; sleep 0.05; done
  echo "swtpm does not start" >&2; exit 1
}

case $1 in
  maker) found ;;
  enroll)
    [ -e "$maker/setup.conf" ] || { echo "there is no maker in $maker: $0 maker $maker" >&2; exit 1; }
    board=$maker/${ID:?the registration id}
    [ -e "$board/tpm2-00.permall" ] || manufacture "$board"
    power_up "$board"
    CA=$(realpath "${CA:?the file with the anchor of the server}")
    export CA TPM2TOOLS_TCTI=swtpm:path=$sockets/tpm
    cd "$board" && "$here/enroll.sh" ;;
  *) echo "there is no command $1" >&2; exit 2 ;;
esac
