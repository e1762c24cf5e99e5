using System.Text;

namespace Moss.Services.Tests.Ingestion.Reports;

public sealed class SecretsTests : DeskTest
{
    /// <summary>Each is written so that no secret stands in this file as a whole.</summary>
    private static readonly string[] Planted =
    [
        "sk-" + "proj-9fQ2xLw7Rk3Tz8Vb1Nc6Mh4Jy5Pd0Sg", "ghp" + "_9fQ2xLw7Rk3Tz8Vb1Nc6Mh4Jy5Pd0SgAbCd", "AKIA" + "IOSFODNN7EXAMPLE",
        "wJalrXUtnFEMI/K7MDENG/" + "bPxRfiCYEXAMPLEKEY", "hunter2-" + "hunter2", "eyJhbGciOiJIUzI1NiJ9." + "eyJzdWIiOiIxMjM0In0." + "SflKxwRJSMeKKF2QT4",
        "ada.lovelace" + "@example.com", "MIIEpAIBAAKCAQEA" + "7bq0", "s3cr3t" + "-in-the-url",
    ];

    private static string Text => string.Join('\n', [
        $"key {Planted[0]}", $"git clone with {Planted[1]}", $"AWS_ACCESS_KEY_ID={Planted[2]}", $"aws_secret_access_key = {Planted[3]}",
        $"{{\"password\": \"{Planted[4]}\"}}", $"Authorization: Bearer {Planted[5]}", $"mail {Planted[6]}",
        $"-----BEGIN RSA PRIVATE KEY-----\n{Planted[7]}\n-----END RSA PRIVATE KEY-----", $"postgres://moss:{Planted[8]}@db/moss",
    ]);

    [Fact]
    public async Task No_secret_of_a_report_is_anywhere_in_the_data_folder()
    {
        var receipt = await Bench.ReportAsync(new[]
        {
            new
            {
                substrate = "desk", scenario = "one", occurredAt = "2026-01-05T08:59:00Z", sessionId = Planted[0], userId = Planted[6], complaint = Text,
                expected = Text, transcript = System.Text.Json.JsonSerializer.Serialize(new { role = "tool", text = Text }) + "\n" + Text,
            },
        });

        receipt.Number("accepted").ShouldBe(1);
        (await StoredAsync())[0].Redactions.ShouldBeGreaterThanOrEqualTo(4 * Planted.Length);
        await Bench.DisposeAsync();
        FilesThatHold(Planted).ShouldBeEmpty();
        FilesThatHold(["[private key]"]).ShouldNotBeEmpty("the search itself finds nothing");
    }

    [Fact]
    public async Task No_secret_of_a_report_that_was_set_aside_is_stored()
    {
        (await Bench.ReportAsync(Failure(transcript: Text, complaint: Text, failure: "environment"))).Number("setAside").ShouldBe(1);

        await Bench.DisposeAsync();
        FilesThatHold(Planted).ShouldBeEmpty();
    }

    [Fact]
    public async Task No_secret_comes_back_in_an_answer()
    {
        var receipt = await Bench.ReportAsync(Failure(complaint: Text, user: Planted[6]));

        var batch = (await Bench.GetAsync($"/api/batches/{receipt.Batch()}")).Body.ToString();

        Planted.Where(secret => batch.Contains(secret, StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Users_whose_ids_are_addresses_are_still_told_apart()
    {
        await Bench.ReportAsync(new[] { Failure(user: Planted[6]), Failure(user: "bea@example.com"), Failure(user: Planted[6]), Failure(user: "cleo") });

        var users = (await StoredAsync()).Select(item => item.UserId!).ToList();

        users[0].ShouldStartWith("hidden-");
        users[1].ShouldStartWith("hidden-");
        users.Distinct().Count().ShouldBe(3);
        users[3].ShouldBe("cleo");
    }

    [Fact]
    public async Task Ordinary_text_is_kept_word_for_word()
    {
        const string Complaint = "Basic understanding is missing: I reset my password: it does not work, and 12 tokens were lost @ the task-list.";

        await Bench.ReportAsync(Failure(complaint: Complaint));

        var stored = (await StoredAsync())[0];
        (stored.Complaint, stored.Redactions).ShouldBe((Complaint, 0));
    }

    private IReadOnlyList<string> FilesThatHold(IReadOnlyList<string> texts) =>
    [
        .. Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories)
            .Where(file => File.ReadAllBytes(file) is var bytes && texts.Any(text => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0)),
    ];
}
