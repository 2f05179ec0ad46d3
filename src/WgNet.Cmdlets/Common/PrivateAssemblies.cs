using System.Reflection;
using System.Runtime.Loader;

namespace WgNet.Cmdlets;

/// <summary>
/// Where WgNet.Native is loaded with what it stands on: the Tmds.LibC, NSec and libsodium of the module's own folder "private",
/// whatever versions of them other modules of the session have loaded or will load. All else of WgNet is in the default context,
/// where the engine looks for the types that users name, and refers to WgNet.Native alone, whose signatures name no type of theirs.
/// </summary>
internal sealed class PrivateAssemblies : AssemblyLoadContext
{
    private const string Entrance = "WgNet.Native";
    private static readonly string s_folder = Path.Combine(Path.GetDirectoryName(typeof(PrivateAssemblies).Assembly.Location)!, "private");
    private static readonly Lazy<PrivateAssemblies> s_context = new(() => new PrivateAssemblies());
    private static int s_announced;

    private PrivateAssemblies()
        : base("WgNet")
    {
    }

    /// <summary>
    /// Makes the default context find WgNet.Native here. Once for the process, and for good: a runspace that removes the module is
    /// perhaps not the only one that has it.
    /// </summary>
    public static void Announce()
    {
        if (Interlocked.Exchange(ref s_announced, 1) == 0)
            Default.Resolving += static (_, name) => name.Name == Entrance ? s_context.Value.Load(name) : null;
    }

    /// <summary>Ours where there is one; else (null) the default context's, above all the framework's.</summary>
    protected override Assembly? Load(AssemblyName name)
    {
        string path = Path.Combine(s_folder, name.Name + ".dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }

    /// <summary>By its path: the machine may have another libsodium.</summary>
    protected override nint LoadUnmanagedDll(string unmanagedDllName)
    {
        string path = Path.Combine(s_folder, unmanagedDllName + ".so");
        return File.Exists(path) ? LoadUnmanagedDllFromPath(path) : 0;
    }
}
