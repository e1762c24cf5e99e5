using Moss.EndToEnd.Tests.Hosting;

namespace Moss.EndToEnd.Tests;

/// <summary>Tests that share one running Moss, each with a substrate of its own.</summary>
[CollectionDefinition(Name)]
public sealed class OneMoss : ICollectionFixture<MossBench>
{
    public const string Name = "one Moss";
}
