using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Moss.Testing.Postgres;

/// <summary>
/// A PostgreSQL server for tests: the one that MOSS_TEST_POSTGRES names, or one started from the binaries of the machine in a
/// temporary folder, reached through a unix socket only. It cannot outlive the process that started it.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(20);
    private static int databases;

    private readonly Process? process;
    private readonly string connectionString;

    private PostgresServer(Process? process, string connectionString) => (this.process, this.connectionString) = (process, connectionString);

    /// <summary>Starts a server and waits until it answers.</summary>
    /// <param name="durable">True to sync every commit to the disk; false where only speed matters.</param>
    public static async Task<PostgresServer> StartAsync(bool durable)
    {
        if (Environment.GetEnvironmentVariable("MOSS_TEST_POSTGRES") is { Length: > 0 } given)
        {
            return new PostgresServer(null, given);
        }

        var binaries = PostgresBinaries.Find();
        var folder = Directory.CreateTempSubdirectory("moss-postgres-").FullName;
        var server = new PostgresServer(Launch(folder, binaries, durable), $"Host={folder};Username=moss;Database=postgres");
        await server.AnswersAsync(Path.Combine(folder, "server.log"));
        return server;
    }

    /// <summary>kill -9 of the server and all its children; returns when nobody answers any more.</summary>
    /// <exception cref="InvalidOperationException">The server is another's, named by MOSS_TEST_POSTGRES.</exception>
    public async Task KillAsync()
    {
        await OrderAsync("kill");
        while (await IsUpAsync())
        {
            await Task.Delay(Glance, TimeProvider.System);
        }
    }

    /// <summary>Starts it again with what it kept, and waits until it answers.</summary>
    public async Task RestartAsync()
    {
        await OrderAsync("start");
        var since = Stopwatch.StartNew();
        while (!await IsUpAsync())
        {
            _ = since.Elapsed < Patience ? 0 : throw new InvalidOperationException("PostgreSQL does not start again");
            await Task.Delay(Glance, TimeProvider.System);
        }
    }

    /// <summary>Makes an empty database and returns its connection string.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"moss_test_{Environment.ProcessId}_{Interlocked.Increment(ref databases)}");
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Two numbers.
        command.CommandText = $"drop database if exists {name} with (force)";
        await command.ExecuteNonQueryAsync();
        command.CommandText = $"create database {name}";
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(connectionString) { Database = name }.ConnectionString;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (process is not null)
        {
            process.StandardInput.Close();
            await process.WaitForExitAsync().WaitAsync(Patience);
            process.Dispose();
        }
    }

    private async Task OrderAsync(string order)
    {
        var ours = process ?? throw new InvalidOperationException("a server that MOSS_TEST_POSTGRES names is not killed");
        await ours.StandardInput.WriteLineAsync(order);
        await ours.StandardInput.FlushAsync();
    }

    private async Task<bool> IsUpAsync()
    {
        try
        {
            await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
            await connection.OpenAsync();
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private static Process Launch(string folder, string binaries, bool durable)
    {
        var start = new ProcessStartInfo("/bin/sh")
        {
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "Postgres", "run-server.sh"), folder, binaries, durable ? "on" : "off" },
            RedirectStandardInput = true,
        };
        start.Environment.Clear();
        start.Environment.Add("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        start.Environment.Add("LC_ALL", "C");
        start.Environment.Add("TZ", "UTC");
        return Process.Start(start)!;
    }

    private async Task AnswersAsync(string log)
    {
        var since = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection(connectionString);
                await connection.OpenAsync();
                return;
            }
            catch (NpgsqlException) when (since.Elapsed < Patience && !process!.HasExited)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
            }
            catch (NpgsqlException broken)
            {
                var said = File.Exists(log) ? await File.ReadAllTextAsync(log) : "(no log)";
                await DisposeAsync();
                throw new InvalidOperationException($"PostgreSQL does not start:\n{said}", broken);
            }
        }
    }
}
