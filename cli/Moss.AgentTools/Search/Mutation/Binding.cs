namespace Moss.AgentTools.Search.Mutation;

/// <summary>How tightly the parts of an expression hold together; a looser one in a tighter place needs parentheses.</summary>
internal enum Binding
{
    Loosest,
    Or,
    And,
    Not,
    Compare,
    Arithmetic,
    Atom,
}
