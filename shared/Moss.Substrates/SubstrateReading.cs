using System.Collections.Immutable;

namespace Moss.Substrates;

/// <summary>What became of a <c>moss.yaml</c>.</summary>
public abstract record SubstrateReading
{
    private SubstrateReading() { }

    /// <summary>It says what a substrate has to say.</summary>
    public sealed record Declared(SubstrateDeclaration Declaration) : SubstrateReading
    {
        /// <summary>Line and column of each field that is written there, counted from 1; <c>scope.editable[0]</c> names an item.</summary>
        public ImmutableDictionary<string, (int Line, int Column)> Positions { get; init; } = ImmutableDictionary<string, (int Line, int Column)>.Empty;
    }

    /// <summary>It cannot be used; at least one problem, in the order of the file.</summary>
    public sealed record Invalid(ImmutableArray<SubstrateProblem> Problems) : SubstrateReading;
}

/// <summary>One thing that is wrong with a <c>moss.yaml</c>.</summary>
/// <param name="Line">Counted from 1; 0 when it is not known.</param>
/// <param name="Column">Counted from 1; 0 when it is not known.</param>
/// <param name="Field">Such as <c>deploy.probes[0].http.path</c>; empty for the file as a whole.</param>
/// <param name="Problem">What is wrong; reads on from the field: <c>is empty</c>.</param>
/// <param name="Fix">What to write instead.</param>
public sealed record SubstrateProblem(int Line, int Column, string Field, string Problem, string Fix)
{
    /// <summary>On one line: <c>moss.yaml:4:3: scope.maxFiles is 0; write a whole number from 1 to 1000</c>.</summary>
    public override string ToString()
    {
        var place = Line > 0 ? $"{SubstrateReader.FileName}:{Line}:{Column}" : SubstrateReader.FileName;
        return $"{place}: {(Field.Length > 0 ? Field + " " : "")}{Problem}; {Fix}";
    }
}
