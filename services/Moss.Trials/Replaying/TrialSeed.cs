using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Moss.Replays;

namespace Moss.Trials.Replaying;

/// <summary>The seed of a trial: the scenario's own first, then others made from it; the same on both arms of a pair.</summary>
internal static class TrialSeed
{
    public static int Of(Scenario scenario, int index)
    {
        if (index == 0)
        {
            return scenario.Seed;
        }

        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{scenario.Id}\n{scenario.Seed}\n{index}"));
        return BinaryPrimitives.ReadInt32BigEndian(hash) & int.MaxValue;
    }
}
