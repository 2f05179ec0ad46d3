using Xunit;

namespace WgNet.UnitTests;

/// <summary>Tests that measure the process's memory, or stop it for long to do so: they run when no other does.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
