using System.Management.Automation;

namespace WgNet.Shell;

/// <summary>The views of a session's format files. Import-PSSession asks for them, so that objects look the same at the client.</summary>
[Cmdlet(VerbsCommon.Get, "FormatData")]
[OutputType(typeof(ExtendedTypeDefinition))]
public sealed class GetFormatDataCommand : PSCmdlet
{
    /// <summary>Types whose views are wanted. Wildcards.</summary>
    [Parameter(Position = 0)]
    public string[] TypeName { get; set; } = ["*"];

    /// <summary>The client's version. All that this engine can speak to know the same views.</summary>
    [Parameter]
    public Version? PowerShellVersion { get; set; }

    protected override void BeginProcessing()
    {
        WildcardPattern[] patterns = [.. TypeName.Select(name => WildcardPattern.Get(name, WildcardOptions.IgnoreCase))];
        foreach (var group in EngineInternals.Views(this).GroupBy(view => string.Join('\n', view.TypeNames)))
        {
            string[] names = group.Key.Split('\n');
            if (!names.Any(name => patterns.Any(pattern => pattern.IsMatch(name))))
                continue;
            var definition = new ExtendedTypeDefinition(names[0], group.Select(view => view.View));
            foreach (string name in names.Skip(1))
                definition.TypeNames.Add(name);
            WriteObject(definition);
        }
    }
}
