namespace LossActors.Actors.Refinement;

/// <summary>The median of all numbers so far: the lower half in one heap, the upper half in another.</summary>
internal sealed class RunningMedian
{
    private readonly PriorityQueue<double, double> _lower = new(Comparer<double>.Create((a, b) => b.CompareTo(a)));
    private readonly PriorityQueue<double, double> _upper = new();

    /// <summary>How many numbers.</summary>
    public int Count => _lower.Count + _upper.Count;

    /// <summary>Their median, between two the mean of both; NaN while there are none.</summary>
    public double Value => Count == 0 ? double.NaN
        : _lower.Count > _upper.Count ? _lower.Peek()
        : (_lower.Peek() + _upper.Peek()) / 2;

    /// <summary>Takes one more.</summary>
    public void Add(double number)
    {
        var middle = _lower.EnqueueDequeue(number, number);
        _upper.Enqueue(middle, middle);
        if (_upper.Count > _lower.Count)
        {
            var least = _upper.Dequeue();
            _lower.Enqueue(least, least);
        }
    }
}
