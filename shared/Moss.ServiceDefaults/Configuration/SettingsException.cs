namespace Moss.ServiceDefaults.Configuration;

/// <summary>A process cannot start with these settings; the message names each key and its fix, a line for each.</summary>
public sealed class SettingsException(string message) : Exception(message);
