using System.Text.Json.Nodes;
using Moss.Containers.Recreation;

namespace Moss.Adapters.Tests.Containers.Recreating;

/// <summary>A container made again with another image: what a person gave is kept, what the old image gave is the new one's to give.</summary>
public sealed class RecreationTests
{
    private const string Id = "0123456789abcdef";

    private readonly JsonObject container = Json("""
        {
          "Id": "0123456789abcdef", "Name": "/redis",
          "Config": { "Hostname": "0123456789ab", "Image": "redis:7", "Env": [], "Labels": {} },
          "HostConfig": { "NetworkMode": "default", "RestartPolicy": { "Name": "always", "MaximumRetryCount": 0 } },
          "Mounts": [], "NetworkSettings": { "Ports": {}, "Networks": { "bridge": { "NetworkID": "n0" } } }
        }
        """);

    private readonly JsonObject old = Json("""{ "Id": "sha256:old", "Config": {} }""");
    private readonly JsonObject coming = Json("""{ "Id": "sha256:new", "Config": {} }""");

    private RecreatedContainer Made => Recreation.Of(container, old, coming);

    private JsonObject Body => Json(Made.Body);

    private JsonObject Given => container["Config"]!.AsObject();

    private JsonObject Host => container["HostConfig"]!.AsObject();

    [Fact]
    public void It_has_the_name_the_new_image_by_its_id_and_no_policy_until_it_serves()
    {
        Made.Name.ShouldBe("redis");
        Text(Body["Image"]).ShouldBe("sha256:new");
        Shown(Body["HostConfig"]!["RestartPolicy"]).ShouldBe("""{"Name":"no"}""");
        Made.RestartPolicy.ShouldBe("""{"Name":"always","MaximumRetryCount":0}""");
    }

    [Theory]
    [InlineData("User", "\"app\"")]
    [InlineData("WorkingDir", "\"/srv\"")]
    [InlineData("StopSignal", "\"SIGINT\"")]
    [InlineData("Shell", "[\"/bin/sh\"]")]
    [InlineData("Entrypoint", "[\"/run.sh\"]")]
    [InlineData("Cmd", "[\"serve\"]")]
    public void A_value_of_the_old_image_is_left_to_the_new_one_and_a_persons_is_kept(string key, string value)
    {
        Given[key] = JsonNode.Parse(value);
        old["Config"]![key] = JsonNode.Parse(value);
        Body.ContainsKey(key).ShouldBeFalse();

        old["Config"]![key] = JsonNode.Parse("[\"other\"]");
        Shown(Body[key]).ShouldBe(value);
    }

    [Fact]
    public void Arguments_that_equal_the_images_are_kept_with_an_entry_point_of_a_person()
    {
        Given["Entrypoint"] = new JsonArray("/mine.sh");
        Given["Cmd"] = new JsonArray("serve");
        old["Config"]!["Entrypoint"] = new JsonArray("/run.sh");
        old["Config"]!["Cmd"] = new JsonArray("serve");

        Shown(Body["Entrypoint"]).ShouldBe("""["/mine.sh"]""");
        Shown(Body["Cmd"]).ShouldBe("""["serve"]""");
    }

    [Fact]
    public void Of_the_environment_what_equals_the_old_image_is_left_out_and_said_where_it_changes()
    {
        Given["Env"] = new JsonArray("PATH=/bin", "VERSION=1", "COLOUR=red", "MINE=1");
        old["Config"]!["Env"] = new JsonArray("PATH=/bin", "VERSION=1", "COLOUR=blue");
        coming["Config"]!["Env"] = new JsonArray("PATH=/bin", "VERSION=2");

        Shown(Body["Env"]).ShouldBe("""["COLOUR=red","MINE=1"]""");
        Made.Notices.ShouldBe(["environment: VERSION=1, the old image's, becomes 2"]);
    }

    [Fact]
    public void A_variable_of_the_old_image_that_the_new_one_does_not_have_is_said_to_go()
    {
        Given["Env"] = new JsonArray("HOME=/app");
        old["Config"]!["Env"] = new JsonArray("HOME=/app");

        Made.Notices.ShouldHaveSingleItem().ShouldContain("HOME=/app, the old image's, goes");
    }

    [Fact]
    public void Labels_of_the_old_image_and_of_Moss_are_left_out()
    {
        Given["Labels"] = Json("""{ "version": "1", "com.docker.compose.project": "shop", "moss.instance": "desk-1" }""");
        old["Config"]!["Labels"] = Json("""{ "version": "1" }""");

        Shown(Body["Labels"]).ShouldBe("""{"com.docker.compose.project":"shop"}""");
    }

    [Fact]
    public void A_health_check_is_taken_apart_field_by_field()
    {
        Given["Healthcheck"] = Json("""{ "Test": ["CMD", "ping"], "Interval": 5, "Retries": 9 }""");
        old["Config"]!["Healthcheck"] = Json("""{ "Test": ["CMD", "ping"], "Interval": 5, "Retries": 3 }""");

        Shown(Body["Healthcheck"]).ShouldBe("""{"Retries":9}""");
    }

    [Fact]
    public void A_name_that_was_the_id_is_not_kept_and_one_that_was_given_is()
    {
        Body.ContainsKey("Hostname").ShouldBeFalse();

        Given["Hostname"] = "reception";
        Text(Body["Hostname"]).ShouldBe("reception");

        Host["NetworkMode"] = "host";
        Body.ContainsKey("Hostname").ShouldBeFalse();
    }

    [Fact]
    public void Volumes_without_a_name_are_given_by_the_one_they_have()
    {
        Given["Volumes"] = Json("""{ "/data": {}, "/cache": {} }""");
        Host["Binds"] = new JsonArray("/etc/localtime:/etc/localtime:ro", "named:/named");
        Host["Mounts"] = new JsonArray(Json("""{ "Type": "volume", "Target": "/mounted" }"""));
        container["Mounts"] = new JsonArray(
            Json("""{ "Type": "volume", "Name": "named", "Destination": "/named", "RW": true }"""),
            Json("""{ "Type": "volume", "Name": "aaa", "Destination": "/data", "RW": true }"""),
            Json("""{ "Type": "volume", "Name": "bbb", "Destination": "/cache", "RW": false }"""),
            Json("""{ "Type": "volume", "Name": "ccc", "Destination": "/mounted", "RW": true }"""),
            Json("""{ "Type": "bind", "Source": "/etc/localtime", "Destination": "/etc/localtime", "RW": false }"""));

        Shown(Body["HostConfig"]!["Binds"]).ShouldBe("""["/etc/localtime:/etc/localtime:ro","named:/named","aaa:/data","bbb:/cache:ro"]""");
        Text(Body["HostConfig"]!["Mounts"]![0]!["Source"]).ShouldBe("ccc");
        Body.ContainsKey("Volumes").ShouldBeFalse();
    }

    [Fact]
    public void A_port_that_the_engine_chose_keeps_its_number()
    {
        Host["PortBindings"] = Json("""{ "8080/tcp": [{ "HostIp": "127.0.0.1", "HostPort": "" }], "9090/tcp": [{ "HostIp": "", "HostPort": "9090" }] }""");
        container["NetworkSettings"]!["Ports"] = Json("""
            { "8080/tcp": [{ "HostIp": "127.0.0.1", "HostPort": "32768" }], "9090/tcp": [{ "HostIp": "0.0.0.0", "HostPort": "9090" }], "1/tcp": null }
            """);

        Text(Body["HostConfig"]!["PortBindings"]!["8080/tcp"]![0]!["HostPort"]).ShouldBe("32768");
        Text(Body["HostConfig"]!["PortBindings"]!["9090/tcp"]![0]!["HostPort"]).ShouldBe("9090");
        Body["ExposedPorts"]!.AsObject().Select(port => port.Key).ShouldBe(["8080/tcp", "9090/tcp"]);
    }

    [Fact]
    public void Where_all_ports_are_published_those_that_are_keep_their_numbers()
    {
        Host["PublishAllPorts"] = true;
        container["NetworkSettings"]!["Ports"] = Json("""{ "8080/tcp": [{ "HostIp": "0.0.0.0", "HostPort": "32768" }], "1/tcp": null }""");

        Shown(Body["HostConfig"]!["PortBindings"]).ShouldBe("""{"8080/tcp":[{"HostIp":"0.0.0.0","HostPort":"32768"}]}""");
    }

    [Fact]
    public void In_networks_of_a_person_aliases_and_addresses_are_kept_and_nothing_else()
    {
        Host["NetworkMode"] = "shop";
        container["NetworkSettings"]!["Networks"] = Json("""
            {
              "shop": {
                "IPAMConfig": { "IPv4Address": "10.0.0.9" }, "Links": null, "Aliases": ["redis", "0123456789ab"], "NetworkID": "n1", "EndpointID": "e",
                "Gateway": "10.0.0.1", "IPAddress": "10.0.0.9", "MacAddress": "02:42", "DriverOpts": null
              },
              "back": { "IPAMConfig": null, "Aliases": ["store", "0123456789ab"], "NetworkID": "n2", "IPAddress": "10.1.0.2" }
            }
            """);

        Shown(Body["NetworkingConfig"]).ShouldBe("""{"EndpointsConfig":{"shop":{"IPAMConfig":{"IPv4Address":"10.0.0.9"},"Aliases":["redis"]}}}""");
        Made.Joins.ShouldHaveSingleItem().ShouldBe(KeyValuePair.Create("back", """{"Aliases":["store"]}"""));
    }

    [Fact]
    public void A_first_network_that_is_named_by_its_id_is_found()
    {
        Host["NetworkMode"] = "n1";
        container["NetworkSettings"]!["Networks"] = Json("""{ "back": { "NetworkID": "n2" }, "shop": { "NetworkID": "n1" } }""");

        Body["NetworkingConfig"]!["EndpointsConfig"]!.AsObject().Select(network => network.Key).ShouldBe(["shop"]);
        Made.Joins.Keys.ShouldBe(["back"]);
    }

    [Theory]
    [InlineData("default")]
    [InlineData("bridge")]
    [InlineData("host")]
    [InlineData("none")]
    [InlineData("container:" + Id)]
    public void Where_the_engine_takes_no_aliases_it_is_given_none(string mode)
    {
        Host["NetworkMode"] = mode;

        Body.ContainsKey("NetworkingConfig").ShouldBeFalse();
        Made.Joins.ShouldBeEmpty();
        Text(Body["HostConfig"]!["NetworkMode"]).ShouldBe(mode);
    }

    [Fact]
    public void Links_are_given_as_they_are_taken()
    {
        Host["Links"] = new JsonArray("/store:/redis/db");

        Shown(Body["HostConfig"]!["Links"]).ShouldBe("""["store:db"]""");
    }

    [Theory]
    [InlineData("""{ "MaskedPaths": [], "ReadonlyPaths": null, "Devices": [{ "PathOnHost": "/dev/fuse" }], "Annotations": { "of": "tomorrow" } }""")]
    [InlineData("""{ "Memory": 134217728, "NanoCpus": 500000000, "Ulimits": [{ "Name": "nofile", "Soft": 1, "Hard": 2 }], "OomKillDisable": null }""")]
    [InlineData("""{ "LogConfig": { "Type": "local", "Config": { "max-size": "1m" } }, "DeviceRequests": [{ "Driver": "nvidia", "Count": -1 }] }""")]
    public void What_Moss_has_no_words_for_is_copied_word_by_word(string host)
    {
        foreach (var (key, value) in Json(host))
        {
            Host[key] = value?.DeepClone();
            JsonNode.DeepEquals(Body["HostConfig"]![key], value).ShouldBeTrue(key);
        }
    }

    [Theory]
    [InlineData("a b \"c\" $(d) ../e")]
    [InlineData("line\nbreak")]
    [InlineData("héllo \u202e")]
    public void Texts_are_never_taken_apart(string text)
    {
        Given["Env"] = new JsonArray("X=" + text);
        Given["Labels"] = new JsonObject { [text] = text };

        Text(Body["Env"]![0]).ShouldBe("X=" + text);
        Text(Body["Labels"]![text]).ShouldBe(text);
    }

    [Fact]
    public void An_engine_that_leaves_out_what_every_container_has_is_said_to_do_so()
    {
        container.Remove("HostConfig");

        Should.Throw<FormatException>(() => Made).Message.ShouldContain("HostConfig");
    }

    private static JsonObject Json(string text) => JsonNode.Parse(text)!.AsObject();

    private static string Text(JsonNode? node) => node!.GetValue<string>();

    private static string Shown(JsonNode? node) => node!.ToJsonString();
}
