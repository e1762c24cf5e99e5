# Runs a Docker daemon of its own until standard input closes, which it does however the test process ends; then removes its folder.
# usage: run-daemon.sh FOLDER
set -eu
folder=$1
cd "$folder"

# Without a bridge and without rules for the packet filter: nothing of the machine's own network is touched.
dockerd --host "unix://$folder/docker.sock" --data-root "$folder/data" --exec-root "$folder/exec" --pidfile "$folder/docker.pid" \
  --bridge=none --iptables=false --ip6tables=false --ip-masq=false --ip-forward=false --shutdown-timeout=2 >docker.log 2>&1 </dev/null &
daemon=$!

# A signal to the whole group ends the wait as well, and nothing else.
trap : HUP INT TERM
cat >/dev/null || true
kill -TERM "$daemon" 2>/dev/null || true
wait "$daemon" || true
cd /
# What a daemon that was killed left mounted.
grep -o " $folder/[^ ]*" /proc/mounts | sort -r | while read -r mount; do umount -l "$mount" 2>/dev/null || true; done
rm -rf "$folder" 2>/dev/null || { sleep 1; rm -rf "$folder"; }
