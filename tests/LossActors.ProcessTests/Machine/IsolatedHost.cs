namespace LossActors.ProcessTests.Machine;

/// <summary>A host of a <see cref="NetworkSegment"/>: a network namespace with an address of its own. Files, users and process ids are this machine's.</summary>
internal sealed class IsolatedHost(string network, string address)
{
    /// <summary>By which the segment's other hosts reach it.</summary>
    public string Address => address;

    /// <summary>The command that becomes the one after it, on this host.</summary>
    public IReadOnlyList<string> Enter => ["nsenter", $"--net=/run/netns/{network}"];

    /// <summary>Every packet between this host and another one is lost from now on, both ways, as where a switch is broken or a firewall wrong: nobody is told.</summary>
    public void Lose(IsolatedHost other) => Filter("-A", other);

    /// <summary>The two hear each other again.</summary>
    public void Find(IsolatedHost other) => Filter("-D", other);

    /// <summary>Pulls its cable.</summary>
    public void Unplug() => Tool.Run("ip", "-n", network, "link", "set", network, "down");

    /// <summary>Puts it back.</summary>
    public void Plug() => Tool.Run("ip", "-n", network, "link", "set", network, "up");

    private void Filter(string change, IsolatedHost other)
    {
        Tool.Run("ip", "netns", "exec", network, "iptables", "-w", change, "INPUT", "-s", other.Address, "-j", "DROP");
        Tool.Run("ip", "netns", "exec", network, "iptables", "-w", change, "OUTPUT", "-d", other.Address, "-j", "DROP");
    }
}
