namespace WgNet.Bird;

/// <summary>A BGP session with one neighbour.</summary>
public sealed record BirdConfigBgp : BirdConfigProtocol
{
    /// <summary>This side's address; null: BIRD chooses. Link-local ones with %interface.</summary>
    public string? LocalAddress { get; init; }

    public required uint LocalAS { get; init; }

    /// <summary>The neighbour's address; link-local ones with %interface.</summary>
    public required string NeighborAddress { get; init; }

    /// <summary>The neighbour's AS; the same as <see cref="LocalAS"/> for an internal session.</summary>
    public required uint NeighborAS { get; init; }

    public required IReadOnlyList<BirdConfigChannel> Channels { get; init; }

    /// <summary>How many hops away the neighbour may be; null: it is on the same link (or, for an internal session, anywhere).</summary>
    public int? Multihop { get; init; }

    /// <summary>Waits for the neighbour to connect, and never connects by itself.</summary>
    public bool Passive { get; init; }

    /// <summary>How long the neighbour may stay silent before the session is closed; null: 240 s.</summary>
    public TimeSpan? HoldTime { get; init; }

    /// <summary>How long to wait before the first attempt to connect; null: 5 s.</summary>
    public TimeSpan? ConnectDelay { get; init; }

    /// <summary>How long to wait between attempts; null: 120 s.</summary>
    public TimeSpan? ConnectRetry { get; init; }

    /// <summary>The shortest wait after an error; null: 60 s. Goes with <see cref="ErrorWaitLongest"/>.</summary>
    public TimeSpan? ErrorWaitShortest { get; init; }

    /// <summary>The longest wait after errors, which doubles from one to the next; null: 300 s.</summary>
    public TimeSpan? ErrorWaitLongest { get; init; }

    /// <summary>Lets BFD watch the neighbour; needs a <see cref="BirdConfigBfd"/>.</summary>
    public bool Bfd { get; init; }

    /// <summary>The secret of RFC 2385 that both sides know. Never shown in a message.</summary>
    public string? Password { get; init; }

    internal override string Kind => "bgp";

    /// <inheritdoc/>
    public override string ToString() => $"BGP {Name} with {NeighborAddress} as {NeighborAS}";

    private protected override void WriteBody(ConfigurationWriter writer)
    {
        writer.Line($"local {(LocalAddress is null ? "" : $"{ConfigurationWriter.Address(LocalAddress)} ")}as {AS(LocalAS)};");
        writer.Line($"neighbor {ConfigurationWriter.Address(NeighborAddress)} as {AS(NeighborAS)};");
        writer.Option(Multihop, value => $"multihop {ConfigurationWriter.Number(value, 1, 255, "A number of hops")};");
        writer.Switch(Passive, "passive on;");
        writer.Option(HoldTime, value => $"hold time {ConfigurationWriter.Seconds(value, "BGP's hold time")};");
        writer.Option(ConnectDelay, value => $"connect delay time {ConfigurationWriter.Seconds(value, "BGP's connect delay time")};");
        writer.Option(ConnectRetry, value => $"connect retry time {ConfigurationWriter.Seconds(value, "BGP's connect retry time")};");
        if (ErrorWaitShortest is not null || ErrorWaitLongest is not null)
        {
            TimeSpan shortest = ErrorWaitShortest ?? TimeSpan.FromSeconds(60), longest = ErrorWaitLongest ?? TimeSpan.FromSeconds(300);
            writer.Line($"error wait time {ConfigurationWriter.Seconds(shortest, "BGP's error wait time")}, {ConfigurationWriter.Seconds(longest, "BGP's error wait time")};");
        }

        writer.Switch(Bfd, "bfd on;");
        if (Password is not null)
            writer.Line($"password {Secret(Password)};");
        foreach (BirdConfigChannel channel in Channels)
            channel.Write(writer);
    }

    private static string AS(uint number) => ConfigurationWriter.Number(number, 1, uint.MaxValue, "An AS number");

    // The usual message would show it.
    private static string Secret(string password) => password.Any(c => c == '"' || char.IsControl(c)) || password.Length is 0 or > 80
        ? throw new FaultException("BirdInvalidText", FaultKind.InvalidArgument, "A BGP password has 1 to 80 characters, without double quotes and control characters.", null)
        : $"\"{password}\"";
}
