using System.Management.Automation;
using System.Net;
using WgNet.Netlink;

namespace WgNet.Cmdlets;

/// <summary>Gives IP addresses to a link.</summary>
/// <example>
/// <code>New-NetLinkAddress wg3 2001:db8:ff::4/127, 169.254.1.4/31 -Namespace private</code>
/// <para>Gives a tunnel its point-to-point addresses.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "NetLinkAddress", SupportsShouldProcess = true)]
[OutputType(typeof(NetLinkAddress))]
public sealed class NewNetLinkAddressCommand : LinkCmdlet
{
    /// <summary>The name of the link.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [ArgumentCompleter(typeof(LinkNameCompleter))]
    public string InterfaceName { get; set; } = "";

    /// <summary>Addresses with the length of their prefix: 10.0.0.1/24. Without a length, a single address.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    public string[] Address { get; set; } = [];

    /// <summary>The length of the prefix, where the address does not say it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateRange(0, 128)]
    public int? PrefixLength { get; set; }

    /// <summary>The other end of a point-to-point address.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public IPAddress? Peer { get; set; }

    /// <summary>How far the address is valid. Default: Global; the kernel itself knows the scope of IPv6 addresses.</summary>
    [Parameter]
    public NetLinkAddressScope Scope { get; set; }

    /// <summary>Uses an IPv6 address at once, without asking whether another machine has it.</summary>
    [Parameter]
    public SwitchParameter NoDad { get; set; }

    /// <summary>Makes no route to the address's prefix.</summary>
    [Parameter]
    public SwitchParameter NoPrefixRoute { get; set; }

    protected override void ProcessRecord()
    {
        foreach (string address in Address)
        {
            InSession(address, session =>
            {
                AddressSpec spec = AddressTexts.Spec(address, PrefixLength) with { Peer = Peer, Scope = Scope, Flags = Flags() };
                NetLink link = Links.Find(session, InterfaceName);
                if (ShouldProcess(Described(link.Name), $"Add the address {spec}"))
                    WriteObject(Addresses.Add(session, link, spec));
            });
        }
    }

    private NetLinkAddressFlags Flags() =>
        (NoDad ? NetLinkAddressFlags.NoDad : 0) | (NoPrefixRoute ? NetLinkAddressFlags.NoPrefixRoute : 0);
}
