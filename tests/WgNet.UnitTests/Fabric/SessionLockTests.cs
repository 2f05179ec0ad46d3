using WgNet.Fabric;
using Xunit;

namespace WgNet.UnitTests.Fabric;

public sealed class SessionLockTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wgt-lock-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Who gives it back removes the file, which others have open already: none of them may take that for the lock.</summary>
    [Fact]
    public async Task One_at_a_time_has_it_and_it_leaves_no_file()
    {
        string path = $"{_folder}/lock";
        int inside = 0, taken = 0;
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (int i = 0; i < 500; i++)
            {
                using SessionLock? held = SessionLock.Take(path, TestContext.Current.CancellationToken);
                Assert.NotNull(held);
                Assert.Equal(1, Interlocked.Increment(ref inside));
                taken++;
                Interlocked.Decrement(ref inside);
            }
        })));
        Assert.Equal(2000, taken);
        Assert.False(File.Exists(path));
    }

    [Fact]
    public void Ctrl_C_ends_the_wait_for_who_has_it()
    {
        using SessionLock? other = SessionLock.Take($"{_folder}/lock", CancellationToken.None);
        Assert.NotNull(other);
        Assert.Throws<OperationCanceledException>(() => SessionLock.Take($"{_folder}/lock", new CancellationToken(canceled: true)));
    }
}
