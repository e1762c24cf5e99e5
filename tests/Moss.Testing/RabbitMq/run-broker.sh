# Runs a RabbitMQ broker until standard input closes, which it does however the test process ends.
# usage: run-broker.sh FOLDER; everything else is in the environment.
set -eu
folder=$1

# A name server of its own: the machine's one would outlive the test.
epmd -port "$ERL_EPMD_PORT" -address 127.0.0.1 >/dev/null 2>&1 </dev/null &
names=$!
# In a group of its own, so that all of it can be killed.
setsid /usr/lib/rabbitmq/bin/rabbitmq-server >>"$folder/server.log" 2>&1 </dev/null &
server=$!

# A signal to the whole group ends the wait as well, and nothing else.
trap : HUP INT TERM
cat >/dev/null || true
kill -KILL "-$server" 2>/dev/null || true
wait "$server" || true
kill "$names" 2>/dev/null || true
