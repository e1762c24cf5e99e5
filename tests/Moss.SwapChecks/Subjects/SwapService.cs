using System.Collections.Immutable;

namespace Moss.SwapChecks.Subjects;

/// <summary>A service of Debian that is swapped: how its two versions run, what its state is and how it is told.</summary>
/// <param name="Name">Also the substrate's.</param>
/// <param name="OldRelease">The release of Debian with the version that runs.</param>
/// <param name="NewRelease">The one with the version to come.</param>
/// <param name="Port">Where it serves.</param>
/// <param name="State">The folder of its volume.</param>
internal sealed record SwapService(string Name, string OldRelease, string NewRelease, int Port, string State)
{
    /// <summary>Shell that runs it in the foreground; PORT is where it serves.</summary>
    public required string Run { get; init; }

    /// <summary>Shell that takes its state to the new version's format, and then returns.</summary>
    public required string Migrate { get; init; }

    /// <summary>Shell that writes a state.</summary>
    public required string Fill { get; init; }

    /// <summary>Shell that tells the state.</summary>
    public required string Tell { get; init; }

    /// <summary>How long a start may take.</summary>
    public int WindowSeconds { get; init; } = 20;

    /// <summary>All that the bench knows.</summary>
    public static ImmutableArray<SwapService> All { get; } =
    [
        new("redis", "bookworm", "trixie", 6379, "/data")
        {
            Run = "exec redis-server --dir /data --appendonly yes --appendfsync always --bind 0.0.0.0 --protected-mode no --port $PORT",
            Migrate = """
                redis-server --dir /data --appendonly yes --port 6399 --daemonize yes --logfile /tmp/log
                until redis-cli -p 6399 set migrated yes | grep -q OK; do sleep 0.1; done
                redis-cli -p 6399 bgrewriteaof; sleep 1; redis-cli -p 6399 shutdown
                """,
            Fill = "for i in $(seq 1 200); do echo set key:$i value-$i; done | redis-cli >/dev/null",
            Tell = "for i in $(seq 1 200); do echo get key:$i; done | redis-cli; redis-cli dbsize",
        },
        new("nginx", "bookworm", "trixie", 8080, "/srv/www")
        {
            Run = """
                mkdir -p /tmp/nginx
                printf 'daemon off; pid /tmp/nginx/pid; error_log stderr; events {} http { access_log off; client_body_temp_path /tmp/nginx/a; proxy_temp_path /tmp/nginx/b; fastcgi_temp_path /tmp/nginx/c; uwsgi_temp_path /tmp/nginx/d; scgi_temp_path /tmp/nginx/e; server { listen %s; root /srv/www; } }' $PORT >/tmp/nginx/conf
                exec nginx -c /tmp/nginx/conf
                """,
            Migrate = "for i in $(seq 1 200); do mv /srv/www/page-$i /srv/www/page-$i.v2; done",
            Fill = "for i in $(seq 1 200); do echo page $i >/srv/www/page-$i; done",
            Tell = "cat /srv/www/page-*; ls /srv/www",
        },
        new("rabbitmq", "bullseye", "bookworm", 5672, "/var/lib/rabbitmq")
        {
            Run = """
                export ERL_FLAGS='+sbwt none +sbwtdcpu none +sbwtdio none'
                export HOME=/var/lib/rabbitmq LANG=C.UTF-8 RABBITMQ_LOGS=- RABBITMQ_NODE_PORT=$PORT RABBITMQ_PID_FILE=/tmp/pid PATH=/usr/lib/rabbitmq/bin:$PATH
                [ -f /var/lib/rabbitmq/.erlang.cookie ] || { echo COOKIECOOKIECOOKIE >/var/lib/rabbitmq/.erlang.cookie; chmod 400 /var/lib/rabbitmq/.erlang.cookie; }
                mkdir -p /tmp/log; export RABBITMQ_LOG_BASE=/tmp/log
                chown -R rabbitmq: /var/lib/rabbitmq /tmp/log
                exec setpriv --reuid rabbitmq --regid rabbitmq --clear-groups rabbitmq-server
                """,
            Migrate = """
                export PORT=5699; (start) & until ctl eval 'rabbit_feature_flags:enable_all().' >/dev/null 2>&1; do sleep 0.5; done
                ctl add_user migrated secret; ctl stop; sleep 1
                """,
            Fill = """
                ctl eval '
                  rabbit_auth_backend_internal:add_user(<<"kept">>, <<"secret">>, <<"bench">>), rabbit_vhost:add(<<"shelf">>, <<"bench">>),
                  rabbit_auth_backend_internal:set_permissions(<<"kept">>, <<"shelf">>, <<".*">>, <<".*">>, <<".*">>, <<"bench">>),
                  rabbit_policy:set(<<"shelf">>, <<"rule">>, <<"^other">>, [{<<"max-length">>, 7}], 0, <<"all">>, <<"bench">>),
                  rabbit_amqqueue:declare(rabbit_misc:r(<<"shelf">>, queue, <<"box">>), true, false, [], none, <<"bench">>),
                  [rabbit_basic:publish(rabbit_misc:r(<<"shelf">>, exchange, <<>>), <<"box">>, rabbit_basic:properties([{delivery_mode, 2}]), <<"message">>) || _ <- lists:seq(1, 50)].' >/dev/null
                """,
            Tell = """
                ctl eval '
                  {ok, Box} = rabbit_amqqueue:lookup(rabbit_misc:r(<<"shelf">>, queue, <<"box">>)),
                  {lists:sort(rabbit_auth_backend_internal:list_users()), lists:sort(rabbit_vhost:list_names()),
                   rabbit_auth_backend_internal:list_vhost_permissions(<<"shelf">>), rabbit_policy:list(<<"shelf">>), rabbit_amqqueue:info(Box, [messages])}.'
                """,
            WindowSeconds = 60,
        },
    ];
}
