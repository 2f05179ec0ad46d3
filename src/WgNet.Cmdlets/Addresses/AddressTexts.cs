using WgNet.Netlink;

namespace WgNet.Cmdlets;

/// <summary>Addresses as the cmdlets take them: the length inside the text, or beside it as the objects have it.</summary>
internal static class AddressTexts
{
    public static AddressSpec Spec(string text, int? prefixLength)
    {
        AddressSpec spec = AddressSpec.Parse(text);
        if (prefixLength is not int length)
            return spec;
        if (text.Contains('/') && spec.PrefixLength != length)
            throw new FaultException("ConflictingParameters", FaultKind.InvalidArgument, $"The address {text} and -PrefixLength {length} contradict each other.", text);
        return spec with { PrefixLength = length };
    }
}
