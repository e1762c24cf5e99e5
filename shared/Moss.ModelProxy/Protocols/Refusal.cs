namespace Moss.ModelProxy.Protocols;

/// <summary>Why a call did not reach the upstream, or its answer not the client.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Code">A word for programs.</param>
/// <param name="Message">For people: what is wrong and what to do.</param>
internal sealed record Refusal(int Status, string Code, string Message)
{
    public static Refusal Token { get; } = new(
        401, "wrong_token", "the key is not the token of this job: send MOSS_MODEL_TOKEN as bearer token, x-api-key or x-goog-api-key");

    public static Refusal Budget { get; } = new(
        402, "budget_exhausted", "the budget of this stage of the evolution is used up: this call could cost more than what is left of it");

    public static Refusal Key(string upstream) => new(
        401, "upstream_key", $"the upstream refused the key that Moss has for it: a person has to correct it (Moss:Models:{upstream})");

    public static Refusal Path(string method, string path, string upstream) => new(
        403, "path_not_allowed", $"{method} {path} is not among what may be asked of '{upstream}'; a person can allow it in Moss:Models:{upstream}:Paths");

    public static Refusal TooLarge(long limit) => new(413, "request_too_large", $"the request is larger than {limit} bytes");

    public static Refusal Encoded { get; } = new(415, "request_encoded", "the request is compressed: send it as it is, without Content-Encoding");

    public static Refusal Malformed { get; } = new(400, "malformed_request", "the request is no JSON object, or names a field twice");

    public static Refusal ServerTool(string tool) => new(
        403, "tool_not_allowed", $"'{tool}' would have the provider reach other machines for the job, or go on unmetered: leave it out");

    public static Refusal Away { get; } = new(502, "upstream_away", "the upstream cannot be reached, or went away before it answered");

    public static Refusal Redirect { get; } = new(502, "upstream_redirects", "the upstream points to another address, which is not followed");

    public static Refusal Silent { get; } = new(504, "upstream_silent", "the upstream did not answer in time");
}
