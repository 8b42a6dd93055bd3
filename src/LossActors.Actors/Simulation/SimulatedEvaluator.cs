using System.Collections.Immutable;
using System.Globalization;
using LossActors.Actors.Evaluators;
using LossActors.Actors.Protocol;
using LossActors.Evolution.Randomness;

namespace LossActors.Actors.Simulation;

/// <summary>The place of an evaluator process, which dies now and then; after a while there is another one.</summary>
internal sealed class SimulatedEvaluator
{
    private readonly SimulatedSearch _search;
    private readonly SimulationOptions _options;
    private readonly RandomStream _random;
    private readonly int _number;
    private ImmutableArray<SimulatedSlot> _slots = [];
    private int _pid;

    public SimulatedEvaluator(SimulatedSearch search, SimulationOptions options, int number)
    {
        (_search, _options, _number) = (search, options, number);
        _random = RandomStream.For(options.Seed, (ulong)number, 0, Purpose.Simulation);
    }

    /// <summary>A process starts. Its slots do not report in step with those of others.</summary>
    public void Begin()
    {
        // As process ids do, it differs from life to life, and so does the address.
        _pid++;
        var pid = (_number * 1000) + _pid;
        var interval = new SlotSettings().ReportInterval;
        _slots =
        [
            .. Enumerable.Range(0, _options.Slots).Select(slot => new SimulatedSlot(
                _search,
                new SlotInfo(string.Create(CultureInfo.InvariantCulture, $"{_number}.{_pid}/{slot}"), 1, pid, "simulated", "cpu"),
                _random.NextDouble() * interval,
                Die)),
        ];
        if (_options.TimeBetweenFailures is { } mean)
        {
            var life = _pid;
            _search.Time.After(-Math.Log(1 - _random.NextDouble()) * mean, () =>
            {
                if (life == _pid)
                {
                    Die();
                }
            });
        }
    }

    private void Die()
    {
        if (_slots.IsEmpty)
        {
            return;
        }

        var pid = (_number * 1000) + _pid;
        foreach (var slot in _slots)
        {
            slot.Die();
        }

        _slots = [];
        _search.Observations.Died();
        _search.Time.After(_options.Detection, () => _search.Broker.Died(pid));
        _search.Time.After(_options.Restart, Begin);
    }
}
