namespace WgNet.IntegrationTests.Support;

/// <summary>Tests that change what the whole process shares (its environment): no other test runs beside them.</summary>
[CollectionDefinition(nameof(ProcessWide), DisableParallelization = true)]
public sealed class ProcessWide;
