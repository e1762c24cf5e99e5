using System.ComponentModel.DataAnnotations;
using Moss.Trials.Sandboxing;

namespace Moss.Services.Tests.Trials.Containers;

public sealed class SandboxSettingsTests
{
    [Fact]
    public void Processes_are_the_default_and_valid() => Problems(new()).ShouldBeEmpty();

    [Theory]
    [InlineData("Docker")]
    [InlineData("podman")]
    public void An_engine_that_is_none_is_refused_by_name(string engine) =>
        Problems(new() { Engine = engine }).ShouldHaveSingleItem().ShouldBe("Moss:Sandboxes:Engine is neither process nor docker: set it to one of them");

    [Fact]
    public void What_is_out_of_range_is_refused_with_the_range()
    {
        string[] problems =
        [
            .. Problems(new() { Socket = "docker.sock" }), .. Problems(new() { Processors = 0 }), .. Problems(new() { Patience = TimeSpan.FromHours(1) }),
            .. Problems(new() { SweepInterval = TimeSpan.Zero }), .. Problems(new() { ImageRetention = TimeSpan.FromMinutes(1) }),
        ];

        problems.Select(problem => problem.Split(' ')[0]).ShouldBe(
            ["Moss:Sandboxes:Socket", "Moss:Sandboxes:Processors", "Moss:Sandboxes:Patience", "Moss:Sandboxes:SweepInterval", "Moss:Sandboxes:ImageRetention"]);
        problems.ShouldAllBe(problem => problem.Contains(": set it to") || problem.Contains(": name "));
    }

    private static IEnumerable<string> Problems(SandboxesOptions options)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        return results.Select(result => result.ErrorMessage!);
    }
}
