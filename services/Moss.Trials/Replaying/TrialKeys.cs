using System.Globalization;
using Moss.Contracts;
using Moss.Contracts.Trials;
using Moss.ServiceDefaults.Stages;

namespace Moss.Trials.Replaying;

/// <summary>Under which keys the reports of trials are kept.</summary>
internal static class TrialKeys
{
    public static string Of(StageReference stage, PlannedTrial trial) => Of(stage, trial.Scenario, trial.Arm.ToString(), trial.Index, trial.WithLines);

    public static string Of(StageReference stage, TrialReport report) => Of(stage, report.Scenario, report.Arm, report.Index, report.Lines is not null);

    public static string Of(RunTrial command) => Of(command.Stage, command.Scenario, command.Arm, command.Index, command.WithLines);

    /// <summary>Of an attempt that could not be run: it says nothing of the trial, which may be tried again.</summary>
    public static string Spoiled(string trial, int attempt) => string.Create(CultureInfo.InvariantCulture, $"{trial}.spoiled{attempt}");

    private static string Of(StageReference stage, string scenario, string arm, int index, bool lines) =>
        string.Create(CultureInfo.InvariantCulture, $"{stage.Key()}.{scenario}.{arm.ToLowerInvariant()}.{index}{(lines ? ".lines" : "")}");
}
