using Moss.Deployment;
using Moss.Records;
using Moss.ServiceDefaults.Hosting;
using Moss.Workspaces;

return await ServiceProcess.RunAsync(
    args,
    site =>
    {
        site.Services.AddWorkspaceWriter(new WorkspaceSettings(site.Data.Root));
        site.Services.AddStableBranch();
        site.Services.AddSubstrateDirectory();
        site.Services.AddDeployment(deployment => deployment.Folder = site.Data.In("deployments"));
        site.Services.AddWatching();
        site.Services.AddRecordKeeping();
    },
    routes => routes.MapDeployment());
