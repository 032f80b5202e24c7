# Shared by the scripts in local/: source it, do not run it. Written for bash 3.2 (macOS) and later.
# shellcheck shell=bash

local_folder=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)

# Lines for people go to standard error, so that standard output stays what a command is asked for.
say() { printf '%-9s %s\n' "$1" "$2" >&2; }

fail() {
    local line
    printf 'error: %s\n' "$1" >&2
    shift
    for line in "$@"; do printf '  %s\n' "$line" >&2; done
    exit 1
}

# usage_error USAGE MESSAGE: for arguments that are not understood.
usage_error() {
    printf 'error: %s\n%s\n' "$2" "$1" >&2
    exit 2
}

# sha256 [FILE...]: as sha256sum, on macOS too.
sha256() {
    if command -v sha256sum >/dev/null 2>&1; then sha256sum "$@"; else shasum -a 256 "$@"; fi
}

# resolved FILE: its absolute path with all symbolic links at the end followed (readlink -f is not everywhere).
resolved() {
    local file=$1 target
    while [ -L "$file" ]; do
        target=$(readlink "$file")
        case $target in
            /*) file=$target ;;
            *) file=$(dirname "$file")/$target ;;
        esac
    done
    printf '%s/%s\n' "$(cd "$(dirname "$file")" && pwd -P)" "$(basename "$file")"
}

# version_at_least FOUND WANTED: compares MAJOR.MINOR.PATCH.
version_at_least() {
    local left=$1.0.0. right=$2.0.0.
    while [ -n "$right" ] && [ -n "$left" ]; do
        if [ "${left%%.*}" -gt "${right%%.*}" ]; then return 0; fi
        if [ "${left%%.*}" -lt "${right%%.*}" ]; then return 1; fi
        left=${left#*.}
        right=${right#*.}
    done
}

# process_start PID: something that no later process of the same number shares; nothing when there is no such process,
# or only what is left of one until its parent asks for it (a zombie).
process_start() {
    local line
    if [ -r "/proc/$1/stat" ]; then
        # The second field, the name, may hold spaces and brackets. After it: the state, and the start time as the 20th.
        line=$(cat "/proc/$1/stat" 2>/dev/null) || return 0
        # shellcheck disable=SC2086
        set -- ${line##*) }
        case $1 in [ZX]) ;; *) printf '%s\n' "${20}" ;; esac
    else
        line=$(LC_ALL=C ps -o stat= -o lstart= -p "$1" 2>/dev/null) || return 0
        # The state may change while the process runs; the rest does not.
        case $line in Z*) ;; *) printf '%s\n' "${line#* }" | tr -s ' ' '_' ;; esac
    fi
}

# process_command PID: its command line.
process_command() {
    if [ -r "/proc/$1/cmdline" ]; then
        tr '\0' ' ' <"/proc/$1/cmdline" 2>/dev/null || true
    else
        ps -ww -o command= -p "$1" 2>/dev/null || true
    fi
}

# port_owner PORT: what listens there, as far as this user may know.
port_owner() {
    local owner=
    if command -v lsof >/dev/null 2>&1; then
        owner=$(lsof -nP -iTCP:"$1" -sTCP:LISTEN -Fpc 2>/dev/null | tr '\n' ' ' | sed -n 's/^p\([0-9]*\) c\([^ ]*\).*/\2, process \1/p') || true
    fi
    if [ -z "$owner" ] && command -v ss >/dev/null 2>&1; then
        owner=$(ss -Hltnp "sport = :$1" 2>/dev/null | sed -n 's/.*users:(("\([^"]*\)",pid=\([0-9]*\).*/\1, process \2/p' | head -n 1) || true
    fi
    printf '%s\n' "${owner:-another process}"
}

# A lock is a symbolic link that names its owner: made in one step, so never without an owner. A lock whose
# owner is gone (killed, machine restarted) is broken by the next in line; "LOCK.breaking" lets one do it at a time.

lock_owner_alive() {
    local pid=${1%%@*} start=${1#*@}
    [ -n "$start" ] && [ "$(process_start "$pid")" = "$start" ]
}

# lock FILE MESSAGE: waits for the lock; says MESSAGE once when it has to. Release it with unlock.
lock() {
    local file=$1 message=$2 owner mine said=
    mine=$$@$(process_start $$)
    mkdir -p "$(dirname "$file")"
    while ! ln -s "$mine" "$file" 2>/dev/null; do
        owner=$(readlink "$file" 2>/dev/null) || continue
        if [ "$owner" = "$mine" ]; then fail "lock taken twice: $file"; fi
        if lock_owner_alive "$owner"; then
            if [ -z "$said" ]; then
                say Waiting "$message (process ${owner%%@*})"
                said=yes
            fi
            sleep 0.3
        elif mkdir "$file.breaking" 2>/dev/null; then
            owner=$(readlink "$file" 2>/dev/null) || owner=
            if [ -n "$owner" ] && ! lock_owner_alive "$owner"; then rm -f "$file"; fi
            rmdir "$file.breaking"
        else
            # Left over from a process killed while it broke a lock.
            find "$file.breaking" -maxdepth 0 -mmin +1 -exec rmdir {} \; 2>/dev/null || true
            sleep 0.3
        fi
    done
}

unlock() {
    local mine
    mine=$$@$(process_start $$)
    if [ "$(readlink "$1" 2>/dev/null || true)" = "$mine" ]; then rm -f "$1"; fi
}

# java_home: the JDK in use, as Maven finds it too.
java_home() {
    local javac
    if [ -n "${JAVA_HOME:-}" ]; then
        printf '%s\n' "$JAVA_HOME"
    elif [ -x /usr/libexec/java_home ]; then
        # On macOS /usr/bin/javac only passes on to the JDK that this names.
        /usr/libexec/java_home 2>/dev/null || true
    elif javac=$(type -P javac); then
        javac=$(resolved "$javac")
        dirname "$(dirname "$javac")"
    fi
}

# java_release: what tells one JDK from another.
java_release() {
    local home
    home=$(java_home)
    printf '%s\n' "$home"
    if [ -r "$home/release" ]; then cat "$home/release"; else java -version 2>&1 || true; fi
}

# require_java: a JDK, 17 or later, and Maven; one message for all that is missing.
require_java() {
    local home major missing=()
    home=$(java_home)
    if [ -z "$home" ] || [ ! -x "$home/bin/javac" ]; then
        missing+=("A JDK, 17 or later (javac is neither on PATH nor in JAVA_HOME).")
    else
        if [ -r "$home/release" ]; then
            major=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$home/release")
        else
            major=$("$home/bin/javac" -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p')
        fi
        if [ "${major:-0}" -lt 17 ]; then missing+=("A JDK, 17 or later ($home is version ${major:-unknown})."); fi
    fi
    if ! type -P mvn >/dev/null; then missing+=("Maven, 3.8 or later (mvn is not on PATH)."); fi
    if [ ${#missing[@]} -gt 0 ]; then fail "This needs more than is installed here:" "${missing[@]}"; fi
}

# data_folder: where everything lives that running local/ leaves behind.
data_folder() {
    local folder=${CHAT_SESSIONS_LOCAL_DATA:-$local_folder/.data}
    if [ -d "$folder" ]; then folder=$(cd "$folder" && pwd -P); fi
    case $folder in
        /*) printf '%s\n' "$folder" ;;
        *) printf '%s/%s\n' "$PWD" "$folder" ;;
    esac
}

# database_process FOLDER [PID]: the process id of the running database with that folder, checked to be that one still:
# the number alone may by now belong to somebody else.
database_process() {
    local folder=$1 pid=${2:-} rest
    if [ -z "$pid" ]; then
        if [ ! -f "$folder/server" ]; then return 1; fi
        read -r pid rest <"$folder/server" || return 1
    fi
    case $(process_command "$pid") in
        *LocalDatabase\ "$folder"\ *) printf '%s\n' "$pid" ;;
        *) return 1 ;;
    esac
}

# database_port FOLDER: the port of the running database with that folder.
database_port() {
    local rest port
    database_process "$1" >/dev/null || return 1
    read -r rest port <"$1/server" || return 1
    printf '%s\n' "$port"
}

# local_environment ENGINE: lets `pulumi` mean that engine with the local stack, and keeps everything else out: the
# user's Pulumi account and settings, AWS credentials, the network.
local_environment() {
    local data variable
    mkdir -p "$(data_folder)/state" "$(data_folder)/pulumi"
    data=$(data_folder)
    for variable in PULUMI_ACCESS_TOKEN PULUMI_API PULUMI_CONFIG_PASSPHRASE_FILE \
        AWS_PROFILE AWS_SESSION_TOKEN AWS_REGION AWS_DEFAULT_REGION AWS_ENDPOINT_URL \
        AWS_ROLE_ARN AWS_WEB_IDENTITY_TOKEN_FILE; do
        unset "$variable"
    done
    export PATH="$1:$PATH"
    export PULUMI_HOME="$data/pulumi"
    export PULUMI_BACKEND_URL="file://$data/state"
    export PULUMI_STACK=local
    export PULUMI_CONFIG_PASSPHRASE=
    export PULUMI_SKIP_UPDATE_CHECK=true
    export PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION=true
    # Stand-ins, and no files in which real ones could be found.
    export AWS_ACCESS_KEY_ID=local
    export AWS_SECRET_ACCESS_KEY=local
    export AWS_CONFIG_FILE=/dev/null
    export AWS_SHARED_CREDENTIALS_FILE=/dev/null
    export AWS_EC2_METADATA_DISABLED=true
}

# ensure_stack: makes the local stack if there is none. After local_environment.
ensure_stack() {
    local state
    state=$(data_folder)/state
    if [ -f "$state/.pulumi/stacks/chat-sessions/local.json" ]; then return; fi
    lock "$state/init.lock" 'another run makes the stack'
    if [ ! -f "$state/.pulumi/stacks/chat-sessions/local.json" ]; then
        if ! (cd "$local_folder" && pulumi stack init local --non-interactive) >"$state/init.log" 2>&1 </dev/null; then
            cat "$state/init.log" >&2
            fail 'The stack could not be made.'
        fi
    fi
    unlock "$state/init.lock"
}

# break_dead_locks: a killed Pulumi leaves the stack locked; the lock tells by which process. After local_environment.
break_dead_locks() {
    local file pid host
    for file in "$(data_folder)"/state/.pulumi/locks/organization/chat-sessions/local/*.json; do
        if [ ! -f "$file" ]; then continue; fi
        pid=$(sed -n 's/.*"pid":\([0-9]*\).*/\1/p' "$file")
        host=$(sed -n 's/.*"hostname":"\([^"]*\)".*/\1/p' "$file")
        if [ -n "$pid" ] && [ "$host" = "$(hostname)" ] && [ -z "$(process_start "$pid")" ]; then
            say Stack "unlocked: process $pid, which was changing it, is gone"
            rm -f "$file" "$file.attrs"
        fi
    done
}
