using System.Management.Automation;
using System.Text.Json;
using WgNet.IntegrationTests.Support;

namespace WgNet.IntegrationTests.Links;

/// <summary>What tests of links share: an engine, namespaces of their own, and ip(8)'s view as JSON.</summary>
public abstract class LinkWorld : IDisposable
{
    private protected EngineSession Engine { get; } = new();

    private protected TestWorld World { get; } = new();

    public void Dispose()
    {
        Engine.Dispose();
        World.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>What ip(8) says in a namespace; the words after "ip -j -n NAMESPACE".</summary>
    private protected static JsonElement[] Ip(string ns, string arguments)
    {
        string text = Native.Ip($"-n {ns} -d -j {arguments}");
        return string.IsNullOrWhiteSpace(text) ? [] : [.. JsonDocument.Parse(text).RootElement.EnumerateArray().Where(one => one.EnumerateObject().Any())];
    }

    private protected static T Value<T>(PSObject item, string property) => (T)LanguagePrimitives.ConvertTo(item.Properties[property].Value, typeof(T), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>A property as text.</summary>
    private protected static string Text(PSObject item, string property) => Value<string>(item, property);
}
