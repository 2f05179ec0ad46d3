using WgNet.Netlink;
using WgNet.WireGuard;

namespace WgNet.Fabric;

/// <summary>The keys on a gateway. Private ones are made here and read here; what leaves is the public key.</summary>
internal static class GatewayKeys
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>
    /// The gateway's key; null: it is still to be made. Faults: "FabricKeyMismatch", the file gives another public key; "FabricKeyLost", it
    /// gives one, and there is no private key; and those of reading it.
    /// </summary>
    public static WgKey? Read(GatewayPlan plan)
    {
        string path = plan.Place.PrivateKeyPath;
        WgPublicKey? told = plan.Gateway.PublicKey;
        if (!File.Exists(path))
        {
            // The folder is its owner's alone: to anybody else it looks empty.
            if (!Capabilities.Has(Capability.CAP_DAC_OVERRIDE))
                throw new FaultException("FabricPermissionDenied", FaultKind.PermissionDenied, $"May not look for the key of {plan.Gateway}, '{path}'. {Capabilities.Advice(Capability.CAP_DAC_OVERRIDE)}", path);
            return told is null ? null : throw new FaultException("FabricKeyLost", FaultKind.NotFound,
                $"The fabric gives {plan.Gateway} the public key {told}, and there is no private key '{path}' on this machine. "
                + $"Is this {plan.Gateway}? Put its key back, or take PublicKey out of the file and run Initialize-WgFabricKey here for a new one.", path);
        }

        var key = new WgKey(KeyFile.ReadPrivateKey(path));
        return told is null || told.Equals(key.PublicKey) ? key : throw new FaultException("FabricKeyMismatch", FaultKind.InvalidData,
            $"The fabric gives {plan.Gateway} the public key {told}, but the private key '{path}' belongs to {key.PublicKey}. "
            + $"Is this {plan.Gateway}? Put the key's own into the file, or give -Gateway the right name.", path);
    }

    /// <summary>Makes the key where there is none; a file of mode 0600 in a folder of mode 0700. The folder stays if something fails.</summary>
    public static WgKey Make(GatewayPlace place)
    {
        MakeFolder(place.ConfigFolder);
        var key = WgKey.Generate();
        KeyFile.Write(place.PrivateKeyPath, key.PrivateKey, overwrite: false);
        return key;
    }

    /// <summary>The preshared keys of the plan's tunnels, by the other gateway's name. Fault "FabricPresharedKeysMissing" names all that are not there.</summary>
    public static IReadOnlyDictionary<string, WgPresharedKey> ReadPreshared(GatewayPlan plan)
    {
        var keys = new Dictionary<string, WgPresharedKey>(StringComparer.Ordinal);
        if (!plan.Fabric.PresharedKeys)
            return keys;
        var missing = new List<string>();
        foreach (WgFabricTunnel tunnel in plan.Tunnels)
        {
            string path = plan.Place.PresharedKeyPath(tunnel.PeerGateway);
            if (File.Exists(path))
                keys[tunnel.PeerGateway] = KeyFile.ReadPresharedKey(path);
            else
                missing.Add(path);
        }

        return missing.Count == 0 ? keys : throw new FaultException("FabricPresharedKeysMissing", FaultKind.NotFound,
            $"The fabric has preshared keys, and these are missing here: {string.Join(", ", missing)}. Make each once "
            + "(Export-WgKey FILE -PresharedKey (New-WgKey -PresharedKey)) and bring it to both gateways of the tunnel, mode 0600.", missing[0]);
    }

    /// <summary>Fault "FabricKeysMissing": names every gateway at the other end of a tunnel whose public key the fabric does not have.</summary>
    public static void RequirePeers(GatewayPlan plan)
    {
        string[] missing = [.. plan.Tunnels.Where(tunnel => tunnel.PeerPublicKey is null).Select(tunnel => tunnel.PeerGateway)];
        if (missing.Length == 0)
            return;
        throw new FaultException("FabricKeysMissing", FaultKind.InvalidArgument,
            $"{plan.Gateway} has tunnels to {string.Join(", ", missing)}, whose PublicKey is not in the fabric. "
            + "On each of them run Initialize-WgFabricKey -Gateway NAME, which makes the key there, and put what it emits into the file.", missing[0]);
    }

    /// <summary>Makes a folder that only its owner may look into; one that is there keeps its mode.</summary>
    public static void MakeFolder(string path)
    {
        try
        {
            Directory.CreateDirectory(path, OwnerOnly);
        }
        catch (Exception caught) when (caught is IOException or UnauthorizedAccessException)
        {
            throw new FaultException("FabricFolderNotMade", caught is UnauthorizedAccessException ? FaultKind.PermissionDenied : FaultKind.Unavailable,
                $"Cannot make the folder '{path}': {caught.Message} {Capabilities.Advice(Capability.CAP_DAC_OVERRIDE)}", path, caught);
        }
    }
}
