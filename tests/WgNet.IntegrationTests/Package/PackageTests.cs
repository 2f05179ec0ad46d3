using System.IO.Compression;
using System.Reflection.PortableExecutable;
using System.Text;
using System.Xml.Linq;
using WgNet.IntegrationTests.Shell;
using WgNet.IntegrationTests.Support;

namespace WgNet.IntegrationTests.Package;

/// <summary>The package that build.ps1 makes: its form, its contents, and that the same files make the same bytes.</summary>
public sealed class PackageTests : IDisposable
{
    private readonly ShellRun _shell = new();

    [Fact]
    public void ItSaysWhatAGalleryAsks()
    {
        using ZipArchive package = ZipFile.OpenRead(BuiltPackage.Path);
        string[] names = [.. package.Entries.Select(entry => entry.FullName)];
        Assert.Equal(names.Order(StringComparer.Ordinal), names);
        Assert.Contains("[Content_Types].xml", names);
        Assert.Contains("_rels/.rels", names);
        Assert.Contains("WgNet.psd1", names);
        Assert.Contains("LICENSE", names);

        XElement metadata = XDocument.Load(package.GetEntry("WgNet.nuspec")!.Open()).Root!.Elements().Single();
        string Of(string name) => metadata.Elements().Single(element => element.Name.LocalName == name).Value;
        Assert.Equal(("WgNet", "MIT", "false"), (Of("id"), Of("license"), Of("requireLicenseAcceptance")));
        Assert.Contains("WireGuard", Of("description"), StringComparison.Ordinal);
        Assert.Contains("New-WgKey", Of("releaseNotes"), StringComparison.Ordinal);
        string[] tags = Of("tags").Split(' ');
        Assert.Contains("PSModule", tags);
        Assert.Contains("PSEdition_Core", tags);
        Assert.Contains("PSCommand_Get-WgPeer", tags);
        Assert.InRange(Of("tags").Length, 1, 4000);
    }

    /// <summary>Their licences ask for it: a copy of other people's works comes with their notice.</summary>
    [Fact]
    public void ItNamesWhoseWorkItBrings()
    {
        using ZipArchive package = ZipFile.OpenRead(BuiltPackage.Path);
        string notices = Encoding.UTF8.GetString(Read(package.GetEntry("THIRD-PARTY-NOTICES.txt")!));
        string[] theirs = [.. package.Entries.Where(entry => entry.FullName.Contains("/private/", StringComparison.Ordinal) && !entry.Name.StartsWith("WgNet.", StringComparison.Ordinal)).Select(entry => entry.Name).Distinct()];
        Assert.NotEmpty(theirs);
        Assert.All(theirs, name => Assert.Contains($"({name})", notices, StringComparison.Ordinal));
    }

    /// <summary>NuGet's own client reads it and puts it into a repository that is a folder.</summary>
    [Fact]
    public void NuGetTakesIt()
    {
        Requires.Program("dotnet");
        string repository = Directory.CreateDirectory(_shell.PathOf("repository")).FullName;
        Native.Succeed("dotnet", "nuget", "push", BuiltPackage.Path, "--source", repository);
        Assert.Contains(Path.GetFileName(BuiltPackage.Path), Directory.GetFiles(repository, "*.nupkg", SearchOption.AllDirectories).Select(Path.GetFileName), StringComparer.OrdinalIgnoreCase);
    }

    [Fact]
    public void TheVersionIsOne()
    {
        XDocument properties = XDocument.Load(Path.Combine(BuiltModule.Root, "Directory.Build.props"));
        string version = properties.Descendants("Version").Single().Value;
        using ZipArchive package = ZipFile.OpenRead(BuiltPackage.Path);
        using var session = new EngineSession();
        Assert.Equal(version, XDocument.Load(package.GetEntry("WgNet.nuspec")!.Open()).Descendants().Single(element => element.Name.LocalName == "version").Value);
        Assert.Equal(version.Split('-')[0], Assert.Single(session.Succeed("(Test-ModuleManifest $m).Version", ("m", BuiltModule.Manifest))).ToString());
        Assert.Equal(version, Assert.Single(session.Succeed("[Diagnostics.FileVersionInfo]::GetVersionInfo((Get-Command New-WgKey).DLL).ProductVersion")).ToString());
        string heading = File.ReadLines(Path.Combine(BuiltModule.Folder, "CHANGELOG.md")).First(line => line.StartsWith("## ", StringComparison.Ordinal));
        Assert.Equal(version, heading.Split(' ')[1]);
    }

    [Theory]
    [InlineData("linux-x64", Machine.Amd64, 62)]
    [InlineData("linux-arm64", Machine.Arm64, 183)]
    public void EachArchitectureHasItsOwnFilesCompiledAhead(string platform, Machine machine, ushort elfMachine)
    {
        using ZipArchive package = ZipFile.OpenRead(BuiltPackage.Path);
        ZipArchiveEntry[] files = [.. package.Entries.Where(entry => entry.FullName.StartsWith(platform + "/", StringComparison.Ordinal))];
        ZipArchiveEntry[] assemblies = [.. files.Where(entry => entry.Name.EndsWith(".dll", StringComparison.Ordinal))];
        Assert.Equal(
            ["NSec.Cryptography.dll", "Tmds.LibC.dll", "WgNet.Bird.dll", "WgNet.Cmdlets.dll", "WgNet.Fabric.dll", "WgNet.Native.dll", "WgNet.Netlink.dll", "WgNet.WireGuard.dll"],
            assemblies.Select(entry => entry.Name).Order(StringComparer.Ordinal));
        Assert.All(assemblies, entry =>
        {
            using var image = new PEReader(new MemoryStream(Read(entry)));

            // ReadyToRun images for Linux bear the machine exclusive-or'ed with the system's mark (pedecoder.h, IMAGE_FILE_MACHINE_OS_MASK).
            Assert.Equal(machine, (Machine)((ushort)image.PEHeaders.CoffHeader.Machine ^ 0x7B79));
            Assert.NotEqual(0, image.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size);
        });
        byte[] library = Read(Assert.Single(files, entry => entry.Name == "libsodium.so"));
        Assert.Equal("\u007fELF"u8, library.AsSpan(0, 4));
        Assert.Equal(elfMachine, BitConverter.ToUInt16(library, 18));
    }

    /// <summary>What makes two builds from two folders equal: no file tells where it was built.</summary>
    [Fact]
    public void NoFileHoldsTheFolderThatItWasBuiltIn()
    {
        byte[] root = Encoding.UTF8.GetBytes(BuiltModule.Root + "/");
        byte[] wide = Encoding.Unicode.GetBytes(BuiltModule.Root + "/");
        using ZipArchive package = ZipFile.OpenRead(BuiltPackage.Path);
        Assert.All(package.Entries, entry =>
        {
            byte[] bytes = Read(entry);
            Assert.True(bytes.AsSpan().IndexOf(root) < 0 && bytes.AsSpan().IndexOf(wide) < 0, entry.FullName);
        });
    }

    [Fact]
    public void PackedAgainElsewhereAndLaterItIsTheSameBytes()
    {
        string folder = _shell.PathOf("elsewhere");
        using (ZipArchive package = ZipFile.OpenRead(BuiltPackage.Path))
        {
            // In another order, with other times and modes than the build's.
            foreach (ZipArchiveEntry entry in package.Entries.Reverse().Where(BuiltPackage.IsOfTheModule))
            {
                string path = Path.Combine(folder, entry.FullName);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                entry.ExtractToFile(path);
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }

        string pack = Path.Combine(BuiltModule.Root, "src", "WgNet.Module", "Pack.ps1");
        NativeResult result = ShellRun.Run(_shell.Script($"& '{pack}' '{folder}' '{_shell.PathOf("packed")}'"));
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal(File.ReadAllBytes(BuiltPackage.Path), File.ReadAllBytes(result.Output.Trim()));
    }

    public void Dispose() => _shell.Dispose();

    private static byte[] Read(ZipArchiveEntry entry)
    {
        using Stream stream = entry.Open();
        byte[] bytes = new byte[entry.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
