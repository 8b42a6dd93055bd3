#!/bin/bash
# One of several search nodes that share a run: search.sh SELF NODE…, all by names or addresses that the others reach.
# Joins whoever of the others is there; where nobody is, the first node goes on with the latest run of the database or begins one, and the others wait for it.
#   LOSSACTORS_EXPERIMENT   what the first node begins with; default: digits
#   LOSSACTORS_DATABASE_FILE or LOSSACTORS_DATABASE   the PostgreSQL database; the same for all
#   LOSSACTORS_PORT, LOSSACTORS_DATA, LOSSACTORS_PROGRAM, LOSSACTORS_PATIENCE   default: 4711, /data, the image's program, 120 seconds
set -euo pipefail
self=$1
shift
first=$1
port=${LOSSACTORS_PORT:-4711}
data=${LOSSACTORS_DATA:-/data}
program=${LOSSACTORS_PROGRAM:-dotnet /app/lossactors.dll}
here="--host $self --port $port --data-dir $data --progress plain"

others=()
for node in "$@"; do
  if [ "$node" != "$self" ]; then others+=("$node"); fi
done

answers() { timeout 2 bash -c "exec 3<>/dev/tcp/$1/$port" 2>/dev/null; }

until_when=$((SECONDS + ${LOSSACTORS_PATIENCE:-120}))
while :; do
  for node in "${others[@]}"; do
    if answers "$node"; then
      exec $program node --role search --join "$(printf "%s:$port," "${others[@]}" | sed 's/,$//')" $here
    fi
  done
  if [ "$self" = "$first" ]; then break; fi
  # Whoever restarts this one decides how long that goes on.
  if [ $SECONDS -ge $until_when ]; then echo "$self: no other search node answers" >&2; exit 1; fi
  sleep 2
done

if $program runs --data-dir "$data" | grep -q .; then
  exec $program resume $here
fi
exec $program run "${LOSSACTORS_EXPERIMENT:-digits}" --evaluators 0 $here
