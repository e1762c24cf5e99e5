using Microsoft.Extensions.DependencyInjection;
using Moss.ModelProxy;
using Moss.Records;
using Moss.Sandboxes;
using Moss.ServiceDefaults.Hosting;
using Moss.Trials;
using Moss.Workspaces;

return await ServiceProcess.RunAsync(
    args,
    site =>
    {
        site.Services.AddSandboxes(site.Data.In("sandboxes"), site.Configuration);
        site.Services.AddWorkspaceReader(new WorkspaceSettings(site.Data.Root));
        site.Services.AddSubstrateDirectory();
        site.Services.Configure<TrialsOptions>(trials => trials.BuiltTrees = site.Data.In("built"));
        site.Services.AddModelProxy(site.Configuration);
        site.Services.AddTrials();
    },
    routes => routes.MapTrials());
