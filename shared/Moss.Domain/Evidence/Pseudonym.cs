using System.Security.Cryptography;
using System.Text;

namespace Moss.Domain.Evidence;

/// <summary>Ids of sessions and users as they are stored: an id that is an address or a secret only as a name that stands for it.</summary>
public static class Pseudonym
{
    /// <summary>The id itself where nothing in it must be hidden; otherwise a name that is the same for the same id.</summary>
    public static string? Of(string? id) =>
        id is null || Redaction.Apply(id).Count == 0 ? id : $"hidden-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)))[..12]}";
}
