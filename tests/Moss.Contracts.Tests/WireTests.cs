using System.Text;
using System.Text.Json;
using Moss.Testing;

namespace Moss.Contracts.Tests;

/// <summary>Namespace, name and shape of every message are what other processes and stored answers rely on.</summary>
public sealed class WireTests
{
    private const string Root = "Moss.Contracts";

    /// <summary>Who handles what is in a namespace; what everybody uses is in the root.</summary>
    private static readonly string[] Owners = ["Planning", "Implementation", "Trials", "Deployment", "Orchestration"];

    public static TheoryData<Type> Messages => [.. Types()];

    [Fact]
    public void The_wire_is_the_one_that_was_approved()
    {
        var text = new StringBuilder();
        foreach (var type in Types().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append("urn:message:").Append(type.Namespace).Append(':').Append(type.Name).Append('\n');
            foreach (var property in Shape.Of(type))
            {
                text.Append("  ").Append(property).Append('\n');
            }
        }

        Approval.Verify(text.ToString(), "wire");
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void Every_message_is_a_sealed_record_made_by_its_constructor_alone(Type message)
    {
        message.IsSealed.ShouldBeTrue();
        message.GetMethod("<Clone>$").ShouldNotBeNull();
        message.GetConstructors().ShouldHaveSingleItem().GetParameters().Select(parameter => parameter.Name)
            .ShouldBe(Shape.Properties(message).Select(property => property.Name));
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void Every_message_survives_the_wire(Type message)
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        var json = JsonSerializer.Serialize(Sample.Of(message), message, options);

        JsonSerializer.Serialize(JsonSerializer.Deserialize(json, message, options), message, options).ShouldBe(json);
    }

    [Fact]
    public void There_is_nothing_but_messages_and_what_they_hold()
    {
        var strangers = typeof(StageReference).Assembly.GetExportedTypes().Where(type => type.IsInterface || type.IsEnum || type.IsAbstract);

        strangers.ShouldBeEmpty();
    }

    [Fact]
    public void Every_message_is_in_the_namespace_of_an_owner_or_shared_by_all() =>
        Types().Select(type => type.Namespace!).Distinct().Order().ShouldBe(
            Owners.Select(owner => $"{Root}.{owner}").Append(Root).Order());

    [Theory]
    [InlineData("Planning", "LocateFault", "DraftPlan", "ReviewPlan", "ReviewCode", "ProposeVerdict")]
    [InlineData("Implementation", "ImplementPlan", "RebaseChange")]
    [InlineData("Trials", "BuildCandidate", "RunTrials", "RunTrial", "JudgeTrials")]
    [InlineData("Deployment", "PromoteCandidate")]
    public void Every_stage_command_is_in_the_namespace_of_the_service_that_does_it(string owner, params string[] commands) =>
        Types().Where(type => type.Namespace == $"{Root}.{owner}" && Shape.Properties(type).Any(property => property.Name == "Subject"))
            .Select(type => type.Name).ShouldBe(commands, ignoreOrder: true);

    [Fact]
    public void Whatever_belongs_to_a_stage_says_so_first()
    {
        var late = Types().Where(type => Shape.Properties(type).Skip(1).Any(
            property => property.PropertyType == typeof(StageReference) && type.Name != "DeadlinePassed"));

        late.ShouldBeEmpty();
    }

    private static IEnumerable<Type> Types() => typeof(StageReference).Assembly.GetExportedTypes();
}
