using System.Diagnostics;
using System.Net;
using WgNet.WireGuard;
using Xunit;

namespace WgNet.UnitTests.WireGuard;

public sealed class EndpointResolverTests
{
    [Theory]
    [InlineData("192.0.2.1:5", "192.0.2.1:5")]
    [InlineData("[2001:db8::1]:5", "[2001:db8::1]:5")]
    [InlineData("[fe80::1%7]:5", "[fe80::1%7]:5")]
    [InlineData("[fe80::1%lo]:5", "[fe80::1%1]:5")]
    public void Addresses_need_no_looking_up(string text, string expected) =>
        Assert.Equal(IPEndPoint.Parse(expected), EndpointResolver.Resolve(WgEndpoint.Parse(text), null, TestContext.Current.CancellationToken));

    [Fact]
    public void The_machines_own_names_resolve()
    {
        IPEndPoint found = EndpointResolver.Resolve(WgEndpoint.Parse("localhost:5"), null, TestContext.Current.CancellationToken);
        Assert.True(IPAddress.IsLoopback(found.Address));
        Assert.Equal(5, found.Port);
    }

    [Fact]
    public void A_zone_that_is_not_there_is_told() => Assert.Equal("InvalidEndpoint", Assert.Throws<FaultException>(() =>
        EndpointResolver.Resolve(WgEndpoint.Parse("[fe80::1%wgt-none]:5"), null, TestContext.Current.CancellationToken)).Id);

    [Fact]
    public void Looking_up_ends_when_the_user_stops()
    {
        // Without a resolver this is tried again for minutes; with one the name is known not to be.
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        long start = Stopwatch.GetTimestamp();
        Exception? caught = Record.Exception(() => EndpointResolver.Resolve(WgEndpoint.Parse("wgt.invalid:5"), null, cancel.Token));
        Assert.True(caught is OperationCanceledException or FaultException { Id: "EndpointNotResolved" }, $"{caught}");
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(10), "did not stop");
    }
}
