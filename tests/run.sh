#!/usr/bin/env bash
# Builds everything and runs every test, the browser's included. Ends with the line "N passed, N failed[, N skipped]".
# What the tests need of Debian (Chromium, PostgreSQL) is installed when it is missing and this is Debian and root.
set -u
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 NUGET_XMLDOC_MODE=skip

finish() { # passed failed skipped
  echo "$1 passed, $2 failed, $3 skipped"
  [ "$2" -eq 0 ] && [ "$1" -gt 0 ]
  exit $?
}

install_missing() {
  local missing=()
  [ -x /usr/bin/chromium ] || missing+=(chromium)
  ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing+=(postgresql)
  [ ${#missing[@]} -eq 0 ] && return
  if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    echo "Missing and not installable here: ${missing[*]}; the tests that need them are skipped, each with its reason."
    return
  fi
  echo "Installing ${missing[*]}"
  apt-get update -qq >/dev/null 2>&1
  # The server that the package would start is not wanted: the tests start their own.
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null 2>&1 \
    || echo "apt-get could not install ${missing[*]}; the tests that need them are skipped, each with its reason."
}

install_missing

log=$(mktemp -d)
trap 'rm -rf "$log"' EXIT
if ! dotnet build ControlPlane.sln -v q -p:RestoreLockedMode=true >"$log/build" 2>&1; then
  grep -E "error|warning" "$log/build" | sort -u | head -50
  echo "The build failed."
  finish 0 1 0
fi
echo "Built in $SECONDS s"

passed=0; failed=0; skipped=0
for project in tests/*.Tests/; do
  name=$(basename "$project")
  began=$SECONDS
  dotnet test "$project" --no-build --nologo --logger "console;verbosity=normal" >"$log/$name" 2>&1
  code=$?
  p=$(sed -nE 's/^ +Passed: ([0-9]+).*/\1/p' "$log/$name" | tail -n 1)
  f=$(sed -nE 's/^ +Failed: ([0-9]+).*/\1/p' "$log/$name" | tail -n 1)
  s=$(sed -nE 's/^ +Skipped: ([0-9]+).*/\1/p' "$log/$name" | tail -n 1)
  p=${p:-0}; f=${f:-0}; s=${s:-0}
  if [ "$code" -ne 0 ] && [ "$f" -eq 0 ]; then f=1; tail -n 40 "$log/$name"; fi
  if [ "$f" -ne 0 ]; then grep -vE '^ +Passed ' "$log/$name" | tail -n 200; fi
  grep -A 2 -E '^ +Skipped ' "$log/$name" | grep -vE '^--$'
  echo "$name: $p passed, $f failed, $s skipped in $((SECONDS - began)) s"
  passed=$((passed + p)); failed=$((failed + f)); skipped=$((skipped + s))
done
finish "$passed" "$failed" "$skipped"
