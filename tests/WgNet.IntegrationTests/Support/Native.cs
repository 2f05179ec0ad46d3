using System.Diagnostics;

namespace WgNet.IntegrationTests.Support;

/// <summary>What a program printed, and how it ended.</summary>
internal sealed record NativeResult(int ExitCode, string Output, string Error);

/// <summary>Runs Debian's own tools: the independent witnesses.</summary>
internal static class Native
{
    private static readonly TimeSpan s_limit = Wait.Patience * TimeSpan.FromMinutes(2);

    /// <summary>Runs a program to its end, nothing on its standard input; one that takes over two minutes (a busy machine needs some) is killed and fails the test.</summary>
    public static NativeResult Run(string program, params string[] arguments)
    {
        using Process process = Start(program, arguments);
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(s_limit))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} did not end within {s_limit.TotalSeconds} s.");
        }

        return new NativeResult(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }

    /// <summary>Runs a program that must succeed; returns what it printed.</summary>
    public static string Succeed(string program, params string[] arguments)
    {
        NativeResult result = Run(program, arguments);
        Assert.True(result.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: exit code {result.ExitCode}\n{result.Output}\n{result.Error}");
        return result.Output;
    }

    /// <summary>Runs a command line of words without quotes, which must succeed: <c>Native.Ip("-n x link")</c>.</summary>
    public static string Ip(string arguments) => Succeed("ip", arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Starts a program whose output is read by the caller, who ends it by its own handle.</summary>
    public static Process Start(string program, params string[] arguments) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        RedirectStandardInput = true,
    }) ?? throw new InvalidOperationException($"{program} did not start.");
}
