namespace Moss.Adapters.Tests.Substrates;

public sealed class OversightDeclarationTests
{
    private const string Key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBx7rSWMiu0lHkxHzIuNXVoJEOg7BlyNYhLHXAYcCZd5 oversight";

    [Fact]
    public void Oversight_says_how_often_how_late_by_whom_and_with_which_key()
    {
        var oversight = Readings.Declared(Readings.Minimal + $"oversight: {{ period: 24h, grace: 2h, approvers: [ada, grace hopper], signingKey: {Key} }}").Declaration.Oversight!;

        oversight.Period.ShouldBe(TimeSpan.FromHours(24));
        oversight.Grace.ShouldBe(TimeSpan.FromHours(2));
        oversight.Approvers.ShouldBe(["ada", "grace hopper"]);
        oversight.SigningKey.ShouldBe(Key);
    }

    [Fact]
    public void An_empty_section_is_a_week_with_a_day_of_grace_and_anybody()
    {
        var oversight = Readings.Declared(Readings.Minimal + "oversight: {}").Declaration.Oversight!;

        oversight.Period.ShouldBe(TimeSpan.FromDays(7));
        oversight.Grace.ShouldBe(TimeSpan.FromDays(1));
        oversight.Approvers.ShouldBeEmpty();
        oversight.SigningKey.ShouldBeNull();
    }

    [Fact]
    public void Without_the_section_nobody_looks_anything_over() => Readings.Declared(Readings.Minimal).Declaration.Oversight.ShouldBeNull();

    [Theory]
    [InlineData("period: 10s", "oversight.period", "from 1m to 8760h")]
    [InlineData("period: weekly", "oversight.period", "90s, 5m")]
    [InlineData("grace: 9000h", "oversight.grace", "from 0s to 8760h")]
    [InlineData("approvers: ada", "oversight.approvers", "a list such as [ada, grace]")]
    [InlineData("approvers: [\" ada\"]", "oversight.approvers[0]", "without blanks around")]
    [InlineData("signingKey: ada", "oversight.signingKey", ".pub file")]
    [InlineData("signingKey: ssh-ed25519", "oversight.signingKey", ".pub file")]
    [InlineData("signingKey: ssh-ed25519 AAAA", "oversight.signingKey", ".pub file")]
    [InlineData("signingKey: ssh-dss AAAAC3NzaC1lZDI1NTE5AAAAIBx7rSWMiu0lHkxHzIuNXVoJEOg7BlyNYhLHXAYcCZd5", "oversight.signingKey", ".pub file")]
    [InlineData("signingKey: -----BEGIN OPENSSH PRIVATE KEY-----", "oversight.signingKey", "make a new pair")]
    [InlineData("graze: 1h", "oversight.graze", "did you mean grace?")]
    public void What_is_wrong_is_named_with_the_fix(string members, string field, string fix)
    {
        var problem = Readings.Problem($"oversight: {{ {members} }}");

        problem.Field.ShouldBe(field);
        problem.Fix.ShouldContain(fix);
    }
}
