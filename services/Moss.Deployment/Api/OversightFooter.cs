using System.Text;

namespace Moss.Deployment.Api;

/// <summary>What stands below a review: how the remote guards the branch, what was answered last, and how to answer. It is no part of what is signed.</summary>
internal static class OversightFooter
{
    public static string Of(OversightView view)
    {
        var text = new StringBuilder("## Answer\n\n");
        text.Append(FormattableString.Invariant($"- The remote: {view.Guard.Standing}. {view.Guard.Detail}\n"));
        if (view.LastSigned is { } signed)
        {
            text.Append(FormattableString.Invariant($"- Last signed: {signed.Head} by {signed.By}, {signed.At:u}, on {signed.Branch} as {signed.Merge}\n"));
        }

        if (view.LastRefused is { } refused)
        {
            text.Append(FormattableString.Invariant($"- Last refused: {refused.Head} by {refused.By}, {refused.At:u}: {refused.Why.ReplaceLineEndings(" ")}\n"));
            foreach (var problem in new[] { refused.ProductionProblem, refused.BranchProblem }.OfType<string>())
            {
                text.Append("- Not undone yet: ").Append(problem).Append('\n');
            }
        }

        if (view.Changes.Count > 0 || view.Unpromoted.Count > 0)
        {
            text.Append(FormattableString.Invariant($"- This review: {view.Hash}\n"));
            text.Append(view.WhyNot is { } why ? $"- It cannot be signed: {why.Detail}; {why.Fix}\n" : $"- To sign: `moss oversight sign {view.Substrate} --head {view.Head} --by NAME`\n");
            text.Append($"- To refuse: `moss oversight refuse {view.Substrate} --head {view.Head} --by NAME --why TEXT`\n");
        }

        return text.ToString();
    }
}
