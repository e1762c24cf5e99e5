using Moss.Domain.Promotion;
using Moss.Services.Tests.Deployment.Containers;

namespace Moss.Services.Tests.Deployment.Swapping;

/// <summary>The engine is killed, and what it runs ends with it; it starts again what its own rules say, and Moss the rest, never two.</summary>
[Trait("Duration", "long")]
public sealed class SwapEngineDeathTests(DockerUnderTest docker) : IClassFixture<DockerUnderTest>
{
    private readonly EngineDeath death = new(docker);

    [Theory]
    [InlineData("always")]
    [InlineData("unless-stopped")]
    public Task What_was_replaced_stays_stopped_and_what_serves_serves_again(string policy) => death.AfterSwapAsync(policy);

    [Theory]
    [InlineData(nameof(PromotionPlanned), "always")]
    [InlineData(nameof(CandidateMade), "unless-stopped")]
    [InlineData(nameof(PreviousStopRequested), "always")]
    [InlineData(nameof(PreviousStopped), "always")]
    [InlineData("StartRequested Candidate", "unless-stopped")]
    [InlineData("Started Candidate", "always")]
    [InlineData("Probed Candidate", "unless-stopped")]
    [InlineData(nameof(CandidateAccepted), "always")]
    [InlineData("ServingRecorded Candidate", "unless-stopped")]
    public Task A_swap_during_which_it_died_goes_on_when_it_is_back(string moment, string policy) => death.DuringAsync("better", moment, policy);

    [Theory]
    [InlineData(nameof(RollbackDecided), "always")]
    [InlineData(nameof(CandidateStopped), "unless-stopped")]
    [InlineData("StartRequested Fallback", "always")]
    [InlineData("Started Fallback", "unless-stopped")]
    public Task A_rollback_during_which_it_died_goes_on_when_it_is_back(string moment, string policy) => death.DuringAsync("boot", moment, policy);
}

/// <summary>The same where containers outlive the engine.</summary>
[Trait("Duration", "long")]
public sealed class LiveRestoreTests(LiveRestoreTests.Engine docker) : IClassFixture<LiveRestoreTests.Engine>
{
    private readonly EngineDeath death = new(docker);

    [Theory]
    [InlineData("always")]
    [InlineData("unless-stopped")]
    public Task What_was_replaced_stays_stopped_and_what_serves_serves_on(string policy) => death.AfterSwapAsync(policy);

    [Theory]
    [InlineData("better", nameof(CandidateMade), "always")]
    [InlineData("better", nameof(PreviousStopped), "unless-stopped")]
    [InlineData("better", "Started Candidate", "always")]
    [InlineData("better", nameof(CandidateAccepted), "unless-stopped")]
    [InlineData("boot", nameof(RollbackDecided), "always")]
    public Task A_swap_during_which_it_died_goes_on_when_it_is_back(string behaviour, string moment, string policy) => death.DuringAsync(behaviour, moment, policy);

    /// <summary>Its daemon.</summary>
    public sealed class Engine : DockerUnderTest
    {
        private protected override Task<Moss.Testing.Docker.DockerServer> StartAsync() => Moss.Testing.Docker.DockerServer.StartAsync(liveRestore: true);
    }
}
