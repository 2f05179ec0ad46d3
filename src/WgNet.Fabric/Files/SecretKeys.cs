namespace WgNet.Fabric;

/// <summary>Refuses secrets in a fabric file: a private key stays on its gateway, and the file is made to be shared.</summary>
internal static class SecretKeys
{
    private const string Id = "FabricSecret";

    /// <summary>Looks through the whole tree. Entries that were refused are in the answer: nothing else need be said about them.</summary>
    public static IReadOnlySet<FileEntry> Refuse(FileNode root, FileProblems problems)
    {
        var refused = new HashSet<FileEntry>(ReferenceEqualityComparer.Instance);
        Look(root, new FilePlace("", root.Line), null, problems, refused);
        return refused;
    }

    private static void Look(FileNode node, FilePlace place, FileEntry? entry, FileProblems problems, HashSet<FileEntry> refused)
    {
        switch (node)
        {
            case FileMap map:
                foreach (FileEntry one in map.Entries)
                {
                    FilePlace at = place.Key(FileProblems.Shown(one.Key), one.Line);
                    if (NamesSecret(one))
                    {
                        refused.Add(one);
                        problems.Add(at, Id, $"A secret has no place in this file, which is made to be shared. Remove it, and make a new one if others have seen the file: gateways make their own private keys and keep them. The file takes a gateway's PublicKey.");
                    }
                    else
                    {
                        Look(one.Value, at, one, problems, refused);
                    }
                }

                break;
            case FileList list:
                for (int i = 0; i < list.Items.Count; i++)
                    Look(list.Items[i], place.Item(i, list.Items[i]), entry, problems, refused);
                break;
            case FileValue { Value: string text } when FileProblems.HoldsKey(text) && !Is(entry, "PublicKey"):
                if (entry is not null)
                    refused.Add(entry);
                problems.Add(place, Id, "This looks like a key. If it is a private one, remove it, and make a new one if others have seen the file; a public one belongs under PublicKey of its gateway.");
                break;
        }
    }

    // Namespaces has a key Private, which holds a name.
    private static bool NamesSecret(FileEntry entry)
    {
        string key = entry.Key.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
        return key.Contains("PrivateKey", StringComparison.OrdinalIgnoreCase)
            || (key.Contains("PresharedKey", StringComparison.OrdinalIgnoreCase) && !Is(entry, "PresharedKeys"))
            || key.Contains("Password", StringComparison.OrdinalIgnoreCase)
            || key.Contains("Secret", StringComparison.OrdinalIgnoreCase)
            || key.Equals("Psk", StringComparison.OrdinalIgnoreCase);
    }

    private static bool Is(FileEntry? entry, string key) => string.Equals(entry?.Key, key, StringComparison.OrdinalIgnoreCase);
}
