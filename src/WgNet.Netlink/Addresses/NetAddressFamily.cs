namespace WgNet;

/// <summary>The two families of IP addresses, as users choose between them.</summary>
public enum NetAddressFamily
{
    IPv4,
    IPv6,
}
