using System.Collections.Immutable;
using Moss.Replays;
using Moss.Replays.Reading;
using Moss.Substrates;

namespace Moss.PatchGate.Sets;

/// <summary>A program of a set: a substrate as it is in <c>base/</c>, and changes of it in <c>candidates/</c>.</summary>
/// <param name="Name">Of its folder.</param>
/// <param name="Base">Absolute path of the substrate's tree.</param>
/// <param name="Declaration">Its <c>moss.yaml</c>.</param>
/// <param name="Scenarios">All of them, sorted by id.</param>
/// <param name="Candidates">Sorted by name.</param>
internal sealed record PatchProgram(
    string Name, string Base, SubstrateDeclaration Declaration, ImmutableArray<Scenario> Scenarios, ImmutableArray<PatchCandidate> Candidates)
{
    /// <summary>The tag of scenarios that whoever made the candidates could see; all others are held out.</summary>
    public const string VisibleTag = "visible";

    public static bool IsVisible(Scenario scenario) => scenario.Tags.Contains(VisibleTag);

    /// <summary>Reads a program, and other scenarios than its own when a folder of them is named.</summary>
    /// <exception cref="UnusableSetException">It is not laid out like one.</exception>
    public static PatchProgram Read(string folder, string? questions = null)
    {
        var name = Path.GetFileName(folder);
        var tree = Path.Combine(folder, "base");
        var file = Path.Combine(tree, SubstrateReader.FileName);
        if (!File.Exists(file))
        {
            throw new UnusableSetException($"{file} is not there: each program of a set needs a substrate in base/");
        }

        var declaration = SubstrateReader.Read(File.ReadAllBytes(file)) switch
        {
            SubstrateReading.Declared declared => declared.Declaration,
            SubstrateReading.Invalid invalid => throw new UnusableSetException($"{file} cannot be used:\n{string.Join('\n', invalid.Problems)}"),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        var scenarios = ScenarioFolder.Read(questions is null ? tree : folder, questions ?? declaration.Scenarios);
        if (scenarios.Scenarios.FirstOrDefault(scenario => scenario.Graders.Any(grader => grader is Grader.Judge)) is { } judged)
        {
            throw new UnusableSetException($"scenario '{judged.Id}' of {name} is judged by a model, and none is asked here: give it deterministic graders");
        }

        return scenarios.Problems.IsEmpty
            ? new(name, tree, declaration, scenarios.Scenarios, PatchCandidate.In(Path.Combine(folder, "candidates")))
            : throw new UnusableSetException($"the scenarios of {name} cannot be used:\n{string.Join('\n', scenarios.Problems)}");
    }
}
