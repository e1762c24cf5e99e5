using Moss.Substrates;

namespace Moss.Adapters.Tests.Substrates;

/// <summary>Shortcuts into a <see cref="SubstrateReading"/>.</summary>
internal static class Readings
{
    public const string Minimal = "name: desk\ntrial: { command: [run] }\n";

    public static SubstrateReading.Declared Declared(string yaml) => SubstrateReader.Read(yaml) switch
    {
        SubstrateReading.Declared declared => declared,
        var invalid => throw new ShouldAssertException(string.Join('\n', ((SubstrateReading.Invalid)invalid).Problems)),
    };

    public static IReadOnlyList<SubstrateProblem> Problems(string yaml) => SubstrateReader.Read(yaml).ShouldBeOfType<SubstrateReading.Invalid>().Problems;

    /// <summary>The problem of a minimal file with these lines added.</summary>
    public static SubstrateProblem Problem(string added) => Problems(Minimal + added).ShouldHaveSingleItem();
}
