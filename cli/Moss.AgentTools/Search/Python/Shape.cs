namespace Moss.AgentTools.Search.Python;

/// <summary>What a value seems to be, from how it is made and used. Several at once when in doubt; none when unknown.</summary>
[Flags]
internal enum Shape
{
    Unknown = 0,
    Number = 1,
    Text = 2,
    List = 4,
    Set = 8,
    Dictionary = 16,
    Truth = 32,
    Function = 64,
    Object = 128,
    Series = Text | List,
    Container = Text | List | Set | Dictionary,
}
