using System.Globalization;
using System.Text;
using WgNet.Bird;

namespace WgNet.Fabric;

/// <summary>The files of a gateway: a WireGuard configuration for each tunnel, as `wg setconf` reads it, and BIRD's. No secret is in them.</summary>
internal static class GatewayFiles
{
    private const string BirdFile = "bird.conf";

    // BIRD refuses a pattern in a folder that is not there.
    private const string OperatorFolder = "bird.d";

    /// <summary>A place whose files name each other relative to the folder that they are in, wherever that will be.</summary>
    public static GatewayPlace Anywhere(WgFabric fabric) => GatewayPlace.OfMachine(fabric) with { ConfigFolder = "." };

    /// <summary>The files by name.</summary>
    public static IEnumerable<(string Name, string Text)> Of(GatewayPlan plan)
    {
        foreach (WgFabricTunnel tunnel in plan.Tunnels)
            yield return ($"{tunnel.Name}.conf", Tunnel(tunnel));
        yield return (BirdFile, $"{BirdConfigurationFile.Mark} The private BIRD of {plan.Gateway.Name}, fabric {plan.Fabric.Name}.\n{plan.Bird.ToText()}");
    }

    /// <summary>
    /// Puts files into folders, one for each gateway: all of them or none. A folder that is there is replaced if told so, and if nothing is in
    /// it but what was written here. Faults: "FileExists", "FolderNotOurs", "FilePermissionDenied", "FileNotWritten".
    /// </summary>
    /// <param name="parent">The folder of the folders; made if need be.</param>
    /// <param name="folders">The names of the folders, and their files.</param>
    /// <param name="overwrite">Replaces folders that are there.</param>
    public static void Write(string parent, IReadOnlyList<(string Name, IEnumerable<(string Name, string Text)> Files)> folders, bool overwrite)
    {
        foreach ((string name, _) in folders)
            RequireOurs($"{parent}/{name}", overwrite);
        string staging = $"{parent}/.wgnet-{Path.GetRandomFileName()}";
        var placed = new Stack<(string Place, string? Old)>();
        bool made = false;
        try
        {
            made = !Directory.Exists(parent);
            Directory.CreateDirectory(staging);
            foreach ((string name, IEnumerable<(string Name, string Text)> files) in folders)
            {
                Directory.CreateDirectory($"{staging}/{name}/{OperatorFolder}");
                foreach ((string file, string text) in files)
                    File.WriteAllText($"{staging}/{name}/{file}", text);
            }

            foreach ((string name, _) in folders)
                Place($"{staging}/{name}", $"{parent}/{name}", $"{staging}/old-{name}", placed);
            placed.Clear();
        }
        catch (UnauthorizedAccessException caught)
        {
            throw new FaultException("FilePermissionDenied", FaultKind.PermissionDenied, $"May not write into '{parent}': {caught.Message}", parent, caught);
        }
        catch (IOException caught)
        {
            throw new FaultException("FileNotWritten", FaultKind.Unavailable, $"Cannot write into '{parent}': {caught.Message}", parent, caught);
        }
        finally
        {
            while (placed.TryPop(out (string Place, string? Old) one))
            {
                Directory.Delete(one.Place, recursive: true);
                if (one.Old is not null)
                    Directory.Move(one.Old, one.Place);
            }

            if (Directory.Exists(staging))
                Directory.Delete(staging, recursive: true);
            if (made && Directory.Exists(parent) && !Directory.EnumerateFileSystemEntries(parent).Any())
                Directory.Delete(parent);
        }
    }

    private static void Place(string fresh, string place, string old, Stack<(string Place, string? Old)> placed)
    {
        bool replaces = Directory.Exists(place);
        if (replaces)
            Directory.Move(place, old);
        try
        {
            Directory.Move(fresh, place);
        }
        catch (IOException) when (replaces)
        {
            Directory.Move(old, place);
            throw;
        }

        placed.Push((place, replaces ? old : null));
    }

    private static void RequireOurs(string folder, bool overwrite)
    {
        if (!Path.Exists(folder))
            return;
        if (!overwrite)
            throw new FaultException("FileExists", FaultKind.Exists, $"'{folder}' exists already. Use -Force to replace it.", folder);
        string? foreign = File.Exists(folder) ? folder : Directory.EnumerateFileSystemEntries(folder).FirstOrDefault(entry => !IsOurs(entry));
        if (foreign is not null)
        {
            throw new FaultException("FolderNotOurs", FaultKind.Exists,
                $"'{foreign}' was not written by WgNet, so '{folder}' is left as it is. Move it away, or export to another folder.", foreign);
        }
    }

    private static bool IsOurs(string entry)
    {
        if (Directory.Exists(entry))
            return Path.GetFileName(entry) == OperatorFolder && !Directory.EnumerateFileSystemEntries(entry).Any();
        using var reader = new StreamReader(entry);
        return reader.ReadLine()?.StartsWith(BirdConfigurationFile.Mark, StringComparison.Ordinal) == true;
    }

    // What is not `wg setconf`'s stands in comments.
    private static string Tunnel(WgFabricTunnel tunnel)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{BirdConfigurationFile.Mark} The tunnel of {tunnel.Gateway} to {tunnel.PeerGateway}, interface {tunnel.Name}.\n");
        text.Append(CultureInfo.InvariantCulture, $"# Namespace '{tunnel.Namespace}', its socket in '{tunnel.TransportNamespace}'. Addresses {string.Join(", ", tunnel.Address)}{(tunnel.Mtu is { } mtu ? $". MTU {mtu}" : "")}.\n");
        text.Append(CultureInfo.InvariantCulture, $"[Interface]\n# PrivateKey = that of {tunnel.Gateway}, which is made there and does not leave it\nListenPort = {tunnel.ListenPort}\n\n[Peer]\n");
        text.Append(tunnel.PeerPublicKey is { } key ? $"PublicKey = {key}\n" : $"# PublicKey = that of {tunnel.PeerGateway}, which the fabric's file does not have yet\n");
        if (tunnel.PresharedKey)
            text.Append(CultureInfo.InvariantCulture, $"# PresharedKey = the one that {tunnel.Gateway} and {tunnel.PeerGateway} share\n");
        text.Append("AllowedIPs = 0.0.0.0/0, ::/0\n");
        if (tunnel.Endpoint is { } endpoint)
            text.Append(CultureInfo.InvariantCulture, $"Endpoint = {endpoint}\n");
        if (tunnel.PersistentKeepalive > 0)
            text.Append(CultureInfo.InvariantCulture, $"PersistentKeepalive = {tunnel.PersistentKeepalive}\n");
        return text.ToString();
    }
}
