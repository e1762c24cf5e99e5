using Microsoft.AspNetCore.Http;
using Moss.Cli.Api;
using Moss.Cli.Tests.Running;

namespace Moss.Cli.Tests.Commands;

/// <summary>What the server refuses is told in its own words, with the field and the fix.</summary>
public sealed class ProblemTests(FakeMoss moss) : IClassFixture<FakeMoss>
{
    private const string Request = "GET /api/evolutions";

    [Fact]
    public async Task A_problem_names_its_field_and_its_fix()
    {
        moss.On(Request, new { title = "The request is not valid", detail = "there is no such depth", field = "depth", fix = "send light" }, 400);

        var ran = await MossCommand.RunAsync(moss.Url, "evo", "status");

        ran.Code.ShouldBe(1);
        ran.Output.ShouldBeEmpty();
        ran.Error.ReplaceLineEndings("\n").ShouldBe("error: The request is not valid\n  depth: there is no such depth\n    fix: send light\n");
    }

    [Fact]
    public async Task Several_problems_are_all_told()
    {
        moss.On(Request, new
        {
            title = "The request is not valid", detail = "first", field = "items[0].scenario", fix = "name it",
            problems = new[]
            {
                new { field = "items[0].scenario", detail = "first", fix = "name it" }, new { field = "items[1].source", detail = "second", fix = "choose one" },
            },
        }, 400);

        var ran = await MossCommand.RunAsync(moss.Url, "evo", "status");

        ran.Error.ShouldContain("items[0].scenario: first");
        ran.Error.ShouldContain("items[1].source: second");
        ran.Error.ShouldContain("fix: choose one");
    }

    [Fact]
    public async Task As_json_a_problem_is_one_object_on_standard_output()
    {
        moss.On(Request, new { title = "The present state does not allow this", detail = "it is over", field = "id", fix = "start another" }, 409);

        var ran = await MossCommand.RunAsync(moss.Url, "evo", "status", "--json");

        ran.Code.ShouldBe(1);
        ran.Error.ShouldBeEmpty();
        var error = ran.Json.GetProperty("error");
        error.GetProperty("status").GetInt32().ShouldBe(409);
        error.GetProperty("field").GetString().ShouldBe("id");
        error.GetProperty("fix").GetString().ShouldBe("start another");
    }

    [Fact]
    public async Task A_problem_without_details_is_told_by_its_title()
    {
        moss.On(Request, new { title = "Not Found" }, 404);

        var ran = await MossCommand.RunAsync(moss.Url, "evo", "status");

        ran.Code.ShouldBe(1);
        ran.Error.ShouldContain("error: Not Found");
        ran.Error.ShouldContain("the server answered with status 404");
    }

    [Fact]
    public async Task A_refusal_that_is_no_problem_document_is_told_as_it_came()
    {
        moss.On(Request, context =>
        {
            context.Response.StatusCode = 502;
            return context.Response.WriteAsync("the proxy is tired");
        });

        var ran = await MossCommand.RunAsync(moss.Url, "evo", "status");

        ran.Code.ShouldBe(1);
        ran.Error.ShouldContain("Bad Gateway");
        ran.Error.ShouldContain("the proxy is tired");
    }

    [Fact]
    public async Task Problems_of_a_repository_are_a_refusal()
    {
        moss.On("POST /api/substrates/check", new SubstrateCheckView(false, null, null, 0, null, [new("moss.yaml:3: trial", "it is missing", "add it")]));

        var ran = await MossCommand.RunAsync(moss.Url, "substrate", "check", "/srv/till");

        ran.Code.ShouldBe(1);
        ran.Output.ShouldContain("moss.yaml:3: trial: it is missing");
        ran.Output.ShouldContain("fix: add it");
    }
}
