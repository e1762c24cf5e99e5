using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Model;

namespace Moss.Gateway.Proxy;

/// <summary>A service may have several clusters, which differ in how long an answer may take; <c>Metadata:Service</c> says whose each is.</summary>
internal static class ClusterNames
{
    private const string Metadata = "Service";

    public static string Service(this ClusterConfig cluster) =>
        cluster.Metadata?.TryGetValue(Metadata, out var service) == true ? service : cluster.ClusterId;

    public static string Service(this ClusterState cluster) => cluster.Model.Config.Service();

    /// <summary>One cluster of each service, by name.</summary>
    public static IReadOnlyList<ClusterState> Services(this IProxyStateLookup state) =>
        [.. state.GetClusters().OrderBy(cluster => cluster.ClusterId, StringComparer.Ordinal).DistinctBy(cluster => cluster.Service())];
}
