using System.Collections;
using System.Management.Automation;
using System.Reflection;

namespace WgNet.Cmdlets;

/// <summary>
/// Lets a parameter that takes one of our objects take it also when it has been through remoting. There it has become a bag of its
/// properties with <c>Deserialized.</c> before its type's name: the object is made again from them.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class FromRemoteAttribute : ArgumentTransformationAttribute
{
    private const string Mark = "Deserialized.";

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) => inputData switch
    {
        PSObject bag when TypeOf(bag) is { } type => Make(bag, type),
        _ => inputData,
    };

    // Ours only: nobody else's name makes us create anything.
    private static Type? TypeOf(PSObject bag) =>
        bag.TypeNames is [var name, ..] && name.StartsWith(Mark + "WgNet.", StringComparison.Ordinal)
            ? Array.Find(s_types, type => type.FullName == name[Mark.Length..])
            : null;

    private static readonly Type[] s_types = [typeof(NetLink), typeof(NetLinkRoute), typeof(NetNamespace), typeof(WgPeer), typeof(BirdProtocol)];

    private static object Make(PSObject bag, Type type)
    {
        object made = Activator.CreateInstance(type, nonPublic: true)!;
        foreach (PropertyInfo property in type.GetProperties())
        {
            if (property.CanWrite && bag.Properties[property.Name]?.Value is { } value)
                property.SetValue(made, Value(value, property));
        }

        return made;
    }

    private static object? Value(object value, PropertyInfo property)
    {
        Type type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        try
        {
            if (!type.IsArray)
                return One(value, type);
            Type element = type.GetElementType()!;
            object[] items = [.. Items(value).Select(item => One(item, element))];
            var array = Array.CreateInstance(element, items.Length);
            items.CopyTo(array, 0);
            return array;
        }
        catch (PSInvalidCastException caught)
        {
            throw new ArgumentTransformationMetadataException($"The property {property.Name} of this object, which came from another session, cannot be read: {caught.Message}", caught);
        }
    }

    private static IEnumerable<object> Items(object value) =>
        (value is PSObject wrapped ? wrapped.BaseObject : value) is IEnumerable list and not string ? list.Cast<object>() : [value];

    // What was below the depth of serialization is there as its text, which every such type of ours can read.
    private static object One(object value, Type type)
    {
        if (value is PSObject { BaseObject: PSCustomObject } bag)
        {
            if (type.Namespace == nameof(WgNet) && type.GetConstructor(Type.EmptyTypes) is not null && bag.TypeNames[0] == Mark + type.FullName)
                return Make(bag, type);
            value = bag.ToString();
        }

        return LanguagePrimitives.ConvertTo(value, type, System.Globalization.CultureInfo.InvariantCulture);
    }
}
