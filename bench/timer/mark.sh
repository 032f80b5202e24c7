# shellcheck shell=sh
# What the time is, and writing it down: for ../run and for what it puts between Pulumi and the programs it starts.

# Sets now: seconds on a clock that nobody sets. Linux counts hundredths without a process being started for it.
tell_time() {
  if [ -r /proc/uptime ]; then
    read -r now _ </proc/uptime
  else
    now=$(perl -MTime::HiRes=clock_gettime,CLOCK_MONOTONIC -e 'printf "%.3f", clock_gettime(CLOCK_MONOTONIC)')
  fi
}

# mark EVENT: adds it to the list of this command's events.
mark() {
  tell_time
  printf '%s %s\n' "$1" "$now" >>"$CHAT_SESSIONS_BENCH_MARKS"
}
