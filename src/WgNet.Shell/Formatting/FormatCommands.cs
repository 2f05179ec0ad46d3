using System.Management.Automation;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace WgNet.Shell;

/// <summary>Shows objects as a table. Parameters, views and layout are the engine's.</summary>
[Cmdlet(VerbsCommon.Format, "Table")]
public sealed class FormatTableCommand : OuterFormatTableBase
{
    public FormatTableCommand() => EngineInternals.AttachFormatter(this, "Table");
}

/// <summary>Shows objects as lists of their properties. Parameters, views and layout are the engine's.</summary>
[Cmdlet(VerbsCommon.Format, "List")]
public sealed class FormatListCommand : OuterFormatTableAndListBase
{
    public FormatListCommand() => EngineInternals.AttachFormatter(this, "List");
}
