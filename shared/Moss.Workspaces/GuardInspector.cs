namespace Moss.Workspaces;

/// <summary>Looks whether a repository has the hook that guards a branch.</summary>
internal sealed class GuardInspector(GitRunner git, MirrorStore mirrors)
{
    public async Task<BranchGuard> InspectAsync(string repository, GuardHook hook, CancellationToken cancellationToken)
    {
        var address = RepositoryAddress.Parse(repository);
        if (!address.Local)
        {
            return new(
                GuardStanding.Unknown, $"{address.Display} is a server, whose rules cannot be seen from here",
                $"let the server's protection of {hook.Branch} allow nothing but merges with the signature of oversight, or install the hook there as hooks/{GuardHook.FileName}", hook.Text);
        }

        var place = mirrors.Anywhere with { Source = address.Location };
        var folder = Path.Combine(address.Location, (await git.ReadAsync(GitCommand.HooksFolder(place), "find hooks", cancellationToken)).TrimEnd('\n'));
        var file = Path.Combine(folder, GuardHook.FileName);
        var install = $"write the hook there and make it executable: moss oversight guard SUBSTRATE --print-hook > {file}; chmod 755 {file}";
        if (!File.Exists(file))
        {
            return new(GuardStanding.Open, $"there is no {file}: whoever may push may write {hook.Branch}", install, hook.Text);
        }

        if (await File.ReadAllTextAsync(file, cancellationToken) != hook.Text)
        {
            return new(GuardStanding.Open, $"{file} is not the hook of oversight for {hook.Branch} and this key", $"put them together, or {install}", hook.Text);
        }

        return OperatingSystem.IsWindows() || (File.GetUnixFileMode(file) & UnixFileMode.UserExecute) != 0
            ? new(GuardStanding.Guarded, $"{file} lets {hook.Branch} be moved by merges alone that the key of oversight signed", "", hook.Text)
            : new(GuardStanding.Open, $"{file} is not executable, so git passes it over", $"chmod 755 {file}", hook.Text);
    }
}
