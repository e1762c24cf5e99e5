namespace Moss.Substrates;

/// <summary>The JSON Schema (draft 2020-12) of <c>moss.yaml</c>, for editors. The reader itself checks more and explains better.</summary>
public static class MossSchema
{
    /// <summary>The schema as JSON text.</summary>
    public static string Text
    {
        get
        {
            using var stream = typeof(MossSchema).Assembly.GetManifestResourceStream("moss.schema.json")!;
            using var reader = new StreamReader(stream);
            return reader.ReadToEnd();
        }
    }
}
