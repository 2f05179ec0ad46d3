using System.Management.Automation;

namespace WgNet.Cmdlets;

/// <summary>What the engine calls at each import, before any cmdlet can run.</summary>
public sealed class ModuleStart : IModuleAssemblyInitializer
{
    public void OnImport() => PrivateAssemblies.Announce();
}
