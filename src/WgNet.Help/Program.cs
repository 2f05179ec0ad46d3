using System.Reflection;
using System.Xml.Linq;
using WgNet.Cmdlets;
using WgNet.Help;

// WgNet.Help OUTPUT: writes the MAML help of all cmdlets; exit code 1 and a line for each text that is missing.
if (args.Length != 1)
{
    Console.Error.WriteLine("Usage: WgNet.Help OUTPUT.xml");
    return 2;
}

Assembly cmdlets = typeof(WgNetCmdlet).Assembly;
var comments = new DocComments(XDocument.Load(Path.ChangeExtension(cmdlets.Location, ".xml")));
XDocument help = HelpFile.Write(CmdletDescription.All(cmdlets), comments);
foreach (string missing in comments.Missing)
    Console.Error.WriteLine($"help: {missing}");
help.Save(args[0]);
return comments.Missing.Count == 0 ? 0 : 1;
