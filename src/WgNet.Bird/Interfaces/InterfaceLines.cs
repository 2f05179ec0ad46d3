namespace WgNet.Bird;

/// <summary>Gathers one interface's lines of <c>show interfaces</c>.</summary>
internal sealed class InterfaceLines
{
    // nest/iface.c, if_show_type: what stands first among the flags.
    private static readonly string[] s_types = ["PtP", "MultiAccess", "Unnumbered"];

    private readonly List<string> _flags = [];
    private readonly List<BirdInterfaceAddress> _addresses = [];
    private readonly List<string> _others = [];
    private string _name = "";
    private string _state = "";
    private int? _index;
    private string? _master;
    private int? _mtu;

    /// <summary>"eth0 up (index=2 master=br0)".</summary>
    public static InterfaceLines? TryBegin(string text)
    {
        var words = new Words(text);
        var begun = new InterfaceLines { _name = words.Next().ToString(), _state = words.Next().ToString() };
        if (begun._state.Length == 0)
            return null;
        foreach (string item in words.Rest.ToString().Trim('(', ')').Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (item.StartsWith("index=", StringComparison.Ordinal))
                begun._index = (int?)Detail.Integer(item.AsSpan(6));
            else if (item.StartsWith("master=", StringComparison.Ordinal))
                begun._master = item[7..];
            else
                begun._others.Add(item);
        }

        return begun;
    }

    public void Add(BirdReplyLine line)
    {
        if (line.Code == ReplyCode.InterfaceFlags)
            AddFlags(line.Text);
        else if (line.Code == ReplyCode.InterfaceAddress && TryAddress(line.Text) is { } address)
            _addresses.Add(address);
        else if (!string.IsNullOrWhiteSpace(line.Text))
            _others.Add(line.Text.Trim());
    }

    public BirdInterface ToInterface(string controlSocket) => new()
    {
        Name = _name,
        State = _state,
        Index = _index,
        Master = _master,
        Type = _flags.FirstOrDefault(flag => s_types.Contains(flag)),
        Mtu = _mtu,
        Flags = [.. _flags],
        Addresses = [.. _addresses],
        OtherLines = [.. _others],
        ControlSocket = controlSocket,
    };

    private void AddFlags(string text)
    {
        foreach (string word in text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (word.StartsWith("MTU=", StringComparison.Ordinal) && Detail.Integer(word.AsSpan(4)) is { } mtu and <= int.MaxValue)
                _mtu = (int)mtu;
            else
                _flags.Add(word);
        }
    }

    // "169.254.1.0/31 (Preferred, opposite 169.254.1.1, scope univ)"
    private static BirdInterfaceAddress? TryAddress(string text)
    {
        var words = new Words(text);
        string prefix = words.Next().ToString();
        int slash = prefix.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0 || Detail.Integer(prefix.AsSpan(slash + 1)) is not { } length || length > 128)
            return null;
        string? peer = null, scope = null;
        var flags = new List<string>();
        foreach (string item in words.Rest.ToString().Trim('(', ')').Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (item.StartsWith("opposite ", StringComparison.Ordinal))
                peer = item["opposite ".Length..];
            else if (item.StartsWith("scope ", StringComparison.Ordinal))
                scope = item["scope ".Length..];
            else
                flags.Add(item);
        }

        return new BirdInterfaceAddress { Address = prefix[..slash], PrefixLength = (int)length, Peer = peer, Scope = scope, Flags = [.. flags] };
    }
}
