using System.Globalization;
using System.Text;
using ControlPlane.UseCases.Pipeline;
using ControlPlane.UseCases.Registry;
using ControlPlane.UseCases.Tests.House;
using Xunit;

namespace ControlPlane.UseCases.Tests.Registry;

/// <summary>Reference files for the test model's contract: amount and tenure are numbers, country is one of DE, FR, US, score is the policy's.</summary>
internal static class References
{
    public const string Header = "amount,tenure,country,score";

    public static string Rows(int rows, string header = Header) => new StringBuilder(header).Append("\r\n")
        .AppendJoin("\r\n", Enumerable.Range(0, rows).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i * 1.5},{i % 4},{(i % 3 == 0 ? "FR" : "DE")},{i / (double)rows:R}"))).Append("\r\n").ToString();

    public static Task<UploadedVersion> Upload(TestHouse house, string csv, string? golden = null) => Upload(house, Encoding.UTF8.GetBytes(csv), golden);

    public static async Task<UploadedVersion> Upload(TestHouse house, byte[] csv, string? golden = null) => await house.Send(
        new UploadVersion(Uploads.Model, await Uploads.Store(house, "scorer"), Uploads.Contract(), golden, null, Reference: await Uploads.Store(house, csv)));

    /// <summary>The problems for which an upload with these bytes is refused.</summary>
    public static async Task<IReadOnlyList<Domain.Contracts.Problem>> Refusal(TestHouse house, byte[] csv)
    {
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => Upload(house, csv));
        Assert.Equal(RefusalKind.Invalid, refusal.Kind);
        return refusal.Problems;
    }
}
