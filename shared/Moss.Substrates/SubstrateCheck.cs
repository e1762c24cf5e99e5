using System.Collections.Immutable;

namespace Moss.Substrates;

/// <summary>Holds a declaration against the files of its repository. Pure.</summary>
public static class SubstrateCheck
{
    /// <summary>Everything that the declaration says and the repository does not bear out; empty when they agree.</summary>
    /// <param name="declared">What was read, with the lines to point at.</param>
    /// <param name="files">Paths of all files of the same commit, relative, with forward slashes.</param>
    public static ImmutableArray<SubstrateProblem> Against(SubstrateReading.Declared declared, IEnumerable<string> files)
    {
        ImmutableArray<string> all = [.. files];
        var declaration = declared.Declaration;
        return
        [
            .. Unmatched("scope.editable", declaration.Scope.Editable, all)
                .Concat(Unmatched("scope.protected", declaration.Scope.Protected, all))
                .Concat(NothingEditable(declaration, all))
                .Concat(WithoutScenarios(declaration.Scenarios, all))
                .Concat(WithoutDockerfile(declaration.Image, all))
                .Concat(Steps(declaration).SelectMany(step => WithoutFolder(step.Field, step.Step, all)))
                .Select(problem => At(declared, problem)),
        ];
    }

    /// <summary>The same without lines.</summary>
    public static ImmutableArray<SubstrateProblem> Against(SubstrateDeclaration declaration, IEnumerable<string> files) =>
        Against(new SubstrateReading.Declared(declaration), files);

    private static IEnumerable<SubstrateProblem> Unmatched(string field, ImmutableArray<string> globs, ImmutableArray<string> files) => globs
        .Select((glob, index) => (Glob: glob, Field: $"{field}[{index}]"))
        .Where(item => !files.Any(Glob.Parse(item.Glob).Matches))
        .Select(item => new SubstrateProblem(0, 0, item.Field, $"matches no file: '{item.Glob}'", "correct the pattern, or remove it"));

    private static IEnumerable<SubstrateProblem> NothingEditable(SubstrateDeclaration declaration, ImmutableArray<string> files)
    {
        var rules = new EditScopeRules(declaration);
        var matched = declaration.Scope.Editable.Select(Glob.Parse).ToList();
        if (files.Any(file => matched.Exists(glob => glob.Matches(file))) && !files.Any(rules.Allows))
        {
            yield return new(0, 0, "scope.editable", "matches protected files only: no candidate could change anything", "add a pattern for the source, or protect less");
        }
    }

    private static IEnumerable<SubstrateProblem> WithoutScenarios(string folder, ImmutableArray<string> files)
    {
        if (!files.Any(Glob.Parse($"{folder}/*.json").Matches))
        {
            yield return new(0, 0, "scenarios", $"holds no scenario: there is no {folder}/*.json", "add scenario files, or name the folder that has them");
        }
    }

    private static IEnumerable<SubstrateProblem> WithoutDockerfile(ImageStep? image, ImmutableArray<string> files)
    {
        if (image is not null && !files.Contains(image.Dockerfile))
        {
            yield return new(0, 0, "image.dockerfile", $"is no file of the repository: '{image.Dockerfile}'", "add the file, or name the one that has the instructions");
        }
    }

    private static IEnumerable<SubstrateProblem> WithoutFolder(string field, CommandStep step, ImmutableArray<string> files)
    {
        if (step.WorkingDirectory != "." && !files.Any(file => file.StartsWith(step.WorkingDirectory + "/", StringComparison.Ordinal)))
        {
            yield return new(0, 0, field + ".workingDirectory", $"is no folder of the repository: '{step.WorkingDirectory}'", "name a folder that has files in it");
        }
    }

    private static IEnumerable<(string Field, CommandStep Step)> Steps(SubstrateDeclaration declaration)
    {
        (string Field, CommandStep? Step)[] steps = [("build", declaration.Build), ("smoke", declaration.Smoke), ("tests", declaration.Tests), ("trial", declaration.Trial)];
        return steps.Where(step => step.Step is not null).Select(step => (step.Field, step.Step!));
    }

    /// <summary>The line of the field, or of the nearest one around it that is written.</summary>
    private static SubstrateProblem At(SubstrateReading.Declared declared, SubstrateProblem problem)
    {
        for (var field = problem.Field; field.Length > 0; field = field[..Math.Max(field.LastIndexOfAny(['.', '[']), 0)])
        {
            if (declared.Positions.TryGetValue(field, out var position))
            {
                return problem with { Line = position.Line, Column = position.Column };
            }
        }

        return problem;
    }
}
