# The fabric of "Route-based VPN on Linux with WireGuard": three sites of two gateways. Everything else follows from this.
@{
    Name  = 'article'
    Sites = @(
        @{
            Name = 'site1'; ASNumber = 65001; Prefixes = '2001:db8:a1::/64', '10.0.1.0/24'
            Gateways = @(
                @{ Name = 'V1-1'; Endpoint = '2001:db8:1::1' }
                @{ Name = 'V1-2'; Endpoint = '2001:db8:1::2' }
            )
        }
        @{
            Name = 'site2'; ASNumber = 65002; Prefixes = '2001:db8:a2::/64', '10.0.2.0/24'
            Gateways = @(
                @{ Name = 'V2-1'; Endpoint = '2001:db8:2::1' }
                @{ Name = 'V2-2'; Endpoint = '2001:db8:2::2' }
            )
        }
        @{
            Name = 'site3'; ASNumber = 65003; Prefixes = '2001:db8:a3::/64', '10.0.3.0/24'
            Gateways = @(
                @{ Name = 'V3-1'; Endpoint = '2001:db8:3::1' }
                @{ Name = 'V3-2'; Endpoint = '2001:db8:3::2' }
            )
        }
    )
}
