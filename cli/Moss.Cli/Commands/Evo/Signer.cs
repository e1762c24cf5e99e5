using Moss.Cli.Features;
using Moss.Consents;

namespace Moss.Cli.Commands.Evo;

/// <summary>Who signs, and with what.</summary>
internal sealed record Signer(string Name, PrivateKey Key)
{
    public static Signer Of(string file, string name)
    {
        try
        {
            return new(name, KeyFile.Read(file));
        }
        catch (KeyFileException wrong)
        {
            throw new UsageException("--key", $"{file}: {wrong.Message}", wrong.Fix);
        }
    }
}
