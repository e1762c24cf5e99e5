using System.CommandLine;
using Moss.Cli.Features;

namespace Moss.Cli.Commands.Oversight;

internal static class GuardCommand
{
    private const string Guarded = "guarded";

    public static Command Create()
    {
        var substrate = OversightCommand.Substrate();
        var printHook = new Option<bool>("--print-hook") { Description = "Print the hook that guards the branch, for hooks/update of a bare repository, and nothing else" };
        return new Command("guard", "Whether the remote lets anything but oversight write the stable branch") { substrate, printHook }
            .Runs(async (context, cancellationToken) =>
            {
                var guard = await context.Client.GetAsync<RemoteGuardView>(OversightCommand.Path(context.Get(substrate), "/guard"), cancellationToken);
                if (context.Get(printHook) && !context.AsJson)
                {
                    var hook = guard.Hook.Length > 0 ? guard.Hook : throw new LocalFailureException("There is no hook to print", guard.Detail, guard.Fix);
                    await Console.Out.WriteAsync(hook);
                    return ExitCodes.Done;
                }

                context.Show(guard, view => Print(context, view));
                return guard.Standing == Guarded ? ExitCodes.Done : ExitCodes.NotGuarded;
            });
    }

    private static void Print(CommandContext context, RemoteGuardView guard)
    {
        context.Screen.Line($"{guard.Standing}: {guard.Detail}");
        if (guard.Fix.Length > 0)
        {
            context.Screen.Line($"  fix: {guard.Fix}");
        }
    }
}

/// <summary>Whether the remote guards the stable branch.</summary>
internal sealed record RemoteGuardView(string Standing, string Detail, string Fix, string Hook);
