namespace WgNet.Netlink;

/// <summary>Links of one namespace: list, find, make, change, move, remove.</summary>
public static class Links
{
    // An alias has 255 bytes at most; everything else is small.
    private const int RequestSize = 1024;

    /// <summary>All links, in the kernel's order.</summary>
    public static IReadOnlyList<NetLink> List(RouteSession session, CancellationToken cancel = default) => Dump(session, counters: true, cancel);

    /// <summary>The link of this name. Fault "LinkNotFound".</summary>
    public static NetLink Find(RouteSession session, string name) => TryFind(session, name) ?? throw NotFound(session, name);

    /// <summary>The link of this name, or null.</summary>
    public static NetLink? TryFind(RouteSession session, string name) => LinkName.IsPossible(name) ? Query(session, 0, name) : null;

    /// <summary>The index of the link of this name. Fault "LinkNotFound".</summary>
    public static int IndexOf(RouteSession session, string name)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.Channel.LinkIndex(name) is int index and > 0 ? index : Find(session, name).Index;
    }

    /// <summary>The index of a link, and its name where an alternative one was given. Fault "LinkNotFound".</summary>
    public static (int Index, string Name) Identify(RouteSession session, string name)
    {
        ArgumentNullException.ThrowIfNull(session);
        if (session.Channel.LinkIndex(name) is int index and > 0 && session.Channel.LinkName(index) is string known)
            return (index, known);
        NetLink link = Find(session, name);
        return (link.Index, link.Name);
    }

    /// <summary>The link of this index. Fault "LinkNotFound".</summary>
    public static NetLink FindByIndex(RouteSession session, int index) =>
        TryFindByIndex(session, index) ?? throw NotFound(session, $"#{index}");

    /// <summary>The link of this index, or null.</summary>
    public static NetLink? TryFindByIndex(RouteSession session, int index) => index > 0 ? Query(session, index, null) : null;

    /// <summary>
    /// Makes a link, and returns what was made. What fails half-way leaves none. Faults: "InvalidLinkName", "LinkExists",
    /// "LinkKindUnsupported".
    /// </summary>
    public static NetLink Create(RouteSession session, LinkSpec spec) => Create(session, spec, null, session);

    /// <summary>
    /// The same for a link that is to be in another namespace from its first moment, with a session there. Kinds that remember where they were
    /// made, as WireGuard does for its UDP socket, remember the namespace of the first session.
    /// </summary>
    public static NetLink Create(RouteSession session, LinkSpec spec, NetNamespaceHandle? target, RouteSession there)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(there);
        LinkName.Check(spec.Name);
        if (spec.Data is VethData { PeerName: string peer })
            LinkName.Check(peer);

        // RTM_NEWLINK does not take these two while it makes a link; and the generation mode must be there before the link is up.
        bool later = spec.Alias is not null || spec.AddressGenerationMode is not null;
        var writer = new MessageWriter(stackalloc byte[RequestSize]);
        LinkCodec.WriteCreate(ref writer, spec, spec.Up && !later, target);
        List<NetLink> echoed;
        try
        {
            echoed = session.Channel.Query<NetLink>(writer.Written, LinkCodec.Decode, $"create the {spec.Kind} link '{spec.Name}'{there.Where}", spec.Name);
        }
        catch (NetlinkException refusal) when (refusal.Error == Errno.EEXIST)
        {
            throw refusal.As("LinkExists", FaultKind.Exists, "A link of that name is there already, or the other end's name is taken.");
        }
        catch (NetlinkException refusal) when (refusal.Error == Errno.EOPNOTSUPP)
        {
            throw refusal.As("LinkKindUnsupported", FaultKind.Unavailable, $"This kernel has no links of kind '{spec.Kind}'; its module may not be installed.");
        }

        // The echo spares asking, which would wait for whoever else works on links.
        NetLink made = echoed.Find(link => link.Name == spec.Name) is { } echo ? Placed(there, echo) : Find(there, spec.Name);
        var veth = spec.Data as VethData;
        if (!later && veth is not { PeerUp: true })
            return made;
        try
        {
            if (later)
                Change(there, made, new LinkChange { Alias = spec.Alias, AddressGenerationMode = spec.AddressGenerationMode, Up = spec.Up ? true : null });
            if (veth is { PeerUp: true })
                BringPeerUp(there, made, veth);
            return FindByIndex(there, made.Index);
        }
        catch
        {
            Remove(there, made);
            throw;
        }
    }

    /// <summary>
    /// Changes what is not null. Faults: "LinkNotFound", "InvalidLinkName", "LinkExists" (the new name is taken). See
    /// <see cref="Move(RouteSession, string, NetNamespaceHandle, string?)"/> for a move that leaves nothing half done.
    /// </summary>
    public static void Change(RouteSession session, NetLink link, LinkChange change)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(link);
        ArgumentNullException.ThrowIfNull(change);
        Change(session, link.Index, link.Name, change);
    }

    /// <summary>The same, for a link known by its index alone.</summary>
    public static void Change(RouteSession session, int index, LinkChange change) => Change(session, FindByIndex(session, index), change);

    /// <summary>
    /// Moves a link to another namespace, under another name if wanted, in one request. It arrives down and without addresses.
    /// Returns it as it is there. Faults: "LinkNotFound", "InvalidLinkName", "LinkExists".
    /// </summary>
    public static NetLink Move(RouteSession session, string name, NetNamespaceHandle target, string? newName = null)
    {
        ArgumentNullException.ThrowIfNull(target);
        (int index, name) = Identify(session, name);
        using RouteSession there = RouteSession.Open(target);
        return Find(there, Move(session, index, name, target, there, newName));
    }

    /// <summary>The same, for a link whose index and name are known, with a session of the target that is open already; returns the name there.</summary>
    public static string Move(RouteSession session, int index, string name, NetNamespaceHandle target, RouteSession there, string? newName)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(there);
        newName ??= name;
        LinkName.Check(newName);

        // The ioctl knows all names of at most 15 bytes, and waits for nobody.
        if (there.Channel.LinkIndex(newName) is int other and > 0)
        {
            if (other == index && there.Identity == session.Identity)
                return newName;
            throw new FaultException("LinkExists", FaultKind.Exists,
                $"Cannot move the link '{name}'{session.Where}: the name '{newName}' is taken{there.Where}. Give another with -NewName.", newName);
        }

        try
        {
            Change(session, index, name, new LinkChange { Namespace = target, Name = newName });
        }
        catch (NetlinkException) when (TryFindByIndex(session, index) is null && TryFind(there, name) is { } stray)
        {
            // Somebody took the name just now: the kernel moves first and then fails to rename.
            using NetNamespaceHandle home = NetNamespaceHandle.Open(session.NamespaceName);
            Change(there, stray, new LinkChange { Namespace = home });
            throw;
        }

        return newName;
    }

    /// <summary>Removes a link; a veth takes its other end with it. Fault "LinkNotFound".</summary>
    public static void Remove(RouteSession session, NetLink link)
    {
        ArgumentNullException.ThrowIfNull(link);
        Remove(session, link.Index, link.Name);
    }

    /// <summary>The same, for a link whose index and name are known.</summary>
    public static void Remove(RouteSession session, int index, string name)
    {
        ArgumentNullException.ThrowIfNull(session);
        var writer = new MessageWriter(stackalloc byte[64]);
        LinkCodec.WriteRemove(ref writer, index);
        try
        {
            session.Channel.Execute(writer.Written, $"remove the link '{name}'{session.Where}", name);
        }
        catch (NetlinkException refusal) when (refusal.Error == Errno.ENODEV)
        {
            throw refusal.As("LinkNotFound", FaultKind.NotFound, "It may just have gone away.");
        }
        catch (NetlinkException refusal) when (refusal.Error == Errno.EOPNOTSUPP)
        {
            throw refusal.As("LinkNotRemovable", FaultKind.InvalidArgument, "Hardware and the loopback stay; set it down instead.");
        }
    }

    /// <summary>The same, for a link known by its index alone.</summary>
    public static void Remove(RouteSession session, int index) => Remove(session, FindByIndex(session, index));

    /// <summary>Whether this kernel can make links of a kind (it loads the kind's module if it has one). Makes nothing.</summary>
    public static bool IsKindKnown(RouteSession session, string kind)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(kind);
        var writer = new MessageWriter(stackalloc byte[256]);
        LinkCodec.WriteKindProbe(ref writer, kind);
        try
        {
            session.Channel.Execute(writer.Written, $"look for links of kind '{kind}'{session.Where}", kind);
            throw new FaultException("UnexpectedReply", FaultKind.InvalidData, $"The kernel made a link without queues of kind '{kind}'.", kind);
        }
        catch (NetlinkException refusal) when (refusal.Error == Errno.EOPNOTSUPP)
        {
            return false;
        }
        catch (NetlinkException refusal) when (refusal.Error is not (Errno.EPERM or Errno.EACCES))
        {
            return true;
        }
    }

    /// <summary>Names by index, without the counters: what addresses, routes and neighbours need.</summary>
    internal static Dictionary<int, string> Names(RouteSession session, CancellationToken cancel = default)
    {
        var names = new Dictionary<int, string>();
        foreach (NetLink link in Dump(session, counters: false, cancel))
            names[link.Index] = link.Name;
        return names;
    }

    internal static FaultException NotFound(RouteSession session, string name) => new("LinkNotFound", FaultKind.NotFound,
        $"There is no link '{name}'{session.Where}. Get-NetLink lists what there is.", name);

    private static void Change(RouteSession session, int index, string name, LinkChange change)
    {
        if (change.Name is not null)
            LinkName.Check(change.Name);
        if (change is { Up: true, AddressGenerationMode: not null })
        {
            // do_setlink brings a link up before it reads IFLA_AF_SPEC: too late for the address that it would get.
            Change(session, index, name, change with { Up = null });
            change = new LinkChange { Up = true };
        }

        var writer = new MessageWriter(stackalloc byte[RequestSize]);
        LinkCodec.WriteChange(ref writer, index, change);
        try
        {
            session.Channel.Execute(writer.Written, $"change the link '{name}'{session.Where}", name);
        }
        catch (NetlinkException refusal) when (refusal.Error == Errno.ENODEV)
        {
            throw refusal.As("LinkNotFound", FaultKind.NotFound, "It may just have gone away.");
        }
        catch (NetlinkException refusal) when (refusal.Error == Errno.EEXIST && change.Name is not null)
        {
            throw refusal.As("LinkExists", FaultKind.Exists, $"The name '{change.Name}' is taken.");
        }
    }

    private static void BringPeerUp(RouteSession session, NetLink made, VethData data)
    {
        using RouteSession? other = data.PeerNamespace is null ? null : RouteSession.Open(data.PeerNamespace);
        RouteSession there = other ?? session;
        Change(there, FindByIndex(there, made.LinkIndex), new LinkChange { Up = true });
    }

    private static List<NetLink> Dump(RouteSession session, bool counters, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(session);
        var writer = new MessageWriter(stackalloc byte[64]);
        LinkCodec.WriteList(ref writer, counters);
        List<NetLink> links = session.Channel.Dump<NetLink>(writer.Written, LinkCodec.Decode, $"list the links{session.Where}", cancel: cancel);
        var names = links.ToDictionary(link => link.Index, link => link.Name);
        for (int i = 0; i < links.Count; i++)
            links[i] = links[i] with { Namespace = session.NamespaceName, Master = names.GetValueOrDefault(links[i].MasterIndex) };
        return links;
    }

    private static NetLink Placed(RouteSession session, NetLink link) =>
        link with { Namespace = session.NamespaceName, Master = TryFindByIndex(session, link.MasterIndex)?.Name };

    private static NetLink? Query(RouteSession session, int index, string? name)
    {
        ArgumentNullException.ThrowIfNull(session);
        var writer = new MessageWriter(stackalloc byte[64]);
        LinkCodec.WriteFind(ref writer, index, name);
        try
        {
            List<NetLink> found = session.Channel.Query<NetLink>(writer.Written, LinkCodec.Decode, $"look for the link '{name ?? $"#{index}"}'{session.Where}", name);
            if (found.Count == 0)
                return null;
            return Placed(session, found[0]);
        }
        catch (NetlinkException refusal) when (refusal.Error == Errno.ENODEV)
        {
            return null;
        }
    }
}
