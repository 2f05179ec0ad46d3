<#
.SYNOPSIS
Packs the module's folder as a PowerShell gallery takes it: a NuGet package.

.DESCRIPTION
The same files give the same bytes, whenever and wherever they are packed: entries are sorted, and bear the oldest time that a zip can say.
Like build.ps1 it uses the engine's core cmdlets and .NET alone.

.PARAMETER Folder
The module's folder. What the package says of itself comes from the manifest there.

.PARAMETER Destination
The folder to put the package into. Its name is emitted.
#>
[CmdletBinding()]
param([Parameter(Mandatory)][string] $Folder, [Parameter(Mandatory)][string] $Destination)

$ErrorActionPreference = 'Stop'
$manifest = Test-ModuleManifest "$Folder/WgNet.psd1"
$prerelease = $manifest.PrivateData.PSData['Prerelease']
$version = $prerelease ? "$($manifest.Version)-$prerelease" : "$($manifest.Version)"

function xml($text) { [Security.SecurityElement]::Escape($text) }
function sorted([string[]] $names) { @([Collections.Generic.SortedSet[string]]::new($names, [StringComparer]::Ordinal)) }

# The tags that a gallery finds modules by, and with -CommandName.
$tags = @($manifest.Tags) + 'PSModule', 'PSIncludes_Cmdlet' + (sorted $manifest.ExportedCmdlets.Keys).ForEach({ "PSCommand_$_" })

$nuspec = @"
<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
  <metadata>
    <id>$(xml $manifest.Name)</id>
    <version>$(xml $version)</version>
    <authors>$(xml $manifest.Author)</authors>
    <owners>$(xml $manifest.CompanyName)</owners>
    <requireLicenseAcceptance>false</requireLicenseAcceptance>
    <license type="expression">MIT</license>
    <description>$(xml $manifest.Description)</description>
    <releaseNotes>$(xml $manifest.ReleaseNotes)</releaseNotes>
    <copyright>$(xml $manifest.Copyright)</copyright>
    <tags>$(xml ($tags -join ' '))</tags>
  </metadata>
</package>
"@

# What makes a zip an Open Packaging Conventions package (ECMA-376 part 2), which NuGet's format is.
$relations = @"
<?xml version="1.0" encoding="utf-8"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
  <Relationship Type="http://schemas.microsoft.com/packaging/2010/07/manifest" Target="/WgNet.nuspec" Id="R1" />
  <Relationship Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="/package/services/metadata/core-properties/WgNet.psmdcp" Id="R2" />
</Relationships>
"@
$properties = @"
<?xml version="1.0" encoding="utf-8"?>
<coreProperties xmlns="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">
  <dc:creator>$(xml $manifest.Author)</dc:creator>
  <dc:description>$(xml $manifest.Description)</dc:description>
  <dc:identifier>$(xml $manifest.Name)</dc:identifier>
  <version>$(xml $version)</version>
  <keywords>$(xml ($tags -join ' '))</keywords>
</coreProperties>
"@

$entries = [Collections.Generic.SortedDictionary[string, byte[]]]::new([StringComparer]::Ordinal)
foreach ($file in [IO.Directory]::GetFiles($Folder, '*', 'AllDirectories')) {
    $entries[[IO.Path]::GetRelativePath($Folder, $file)] = [IO.File]::ReadAllBytes($file)
}
$types = sorted (@('rels', 'psmdcp', 'nuspec') + @($entries.Keys).ForEach({ [IO.Path]::GetExtension($_).TrimStart('.') }).Where({ $_ }))
$entries['[Content_Types].xml'] = [Text.Encoding]::UTF8.GetBytes(@"
<?xml version="1.0" encoding="utf-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
$($types.ForEach({
    $type = switch ($_) { 'rels' { 'application/vnd.openxmlformats-package.relationships+xml' } 'psmdcp' { 'application/vnd.openxmlformats-package.core-properties+xml' } default { 'application/octet' } }
    "  <Default Extension=`"$_`" ContentType=`"$type`" />"
}) -join "`n")
$(@($entries.Keys).Where({ -not [IO.Path]::GetExtension($_) }).ForEach({ "  <Override PartName=`"/$_`" ContentType=`"application/octet`" />" }) -join "`n")
</Types>
"@)
$entries['_rels/.rels'] = [Text.Encoding]::UTF8.GetBytes($relations)
$entries['WgNet.nuspec'] = [Text.Encoding]::UTF8.GetBytes($nuspec)
$entries['package/services/metadata/core-properties/WgNet.psmdcp'] = [Text.Encoding]::UTF8.GetBytes($properties)

$null = [IO.Directory]::CreateDirectory($Destination)
$path = "$Destination/WgNet.$version.nupkg"
$fresh = "$path.$([IO.Path]::GetRandomFileName())"
$zip = [IO.Compression.ZipArchive]::new([IO.File]::Create($fresh), 'Create')
try {
    foreach ($name in $entries.Keys) {
        $entry = $zip.CreateEntry($name, 'Optimal')
        $entry.LastWriteTime = [DateTimeOffset]::new(1980, 1, 1, 0, 0, 0, [TimeSpan]::Zero)
        $entry.ExternalAttributes = 0x81A40000 # a file that all may read and its owner write, 0644
        $stream = $entry.Open()
        try { $stream.Write($entries[$name], 0, $entries[$name].Length) } finally { $stream.Dispose() }
    }
} finally {
    $zip.Dispose()
}
[IO.File]::Move($fresh, $path, $true)
$path
