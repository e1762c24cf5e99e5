using Moss.Ingestion;
using Moss.ServiceDefaults.Hosting;
using Moss.Workspaces;

return await ServiceProcess.RunAsync(
    args,
    site =>
    {
        site.Services.AddWorkspaceReader(new WorkspaceSettings(site.Data.Root));
        site.Services.AddIngestion();
    },
    routes => routes.MapIngestion());
