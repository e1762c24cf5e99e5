using Moss.Orchestrator;
using Moss.ServiceDefaults.Hosting;

return await ServiceProcess.RunAsync(
    args,
    site =>
    {
        site.Services.AddOrchestrator();
        site.Services.AddVerdictPublisher();
    },
    routes => routes.MapOrchestrator());
