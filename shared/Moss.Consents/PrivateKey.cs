using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.EdEC;
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Security;

namespace Moss.Consents;

/// <summary>The private half of an approver's key. It is as PEM what <c>openssl genpkey -algorithm ed25519</c> writes too.</summary>
public sealed class PrivateKey
{
    /// <summary>Bytes of chance that a key is made of.</summary>
    public const int SeedBytes = 32;

    private const string Label = "PRIVATE KEY";

    private readonly Ed25519PrivateKeyParameters parameters;

    private PrivateKey(Ed25519PrivateKeyParameters parameters) => this.parameters = parameters;

    /// <summary>What goes into the substrate's declaration.</summary>
    public PublicKey Public => new(parameters.GeneratePublicKey());

    /// <summary>The key of <see cref="SeedBytes"/> bytes, which nobody else may know.</summary>
    public static PrivateKey Of(ReadOnlySpan<byte> seed) => new(new Ed25519PrivateKeyParameters(seed));

    /// <summary>Reads a PEM of PKCS#8 without a password.</summary>
    /// <exception cref="KeyFileException">It is no such thing, or the key of another algorithm.</exception>
    public static PrivateKey ReadPem(string pem)
    {
        if (!PemEncoding.TryFind(pem, out var fields) || pem[fields.Label] != Label)
        {
            throw new KeyFileException(
                $"there is no block '-----BEGIN {Label}-----' in it", "give the file that `moss consent key` wrote; keys with a password are not read");
        }

        try
        {
            var content = Convert.FromBase64String(pem[fields.Base64Data]);
            return PrivateKeyFactory.CreateKey(content) is Ed25519PrivateKeyParameters key
                ? new PrivateKey(key)
                : throw new KeyFileException("the key in it is not of Ed25519", "make one: moss consent key --out FILE");
        }
        catch (Exception broken) when (broken is not KeyFileException)
        {
            throw new KeyFileException("the key in it cannot be read", "give the file as `moss consent key` wrote it, or make a new key");
        }
    }

    /// <summary>As PEM of PKCS#8; anybody who reads it can sign.</summary>
    public string WritePem()
    {
        var info = new PrivateKeyInfo(new AlgorithmIdentifier(EdECObjectIdentifiers.id_Ed25519), new DerOctetString(parameters.GetEncoded()));
        return PemEncoding.WriteString(Label, info.GetDerEncoded()) + "\n";
    }

    /// <summary>Signature of the text in UTF-8: 64 bytes as base64. The same text always has the same.</summary>
    public string Sign(string text)
    {
        var signer = new Ed25519Signer();
        signer.Init(forSigning: true, parameters);
        signer.BlockUpdate(Encoding.UTF8.GetBytes(text));
        return Convert.ToBase64String(signer.GenerateSignature());
    }
}
