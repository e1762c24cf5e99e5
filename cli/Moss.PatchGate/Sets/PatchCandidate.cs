using System.Collections.Immutable;
using System.Diagnostics;
using Moss.Substrates;

namespace Moss.PatchGate.Sets;

/// <summary>A change: a folder of files that replace those of the base, or a <c>.patch</c> as <c>git diff</c> writes it.</summary>
/// <param name="Name">Of its folder or file, without the ending.</param>
/// <param name="Path">Absolute.</param>
internal sealed record PatchCandidate(string Name, string Path)
{
    private const string Ending = ".patch";

    private bool IsPatch => Path.EndsWith(Ending, StringComparison.Ordinal);

    public static ImmutableArray<PatchCandidate> In(string folder) => !Directory.Exists(folder) ? [] :
    [
        .. Directory.EnumerateDirectories(folder).Select(path => new PatchCandidate(System.IO.Path.GetFileName(path), path))
            .Concat(Directory.EnumerateFiles(folder, "*" + Ending).Select(path => new PatchCandidate(System.IO.Path.GetFileNameWithoutExtension(path), path)))
            .OrderBy(candidate => candidate.Name, StringComparer.Ordinal),
    ];

    /// <summary>Changes a copy of the base. Null when it could; otherwise what it failed at and why.</summary>
    public async Task<(string Stage, string Problem)?> ApplyAsync(string tree, SubstrateDeclaration declaration, CancellationToken cancellationToken)
    {
        if ((IsPatch ? await PatchedAsync(cancellationToken) : FilesIn(Path)) is not { IsEmpty: false } files)
        {
            return ("DoesNotApply", "it names no file, or is no patch as git writes it");
        }

        var rules = new EditScopeRules(declaration);
        if (files.Select(file => rules.WhyNot(file) is { } why ? $"{file} {why}" : null).FirstOrDefault(problem => problem is not null) is { } refused)
        {
            return ("OutOfScope", refused);
        }

        if (!IsPatch)
        {
            foreach (var file in files)
            {
                var target = System.IO.Path.Combine(tree, file);
                Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);
                File.Copy(System.IO.Path.Combine(Path, file), target, overwrite: true);
            }

            return null;
        }

        var (code, _, error) = await GitAsync(tree, ["apply", "--whitespace=nowarn", Path], cancellationToken);
        return code == 0 ? null : ("DoesNotApply", error.Trim());
    }

    /// <summary>Relative paths with forward slashes, sorted.</summary>
    public static ImmutableArray<string> FilesIn(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => System.IO.Path.GetRelativePath(folder, file)).Order(StringComparer.Ordinal),
    ];

    private async Task<ImmutableArray<string>> PatchedAsync(CancellationToken cancellationToken)
    {
        var (_, output, _) = await GitAsync("/", ["apply", "--numstat", "-z", Path], cancellationToken);
        return [.. output.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(line => line[(line.LastIndexOf('\t') + 1)..])];
    }

    private static async Task<(int Code, string Output, string Error)> GitAsync(string folder, string[] arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("git", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        // The tree is no repository, and must not be taken for a part of one that it happens to lie in.
        start.Environment["GIT_CEILING_DIRECTORIES"] = System.IO.Path.GetDirectoryName(folder) ?? folder;
        using var git = Process.Start(start)!;
        var output = git.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = git.StandardError.ReadToEndAsync(cancellationToken);
        await git.WaitForExitAsync(cancellationToken);
        return (git.ExitCode, await output, await error);
    }
}
