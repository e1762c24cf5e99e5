using Moss.CodingAgents;
using Moss.Implementation;
using Moss.Records;
using Moss.Sandboxes;
using Moss.ServiceDefaults.Hosting;
using Moss.Workspaces;

return await ServiceProcess.RunAsync(
    args,
    site =>
    {
        site.Services.AddSandboxes(site.Data.In("sandboxes"), site.Configuration);
        site.Services.AddWorkspaceWriter(new WorkspaceSettings(site.Data.Root));
        site.Services.AddSubstrateDirectory();
        site.Services.AddBatchEvidence();
        site.Services.AddAgentSessions(site.Data.In("sessions"), site.Configuration);
        site.Services.AddImplementation();
    },
    routes => routes.MapImplementation());
