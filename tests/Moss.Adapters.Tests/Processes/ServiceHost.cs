using Moss.Processes;

namespace Moss.Adapters.Tests.Processes;

/// <summary>Stands for a Moss that is killed right after it has started a service.</summary>
internal static class ServiceHost
{
    public static async Task<int> RunAsync(string folder, string mark)
    {
        var processes = new DetachedProcesses(ProcessLauncher.Shared, TimeProvider.System);
        var service = await processes.StartAsync(DetachedProcessesTests.Service(folder, mark, "echo yes > begun; exec sleep 1000"));
        await processes.EndOfAsync(((DetachedStart.Started)service).Identity, CancellationToken.None);
        return 0;
    }
}
