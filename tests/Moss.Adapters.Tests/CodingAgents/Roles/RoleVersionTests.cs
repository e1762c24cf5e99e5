using System.Text.RegularExpressions;
using Moss.CodingAgents.Roles;

namespace Moss.Adapters.Tests.CodingAgents.Roles;

public sealed partial class RoleVersionTests
{
    private static readonly string[] Versions =
    [
        RoleCatalog.Locate.Version, RoleCatalog.Plan.Version, RoleCatalog.ReviewPlan.Version, RoleCatalog.Implement.Version, RoleCatalog.ReviewCode.Version,
        RoleCatalog.ProposeVerdict.Version,
    ];

    [Fact]
    public void Every_role_has_a_version_of_its_own() => Versions.ShouldBeUnique();

    [Fact]
    public void A_version_is_twelve_hexadecimal_digits() => Versions.ShouldAllBe(version => Digits().IsMatch(version));

    [Theory]
    [InlineData("template", "rules", "changed")]
    [InlineData("template", "changed", "schema")]
    [InlineData("changed", "rules", "schema")]
    [InlineData("templater", "ules", "schema")]
    public void Whatever_is_changed_it_is_another_version(params string[] texts) =>
        RoleResources.VersionOf(texts).ShouldNotBe(RoleResources.VersionOf("template", "rules", "schema"));

    [Fact]
    public void The_same_texts_are_the_same_version() =>
        RoleResources.VersionOf("template", "rules", "schema").ShouldBe(RoleResources.VersionOf("template", "rules", "schema"));

    [GeneratedRegex("^[0-9a-f]{12}$")]
    private static partial Regex Digits();
}
