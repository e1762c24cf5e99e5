using System.Collections.Immutable;
using Moss.Substrates.Yaml;

namespace Moss.Substrates.Reading;

/// <summary>Checks that need more than one key.</summary>
internal static class CrossChecks
{
    public static NameRule RoleName(ImmutableArray<string> roles) =>
        new(roles.Contains, "is no role", $"write one of {string.Join(", ", roles)}");

    public static void SomethingIsEditable(EditScope scope, YamlValue.Map map, FieldAt field)
    {
        if (scope.Editable.IsEmpty)
        {
            field.Below("editable").Report(At(map, "editable"), "is empty: no candidate could change anything", "write a list such as [\"src/**\"]");
        }
    }

    public static void ProbesCanPass(DeployStep deploy, YamlValue.Map map, FieldAt field)
    {
        if (deploy.Probes.IsEmpty)
        {
            field.Below("probes").Report(At(map, "probes"), "is empty: nothing would show that a new version is healthy", "write a list such as [http: { path: /health }]");
        }

        if (deploy.Window < deploy.Interval * (deploy.Passes - 1))
        {
            field.Below("window").Report(
                At(map, "window"),
                $"is {DurationText.Write(deploy.Window)}, too short for {deploy.Passes} passes {DurationText.Write(deploy.Interval)} apart",
                "raise window, or lower interval or passes");
        }
    }

    public static void PortForProbes(DeployStep deploy, YamlValue.Map map, FieldAt field)
    {
        if (deploy.Port == 0 && deploy.Probes.AddRange(deploy.Liveness).AddRange(deploy.Startup?.Probes ?? []).Any(probe => probe is Probe.Http or Probe.Tcp))
        {
            field.Below("port").Report(At(map, "probes"), "is missing, and the http and tcp probes ask it", "add the port that the substrate serves on");
        }
    }

    public static void ContainersHaveAnImage(SubstrateDeclaration root, YamlValue.Map map, FieldAt field)
    {
        if (root is { Image: null, Deploy: { } deploy } && (deploy.Container is not null || deploy.Swap is not null))
        {
            field.Below("image").Report(At(map, "deploy"), $"is missing, and deploy.{(deploy.Swap is null ? "container" : "swap")} runs it", "add image: { dockerfile: Dockerfile }");
        }
    }

    public static void VotesAreOdd(JudgeDeclaration judge, YamlValue.Map map, FieldAt field)
    {
        if (judge.Votes % 2 == 0)
        {
            field.Below("votes").Report(At(map, "votes"), "is even: half of the votes could say yes and half no", "write 3, 5, 7, 9, 11, 13 or 15");
        }
    }

    public static void ApproversCanConsent(ConsentDeclaration consent, YamlValue.Map map, FieldAt field)
    {
        var approvers = field.Below("approvers");
        if (consent.Approvers.IsEmpty)
        {
            approvers.Report(At(map, "approvers"), "is empty: nobody could consent", "name at least one approver, or remove consent");
        }
        else if (consent.Quorum > consent.Approvers.Length)
        {
            field.Below("quorum").Report(
                At(map, "quorum"), $"is {consent.Quorum}, and there are {consent.Approvers.Length} approvers", "lower quorum, or name more approvers");
        }

        for (var index = 0; index < consent.Approvers.Length; index++)
        {
            var (approver, before) = (consent.Approvers[index], consent.Approvers[..index]);
            if (before.Any(other => other.Name == approver.Name))
            {
                approvers.Item(index).Below("name").Report(At(map, "approvers"), $"is '{approver.Name}' again", "give each approver a name of their own");
            }

            if (before.FirstOrDefault(other => other.Key == approver.Key) is { } same)
            {
                approvers.Item(index).Below("key").Report(
                    At(map, "approvers"), $"is the key of '{same.Name}' too: one person would count twice", "let each approver make a key: moss consent key --out FILE");
            }
        }
    }

    public static void OneWayToTheModel(CommandAgent agent, YamlValue.Map map, FieldAt field)
    {
        if (agent is { Network: true, Model: not null })
        {
            field.Below("network").Report(At(map, "network"), "is true, and with model there is no network but the model", "remove network, or remove model");
        }
    }

    public static void VariablesOnce(ImmutableSortedDictionary<string, string> environment, ModelAccess? model, YamlValue.Map map, FieldAt field)
    {
        foreach (var name in model?.Environment.Keys.Where(environment.ContainsKey) ?? [])
        {
            field.Below("model").Below("environment").Below(name).Report(At(map, "model"), "is set in environment too", $"remove {name} from one of them");
        }
    }

    /// <summary>Where the key is written, else where its map is.</summary>
    public static Mark At(YamlValue.Map map, string key) => map.Entries.FirstOrDefault(entry => entry.Key == key)?.At ?? map.At;
}
