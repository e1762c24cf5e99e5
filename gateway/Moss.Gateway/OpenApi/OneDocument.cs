namespace Moss.Gateway.OpenApi;

/// <summary>Where the one description is read; nobody needs a key for it.</summary>
internal static class OneDocument
{
    public static void MapOneDocument(this IEndpointRouteBuilder routes) => routes.MapGet(
        "/openapi/v1.json",
        async (ServiceDocuments documents, CancellationToken cancellationToken) =>
            TypedResults.Json(MergedDocument.Of(await documents.ReadAsync(cancellationToken)))).ExcludeFromDescription();
}
