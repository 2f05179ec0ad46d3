using System.Management.Automation;
using System.Net;
using WgNet.Netlink;

namespace WgNet.Cmdlets;

/// <summary>Lists the IP addresses of links.</summary>
/// <example>
/// <code>Get-NetLinkAddress wg* -AllNamespaces</code>
/// <para>Lists the addresses of all tunnels.</para>
/// </example>
/// <example>
/// <code>Get-NetLink lo | Get-NetLinkAddress -AddressFamily IPv6</code>
/// <para>Lists the IPv6 addresses of a link from the pipeline.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "NetLinkAddress")]
[OutputType(typeof(NetLinkAddress))]
public sealed class GetNetLinkAddressCommand : NamespaceReadCmdlet
{
    /// <summary>Names of links; wildcards allowed. Default: all.</summary>
    [Parameter(Position = 0)]
    [Alias("Name")]
    [ArgumentCompleter(typeof(LinkNameCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? InterfaceName { get; set; }

    /// <summary>A link.</summary>
    [Parameter(ValueFromPipeline = true)]
    [FromRemote]
    public NetLink? Link { get; set; }

    /// <summary>Only these addresses, without a prefix length; wildcards allowed.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Address { get; set; }

    /// <summary>Only addresses of one family.</summary>
    [Parameter]
    public NetAddressFamily? AddressFamily { get; set; }

    protected override void ProcessRecord()
    {
        var links = new NameFilter(Link is null ? InterfaceName : [WildcardPattern.Escape(Link.Name)]);
        var addresses = new NameFilter(Address?.Select(Canonical));
        ForEachNamespace(ns =>
        {
            using RouteSession session = RouteSession.Open(ns);
            if (!links.IsEmpty)
            {
                // A link without any address is there all the same.
                foreach (NetLink link in Links.List(session, StopToken))
                    links.Matches(link.Name);
            }

            foreach (NetLinkAddress address in Addresses.List(session, null, AddressFamily.Core(), StopToken))
            {
                if (links.Matches(address.InterfaceName) && addresses.Matches(address.Address.ToString()))
                    WriteObject(address);
            }
        });
        foreach (string name in Missing(links))
            WriteFault(new FaultException("LinkNotFound", FaultKind.NotFound, $"There is no link '{name}'{Searched}. Get-NetLink lists what there is.", name));
        foreach (string address in Missing(addresses))
            WriteFault(new FaultException("AddressNotFound", FaultKind.NotFound, $"There is no address {address}{Searched}.", address));
    }

    // The kernel's way to write it, so that 2001:DB8:0::1 finds 2001:db8::1.
    private static string Canonical(string text) => IPAddress.TryParse(text, out IPAddress? address) && text.AsSpan().IndexOfAny('.', ':') >= 0 ? address.ToString() : text;
}
