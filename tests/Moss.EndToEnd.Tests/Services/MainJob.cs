using Moss.Cli.Api;
using Moss.EndToEnd.Tests.Agents;
using Xunit.Abstractions;

namespace Moss.EndToEnd.Tests.Services;

/// <summary>The main job as its users ask for it, from services that may be killed meanwhile.</summary>
internal static class MainJob
{
    /// <summary>Registers a till that has sold something, reports its failures and asks for an evolution.</summary>
    public static async Task<Course> BeginAsync(this ServicesBench bench, string name, AgentScript script)
    {
        var course = new Course(bench, bench.Till(name, script));
        await course.OpenAsync(deploy: true);
        await course.Till.SellAsync();
        await course.BeginAsync();
        return course;
    }

    /// <summary>Follows it, whoever dies, to an end that must be a promotion, with nothing done twice and nothing tampered with.</summary>
    public static async Task<EvolutionView> ConvergesAsync(this ServicesBench bench, Course course, ITestOutputHelper output)
    {
        try
        {
            (await course.NextAsync("evolution.ended.v1", -1)).ShouldNotBeNull();
        }
        catch
        {
            output.WriteLine(bench.Said);
            throw;
        }

        var end = await course.ViewAsync();
        end.Ending.ShouldNotBeNull();
        (end.Ending.Verdict, end.Ending.Promoted).ShouldBe(("Converged", true), end.Ending.Reason);
        (await course.TimelineAsync()).Answers().ShouldBeUnique();
        (await course.AuditAsync()).Ok.ShouldBeTrue();
        await course.DecisionsFollowFromWhatIsStoredAsync();
        return end;
    }

    /// <summary>The roles that were played, in order.</summary>
    public static IEnumerable<string> Roles(this ServicesBench bench, Course course) =>
        bench.Desk.CallsFor(course.Till.Name).Select(call => call.Role);
}
