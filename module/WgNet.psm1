# The assemblies are compiled ahead, and differ by architecture: this picks those of the .NET that runs.
# What that was built for: linux-x64, linux-musl-arm64; by a distribution, debian.12-x64, alpine.3.21-x64.
$identifier = [Runtime.InteropServices.RuntimeInformation]::RuntimeIdentifier
$architecture = "$([Runtime.InteropServices.RuntimeInformation]::ProcessArchitecture)".ToLowerInvariant()
$platform = $IsLinux ? ($identifier -match 'musl|alpine' ? "linux-musl-$architecture" : "linux-$architecture") : $identifier

if (-not [IO.Directory]::Exists("$PSScriptRoot/$platform")) {
    throw [Management.Automation.ErrorRecord]::new(
        [PlatformNotSupportedException]::new("WgNet does not run on $platform. It runs on Linux with glibc (not musl, as Alpine has it), on x64 and arm64; this package has $([IO.Directory]::GetDirectories($PSScriptRoot, 'linux-*').ForEach({ [IO.Path]::GetFileName($_) }) -join ' and '). Nothing was loaded."),
        'PlatformNotSupported', 'NotInstalled', $platform)
}

Import-Module "$PSScriptRoot/$platform/WgNet.Cmdlets.dll"
