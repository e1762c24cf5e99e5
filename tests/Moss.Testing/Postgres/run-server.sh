# Runs a PostgreSQL server until standard input closes, which it does however the test process ends; then removes its folder.
# On the line "kill" the server and all its children are killed at once, on "start" it starts again.
# usage: run-server.sh FOLDER BINARIES FSYNC
set -eu
folder=$1 binaries=$2 fsync=$3

# PostgreSQL refuses to run as root.
as=
if [ "$(id -u)" = 0 ]; then
  user=postgres
  id "$user" >/dev/null 2>&1 || user=nobody
  chown "$user" "$folder"
  as="setpriv --reuid=$(id -u "$user") --regid=$(id -g "$user") --clear-groups --"
fi

cd "$folder"
$as "$binaries/initdb" -D data -U moss -A trust -E UTF8 --locale=C --no-sync >server.log 2>&1
serve() {
  $as "$binaries/postgres" -D data -k "$folder" -c listen_addresses= -c fsync="$fsync" -c full_page_writes="$fsync" \
    -c max_connections=200 >>server.log 2>&1 </dev/null &
  server=$!
}
serve

# A signal to the whole group ends the wait as well, and nothing else.
trap : HUP INT TERM
while read -r order; do
  case $order in
    kill) children=$(cat "/proc/$server/task/$server/children" 2>/dev/null || true)
      kill -KILL "$server" $children 2>/dev/null || true
      wait "$server" || true ;;
    start) serve ;;
  esac
done
kill -QUIT "$server" 2>/dev/null || true
wait "$server" || true
cd /
# The last children may still be writing when their parent is gone.
rm -rf "$folder" 2>/dev/null || { sleep 1; rm -rf "$folder"; }
