using Moss.AgentTools.Search.Mutation;
using Moss.AgentTools.Search.Profile;

namespace Moss.AgentTools.Search.Python;

/// <summary>Python, by its structure.</summary>
internal sealed class PythonLanguage : ILanguage
{
    private static readonly Func<Site, IEnumerable<Proposal>>[] OnExpressions =
    [
        OperatorTemplates.Propose, ConstantTemplates.Propose, OrderTemplates.Propose, NameTemplates.Propose, AccessTemplates.Propose,
        BorrowTemplates.Propose, ArithmeticTemplates.Propose, CallTemplates.Propose, ConditionTemplates.Propose,
    ];

    public IValueProbe Probe { get; } = new PythonProbe();

    public bool Reads(string path) => path.EndsWith(".py", StringComparison.Ordinal);

    public IEnumerable<Mutant> Mutate(SourceText file, Func<int, bool> matters)
    {
        var parsed = PythonFile.Parse(file);
        var scopes = new Scopes(parsed);
        var layout = new Layout(parsed);
        foreach (var statement in parsed.All.Where(s => Matters(s, matters)))
        {
            var observable = statement.Function is not null && !statement.Inline && !statement.Continues && statement.Word is not ("def" or "while");
            foreach (var proposal in OfExpressions(parsed, scopes, statement).Concat(OfStatement(parsed, scopes, layout, statement)))
            {
                yield return new Mutant(
                    file.Path, proposal.Edits, proposal.Template, proposal.Cost, statement.FirstLine, statement.LastLine, Where(statement), proposal.What)
                {
                    Observed = observable ? proposal.Value?.At(layout.Before(statement)) : null,
                };
            }
        }
    }

    private static bool Matters(Statement statement, Func<int, bool> matters) =>
        statement.Word is not ("import" or "from" or "class" or "opaque") && !statement.IsDocumentation
        && Enumerable.Range(statement.FirstLine, statement.LastLine - statement.FirstLine + 1).Any(matters);

    private static IEnumerable<Proposal> OfExpressions(PythonFile file, Scopes scopes, Statement statement) =>
        statement.Expressions
            .Select(node => new Site(file, scopes, statement, node))
            .SelectMany(site => OnExpressions.SelectMany(template => template(site)));

    private static IEnumerable<Proposal> OfStatement(PythonFile file, Scopes scopes, Layout layout, Statement statement) =>
    [
        .. FlowTemplates.Propose(file, scopes, layout, statement),
        .. MovementTemplates.Propose(file, layout, statement),
        .. RemovalTemplates.Propose(file, layout, statement),
        .. InsertionTemplates.Propose(file, scopes, layout, statement),
        .. GuardTemplates.Propose(file, scopes, layout, statement),
    ];

    private static string Where(Statement statement)
    {
        var names = statement.Ancestors().Where(a => a.Word is "def" or "class").Select(a => a.Names[0]).Reverse();
        var path = string.Join('.', names);
        return statement.Function is null || path.Length == 0 ? path : path + "()";
    }
}
