using System.Net;

namespace WgNet.Netlink;

/// <summary>What became of one change of a batch.</summary>
/// <param name="Destination">Where the route leads that it was about.</param>
/// <param name="Route">The route as the kernel keeps it; null where it was removed or refused.</param>
/// <param name="Fault">Why it was refused; null where it was done.</param>
public readonly record struct RouteOutcome(IPNetwork Destination, NetLinkRoute? Route, FaultException? Fault);

/// <summary>
/// Changes of routes that go to the kernel together, in their order: many messages in one send. Each is done or refused by itself, as if
/// they had been sent one by one.
/// </summary>
public sealed class RouteBatch : IBatchReader, IDisposable
{
    private readonly RequestBatch _requests = new(Routes.RequestSize);
    private readonly List<(RouteSpec Spec, bool Adds)> _changes = [];
    private readonly List<RouteOutcome> _outcomes = [];
    private readonly Dictionary<string, int> _indexes = [];
    private NetLinkRoute? _made;

    public RouteBatch(RouteSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        Session = session;
    }

    /// <summary>Where the changes go.</summary>
    public RouteSession Session { get; }

    /// <summary>How many changes wait to be sent.</summary>
    public int Count => _changes.Count;

    /// <summary>Whether it is to be sent before more is added.</summary>
    public bool IsFull => _requests.IsFull;

    /// <summary>The index of a link, asked for once until the batch is sent. Fault "LinkNotFound".</summary>
    public int IndexOf(string name)
    {
        if (!_indexes.TryGetValue(name, out int index))
            _indexes[name] = index = Links.IndexOf(Session, name);
        return index;
    }

    /// <summary>Adds the making of a route; see <see cref="Routes.Add"/>. Fault "InvalidRoute": nothing was added.</summary>
    public void Add(RouteSpec spec, bool replace)
    {
        Routes.Check(Session, spec);
        MessageWriter writer = _requests.Begin();
        RouteCodec.WriteAdd(ref writer, spec, replace);
        Take(in writer, spec, adds: true);
    }

    /// <summary>Adds the removal of a route; see <see cref="Routes.Remove"/>.</summary>
    public void Remove(NetLinkRoute route)
    {
        RouteSpec spec = Routes.SpecOf(route);
        Routes.Check(Session, spec);
        MessageWriter writer = _requests.Begin();
        RouteCodec.WriteRemove(ref writer, spec);
        Take(in writer, spec, adds: false);
    }

    /// <summary>
    /// Sends what there is, and empties the batch. The outcomes are those of the changes in their order, and good until the next call.
    /// Faults in them are those of <see cref="Routes"/>, and "AnswerLost": the kernel's answer did not fit the receive buffer (ENOBUFS).
    /// </summary>
    public IReadOnlyList<RouteOutcome> Send(CancellationToken cancel = default)
    {
        _outcomes.Clear();
        try
        {
            if (_changes.Count > 0)
                Session.Channel.ExecuteAll(_requests, this, $"change routes{Session.Where}", cancel);
        }
        finally
        {
            _requests.Clear();
            _changes.Clear();
            _indexes.Clear();
        }

        return _outcomes;
    }

    public void Dispose() => _requests.Dispose();

    void IBatchReader.Reply(int index, in Message message)
    {
        if (Session.RouteMaker.Decode(in message, out NetLinkRoute route))
            _made = route;
    }

    void IBatchReader.Answer(int index, in Acknowledgement answer)
    {
        (RouteSpec spec, bool adds) = _changes[index];
        FaultException? fault = answer.Error == 0
            ? (adds && _made is null ? Routes.NotShown(Session, spec) : null)
            : Routes.Refused(Session, spec, adds, in answer);
        _outcomes.Add(new RouteOutcome(spec.Destination, fault is null ? _made : null, fault));
        _made = null;
    }

    private void Take(in MessageWriter writer, RouteSpec spec, bool adds)
    {
        _requests.Take(in writer);
        _changes.Add((spec, adds));
    }
}
