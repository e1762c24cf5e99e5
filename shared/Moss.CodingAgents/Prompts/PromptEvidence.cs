namespace Moss.CodingAgents.Prompts;

/// <summary>A piece of evidence for a prompt.</summary>
/// <param name="Label">What it is, such as <c>transcript of scenario x</c>.</param>
/// <param name="Text">Text by strangers.</param>
public sealed record PromptEvidence(string Label, string Text);
