namespace WgNet.IntegrationTests.Support;

/// <summary>How large the devices are that tests make, and how often they repeat: WGNET_TEST_SCALE=full takes the largest that gateways are made for.</summary>
internal static class TestScale
{
    public static bool IsFull { get; } = Environment.GetEnvironmentVariable("WGNET_TEST_SCALE") == "full";
}
