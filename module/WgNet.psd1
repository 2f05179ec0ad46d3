@{
    RootModule = 'WgNet.psm1'
    ModuleVersion = '0.0.0' # The build writes the version of Directory.Build.props here, and the changelog's newest part below.
    GUID = '6c0f6a0e-6d0f-4f0b-9d0c-5b4e2f8b7a31'
    Author = 'WgNet contributors'
    CompanyName = 'WgNet contributors'
    Copyright = '(c) WgNet contributors. MIT licence.'
    Description = 'Builds and runs route-based WireGuard VPNs on Linux: tunnels in two network namespaces, links, addresses, routes and BIRD, as objects.'
    PowerShellVersion = '7.6'
    CompatiblePSEditions = @('Core')
    TypesToProcess = @('formats/WgNet.types.ps1xml')
    FormatsToProcess = @(
        'formats/WgNet.Keys.format.ps1xml'
        'formats/WgNet.Tunnels.format.ps1xml'
        'formats/WgNet.Links.format.ps1xml'
        'formats/WgNet.Bird.format.ps1xml'
        'formats/WgNet.Fabric.format.ps1xml'
        'formats/WgNet.Lab.format.ps1xml'
    )
    FunctionsToExport = @()
    AliasesToExport = @()
    VariablesToExport = @()
    CmdletsToExport = @(
        # Keys
        'New-WgKey', 'Get-WgPublicKey', 'Export-WgKey', 'Import-WgKey'
        # Tunnels and peers
        'New-WgTunnel', 'Get-WgTunnel', 'Set-WgTunnel', 'Remove-WgTunnel', 'Test-WgTunnel'
        'Get-WgPeer', 'Add-WgPeer', 'Set-WgPeer', 'Remove-WgPeer', 'Wait-WgPeer', 'Watch-WgPeer'
        'Import-WgConfig', 'Export-WgConfig', 'ConvertFrom-WgConfig', 'ConvertTo-WgConfig'
        # Links, addresses, routes, namespaces
        'Get-NetLink', 'New-NetLink', 'Set-NetLink', 'Remove-NetLink', 'Move-NetLinkToNamespace', 'Watch-NetLink'
        'Get-NetLinkAddress', 'New-NetLinkAddress', 'Remove-NetLinkAddress'
        'Get-NetLinkRoute', 'New-NetLinkRoute', 'Remove-NetLinkRoute', 'Get-NetLinkNeighbor'
        'Get-NetNamespace', 'New-NetNamespace', 'Remove-NetNamespace', 'Invoke-NetNamespace'
        'Get-NetSysctl', 'Set-NetSysctl', 'Test-NetReachability'
        # Fabrics
        'Import-WgFabric', 'Get-WgFabricPlan', 'Export-WgFabric', 'Export-WgFabricDiagram'
        'Compare-WgFabric', 'Invoke-WgFabric', 'Initialize-WgFabricKey'
        'Start-WgFabricLab', 'Get-WgFabricLab', 'Stop-WgFabricLab', 'Test-WgFabric'
        # BIRD
        'Get-BirdStatus', 'Get-BirdProtocol', 'Get-BirdRoute', 'Get-BirdInterface', 'Get-BirdOspfNeighbor', 'Get-BirdOspfTopology', 'Get-BirdBfdSession'
        'Get-BirdMemory', 'Get-BirdSymbol', 'Get-BirdStaticRoute', 'Get-BirdOspfLsa', 'Get-BirdOspfInterface', 'Get-BirdOspfStatus'
        'Get-BirdBabelInterface', 'Get-BirdBabelNeighbor', 'Get-BirdBabelRoute', 'Get-BirdBabelEntry', 'Get-BirdRipInterface', 'Get-BirdRipNeighbor'
        'Enable-BirdProtocol', 'Disable-BirdProtocol', 'Restart-BirdProtocol', 'Sync-BirdProtocol', 'Wait-BirdProtocol', 'Watch-BirdProtocol'
        'Update-BirdConfig', 'Invoke-BirdCommand'
    )
    PrivateData = @{
        PSData = @{
            Tags = @('WireGuard', 'VPN', 'networking', 'netlink', 'BIRD', 'BGP', 'Linux', 'PSEdition_Core')
            ReleaseNotes = ''
        }
    }
}
