#!/bin/bash
#SBATCH --job-name=lossactors
#SBATCH --ntasks=9
#SBATCH --cpus-per-task=1
#SBATCH --mem-per-cpu=2G
#SBATCH --time=24:00:00
#SBATCH --signal=TERM@120
#
# sbatch docker/slurm.sh EXPERIMENT        a search in the first task, evaluators in the others; the same command again goes on with it.
# With GPUs: add --gpus-per-task=1 and LOSSACTORS_DEVICE=cuda:0.
set -euo pipefail
export LOSSACTORS_EXPERIMENT="${1:-digits}"
export LOSSACTORS_DATA="${LOSSACTORS_DATA:-$PWD/lossactors-data}"
export LOSSACTORS_PROGRAM="${LOSSACTORS_PROGRAM:-dotnet $PWD/app/lossactors.dll}"      # dotnet publish src/LossActors.Cli -c Release -o app
export LOSSACTORS_PORT="${LOSSACTORS_PORT:-4711}"
# The first node's address as all nodes reach it.
export LOSSACTORS_SEARCH="$(srun --nodes=1 --ntasks=1 hostname -i | awk '{ print $1 }')"

srun --kill-on-bad-exit=0 bash -c '
  here=$(hostname -i | awk "{ print \$1 }")
  if [ "$SLURM_PROCID" = 0 ]; then
    where="--host $LOSSACTORS_SEARCH --port $LOSSACTORS_PORT --data-dir $LOSSACTORS_DATA --progress plain"
    if $LOSSACTORS_PROGRAM runs --data-dir "$LOSSACTORS_DATA" | grep -q .
    then $LOSSACTORS_PROGRAM resume $where
    else $LOSSACTORS_PROGRAM run "$LOSSACTORS_EXPERIMENT" --evaluators 0 $where
    fi
    # The run is over or saved: nobody needs the evaluators any more.
    scancel --signal=TERM "$SLURM_JOB_ID.$SLURM_STEP_ID"
  else
    # Until the search listens.
    until (exec 3<>"/dev/tcp/$LOSSACTORS_SEARCH/$LOSSACTORS_PORT") 2>/dev/null; do sleep 2; done
    exec $LOSSACTORS_PROGRAM node --role evaluator --join "$LOSSACTORS_SEARCH:$LOSSACTORS_PORT" --host "$here" --device "${LOSSACTORS_DEVICE:-cpu}"
  fi'
