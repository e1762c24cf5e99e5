# Runs a Docker daemon of its own until standard input closes, which it does however the test process ends; then removes its folder.
# Lines of standard input tell it what to do with the daemon until then: kill (at once, as kill -9), start.
# usage: run-daemon.sh FOLDER [networks] [live-restore] [disk=SIZE]
set -eu
folder=$1
shift
# Without a bridge of its own and without rules for the packet filter nothing of the machine's own network is touched. Containers that
# speak to each other, or whose ports are published, need the rules; the daemon's chains stay behind, empty.
network='--iptables=false --ip6tables=false --ip-masq=false --ip-forward=false'
restore=
for option; do
  case $option in
    networks) network= ;;
    live-restore) restore=--live-restore ;;
    # What cannot be mounted cannot be tested: the daemon is not started.
    disk=*) mkdir "$folder/data" && mount -t tmpfs -o "size=${option#disk=},mode=711" tmpfs "$folder/data" ;;
  esac
done
cd "$folder"

start_daemon() {
  # A daemon that was killed takes its own containerd with it, but not at once.
  while [ -d "/proc/$(cat exec/containerd/containerd.pid 2>/dev/null || echo none)" ]; do sleep 0.05; done
  rm -f docker.pid
  dockerd --host "unix://$folder/docker.sock" --data-root "$folder/data" --exec-root "$folder/exec" --pidfile "$folder/docker.pid" \
    --bridge=none $network $restore --shutdown-timeout=2 >>docker.log 2>&1 </dev/null &
  daemon=$!
}

# A signal to the whole group ends the wait as well, and nothing else.
trap : HUP INT TERM
start_daemon
while read -r command; do
  case $command in
    kill) kill -KILL "$daemon" 2>/dev/null || true; wait "$daemon" 2>/dev/null || true ;;
    start) start_daemon ;;
  esac
done
kill -TERM "$daemon" 2>/dev/null || true
wait "$daemon" || true
# Bridges of networks that nobody removed outlive the daemon.
for bridge in $(grep -ao 'br-[0-9a-f]\{12\}' data/network/files/local-kv.db 2>/dev/null | sort -u); do ip link delete "$bridge" 2>/dev/null || true; done
cd /
# What a daemon that was killed left running: beside each container a process that names this folder, its parent. Numbers that were
# written down once may be another program's by now.
for shim in $(grep -las -- "$folder/exec" /proc/[0-9]*/cmdline | cut -d/ -f3); do
  kill -KILL $(cat "/proc/$shim/task/"*/children 2>/dev/null || true) "$shim" 2>/dev/null || true
done
# And mounted.
grep -o " $folder/[^ ]*" /proc/mounts | sort -r | while read -r mount; do umount -l "$mount" 2>/dev/null || true; done
rm -rf "$folder" 2>/dev/null || { sleep 1; rm -rf "$folder"; }
