using System.Collections.Immutable;

namespace Moss.Gateway.Keys;

/// <summary>What is known of a key; the key itself is not.</summary>
/// <param name="Name">Who has it.</param>
/// <param name="Hash">SHA-256 of its UTF-8 bytes.</param>
/// <param name="Scopes">What it may be used for; at least one.</param>
internal sealed record ApiKey(string Name, ImmutableArray<byte> Hash, ImmutableArray<Scope> Scopes);
