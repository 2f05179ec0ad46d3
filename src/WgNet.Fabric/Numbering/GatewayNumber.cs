using System.Globalization;

namespace WgNet.Fabric;

/// <summary>The numbers that sites and gateways have where the file gives none: they follow from what names them, never from their place in the file.</summary>
internal static class GatewayNumber
{
    /// <summary>AS numbers that sites have by themselves start above this one, as in the article.</summary>
    public const uint BaseASNumber = 65000;

    /// <summary>The highest gateway number: a port is made of it.</summary>
    public const int Highest = 59_000;

    /// <summary>How many numbers belong to a site by themselves.</summary>
    public const int PerSite = 2;

    /// <summary>The highest site number.</summary>
    public const int HighestSite = Highest / PerSite;

    /// <summary>A site's number: of its AS number (65001 is 1), else of the digits at its name's end; null: neither gives one.</summary>
    public static int? OfSite(string name, uint? asNumber)
    {
        if (asNumber is > BaseASNumber and <= BaseASNumber + HighestSite)
            return (int)(asNumber.Value - BaseASNumber);
        return TrailingNumber(name) is { } number and >= 1 and <= HighestSite ? number : null;
    }

    /// <summary>A gateway's number: its site's two are 2a-1 and 2a, by the digit at its name's end; null: that is neither 1 nor 2.</summary>
    public static int? OfGateway(string name, int site) =>
        TrailingNumber(name) is { } which and >= 1 and <= PerSite ? ((site - 1) * PerSite) + which : null;

    /// <summary>The id of a gateway's private BIRD: 1.0.site.gateway as in the article where its numbers are the usual ones, else of its number.</summary>
    public static string RouterId(int site, int gateway)
    {
        int which = gateway - ((site - 1) * PerSite);
        return site <= 255 && which is >= 1 and <= PerSite
            ? string.Create(CultureInfo.InvariantCulture, $"1.0.{site}.{which}")
            : string.Create(CultureInfo.InvariantCulture, $"1.1.{gateway >> 8}.{gateway & 255}");
    }

    private static int? TrailingNumber(string name)
    {
        int start = name.Length;
        while (start > 0 && char.IsAsciiDigit(name[start - 1]))
            start--;
        return int.TryParse(name.AsSpan(start), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
    }
}
