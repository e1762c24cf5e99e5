using Moss.Domain.Evidence;

namespace Moss.Domain.Tests.Evidence;

public sealed class RedactionTests
{
    /// <summary>Text with the secret between <c>«</c> and <c>»</c>; a space within is left out, so that no secret stands in this file as a whole.</summary>
    public static TheoryData<string> Secrets =>
    [
        "OPENAI_API_KEY=«sk-pr oj-9fQ2xLw7Rk3Tz8Vb1Nc6Mh4Jy»", "use «sk-an t-api03-9fQ2xLw7Rk3Tz8Vb1Nc6» here", "«gh p_9fQ2xLw7Rk3Tz8Vb1Nc6Mh4Jy5Pd0SgAbCd»",
        "«github _pat_11ABCDEFG0aaaaaaaaaaaa_bbbbbbbb»", "«glpat -9fQ2xLw7Rk3Tz8Vb1Nc6»", "«xox b-123456789012-abcdefghij»", "«AKI AIOSFODNN7EXAMPLE»", "«ASI AIOSFODNN7EXAMPLE»",
        "«AIz aSyA9fQ2xLw7Rk3Tz8Vb1Nc6Mh4Jy5Pd0Sg»", "«sk_l ive_9fQ2xLw7Rk3Tz8Vb»", "«hf _9fQ2xLw7Rk3Tz8Vb1Nc6Mh»", "«npm _9fQ2xLw7Rk3Tz8Vb1Nc6Mh4Jy5Pd0SgAbCd»",
        "«SG .9fQ2xLw7Rk3Tz8Vb1Nc6.9fQ2xLw7Rk3Tz8Vb1Nc6Mh4»", "{\"text\": \"see\\n«AKI AIOSFODNN7EXAMPLE»\"}", "a\\n«sk-pr oj-9fQ2xLw7Rk3Tz8Vb1Nc6Mh4Jy»",
        "Authorization: Bearer «9fQ2xLw7Rk3T z8Vb»", "authorization: bearer  «abc»", "{\"Authorization\": \"Basic «dTpw»\"}", "curl -H 'Bearer «0123456789abcdef»'",
        "«eyJhbGciOiJIUzI1NiJ9. eyJzdWIiOiIxMjM0In0.SflKxwRJSMeKKF2QT4»", "postgres://«moss:pa:s@s»@db:5432/moss", "redis://«:hunter2»@cache/0", "HTTPS://«u:p»@host",
        "git clone https://«0123456789abcdef0123»@git.example/repo", "Server=db;User=sa;Pwd=«x»;", "password=«hunter2»", "password: «hunter2» and more",
        "db_password: «swordfish»", "PASSWORD = '«correct horse, battery; staple»'", "{\"password\": \"«correct horse, battery; staple»\"}",
        "{\"password\": \"«quo\\\"ted»\"}", "\"{\\\"password\\\": \\\"«hunter2»\\\", \\\"a\\\": 1}\"", "{\"clientSecret\": \"«s3»\"}", "aws_secret_access_key = «wJalrXUtnFEMI/K7MDENG/bPx»",
        "{\"SecretAccessKey\":\"«wJalrXUtnFEMI»\",", "x-api-key: «0123abcd»", "refresh_token=«0123abcd» scope=all", "passphrase: \"«open sesame»\"",
        "{\\u0022password\\u0022: \\u0022«hun\\u002Bter2»\\u0022, \\u0022a\\u0022: 1}", "\\u003C«ada\\u002Bx@example.com»\\u003E",
        "write to «ada.lovelace+x@mail.example.co.uk».", "«jürgen@müller.de»", "?to=«ada%40example.com»&x=1", "bye\\n«ada@example.com»",
        "-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA\n-----END RSA PRIVATE KEY-----".Replace("-----B", "«-----B", StringComparison.Ordinal) + "»",
        "\"«-----BEGIN OPENSSH PRIVATE KEY-----\\nb3BlbnNzaC1rZXk\\n-----END OPENSSH PRIVATE KEY-----»\\n\"", "cut «-----BEGIN PRIVATE KEY-----\nMIIE»",
        "«-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nlQOYBF\n=abcd\n-----END PGP PRIVATE KEY BLOCK-----»",
    ];

    [Theory]
    [MemberData(nameof(Secrets))]
    public void A_secret_is_taken_out_and_what_stands_around_it_stays(string marked)
    {
        var (before, secret, after) = Split(marked);

        var redacted = Redaction.Apply(before + secret + after);

        redacted.Text.ShouldNotContain(secret);
        redacted.Text.ShouldStartWith(before);
        redacted.Text.ShouldEndWith(after);
        redacted.Text[before.Length..^after.Length].ShouldMatch("^\\[[a-z -]+\\]$");
        redacted.Count.ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(Secrets))]
    public void What_was_redacted_is_not_redacted_again(string marked)
    {
        var (before, secret, after) = Split(marked);
        var once = Redaction.Apply(before + secret + after).Text;

        Redaction.Apply(once).ShouldBe(new Redacted(once, 0));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Basic understanding of basic authentication and bearer responsibilities.")]
    [InlineData("I forgot my password: it does not work. The secret: patience with people.")]
    [InlineData("The password is wrong, passwords are hard; api keys are not the key.")]
    [InlineData("secretary: Alice\nkeyboard = \"qwertz\"\nauthor_token_count: 12")]
    [InlineData("password = None, api_key = os.environ[\"API_KEY\"], secret = getpass(), token_budget = 4096")]
    [InlineData("if password == expected or password != other:")]
    [InlineData("{\"password\": null, \"secret\": true, \"api_key\": \"${API_KEY}\", \"access_token\": \"<your token>\", \"client_secret\": \"***\"}")]
    [InlineData("{\"prompt_tokens\": 4096, \"total_tokens\": 8192}")]
    [InlineData("class sk-spinner-fading-circle-dots, task-management-of-every-thing, risk-assessment-in-general")]
    [InlineData("lodash@4.17.21, @decorator.name, git@github.com:org/repo.git, 3 @ 4.50, user@localhost")]
    [InlineData("http://localhost:8080/a@b, https://example.com:443/x, file:///etc/hosts, 10:30 @ noon")]
    [InlineData("commit 0123456789abcdef0123456789abcdef01234567, id 550e8400-e29b-41d4-a716-446655440000")]
    [InlineData("-----BEGIN CERTIFICATE-----\nMIIE\n-----END CERTIFICATE-----\n-----BEGIN PUBLIC KEY-----\nMIIE\n-----END PUBLIC KEY-----")]
    [InlineData("AKIA is a prefix, eyJ another, ghp_ a third and sk-1 is short.")]
    public void Ordinary_text_that_only_resembles_a_secret_is_left_alone(string text) => Redaction.Apply(text).ShouldBe(new Redacted(text, 0));

    [Fact]
    public void Every_secret_of_a_text_is_counted() =>
        Redaction.Apply("a@b.de, c@d.de and password=hunter2").ShouldBe(new Redacted("[e-mail], [e-mail] and password=[secret]", 3));

    [Fact]
    public void JSON_stays_JSON()
    {
        var inner = System.Text.Json.JsonSerializer.Serialize(new { password = "a\"b\\c", mail = "x\nada@example.com", key = "y\n" + "sk-" + "0123456789abcdef0123" });
        var line = System.Text.Json.JsonSerializer.Serialize(new { text = inner, token = "Bearer " + "0123456789abcdef" });

        var outer = System.Text.Json.JsonDocument.Parse(Redaction.Apply(line).Text).RootElement;

        System.Text.Json.JsonDocument.Parse(outer.GetProperty("text").GetString()!).RootElement.GetProperty("mail").GetString().ShouldBe("x\n[e-mail]");
    }

    private static (string Before, string Secret, string After) Split(string marked)
    {
        var (start, end) = (marked.IndexOf('«', StringComparison.Ordinal), marked.IndexOf('»', StringComparison.Ordinal));
        var secret = marked[(start + 1)..end];
        var whole = secret.StartsWith("-----", StringComparison.Ordinal) || secret.Contains("horse", StringComparison.Ordinal) || secret.Contains("sesame", StringComparison.Ordinal);
        return (marked[..start], whole ? secret : secret.Replace(" ", "", StringComparison.Ordinal), marked[(end + 1)..]);
    }
}
