using System.Text;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;

namespace Moss.Consents;

/// <summary>The public half of an approver's key: Ed25519, RFC 8032. Written as one line, <c>ed25519:</c> and base64 of its 32 bytes.</summary>
public sealed class PublicKey
{
    private const string Prefix = "ed25519:";

    private readonly Ed25519PublicKeyParameters parameters;

    internal PublicKey(Ed25519PublicKeyParameters parameters) => this.parameters = parameters;

    /// <summary>Null for what is no key: another kind, another length, not written as Moss writes it, or no point that a signature can be checked with.</summary>
    public static PublicKey? Parse(string line)
    {
        var bytes = new byte[Ed25519PublicKeyParameters.KeySize];
        if (!line.StartsWith(Prefix, StringComparison.Ordinal)
            || !Convert.TryFromBase64String(line[Prefix.Length..], bytes, out var written) || written != bytes.Length
            || !Org.BouncyCastle.Math.EC.Rfc8032.Ed25519.ValidatePublicKeyFull(bytes, 0))
        {
            return null;
        }

        var key = new PublicKey(new Ed25519PublicKeyParameters(bytes));
        return key.ToString() == line ? key : null;
    }

    /// <summary>Whether the signature of the text, 64 bytes as base64, was made with the private half.</summary>
    public bool Verifies(string text, string signature)
    {
        var bytes = new byte[Ed25519PrivateKeyParameters.SignatureSize];
        if (!Convert.TryFromBase64String(signature, bytes, out var written) || written != bytes.Length)
        {
            return false;
        }

        var signer = new Ed25519Signer();
        signer.Init(forSigning: false, parameters);
        signer.BlockUpdate(Encoding.UTF8.GetBytes(text));
        return signer.VerifySignature(bytes);
    }

    /// <summary>Whether the signature of the text was made with the private half of that key; false when the key is none.</summary>
    public static bool Verifies(string key, string text, string signature) => Parse(key)?.Verifies(text, signature) ?? false;

    /// <inheritdoc/>
    public override string ToString() => Prefix + Convert.ToBase64String(parameters.GetEncoded());
}
