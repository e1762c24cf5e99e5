using Moss.AgentChecks.Checks;
using Moss.Testing;

namespace Moss.Adapters.Tests.CodingAgents.Providers;

/// <summary>
/// What every provider must do with its real program: in the real jail, through the real proxy, with a scripted model behind it. The checks
/// are those of <c>moss bench agents</c>.
/// </summary>
public abstract class AgentConformance(string provider)
{
    [Fact]
    public Task It_edits_one_file() => PassesAsync("edits-one-file");

    [Fact]
    public Task It_runs_a_command_in_the_work_tree() => PassesAsync("runs-a-command");

    [Fact]
    public Task A_reading_role_cannot_edit() => PassesAsync("reading-role-cannot-edit");

    [Fact]
    public Task Its_report_is_read() => PassesAsync("report-is-parsed");

    [Fact]
    public Task What_it_used_is_metered() => PassesAsync("tokens-are-read");

    [Theory]
    [InlineData(401)]
    [InlineData(429)]
    [InlineData(500)]
    public Task A_model_that_refuses_is_an_outage_and_no_failed_round(int status) => PassesAsync($"model-{status}");

    [Fact]
    public Task A_model_that_never_answers_is_an_outage() => PassesAsync("hang");

    [Fact]
    public Task Malformed_answers_are_no_result() => PassesAsync("malformed-stream");

    [Fact]
    public Task Endless_answers_are_cut_off_and_no_result() => PassesAsync("endless-output");

    [Fact]
    public Task A_loop_without_end_ends_with_the_money() => PassesAsync("endless-loop");

    [Fact]
    public Task Nothing_that_it_forked_outlives_it_whatever_signals_it_ignores() => PassesAsync("forks-and-ignores-term");

    [Fact]
    public Task It_is_given_a_prompt_of_half_a_megabyte() => PassesAsync("prompt-of-500-kb");

    [Fact]
    public Task Names_of_files_may_have_blanks_and_quotes() => PassesAsync("odd-file-names");

    [Fact]
    public Task Two_at_once_do_not_see_each_other() => PassesAsync("two-at-once");

    private Task PassesAsync(string check) => AgentCheck.Named(check).RunAsync(AgentSubject.Of(provider, [.. AgentPrograms.FoldersFor(provider)]));
}
