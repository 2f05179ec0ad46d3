namespace WgNet.WireGuard;

/// <summary>A file that holds one key, as wg(8) reads it: 44 characters of base64, then nothing but white space.</summary>
internal static class KeyFile
{
    private const int Limit = 4096;

    public static void Write(string path, WgSecret key, bool overwrite)
    {
        // Not as a string: that would stay in memory until it is collected, and be copied about until then.
        Span<char> text = stackalloc char[KeyText.Length + 1];
        try
        {
            _ = Convert.TryToBase64Chars(key.Bytes, text, out int length);
            text[length] = '\n';
            SecretFile.Write(path, text, overwrite);
        }
        finally
        {
            System.Security.Cryptography.CryptographicOperations.ZeroMemory(System.Runtime.InteropServices.MemoryMarshal.AsBytes(text));
        }
    }

    public static WgPrivateKey ReadPrivateKey(string path) => Read(path, WgPrivateKey.FromBase64, WgPrivateKey.Noun);

    public static WgPresharedKey ReadPresharedKey(string path) => Read(path, WgPresharedKey.FromBase64, WgPresharedKey.Noun);

    private static T Read<T>(string path, Func<ReadOnlySpan<char>, T> decode, string noun) =>
        SecretFile.Read(path, Limit, requirePrivate: true, text =>
        {
            ReadOnlySpan<char> key = text.TrimEnd(" \t\r\n\v\f");
            if (key.IsEmpty)
                throw new FaultException("InvalidKey", FaultKind.InvalidData, $"'{path}' is empty: there is no {noun} in it.", path);
            try
            {
                return decode(key);
            }
            catch (FaultException fault)
            {
                throw new FaultException(fault.Id, FaultKind.InvalidData, $"In '{path}': {fault.Message}", path);
            }
        });
}
