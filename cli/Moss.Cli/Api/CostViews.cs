namespace Moss.Cli.Api;

/// <summary>What was paid for.</summary>
internal sealed record CostView(string By, IReadOnlyList<CostRowView> Rows, CostRowView Total);

internal sealed record CostRowView(string Name, int Calls, decimal Dollars, decimal EstimatedDollars, long TokensIn, long TokensOut, double Seconds);
