namespace WgNet.IntegrationTests.Rights;

/// <summary>An attempt to do more than a role allows.</summary>
/// <param name="Name">What is tried, as the table in about_WgNet_Rights calls it.</param>
/// <param name="Outcome">How it is refused: the error's id.</param>
/// <param name="Roles">The sessions that it is tried in: v, o, a for viewer, operator, administrator.</param>
/// <param name="Scripts">The ways in which it is tried. {ns} is a namespace, {socket} BIRD's, {folder} one of the test's.</param>
internal sealed record RoleAttack(string Name, string Outcome, string Roles, params string[] Scripts);

/// <summary>The attempts. The table "ATTEMPTS" of about_WgNet_Rights has one line for each, which a test checks.</summary>
internal static class RoleAttacks
{
    private const string NoLanguage = "ScriptsNotAllowed", NoCommand = "CommandNotFoundException", NoParameter = "NamedParameterNotFound", BadValue = "ParameterArgumentValidationError";

    public static readonly RoleAttack[] All =
    [
        new("variables", NoLanguage, "voa", "$ExecutionContext.SessionState.LanguageMode = 'FullLanguage'", "$PID"),
        new("types and methods", NoLanguage, "voa", "[IO.File]::ReadAllText('/etc/shadow')", "'a'.GetType()"),
        new("script blocks", NoLanguage, "voa", "& { Get-NetLink }", ". { Get-NetLink }", "Select-Object -InputObject 1 -Property { 1 }", "Measure-Object -Property { 1 }"),
        new("functions and loops", NoLanguage, "voa", "function f { 1 }", "foreach ($i in 1) { 1 }", "Get-NetLink; $(Get-NetLink)"),
        new("argument from a command", NoLanguage, "voa", "Get-NetLink -Name \"$(Get-NetNamespace)\"", "Get-NetLink -Name (Get-NetNamespace)"),
        new("writing to a file by >", NoLanguage, "voa", "Get-NetLink > {folder}/out"),
        new("native programs", NoCommand, "voa", "id", "/usr/bin/id", "bash -c id", "sh", "cp /etc/shadow {folder}/shadow"),
        new("scripts by their path", NoCommand, "voa", "{folder}/script.ps1"),
        new("commands of the engine", NoCommand, "voa", "Import-Module /tmp/x.psm1", "Invoke-Command -ScriptBlock 1", "Start-Job -FilePath {folder}/script.ps1", "New-PSSession -HostName localhost",
            "Enter-PSSession -HostName localhost", "Invoke-Expression id", "ForEach-Object Name", "Get-Content /etc/shadow", "Set-Location /root", "Add-Type -Path {folder}/x.dll", "New-Module 1",
            "Set-Alias x y", "TabExpansion2 a 1", "Register-ArgumentCompleter -CommandName Get-NetLink", "Microsoft.PowerShell.Core\\Import-Module x", "Start-Process id", "Set-PSDebug -Trace 1"),
        new("a cmdlet behind its restriction", NoCommand, "vo", "WgNet\\Get-NetLink -Namespace /proc/1/ns/net", "WgNet.Cmdlets\\Get-NetLink -Namespace pid:1"),
        new("running in a namespace", NoCommand, "voa", "Invoke-NetNamespace {ns} id", "WgNet\\Invoke-NetNamespace {ns} id"),
        new("keys", NoCommand, "vo", "New-WgKey", "Import-WgKey /etc/shadow", "Get-WgPublicKey -PrivateKeyPath /etc/shadow", "Export-WgConfig wg0 {folder}/wg0.conf -Namespace {ns}", "ConvertTo-WgConfig -Tunnel wg0 -Namespace {ns}"),
        new("files", NoCommand, "vo", "Import-WgConfig /etc/shadow wg0", "ConvertFrom-WgConfig -Path /etc/shadow", "Export-WgFabricDiagram /etc/wgnet/x.psd1 {folder}/x.svg", "Import-WgFabric /etc/shadow"),
        new("changes, as a viewer", NoCommand, "v", "Set-WgTunnel wg0 -Down", "Remove-WgTunnel wg0", "Set-NetLink lo -Down", "Disable-BirdProtocol S4", "Update-BirdConfig", "Invoke-BirdCommand down", "Set-NetSysctl net.ipv4.ip_forward 1"),
        new("other changes, as an operator", NoCommand, "o", "Remove-WgTunnel wg0", "New-NetLink x0 -Kind bridge", "Update-BirdConfig", "Invoke-BirdCommand down", "Set-NetLink lo -Down"),
        new("other settings of a tunnel", NoParameter, "o", "Set-WgTunnel wg0 -ListenPort 1", "Set-WgTunnel wg0 -PrivateKeyPath {folder}/link.key", "Set-WgTunnel wg0 -Up -FirewallMark 1"),
        new("a program in BIRD's place", NoParameter, "a", "Start-WgFabricLab /etc/wgnet/x.psd1 -Bird /bin/sh"),
        new("namespaces of other programs", BadValue, "vo", "Get-NetLink -Namespace /proc/1/ns/net", "Get-NetLink -Namespace pid:1", "Get-WgTunnel -Namespace ../../proc/1/ns/net", "Get-NetLinkRoute -Namespace {ns}, pid:1",
            "Test-NetReachability ::1 -Namespace /run/netns/{ns}"),
        new("paths of fabrics", BadValue, "vo", "Compare-WgFabric /etc/shadow -Gateway x", "Compare-WgFabric /etc/wgnet/../shadow -Gateway x", "Get-WgFabricPlan {folder}/link.psd1", "Get-WgFabricPlan /proc/self/environ", "Get-WgFabricPlan file:/etc/wgnet/x.psd1"),
        new("control sockets of others", BadValue, "vo", "Get-BirdStatus -ControlSocket /run/wireguard/wg0.sock", "Get-BirdStatus -ControlSocket /run/bird/../../tmp/x.ctl", "Get-BirdStatus -ControlSocket {folder}/x.ctl",
            "Get-BirdRoute -ControlSocket {socket}, /var/run/docker.sock", "Watch-BirdProtocol -ControlSocket /run/wgnet/*/bird.ctl"),
        new("all protocols at once", BadValue, "o", "Disable-BirdProtocol *", "Restart-BirdProtocol S4, *"),
        new("names of settings", "InvalidSysctlName", "vo", "Get-NetSysctl net/../kernel/hostname", "Get-NetSysctl /proc/sys/kernel/hostname"),
        new("injection into filters", "BirdInvalidFilter", "voa", "Get-BirdRoute -Filter 'true; disable S4' -ControlSocket {socket}", "Get-BirdRoute -Filter 'true) all (true' -ControlSocket {socket}",
            "Get-BirdRoute -Filter 'true /* ' -ControlSocket {socket}", "Get-BirdRoute -Filter 'net ~ \"' -ControlSocket {socket}"),
        new("a second command by a line break", "BirdInvalidCommand", "voa", "Get-BirdRoute -Filter \"true`ndisable S4`n\" -ControlSocket {socket}"),
        new("injection into names", "BirdInvalidName", "voa", "Get-BirdRoute -Protocol 'S4 all' -ControlSocket {socket}", "Get-BirdRoute -Table \"master4`ndown\" -ControlSocket {socket}"),
        new("a wildcard that takes for ever", "", "voa", "Get-NetLink -Name '*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b' -Namespace {ns}"),
    ];
}
