using System.Management.Automation;
using System.Net;
using WgNet.Netlink;

namespace WgNet.Cmdlets;

/// <summary>Takes IP addresses from a link.</summary>
/// <example>
/// <code>Get-NetLinkAddress wg3 | Remove-NetLinkAddress</code>
/// <para>Takes all addresses from a tunnel.</para>
/// </example>
[Cmdlet(VerbsCommon.Remove, "NetLinkAddress", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class RemoveNetLinkAddressCommand : LinkCmdlet
{
    /// <summary>The name of the link.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [ArgumentCompleter(typeof(LinkNameCompleter))]
    public string InterfaceName { get; set; } = "";

    /// <summary>The addresses, with or without the length of their prefix.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(LinkAddressCompleter))]
    public string[] Address { get; set; } = [];

    /// <summary>The length of the prefix: needed only where a link has one address twice.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateRange(0, 128)]
    public int? PrefixLength { get; set; }

    /// <summary>The other end of a point-to-point address: needed only where a link has one address twice.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public IPAddress? Peer { get; set; }

    protected override void ProcessRecord()
    {
        foreach (string address in Address)
        {
            InSession(address, session =>
            {
                AddressSpec wanted = AddressTexts.Spec(address, PrefixLength);
                int? length = PrefixLength is null && !address.Contains('/') ? null : wanted.PrefixLength;
                NetLink link = Links.Find(session, InterfaceName);
                NetLinkAddress found = Only(Addresses.List(session, link, wanted.Address.AddressFamily), wanted, length);
                if (ShouldProcess(Described(link.Name), $"Remove the address {found}"))
                    Addresses.Remove(session, link, new AddressSpec(found.Address, found.PrefixLength) { Peer = found.Peer });
            });
        }
    }

    private NetLinkAddress Only(IEnumerable<NetLinkAddress> all, AddressSpec wanted, int? length)
    {
        NetLinkAddress[] found = [.. all.Where(one => one.Address.Equals(wanted.Address)
            && (length is null || one.PrefixLength == length) && (Peer is null || Peer.Equals(one.Peer)))];
        return found switch
        {
            [var one] => one,
            [] => throw new FaultException("AddressNotFound", FaultKind.NotFound,
                $"The link '{InterfaceName}'{InNamespace} has no address {wanted.Address}{(length is null ? "" : $"/{length}")}. Get-NetLinkAddress lists what it has.", wanted.Address),
            _ => throw new FaultException("AddressAmbiguous", FaultKind.InvalidArgument,
                $"The link '{InterfaceName}'{InNamespace} has the address {wanted.Address} {found.Length} times ({string.Join(", ", found.Select(one => one.ToString()))}): give -PrefixLength or -Peer.", wanted.Address),
        };
    }
}
