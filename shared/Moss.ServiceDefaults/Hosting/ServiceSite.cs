using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Moss.ServiceDefaults.Hosting;

/// <summary>Where a service settles: it finds the store, artifacts and the bus there, and brings what it alone needs.</summary>
/// <param name="Services">Where to add it.</param>
/// <param name="Configuration">All settings.</param>
/// <param name="Data">The folder of the process.</param>
public sealed record ServiceSite(IServiceCollection Services, IConfiguration Configuration, ProcessFolder Data);
