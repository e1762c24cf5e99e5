using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Moss.Replays;

namespace Moss.Trials.Replaying;

/// <summary>
/// The seed of a trial: the scenario's own first, then others made from it; the same on both arms of a pair. Every iteration has seeds of
/// its own. A scenario is in the batch because it failed with those of the baseline stage: a candidate that changes nothing but the luck
/// of the draw would pass them more often than the version that was chosen for failing them, and that is no repair.
/// </summary>
internal static class TrialSeed
{
    /// <param name="scenario">Which.</param>
    /// <param name="iteration">0 for a baseline stage, whenever it runs.</param>
    /// <param name="index">Of the pair.</param>
    public static int Of(Scenario scenario, int iteration, int index)
    {
        if (index == 0)
        {
            return scenario.Seed;
        }

        var drawn = iteration == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"\n{iteration}");
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{scenario.Id}\n{scenario.Seed}\n{index}{drawn}")));
        return BinaryPrimitives.ReadInt32BigEndian(hash) & int.MaxValue;
    }
}
