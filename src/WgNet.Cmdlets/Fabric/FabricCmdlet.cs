using System.Management.Automation;
using WgNet.Fabric;

namespace WgNet.Cmdlets;

/// <summary>What all cmdlets share that work on a fabric: it comes from the pipeline or by its file's path.</summary>
public abstract class FabricCmdlet : WgNetCmdlet
{
    /// <summary>The fabric: the path of its file, or what Import-WgFabric emits.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNull]
    public WgFabricSource Fabric { get; set; } = null!;

    /// <summary>
    /// Runs the work on the fabric, or on each of those that a pattern means. Everything that is wrong with a file is written, each as an
    /// error of its own, and then nothing is done with it.
    /// </summary>
    protected void WithFabric(Action<WgFabric> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (Fabric.Fabric is { } known)
            Attempt(() => work(known), known.Name);
        else
            this.ReadFabrics(Fabric.Path!, Fabric.IsLiteral, fabric => Attempt(() => work(fabric), fabric.Name), WriteProblem);
    }

    private void WriteProblem(FaultException fault) => WriteFault(fault, Fabric.Path);
}

/// <summary>Reads fabric files for cmdlets.</summary>
internal static class FabricReads
{
    /// <summary>Reads the files that a path means, and hands on each fabric and every fault.</summary>
    public static void ReadFabrics(this PSCmdlet cmdlet, string path, bool literal, Action<WgFabric> found, Action<FaultException> fault)
    {
        IReadOnlyList<string> files;
        try
        {
            files = literal ? [cmdlet.FileOf(path)] : cmdlet.FilesOf(path);
        }
        catch (FaultException caught)
        {
            fault(caught);
            return;
        }

        foreach (string file in files)
        {
            FabricFileResult result;
            try
            {
                result = FabricFiles.Read(file);
            }
            catch (FaultException caught)
            {
                fault(caught);
                continue;
            }

            foreach (FabricFileException problem in result.Problems)
                fault(problem);
            if (result.Fabric is not null)
                found(result.Fabric);
        }
    }
}
