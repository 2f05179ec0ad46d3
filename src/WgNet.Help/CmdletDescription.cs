using System.Management.Automation;
using System.Reflection;

namespace WgNet.Help;

/// <summary>A cmdlet as its class declares it.</summary>
internal sealed record CmdletDescription(Type Type, CmdletAttribute Attribute)
{
    public string Name => $"{Attribute.VerbName}-{Attribute.NounName}";

    public IEnumerable<string> Outputs => Type.GetCustomAttributes<OutputTypeAttribute>().SelectMany(output => output.Type).Select(type => type.Name).Distinct(StringComparer.Ordinal);

    public static IEnumerable<CmdletDescription> All(Assembly assembly) => assembly.GetExportedTypes()
        .Where(type => !type.IsAbstract)
        .Select(type => (type, attribute: type.GetCustomAttribute<CmdletAttribute>()))
        .Where(pair => pair.attribute is not null)
        .Select(pair => new CmdletDescription(pair.type, pair.attribute!))
        .OrderBy(cmdlet => cmdlet.Name, StringComparer.Ordinal);

    /// <summary>The parameters, with those of base classes.</summary>
    public IEnumerable<PropertyInfo> Parameters() => Type.GetProperties(BindingFlags.Instance | BindingFlags.Public)
        .Where(property => property.IsDefined(typeof(ParameterAttribute)))
        .OrderBy(property => property.GetCustomAttributes<ParameterAttribute>().Min(parameter => (uint)parameter.Position))
        .ThenBy(property => property.Name, StringComparer.Ordinal);

    /// <summary>The names of the parameter sets; one unnamed where the class names none.</summary>
    public IReadOnlyList<string> ParameterSets()
    {
        string[] named = [.. Type.GetProperties()
            .SelectMany(property => property.GetCustomAttributes<ParameterAttribute>())
            .Select(parameter => parameter.ParameterSetName)
            .Where(set => set != ParameterAttribute.AllParameterSets)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)];
        return named.Length > 0 ? named : [ParameterAttribute.AllParameterSets];
    }

    /// <summary>How a parameter is declared in a set; null where it is not part of it.</summary>
    public static ParameterAttribute? In(PropertyInfo parameter, string set)
    {
        ParameterAttribute[] all = [.. parameter.GetCustomAttributes<ParameterAttribute>()];
        return Array.Find(all, one => one.ParameterSetName == set)
            ?? Array.Find(all, one => one.ParameterSetName == ParameterAttribute.AllParameterSets);
    }
}
