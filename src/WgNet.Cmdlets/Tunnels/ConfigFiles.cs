using System.Management.Automation;
using WgNet.WireGuard;

namespace WgNet.Cmdlets;

/// <summary>What the cmdlets that read configurations from files share.</summary>
internal static class ConfigFiles
{
    /// <summary>Reads a file, and warns where others can read the keys in it.</summary>
    public static WgConfig ReadConfig(this Cmdlet cmdlet, string file)
    {
        WgConfig config = ConfigFile.Read(file);
        bool secret = config.PrivateKey is not null || config.Peers.Any(peer => peer.PresharedKey is not null);
        if (secret && SecretFile.IsOpenToOthers(file))
            cmdlet.WriteWarning($"'{file}' holds keys and is open to others than its owner: 'chmod 600' it.");
        return config;
    }

    /// <summary>Says which settings are wg-quick's and are left out.</summary>
    public static void WarnOfQuickSettings(this Cmdlet cmdlet, WgConfig config)
    {
        string names = string.Join(", ", config.QuickSettings);
        if (names.Length > 0)
            cmdlet.WriteWarning($"Not applied, since only wg-quick knows them: {names}.");
    }
}
