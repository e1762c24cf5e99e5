using System.Net.Sockets;

namespace Moss.Containers.Engine.Transport;

/// <summary>Exceptions that mean that the daemon is not there, or went away in the middle.</summary>
internal static class EngineLoss
{
    public static bool Is(Exception exception) => exception is HttpRequestException or IOException or SocketException;

    public static EngineException Of(Exception exception, EngineCall call) =>
        exception.InnerException as EngineException ?? Of(exception, $"{call.Method} {call.Path}");

    public static EngineException Of(Exception exception, string doing) =>
        new(EngineFailure.Unreachable, $"The connection to the container engine was lost during {doing}: {exception.Message}", exception);
}
