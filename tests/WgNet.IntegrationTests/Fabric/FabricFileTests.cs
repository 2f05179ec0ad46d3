using System.Management.Automation;
using WgNet.IntegrationTests.Support;

namespace WgNet.IntegrationTests.Fabric;

/// <summary>Fabric files as users have them: psd1 by the real engine, plans, exported files, pictures.</summary>
public sealed class FabricFileTests : IDisposable
{
    private readonly EngineSession _engine = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("wgt-fabric-").FullName;
    private readonly string _article = Path.Combine(BuiltModule.Folder, "samples", "article.psd1");

    public void Dispose()
    {
        _engine.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void The_samples_fabric_is_the_articles()
    {
        PSObject fabric = Assert.Single(_engine.Succeed("($fabric = Import-WgFabric $path)", ("path", _article)));
        Assert.Equal("article", fabric.Properties["Name"].Value);
        string[] forms = ["Get-WgFabricPlan $path", "Get-WgFabricPlan -Fabric $fabric", "$fabric | Get-WgFabricPlan", "$path | Get-WgFabricPlan", "[IO.FileInfo]$path | Get-WgFabricPlan"];
        foreach (string form in forms)
            Assert.Equal(24, _engine.Succeed(form, ("path", _article)).Count);
        PSObject end = Assert.Single(_engine.Succeed("Get-WgFabricPlan $path -Gateway V3-2 | Where-Object PeerGateway -eq V2-1", ("path", _article)));
        Assert.Equal("wg3 5803 [2001:db8:2::1]:5806 2001:db8:ff::13/127 169.254.1.19/31 65003 65002", string.Join(' ', _engine.Succeed(
            "\"$($end.Name) $($end.ListenPort) $($end.Endpoint) $($end.Address) $($end.LocalAS) $($end.PeerAS)\"", ("end", end))));
    }

    [Fact]
    public void Every_error_of_a_psd1_file_is_a_record_of_its_own()
    {
        string file = Write("bad.psd1", "@{\n  Nmae = 'x'\n  BasePort = '1'\n  Sites = @{ Name = 'a1'; Gateways = @(\n    @{ Name = 'a-1'; Endpoint = 'a:5' }) }\n}\n");
        EngineResult result = _engine.Run("Import-WgFabric $file", ("file", file));
        Assert.Equal(["FabricUnknownKey", "FabricInvalidValue", "FabricInvalidEndpoint"], result.ErrorIds);
        Assert.Equal(["nmae", "basePort", "sites.gateways[0].endpoint"], result.Errors.Select(error => error.TargetObject));
        Assert.All(result.Errors, error => Assert.Equal(ErrorCategory.InvalidData, error.CategoryInfo.Category));
        Assert.StartsWith("bad.psd1:5: sites.gateways[0].endpoint: 'a:5' has a port.", result.Errors[2].ToString(), StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Theory]
    [InlineData("@{ Name = (Get-Date) }")]
    [InlineData("@{ Name = $env:HOME }")]
    [InlineData("@{ Name = \"$(1)\" }")]
    [InlineData("@{ Name = 1 + 1 }")]
    [InlineData("Remove-Item x; @{ }")]
    [InlineData("param($a) @{ }")]
    [InlineData("@{ Name = 'a' ")]
    [InlineData("@{ Key = 003CiWM8Klnl/ATecTMAYj0sq+wogo4aCEj+tDRkkRY= }")]
    public void Nothing_in_a_psd1_file_is_run(string text)
    {
        EngineResult result = _engine.Run("Import-WgFabric $file", ("file", Write("code.psd1", text)));
        Assert.NotEmpty(result.Errors);
        Assert.All(result.Errors, error => Assert.StartsWith("Fabric", error.FullyQualifiedErrorId, StringComparison.Ordinal));
        Assert.All(result.Errors, error => Assert.DoesNotContain("CiWM8Klnl", $"{error} {error.Exception} {error.TargetObject}", StringComparison.Ordinal));
    }

    [Fact]
    public void Psd1_and_JSON_say_the_same()
    {
        string psd1 = Write("same.psd1", "@{ Mtu = 1400; PresharedKeys = $true; Joins = @{ Pairs = @('site1', 'site2'), @('V3-1', 'site2') }; Routing = @{ Bfd = $true; HoldTime = 9 }; Sites = @(\n"
            + string.Join('\n', Enumerable.Range(1, 3).Select(a => $"@{{ Name = 'site{a}'; Prefixes = @(\n'10.0.{a}.0/24'\n'2001:db8:a{a}::/64'); Gateways = @{{ Name = 'V{a}-1'; Endpoint = 'v{a}' }} }}")) + ") }");
        string json = Write("same.json", "{ \"mtu\": 1400, \"PresharedKeys\": true, \"Joins\": { \"Pairs\": [[\"site1\", \"site2\"], [\"V3-1\", \"site2\"]] }, \"Routing\": { \"Bfd\": true, \"HoldTime\": 9 }, \"Sites\": ["
            + string.Join(',', Enumerable.Range(1, 3).Select(a => $"{{ \"Name\": \"site{a}\", \"Prefixes\": [\"10.0.{a}.0/24\", \"2001:db8:a{a}::/64\"], \"Gateways\": {{ \"Name\": \"V{a}-1\", \"Endpoint\": \"v{a}\" }} }}")) + "] }");
        string Told(string file) => _engine.Text("Get-WgFabricPlan $file", 200, ("file", file));
        Assert.Equal(Told(json), Told(psd1));
        Assert.Equal(4, _engine.Succeed("Get-WgFabricPlan $file", ("file", psd1)).Count);
    }

    [Fact]
    public void A_gateway_that_is_not_there_is_told_and_the_others_are_planned()
    {
        EngineResult result = _engine.Run("Get-WgFabricPlan $path -Gateway V1-1, v1-2, none*", ("path", _article));
        Assert.Equal(4, result.Output.Count);
        ErrorRecord error = Assert.Single(result.Errors);
        Assert.Equal(("FabricGatewayNotFound", ErrorCategory.ObjectNotFound), (error.FullyQualifiedErrorId.Split(',')[0], error.CategoryInfo.Category));
        Assert.EndsWith("Did you mean 'V1-2'?", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_table_fits_a_terminal()
    {
        string text = _engine.Text("Get-WgFabricPlan $path -Gateway V3-2", 80, ("path", _article));
        Assert.Contains("Gateway: V3-2 of site3, AS 65003", text, StringComparison.Ordinal);
        Assert.Contains("wg4    V2-2      5804 [2001:db8:2::2]:5806 2001:db8:ff::17/127, 169.254.1.23/31", text, StringComparison.Ordinal);
        Assert.All(text.Split('\n'), line => Assert.True(line.TrimEnd().Length <= 80, line));
    }

    [Fact]
    public void Exported_files_are_taken_by_bird_and_by_us()
    {
        Requires.Program("bird");
        string place = Path.Combine(_folder, "files");
        Assert.Empty(_engine.Succeed("Export-WgFabric $path V1-1 $place -WhatIf 3>$null", ("path", _article), ("place", place)));
        Assert.False(Directory.Exists(place));
        Assert.Equal(6, _engine.Succeed("Export-WgFabric $path -Path $place -PassThru 3>$null", ("path", _article), ("place", place)).Count);
        foreach (string gateway in Directory.GetDirectories(place))
            Native.Succeed("bird", "-p", "-c", Path.Combine(gateway, "bird.conf"));

        _engine.Fail("FileExists", "Export-WgFabric $path V1-1 $place 3>$null", ("path", _article), ("place", place));
        _engine.Succeed("Export-WgFabric $path V1-1 $place -Force 3>$null", ("path", _article), ("place", place));
    }

    [Fact]
    public void A_picture_is_drawn_by_its_name()
    {
        string svg = Path.Combine(_folder, "a.svg"), mermaid = Path.Combine(_folder, "a.mmd");
        _engine.Succeed("Export-WgFabricDiagram $path $svg; Export-WgFabricDiagram $path $mermaid", ("path", _article), ("svg", svg), ("mermaid", mermaid));
        Assert.StartsWith("<svg ", File.ReadAllText(svg), StringComparison.Ordinal);
        Assert.Contains("flowchart LR", File.ReadAllText(mermaid), StringComparison.Ordinal);
        _engine.Fail("FileExists", "Export-WgFabricDiagram $path $svg", ("path", _article), ("svg", svg));
        _engine.Fail("DiagramFormatUnknown", "Export-WgFabricDiagram $path $png", ("path", _article), ("png", Path.Combine(_folder, "a.png")));
        _engine.Fail("InvalidState", "Export-WgFabricDiagram $path $svg -Force -State 5", ("path", _article), ("svg", svg));
        _engine.Succeed("Export-WgFabricDiagram $path $svg -Force -WhatIf", ("path", _article), ("svg", svg));
    }

    [Fact]
    public void Gateways_are_completed_from_the_file()
    {
        string line = $"Get-WgFabricPlan '{_article}' -Gateway V2";
        PSObject found = Assert.Single(_engine.Succeed("[System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null)", ("line", line)));
        var completion = (CommandCompletion)found.BaseObject;
        Assert.Equal(["V2-1", "V2-2"], completion.CompletionMatches.Select(match => match.CompletionText));
    }

    private string Write(string name, string text)
    {
        string file = Path.Combine(_folder, name);
        File.WriteAllText(file, text);
        return file;
    }
}
