using WgNet.WireGuard.Kernel;
using Xunit;

namespace WgNet.UnitTests.WireGuard;

/// <summary>The kernel that the tests run on, whichever it is: a real socket, a real answer.</summary>
public sealed class RealKernelTests
{
    [Fact]
    public void A_device_that_is_not_there_is_told_by_what_the_kernel_has()
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        using KernelDevice device = KernelDevice.Open("wgt-none", null);
        FaultException fault = Assert.ThrowsAny<FaultException>(() => device.Read(cancel));
        string expected = !KernelDevice.IsSupported(cancel) ? "WireGuardNotInKernel" : Environment.IsPrivilegedProcess ? "WgDeviceNotFound" : "PermissionDenied";
        Assert.Equal(expected, fault.Id);
    }
}
