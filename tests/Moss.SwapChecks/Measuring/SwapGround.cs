using Moss.Containers.Engine;
using Moss.SwapChecks.Subjects;

namespace Moss.SwapChecks.Measuring;

/// <summary>Where all swaps of the bench happen.</summary>
/// <param name="Engine">The engine.</param>
/// <param name="Socket">Its socket, for deployers.</param>
/// <param name="Network">The network of all services.</param>
/// <param name="Images">The services' images.</param>
/// <param name="Clock">Tells the time.</param>
internal sealed record SwapGround(EngineClient Engine, string Socket, string Network, SwapImages Images, TimeProvider Clock);
