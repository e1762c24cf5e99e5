using System.Text.Json.Nodes;
using Moss.Deployment.Instances.Swapping.Rehearsing;

namespace Moss.Services.Tests.Deployment.Swapping;

/// <summary>What a container becomes in a rehearsal, and what keeps it from one.</summary>
public sealed class RehearsalBodyTests
{
    private const string Recipe = """
        {
          "Image": "sha256:new", "Hostname": "store", "Domainname": "example", "MacAddress": "02:42:ac:11:00:02", "ExposedPorts": { "6379/tcp": {} },
          "Env": ["A=1"], "User": "redis", "StopSignal": "SIGINT", "Labels": { "com.docker.compose.project": "shop", "traefik.enable": "true" },
          "Healthcheck": { "Test": ["CMD", "ping"] },
          "HostConfig": {
            "Binds": ["state:/data:rw", "/etc/store.conf:/etc/store.conf:ro"], "NetworkMode": "shop_default", "PortBindings": { "6379/tcp": [{ "HostPort": "6379" }] },
            "Mounts": [{ "Type": "volume", "Source": "logs", "Target": "/logs", "VolumeOptions": { "NoCopy": true, "DriverConfig": { "Name": "nfs" } } }, { "Type": "tmpfs", "Target": "/run" }],
            "RestartPolicy": { "Name": "always" }, "Links": ["other:alias"], "Dns": ["10.0.0.1"], "AutoRemove": true, "IpcMode": "shareable", "UTSMode": "host",
            "LogConfig": { "Type": "syslog", "Config": { "syslog-address": "udp://10.0.0.2" } }, "ExtraHosts": ["peer:10.0.0.3"], "Memory": 1024, "Init": true
          },
          "NetworkingConfig": { "EndpointsConfig": { "shop_default": { "IPAMConfig": { "IPv4Address": "10.0.0.9" } } } }
        }
        """;

    private static readonly JsonObject Body = RehearsalBody.Of(
        Recipe, new Dictionary<string, string> { ["state"] = "copy-0", ["logs"] = "copy-1" }, new Dictionary<string, string> { ["moss.rehearsal"] = "desk-1" });

    private static readonly JsonObject Host = Body["HostConfig"]!.AsObject();

    [Fact]
    public void It_has_no_network_no_address_and_no_port()
    {
        Text(Host["NetworkMode"]).ShouldBe("none");
        new[] { "NetworkingConfig", "ExposedPorts", "MacAddress", "Domainname" }.ShouldAllBe(key => !Body.ContainsKey(key));
        new[] { "PortBindings", "Links", "Dns", "UTSMode", "IpcMode" }.ShouldAllBe(key => !Host.ContainsKey(key));
    }

    [Fact]
    public void Copies_are_mounted_where_volumes_were_and_what_is_only_read_stays()
    {
        Host["Binds"]!.ToJsonString().ShouldBe("""["copy-0:/data:rw","/etc/store.conf:/etc/store.conf:ro"]""");
        Host["Mounts"]!.ToJsonString().ShouldBe(
            """[{"Type":"volume","Source":"copy-1","Target":"/logs","VolumeOptions":{"NoCopy":true}},{"Type":"tmpfs","Target":"/run"}]""");
    }

    [Fact]
    public void Nobody_who_goes_by_labels_or_reads_its_log_hears_of_it()
    {
        Body["Labels"]!.ToJsonString().ShouldBe("""{"moss.rehearsal":"desk-1"}""");
        Text(Host["LogConfig"]!["Type"]).ShouldBe("json-file");
        Text(Host["RestartPolicy"]!["Name"]).ShouldBe("no");
        Host.ContainsKey("AutoRemove").ShouldBeFalse("its log is read after its end");
    }

    [Fact]
    public void The_program_finds_itself_under_its_own_name_and_runs_as_it_would()
    {
        Text(Body["Hostname"]).ShouldBe("store");
        Host["ExtraHosts"]!.ToJsonString().ShouldBe("""["peer:10.0.0.3","store:127.0.0.1"]""");
        (Text(Body["Image"]), Text(Body["User"]), Text(Body["StopSignal"]), Body["Env"]!.ToJsonString()).ShouldBe(("sha256:new", "redis", "SIGINT", """["A=1"]"""));
        (Host["Memory"]!.GetValue<int>(), Host["Init"]!.GetValue<bool>()).ShouldBe((1024, true));
    }

    [Theory]
    [InlineData("""{ "Mounts": [] }""", "no volume is mounted")]
    [InlineData("""{ "Mounts": [{ "Type": "bind", "Source": "/srv/data", "Destination": "/data", "RW": true }] }""", "/data is the folder /srv/data of the machine")]
    [InlineData("""{ "Mounts": [{ "Type": "bind", "Source": "/run/docker.sock", "Destination": "/docker.sock", "RW": false }] }""", "it could talk to what runs")]
    [InlineData("""{ "Mounts": [{ "Type": "bind", "Source": "/srv/bus.sock", "Destination": "/bus", "RW": false }] }""", "it could talk to what runs")]
    [InlineData("""{ "Mounts": [{ "Type": "cluster", "Destination": "/data" }] }""", "a mount of kind cluster")]
    [InlineData("""{ "HostConfig": { "VolumesFrom": ["other"] } }""", "--volumes-from")]
    [InlineData("""{ "HostConfig": { "Privileged": true } }""", "it is privileged")]
    [InlineData("""{ "HostConfig": { "CapAdd": ["CAP_SYS_ADMIN"] } }""", "the capability CAP_SYS_ADMIN")]
    [InlineData("""{ "HostConfig": { "Devices": [{ "PathOnHost": "/dev/kvm" }] } }""", "devices of the machine")]
    [InlineData("""{ "HostConfig": { "DeviceRequests": [{ "Driver": "nvidia" }] } }""", "devices of the machine")]
    [InlineData("""{ "HostConfig": { "PidMode": "host" } }""", "shares its processes")]
    [InlineData("""{ "HostConfig": { "IpcMode": "container:other" } }""", "shares its shared memory")]
    public void What_could_reach_production_is_refused_with_what_to_do(string container, string reason)
    {
        var refusals = RehearsalLimits.Of(Container(container)).ToList();

        refusals.ShouldContain(refusal => refusal.Contains(reason, StringComparison.Ordinal));
        refusals.ShouldAllBe(refusal => refusal.EndsWith("or remove deploy.swap.rehearsal and declare deploy.swap.snapshot", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{ "HostConfig": { "NetworkMode": "host", "IpcMode": "private", "CapAdd": ["NET_BIND_SERVICE"], "Privileged": false, "Devices": [] } }""")]
    [InlineData("""{ "Mounts": [{ "Type": "volume", "Name": "state", "Destination": "/data", "RW": true }, { "Type": "bind", "Source": "/etc/store.conf", "Destination": "/c", "RW": false }] }""")]
    public void What_cannot_is_not(string container) => RehearsalLimits.Of(Container(container)).ShouldBeEmpty();

    private static JsonObject Container(string json)
    {
        var container = JsonNode.Parse(json)!.AsObject();
        container["Mounts"] ??= new JsonArray(new JsonObject { ["Type"] = "volume", ["Name"] = "state", ["Destination"] = "/data", ["RW"] = true });
        return container;
    }

    private static string Text(JsonNode? node) => node!.GetValue<string>();
}
