# The assemblies are compiled ahead and differ by architecture: a folder for each, under the name that .NET itself gives to what it was built for.
try {
    Import-Module "$PSScriptRoot/$([System.Runtime.InteropServices.RuntimeInformation]::RuntimeIdentifier)/WgNet.Cmdlets.dll" -ErrorAction Stop
} catch {
    # Rare, and therefore in a block of its own, which is compiled only when it runs. A .NET that a distribution has built names that, for
    # example debian.13-x64; on musl it is linux-musl-arm64 or alpine.3.21-x64. What failed for another reason fails again.
    & {
        $identifier = [Runtime.InteropServices.RuntimeInformation]::RuntimeIdentifier
        $architecture = "$([Runtime.InteropServices.RuntimeInformation]::ProcessArchitecture)".ToLowerInvariant()
        $platform = $IsLinux ? ($identifier -match 'musl|alpine' ? "linux-musl-$architecture" : "linux-$architecture") : $identifier
        if (-not [IO.Directory]::Exists("$PSScriptRoot/$platform")) {
            $present = [IO.Directory]::GetDirectories($PSScriptRoot, 'linux-*').ForEach({ [IO.Path]::GetFileName($_) }) -join ' and '
            throw [Management.Automation.ErrorRecord]::new(
                [PlatformNotSupportedException]::new("WgNet does not run on $platform. It runs on Linux with glibc (not musl, as Alpine has it), on x64 and arm64; this package has $present. Nothing was loaded."),
                'PlatformNotSupported', 'NotInstalled', $platform)
        }
        $platform
    } | ForEach-Object { Import-Module "$PSScriptRoot/$_/WgNet.Cmdlets.dll" }
}
