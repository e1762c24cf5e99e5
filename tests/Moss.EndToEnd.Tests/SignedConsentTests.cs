using System.Security.Cryptography;
using Moss.Cli.Api;
using Moss.Consents;
using Moss.EndToEnd.Tests.Agents;
using Moss.EndToEnd.Tests.Hosting;
using Moss.EndToEnd.Tests.Substrates;

namespace Moss.EndToEnd.Tests;

/// <summary>The main job where a person has to sign.</summary>
[Collection(OneMoss.Name)]
public sealed class SignedConsentTests(MossBench bench)
{
    [Fact]
    public async Task What_nobody_signed_is_not_promoted_and_what_ada_signed_is()
    {
        var ada = PrivateKey.Of(RandomNumberGenerator.GetBytes(PrivateKey.SeedBytes));
        var till = bench.Till("till-signed", Scripts.Repairs, new TillSettings { Approver = ada.Public.ToString() });
        var course = new Course(bench, till) { Signer = ada };
        await course.OpenAsync(deploy: true);
        await course.BeginAsync();
        await course.ReachAsync("evolution.consent-requested.v1");

        var unsigned = await Should.ThrowAsync<ApiException>(course.AgreeAsync);
        unsigned.Problem.Detail.ShouldContain("moss.yaml asks for signed consent: 1 of ada");
        var forged = await Should.ThrowAsync<ApiException>(() => course.SignAsync(PrivateKey.Of(RandomNumberGenerator.GetBytes(PrivateKey.SeedBytes))));
        forged.Problem.Field.ShouldBe("signature");
        (await till.HealthAsync()).Sample.ShouldBe(99, "nothing has changed so far");

        await course.ConsentAsync();
        var end = await course.RunAsync();

        end.Ending!.Promoted.ShouldBeTrue(end.Ending.Reason);
        (await till.HealthAsync()).Sample.ShouldBe(90);
        (await course.TimelineAsync()).Select(entry => entry.Name).ShouldContain("evolution.consent-signed.v1");
        (await course.AuditAsync()).Ok.ShouldBeTrue();
    }
}
