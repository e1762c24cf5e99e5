using Moss.Cli.Api;
using Moss.Cli.Tests.Running;

namespace Moss.Cli.Tests.Commands;

public sealed class QueuesTests(FakeMoss moss) : IClassFixture<FakeMoss>
{
    [Fact]
    public async Task Queues_and_what_died_in_them_are_shown_with_ids_that_can_be_copied_whole()
    {
        Sample.Teach(moss);

        var ran = await MossCommand.RunAsync(moss.Url, "queues");

        ran.Code.ShouldBe(0);
        foreach (var word in new[] { "build-candidate", "moss.dead", Sample.Dead.Id, Sample.EvolutionId.ToString(), "BuildCandidate", "delivery_limit", "20" })
        {
            ran.Output.ShouldContain(word);
        }
    }

    [Fact]
    public async Task A_moss_without_a_broker_says_so()
    {
        Sample.Teach(moss);
        moss.On("GET /api/queues", Array.Empty<QueueView>());
        moss.On("GET /api/queues/dead", Array.Empty<DeadView>());

        (await MossCommand.RunAsync(moss.Url, "queues")).Output.ShouldContain("in memory");
    }

    [Fact]
    public async Task Requeue_sends_the_ids_that_were_named()
    {
        Sample.Teach(moss);

        var ran = await MossCommand.RunAsync(moss.Url, "queues", "requeue", "--id", "one", "--id", "two");

        ran.Code.ShouldBe(0);
        ran.Output.ShouldContain("1 requeued");
        Sent().GetProperty("ids").EnumerateArray().Select(id => id.GetString()).ShouldBe(["one", "two"]);
    }

    [Fact]
    public async Task Requeue_of_all_says_all()
    {
        Sample.Teach(moss);

        (await MossCommand.RunAsync(moss.Url, "queues", "requeue", "--all")).Code.ShouldBe(0);

        Sent().GetProperty("all").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task What_is_left_is_told_and_the_exit_code_says_so()
    {
        Sample.Teach(moss);
        moss.On("POST /api/queues/dead/requeue", new RequeueView([], [new("one", "it is not among the dead")]));

        var ran = await MossCommand.RunAsync(moss.Url, "queues", "requeue", "--id", "one");

        ran.Code.ShouldBe(1);
        ran.Output.ShouldContain("one is left: it is not among the dead");
    }

    [Theory]
    [InlineData("queues requeue")]
    [InlineData("queues requeue --all --id one")]
    public async Task It_must_be_said_which_messages(string words) => (await MossCommand.RunAsync(moss.Url, words.Split(' '))).Code.ShouldBe(2);

    private System.Text.Json.JsonElement Sent() => moss.Requests.Last(request => request.Name == "POST /api/queues/dead/requeue").Json;
}
