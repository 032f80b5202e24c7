# shellcheck shell=bash disable=SC2154  # part of ../run, whose variables and functions it uses
# Runs commands, writes down what they took, and describes the machine.

# in_background COMMAND...: waits for it so that an interrupt is answered at once; what it prints is shown.
in_background() {
    "$@" </dev/null &
    child=$!
    wait "$child"
    child=''
}

# quietly FOLDER COMMAND...: whether it succeeds; what it prints is kept.
quietly() {
    local folder=$1 status=0
    shift
    (cd "$folder" && exec "$@") >"$work/output" 2>&1 </dev/null &
    child=$!
    wait "$child" || status=$?
    child=''
    return "$status"
}

# in_folder FOLDER COMMAND...: what it prints is only shown when it fails.
in_folder() {
    if ! quietly "$@"; then
        tail -n 60 "$work/output" >&2
        shift
        fail "It failed: $*" 'The last lines of what it said are above.'
    fi
}

# launched LAUNCH COMMAND...
launched() {
    if [ "$1" = stock ]; then export CHAT_SESSIONS_LAUNCH=stock; else unset CHAT_SESSIONS_LAUNCH; fi
    shift
    "$@"
    unset CHAT_SESSIONS_LAUNCH
}

# pulumi_with LAUNCH ARGUMENT...
pulumi_with() {
    local launch=$1
    shift
    launched "$launch" in_folder "$work/$launch/local" pulumi "$@"
}

destroy() { pulumi_with fast destroy --yes --skip-preview; }

# deploy_anew: so that there is something to preview, and the launcher has its class-data archive.
deploy_anew() {
    pulumi_with fast up --yes --skip-preview
    wait_for_archive
}

# local_up LAUNCH: on data of its own.
local_up() {
    # The first time any port, later the one it had then.
    if [ ! -f "$work/up-data/database/port" ]; then export DYNAMODB_LOCAL_PORT=0; fi
    CHAT_SESSIONS_LOCAL_DATA=$work/up-data launched "$1" in_folder "$work/project" ./local/up
    unset DYNAMODB_LOCAL_PORT
}

stop_database() { CHAT_SESSIONS_LOCAL_DATA=$work/up-data in_folder "$work/project" ./local/down; }

# turns RUN: who goes first changes from run to run.
turns() { if [ $(($1 % 2)) -eq 1 ]; then echo stock fast; else echo fast stock; fi; }

# measure NAME LAUNCH STORES COMMAND...: runs it and writes down how long it took, in all and by part.
measure() {
    local name=$1 launch=$2 stores=$3 begin
    shift 3
    : >"$CHAT_SESSIONS_BENCH_MARKS"
    tell_time
    begin=$now
    "$@"
    tell_time
    # Each part ends where the next begins: the plugin is started by the program's first request for it.
    awk -v begin="$begin" -v end="$now" -v prefix="$name $launch $stores $run" '
        !($1 in at) { at[$1] = $2 }
        function part(name, seconds) {
            if (seconds < 0) { print "the order of events is not as expected" >"/dev/stderr"; exit 1 }
            printf "%s %s %.3f\n", prefix, name, seconds
        }
        END {
            part("total", end - begin)
            if (!("run-begins" in at)) exit
            if (!("discovery-ends" in at) || !("plugin-ready" in at) || !("run-ends" in at)) {
                print "an event is missing" >"/dev/stderr"; exit 1
            }
            part("engine", at["discovery-begins"] - begin + at["run-begins"] - at["discovery-ends"] + end - at["run-ends"])
            part("discovery", at["discovery-ends"] - at["discovery-begins"])
            part("program", at["plugin-begins"] - at["run-begins"])
            part("plugin", at["plugin-ready"] - at["plugin-begins"])
            part("resources", at["run-ends"] - at["plugin-ready"])
        }' "$CHAT_SESSIONS_BENCH_MARKS" >"$work/time" || fail "What $name with $launch took cannot be told apart."
    case $name in
        preview | changed | up | fresh)
            if [ "$(wc -l <"$work/time")" -ne 6 ]; then fail "The timer did not see Pulumi's calls in $name with $launch."; fi
            ;;
    esac
    cat "$work/time" >>"$work/times"
    say Measured "$(awk -v name="$name" -v launch="$launch" -v stores="$stores" -v run="$run" \
        '$5 == "total" { printf "%-9s %-9s stores %-2s run %d: %6.2f s", name, launch, stores, run, $6; exit }' "$work/time")"
}

# prepare_terraform: whether there is a Terraform that has its AWS provider; says so when not.
prepare_terraform() {
    if ! type -P terraform >/dev/null; then
        say Terraform 'is not on PATH: left out'
        return 1
    fi
    mkdir -p "$work/terraform"
    cp "$here/terraform/main.tf" "$work/terraform/"
    export CHECKPOINT_DISABLE=1 TF_IN_AUTOMATION=1 TF_REGISTRY_DISCOVERY_RETRY=0 TF_REGISTRY_CLIENT_TIMEOUT=10
    if ! quietly "$work/terraform" terraform init -input=false -no-color; then
        say Terraform 'cannot get its AWS provider here: left out'
        return 1
    fi
    say Terraform "$(cd "$work/terraform" && terraform version | tr '\n' ' ')"
}

load_average() { uptime | sed 's/.*load averages\{0,1\}: *\([0-9.,]*[0-9]\).*/\1/; s/,$//; s/,/./'; }

cores() { getconf _NPROCESSORS_ONLN; }

describe_machine() {
    local memory processor=''
    if [ -r /proc/meminfo ]; then
        memory=$(awk '/^MemTotal:/ { printf "%.0f", $2 / 1024 / 1024 }' /proc/meminfo)
        processor=$(sed -n 's/^model name[^:]*: *//p' /proc/cpuinfo | head -n 1)
    else
        memory=$(($(sysctl -n hw.memsize) / 1024 / 1024 / 1024))
        processor=$(sysctl -n machdep.cpu.brand_string)
    fi
    printf '%s cores (%s), %s GB of memory, %s; load average before: %s\n' \
        "$(cores)" "${processor:-$(uname -m)}" "$memory" "$(uname -s)" "$(load_average)"
}

# describe_versions: after local_environment.
describe_versions() {
    printf 'Pulumi %s, JDK %s, Maven %s\n' "$(pulumi version | sed 's/^v//')" \
        "$(sed -n 's/^JAVA_VERSION="\(.*\)"/\1/p' "$(java_home)/release")" \
        "$(mvn -B -Dstyle.color=never -v 2>/dev/null | sed -n 's/.*Apache Maven \([0-9.]*\).*/\1/p')"
}

warn_if_busy() {
    if awk -v load="$(load_average)" -v cores="$(cores)" 'BEGIN { exit !(load > cores / 2) }'; then
        say Machine 'is busy with something else: times are longer than they should be, ratios less certain'
    fi
}
