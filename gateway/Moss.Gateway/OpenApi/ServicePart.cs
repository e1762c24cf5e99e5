using System.Text.Json.Nodes;

namespace Moss.Gateway.OpenApi;

/// <summary>The API description of one service.</summary>
/// <param name="Service">Its name.</param>
/// <param name="Document">As it was told last; null when it never was.</param>
/// <param name="Current">Whether it was told now.</param>
internal sealed record ServicePart(string Service, JsonObject? Document, bool Current);
