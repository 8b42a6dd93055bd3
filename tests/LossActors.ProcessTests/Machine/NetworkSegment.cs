using System.Globalization;

namespace LossActors.ProcessTests.Machine;

/// <summary>
/// A network of a test's own: hosts 10.77.0.1, 10.77.0.2, … on one switch, and this machine beside them as 10.77.0.254. Hosts and switch are network namespaces, so that links between them
/// can be broken, and no rule of this machine's own firewall has a say. All of it goes with the segment.
/// </summary>
internal sealed class NetworkSegment : IDisposable
{
    private const string Network = "10.77.0";

    // Names of interfaces may have fifteen characters. They are of this process, so that what another one leaves behind is in nobody's way.
    private readonly string _name = string.Create(CultureInfo.InvariantCulture, $"la{Environment.ProcessId}");
    private readonly List<string> _namespaces = [];
    private bool _isReached;

    private NetworkSegment()
    {
    }

    /// <summary>Why there can be none here; null: there can.</summary>
    public static string? Missing { get; } =
        !Environment.IsPrivilegedProcess ? "only root may make network namespaces"
        : ((string[])["ip", "iptables", "nsenter"]).FirstOrDefault(program => !Tool.Exists(program)) is { } missing ? $"no {missing} (Debian: apt-get install iproute2 iptables util-linux)"
        : Refusal();

    /// <summary>This machine's address among the hosts.</summary>
    public static string Here => $"{Network}.254";

    private string Switch => $"{_name}sw";

    /// <summary>Lays one without hosts.</summary>
    public static NetworkSegment Lay()
    {
        var segment = new NetworkSegment();
        try
        {
            segment.Add(segment.Switch);
            Inside(segment.Switch, "link", "add", "bridge", "type", "bridge");
            Inside(segment.Switch, "link", "set", "bridge", "up");
            segment.Wire(segment._name);
            segment._isReached = true;
            Tool.Run("ip", "address", "add", $"{Here}/24", "dev", segment._name);
            Tool.Run("ip", "link", "set", segment._name, "up");
            return segment;
        }
        catch
        {
            segment.Dispose();
            throw;
        }
    }

    /// <summary>Adds a host.</summary>
    /// <param name="number">The last of its address, 1 to 253.</param>
    public IsolatedHost Host(int number)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{_name}h{number}");
        var address = string.Create(CultureInfo.InvariantCulture, $"{Network}.{number}");
        Add(name);
        Wire(name);
        Tool.Run("ip", "link", "set", name, "netns", name);
        Inside(name, "address", "add", $"{address}/24", "dev", name);
        Inside(name, "link", "set", "lo", "up");
        Inside(name, "link", "set", name, "up");
        return new IsolatedHost(name, address);
    }

    public void Dispose()
    {
        if (_isReached)
        {
            Tool.Run("ip", "link", "delete", _name);
        }

        foreach (var name in _namespaces)
        {
            Tool.Run("ip", "netns", "delete", name);
        }
    }

    // A container may have the programs and a root that may not.
    private static string? Refusal()
    {
        try
        {
            using (Lay())
            {
                return null;
            }
        }
        catch (InvalidOperationException e)
        {
            return $"no network namespaces: {e.Message.ReplaceLineEndings(" ")}";
        }
    }

    private void Add(string name)
    {
        Tool.Run("ip", "netns", "add", name);
        _namespaces.Add(name);
    }

    // A cable from this machine to the switch.
    private void Wire(string name)
    {
        var port = "to" + name;
        Tool.Run("ip", "link", "add", name, "type", "veth", "peer", "name", port, "netns", Switch);
        Inside(Switch, "link", "set", port, "master", "bridge");
        Inside(Switch, "link", "set", port, "up");
    }

    private static void Inside(string name, params string[] command) => Tool.Run("ip", ["-n", name, .. command]);
}
