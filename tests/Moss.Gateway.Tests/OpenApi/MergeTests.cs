using System.Text.Json.Nodes;
using Moss.Gateway.OpenApi;

namespace Moss.Gateway.Tests.OpenApi;

public sealed class MergeTests
{
    [Fact]
    public void Operations_of_one_path_come_together_from_two_services()
    {
        var merged = MergedDocument.Of([Part("ingestion", "post", "/api/evolutions"), Part("orchestrator", "get", "/api/evolutions")]);

        Operations(merged, "/api/evolutions").ShouldBe(["post", "get"]);
    }

    [Fact]
    public void Every_operation_names_its_scope_and_its_key()
    {
        var merged = MergedDocument.Of([Part("orchestrator", "post", "/api/evolutions/{id}/consent")]);

        var consent = merged["paths"]!["/api/evolutions/{id}/consent"]!["post"]!;
        consent["description"]!.GetValue<string>().ShouldEndWith("Takes a key with the scope approve.");
        consent["security"]!.AsArray().Count.ShouldBe(2);
        merged["components"]!["securitySchemes"]!["bearer"]!["scheme"]!.GetValue<string>().ShouldBe("bearer");
    }

    [Theory]
    [InlineData("get", "/internal/dump")]
    [InlineData("delete", "/api/batches/{id}")]
    [InlineData("post", "/api/batches/{id}/unseal")]
    public void What_the_gateway_does_not_let_through_is_not_described(string method, string path) =>
        MergedDocument.Of([Part("ingestion", method, path)])["paths"]!.AsObject().ShouldBeEmpty();

    [Fact]
    public void One_schema_that_two_services_share_stays_one()
    {
        var merged = MergedDocument.Of([With("ingestion", """{ "ProblemDetails": { "type": "object" } }"""), With("trials", """{ "ProblemDetails": { "type": "object" } }""")]);

        Schemas(merged).ShouldBe(["ProblemDetails"]);
    }

    [Fact]
    public void One_name_for_two_things_becomes_two_names_in_all_references()
    {
        var merged = MergedDocument.Of([With("ingestion", """{ "View": { "type": "object" } }"""), With("trials", """{ "View": { "type": "string" } }""", "View")]);

        Schemas(merged).ShouldBe(["View", "TrialsView"]);
        merged["components"]!["schemas"]!["View"]!["type"]!.GetValue<string>().ShouldBe("object");
        Reference(merged).ShouldBe("#/components/schemas/TrialsView");
    }

    [Fact]
    public void What_refers_to_a_renamed_schema_is_renamed_with_it()
    {
        const string List = """ "List": { "items": { "$ref": "#/components/schemas/View" } } """;

        var merged = MergedDocument.Of(
        [
            With("ingestion", $$"""{ {{List}}, "View": { "type": "object" } }"""),
            With("trials", $$"""{ {{List}}, "View": { "type": "string" } }""", "List"),
        ]);

        Schemas(merged).ShouldBe(["List", "View", "TrialsView", "TrialsList"], ignoreOrder: true);
        merged["components"]!["schemas"]!["TrialsList"]!["items"]!["$ref"]!.GetValue<string>().ShouldBe("#/components/schemas/TrialsView");
        merged["components"]!["schemas"]!["List"]!["items"]!["$ref"]!.GetValue<string>().ShouldBe("#/components/schemas/View");
        Reference(merged).ShouldBe("#/components/schemas/TrialsList");
    }

    [Fact]
    public void A_property_that_is_called_like_a_reference_is_none()
    {
        const string Odd = """{ "View": { "properties": { "$ref": { "type": "string" } } } }""";

        var merged = MergedDocument.Of([With("ingestion", """{ "View": { "type": "object" } }"""), With("trials", Odd)]);

        merged["components"]!["schemas"]!["TrialsView"]!["properties"]!["$ref"]!["type"]!.GetValue<string>().ShouldBe("string");
    }

    [Fact]
    public void The_parts_are_left_as_they_were()
    {
        var part = With("trials", """{ "View": { "type": "string" } }""", "View");
        var before = part.Document!.ToJsonString();

        MergedDocument.Of([With("ingestion", """{ "View": { "type": "object" } }"""), part]);

        part.Document.ToJsonString().ShouldBe(before);
    }

    [Fact]
    public void Who_is_not_there_is_named()
    {
        var merged = MergedDocument.Of([new("deployment", null, Current: false), Part("trials", "get", "/api/trials") with { Current = false }]);

        var description = merged["info"]!["description"]!.GetValue<string>();
        description.ShouldContain("shown as it was last: trials.");
        description.ShouldContain("left out: deployment.");
        Operations(merged, "/api/trials").ShouldBe(["get"]);
    }

    private static ServicePart Part(string service, string method, string path) => new(
        service,
        (JsonObject)JsonNode.Parse($$"""{ "openapi": "3.1.1", "paths": { "{{path}}": { "{{method}}": { "summary": "s" } } } }""")!,
        Current: true);

    /// <summary>A service with schemas, one of which an operation refers to.</summary>
    private static ServicePart With(string service, string schemas, string? used = null) => new(
        service,
        (JsonObject)JsonNode.Parse($$"""
            {
              "paths": { "/api/{{service}}": { "get": { "schema": { "$ref": "#/components/schemas/{{used}}" } } } },
              "components": { "schemas": {{schemas}} }
            }
            """)!,
        Current: true);

    private static string Reference(JsonObject merged) => merged["paths"]!["/api/trials"]!["get"]!["schema"]!["$ref"]!.GetValue<string>();

    private static IEnumerable<string> Schemas(JsonObject merged) => merged["components"]!["schemas"]!.AsObject().Select(schema => schema.Key);

    private static IEnumerable<string> Operations(JsonObject merged, string path) => merged["paths"]![path]!.AsObject().Select(operation => operation.Key);
}
