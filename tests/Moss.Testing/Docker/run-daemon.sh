# Runs a Docker daemon of its own until standard input closes, which it does however the test process ends; then removes its folder.
# Lines of standard input tell it what to do with the daemon until then: kill (at once, as kill -9), start.
# usage: run-daemon.sh FOLDER
set -eu
folder=$1
cd "$folder"

# Without a bridge of its own and without rules for the packet filter: nothing of the machine's own network is touched.
start() {
  rm -f docker.pid
  dockerd --host "unix://$folder/docker.sock" --data-root "$folder/data" --exec-root "$folder/exec" --pidfile "$folder/docker.pid" \
    --bridge=none --iptables=false --ip6tables=false --ip-masq=false --ip-forward=false --shutdown-timeout=2 >>docker.log 2>&1 </dev/null &
  daemon=$!
}

# A signal to the whole group ends the wait as well, and nothing else.
trap : HUP INT TERM
start
while read -r command; do
  case $command in
    kill) kill -KILL "$daemon" && wait "$daemon" || true ;;
    start) start ;;
  esac
done
kill -TERM "$daemon" 2>/dev/null || true
wait "$daemon" || true
# Bridges of networks that nobody removed outlive the daemon.
for bridge in $(grep -ao 'br-[0-9a-f]\{12\}' data/network/files/local-kv.db 2>/dev/null | sort -u); do ip link delete "$bridge" 2>/dev/null || true; done
cd /
# What a daemon that was killed left running and mounted.
for task in $(cat "$folder"/exec/containerd/daemon/io.containerd.runtime.v2.task/moby/*/init.pid 2>/dev/null); do kill -KILL "$task" 2>/dev/null || true; done
grep -o " $folder/[^ ]*" /proc/mounts | sort -r | while read -r mount; do umount -l "$mount" 2>/dev/null || true; done
rm -rf "$folder" 2>/dev/null || { sleep 1; rm -rf "$folder"; }
