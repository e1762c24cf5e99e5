using Moss.Artifacts;
using Moss.Testing;
using Moss.Testing.Artifacts;

namespace Moss.Adapters.Tests.Artifacts;

public sealed class InMemoryStageLedgerTests : StageLedgerConformance
{
    protected override IStageLedger Ledger { get; } = new InMemoryStageLedger();
}

public sealed class FileStageLedgerTests : StageLedgerConformance, IDisposable
{
    private readonly TemporaryFolder folder = new();

    public FileStageLedgerTests() => Ledger = Open();

    protected override IStageLedger Ledger { get; }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Another_process_finds_the_answer_and_cannot_replace_it()
    {
        await Ledger.KeepAsync("key", Saying("first"), CancellationToken.None);

        (await Open().FindAsync<Answer>("key", CancellationToken.None)).ShouldNotBeNull().Text.ShouldBe("first");
        (await Open().KeepAsync("key", Saying("second"), CancellationToken.None)).Text.ShouldBe("first");
    }

    [Fact]
    public async Task Of_many_processes_that_answer_at_once_one_wins()
    {
        for (var round = 0; round < 20; round++)
        {
            var key = $"round {round}";
            var heard = await Task.WhenAll(Enumerable.Range(0, 8).Select(index => Task.Run(
                () => Open().KeepAsync(key, Saying($"answer {index}"), CancellationToken.None))));

            heard.Select(answer => answer.Text).Distinct().ShouldHaveSingleItem();
        }
    }

    [Fact]
    public async Task A_file_names_its_key_for_whoever_looks()
    {
        await Ledger.KeepAsync("0198.i1.plan.r1", Saying("yes"), CancellationToken.None);

        var file = Directory.GetFiles(folder.Path, "*.json", SearchOption.AllDirectories).ShouldHaveSingleItem();
        (await File.ReadAllTextAsync(file)).ShouldStartWith("""{"key":"0198.i1.plan.r1","answer":{"text":"yes","outcome":"Passed",""");
    }

    [Fact]
    public async Task A_damaged_file_is_named()
    {
        await Ledger.KeepAsync("key", Saying("yes"), CancellationToken.None);
        var file = Directory.GetFiles(folder.Path, "*.json", SearchOption.AllDirectories).ShouldHaveSingleItem();
        await File.WriteAllTextAsync(file, "");

        (await Should.ThrowAsync<InvalidDataException>(() => Ledger.FindAsync<Answer>("key", CancellationToken.None))).Message.ShouldContain(file);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_named()
    {
        var file = folder.Write("occupied", "a file where the folder should be");

        var broken = await Should.ThrowAsync<IOException>(
            () => new FileStageLedger(file, TimeProvider.System).KeepAsync("key", Saying("lost"), CancellationToken.None));

        broken.Message.ShouldStartWith($"cannot write {file}/");
    }

    private FileStageLedger Open() => new(folder.Combine("ledger"), TimeProvider.System);
}
