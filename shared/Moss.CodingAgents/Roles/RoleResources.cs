namespace Moss.CodingAgents.Roles;

/// <summary>The texts that lie beside the roles, embedded in the assembly.</summary>
internal static class RoleResources
{
    public static string Read(string name)
    {
        using var stream = typeof(RoleResources).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"the role text {name} is not embedded");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
