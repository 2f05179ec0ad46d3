using System.Management.Automation;
using System.Reflection;
using System.Xml.Linq;

namespace WgNet.Help;

/// <summary>Writes MAML, the format of PowerShell's help files for binary modules.</summary>
internal static class HelpFile
{
    private static readonly XNamespace s_msh = "http://msh";
    private static readonly XNamespace s_maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace s_command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace s_dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    public static XDocument Write(IEnumerable<CmdletDescription> cmdlets, DocComments comments) => new(
        new XElement(
            s_msh + "helpItems",
            new XAttribute("schema", "maml"),
            new XAttribute(XNamespace.Xmlns + "maml", s_maml.NamespaceName),
            new XAttribute(XNamespace.Xmlns + "command", s_command.NamespaceName),
            new XAttribute(XNamespace.Xmlns + "dev", s_dev.NamespaceName),
            cmdlets.Select(cmdlet => Command(cmdlet, comments))));

    private static XElement Command(CmdletDescription cmdlet, DocComments comments) => new(
        s_command + "command",
        new XElement(
            s_command + "details",
            new XElement(s_command + "name", cmdlet.Name),
            new XElement(s_command + "verb", cmdlet.Attribute.VerbName),
            new XElement(s_command + "noun", cmdlet.Attribute.NounName),
            Paragraphs("description", comments.Summary(cmdlet))),
        Paragraphs("description", [.. comments.Description(cmdlet)]),
        new XElement(s_command + "syntax", cmdlet.ParameterSets().Select(set => Syntax(cmdlet, set, comments))),
        new XElement(
            s_command + "parameters",
            cmdlet.Parameters().Select(parameter => Parameter(cmdlet, parameter, parameter.GetCustomAttributes<ParameterAttribute>().First(), comments))),
        new XElement(
            s_command + "returnValues",
            cmdlet.Outputs.Select(output => new XElement(s_command + "returnValue", new XElement(s_dev + "type", new XElement(s_maml + "name", output))))),
        new XElement(s_command + "examples", comments.Examples(cmdlet).Select(Example)));

    private static XElement Syntax(CmdletDescription cmdlet, string set, DocComments comments) => new(
        s_command + "syntaxItem",
        new XElement(s_maml + "name", cmdlet.Name),
        cmdlet.Parameters()
            .Select(parameter => (parameter, declared: CmdletDescription.In(parameter, set)))
            .Where(pair => pair.declared is not null)
            .Select(pair => Parameter(cmdlet, pair.parameter, pair.declared!, comments)),
        cmdlet.Attribute.SupportsShouldProcess ? (XElement[])[Common("WhatIf"), Common("Confirm")] : null);

    private static XElement Parameter(CmdletDescription cmdlet, PropertyInfo parameter, ParameterAttribute declared, DocComments comments)
    {
        string[] pipeline = [.. new[] { declared.ValueFromPipeline ? "ByValue" : null, declared.ValueFromPipelineByPropertyName ? "ByPropertyName" : null }.OfType<string>()];
        Type type = Nullable.GetUnderlyingType(parameter.PropertyType) ?? parameter.PropertyType;
        return new XElement(
            s_command + "parameter",
            new XAttribute("required", declared.Mandatory ? "true" : "false"),
            new XAttribute("globbing", parameter.IsDefined(typeof(SupportsWildcardsAttribute)) ? "true" : "false"),
            new XAttribute("pipelineInput", pipeline.Length > 0 ? $"true ({string.Join(", ", pipeline)})" : "false"),
            new XAttribute("position", declared.Position >= 0 ? declared.Position.ToString(System.Globalization.CultureInfo.InvariantCulture) : "named"),
            new XAttribute("aliases", string.Join(", ", parameter.GetCustomAttribute<AliasAttribute>()?.AliasNames ?? [])),
            new XElement(s_maml + "name", parameter.Name),
            Paragraphs("description", comments.Summary(cmdlet, parameter)),
            type == typeof(SwitchParameter) ? null : new XElement(s_command + "parameterValue", new XAttribute("required", "true"), type.Name),
            new XElement(s_dev + "type", new XElement(s_maml + "name", type.Name)));
    }

    private static XElement Common(string name) => new(
        s_command + "parameter",
        new XAttribute("required", "false"),
        new XAttribute("position", "named"),
        new XElement(s_maml + "name", name));

    private static XElement Example((string Code, string Remarks) example, int index) => new(
        s_command + "example",
        new XElement(s_maml + "title", $"Example {index + 1}"),
        new XElement(s_dev + "code", example.Code),
        new XElement(s_dev + "remarks", new XElement(s_maml + "para", example.Remarks)));

    private static XElement Paragraphs(string name, params string[] paragraphs) =>
        new(s_maml + name, paragraphs.Select(text => new XElement(s_maml + "para", text)));
}
