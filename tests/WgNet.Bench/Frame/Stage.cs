namespace WgNet.Bench;

/// <summary>What a group of workloads works with: namespaces and a folder of its own, which go with it also after a failure or Ctrl+C.</summary>
internal sealed class Stage(string prefix, EngineHost host, string module, string shell, string floor, EngineSession? shared, CancellationToken stop) : IDisposable
{
    private readonly List<string> _namespaces = [];
    private readonly List<IDisposable> _owned = [];
    private EngineSession? _engine;

    /// <summary>Small sizes, one round: only to see that everything runs.</summary>
    public bool Quick { get; } = shared is not null;

    public EngineHost Host { get; } = host;

    /// <summary>The built module's manifest.</summary>
    public string Module { get; } = module;

    /// <summary>The built shell.</summary>
    public string Shell { get; } = shell;

    public CancellationToken Stop { get; } = stop;

    public Programs Programs => field ??= new Programs(floor, Folder, Stop);

    /// <summary>An empty folder.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("wgbench-").FullName;

    /// <summary>A warm session with the module: the group's own, or in a quick run the one that all share.</summary>
    public EngineSession Engine => shared ?? (_engine ??= EngineSession.Start(Host, Module, Folder, Stop));

    /// <summary>A size: small in a quick run.</summary>
    public int Size(int full, int quickly) => Quick ? quickly : full;

    /// <summary>Makes a namespace with its loopback up, and without IPv6's own routes.</summary>
    public string Namespace(string hint)
    {
        string name = $"{prefix}-{hint}";
        _namespaces.Add(name);
        Programs.Run(Stop, "ip", "netns", "add", name);
        Programs.Run(Stop, "ip", "-n", name, "link", "set", "lo", "up");
        return name;
    }

    /// <summary>Makes many such namespaces at once; their names.</summary>
    public string[] Namespaces(string hint, int count)
    {
        string[] names = [.. Enumerable.Range(0, count).Select(i => $"{prefix}-{hint}{i}")];
        _namespaces.AddRange(names);
        Programs.Run(Stop, "ip", "-batch", WriteLines("batch", names.Select(name => $"netns add {name}")));
        return names;
    }

    /// <summary>A side that is code of the core in this very process.</summary>
    public Side Core(string name, Func<long> work)
    {
        Side side = Bench.Core.Side(name, work);
        return side with { CountCalls = () => SystemCalls.During(Environment.ProcessId, Folder, () => side.Run(), Stop) };
    }

    /// <summary>Runs lines of ip(8).</summary>
    public void Batch(string ns, IEnumerable<string> lines) => Programs.Run(Stop, "ip", "-n", ns, "-batch", WriteLines("batch", lines));

    /// <summary>Writes a file of lines; its path.</summary>
    public string WriteLines(string name, IEnumerable<string> lines)
    {
        string path = Path.Combine(Folder, name);
        File.WriteAllLines(path, lines);
        return path;
    }

    /// <summary>Takes something along that is to be disposed with the stage, before its namespaces go.</summary>
    public T Own<T>(T what)
        where T : IDisposable
    {
        _owned.Add(what);
        return what;
    }

    public void Dispose()
    {
        _engine?.Dispose();
        for (int i = _owned.Count - 1; i >= 0; i--)
            _owned[i].Dispose();
        string[] left = [.. _namespaces.Where(name => File.Exists($"/run/netns/{name}"))];
        if (left.Length > 0)
            Programs.Run(default, "ip", "-force", "-batch", WriteLines("batch", left.Select(name => $"netns del {name}")));
        Directory.Delete(Folder, recursive: true);
    }
}
