using Moss.Cli.Api;

namespace Moss.EndToEnd.Tests.Hosting;

/// <summary>A Moss that a test may ask, whatever it is made of.</summary>
internal interface IRunningMoss
{
    /// <summary>Asks the processes that run now.</summary>
    MossClient Client { get; }
}
