using System.Collections.Immutable;
using System.Formats.Tar;
using System.Text;
using Moss.Containers.Building;
using Moss.Containers.Engine.Archives;
using Moss.Containers.Engine.Images;
using Moss.Substrates;

namespace Moss.Adapters.Tests.Containers.Building;

public sealed class BuildingPiecesTests
{
    private static readonly CommitImageRequest Request = new("/repositories/desk", "desk", new ImageStep("Dockerfile"), "scenarios", new("base"), new("commit"));

    [Fact]
    public void The_last_of_a_log_is_kept()
    {
        var log = new LogTail(10);
        log.ToString().ShouldBe("");
        log.Report("short\n");
        log.ToString().ShouldBe("short\n");

        foreach (var number in Enumerable.Range(0, 100))
        {
            log.Report($"line {number}\n");
        }

        log.ToString().ShouldBe("[cut before this]\n8\nline 99\n");
    }

    [Fact]
    public void The_same_commit_and_recipe_have_the_same_name_and_every_part_of_the_recipe_counts()
    {
        var name = CommitImageName.Of(Request, "FROM x"u8.ToArray());

        CommitImageName.Of(Request with { Base = new("other") }, "FROM x"u8.ToArray()).Labels.ShouldBe(name.Labels);
        CommitImageRequest[] others =
        [
            Request with { Substrate = "tills" }, Request with { Commit = new("other") }, Request with { Scenarios = "cases" },
            Request with { Image = Request.Image with { Network = true } },
            Request with { Image = Request.Image with { Arguments = ImmutableSortedDictionary<string, string>.Empty.Add("A", "b") } },
            Request with { Image = Request.Image with { Arguments = ImmutableSortedDictionary<string, string>.Empty.Add("Ab", "") } },
        ];
        others.Select(other => string.Join(' ', CommitImageName.Of(other, "FROM x"u8.ToArray()).Labels.Values))
            .Append(string.Join(' ', CommitImageName.Of(Request, "FROM y"u8.ToArray()).Labels.Values))
            .Append(string.Join(' ', name.Labels.Values))
            .ShouldBeUnique();
        CommitImageName.Of(Request with { Image = Request.Image with { Timeout = TimeSpan.FromHours(1) } }, "FROM x"u8.ToArray()).Labels.ShouldBe(name.Labels);
    }

    [Fact]
    public void An_image_fits_when_it_carries_all_labels()
    {
        var name = CommitImageName.Of(Request, []);

        name.Fits(Image(name.Labels)).ShouldBeTrue();
        name.Fits(Image(name.Labels.Add("more", "x"))).ShouldBeTrue();
        name.Fits(Image(name.Labels.Remove("moss.recipe"))).ShouldBeFalse();
        name.Fits(Image(name.Labels.SetItem("moss.commit", "other"))).ShouldBeFalse();
        name.Fits(Image(null)).ShouldBeFalse();
    }

    [Fact]
    public void A_name_that_no_image_can_have_is_made_one() =>
        CommitImageName.Of(Request with { Substrate = "desk--" }, []).Reference.ShouldBe("moss/desk:commit");

    [Theory]
    [InlineData("The command '/bin/sh -c make' returned a non-zero code: 2: no space left on device", false)]
    [InlineData("COPY failed: file not found in build context", false)]
    [InlineData("write /var/lib/docker/tmp: no space left on device", true)]
    [InlineData("context canceled", true)]
    public void What_the_builder_says_about_itself_is_told_from_what_it_says_about_the_commit(string reason, bool trouble) =>
        BuilderTrouble.Explains(reason).ShouldBe(trouble);

    [Theory]
    [InlineData(0)]
    [InlineData(512)]
    [InlineData(100_000)]
    public async Task Files_and_an_archive_make_one_archive(int length)
    {
        var content = new byte[length];
        await using var both = TarPacking.Before([new("a", content), new("b", "b"u8.ToArray())], TarPacking.Files([new("c", "c"u8.ToArray()), new("a", "last"u8.ToArray())]));
        using var all = new MemoryStream();
        await both.CopyToAsync(all);
        all.Position = 0;

        var found = new List<(string, long)>();
        await using var reader = new TarReader(all);
        while (await reader.GetNextEntryAsync() is { } entry)
        {
            found.Add((entry.Name, entry.Length));
        }

        found.ShouldBe([("a", length), ("b", 1), ("c", 1), ("a", 4)]);
    }

    [Fact]
    public async Task An_archive_that_breaks_off_breaks_the_whole()
    {
        await using var both = TarPacking.Before([new("a", Encoding.ASCII.GetBytes("a"))], new Broken());

        await Should.ThrowAsync<IOException>(() => both.CopyToAsync(Stream.Null));
    }

    private static ImageDetails Image(IReadOnlyDictionary<string, string>? labels) => new("sha256:x", null, null, new(null, labels, null, null, null));

    private sealed class Broken : MemoryStream
    {
        public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken) => throw new IOException("the disk is gone");
    }
}
