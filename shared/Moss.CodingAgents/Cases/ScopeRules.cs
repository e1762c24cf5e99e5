using Moss.Domain.Implementation;
using Moss.Substrates;

namespace Moss.CodingAgents.Cases;

/// <summary>A substrate's declared scope as the rules of the gates.</summary>
public static class ScopeRules
{
    /// <summary>The rules of a declaration, which must be that of the base commit: a candidate cannot loosen its own.</summary>
    public static ChangeRules Of(SubstrateDeclaration declaration)
    {
        var scope = new EditScopeRules(declaration);
        return new(scope.WhyNot, scope.IsDependency, declaration.Scope.MaxFiles, declaration.Scope.MaxLines);
    }
}
