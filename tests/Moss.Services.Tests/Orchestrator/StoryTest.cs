using Moss.Domain.Evolution;
using Moss.Domain.Tests.Evolution;

namespace Moss.Services.Tests.Orchestrator;

/// <summary>What every test of the saga's table has at hand: a bench shared by all, and an evolution of its own.</summary>
[Collection("saga")]
public abstract class StoryTest(SagaBench bench)
{
    private protected const string Ruled = "evolution.iteration-ruled.v1";
    private protected const string Ended = "evolution.ended.v1";

    private protected SagaBench Bench { get; } = bench;

    private protected EvolutionFacts Facts { get; } = new(Guid.NewGuid());

    private protected EvolutionAnswers Answers => new(Facts);

    private protected Story In(Phase phase, EvolutionStarted? start = null) => new Story(Bench).Given(Facts.UpTo(phase, start));
}

[CollectionDefinition("saga")]
public sealed class SagaCollection : ICollectionFixture<SagaBench>;
