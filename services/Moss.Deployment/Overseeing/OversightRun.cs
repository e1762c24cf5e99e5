using Moss.Domain.Oversight;
using Moss.Domain.Promotion;

namespace Moss.Deployment.Overseeing;

/// <summary>The two journals that oversight writes to. They belong to whoever holds the substrate's lock.</summary>
/// <param name="Substrate">Whose.</param>
/// <param name="Oversight">The stream of what people decided.</param>
/// <param name="Deployment">The substrate's stream.</param>
internal sealed record OversightRun(
    string Substrate, Journal<OversightState, OversightEvent> Oversight, Journal<DeploymentState, DeploymentEvent> Deployment);
