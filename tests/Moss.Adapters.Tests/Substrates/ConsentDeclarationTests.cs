namespace Moss.Adapters.Tests.Substrates;

public sealed class ConsentDeclarationTests
{
    private const string Ada = "ed25519:11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";
    private const string Bea = "ed25519:PUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw=";

    [Fact]
    public void Approvers_and_what_it_takes_are_read()
    {
        var consent = Readings.Declared(Readings.Minimal + $$"""
            consent:
              approvers:
                - { name: ada, key: "{{Ada}}" }
                - { name: bea, key: "{{Bea}}" }
              quorum: 2
              requesterMayApprove: false
              validity: 90m
            """).Declaration.Consent!;

        consent.Approvers.ShouldBe([new("ada", Ada), new("bea", Bea)]);
        (consent.Quorum, consent.RequesterMayApprove, consent.Validity).ShouldBe((2, false, TimeSpan.FromMinutes(90)));
    }

    [Fact]
    public void One_approver_is_enough_and_a_signature_holds_for_a_day_unless_something_else_is_said()
    {
        var consent = Readings.Declared(Readings.Minimal + $$"""consent: { approvers: [{ name: ada, key: "{{Ada}}" }] }""").Declaration.Consent!;

        (consent.Quorum, consent.RequesterMayApprove, consent.Validity).ShouldBe((1, true, TimeSpan.FromHours(24)));
    }

    [Fact]
    public void Nobody_has_to_sign_where_nothing_is_said() => Readings.Declared(Readings.Minimal).Declaration.Consent.ShouldBeNull();

    [Theory]
    [InlineData("quorum: 1", "consent.approvers", "add approvers")]
    [InlineData("approvers: []", "consent.approvers", "at least one approver")]
    [InlineData("approvers: [{ key: ADA }]", "consent.approvers[0].name", "add name")]
    [InlineData("approvers: [{ name: Ada Byron, key: ADA }]", "consent.approvers[0].name", "a-z")]
    [InlineData("approvers: [{ name: ada }]", "consent.approvers[0].key", "add key")]
    [InlineData("approvers: [{ name: ada, key: 7 }]", "consent.approvers[0].key", "moss consent key")]
    [InlineData("approvers: [{ name: ada, key: \"ed25519:AAAA\" }]", "consent.approvers[0].key", "32 bytes")]
    [InlineData("approvers: [{ name: ada, key: \"ed25519:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\" }]", "consent.approvers[0].key", "32 bytes")]
    [InlineData("approvers: [{ name: ada, key: ADA }, { name: ada, key: BEA }]", "consent.approvers[1].name", "of their own")]
    [InlineData("approvers: [{ name: ada, key: ADA }, { name: bea, key: ADA }]", "consent.approvers[1].key", "moss consent key")]
    [InlineData("approvers: [{ name: ada, key: ADA }], quorum: 2", "consent.quorum", "lower quorum")]
    [InlineData("approvers: [{ name: ada, key: ADA }], quorum: 0", "consent.quorum", "from 1 to 100")]
    [InlineData("approvers: [{ name: ada, key: ADA }], requesterMayApprove: maybe", "consent.requesterMayApprove", "true or false")]
    [InlineData("approvers: [{ name: ada, key: ADA }], validity: 30s", "consent.validity", "from 1m to 168h")]
    [InlineData("approvers: [{ name: ada, key: ADA }], validity: 169h", "consent.validity", "from 1m to 168h")]
    [InlineData("approvers: [{ name: ada, key: ADA }], quorom: 1", "consent.quorom", "did you mean quorum?")]
    public void What_is_wrong_is_named_with_the_fix(string members, string field, string fix)
    {
        var written = members.Replace("ADA", $"\"{Ada}\"", StringComparison.Ordinal).Replace("BEA", $"\"{Bea}\"", StringComparison.Ordinal);

        var problem = Readings.Problem($"consent: {{ {written} }}");

        problem.Field.ShouldBe(field);
        problem.Fix.ShouldContain(fix);
    }
}
