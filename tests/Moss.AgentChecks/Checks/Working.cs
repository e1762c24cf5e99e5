using Moss.CodingAgents.Prompts;
using Moss.CodingAgents.Roles;
using Moss.Testing.Models.Scripts;

namespace Moss.AgentChecks.Checks;

/// <summary>What an agent does whose model does its part.</summary>
internal static class Working
{
    public static async Task EditsOneFileAsync(CheckRoom room)
    {
        room.ScriptEdit(CheckRoom.File, CheckRoom.Done);

        (await room.RunAsync(RoleCatalog.Implement)).Reported().Subject.ShouldBe("Count from two");

        room.Bench.Read(CheckRoom.File).ShouldBe("x = 2\n");
        room.Bench.Read("src/vendor/lib.py").ShouldBe("y = 1\n");
    }

    public static async Task RunsACommandAsync(CheckRoom room)
    {
        room.Script(new ModelTurn.Run("pwd > where.txt"), CheckRoom.Done);

        (await room.RunAsync(RoleCatalog.Implement)).Reported();

        room.Bench.Read("where.txt").ShouldBe("/work\n");
    }

    public static async Task ReadingRoleCannotEditAsync(CheckRoom room)
    {
        room.ScriptEdit(CheckRoom.File, CheckRoom.Approve);

        (await room.RunAsync(RoleCatalog.ReviewCode)).Reported();

        room.Bench.Read(CheckRoom.File).ShouldBe("x = 1\n");
    }

    public static async Task ReportIsParsedAsync(CheckRoom room)
    {
        room.Script(CheckRoom.Approve);

        (await room.RunAsync(RoleCatalog.ReviewCode)).Reported().ShouldBe(new CodeReviewReport(CodeDecision.Approve, "It holds."));
    }

    public static async Task TokensAreReadAsync(CheckRoom room)
    {
        room.Script(new ModelTurn.Read("/work/" + CheckRoom.File), CheckRoom.Done);

        var outcome = await room.RunAsync(RoleCatalog.Implement);

        outcome.Reported();
        outcome.Use.Cost.TokensIn.ShouldBeGreaterThanOrEqualTo(2000);
        outcome.Use.Cost.TokensOut.ShouldBeGreaterThanOrEqualTo(100);
        outcome.Use.Cost.Dollars.ShouldBePositive();
    }

    public static async Task PromptOfHalfAMegabyteAsync(CheckRoom room)
    {
        room.Bench.Prompts = new PromptLimits { Evidence = 600_000, EvidenceItem = 600_000 };
        room.Bench.Evidence = [new("a long transcript", string.Concat(Enumerable.Repeat("All work and no play.\n", 24_000)) + "end-of-it")];
        room.Script(CheckRoom.Done);

        (await room.RunAsync(RoleCatalog.Implement)).Reported();

        room.Proxy.Model.Requests.Any(request => request.Body.Length > 500_000 && request.Body.Contains("end-of-it", StringComparison.Ordinal))
            .ShouldBeTrue("the model was not asked with all of it");
    }

    public static async Task OddFileNamesAsync(CheckRoom room)
    {
        var name = room.Subject.OddName;
        room.Bench.Write(name, "x = 1\n");
        room.ScriptEdit(name, CheckRoom.Done);

        (await room.RunAsync(RoleCatalog.Implement)).Reported();

        room.Bench.Read(name).ShouldBe("x = 2\n");
    }

    public static async Task TwoAtOnceAsync(CheckRoom room)
    {
        using var other = room.AnotherBench();
        room.ScriptEdit(CheckRoom.File, CheckRoom.Done);

        var outcomes = await Task.WhenAll(room.RunAsync(RoleCatalog.Implement), room.RunAsync(RoleCatalog.Implement, other));

        Array.ForEach(outcomes, outcome => outcome.Reported());
        room.Bench.Read(CheckRoom.File).ShouldBe("x = 2\n");
        other.Read(CheckRoom.File).ShouldBe("x = 2\n");
        room.Proxy.Model.Requests.SelectMany(request => request.Headers.Values).Any(value => value.Contains("moss-", StringComparison.Ordinal))
            .ShouldBeFalse("the token of a call reached the model");
    }
}
