using System.Text.Json.Nodes;
using Moss.Containers.Engine.Networks;
using Moss.Contracts.Deployment;
using Moss.Services.Tests.Deployment.Containers;

namespace Moss.Services.Tests.Deployment.Swapping;

/// <summary>What a person gave a container is there after the swap; what the engine made of it, and what the image brings, is new.</summary>
[Collection(DockerCollection.Name)]
public sealed class FidelityTests(DockerUnderTest docker)
{
    // Of one container and no other, or of its image.
    private static readonly string[] Own =
    [
        "Id", "Created", "Name", "State", "Image", "ResolvConfPath", "HostnamePath", "HostsPath", "LogPath", "GraphDriver", "ExecIDs", "RestartCount",
        "Config.Hostname", "Config.Image", "NetworkSettings.SandboxID", "NetworkSettings.SandboxKey", "HostConfig.ContainerIDFile",
    ];

    [Fact]
    public async Task Nothing_of_a_container_with_everything_is_lost()
    {
        var second = $"moss-second-{Guid.NewGuid():n}";
        await docker.Engine.Networks.CreateAsync(new NetworkSpec(second, new Dictionary<string, string>()), default);
        await using (var subject = await SwapSubject.RunningAsync(docker, body => Fill(body, docker.Network)))
        {
            await docker.Engine.Networks.ConnectAsync(second, subject.Name, JsonNode.Parse("""{"Aliases":["back"]}""")!, default);
            await subject.AdoptAsync();
            var before = await subject.InspectAsync();
            await using var moss = subject.World.Moss();

            await moss.PromoteAsync<CandidatePromoted>(await subject.World.ImageCommandAsync(subject.World.Version("better")));

            Differences("", Told(before), Told(await subject.InspectAsync())).ShouldBeEmpty();
            await subject.AssertOneAsync("better");
        }

        await docker.Engine.Networks.RemoveAsync(second, default);
    }

    [Fact]
    public async Task Five_swaps_leave_one_alias_and_no_name_of_a_container_that_is_gone()
    {
        await using var subject = await SwapSubject.ServingAsync(docker);
        await using var moss = subject.World.Moss();
        var at = subject.World.Base;
        for (var swap = 1; swap <= 5; swap++)
        {
            var next = subject.World.Version($"better-{swap}");
            await moss.PromoteAsync<CandidatePromoted>(await subject.World.ImageCommandAsync(next, basedOn: at));
            at = next;
        }

        var container = await subject.InspectAsync();
        var aliases = container["NetworkSettings"]!["Networks"]![docker.Network]!["Aliases"] as JsonArray ?? [];
        aliases.Select(alias => alias!.GetValue<string>()).ShouldBe([container["Id"]!.GetValue<string>()[..12]]);
        container["Config"]!["Hostname"]!.GetValue<string>().ShouldBe(container["Id"]!.GetValue<string>()[..12]);
    }

    [Fact]
    public async Task What_the_new_image_brings_is_the_new_images_and_what_a_person_set_is_the_persons()
    {
        const string Instructions = """
            ENV PYTHONUNBUFFERED=2 COLOUR=image SIZE=large
            LABEL version=2
            STOPSIGNAL SIGQUIT
            HEALTHCHECK --interval=7s CMD true
            """;
        await using var subject = await SwapSubject.ServingAsync(docker, body => body["Env"]!.AsArray().Add("COLOUR=person"));
        await using var moss = subject.World.Moss();

        await moss.PromoteAsync<CandidatePromoted>(await subject.World.ImageCommandAsync(subject.World.Version("better", Instructions)));

        var config = (await subject.InspectAsync())["Config"]!;
        var environment = config["Env"]!.AsArray().Select(entry => entry!.GetValue<string>()).ToList();
        environment.ShouldContain("PYTHONUNBUFFERED=2");
        environment.ShouldContain("SIZE=large");
        environment.ShouldContain("COLOUR=person");
        environment.ShouldNotContain("COLOUR=image");
        config["Labels"]!["version"]!.GetValue<string>().ShouldBe("2");
        config["StopSignal"]!.GetValue<string>().ShouldBe("SIGQUIT");
        config["Healthcheck"]!["Interval"]!.GetValue<long>().ShouldBe(7_000_000_000);
        config["Cmd"]!.AsArray().Select(word => word!.GetValue<string>()).ShouldBe(["python3", "server.py"]);
    }

    private static void Fill(JsonObject body, string network)
    {
        body["Hostname"] = "reception";
        body["Env"]!.AsArray().Add("COLOUR=a b \"c\" $(d)\u00e9");
        body["Labels"] = new JsonObject { ["com.docker.compose.service"] = "desk", ["a person's"] = "label; rm -rf /" };
        body["Volumes"] = new JsonObject { ["/cache"] = new JsonObject() };
        body["StopTimeout"] = 7;
        body["StopSignal"] = "SIGINT";
        body["Healthcheck"] = new JsonObject { ["Test"] = new JsonArray("CMD", "true"), ["Interval"] = 3_000_000_000 };
        body["NetworkingConfig"] = new JsonObject { ["EndpointsConfig"] = new JsonObject { [network] = new JsonObject { ["Aliases"] = new JsonArray("front") } } };
        foreach (var (key, value) in JsonNode.Parse("""
            {
              "Tmpfs": { "/scratch": "size=1m" }, "CapAdd": ["NET_ADMIN"], "CapDrop": ["MKNOD"], "Memory": 134217728, "MemorySwap": 134217728,
              "PidsLimit": 77, "Dns": ["192.0.2.1"], "ExtraHosts": ["db:192.0.2.2"], "GroupAdd": ["20"], "OomScoreAdj": 5, "ShmSize": 1048576,
              "Sysctls": { "net.core.somaxconn": "99" }, "Ulimits": [{ "Name": "nofile", "Soft": 512, "Hard": 1024 }],
              "LogConfig": { "Type": "json-file", "Config": { "max-size": "1m" } }, "MaskedPaths": [], "ReadonlyPaths": [], "CpuShares": 512
            }
            """)!.AsObject())
        {
            body["HostConfig"]![key] = value!.DeepClone();
        }
    }

    private static JsonObject Told(JsonObject container)
    {
        var told = container.DeepClone().AsObject();
        foreach (var own in Own.Select(path => path.Split('.')))
        {
            (own.Length == 1 ? told : told[own[0]]!.AsObject()).Remove(own[^1]);
        }

        var id = container["Id"]!.GetValue<string>()[..12];
        foreach (var (_, end) in told["NetworkSettings"]!["Networks"]!.AsObject())
        {
            foreach (var given in new[] { "EndpointID", "IPAddress", "MacAddress" })
            {
                end!.AsObject().Remove(given);
            }

            end!["Aliases"] = new JsonArray([.. (end["Aliases"] as JsonArray ?? []).Select(alias => alias!.GetValue<string>()).Where(alias => alias != id).Select(alias => JsonValue.Create(alias))]);
        }

        told["Config"]!["Labels"] = Sorted(told["Config"]!["Labels"]!.AsObject(), label => !label.StartsWith("moss.", StringComparison.Ordinal));
        told["Config"]!.AsObject().Remove("Volumes");
        told["HostConfig"]!["Binds"] = new JsonArray();
        told["Mounts"] = new JsonArray([.. told["Mounts"]!.AsArray().Select(mount => $"{mount!["Type"]} {mount["Name"]} {mount["Destination"]} {mount["RW"]}").Order(StringComparer.Ordinal).Select(text => JsonValue.Create(text))]);
        return told;
    }

    private static JsonObject Sorted(JsonObject of, Func<string, bool> kept) =>
        new(of.Where(entry => kept(entry.Key)).OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => KeyValuePair.Create(entry.Key, entry.Value?.DeepClone())));

    private static List<string> Differences(string path, JsonNode? before, JsonNode? after)
    {
        if (before is JsonObject one && after is JsonObject other)
        {
            return [.. one.Select(entry => entry.Key).Union(other.Select(entry => entry.Key)).SelectMany(key => Differences($"{path}.{key}", one[key], other[key]))];
        }

        return JsonNode.DeepEquals(before, after) ? [] : [$"{path}: {before?.ToJsonString()} -> {after?.ToJsonString()}"];
    }
}
